// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IModelFactory, RunResult, RunSpec, ShareProof} from "../../contracts/interfaces/IModelFactory.sol";
import {SHARE_TOTAL, Shares} from "../../contracts/libraries/Shares.sol";
import {FeeToken} from "../../contracts/mocks/FeeToken.sol";
import {FalseToken} from "../../contracts/mocks/FalseToken.sol";
import {HookToken} from "../../contracts/mocks/HookToken.sol";
import {RunStatus} from "../../contracts/types/RunStatus.sol";
import {RunSteps} from "./utils/RunSteps.sol";

/// @notice Follows ModelFactoryFees.tree.
contract ModelFactoryFeesTest is RunSteps {
    bytes32 private runId;

    function setUp() public {
        deployFactory(3);
        runId = finalRun(spec(), 250_000_000);
    }

    // payFee

    function test_payFee_RevertWhen_TheAmountIsZero() public {
        expectError(abi.encodeWithSelector(IModelFactory.ModelFactoryZeroAmount.selector));
        factory.payFee(runId, 0);
    }

    function test_payFee_RevertGiven_TheRunIsNotFinal() public {
        RunSpec memory run = spec();
        run.seed = 43;
        bytes32 second = openRun(run);
        anchor(second, resultOf(second, 1));
        attestRun(second, 1, 2);
        vm.warp(factory.finalAfter(second));
        expectError(
            abi.encodeWithSelector(IModelFactory.ModelFactoryUnexpectedStatus.selector, second, RunStatus.Attested)
        );
        factory.payFee(second, FEE);
    }

    function test_payFee_RevertWhen_TheTokenTakesAFee() public {
        vm.etch(address(open), address(new FeeToken(address(this))).code);
        expectError(abi.encodeWithSelector(IModelFactory.ModelFactoryTransferMismatch.selector, FEE, FEE - FEE / 100));
        factory.payFee(runId, FEE);
    }

    function test_payFee_RevertWhen_TheTokenAnswersFalse() public {
        FalseToken token = new FalseToken(address(this));
        token.setRefusing(true);
        vm.etch(address(open), address(token).code);
        FalseToken(address(open)).setRefusing(true);
        vm.expectRevert();
        factory.payFee(runId, FEE);
    }

    function test_payFee_IsNotEnteredWhenTheTokenCallsBack() public {
        vm.etch(address(open), address(new HookToken(address(this))).code);
        HookToken hook = HookToken(address(open));
        hook.setHook(address(factory), abi.encodeCall(IModelFactory.claimFees, (PLATFORM)));
        factory.payFee(runId, FEE);
        assertFalse(hook.entered(), "entered");
        assertEq(factory.feesOf(PLATFORM), FEE / 10, "still owed");
    }

    function test_payFee_SplitsByTheRunsFigures() public {
        vm.expectEmit(address(factory));
        emit IModelFactory.FeePaid(runId, address(this), FEE, FEE / 10, FEE / 5, FEE / 5, FEE / 2, 0);
        factory.payFee(runId, FEE);

        assertEq(factory.feesOf(PLATFORM), FEE / 10, "platform");
        assertEq(factory.feesOf(OWNER), FEE / 5, "owner");
        assertEq(factory.runOf(runId).poolTotal, FEE / 2, "contributors");
        assertEq(open.balanceOf(address(factory)), FEE - FEE / 5, "held");
        uint256 stakers;
        for (uint256 id = 1; id <= 3; ++id) {
            stakers += validators.stakerFeesOf(id);
        }
        assertLe(stakers, FEE / 5, "stakers, rounded down");
        assertGe(stakers + 3, FEE / 5, "stakers");
    }

    function testFuzz_payFee_LeavesWhatRoundingLeavesToTheContributors(
        uint256 x,
        uint16 platform,
        uint16 owner
    ) public {
        RunSpec memory run = spec();
        run.platformBps = uint16(bound(platform, 0, 2000));
        run.ownerBps = uint16(bound(owner, 0, 5500));
        run.stakersBps = 1;
        run.contributorsBps = 9999 - run.platformBps - run.ownerBps;
        run.code = keccak256("fuzz");
        bytes32 id = finalRun(run, 1);
        uint256 amount = logBound(x, 24);
        uint256 staked = open.balanceOf(address(validators));
        factory.payFee(id, amount);

        uint256 toPlatform = (amount * run.platformBps) / 10_000;
        uint256 toOwner = (amount * run.ownerBps) / 10_000;
        uint256 toStakers = amount / 10_000;
        assertEq(factory.feesOf(PLATFORM), toPlatform, "platform");
        assertEq(factory.feesOf(OWNER), toOwner, "owner");
        assertEq(open.balanceOf(address(validators)) - staked, toStakers, "stakers");
        assertEq(factory.runOf(id).poolTotal, amount - toPlatform - toOwner - toStakers, "contributors");
    }

    function test_payFee_TakesTheParentsPartFromTheOwners() public {
        bytes32 child = _child(2500);
        vm.expectEmit(address(factory));
        emit IModelFactory.FeePaid(child, address(this), FEE, FEE / 10, FEE / 5 - FEE / 20, FEE / 5, FEE / 2, FEE / 20);
        factory.payFee(child, FEE);
        assertEq(factory.runOf(runId).poolTotal, FEE / 20, "parent's contributors");
        assertEq(factory.runOf(child).poolTotal, FEE / 2, "own contributors");
        assertEq(factory.feesOf(OWNER), FEE / 5 - FEE / 20, "owner");
        assertEq(claimShare(runId, 0, ANNA, 250_000_000), FEE / 80, "claimable like any fee");
    }

    function test_payFee_LeavesThePartToTheOwnerGivenAParentThatIsNotFinal() public {
        RunSpec memory run = spec();
        run.seed = 43;
        bytes32 parent = openRun(run);
        anchor(parent, resultOf(parent, 1));
        run.parent = parent;
        run.parentBps = 10_000;
        bytes32 child = finalRun(run, 1);
        refuseRun(parent, 1, 2);
        factory.payFee(child, FEE);
        assertEq(factory.feesOf(OWNER), FEE / 5, "owner");
        assertEq(factory.runOf(parent).poolTotal, 0, "parent");
    }

    // claimShares

    function test_claimShares_RevertGiven_TheRunIsNotFinal() public {
        RunSpec memory run = spec();
        run.seed = 43;
        bytes32 second = openRun(run);
        anchor(second, resultOf(second, 1));
        ShareProof[] memory proofs = new ShareProof[](1);
        proofs[0] = proofOf(second, 0, 1);
        expectError(
            abi.encodeWithSelector(IModelFactory.ModelFactoryUnexpectedStatus.selector, second, RunStatus.Anchored)
        );
        factory.claimShares(ANNA, proofs);
    }

    function test_claimShares_RevertWhen_TheLeafIsNotInTheTree() public {
        factory.payFee(runId, FEE);
        bytes32 second = _child(0);
        ShareProof memory proof = proofOf(runId, 0, 250_000_000);
        _expectInvalid(proof, BEN);
        proof.share = 250_000_001;
        _expectInvalid(proof, ANNA);
        proof.share = 250_000_000;
        proof.index = 1;
        _expectInvalid(proof, ANNA);
        proof.index = 0;
        proof.runId = second;
        _expectInvalid(proof, ANNA);
        proof.runId = runId;
        proof.path = new bytes32[](0);
        _expectInvalid(proof, ANNA);
    }

    /// @dev T34: leaves are hashed twice, so no 64 bytes of inner node can be read as one.
    function testFuzz_claimShares_RevertWhen_TheProofIsMadeUp(bytes32[] memory path, uint256 share) public {
        factory.payFee(runId, FEE);
        share = bound(share, 1, SHARE_TOTAL);
        _expectInvalid(ShareProof(runId, 0, share, path), address(0xbad));
    }

    function test_claimShares_RevertWhen_TheIndexIsBeyondTheCount() public {
        RunSpec memory run = spec();
        run.seed = 43;
        bytes32 second = openRun(run);
        RunResult memory result = resultOf(second, 1);
        result.shareCount = 1;
        finish(second, result);
        factory.payFee(second, FEE);
        _expectInvalid(proofOf(second, 1, SHARE_TOTAL - 1), BEN);
    }

    function test_claimShares_PassesOverWhatHasNothingToPay() public {
        assertEq(claimShare(runId, 0, ANNA, 250_000_000), 0, "no fee yet");
        assertEq(factory.runOf(runId).sharesSeen, 0, "not seen");
        factory.payFee(runId, FEE);
        claimShare(runId, 0, ANNA, 250_000_000);
        assertEq(claimShare(runId, 0, ANNA, 250_000_000), 0, "nothing since");
        assertEq(factory.claimShares(ANNA, new ShareProof[](0)), 0, "no proofs");
    }

    function test_claimShares_PaysTheEntitlementLessWhatWasPaid() public {
        factory.payFee(runId, FEE);
        assertEq(factory.claimableOf(runId, 0, ANNA, 250_000_000), FEE / 8, "claimable");
        vm.expectEmit(address(factory));
        emit IModelFactory.SharePaid(runId, ANNA, 0, 250_000_000, FEE / 8);
        vm.expectEmit(address(factory));
        emit IModelFactory.SharesClaimed(ANNA, ANNA, FEE / 8);
        assertEq(claimShare(runId, 0, ANNA, 250_000_000), FEE / 8, "a quarter of a half");
        factory.payFee(runId, 2 * FEE);
        assertEq(claimShare(runId, 0, ANNA, 250_000_000), FEE / 4, "only what came since");
        assertEq(claimShare(runId, 1, BEN, 750_000_000), (3 * FEE * 3) / 8, "three quarters of all");

        assertEq(open.balanceOf(ANNA), (3 * FEE) / 8, "anna");
        assertEq(factory.paidOf(runId, 0, ANNA, 250_000_000), (3 * FEE) / 8, "paid");
        assertEq(factory.runOf(runId).poolClaimed, (3 * FEE) / 2, "the pool is paid out");
        assertEq(factory.runOf(runId).sharesSeen, SHARE_TOTAL, "one whole");
    }

    function test_claimShares_PaysToThePayoutAddressWhoeverCalls() public {
        factory.payFee(runId, FEE);
        vm.prank(ANNA);
        datanets.setPayout(BEN);
        vm.prank(address(0xbad));
        claimShareFrom(0);
        assertEq(open.balanceOf(BEN), FEE / 8, "payout");
        assertEq(open.balanceOf(ANNA), 0, "not the account");
    }

    function test_claimShares_PaysSeveralRunsInOneTransfer() public {
        bytes32 child = _child(0);
        factory.payFee(runId, FEE);
        factory.payFee(child, 2 * FEE);
        ShareProof[] memory proofs = new ShareProof[](2);
        proofs[0] = proofOf(runId, 0, 250_000_000);
        proofs[1] = proofOf(child, 0, 500_000_000);
        assertEq(factory.claimShares(ANNA, proofs), FEE / 8 + FEE / 2, "both");
        assertEq(open.balanceOf(ANNA), FEE / 8 + FEE / 2, "received");
    }

    /// @dev T35: a tree that promises twice the whole cannot take more than its own pool, nor from another run.
    function test_claimShares_PaysNoMoreThanOneWholeGivenAnAdversarialTree() public {
        RunSpec memory run = spec();
        run.seed = 43;
        bytes32 bad = openRun(run);
        address[] memory accounts = new address[](3);
        uint256[] memory shares = new uint256[](3);
        (accounts[0], accounts[1], accounts[2]) = (ANNA, BEN, OWNER);
        (shares[0], shares[1], shares[2]) = (SHARE_TOTAL - 1, 1, SHARE_TOTAL);
        finish(bad, resultOf(bad, accounts, shares));
        factory.payFee(bad, FEE);
        factory.payFee(runId, FEE);

        claimShare(bad, 0, ANNA, SHARE_TOTAL - 1);
        claimShare(bad, 1, BEN, 1);
        ShareProof[] memory proofs = new ShareProof[](1);
        proofs[0] = proofOf(bad, 2, SHARE_TOTAL);
        expectError(
            abi.encodeWithSelector(
                IModelFactory.ModelFactoryShareTotalExceeded.selector,
                bad,
                SHARE_TOTAL,
                SHARE_TOTAL,
                SHARE_TOTAL
            )
        );
        factory.claimShares(OWNER, proofs);
        assertLe(factory.runOf(bad).poolClaimed, factory.runOf(bad).poolTotal, "its own pool at most");

        factory.payFee(bad, FEE);
        assertEq(claimShare(bad, 1, BEN, 1), FEE / 2 / SHARE_TOTAL, "shares seen before stay good");
        claimShare(runId, 0, ANNA, 250_000_000);
        claimShare(runId, 1, BEN, 750_000_000);
    }

    /// @dev Property 6: any order and number of claims ends in the same balances.
    function testFuzz_claimShares_DoesNotDependOnWhen(
        uint256[6] memory amounts,
        uint256 schedule,
        uint256 anna
    ) public {
        anna = bound(anna, 1, SHARE_TOTAL - 1);
        RunSpec memory run = spec();
        run.seed = 43;
        bytes32 id = finalRun(run, anna);
        for (uint256 i; i < 6; ++i) {
            factory.payFee(id, logBound(amounts[i], 23));
            if ((schedule >> i) & 1 == 1) claimShare(id, 0, ANNA, anna);
            if ((schedule >> (i + 8)) & 1 == 1) claimShare(id, 1, BEN, SHARE_TOTAL - anna);
        }
        claimShare(id, 0, ANNA, anna);
        claimShare(id, 1, BEN, SHARE_TOTAL - anna);

        uint256 pool = factory.runOf(id).poolTotal;
        assertEq(open.balanceOf(ANNA), (pool * anna) / SHARE_TOTAL, "anna");
        assertEq(open.balanceOf(BEN), (pool * (SHARE_TOTAL - anna)) / SHARE_TOTAL, "ben");
        assertEq(factory.runOf(id).poolClaimed, open.balanceOf(ANNA) + open.balanceOf(BEN), "claimed");
        assertLe(pool - factory.runOf(id).poolClaimed, 1, "dust stays");
        assertEq(
            open.balanceOf(address(factory)),
            pool - factory.runOf(id).poolClaimed + factory.feesOf(OWNER) + factory.feesOf(PLATFORM),
            "solvent to the wei"
        );
    }

    // claimFees

    function test_claimFees_SendsNothingGivenNothingIsOwed() public {
        assertEq(factory.claimFees(OWNER), 0, "sent");
    }

    function test_claimFees_SendsToThePayoutAddressWhoeverCalls() public {
        factory.payFee(runId, FEE);
        vm.prank(OWNER);
        datanets.setPayout(BEN);
        vm.expectEmit(address(factory));
        emit IModelFactory.FeesClaimed(OWNER, BEN, FEE / 5);
        vm.prank(address(0xbad));
        assertEq(factory.claimFees(OWNER), FEE / 5, "sent");
        factory.claimFees(PLATFORM);
        assertEq(open.balanceOf(BEN), FEE / 5, "owner's payout");
        assertEq(open.balanceOf(PLATFORM), FEE / 10, "platform");
        assertEq(factory.claimFees(OWNER), 0, "once");
    }

    // Helpers

    /// @dev A final run that refines the first and shares evenly.
    function _child(uint16 parentBps) private returns (bytes32) {
        RunSpec memory run = spec();
        run.parent = runId;
        run.parentBps = parentBps;
        return finalRun(run, 500_000_000);
    }

    function claimShareFrom(uint256 index) private {
        ShareProof[] memory proofs = new ShareProof[](1);
        proofs[0] = proofOf(runId, index, 250_000_000);
        factory.claimShares(ANNA, proofs);
    }

    function _expectInvalid(ShareProof memory proof, address account) private {
        ShareProof[] memory proofs = new ShareProof[](1);
        proofs[0] = proof;
        expectError(
            abi.encodeWithSelector(
                IModelFactory.ModelFactoryInvalidProof.selector,
                proof.runId,
                proof.index,
                account,
                proof.share
            )
        );
        factory.claimShares(account, proofs);
    }
}
