// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Attestation} from "../interfaces/IDatanets.sol";
import {Information} from "./Information.sol";
import {Tally} from "./Tally.sol";

/// @notice From attestations to a result and to what each of them earns.
library Ballot {
    using Tally for Tally.Counter;

    /// @notice Sorts items by `acceptBps` of the attestations.
    /// @return accepted Items with enough votes for them.
    /// @return undecided Items with enough votes neither for nor against.
    /// @return accepts The counted words of accepts.
    function result(
        Attestation[] calldata attestations,
        uint256 itemCount,
        uint256 acceptBps
    ) internal pure returns (uint256 accepted, uint256 undecided, Tally.Counter memory accepts) {
        Tally.Counter memory rejects;
        for (uint256 i; i < attestations.length; ++i) {
            accepts.add(attestations[i].accepted);
            rejects.add(attestations[i].rejected);
        }

        uint256 threshold = Tally.thresholdUp(acceptBps, attestations.length);
        accepted = accepts.atLeast(threshold);
        undecided = ~(accepted | rejects.atLeast(threshold)) & (type(uint256).max >> (256 - itemCount));
    }

    /// @notice Splits `fee`: half evenly, half by information; all evenly when nobody informed.
    /// @dev Rounded down; what is left of the fee is the caller's to keep.
    /// @return pay Wei for each attestation, in order.
    function split(
        Attestation[] calldata attestations,
        Tally.Counter memory accepts,
        uint256 itemCount,
        uint256 fee
    ) internal pure returns (uint256[] memory pay) {
        uint256 n = attestations.length;
        pay = new uint256[](n);
        (uint256 with, uint256 without) = Information.thresholds(accepts, n);
        uint256 sum;
        for (uint256 i; i < n; ++i) {
            pay[i] = Information.score(attestations[i].accepted, with, without, itemCount);
            sum += pay[i];
        }

        uint256 even = (sum == 0 ? fee : fee - fee / 2) / n;
        for (uint256 i; i < n; ++i) {
            pay[i] = even + (sum == 0 ? 0 : ((fee / 2) * pay[i]) / sum);
        }
    }
}
