// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

/// @notice A contract account whose owner's signatures are its own. Can be told to misbehave.
contract Wallet1271 is IERC1271 {
    enum Mood {
        Honest,
        Refuses,
        Reverts,
        ReturnsNothing,
        ReturnsMuch
    }

    address public immutable OWNER;
    Mood public mood;

    error Wallet1271Reverts();

    constructor(address owner) {
        OWNER = owner;
    }

    function setMood(Mood mood_) external {
        mood = mood_;
    }

    /// @notice Makes the wallet call, so that it can approve, deposit and withdraw.
    function call(address target, bytes calldata data) external returns (bytes memory result) {
        bool success;
        (success, result) = target.call(data);
        if (success) return result;
        assembly ("memory-safe") {
            revert(add(result, 0x20), mload(result))
        }
    }

    /// @inheritdoc IERC1271
    function isValidSignature(bytes32 digest, bytes calldata signature) external view returns (bytes4) {
        if (mood == Mood.Reverts) revert Wallet1271Reverts();
        if (mood == Mood.ReturnsNothing) {
            assembly ("memory-safe") {
                return(0, 0)
            }
        }
        if (mood == Mood.ReturnsMuch) {
            assembly ("memory-safe") {
                return(0, 1000000)
            }
        }
        (address recovered, , ) = ECDSA.tryRecoverCalldata(digest, signature);
        bool valid = mood == Mood.Honest && recovered == OWNER;
        return valid ? IERC1271.isValidSignature.selector : bytes4(0xffffffff);
    }
}
