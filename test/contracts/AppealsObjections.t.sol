// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AppealStatus, IAppeals} from "../../contracts/interfaces/IAppeals.sol";
import {IDatanets, Lot, LotStatus, Terms} from "../../contracts/interfaces/IDatanets.sol";
import {FeeToken} from "../../contracts/mocks/FeeToken.sol";
import {LotId} from "../../contracts/types/LotId.sol";
import {AppealSteps} from "./utils/AppealSteps.sol";

/// @notice Follows AppealsObjections.tree.
contract AppealsObjectionsTest is AppealSteps {
    function setUp() public {
        deployAppeals(10);
    }

    // appeal

    function test_appeal_RevertWhen_NoItemIsNamed() public {
        Lot memory lot = settledLot();
        expectError(abi.encodeWithSelector(IAppeals.AppealsItemsNotAllowed.selector, lot.id, 0, 0x3f));
        object(CARL, lot, 0);
    }

    function test_appeal_RevertWhen_AnItemIsNotOfTheLot() public {
        Lot memory lot = settledLot();
        expectError(abi.encodeWithSelector(IAppeals.AppealsItemsNotAllowed.selector, lot.id, 0x41, 0x3f));
        object(CARL, lot, 0x41);
    }

    /// @dev Its reward is spent: accepting it again would pay it twice.
    function test_appeal_RevertWhen_AnItemWasRevoked() public {
        Lot memory lot = settledLot();
        lot.revoked = 1;
        lot.accepted &= ~uint256(1);
        expectError(abi.encodeWithSelector(IAppeals.AppealsItemsNotAllowed.selector, lot.id, 1, 0x3e));
        object(CARL, lot, 1);
    }

    function test_appeal_RevertWhen_TheCallerIsAValidator() public {
        Lot memory lot = settledLot();
        expectError(abi.encodeWithSelector(IAppeals.AppealsJudgeAndParty.selector, accountOf(4), 4));
        object(accountOf(4), lot, 1);
    }

    function test_appeal_RevertWhen_TheTokenTakesAFee() public {
        Lot memory lot = settledLot();
        vm.etch(address(open), address(new FeeToken(address(this))).code);
        expectError(abi.encodeWithSelector(IAppeals.AppealsTransferMismatch.selector, BOND, BOND - BOND / 100));
        object(CARL, lot, 1);
    }

    function test_appeal_RevertWhen_TheFirstStateIsNotTheLots() public {
        Lot memory lot = settledLot();
        lot.accepted = 0;
        expectErrorNamed(IDatanets.DatanetsLotMismatch.selector);
        object(CARL, lot, 1);
    }

    function test_appeal_RevertWhen_TheFirstComesTooLate() public {
        Lot memory lot = settledLot();
        vm.warp(lot.settledAt + 1 hours + 1);
        expectError(
            abi.encodeWithSelector(IDatanets.DatanetsChallengeWindowOver.selector, lot.id, lot.settledAt + 1 hours)
        );
        object(CARL, lot, 1);
    }

    function test_appeal_OpensWithTheFirstObjection() public {
        Lot memory lot = settledLot();
        vm.warp(lot.settledAt + 1 hours);
        vm.expectEmit(address(appeals));
        emit IAppeals.Objected(lot.id, 0, CARL, 0x21, BOND);
        assertEq(object(CARL, lot, 0x21), 0, "number");

        assertTrue(appeals.appealOf(lot.id).status == AppealStatus.Open, "status");
        assertEq(appeals.appealOf(lot.id).items, 0x21, "items");
        assertEq(appeals.appealOf(lot.id).bond, BOND, "bond");
        assertEq(appeals.objectionOf(lot.id, 0).appellant, CARL, "appellant");
        assertEq(open.balanceOf(address(appeals)), BOND, "bond taken");
        appealed(lot);
    }

    function test_appeal_RevertWhen_TheSecondStateIsNotTheLots() public {
        Lot memory lot = settledLot();
        object(CARL, lot, 1);
        lot.undecided = 2;
        expectErrorNamed(IAppeals.AppealsLotMismatch.selector);
        object(DORA, lot, 1);
    }

    function test_appeal_RevertWhen_TheSecondComesTooLate() public {
        Lot memory lot = settledLot();
        object(CARL, lot, 1);
        vm.warp(lot.settledAt + 1 hours + 1);
        expectError(
            abi.encodeWithSelector(IAppeals.AppealsChallengeWindowOver.selector, lot.id, lot.settledAt + 1 hours)
        );
        object(DORA, lot, 1);
    }

    function test_appeal_RevertWhen_TheCommitteeIsSeated() public {
        Lot memory lot = settledLot();
        object(CARL, lot, 1);
        seat(lot);
        expectError(
            abi.encodeWithSelector(
                IAppeals.AppealsUnexpectedStatus.selector,
                lot.id,
                AppealStatus.Seated,
                AppealStatus.Open
            )
        );
        object(DORA, lot, 1);
    }

    function test_appeal_JoinsWhateverTheStatusPassedBack() public {
        Lot memory lot = settledLot();
        object(CARL, lot, 1);
        assertEq(object(DORA, lot, 6), 1, "with the state as settled");
        lot.status = LotStatus.Appealed;
        vm.warp(lot.settledAt + 1 hours);
        assertEq(object(DORA, lot, 8), 2, "with the present state");

        assertEq(appeals.appealOf(lot.id).items, 0xf, "union");
        assertEq(appeals.appealOf(lot.id).objectionCount, 3, "count");
        assertEq(open.balanceOf(address(appeals)), 3 * BOND, "every bond taken");
    }

    function test_appeal_CostsNoBondWhereTheTermsAskNone() public {
        Terms memory free = terms(3, 3);
        free.appealBondFees = 0;
        datanetId = create(free);
        Lot memory lot = settledLot();
        object(BEN, lot, 1);
        assertEq(open.balanceOf(address(appeals)), 0, "no bond");
    }

    // appealFree

    function test_appealFree_RevertWhen_TheSubmissionsAreNotTheLots() public {
        Lot memory lot = settledLot();
        lot.digest = keccak256("another");
        expectErrorNamed(IAppeals.AppealsSubmissionsMismatch.selector);
        objectFree(ANNA, lot, 0, 1);
    }

    function test_appealFree_RevertWhen_TheCallerIsNotTheContributor() public {
        Lot memory lot = settledLot();
        expectError(abi.encodeWithSelector(IAppeals.AppealsNotContributor.selector, lot.id, BEN, ANNA));
        objectFree(BEN, lot, 0, 1);
    }

    function test_appealFree_RevertWhen_TheSubmissionDoesNotExist() public {
        Lot memory lot = settledLot();
        expectError(abi.encodeWithSelector(IAppeals.AppealsNotContributor.selector, lot.id, BEN, address(0)));
        objectFree(BEN, lot, 2, 1);
    }

    function test_appealFree_RevertWhen_AnItemIsOfAnotherSubmission() public {
        Lot memory lot = settledLot();
        expectError(abi.encodeWithSelector(IAppeals.AppealsItemsNotAllowed.selector, lot.id, 0x18, 0x30));
        objectFree(BEN, lot, 1, 0x18);
    }

    function test_appealFree_RevertGiven_ItWasUsedToday() public {
        Lot memory lot = settledLot();
        objectFree(BEN, lot, 1, 0x20);
        expectError(abi.encodeWithSelector(IAppeals.AppealsFreeAppealUsed.selector, BEN, block.timestamp / 1 days));
        objectFree(BEN, lot, 1, 0x20);
    }

    function test_appealFree_TakesNoBondOncePerUtcDay() public {
        Lot memory lot = settledLot();
        vm.expectEmit(address(appeals));
        emit IAppeals.Objected(lot.id, 0, BEN, 0x20, 0);
        objectFree(BEN, lot, 1, 0x20);
        assertEq(open.balanceOf(address(appeals)), 0, "no bond");
        assertTrue(appeals.objectionOf(lot.id, 0).free, "free");
        assertEq(appeals.freeAppealDayOf(BEN), block.timestamp / 1 days, "day");

        uint256 midnight = (block.timestamp / 1 days + 1) * 1 days;
        vm.warp(midnight - 90 minutes);
        Lot memory second = settledLot();
        vm.warp(midnight - 1);
        expectErrorNamed(IAppeals.AppealsFreeAppealUsed.selector);
        objectFree(BEN, second, 1, 0x20);
        vm.warp(midnight);
        objectFree(BEN, second, 1, 0x20);
    }

    /// @dev Has no seat in its own lot, so it cannot judge.
    function test_appealFree_IsOpenToAContributorThatIsAValidator() public {
        submit(ANNA, datanetId, 2);
        LotId id = submit(accountOf(9), datanetId, 2);
        pass(1 hours);
        Lot memory lot = settle(close(id), FIRST);
        objectFree(accountOf(9), lot, 1, 0x8);
        assertEq(appeals.objectionOf(lot.id, 0).appellant, accountOf(9), "appellant");
    }

    // defend

    function test_defend_RevertGiven_NoOpenAppeal() public {
        Lot memory lot = settledLot();
        expectError(
            abi.encodeWithSelector(
                IAppeals.AppealsUnexpectedStatus.selector,
                lot.id,
                AppealStatus.None,
                AppealStatus.Open
            )
        );
        defend(DORA, lot.id, 0);
    }

    function test_defend_RevertWhen_TheObjectionDoesNotExist() public {
        Lot memory lot = settledLot();
        object(CARL, lot, 1);
        expectError(abi.encodeWithSelector(IAppeals.AppealsUnknownObjection.selector, lot.id, 1, 1));
        defend(DORA, lot.id, 1);
    }

    function test_defend_RevertGiven_ADefender() public {
        Lot memory lot = settledLot();
        object(CARL, lot, 1);
        defend(DORA, lot.id, 0);
        expectError(abi.encodeWithSelector(IAppeals.AppealsAlreadyDefended.selector, lot.id, 0, DORA));
        defend(CARL, lot.id, 0);
    }

    function test_defend_RevertWhen_TheCallerIsAValidator() public {
        Lot memory lot = settledLot();
        object(CARL, lot, 1);
        expectError(abi.encodeWithSelector(IAppeals.AppealsJudgeAndParty.selector, accountOf(4), 4));
        defend(accountOf(4), lot.id, 0);
    }

    function test_defend_TakesTheSameBond() public {
        Lot memory lot = settledLot();
        object(CARL, lot, 1);
        vm.expectEmit(address(appeals));
        emit IAppeals.Defended(lot.id, 0, DORA, BOND);
        defend(DORA, lot.id, 0);
        assertEq(open.balanceOf(address(appeals)), 2 * BOND, "both bonds");
        assertEq(appeals.objectionOf(lot.id, 0).defender, DORA, "defender");
    }

    // permitOpen

    function test_permitOpen_LetsTheSameCallPutUpTheBond() public {
        Lot memory lot = settledLot();
        uint256 key = 0xe11a;
        address emil = vm.addr(key);
        open.transfer(emil, BOND);
        bytes[] memory calls = new bytes[](2);
        calls[0] = _permit(key, emil);
        calls[1] = abi.encodeCall(IAppeals.appeal, (lot, 1));
        vm.prank(emil);
        appeals.multicall(calls);
        assertEq(open.balanceOf(emil), 0, "bond taken");
    }

    function test_permitOpen_DoesNotRevertWhenThePermitWasUsed() public {
        uint256 key = 0xe11a;
        address emil = vm.addr(key);
        bytes memory call = _permit(key, emil);
        vm.prank(emil);
        (bool first, ) = address(appeals).call(call);
        vm.prank(emil);
        (bool second, ) = address(appeals).call(call);
        assertTrue(first && second, "both");
        assertEq(open.allowance(emil, address(appeals)), BOND, "allowance");
    }

    function _permit(uint256 key, address owner) private view returns (bytes memory) {
        bytes32 structHash = keccak256(
            abi.encode(
                keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)"),
                owner,
                address(appeals),
                BOND,
                open.nonces(owner),
                block.timestamp
            )
        );
        bytes32 digest = keccak256(abi.encodePacked("\x19\x01", open.DOMAIN_SEPARATOR(), structHash));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digest);
        return abi.encodeCall(IAppeals.permitOpen, (BOND, block.timestamp, v, r, s));
    }
}
