// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Vm} from "./Vm.sol";

/// @notice What a test needs and no more: cheatcodes, labelled assertions, and the targets of an invariant campaign.
abstract contract Test {
    /// @dev Thrown by every assertion below; `label` says what was expected.
    error AssertionFailed(string label, bytes32 actual, bytes32 expected);

    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    Vm internal constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));

    address[] private _targets;
    address[] private _senders;
    FuzzSelector[] private _selectors;

    // Runners look these up by name.

    function targetContracts() external view returns (address[] memory) {
        return _targets;
    }

    function targetSenders() external view returns (address[] memory) {
        return _senders;
    }

    function targetSelectors() external view returns (FuzzSelector[] memory) {
        return _selectors;
    }

    function _target(address handler) internal {
        _targets.push(handler);
    }

    function _targetSelectors(address handler, bytes4[] memory selectors) internal {
        _selectors.push(FuzzSelector(handler, selectors));
    }

    function _targetSender(address sender) internal {
        _senders.push(sender);
    }

    // Assertions. One shape: actual, expected, label.

    function assertTrue(bool actual, string memory label) internal pure {
        if (!actual) revert AssertionFailed(label, bytes32(0), bytes32(uint256(1)));
    }

    function assertFalse(bool actual, string memory label) internal pure {
        if (actual) revert AssertionFailed(label, bytes32(uint256(1)), bytes32(0));
    }

    function assertEq(uint256 actual, uint256 expected, string memory label) internal pure {
        if (actual != expected) revert AssertionFailed(label, bytes32(actual), bytes32(expected));
    }

    function assertEq(bytes32 actual, bytes32 expected, string memory label) internal pure {
        if (actual != expected) revert AssertionFailed(label, actual, expected);
    }

    function assertEq(address actual, address expected, string memory label) internal pure {
        assertEq(uint256(uint160(actual)), uint256(uint160(expected)), label);
    }

    function assertEq(bool actual, bool expected, string memory label) internal pure {
        assertEq(actual ? 1 : 0, uint256(expected ? 1 : 0), label);
    }

    function assertEq(string memory actual, string memory expected, string memory label) internal pure {
        assertEq(keccak256(bytes(actual)), keccak256(bytes(expected)), label);
    }

    function assertNotEq(uint256 actual, uint256 other, string memory label) internal pure {
        if (actual == other) revert AssertionFailed(label, bytes32(actual), bytes32(other));
    }

    function assertLe(uint256 actual, uint256 most, string memory label) internal pure {
        if (actual > most) revert AssertionFailed(label, bytes32(actual), bytes32(most));
    }

    function assertGe(uint256 actual, uint256 least, string memory label) internal pure {
        if (actual < least) revert AssertionFailed(label, bytes32(actual), bytes32(least));
    }

    // Input

    /// @notice Maps any `x` onto `[min, max]`, evenly.
    function bound(uint256 x, uint256 min, uint256 max) internal pure returns (uint256) {
        if (x >= min && x <= max) return x;
        uint256 size = max - min;
        return size == type(uint256).max ? x : min + (x % (size + 1));
    }

    /// @notice Maps any `x` onto `[1, 10^digits)` so that every order of magnitude is as likely as another.
    function logBound(uint256 x, uint256 digits) internal pure returns (uint256) {
        return 1 + ((x >> 8) % 10 ** (1 + ((x & 0xff) % digits)));
    }

    // Signing

    /// @notice EIP-2098 compact form of the signature of `digest`.
    function signCompact(uint256 privateKey, bytes32 digest) internal pure returns (bytes32 r, bytes32 vs) {
        uint8 v;
        (v, r, vs) = vm.sign(privateKey, digest);
        vs = bytes32(uint256(vs) | (uint256(v - 27) << 255));
    }

    /// @notice 65-byte signature of `digest`.
    function signPacked(uint256 privateKey, bytes32 digest) internal pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(privateKey, digest);
        return abi.encodePacked(r, s, v);
    }
}
