// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {IAdmission} from "../interfaces/IAdmission.sol";

/// @title PreassessmentAdmission
/// @notice Lets in who passed an assessment off chain: the assessor signs a pass for one contributor and one Datanet.
/// @dev The domain binds the pass to this chain and gate, so it serves nowhere else. The contributor presents
/// `abi.encode(uint256 deadline, bytes signature)`, with the 65-byte signature of EIP-712 `Pass(uint256
/// datanetId,address contributor,uint256 deadline)`. A pass serves for any number of entries until its deadline.
contract PreassessmentAdmission is IAdmission, EIP712("PreassessmentAdmission", "1") {
    bytes32 private constant PASS_TYPEHASH = keccak256("Pass(uint256 datanetId,address contributor,uint256 deadline)");

    /// @notice Whose signature lets in.
    address public immutable ASSESSOR;

    /// @notice Thrown when no assessor is given: a failed recovery yields the zero address.
    error PreassessmentAdmissionZeroAssessor();

    constructor(address assessor) {
        require(assessor != address(0), PreassessmentAdmissionZeroAssessor());
        ASSESSOR = assessor;
    }

    /// @inheritdoc IAdmission
    function admits(uint256 datanetId, address contributor, uint256, bytes calldata data) external view returns (bool) {
        (uint256 deadline, bytes memory signature) = abi.decode(data, (uint256, bytes));
        if (block.timestamp > deadline) return false;
        (address recovered, , ) = ECDSA.tryRecover(hashPass(datanetId, contributor, deadline), signature);
        return recovered == ASSESSOR;
    }

    /// @notice The EIP-712 digest the assessor signs.
    function hashPass(uint256 datanetId, address contributor, uint256 deadline) public view returns (bytes32) {
        return _hashTypedDataV4(keccak256(abi.encode(PASS_TYPEHASH, datanetId, contributor, deadline)));
    }
}
