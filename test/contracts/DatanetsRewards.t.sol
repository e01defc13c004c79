// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {
    Account,
    Contribution,
    IDatanets,
    ItemProof,
    Lot,
    LotStatus,
    Submission
} from "../../contracts/interfaces/IDatanets.sol";
import {Leaves} from "../../contracts/libraries/Leaves.sol";
import {LotId} from "../../contracts/types/LotId.sol";
import {Seats} from "../../contracts/types/Seats.sol";
import {Protocol} from "./utils/Protocol.sol";

contract DatanetsRewardsTest is Protocol {
    address private constant ANNA = address(0xa11a);
    address private constant BEN = address(0xbe4);
    address private constant PROVER = address(0x9907e);
    bytes32 private constant CONTENT = keccak256("a file");

    uint256 private id;

    function setUp() public {
        deploy(3);
        id = create(terms(3, 3));
    }

    // accrue

    function test_accrue_RevertGiven_TheLotIsNotSettled() public {
        LotId lot = submit(ANNA, id, 1);
        pass(1 hours);
        Lot memory closed = close(lot);
        Submission[] memory entered = submissionsOf(lot);
        vm.expectRevert(
            abi.encodeWithSelector(
                IDatanets.DatanetsUnexpectedStatus.selector,
                lot,
                LotStatus.Closed,
                LotStatus.Settled
            )
        );
        datanets.accrue(closed, entered);
    }

    function test_accrue_RevertGiven_TheResultCanStillBeChallenged() public {
        Lot memory lot = settled(ANNA, id, 1, 1);
        Submission[] memory entered = submissionsOf(lot.id);
        uint256 endsAt = lot.settledAt + 1 hours;
        vm.warp(endsAt);
        vm.expectRevert(abi.encodeWithSelector(IDatanets.DatanetsChallengeWindowOpen.selector, lot.id, endsAt));
        datanets.accrue(lot, entered);
        vm.warp(endsAt + 1);
        datanets.accrue(lot, entered);
    }

    function test_accrue_RevertWhen_TheSubmissionsAreNotThoseOfTheLot() public {
        Lot memory lot = settled(ANNA, id, 1, 1);
        Lot memory other = settled(BEN, id, 1, 1);
        vm.warp(block.timestamp + 1 hours + 1);
        Submission[] memory entered = submissionsOf(other.id);
        // A lot's digest starts with its id, so the same submission has another digest elsewhere.
        bytes32 found = Leaves.link(Leaves.genesis(lot.id), entered[0].entry, entered[0].content);
        vm.expectRevert(
            abi.encodeWithSelector(IDatanets.DatanetsSubmissionsMismatch.selector, lot.id, lot.digest, found)
        );
        datanets.accrue(lot, entered);
    }

    function test_accrue_RevertGiven_ItWasAccrued() public {
        Lot memory lot = accrueAfter(settled(ANNA, id, 1, 1));
        Submission[] memory entered = submissionsOf(lot.id);
        vm.expectRevert(
            abi.encodeWithSelector(
                IDatanets.DatanetsUnexpectedStatus.selector,
                lot.id,
                LotStatus.Accrued,
                LotStatus.Settled
            )
        );
        datanets.accrue(lot, entered);
        lot.status = LotStatus.Settled;
        vm.expectRevert(
            abi.encodeWithSelector(
                IDatanets.DatanetsLotMismatch.selector,
                lot.id,
                datanets.lotHash(lot.id),
                datanets.hashLot(lot)
            )
        );
        datanets.accrue(lot, entered);
    }

    function test_accrue_PaysEveryContributorOnce() public {
        LotId lot = submit(ANNA, id, 3);
        submit(BEN, id, 2);
        submit(ANNA, id, 1);
        pass(1 hours);
        vm.recordLogs();
        accrueAfter(settle(close(lot), 0x35));
        (uint256 accepted, uint256 released) = abi.decode(_lastLog(IDatanets.LotAccrued.selector), (uint256, uint256));
        assertEq(accepted, 0x35, "accepted");
        assertEq(released, 2 * REWARD, "released");
        Account memory anna = datanets.accountOf(id, ANNA);
        assertEq(anna.balance, 3 * REWARD, "balance");
        assertEq(anna.score, 3, "score");
        assertEq(anna.scoredAt, block.timestamp, "reached now");
        assertEq(balanceOf(id, BEN), REWARD, "ben");
        assertEq(budgetOf(id), BUDGET - 4 * REWARD - LOT_FEE, "what was not paid is back");
        assertEq(datanets.bookOf(id).fileCount, 4, "rejected files left");
    }

    function test_accrue_RejectedItemsChangeNothingOfTheirContributor() public {
        accrueAfter(settled(ANNA, id, 2, 3));
        Account memory before = datanets.accountOf(id, ANNA);
        accrueAfter(settled(ANNA, id, 5, 0));
        assertEq(keccak256(abi.encode(datanets.accountOf(id, ANNA))), keccak256(abi.encode(before)), "no mark");
        accrueAfter(settled(ANNA, id, 1, 1));
        assertEq(datanets.accountOf(id, ANNA).score, 3, "scores add up");
        assertEq(datanets.accountOf(id, ANNA).balance, 3 * REWARD, "balances add up");
    }

    // claim

    function test_claim_SendsNothingGivenNothingIsOwed() public {
        vm.recordLogs();
        assertEq(datanets.claim(ANNA, one(id)), 0, "nothing");
        assertEq(vm.getRecordedLogs().length, 0, "and no word of it");
    }

    function test_claim_SendsToThePayoutAddressWhoeverCalls() public {
        accrueAfter(settled(ANNA, id, 1, 1));
        vm.prank(ANNA);
        datanets.setPayout(BEN);
        assertEq(datanets.payoutOf(ANNA), BEN, "payout");
        vm.prank(address(0xbad));
        assertEq(datanets.claim(ANNA, one(id)), REWARD, "total");
        assertEq(open.balanceOf(BEN), REWARD, "sent where Anna chose");
        vm.prank(ANNA);
        datanets.setPayout(address(0));
        assertEq(datanets.payoutOf(ANNA), ANNA, "to itself again");
    }

    function test_claim_SkipsTheEmptyAndTheUnknownAndPaysOnce() public {
        uint256 other = create(terms(3, 3));
        accrueAfter(settled(ANNA, id, 1, 1));
        accrueAfter(settled(ANNA, other, 2, 3));
        uint256[] memory ids = new uint256[](5);
        (ids[0], ids[1], ids[2], ids[3], ids[4]) = (other, 999, id, other, 0);
        assertEq(datanets.claim(ANNA, ids), 3 * REWARD, "total");
        assertEq(open.balanceOf(ANNA), 3 * REWARD, "sent");
        assertEq(balanceOf(id, ANNA) + balanceOf(other, ANNA), 0, "nothing left");
        assertEq(datanets.claim(ANNA, ids), 0, "nothing twice");
        assertEq(datanets.accountOf(other, ANNA).score, 2, "a claim leaves the score");
    }

    // callers

    function test_payEarnings_RevertWhen_AnotherThanTheValidatorsCalls() public {
        vm.expectRevert(
            abi.encodeWithSelector(IDatanets.DatanetsUnauthorized.selector, address(this), address(validators))
        );
        datanets.payEarnings(address(this), 1);
    }

    function test_openAppeal_RevertWhen_AnotherThanTheAppealsCalls() public {
        Lot memory lot = settled(ANNA, id, 1, 1);
        address appeals = address(datanets.APPEALS());
        vm.expectRevert(abi.encodeWithSelector(IDatanets.DatanetsUnauthorized.selector, address(this), appeals));
        datanets.openAppeal(lot);
    }

    function test_closeAppeal_RevertWhen_AnotherThanTheAppealsCalls() public {
        Lot memory lot = settled(ANNA, id, 1, 1);
        address appeals = address(datanets.APPEALS());
        vm.expectRevert(abi.encodeWithSelector(IDatanets.DatanetsUnauthorized.selector, address(this), appeals));
        datanets.closeAppeal(lot, 1, 0, Seats.wrap(0));
    }

    // revokeDuplicate

    struct Item {
        Lot lot;
        Submission[] submissions;
        ItemProof proof;
    }

    /// @dev Two files; the second repeats `content`.
    function _root(bytes32 content) private pure returns (bytes32 root, ItemProof memory proof) {
        Contribution memory first = Contribution(0, keccak256(abi.encode(content, "other")), 100, 0, keccak256("m0"));
        proof.contribution = Contribution(1, content, 100, 0, keccak256("m1"));
        bytes32 sibling = Leaves.leaf(first);
        bytes32 leaf = Leaves.leaf(proof.contribution);
        root = sibling < leaf ? keccak256(abi.encode(sibling, leaf)) : keccak256(abi.encode(leaf, sibling));
        proof.root = root;
        proof.manifests = keccak256(abi.encode("manifests", root));
        proof.path = new bytes32[](1);
        proof.path[0] = sibling;
    }

    function _item(
        address contributor,
        uint256 datanetId,
        bytes32 content,
        uint256 accepted
    ) private returns (Item memory item) {
        bytes32 root;
        (root, item.proof) = _root(content);
        LotId lot = submit(contributor, datanetId, root, 2, 200);
        pass(1 hours);
        item.lot = settle(close(lot), accepted);
        item.submissions = submissionsOf(lot);
    }

    function _final(Item memory item) private returns (Item memory) {
        item.lot = accrueAfter(item.lot);
        return item;
    }

    function _revoke(Item memory later, Item memory earlier) private {
        vm.prank(PROVER);
        datanets.revokeDuplicate(
            later.lot,
            later.submissions,
            later.proof,
            earlier.lot,
            earlier.submissions,
            earlier.proof
        );
    }

    function _notDuplicate(Item memory later, Item memory earlier) private {
        vm.expectRevert(
            abi.encodeWithSelector(IDatanets.DatanetsNotDuplicate.selector, later.lot.id, 1, earlier.lot.id, 1)
        );
        _revoke(later, earlier);
    }

    function test_revokeDuplicate_PaysTheProverTheReservedReward() public {
        Item memory earlier = _final(_item(ANNA, id, CONTENT, 3));
        Item memory later = _item(BEN, id, CONTENT, 3);
        uint256 budget = budgetOf(id);
        _revoke(later, earlier);
        assertEq(open.balanceOf(PROVER), REWARD, "the prover's");
        (later.lot.accepted, later.lot.revoked) = (1, 2);
        keep(later.lot);
        accrueAfter(later.lot);
        assertEq(balanceOf(id, BEN), REWARD, "one file of two");
        assertEq(datanets.accountOf(id, BEN).score, 1, "one file of two");
        assertEq(budgetOf(id), budget, "nothing to give back");
        assertEq(datanets.bookOf(id).fileCount, 3, "the duplicate left");
    }

    function test_revokeDuplicate_CannotBeProvenTwice() public {
        Item memory earlier = _final(_item(ANNA, id, CONTENT, 3));
        Item memory later = _item(BEN, id, CONTENT, 3);
        _revoke(later, earlier);
        (later.lot.accepted, later.lot.revoked) = (1, 2);
        vm.expectRevert(abi.encodeWithSelector(IDatanets.DatanetsNotAccepted.selector, later.lot.id, 1));
        _revoke(later, earlier);
    }

    function test_revokeDuplicate_RevokesTheLaterOfOneLot() public {
        (bytes32 root, ItemProof memory proof) = _root(CONTENT);
        LotId lot = submit(ANNA, id, root, 2, 200);
        submit(BEN, id, root, 2, 200);
        pass(1 hours);
        Item memory earlier = Item(settle(close(lot), 0xf), submissionsOf(lot), proof);
        Item memory later = Item(earlier.lot, earlier.submissions, abi.decode(abi.encode(proof), (ItemProof)));
        later.proof.submission = 1;
        vm.expectRevert(abi.encodeWithSelector(IDatanets.DatanetsNotDuplicate.selector, lot, 1, lot, 3));
        _revoke(earlier, later);
        vm.expectRevert(abi.encodeWithSelector(IDatanets.DatanetsNotDuplicate.selector, lot, 1, lot, 1));
        _revoke(earlier, earlier);
        _revoke(later, earlier);
        later.lot.accepted = 0x7;
        later.lot.revoked = 0x8;
        keep(later.lot);
    }

    function test_revokeDuplicate_RevertGiven_TheLotIsNotSettled() public {
        Item memory earlier = _final(_item(ANNA, id, CONTENT, 3));
        Item memory later = _final(_item(BEN, id, CONTENT, 3));
        vm.expectRevert(
            abi.encodeWithSelector(
                IDatanets.DatanetsUnexpectedStatus.selector,
                later.lot.id,
                LotStatus.Accrued,
                LotStatus.Settled
            )
        );
        _revoke(later, earlier);
    }

    function test_revokeDuplicate_RevertGiven_TheEarlierLotIsNotFinal() public {
        Item memory earlier = _item(ANNA, id, CONTENT, 3);
        Item memory later = _item(BEN, id, CONTENT, 3);
        vm.expectRevert(
            abi.encodeWithSelector(
                IDatanets.DatanetsUnexpectedStatus.selector,
                earlier.lot.id,
                LotStatus.Settled,
                LotStatus.Accrued
            )
        );
        _revoke(later, earlier);
    }

    function test_revokeDuplicate_RevertWhen_TheContentDiffers() public {
        Item memory earlier = _final(_item(ANNA, id, CONTENT, 3));
        Item memory later = _item(BEN, id, keccak256("another file"), 3);
        _notDuplicate(later, earlier);
    }

    function test_revokeDuplicate_RevertWhen_TheItemsAreInTheWrongOrder() public {
        Item memory first = _item(ANNA, id, CONTENT, 3);
        Item memory second = _final(_item(BEN, id, CONTENT, 3));
        _notDuplicate(first, second);
    }

    function test_revokeDuplicate_RevertWhen_TheEarlierItemIsOfAnotherDatanet() public {
        uint256 other = create(terms(3, 3));
        Item memory earlier = _final(_item(ANNA, id, CONTENT, 3));
        _final(_item(ANNA, other, keccak256("filler"), 3));
        Item memory later = _item(BEN, other, CONTENT, 3);
        _notDuplicate(later, earlier);
    }

    function test_revokeDuplicate_RevertWhen_AnItemIsNotAccepted() public {
        Item memory earlier = _final(_item(ANNA, id, CONTENT, 1));
        Item memory later = _item(BEN, id, CONTENT, 3);
        vm.expectRevert(abi.encodeWithSelector(IDatanets.DatanetsNotAccepted.selector, earlier.lot.id, 1));
        _revoke(later, earlier);
    }

    function _invalid(Item memory later, Item memory earlier) private {
        vm.expectRevert(
            abi.encodeWithSelector(IDatanets.DatanetsInvalidProof.selector, later.lot.id, later.proof.submission)
        );
        _revoke(later, earlier);
    }

    /// @dev T34: neither another field, nor another path, nor an inner node passes for a leaf.
    function test_revokeDuplicate_RevertWhen_AProofIsWrong() public {
        Item memory earlier = _final(_item(ANNA, id, CONTENT, 3));
        Item memory later = _item(BEN, id, CONTENT, 3);
        Item memory changed = abi.decode(abi.encode(later), (Item));
        changed.proof.submission = 1;
        _invalid(changed, earlier);
        changed = abi.decode(abi.encode(later), (Item));
        changed.proof.root = keccak256("");
        _invalid(changed, earlier);
        changed = abi.decode(abi.encode(later), (Item));
        changed.proof.manifests = keccak256("");
        _invalid(changed, earlier);
        changed = abi.decode(abi.encode(later), (Item));
        changed.proof.contribution.index = 2;
        _invalid(changed, earlier);
        changed = abi.decode(abi.encode(later), (Item));
        changed.proof.contribution.index = 0;
        _invalid(changed, earlier);
        changed = abi.decode(abi.encode(later), (Item));
        changed.proof.contribution.size += 1;
        _invalid(changed, earlier);
        changed = abi.decode(abi.encode(later), (Item));
        changed.proof.path = new bytes32[](0);
        _invalid(changed, earlier);
        _revoke(later, earlier);
    }
}
