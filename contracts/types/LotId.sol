// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @notice Names a lot: the Datanet's id in the high part, the lot's number within it in the low 32 bits.
type LotId is uint256;

using {datanetId, number, next} for LotId global;

function toLotId(uint256 datanetId_, uint256 number_) pure returns (LotId) {
    return LotId.wrap((datanetId_ << 32) | number_);
}

function datanetId(LotId self) pure returns (uint256) {
    return LotId.unwrap(self) >> 32;
}

function number(LotId self) pure returns (uint256) {
    return LotId.unwrap(self) & type(uint32).max;
}

/// @dev Within one Datanet. Cannot carry into the Datanet's id: a number needs 2^32 lots to overflow, refused at entry.
function next(LotId self) pure returns (LotId) {
    return LotId.wrap(LotId.unwrap(self) + 1);
}
