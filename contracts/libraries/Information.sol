// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Tally} from "./Tally.sol";

/// @notice What one seat's votes tell beyond its habit: the covariance with the majority of the other seats.
library Information {
    /// @notice Leave-one-out covariance of a seat's accepts with the other seats' majority, floored at zero.
    /// @dev Exactly `n^2` times the covariance over the lot's `n` items: `n * |x & m| - |x| * |m|`. Whoever accepts (or
    /// rejects) everything has a constant word and scores zero.
    /// @param accepts The seat's word of accepts, one of those counted.
    /// @param with The majority of the others where the seat accepted, see {thresholds}.
    /// @param without The majority of the others where it did not.
    /// @param itemCount Number of items in the lot, 1 to 256.
    function score(uint256 accepts, uint256 with, uint256 without, uint256 itemCount) internal pure returns (uint256) {
        uint256 agreed = accepts & with;
        uint256 majority = agreed | (~accepts & without);
        // Popcounts are at most 256, so nothing here overflows.
        unchecked {
            uint256 together = itemCount * Tally.popcount(agreed);
            uint256 apart = Tally.popcount(accepts) * Tally.popcount(majority);
            return together > apart ? together - apart : 0;
        }
    }

    /// @notice The words {score} compares with: more than half of the `attestations - 1` others accept an item when, with
    /// the seat's own vote where it is one of them, so many of all do.
    function thresholds(
        Tally.Counter memory accepts,
        uint256 attestations
    ) internal pure returns (uint256 with, uint256 without) {
        uint256 most = (attestations - 1) / 2 + 1;
        with = Tally.atLeast(accepts, most + 1);
        without = Tally.atLeast(accepts, most);
    }
}
