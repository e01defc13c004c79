// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @notice The validators seated for a lot: up to 15 validator ids of 16 bits, the first seat lowest. Ids start at 1, so
/// a zero ends the list.
type Seats is uint256;

using {idAt, length, has, add} for Seats global;

/// @dev The most seats one lot can have: four bit planes count to 15.
uint256 constant MAX_SEATS = 15;

/// @return The id of the validator in `seat`, zero when the seat is empty.
function idAt(Seats self, uint256 seat) pure returns (uint256) {
    return (Seats.unwrap(self) >> (seat << 4)) & 0xffff;
}

function length(Seats self) pure returns (uint256 n) {
    uint256 word = Seats.unwrap(self);
    while (word != 0) {
        word >>= 16;
        ++n;
    }
}

function has(Seats self, uint256 validatorId) pure returns (bool) {
    for (uint256 word = Seats.unwrap(self); word != 0; word >>= 16) {
        if (word & 0xffff == validatorId) return true;
    }
    return false;
}

/// @dev `seat` must be the number of seats taken so far.
function add(Seats self, uint256 seat, uint256 validatorId) pure returns (Seats) {
    return Seats.wrap(Seats.unwrap(self) | (validatorId << (seat << 4)));
}
