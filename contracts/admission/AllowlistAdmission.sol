// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";
import {IAdmission} from "../interfaces/IAdmission.sol";

/// @title AllowlistAdmission
/// @notice Lets in who is on a list. The list itself stays off chain; its Merkle root is fixed for ever.
/// @dev The tree is OpenZeppelin's standard one over `(address)`. The contributor presents `abi.encode(bytes32[] path)`.
contract AllowlistAdmission is IAdmission {
    /// @notice Root of the list's tree.
    bytes32 public immutable ROOT;

    constructor(bytes32 root) {
        ROOT = root;
    }

    /// @inheritdoc IAdmission
    function admits(uint256, address contributor, uint256, bytes calldata data) external view returns (bool) {
        // The contributor is in the leaf, so nobody can enter with another's path.
        bytes32 leaf = keccak256(bytes.concat(keccak256(abi.encode(contributor))));
        return MerkleProof.verify(abi.decode(data, (bytes32[])), ROOT, leaf);
    }
}
