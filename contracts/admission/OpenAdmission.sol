// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IAdmission} from "../interfaces/IAdmission.sol";

/// @title OpenAdmission
/// @notice Lets everybody in. A Datanet without a gate does the same for less gas: this one shows the smallest gate there
/// is, and stands where an interface wants an address.
contract OpenAdmission is IAdmission {
    /// @inheritdoc IAdmission
    function admits(uint256, address, uint256, bytes calldata) external pure returns (bool) {
        return true;
    }
}
