// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Contribution} from "../interfaces/IDatanets.sol";
import {Entry} from "../types/Entry.sol";
import {LotId} from "../types/LotId.sol";

/// @notice What is hashed, and how: leaves of a submission's tree and links of a lot's chain.
library Leaves {
    /// @notice Leaf of one contribution in the tree of its submission (OpenZeppelin's standard tree: hashed twice).
    function leaf(Contribution memory contribution) internal pure returns (bytes32) {
        return keccak256(bytes.concat(keccak256(abi.encode(contribution))));
    }

    /// @notice What a submission commits to beside its {Entry}: the Merkle root of its leaves and the digest of its
    /// manifest list.
    function content(bytes32 root, bytes32 manifests) internal pure returns (bytes32) {
        return keccak256(abi.encode(root, manifests));
    }

    /// @notice Start of the digest chain of `lot`, unique per lot.
    function genesis(LotId lot) internal pure returns (bytes32) {
        return bytes32(LotId.unwrap(lot));
    }

    /// @notice Digest of a lot after one more submission.
    function link(bytes32 previous, Entry entry, bytes32 content_) internal pure returns (bytes32 digest) {
        assembly ("memory-safe") {
            let free := mload(0x40)
            mstore(0x00, previous)
            mstore(0x20, entry)
            mstore(0x40, content_)
            digest := keccak256(0x00, 0x60)
            mstore(0x40, free)
        }
    }
}
