// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IAdmission} from "../interfaces/IAdmission.sol";

/// @title HolderAdmission
/// @notice Lets in who holds enough of a token at the moment of entry. Works for ERC-20 and, with a minimum of one, for
/// ERC-721.
/// @dev Warning: tokens can be lent for one transaction. Choose a token that cannot move, or a minimum that is a cost.
contract HolderAdmission is IAdmission {
    /// @notice The token held.
    IERC20 public immutable TOKEN;
    /// @notice Least balance that is let in, in the token's smallest unit.
    uint256 public immutable MINIMUM;

    constructor(IERC20 token, uint256 minimum) {
        TOKEN = token;
        MINIMUM = minimum;
    }

    /// @inheritdoc IAdmission
    function admits(uint256, address contributor, uint256, bytes calldata) external view returns (bool) {
        return TOKEN.balanceOf(contributor) >= MINIMUM;
    }
}
