// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {IAdmission} from "../../../contracts/interfaces/IAdmission.sol";

/// @notice Keeps one wei in a thousand of every transfer.
contract FeeToken is ERC20("Fee", "FEE") {
    constructor(address holder) {
        _mint(holder, 1_000_000_000e18);
    }

    function _update(address from, address to, uint256 value) internal override {
        if (from != address(0) && to != address(0)) {
            super._update(from, address(0xdead), value / 1000);
            value -= value / 1000;
        }
        super._update(from, to, value);
    }
}

/// @notice Calls what it was told to whenever it moves, as tokens with hooks do.
contract HookToken is ERC20("Hook", "HOOK") {
    address public target;
    bytes public call;
    bool public entered;
    bytes public reason;

    constructor(address holder) {
        _mint(holder, 1_000_000_000e18);
    }

    function hook(address target_, bytes calldata call_) external {
        (target, call, entered) = (target_, call_, false);
    }

    function _update(address from, address to, uint256 value) internal override {
        super._update(from, to, value);
        if (target == address(0)) return;
        (entered, reason) = target.call(call);
    }
}

/// @notice Admits nobody.
contract ClosedGate is IAdmission {
    function admits(uint256, address, uint256, bytes calldata) external pure returns (bool) {
        return false;
    }
}

/// @notice An account that takes every signature of one signer as its own, and can change its mind.
contract Wallet is IERC1271 {
    bool public willing = true;

    function setWilling(bool willing_) external {
        willing = willing_;
    }

    function isValidSignature(bytes32, bytes calldata) external view returns (bytes4) {
        return willing ? IERC1271.isValidSignature.selector : bytes4(0);
    }
}
