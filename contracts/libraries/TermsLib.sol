// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IDatanets, Modality, Terms} from "../interfaces/IDatanets.sol";
import {MAX_SEATS} from "../types/Seats.sol";
import {BPS, MAX_CHALLENGE_WINDOW, MAX_LOT_WINDOW, MAX_VOTE_WINDOW} from "./Constants.sol";
import {Formats} from "./Formats.sol";

/// @notice What terms a Datanet may have.
library TermsLib {
    /// @notice Reverts unless every term lies within its bounds.
    /// @return modality The one modality of all formats.
    function check(Terms calldata terms) internal pure returns (Modality modality) {
        _within("formats", terms.formats, 1, Formats.TEXT | Formats.IMAGE | Formats.AUDIO);
        modality = Formats.modalityOf(terms.formats);
        uint256 ofModality = Formats.ofModality(modality);
        require(
            terms.formats & ~ofModality == 0,
            IDatanets.DatanetsTermOutOfBounds("formats", terms.formats, 1, ofModality)
        );
        _within("fileCap", terms.fileCap, 1, type(uint32).max);
        _within("dailyKilobytes", terms.dailyKilobytes, 1, type(uint16).max);
        _within("lotWindow", terms.lotWindow, 1, MAX_LOT_WINDOW);
        _within("voteWindow", terms.voteWindow, 1, MAX_VOTE_WINDOW);
        _within("challengeWindow", terms.challengeWindow, 1, MAX_CHALLENGE_WINDOW);
        _within("seatCount", terms.seatCount, 1, MAX_SEATS);
        _within("quorum", terms.quorum, 1, terms.seatCount);
        // Above one half, an item cannot be both accepted and rejected.
        _within("acceptBps", terms.acceptBps, BPS / 2 + 1, BPS);
    }

    function _within(string memory term, uint256 value, uint256 min, uint256 max) private pure {
        require(value >= min && value <= max, IDatanets.DatanetsTermOutOfBounds(term, value, min, max));
    }
}
