// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Datanets} from "../../contracts/Datanets.sol";
import {
    Account,
    Attestation,
    Book,
    IDatanets,
    Lot,
    LotStatus,
    Submission,
    Terms
} from "../../contracts/interfaces/IDatanets.sol";
import {IValidators} from "../../contracts/interfaces/IValidators.sol";
import {LotId, toLotId} from "../../contracts/types/LotId.sol";
import {Seats} from "../../contracts/types/Seats.sol";
import {Wallet} from "./utils/Adversaries.sol";
import {Protocol} from "./utils/Protocol.sol";

contract DatanetsLotsTest is Protocol {
    address private constant ANNA = address(0xa11a);
    address private constant BEN = address(0xbe4);

    uint256 private id;

    function setUp() public {
        deploy(4);
        id = create(terms(3, 2));
    }

    // closeLot

    function test_closeLot_RevertGiven_TheLotWasNeverEntered() public {
        Submission[] memory none;
        vm.expectRevert(
            abi.encodeWithSelector(
                IDatanets.DatanetsSubmissionsMismatch.selector,
                toLotId(id, 0),
                bytes32(0),
                toLotId(id, 0)
            )
        );
        datanets.closeLot(toLotId(id, 0), none);
        vm.expectRevert(
            abi.encodeWithSelector(IDatanets.DatanetsSubmissionsMismatch.selector, 0, bytes32(0), bytes32(0))
        );
        datanets.closeLot(LotId.wrap(0), none);
    }

    function _closeRefused(LotId lot, Submission[] memory given, bytes32 found) private {
        vm.expectRevert(
            abi.encodeWithSelector(IDatanets.DatanetsSubmissionsMismatch.selector, lot, datanets.lotHash(lot), found)
        );
        datanets.closeLot(lot, given);
    }

    function test_closeLot_RevertWhen_ASubmissionIsLeftOut() public {
        LotId lot = submit(ANNA, id, 1);
        bytes32 before = datanets.lotHash(lot);
        Submission[] memory first = submissionsOf(lot);
        submit(BEN, id, 1);
        pass(1 hours);
        _closeRefused(lot, first, before);
    }

    function test_closeLot_RevertWhen_SubmissionsAreInAnotherOrder() public {
        LotId lot = submit(ANNA, id, 1);
        submit(BEN, id, 1);
        pass(1 hours);
        Submission[] memory given = submissionsOf(lot);
        (given[0], given[1]) = (given[1], given[0]);
        vm.expectRevert();
        datanets.closeLot(lot, given);
    }

    function test_closeLot_RevertGiven_ItClosedBefore() public {
        LotId lot = submit(ANNA, id, 1);
        bytes32 digest = datanets.lotHash(lot);
        pass(1 hours);
        close(lot);
        _closeRefused(lot, submissionsOf(lot), digest);
    }

    function test_closeLot_RevertGiven_RoomAndTimeAreLeft() public {
        LotId lot = submit(ANNA, id, 1);
        uint256 closableAt = block.timestamp + 1 hours;
        vm.warp(closableAt - 1);
        vm.roll(block.number + 1);
        Submission[] memory given = submissionsOf(lot);
        vm.expectRevert(abi.encodeWithSelector(IDatanets.DatanetsLotOpen.selector, lot, 1, closableAt));
        datanets.closeLot(lot, given);
        vm.warp(closableAt);
        close(lot);
    }

    function test_closeLot_RevertGiven_ItsLastSubmissionIsOfThisBlock() public {
        LotId lot = submit(ANNA, id, 1);
        vm.warp(block.timestamp + 1 hours);
        Submission[] memory given = submissionsOf(lot);
        vm.expectRevert(abi.encodeWithSelector(IDatanets.DatanetsRandomnessNotReady.selector, lot, block.number));
        datanets.closeLot(lot, given);
    }

    /// @dev T21: with one more unit every draw would be another; so it is another, and unknown.
    function test_closeLot_RevertGiven_TheTicketsChangedInThisBlock() public {
        LotId lot = submit(ANNA, id, 1);
        pass(1 hours);
        open.transfer(accountOf(1), 1_000e18);
        vm.prank(accountOf(1));
        validators.stake(1);
        Submission[] memory given = submissionsOf(lot);
        vm.expectRevert(abi.encodeWithSelector(IValidators.ValidatorsRandomnessNotReady.selector, block.number));
        datanets.closeLot(lot, given);
        mine();
        close(lot);
    }

    function test_closeLot_ClosesAFullLotAtOnce() public {
        LotId lot;
        for (uint256 i = 1; i <= 12; ++i) {
            lot = submit(address(uint160(0x7000 + i)), id, 20);
        }
        submit(ANNA, id, 16);
        mine();
        assertEq(close(lot).itemCount, 256, "items");
        assertEq(submit(BEN, id, 1).number(), 1, "the next submission opens the next lot");
    }

    function test_closeLot_ClosesAnEarlierLotAtOnce() public {
        LotId lot;
        for (uint256 i = 1; i <= 12; ++i) {
            lot = submit(address(uint160(0x7000 + i)), id, 20);
        }
        submit(ANNA, id, 17);
        mine();
        assertEq(close(lot).itemCount, 240, "items");
    }

    function test_closeLot_SeatsNoContributor() public {
        LotId lot = submit(accountOf(2), id, 1);
        submit(ANNA, id, 1);
        submit(accountOf(4), id, 1);
        pass(1 hours);
        Seats seats = close(lot).seats;
        assertEq(seats.length(), 2, "the other two");
        assertFalse(seats.has(2), "a contributor has no seat");
        assertFalse(seats.has(4), "nor another");
    }

    /// @dev A caller that does not like the seats finds the same ones in the next block.
    function test_closeLot_DrawsTheSameInWhicheverBlock() public {
        for (uint256 i; i < 6; ++i) {
            join(1);
        }
        LotId lot = submit(ANNA, id, 1);
        pass(1 hours);
        uint256 snapshot = vm.snapshotState();
        Lot memory expected = close(lot);
        for (uint256 i; i < 5; ++i) {
            vm.revertToState(snapshot);
            snapshot = vm.snapshotState();
            vm.roll(block.number + 1 + 50 * i);
            vm.prevrandao(keccak256(abi.encode(i)));
            vm.prank(address(uint160(i + 1)));
            datanets.closeLot(lot, submissionsOf(lot));
            expected.closedAt = block.timestamp;
            assertEq(datanets.lotHash(lot), datanets.hashLot(expected), "the same seats");
        }
    }

    // postAttestation

    function _closed() private returns (Lot memory) {
        LotId lot = submit(ANNA, id, 4);
        pass(1 hours);
        return close(lot);
    }

    function test_postAttestation_RevertGiven_TheLotIsNotClosed() public {
        Lot memory lot = _closed();
        Attestation memory its = attest(lot, 0, 1, 0);
        settle(lot, 0xf);
        vm.expectRevert(
            abi.encodeWithSelector(
                IDatanets.DatanetsUnexpectedStatus.selector,
                lot.id,
                LotStatus.Settled,
                LotStatus.Closed
            )
        );
        datanets.postAttestation(lot, 0, its);
    }

    function test_postAttestation_RevertGiven_TheVoteWindowIsOver() public {
        Lot memory lot = _closed();
        Attestation memory its = attest(lot, 0, 1, 0);
        uint256 endsAt = lot.closedAt + 1 hours;
        vm.warp(endsAt + 1);
        vm.expectRevert(abi.encodeWithSelector(IDatanets.DatanetsVoteWindowOver.selector, lot.id, endsAt));
        datanets.postAttestation(lot, 0, its);
        vm.warp(endsAt);
        datanets.postAttestation(lot, 0, its);
    }

    function test_postAttestation_RevertGiven_TheSeatPostedBefore() public {
        Lot memory lot = _closed();
        datanets.postAttestation(lot, 1, attest(lot, 1, 1, 0));
        Attestation memory its = attest(lot, 1, 2, 0);
        vm.expectRevert(abi.encodeWithSelector(IDatanets.DatanetsAlreadyPosted.selector, lot.id, 1));
        datanets.postAttestation(lot, 1, its);
        assertEq(datanets.postedOf(lot.id), 2, "one bit");
    }

    function test_postAttestation_RevertWhen_TheSeatDoesNotExist() public {
        Lot memory lot = _closed();
        Attestation memory its = attest(lot, 0, 1, 0);
        vm.expectRevert(abi.encodeWithSelector(IDatanets.DatanetsSeatsMismatch.selector, lot.id, 8, 1, 3));
        datanets.postAttestation(lot, 3, its);
    }

    function test_postAttestation_RevertWhen_AnotherSigned() public {
        Lot memory lot = _closed();
        Attestation memory its = attest(lot, 1, 1, 0);
        vm.expectRevert(
            abi.encodeWithSelector(
                IDatanets.DatanetsWrongSigner.selector,
                lot.id,
                0,
                vm.addr(KEYS + lot.seats.idAt(0)),
                vm.addr(KEYS + lot.seats.idAt(1))
            )
        );
        datanets.postAttestation(lot, 0, its);
    }

    function test_postAttestation_RevertWhen_ItContradictsItself() public {
        Lot memory lot = _closed();
        Attestation memory its = attest(lot, 0, 3, 6);
        vm.expectRevert(abi.encodeWithSelector(IDatanets.DatanetsContradiction.selector, lot.id, 0, 2));
        datanets.postAttestation(lot, 0, its);
    }

    function test_postAttestation_RevertWhen_ItVotesOnItemsTheLotDoesNotHave() public {
        Lot memory lot = _closed();
        Attestation memory its = attest(lot, 0, 0, 0x10);
        vm.expectRevert(abi.encodeWithSelector(IDatanets.DatanetsVotesOutOfRange.selector, lot.id, 0, 4));
        datanets.postAttestation(lot, 0, its);
    }

    function test_postAttestation_BindsTheSettlement() public {
        Lot memory lot = _closed();
        Attestation[] memory its = unanimous(lot, 0x5);
        datanets.postAttestation(lot, 1, its[1]);
        // Its signature is not needed again.
        (its[1].r, its[1].vs) = (0, 0);
        assertEq(settle(lot, 7, its).accepted, 0x5, "accepted");
    }

    // settle

    function _settleRefused(Lot memory lot, uint256 seatsVoted, Attestation[] memory its, bytes memory error_) private {
        vm.expectRevert(error_);
        datanets.settle(lot, seatsVoted, its);
    }

    function test_settle_RevertGiven_ItWasSettled() public {
        Lot memory lot = _closed();
        Attestation[] memory its = unanimous(lot, 0xf);
        bytes32 closed = datanets.hashLot(lot);
        Lot memory stale = abi.decode(abi.encode(lot), (Lot));
        lot = settle(lot, 7, its);
        _settleRefused(
            stale,
            7,
            its,
            abi.encodeWithSelector(IDatanets.DatanetsLotMismatch.selector, lot.id, datanets.hashLot(lot), closed)
        );
        _settleRefused(
            lot,
            7,
            its,
            abi.encodeWithSelector(
                IDatanets.DatanetsUnexpectedStatus.selector,
                lot.id,
                LotStatus.Settled,
                LotStatus.Closed
            )
        );
    }

    function test_settle_RevertWhen_TheStateWasChanged() public {
        Lot memory lot = _closed();
        Attestation[] memory its = unanimous(lot, 0xf);
        bytes32 stored = datanets.lotHash(lot.id);
        for (uint256 field; field < 9; ++field) {
            Lot memory changed = abi.decode(abi.encode(lot), (Lot));
            if (field == 0) changed.digest = keccak256("");
            if (field == 1) changed.itemCount += 1;
            if (field == 2) changed.seats = Seats.wrap(1);
            if (field == 3) changed.closedAt += 1;
            if (field == 4) changed.settledAt = 1;
            if (field == 5) changed.status = LotStatus.Lapsed;
            if (field == 6) changed.accepted = 1;
            if (field == 7) changed.undecided = 1;
            if (field == 8) changed.revoked = 1;
            bytes32 given = keccak256(abi.encode(changed));
            _settleRefused(
                changed,
                7,
                its,
                abi.encodeWithSelector(IDatanets.DatanetsLotMismatch.selector, lot.id, stored, given)
            );
        }
    }

    function test_settle_RevertWhen_ASeatDoesNotExist() public {
        Lot memory lot = _closed();
        Attestation[] memory its = unanimous(lot, 0xf);
        _settleRefused(
            lot,
            0xb,
            its,
            abi.encodeWithSelector(IDatanets.DatanetsSeatsMismatch.selector, lot.id, 0xb, 3, 3)
        );
    }

    function test_settle_RevertWhen_SeatsAndAttestationsDifferInNumber() public {
        Lot memory lot = _closed();
        Attestation[] memory its = unanimous(lot, 0xf);
        _settleRefused(
            lot,
            0x3,
            its,
            abi.encodeWithSelector(IDatanets.DatanetsSeatsMismatch.selector, lot.id, 3, 3, 3)
        );
    }

    function _only(Lot memory lot, uint256 seat) private view returns (Attestation[] memory its) {
        its = new Attestation[](1);
        its[0] = attest(lot, seat, 0xf, 0);
    }

    function _two(Lot memory lot, uint256 first, uint256 second) private view returns (Attestation[] memory its) {
        its = new Attestation[](2);
        its[0] = attest(lot, first, 0xf, 0);
        its[1] = attest(lot, second, 0xf, 0);
    }

    function test_settle_RevertWhen_ThereAreTooFewAttestations() public {
        Lot memory lot = _closed();
        vm.warp(lot.closedAt + 1 hours + 1);
        _settleRefused(
            lot,
            2,
            _only(lot, 1),
            abi.encodeWithSelector(IDatanets.DatanetsQuorumNotReached.selector, lot.id, 1, 2)
        );
    }

    function test_settle_RevertWhen_SeatsAreMissingWithinTheVoteWindow() public {
        Lot memory lot = _closed();
        uint256 endsAt = lot.closedAt + 1 hours;
        vm.warp(endsAt);
        _settleRefused(
            lot,
            6,
            _two(lot, 1, 2),
            abi.encodeWithSelector(IDatanets.DatanetsVoteWindowOpen.selector, lot.id, endsAt)
        );
        vm.warp(endsAt + 1);
        assertEq(settle(lot, 6, _two(lot, 1, 2)).accepted, 0xf, "afterwards a quorum is enough");
    }

    function test_settle_RevertWhen_APostedAttestationIsLeftOut() public {
        Lot memory lot = _closed();
        datanets.postAttestation(lot, 0, attest(lot, 0, 0, 0xf));
        vm.warp(lot.closedAt + 1 hours + 1);
        _settleRefused(
            lot,
            6,
            _two(lot, 1, 2),
            abi.encodeWithSelector(IDatanets.DatanetsPostedLeftOut.selector, lot.id, 1, 6)
        );
    }

    /// @dev A validator that posted one vote and signed another: the posted one counts, the pair is a fault.
    function test_settle_RevertWhen_APostedAttestationIsReplaced() public {
        Lot memory lot = _closed();
        Attestation memory posted = attest(lot, 0, 0, 0xf);
        datanets.postAttestation(lot, 0, posted);
        Attestation[] memory its = unanimous(lot, 0xf);
        _settleRefused(
            lot,
            7,
            its,
            abi.encodeWithSelector(
                IDatanets.DatanetsPostedMismatch.selector,
                lot.id,
                0,
                keccak256(abi.encode(posted.accepted, posted.rejected, posted.report)),
                keccak256(abi.encode(its[0].accepted, its[0].rejected, its[0].report))
            )
        );
        validators.slash(lot.digest, posted, its[0]);
    }

    function test_settle_RevertWhen_AnAttestationContradictsItself() public {
        Lot memory lot = _closed();
        Attestation[] memory its = unanimous(lot, 0xf);
        its[2] = attest(lot, 2, 1, 1);
        _settleRefused(lot, 7, its, abi.encodeWithSelector(IDatanets.DatanetsContradiction.selector, lot.id, 2, 1));
    }

    function test_settle_RevertWhen_AnAttestationVotesOnItemsTheLotDoesNotHave() public {
        Lot memory lot = _closed();
        Attestation[] memory its = unanimous(lot, 0xf);
        its[1] = attest(lot, 1, 0x1f, 0);
        _settleRefused(lot, 7, its, abi.encodeWithSelector(IDatanets.DatanetsVotesOutOfRange.selector, lot.id, 1, 4));
    }

    function _wrongSigner(Lot memory lot, uint256 seat, Attestation memory forged) private {
        Attestation[] memory its = unanimous(lot, 0xf);
        its[seat] = forged;
        try datanets.settle(lot, 7, its) {
            assertTrue(false, "a forged attestation counted");
        } catch (bytes memory reason) {
            assertEq(bytes32(bytes4(reason)), bytes32(IDatanets.DatanetsWrongSigner.selector), "by its signer");
        }
    }

    function test_settle_RevertWhen_AnUnseatedValidatorSigned() public {
        Lot memory lot = _closed();
        uint256 unseated = 1;
        while (lot.seats.has(unseated)) ++unseated;
        _wrongSigner(lot, 1, attestBy(unseated, lot.digest, 0xf, 0));
        _wrongSigner(lot, 1, attestBy(99, lot.digest, 0xf, 0));
    }

    function test_settle_RevertWhen_AnAttestationWasChanged() public {
        Lot memory lot = _closed();
        Attestation memory its = attest(lot, 0, 0xf, 0);
        its.accepted = 0x7;
        _wrongSigner(lot, 0, its);
        its = attest(lot, 0, 0x3, 0);
        its.rejected = 0x4;
        _wrongSigner(lot, 0, its);
        its = attest(lot, 0, 0xf, 0);
        its.report = keccak256("another");
        _wrongSigner(lot, 0, its);
    }

    /// @dev T13.
    function test_settle_RevertWhen_ASignatureIsOfAnotherLot() public {
        Lot memory lot = _closed();
        _wrongSigner(lot, 0, attestBy(lot.seats.idAt(0), keccak256("another lot"), 0xf, 0));
    }

    function test_settle_RevertWhen_ASignatureIsOfAnotherContract() public {
        Lot memory lot = _closed();
        Datanets other = new Datanets(open);
        Attestation memory its = attest(lot, 0, 0xf, 0);
        (its.r, its.vs) = signCompact(
            KEYS + lot.seats.idAt(0),
            other.hashAttestation(lot.digest, its.accepted, its.rejected, its.report)
        );
        _wrongSigner(lot, 0, its);
    }

    function test_settle_RevertWhen_ASignatureIsOfAnotherChain() public {
        Lot memory lot = _closed();
        vm.chainId(1612);
        Attestation memory its = attest(lot, 0, 0xf, 0);
        vm.chainId(31337);
        _wrongSigner(lot, 0, its);
        settle(lot, 0xf);
    }

    /// @dev T14: s' = n - s with the other parity recovers to the same key, and must not count.
    function test_settle_RevertWhen_ASignatureIsMalleated() public {
        Lot memory lot = _closed();
        Attestation memory its = attest(lot, 0, 0xf, 0);
        uint256 order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;
        uint256 parity = uint256(its.vs) >> 255;
        uint256 high = order - (uint256(its.vs) & (ALL >> 1));
        its.vs = bytes32((high & (ALL >> 1)) | ((1 - parity) << 255));
        _wrongSigner(lot, 0, its);
        (its.r, its.vs) = (0, 0);
        _wrongSigner(lot, 0, its);
    }

    function test_settle_RevertWhen_OneValidatorVotesForTwoSeats() public {
        Lot memory lot = _closed();
        _wrongSigner(lot, 1, attest(lot, 0, 0xf, 0));
    }

    function test_settle_RevertGiven_TheValidatorWasSlashed() public {
        Lot memory lot = _closed();
        validators.slash(lot.digest, attest(lot, 0, 1, 0), attest(lot, 0, 2, 0));
        _wrongSigner(lot, 0, attest(lot, 0, 0xf, 0));
        vm.warp(lot.closedAt + 1 hours + 1);
        assertEq(settle(lot, 6, _two(lot, 1, 2)).accepted, 0xf, "the others settle without it");
    }

    function test_settle_RevertGiven_TheTimeToSettleIsOver() public {
        Lot memory lot = _closed();
        Attestation[] memory its = unanimous(lot, 0xf);
        uint256 endsAt = lot.closedAt + 2 hours;
        vm.warp(endsAt + 1);
        _settleRefused(lot, 7, its, abi.encodeWithSelector(IDatanets.DatanetsVoteWindowOver.selector, lot.id, endsAt));
        vm.warp(endsAt);
        settle(lot, 7, its);
    }

    function test_settle_SortsItems() public {
        Lot memory lot = _closed();
        Attestation[] memory its = new Attestation[](3);
        // Item 0: 3 for. Item 1: 2 for, 1 against (2/3 is below 66.67 %). Item 2: 3 against. Item 3: nobody.
        its[0] = attest(lot, 0, 0x3, 0x4);
        its[1] = attest(lot, 1, 0x3, 0x4);
        its[2] = attest(lot, 2, 0x1, 0x6);
        lot = settle(lot, 7, its);
        assertEq(lot.accepted, 0x1, "accepted");
        assertEq(lot.undecided, 0xa, "undecided");
        (uint256 accepted, uint256 undecided, ) = datanets.tally(lot.id, 4, its);
        assertEq(accepted, lot.accepted, "the view agrees");
        assertEq(undecided, lot.undecided, "the view agrees");
    }

    function test_settle_PaysHalfEvenlyAndHalfByInformation() public {
        Lot memory lot = _closed();
        Attestation[] memory its = new Attestation[](3);
        // Seats 0 and 1 tell good from bad; seat 2 accepts everything, which tells nothing.
        its[0] = attest(lot, 0, 0x3, 0xc);
        its[1] = attest(lot, 1, 0x3, 0xc);
        its[2] = attest(lot, 2, 0xf, 0);
        settle(lot, 7, its);
        assertEq(validators.validatorOf(lot.seats.idAt(0)).earned, LOT_FEE / 6 + LOT_FEE / 4, "seat 0");
        assertEq(validators.validatorOf(lot.seats.idAt(1)).earned, LOT_FEE / 6 + LOT_FEE / 4, "seat 1");
        assertEq(validators.validatorOf(lot.seats.idAt(2)).earned, LOT_FEE / 6, "seat 2");
    }

    /// @dev T15: the key is checked by plain recovery, so delegation of an account with EIP-7702 changes nothing.
    function test_settle_TakesADelegatedValidatorsOwnSignature() public {
        Lot memory lot = _closed();
        Wallet wallet = new Wallet();
        wallet.setWilling(false);
        vm.etch(vm.addr(KEYS + lot.seats.idAt(0)), abi.encodePacked(hex"ef0100", address(wallet)));
        vm.etch(accountOf(lot.seats.idAt(0)), abi.encodePacked(hex"ef0100", address(wallet)));
        assertEq(settle(lot, 0xf).accepted, 0xf, "counted");
    }

    // lapse

    function test_lapse_RevertGiven_TheLotIsNotClosed() public {
        Lot memory lot = settle(_closed(), 0xf);
        vm.expectRevert(
            abi.encodeWithSelector(
                IDatanets.DatanetsUnexpectedStatus.selector,
                lot.id,
                LotStatus.Settled,
                LotStatus.Closed
            )
        );
        datanets.lapse(lot);
    }

    function test_lapse_RevertGiven_ItMayStillBeSettled() public {
        Lot memory lot = _closed();
        uint256 endsAt = lot.closedAt + 2 hours;
        vm.warp(endsAt);
        vm.expectRevert(abi.encodeWithSelector(IDatanets.DatanetsVoteWindowOpen.selector, lot.id, endsAt));
        datanets.lapse(lot);
    }

    function test_lapse_LapsesAtOnceGivenFewerSeatsThanTheQuorum() public {
        LotId lot = submit(accountOf(1), id, 1);
        submit(accountOf(2), id, 1);
        submit(accountOf(3), id, 1);
        pass(1 hours);
        Lot memory closed = close(lot);
        assertEq(closed.seats.length(), 1, "one seat left");
        datanets.lapse(closed);
        assertEq(budgetOf(id), BUDGET, "everything is back");
    }

    function test_lapse_GivesEverythingBackAndMarksNobody() public {
        Lot memory lot = _closed();
        vm.warp(lot.closedAt + 2 hours + 1);
        vm.recordLogs();
        datanets.lapse(lot);
        assertEq(abi.decode(_lastLog(IDatanets.LotLapsed.selector), (uint256)), 4 * REWARD + LOT_FEE, "released");
        Book memory book = datanets.bookOf(id);
        assertEq(book.budget, BUDGET, "budget");
        assertEq(book.fileCount, 0, "the files left");
        Account memory anna = datanets.accountOf(id, ANNA);
        assertEq(anna.score + anna.balance + anna.scoredAt, 0, "no mark");
        lot.status = LotStatus.Lapsed;
        keep(lot);
        vm.expectRevert(
            abi.encodeWithSelector(
                IDatanets.DatanetsUnexpectedStatus.selector,
                lot.id,
                LotStatus.Lapsed,
                LotStatus.Closed
            )
        );
        datanets.lapse(lot);
    }
}
