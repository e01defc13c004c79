// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @dev Most contributions in one lot: one bit each in a word.
uint256 constant LOT_CAPACITY = 256;

/// @dev Files one contributor may enter per UTC day, over all Datanets.
uint256 constant DAILY_FILES = 20;

/// @dev Bytes one contributor may enter per UTC day, over all Datanets (10 MB, decimal).
uint256 constant DAILY_BYTES = 10_000_000;

/// @dev The whole, in basis points.
uint256 constant BPS = 10_000;

/// @dev Bounds of a Datanet's windows, in seconds. {Validators.UNBONDING_DELAY} is longer than all of them in a row.
uint256 constant MAX_LOT_WINDOW = 30 days;
uint256 constant MAX_VOTE_WINDOW = 3 days;
uint256 constant MAX_CHALLENGE_WINDOW = 3 days;
