// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @notice A Merkle tree of sorted pairs, naive and recursive: what `MerkleProof` accepts, built in a test.
library ShareTree {
    function root(bytes32[] memory leaves) internal pure returns (bytes32) {
        while (leaves.length > 1) {
            leaves = _up(leaves);
        }
        return leaves[0];
    }

    function path(bytes32[] memory leaves, uint256 index) internal pure returns (bytes32[] memory nodes) {
        nodes = new bytes32[](0);
        for (; leaves.length > 1; index >>= 1) {
            uint256 sibling = index ^ 1;
            if (sibling < leaves.length) nodes = _append(nodes, leaves[sibling]);
            leaves = _up(leaves);
        }
    }

    function _up(bytes32[] memory level) private pure returns (bytes32[] memory above) {
        above = new bytes32[]((level.length + 1) / 2);
        for (uint256 i; i < above.length; ++i) {
            above[i] = 2 * i + 1 == level.length ? level[2 * i] : _hash(level[2 * i], level[2 * i + 1]);
        }
    }

    function _append(bytes32[] memory nodes, bytes32 node) private pure returns (bytes32[] memory longer) {
        longer = new bytes32[](nodes.length + 1);
        for (uint256 i; i < nodes.length; ++i) {
            longer[i] = nodes[i];
        }
        longer[nodes.length] = node;
    }

    function _hash(bytes32 a, bytes32 b) private pure returns (bytes32) {
        return a < b ? keccak256(abi.encode(a, b)) : keccak256(abi.encode(b, a));
    }
}
