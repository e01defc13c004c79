// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {BPS} from "./Constants.sol";

/// @dev One whole: the shares of a run add up to it.
uint256 constant SHARE_TOTAL = 1e9;

/// @notice Arithmetic of fees and shares, rounded down throughout.
library Shares {
    /// @notice Leaf of one share in a run's attribution tree (OpenZeppelin's standard tree: hashed twice).
    function leaf(bytes32 runId, uint256 index, address account, uint256 share) internal pure returns (bytes32) {
        return keccak256(bytes.concat(keccak256(abi.encode(runId, index, account, share))));
    }

    /// @notice What `share` is entitled to of all that ever came into `pool`.
    /// @dev The entitlements of shares that add up to {SHARE_TOTAL} never exceed the pool.
    function entitledDown(uint256 pool, uint256 share) internal pure returns (uint256) {
        return (pool * share) / SHARE_TOTAL;
    }

    /// @notice A part of `amount` in basis points.
    function partDown(uint256 amount, uint256 bps) internal pure returns (uint256) {
        return (amount * bps) / BPS;
    }
}
