// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Appeal, AppealStatus, IAppeals} from "../../contracts/interfaces/IAppeals.sol";
import {Attestation, IDatanets, Lot, Submission, Terms} from "../../contracts/interfaces/IDatanets.sol";
import {LotId} from "../../contracts/types/LotId.sol";
import {Seats} from "../../contracts/types/Seats.sol";
import {AppealSteps} from "./utils/AppealSteps.sol";

/// @notice Follows AppealsCommittee.tree.
contract AppealsCommitteeTest is AppealSteps {
    function setUp() public {
        deployAppeals(10);
    }

    // seat

    function test_seat_RevertGiven_NoOpenAppeal() public {
        Lot memory lot = settledLot();
        expectErrorNamed(IAppeals.AppealsUnexpectedStatus.selector);
        appeals.seat(lot, submissionsOf(lot.id));
    }

    function test_seat_RevertWhen_TheStateIsNotTheLots() public {
        Lot memory lot = _objected();
        pass(1 hours + 1);
        lot.settledAt -= 1;
        expectErrorNamed(IAppeals.AppealsLotMismatch.selector);
        appeals.seat(lot, submissionsOf(lot.id));
    }

    function test_seat_RevertWhen_TheSubmissionsAreNotTheLots() public {
        Lot memory lot = _objected();
        pass(1 hours + 1);
        expectErrorNamed(IAppeals.AppealsSubmissionsMismatch.selector);
        appeals.seat(lot, new Submission[](0));
    }

    function test_seat_RevertWhen_TheChallengeWindowIsOpen() public {
        Lot memory lot = _objected();
        vm.roll(block.number + 1);
        vm.warp(lot.settledAt + 1 hours);
        expectError(
            abi.encodeWithSelector(IAppeals.AppealsChallengeWindowOpen.selector, lot.id, lot.settledAt + 1 hours)
        );
        appeals.seat(lot, submissionsOf(lot.id));
    }

    function test_seat_RevertWhen_TheLastObjectionIsOfThisBlock() public {
        Lot memory lot = _objected();
        vm.warp(lot.settledAt + 1 hours + 1);
        expectError(abi.encodeWithSelector(IAppeals.AppealsRandomnessNotReady.selector, lot.id, block.number));
        appeals.seat(lot, submissionsOf(lot.id));
    }

    function test_seat_LapsesAtOnceGivenTooFewOtherValidators() public {
        deployAppeals(6);
        Lot memory lot = settledLot();
        object(CARL, lot, 1);
        defend(DORA, lot.id, 0);
        appealed(lot);
        pass(1 hours + 1);

        vm.expectEmit(address(appeals));
        emit IAppeals.AppealLapsed(lot.id, 0);
        vm.recordLogs();
        appeals.seat(lot, submissionsOf(lot.id));
        lot = _closed(lot);

        assertEq(lot.accepted, FIRST, "the first result stands");
        assertTrue(appeals.appealOf(lot.id).status == AppealStatus.Lapsed, "status");
        appeals.resolve(lot.id, 0);
        assertEq(appeals.bondsOf(CARL), BOND, "the appellant's bond");
        assertEq(appeals.bondsOf(DORA), BOND, "the defender's bond");
        accrue(lot);
    }

    function test_seat_DrawsOtherValidatorsThanTheFirstSeatsAndContributors() public {
        deployAppeals(12);
        submit(accountOf(11), datanetId, 2);
        LotId id = submit(accountOf(12), datanetId, 4);
        pass(1 hours);
        Lot memory lot = settle(close(id), FIRST);
        object(CARL, lot, 0x3f);
        seat(lot);

        Appeal memory appeal = appeals.appealOf(lot.id);
        assertEq(appeal.seats.length(), 7, "2K + 1");
        assertEq(appeal.quorum, 4, "a majority");
        assertEq(appeal.voteEndsAt, block.timestamp + 1 hours, "window");
        for (uint256 i; i < 7; ++i) {
            uint256 id_ = appeal.seats.idAt(i);
            assertFalse(lot.seats.has(id_), "no first seat");
            assertTrue(id_ <= 10, "no contributor");
        }
    }

    function test_seat_EmitsWhatTheCommitteeSigns() public {
        Lot memory lot = _objected();
        pass(1 hours + 1);
        vm.recordLogs();
        appeals.seat(lot, submissionsOf(lot.id));
        (bytes32 digest, uint256 items, Seats seats, uint256 quorum, uint256 voteEndsAt) = abi.decode(
            _lastLog(IAppeals.AppealSeated.selector),
            (bytes32, uint256, Seats, uint256, uint256)
        );

        Appeal memory appeal = appeals.appealOf(lot.id);
        bytes32 tag = keccak256("Appeal(bytes32 lot,uint256 items,uint256 seats,uint256 block)");
        assertEq(digest, keccak256(abi.encode(tag, lot.digest, items, seats, block.number)), "rebuilt");
        assertEq(digest, appeal.digest, "digest");
        assertEq(items, appeal.items, "items");
        assertEq(Seats.unwrap(seats), Seats.unwrap(appeal.seats), "seats");
        assertEq(quorum, appeal.quorum, "quorum");
        assertEq(voteEndsAt, appeal.voteEndsAt, "window");
    }

    function test_seat_SeatsAtMostFifteenAndAsksTheDatanetsQuorum() public {
        deployAppeals(24);
        datanetId = create(terms(9, 9));
        Lot memory lot = settledLot();
        object(CARL, lot, 1);
        seat(lot);
        assertEq(seatCountOf(lot.id), 15, "seats");
        assertEq(appeals.appealOf(lot.id).quorum, 9, "the Datanet's quorum, above the majority of 8");
    }

    // attest

    function test_attest_RevertGiven_NoCommittee() public {
        Lot memory lot = _objected();
        Attestation memory none;
        expectErrorNamed(IAppeals.AppealsUnexpectedStatus.selector);
        appeals.attest(lot.id, 0, none);
    }

    function test_attest_RevertWhen_TheWindowIsOver() public {
        Lot memory lot = seat(_objected());
        Attestation memory attestation = ballot(lot.id, 0, 1, 0);
        uint256 endsAt = appeals.appealOf(lot.id).voteEndsAt;
        vm.warp(endsAt + 1);
        expectError(abi.encodeWithSelector(IAppeals.AppealsVoteWindowOver.selector, lot.id, endsAt));
        appeals.attest(lot.id, 0, attestation);

        vm.warp(endsAt);
        appeals.attest(lot.id, 0, attestation);
    }

    function test_attest_RevertWhen_TheSeatDoesNotExist() public {
        Lot memory lot = seat(_objected());
        Attestation memory attestation = ballot(lot.id, 0, 1, 0);
        expectError(abi.encodeWithSelector(IAppeals.AppealsUnknownSeat.selector, lot.id, 7, 7));
        appeals.attest(lot.id, 7, attestation);
    }

    function test_attest_RevertGiven_TheSeatAttested() public {
        Lot memory lot = seat(_objected());
        vote(lot.id, 6, 1, 0);
        Attestation memory attestation = ballot(lot.id, 6, 0, 1);
        expectError(abi.encodeWithSelector(IAppeals.AppealsAlreadyAttested.selector, lot.id, 6));
        appeals.attest(lot.id, 6, attestation);
    }

    function test_attest_RevertWhen_AnItemIsAcceptedAndRejected() public {
        Lot memory lot = seat(_objected());
        Attestation memory attestation = ballot(lot.id, 0, 3, 2);
        expectError(abi.encodeWithSelector(IAppeals.AppealsVotesNotAllowed.selector, lot.id, 0, 2, 0));
        appeals.attest(lot.id, 0, attestation);
    }

    function test_attest_RevertWhen_AnItemWasNotNamed() public {
        Lot memory lot = seat(_objected());
        Attestation memory attestation = ballot(lot.id, 0, 1, 0x20);
        expectError(abi.encodeWithSelector(IAppeals.AppealsVotesNotAllowed.selector, lot.id, 0, 0, 0x20));
        appeals.attest(lot.id, 0, attestation);
    }

    function test_attest_RevertWhen_TheSignatureIsAnotherValidators() public {
        Lot memory lot = seat(_objected());
        Attestation memory attestation = ballot(lot.id, 1, 1, 0);
        Seats seats = appeals.appealOf(lot.id).seats;
        expectError(
            abi.encodeWithSelector(
                IAppeals.AppealsWrongSigner.selector,
                lot.id,
                0,
                vm.addr(KEYS + seats.idAt(0)),
                vm.addr(KEYS + seats.idAt(1))
            )
        );
        appeals.attest(lot.id, 0, attestation);
    }

    function test_attest_RevertWhen_TheSignatureIsForTheFirstVote() public {
        Lot memory lot = seat(_objected());
        uint256 validatorId = appeals.appealOf(lot.id).seats.idAt(0);
        Attestation memory attestation = attestBy(validatorId, lot.digest, 1, 0);
        expectErrorNamed(IAppeals.AppealsWrongSigner.selector);
        appeals.attest(lot.id, 0, attestation);
    }

    function test_attest_RevertWhen_TheSignatureCannotBeRecovered() public {
        Lot memory lot = seat(_objected());
        Attestation memory attestation = ballot(lot.id, 0, 1, 0);
        attestation.r = 0;
        expectErrorNamed(IAppeals.AppealsWrongSigner.selector);
        appeals.attest(lot.id, 0, attestation);
    }

    function test_attest_CountsTheVote() public {
        Lot memory lot = seat(_objected());
        uint256 validatorId = appeals.appealOf(lot.id).seats.idAt(2);
        bytes32 report = ballot(lot.id, 2, 1, 2).report;
        vm.expectEmit(address(appeals));
        emit IAppeals.AppealAttested(lot.id, validatorId, 1, 2, report);
        vote(lot.id, 2, 1, 2);
        assertEq(appeals.appealOf(lot.id).seatsVoted, 4, "seats voted");
    }

    /// @dev T14, T48: signing twice is a fault in an appeal as it is in a first vote.
    function test_attest_TwoDifferentOnesAreSlashable() public {
        Lot memory lot = seat(_objected());
        uint256 validatorId = appeals.appealOf(lot.id).seats.idAt(0);
        validators.slash(appeals.appealOf(lot.id).digest, ballot(lot.id, 0, 1, 0), ballot(lot.id, 0, 0, 1));
        assertTrue(validators.validatorOf(validatorId).slashed, "slashed");
    }

    // settle

    function test_settle_RevertGiven_NoCommittee() public {
        Lot memory lot = _objected();
        expectErrorNamed(IAppeals.AppealsUnexpectedStatus.selector);
        appeals.settle(lot);
    }

    function test_settle_RevertGiven_SeatsThatCanStillAttest() public {
        Lot memory lot = seat(_objected());
        votes(lot.id, 6, 0);
        uint256 endsAt = appeals.appealOf(lot.id).voteEndsAt;
        vm.warp(endsAt);
        expectError(abi.encodeWithSelector(IAppeals.AppealsVoteWindowOpen.selector, lot.id, endsAt));
        appeals.settle(lot);
    }

    function test_settle_RevertWhen_TheStateIsNotTheLots() public {
        Lot memory lot = seat(_objected());
        votes(lot.id, 7, 0);
        lot.accepted = 0x3f;
        expectErrorNamed(IDatanets.DatanetsLotMismatch.selector);
        appeals.settle(lot);
    }

    function test_settle_SettlesEarlyGivenAllSeatsAttested() public {
        Lot memory lot = seat(_objected());
        votes(lot.id, 7, 0);
        vm.expectEmit(address(appeals));
        emit IAppeals.AppealSettled(lot.id, 5, 0x10, 0, 0x7f);
        lot = settleAppeal(lot);
        assertEq(lot.accepted, 0x10, "items 0 and 2 are rejected now");
        assertEq(appeals.appealOf(lot.id).changed, 5, "changed");
    }

    function test_settle_SettlesGivenAQuorumWhenTheWindowIsOver() public {
        Lot memory lot = seat(_objected());
        votes(lot.id, 4, 0xf);
        pass(1 hours + 1);
        lot = settleAppeal(lot);
        assertEq(lot.accepted, 0x1f, "items 1 and 3 are accepted now");
        assertEq(appeals.appealOf(lot.id).changed, 0xa, "changed");
        assertEq(earnedOf(appeals.appealOf(lot.id).seats), (LOT_FEE / 4) * 4, "only who attested is paid");
    }

    function test_settle_KeepsWhatTheCommitteeDidNotDecide() public {
        Lot memory lot = seat(_objected());
        // Item 0: four against three. Item 1: all accept. Items 2 and 3: all abstain.
        for (uint256 i; i < 7; ++i) {
            vote(lot.id, i, i < 4 ? 3 : 2, i < 4 ? 0 : 1);
        }
        lot = settleAppeal(lot);
        assertEq(lot.accepted, FIRST | 2, "only item 1 changed");
        assertEq(lot.undecided, 0, "nothing becomes undecided");
    }

    function test_settle_DecidesWhatTheFirstVoteLeftUndecided() public {
        LotId id = submit(ANNA, datanetId, 3);
        pass(1 hours);
        Lot memory lot = close(id);
        Attestation[] memory attestations = new Attestation[](3);
        for (uint256 i; i < 3; ++i) {
            attestations[i] = attest(lot, i, 1, 0);
        }
        lot = settle(lot, 7, attestations);
        assertEq(lot.undecided, 6, "undecided");

        object(CARL, lot, 6);
        seat(lot);
        votes(lot.id, 7, 2);
        lot = settleAppeal(lot);
        assertEq(lot.accepted, 3, "item 1 joined");
        assertEq(lot.undecided, 0, "item 2 is rejected");
        assertEq(appeals.appealOf(lot.id).changed, 6, "both changed");
    }

    function test_settle_PaysTheCommitteeWhereAnItemChanged() public {
        Lot memory lot = seat(_objected());
        votes(lot.id, 7, 0);
        uint256 budget = budgetOf(datanetId);
        settleAppeal(lot);
        assertEq(earnedOf(appeals.appealOf(lot.id).seats), (LOT_FEE / 7) * 7, "shared evenly");
        assertEq(budgetOf(datanetId), budget - (LOT_FEE / 7) * 7, "from the budget");
    }

    function test_settle_PaysNothingWhereNothingChanged() public {
        Lot memory lot = seat(_objected());
        votes(lot.id, 7, FIRST);
        uint256 budget = budgetOf(datanetId);
        lot = settleAppeal(lot);
        assertEq(lot.accepted, FIRST, "the same result");
        assertEq(earnedOf(appeals.appealOf(lot.id).seats), 0, "nobody earned");
        assertEq(budgetOf(datanetId), budget, "budget");
    }

    function test_settle_PaysNothingFromABudgetThatIsTooSmall() public {
        datanetId = datanets.createDatanet(terms(3, 3), 0);
        datanets.fund(datanetId, 6 * uint256(REWARD) + 2 * uint256(LOT_FEE) - 1);
        Lot memory lot = settledLot();
        object(CARL, lot, 0xf);
        seat(lot);
        votes(lot.id, 7, 0);
        uint256 budget = budgetOf(datanetId);
        lot = settleAppeal(lot);
        assertEq(lot.accepted, 0x10, "the result holds all the same");
        assertEq(earnedOf(appeals.appealOf(lot.id).seats), 0, "nobody earned");
        assertEq(budgetOf(datanetId), budget, "budget");
    }

    function test_settle_LetsTheLotBeAccruedAtOnce() public {
        Lot memory lot = seat(_objected());
        votes(lot.id, 7, 3);
        lot = accrue(settleAppeal(lot));
        assertEq(balanceOf(datanetId, ANNA), 2 * REWARD, "by the new result");
        assertEq(balanceOf(datanetId, BEN), REWARD, "by the first");
    }

    function test_settle_LapsesGivenNoQuorum() public {
        Lot memory lot = seat(_objected());
        votes(lot.id, 3, 0);
        pass(1 hours + 1);
        vm.expectEmit(address(appeals));
        emit IAppeals.AppealLapsed(lot.id, 7);
        lot = settleAppeal(lot);
        assertEq(lot.accepted, FIRST, "the first result stands");
        assertEq(appeals.appealOf(lot.id).changed, 0, "changed");
        accrue(lot);
    }

    function test_settle_IsOnceOnly() public {
        Lot memory lot = seat(_objected());
        votes(lot.id, 7, 0);
        settleAppeal(lot);
        expectErrorNamed(IAppeals.AppealsUnexpectedStatus.selector);
        appeals.settle(lot);
        // Nor can a second appeal open: the challenge window is over for good.
        expectErrorNamed(IAppeals.AppealsUnexpectedStatus.selector);
        object(CARL, lot, 1);
    }

    // Committees of every size, votes at random: the result equals a plain count.

    function testFuzz_settle_EqualsAPlainCount(uint256 named, uint256 seed, uint256 voters) public {
        Lot memory lot = settledLot();
        named = bound(named, 1, 0x3f);
        object(CARL, lot, named);
        seat(lot);
        voters = bound(voters, 4, 7);
        uint256[6] memory accepts;
        uint256[6] memory rejects;
        for (uint256 i; i < voters; ++i) {
            uint256 word = uint256(keccak256(abi.encode(seed, i)));
            uint256 accepted = word & named;
            uint256 rejected = (word >> 8) & named & ~accepted;
            vote(lot.id, i, accepted, rejected);
            for (uint256 item; item < 6; ++item) {
                accepts[item] += (accepted >> item) & 1;
                rejects[item] += (rejected >> item) & 1;
            }
        }
        pass(1 hours + 1);
        lot = settleAppeal(lot);

        for (uint256 item; item < 6; ++item) {
            bool expected = (FIRST >> item) & 1 == 1;
            if ((named >> item) & 1 == 1) {
                if (accepts[item] * 10_000 >= 6667 * voters) expected = true;
                if (rejects[item] * 10_000 >= 6667 * voters) expected = false;
            }
            assertEq((lot.accepted >> item) & 1 == 1, expected, "item");
        }
        assertEq(lot.undecided, 0, "nothing becomes undecided");
    }

    /// @dev Carl objects to Anna's four items.
    function _objected() private returns (Lot memory lot) {
        lot = settledLot();
        object(CARL, lot, 0xf);
        return appealed(lot);
    }
}
