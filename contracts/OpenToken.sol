// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Burnable} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Burnable.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";

/// @title OpenToken
/// @notice OPEN for local and test networks: one billion, all minted at once, never more. Elsewhere the address of the
/// real token is given to {Datanets}.
contract OpenToken is ERC20("Open", "OPEN"), ERC20Permit("Open"), ERC20Burnable {
    constructor(address holder) {
        _mint(holder, 1_000_000_000e18);
    }
}
