// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @notice Everything about a submission that the contracts compute with, in one word.
/// @dev Layout, from the highest bit: 4 bits empty, block 40, formats 12, totalBytes 24, count - 1 8, first 8,
/// contributor 160.
type Entry is uint256;

using {contributor, first, count, totalBytes, formats, enteredBlock, items} for Entry global;

/// @param contributor_ The account credited for the files.
/// @param first_ Position in the lot of the submission's first item, 0 to 255.
/// @param count_ Number of items, 1 to 256.
/// @param totalBytes_ Bytes of all files, below 2^24.
/// @param formats_ Bitmap of the formats used, see {Formats}.
/// @param enteredBlock_ Number of the block of entry.
function toEntry(
    address contributor_,
    uint256 first_,
    uint256 count_,
    uint256 totalBytes_,
    uint256 formats_,
    uint256 enteredBlock_
) pure returns (Entry) {
    return
        Entry.wrap(
            uint256(uint160(contributor_)) |
                (first_ << 160) |
                ((count_ - 1) << 168) |
                (totalBytes_ << 176) |
                (formats_ << 200) |
                (enteredBlock_ << 212)
        );
}

function contributor(Entry self) pure returns (address) {
    return address(uint160(Entry.unwrap(self)));
}

function first(Entry self) pure returns (uint256) {
    return (Entry.unwrap(self) >> 160) & 0xff;
}

function count(Entry self) pure returns (uint256) {
    return ((Entry.unwrap(self) >> 168) & 0xff) + 1;
}

function totalBytes(Entry self) pure returns (uint256) {
    return (Entry.unwrap(self) >> 176) & 0xffffff;
}

function formats(Entry self) pure returns (uint256) {
    return (Entry.unwrap(self) >> 200) & 0xfff;
}

function enteredBlock(Entry self) pure returns (uint256) {
    return (Entry.unwrap(self) >> 212) & 0xffffffffff;
}

/// @return The word with the bits of the submission's items set.
function items(Entry self) pure returns (uint256) {
    return (type(uint256).max >> (256 - self.count())) << self.first();
}
