// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @notice Counts up to 15 words of 256 votes at once: bit i of the four planes is the binary count of item i.
library Tally {
    struct Counter {
        uint256 ones;
        uint256 twos;
        uint256 fours;
        uint256 eights;
    }

    /// @notice Adds one vote for every set bit of `word` (carry-save addition).
    /// @dev Sixteen additions would wrap to zero; {Seats} holds at most 15.
    function add(Counter memory self, uint256 word) internal pure {
        uint256 carry = self.ones & word;
        self.ones ^= word;
        word = carry;
        carry = self.twos & word;
        self.twos ^= word;
        word = carry;
        carry = self.fours & word;
        self.fours ^= word;
        self.eights ^= carry;
    }

    /// @return The items with at least `threshold` votes.
    function atLeast(Counter memory self, uint256 threshold) internal pure returns (uint256) {
        if (threshold > 15) return 0;
        uint256 equal = type(uint256).max;
        uint256 greater;
        (greater, equal) = _compare(self.eights, threshold & 8, greater, equal);
        (greater, equal) = _compare(self.fours, threshold & 4, greater, equal);
        (greater, equal) = _compare(self.twos, threshold & 2, greater, equal);
        (greater, equal) = _compare(self.ones, threshold & 1, greater, equal);
        return greater | equal;
    }

    /// @notice Votes needed of `attestations` so that their part is at least `bps`, rounded up.
    function thresholdUp(uint256 bps, uint256 attestations) internal pure returns (uint256) {
        return (bps * attestations + 9_999) / 10_000;
    }

    /// @return The number of set bits of `word`.
    function popcount(uint256 word) internal pure returns (uint256) {
        unchecked {
            // Sums of neighbours in ever wider lanes; no lane overflows, since a lane of 2^k bits holds at most 2^k.
            word -= (word >> 1) & 0x5555555555555555555555555555555555555555555555555555555555555555;
            word =
                (word & 0x3333333333333333333333333333333333333333333333333333333333333333) +
                ((word >> 2) & 0x3333333333333333333333333333333333333333333333333333333333333333);
            word = (word + (word >> 4)) & 0x0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f;
            // Up to 256 needs nine bits, so bytes are first added in pairs into lanes of 16 bits.
            word =
                (word & 0x00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff) +
                ((word >> 8) & 0x00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff);
            return (word * 0x0001000100010001000100010001000100010001000100010001000100010001) >> 240;
        }
    }

    function _compare(
        uint256 plane,
        uint256 bit,
        uint256 greater,
        uint256 equal
    ) private pure returns (uint256, uint256) {
        if (bit == 0) return (greater | (equal & plane), equal & ~plane);
        return (greater, equal & plane);
    }
}
