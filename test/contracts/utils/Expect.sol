// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Test} from "./Test.sol";

interface VmPartial {
    function expectPartialRevert(bytes4 selector) external;
}

/// @notice Expectations of custom errors: with all their values, or by name where the values are hashes.
abstract contract Expect is Test {
    function expectError(bytes memory data) internal {
        vm.expectRevert(data);
    }

    function expectErrorNamed(bytes4 selector) internal {
        VmPartial(address(vm)).expectPartialRevert(selector);
    }
}
