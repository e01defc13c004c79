// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Modality} from "../interfaces/IDatanets.sol";

/// @notice File formats as bits of a word, and the modality each belongs to.
/// @dev Bit numbers are the format codes in leaves: md 0, txt 1, pdf 2, docx 3, png 4, jpg 5, webp 6, tiff 7, bmp 8,
/// wav 9, mp3 10, flac 11.
library Formats {
    uint256 internal constant TEXT = 0x00f;
    uint256 internal constant IMAGE = 0x1f0;
    uint256 internal constant AUDIO = 0xe00;

    /// @return All formats of `modality`.
    function ofModality(Modality modality) internal pure returns (uint256) {
        if (modality == Modality.Text) return TEXT;
        if (modality == Modality.Image) return IMAGE;
        return AUDIO;
    }

    /// @dev `formats` must not be empty and must lie within one modality.
    function modalityOf(uint256 formats) internal pure returns (Modality) {
        if (formats & TEXT != 0) return Modality.Text;
        if (formats & IMAGE != 0) return Modality.Image;
        return Modality.Audio;
    }
}
