// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @notice Where a run stands. *Warm* states can change: Opened by its owner, Anchored and Attested by votes and by time,
/// Rejected by its owner. Unknown and Final never change by themselves; a Final run earns.
/// @dev Forbidden: Final → anything; anything → Opened except from Unknown.
enum RunStatus {
    Unknown,
    Opened,
    Anchored,
    Attested,
    Final,
    Rejected
}
