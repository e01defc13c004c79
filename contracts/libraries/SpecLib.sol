// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IModelFactory, RunResult, RunSpec} from "../interfaces/IModelFactory.sol";
import {BPS} from "./Constants.sol";

/// @dev Most of a fee that can go to the platform.
uint256 constant MAX_PLATFORM_BPS = 2_000;

/// @dev Least of a fee that goes to contributors: what a model earns on their data is theirs first.
uint256 constant MIN_CONTRIBUTORS_BPS = 2_500;

/// @dev Most attestations a run can ask for.
uint256 constant MAX_RUN_QUORUM = 15;

/// @dev Longest challenge window of a run, in seconds.
uint256 constant MAX_RUN_WINDOW = 7 days;

/// @notice What a run can be opened with, and what it can be anchored with.
library SpecLib {
    /// @notice Reverts unless every figure lies within its bounds and nothing that is hashed is missing.
    function check(RunSpec calldata spec) internal pure {
        _given("baseModel", spec.baseModel);
        _given("dataset", spec.dataset);
        _given("config", spec.config);
        _within("platformBps", spec.platformBps, 0, MAX_PLATFORM_BPS);
        _within("contributorsBps", spec.contributorsBps, MIN_CONTRIBUTORS_BPS, BPS);
        uint256 sum = uint256(spec.platformBps) + spec.ownerBps + spec.stakersBps + spec.contributorsBps;
        _within("sum of bps", sum, BPS, BPS);
        _within("parentBps", spec.parentBps, 0, spec.parent == 0 ? 0 : BPS);
        _within("quorum", spec.quorum, 1, MAX_RUN_QUORUM);
        _within("challengeWindow", spec.challengeWindow, 1, MAX_RUN_WINDOW);
    }

    /// @notice Reverts unless the result names an adapter and an attribution that can be paid by.
    function check(RunResult calldata result) internal pure {
        _given("adapter", result.adapter);
        _given("attributionRoot", result.attributionRoot);
        _given("attribution", result.attribution);
        _within("shareCount", result.shareCount, 1, type(uint32).max);
    }

    function _given(string memory field, bytes32 digest) private pure {
        require(digest != 0, IModelFactory.ModelFactoryZeroDigest(field));
    }

    function _within(string memory field, uint256 value, uint256 min, uint256 max) private pure {
        require(value >= min && value <= max, IModelFactory.ModelFactoryOutOfBounds(field, value, min, max));
    }
}
