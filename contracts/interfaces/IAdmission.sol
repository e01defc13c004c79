// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @notice A gate a Datanet may put before entry. It can refuse an entry and nothing after it.
interface IAdmission {
    /// @notice Tells whether `contributor` may enter `count` files into `datanetId`.
    /// @dev Called by static call, once per submission: a gate cannot change state, keep tokens or enter again.
    /// @dev Warning: a gate that reverts or runs out of gas refuses; it cannot trap what was entered before.
    /// @param data What the contributor presents, such as a Merkle proof or a signature. Its shape is the gate's.
    /// @return Whether the entry is admitted.
    function admits(
        uint256 datanetId,
        address contributor,
        uint256 count,
        bytes calldata data
    ) external view returns (bool);
}
