// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Tally} from "./Tally.sol";

/// @notice What one seat's votes tell beyond its habit: the covariance with the majority of the other seats.
library Information {
    /// @notice Leave-one-out covariance of a seat's accepts with the other seats' majority, floored at zero.
    /// @dev Exactly `n^2` times the covariance over the lot's `n` items: `n * |x & m| - |x| * |m|`. Whoever accepts (or
    /// rejects) everything has a constant word and scores zero.
    /// @param accepts The seat's word of accepts, included in `counter`.
    /// @param attestations Number of words in `counter`.
    /// @param itemCount Number of items in the lot, 1 to 256.
    function score(Tally.Counter memory counter, uint256 accepts, uint256 attestations, uint256 itemCount)
        internal
        pure
        returns (uint256)
    {
        // More than half of the `attestations - 1` others.
        uint256 threshold = (attestations - 1) / 2 + 1;
        uint256 items = type(uint256).max >> (256 - itemCount);
        // Where the seat itself accepted, its own vote is one of those counted.
        uint256 majority = ((accepts & Tally.atLeast(counter, threshold + 1))
            | (~accepts & Tally.atLeast(counter, threshold))) & items;

        uint256 together = itemCount * Tally.popcount(accepts & majority);
        uint256 apart = Tally.popcount(accepts) * Tally.popcount(majority);
        return together > apart ? together - apart : 0;
    }
}
