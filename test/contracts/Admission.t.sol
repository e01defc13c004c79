// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AllowlistAdmission} from "../../contracts/admission/AllowlistAdmission.sol";
import {HolderAdmission} from "../../contracts/admission/HolderAdmission.sol";
import {OpenAdmission} from "../../contracts/admission/OpenAdmission.sol";
import {PreassessmentAdmission} from "../../contracts/admission/PreassessmentAdmission.sol";
import {IAdmission} from "../../contracts/interfaces/IAdmission.sol";
import {IDatanets, Lot, Terms} from "../../contracts/interfaces/IDatanets.sol";
import {AdversarialAdmission} from "../../contracts/mocks/AdversarialAdmission.sol";
import {LotId} from "../../contracts/types/LotId.sol";
import {Expect} from "./utils/Expect.sol";
import {Protocol} from "./utils/Protocol.sol";
import {ShareTree} from "./utils/ShareTree.sol";

/// @notice Follows Admission.tree.
contract AdmissionTest is Expect, Protocol {
    address private constant ANNA = address(0xa11a);
    address private constant BEN = address(0xbe4);
    uint256 private constant ASSESSOR = 0xa55e55;

    function setUp() public {
        deploy(3);
    }

    // OpenAdmission

    function test_open_AdmitsEverybody() public {
        uint256 datanetId = _gated(new OpenAdmission());
        submit(ANNA, datanetId, 1);
    }

    // AllowlistAdmission

    function test_allowlist_AdmitsWhoIsOnTheList() public {
        bytes32[] memory leaves = new bytes32[](3);
        leaves[0] = _leaf(ANNA);
        leaves[1] = _leaf(BEN);
        leaves[2] = _leaf(address(3));
        AllowlistAdmission gate = new AllowlistAdmission(ShareTree.root(leaves));
        bytes memory annas = abi.encode(ShareTree.path(leaves, 0));

        assertTrue(gate.admits(1, ANNA, 1, annas), "on the list");
        assertTrue(gate.admits(1, BEN, 1, abi.encode(ShareTree.path(leaves, 1))), "on the list");
        assertFalse(gate.admits(1, BEN, 1, annas), "with another's path");
        assertFalse(gate.admits(1, address(4), 1, annas), "not on the list");
        assertFalse(gate.admits(1, ANNA, 1, abi.encode(new bytes32[](0))), "without a path");
        vm.expectRevert();
        gate.admits(1, ANNA, 1, "");
    }

    // HolderAdmission

    function test_holder_AdmitsWhoHoldsTheMinimum() public {
        HolderAdmission gate = new HolderAdmission(open, 5);
        assertFalse(gate.admits(1, ANNA, 1, ""), "holds nothing");
        open.transfer(ANNA, 4);
        assertFalse(gate.admits(1, ANNA, 1, ""), "holds less");
        open.transfer(ANNA, 1);
        assertTrue(gate.admits(1, ANNA, 1, ""), "holds the minimum");
    }

    // PreassessmentAdmission

    function test_preassessment_RevertWhen_TheAssessorIsZero() public {
        expectError(abi.encodeWithSelector(PreassessmentAdmission.PreassessmentAdmissionZeroAssessor.selector));
        new PreassessmentAdmission(address(0));
    }

    function test_preassessment_AdmitsWithAPassUntilItsDeadline() public {
        PreassessmentAdmission gate = new PreassessmentAdmission(vm.addr(ASSESSOR));
        uint256 deadline = block.timestamp + 1 days;
        bytes memory pass_ = _passFor(gate, ASSESSOR, 1, ANNA, deadline);
        assertTrue(gate.admits(1, ANNA, 1, pass_), "passed");
        vm.warp(deadline);
        assertTrue(gate.admits(1, ANNA, 20, pass_), "to the last second");
        vm.warp(deadline + 1);
        assertFalse(gate.admits(1, ANNA, 1, pass_), "expired");
    }

    function test_preassessment_RefusesWhatTheAssessorDidNotSign() public {
        PreassessmentAdmission gate = new PreassessmentAdmission(vm.addr(ASSESSOR));
        uint256 deadline = block.timestamp;
        assertFalse(gate.admits(1, ANNA, 1, _passFor(gate, 0xbad, 1, ANNA, deadline)), "another signed");
        assertFalse(gate.admits(1, ANNA, 1, abi.encode(deadline, bytes(""))), "nobody signed");
        bytes memory pass_ = _passFor(gate, ASSESSOR, 1, ANNA, deadline);
        assertFalse(gate.admits(1, BEN, 1, pass_), "another contributor");
        assertFalse(gate.admits(2, ANNA, 1, pass_), "another Datanet");
        (, bytes memory signature) = abi.decode(pass_, (uint256, bytes));
        assertFalse(gate.admits(1, ANNA, 1, abi.encode(deadline + 1, signature)), "another deadline");
        PreassessmentAdmission second = new PreassessmentAdmission(vm.addr(ASSESSOR));
        assertFalse(second.admits(1, ANNA, 1, pass_), "another gate");
        vm.chainId(1612);
        assertFalse(gate.admits(1, ANNA, 1, pass_), "another chain");
    }

    function test_preassessment_IsPresentedAtEntry() public {
        PreassessmentAdmission gate = new PreassessmentAdmission(vm.addr(ASSESSOR));
        uint256 datanetId = _gated(gate);
        bytes memory pass_ = _passFor(gate, ASSESSOR, datanetId, ANNA, block.timestamp);
        vm.prank(ANNA);
        datanets.submit(datanetId, keccak256("root"), 1, 1, 1, keccak256("manifests"), pass_);
        expectError(abi.encodeWithSelector(IDatanets.DatanetsNotAdmitted.selector, datanetId, BEN, address(gate)));
        vm.prank(BEN);
        datanets.submit(datanetId, keccak256("root"), 1, 1, 1, keccak256("manifests"), pass_);
    }

    // Adversarial gates

    function test_gate_CanRefuseEntryAndNothingAfterIt() public {
        AdversarialAdmission gate = new AdversarialAdmission();
        gate.setMood(AdversarialAdmission.Mood.Admits);
        uint256 datanetId = _gated(gate);
        LotId id = submit(ANNA, datanetId, 2);
        bytes32 entered = datanets.lotHash(id);
        bytes memory second = abi.encodeCall(
            IDatanets.submit,
            (datanetId, keccak256("root"), 1, 1, 1, keccak256("manifests"), "")
        );
        for (uint8 mood = 1; mood <= uint8(type(AdversarialAdmission.Mood).max); ++mood) {
            gate.setMood(AdversarialAdmission.Mood(mood));
            vm.prank(ANNA);
            (bool success, ) = address(datanets).call{gas: 5_000_000}(second);
            assertFalse(success, "refused");
            assertEq(datanets.lotHash(id), entered, "nothing entered");
        }
        assertEq(gate.written(), 0, "a gate cannot write");

        // The gate now refuses everything: what was entered is settled, accrued and claimed all the same.
        pass(1 hours);
        Lot memory lot = settle(close(id), 3);
        pass(1 hours + 1);
        accrue(lot);
        datanets.claim(ANNA, one(datanetId));
        assertEq(open.balanceOf(ANNA), 2 * REWARD, "paid");
    }

    // Helpers

    function _gated(IAdmission gate) private returns (uint256) {
        Terms memory gated = terms(3, 3);
        gated.admission = gate;
        return create(gated);
    }

    function _leaf(address account) private pure returns (bytes32) {
        return keccak256(bytes.concat(keccak256(abi.encode(account))));
    }

    function _passFor(
        PreassessmentAdmission gate,
        uint256 key,
        uint256 datanetId,
        address contributor,
        uint256 deadline
    ) private view returns (bytes memory) {
        return abi.encode(deadline, signPacked(key, gate.hashPass(datanetId, contributor, deadline)));
    }
}
