// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Account, DayUsage, IDatanets} from "../interfaces/IDatanets.sol";
import {DAILY_BYTES, DAILY_FILES} from "./Constants.sol";

/// @notice Limits per contributor and UTC day. A day is `timestamp / 86400`; what was used is never given back.
library Quotas {
    /// @notice Uses `files` and `bytes_` of a contributor's limits over all Datanets.
    function use(
        mapping(address account => DayUsage) storage self,
        address contributor,
        uint256 today,
        uint256 files,
        uint256 bytes_
    ) internal {
        DayUsage memory usage = self[contributor];
        (uint256 filesUsed, uint256 bytesUsed) = usage.day == today ? (usage.files, usage.bytesUsed) : (0, 0);
        require(
            filesUsed + files <= DAILY_FILES,
            IDatanets.DatanetsDailyFilesExceeded(contributor, DAILY_FILES, filesUsed, files)
        );
        require(
            bytesUsed + bytes_ <= DAILY_BYTES,
            IDatanets.DatanetsDailyBytesExceeded(contributor, DAILY_BYTES, bytesUsed, bytes_)
        );

        self[contributor] = DayUsage(uint32(today), uint16(filesUsed + files), uint32(bytesUsed + bytes_));
    }

    /// @notice Uses `bytes_` of a contributor's limit within one Datanet.
    function use(
        Account storage self,
        uint256 datanetId,
        address contributor,
        uint256 today,
        uint256 bytes_,
        uint256 limit
    ) internal {
        uint256 bytesUsed = self.day == today ? self.bytesUsed : 0;
        require(
            bytesUsed + bytes_ <= limit,
            IDatanets.DatanetsDatanetBytesExceeded(datanetId, contributor, limit, bytesUsed, bytes_)
        );

        self.day = uint32(today);
        self.bytesUsed = uint32(bytesUsed + bytes_);
    }
}
