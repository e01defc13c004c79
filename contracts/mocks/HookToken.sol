// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @notice Calls back in the middle of every transfer, as ERC-777 does, and remembers how that went.
contract HookToken is ERC20("Hook", "HOOK") {
    address public callee;
    bytes public data;
    bool public entered;
    bytes public failure;

    constructor(address holder) {
        _mint(holder, 1_000_000_000e18);
    }

    /// @param target_ Called once per transfer with `data_`; the zero address calls nobody.
    function setHook(address target_, bytes calldata data_) external {
        callee = target_;
        data = data_;
    }

    function _update(address from, address to, uint256 amount) internal override {
        super._update(from, to, amount);
        if (callee == address(0)) return;
        (bool success, bytes memory result) = callee.call(data);
        entered = success;
        failure = success ? bytes("") : result;
    }
}
