// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IAdmission} from "../interfaces/IAdmission.sol";

/// @notice A gate that does its worst within what a static call allows.
contract AdversarialAdmission is IAdmission {
    enum Mood {
        Admits,
        Refuses,
        Reverts,
        BurnsGas,
        ReturnsMuch,
        ReturnsNothing,
        ReturnsTwo,
        WritesState
    }

    Mood public mood;
    uint256 public written;

    error AdversarialAdmissionReverts();

    function setMood(Mood mood_) external {
        mood = mood_;
    }

    /// @inheritdoc IAdmission
    function admits(uint256, address, uint256, bytes calldata) external view returns (bool) {
        if (mood == Mood.Reverts) revert AdversarialAdmissionReverts();
        if (mood == Mood.BurnsGas) {
            assembly ("memory-safe") {
                invalid()
            }
        }
        if (mood == Mood.ReturnsMuch) {
            assembly ("memory-safe") {
                return(0, 1000000)
            }
        }
        if (mood == Mood.ReturnsNothing) {
            assembly ("memory-safe") {
                return(0, 0)
            }
        }
        if (mood == Mood.ReturnsTwo) {
            assembly ("memory-safe") {
                mstore(0, 2)
                return(0, 32)
            }
        }
        if (mood == Mood.WritesState) _lie();
        return mood == Mood.Admits;
    }

    function write() external {
        ++written;
    }

    /// @dev Calls a function that writes, as a gate that promised not to would.
    function _lie() private view {
        (bool success, ) = address(this).staticcall(abi.encodeCall(this.write, ()));
        require(success, AdversarialAdmissionReverts());
    }
}
