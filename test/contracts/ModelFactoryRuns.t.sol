// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ModelFactory} from "../../contracts/ModelFactory.sol";
import {
    IModelFactory,
    Run,
    RunAttestation,
    RunRefusal,
    RunResult,
    RunSpec
} from "../../contracts/interfaces/IModelFactory.sol";
import {RunStatus} from "../../contracts/types/RunStatus.sol";
import {RunSteps} from "./utils/RunSteps.sol";

/// @notice Follows ModelFactoryRuns.tree.
contract ModelFactoryRunsTest is RunSteps {
    function setUp() public {
        deployFactory(5);
    }

    // constructor

    function test_constructor_RevertWhen_ThePlatformIsZero() public {
        expectError(abi.encodeWithSelector(IModelFactory.ModelFactoryZeroPlatform.selector));
        new ModelFactory(datanets, address(0));
    }

    // openRun

    function test_openRun_RevertWhen_ADigestIsMissing() public {
        RunSpec memory run = spec();
        run.baseModel = 0;
        _expectMissing("baseModel");
        factory.openRun(run);
        run = spec();
        run.dataset = 0;
        _expectMissing("dataset");
        factory.openRun(run);
        run = spec();
        run.config = 0;
        _expectMissing("config");
        factory.openRun(run);
    }

    function test_openRun_RevertWhen_AFigureIsOutOfItsBounds() public {
        RunSpec memory run = spec();
        run.platformBps = 2001;
        _expectOutOfBounds("platformBps", 2001, 0, 2000);
        factory.openRun(run);
        run = spec();
        run.contributorsBps = 2499;
        _expectOutOfBounds("contributorsBps", 2499, 2500, 10_000);
        factory.openRun(run);
        run = spec();
        run.ownerBps = 2001;
        _expectOutOfBounds("sum of bps", 10_001, 10_000, 10_000);
        factory.openRun(run);
        run = spec();
        run.stakersBps = 1999;
        _expectOutOfBounds("sum of bps", 9_999, 10_000, 10_000);
        factory.openRun(run);
        run = spec();
        run.parentBps = 1;
        _expectOutOfBounds("parentBps", 1, 0, 0);
        factory.openRun(run);
        run = spec();
        run.parent = keccak256("parent");
        run.parentBps = 10_001;
        _expectOutOfBounds("parentBps", 10_001, 0, 10_000);
        factory.openRun(run);
        run = spec();
        run.quorum = 0;
        _expectOutOfBounds("quorum", 0, 1, 15);
        factory.openRun(run);
        run = spec();
        run.quorum = 16;
        _expectOutOfBounds("quorum", 16, 1, 15);
        factory.openRun(run);
        run = spec();
        run.challengeWindow = 0;
        _expectOutOfBounds("challengeWindow", 0, 1, 7 days);
        factory.openRun(run);
        run = spec();
        run.challengeWindow = 7 days + 1;
        _expectOutOfBounds("challengeWindow", 7 days + 1, 1, 7 days);
        factory.openRun(run);
    }

    function test_openRun_TakesEveryFigureAtItsBound() public {
        RunSpec memory run = spec();
        (run.platformBps, run.ownerBps, run.stakersBps, run.contributorsBps) = (2000, 5500, 0, 2500);
        (run.quorum, run.challengeWindow) = (15, 7 days);
        openRun(run);
        (run.platformBps, run.ownerBps, run.stakersBps, run.contributorsBps) = (0, 0, 0, 10_000);
        (run.quorum, run.challengeWindow) = (1, 1);
        openRun(run);
    }

    function test_openRun_RevertGiven_TheSameWasOpened() public {
        bytes32 runId = openRun(spec());
        expectError(abi.encodeWithSelector(IModelFactory.ModelFactoryRunExists.selector, runId));
        openRun(spec());
    }

    function test_openRun_RevertWhen_TheParentHasNoResult() public {
        RunSpec memory child = spec();
        child.parent = keccak256("unknown");
        _expectNoParent(child.parent, RunStatus.Unknown);
        factory.openRun(child);

        child.parent = openRun(spec());
        _expectNoParent(child.parent, RunStatus.Opened);
        factory.openRun(child);

        anchor(child.parent, resultOf(child.parent, 1));
        uint256 snapshot = vm.snapshotState();
        refuseRun(child.parent, 1, 2);
        _expectNoParent(child.parent, RunStatus.Rejected);
        factory.openRun(child);

        vm.revertToState(snapshot);
        bytes32 runId = openRun(child);
        assertEq(factory.runOf(runId).parent, child.parent, "parent");
        attestRun(child.parent, 1, 2);
        child.seed = 43;
        openRun(child);
        pass(1 hours + 1);
        child.seed = 44;
        openRun(child);
    }

    function test_openRun_NamesTheRunBySpecificationAndOwner() public {
        RunSpec memory run = spec();
        bytes32 expected = keccak256(abi.encode(block.chainid, address(factory), OWNER, run));
        vm.expectEmit(address(factory));
        emit IModelFactory.RunOpened(expected, OWNER, 0, run);
        bytes32 runId = openRun(run);

        assertEq(runId, expected, "id");
        assertEq(factory.hashRun(OWNER, run), runId, "hash");
        assertTrue(factory.statusOf(runId) == RunStatus.Opened, "status");
        Run memory kept = factory.runOf(runId);
        assertEq(kept.owner, OWNER, "owner");
        assertEq(kept.platformBps, 1000, "platform");
        assertEq(kept.ownerBps, 2000, "owner's part");
        assertEq(kept.stakersBps, 2000, "stakers");
        assertEq(kept.quorum, 2, "quorum");
        assertEq(kept.challengeWindow, 1 hours, "window");
        assertEq(kept.openedBlock, block.number - 1, "block");

        assertTrue(factory.openRun(run) != runId, "another owner, another run");
    }

    // anchorRun

    function test_anchorRun_RevertWhen_TheCallerIsNotTheOwner() public {
        bytes32 runId = openRun(spec());
        RunResult memory result = resultOf(runId, 1);
        expectError(abi.encodeWithSelector(IModelFactory.ModelFactoryNotOwner.selector, runId, address(this), OWNER));
        factory.anchorRun(runId, result);
    }

    function test_anchorRun_RevertGiven_TheRunIsUnknown() public {
        RunResult memory result = resultOf(0, 1);
        expectError(abi.encodeWithSelector(IModelFactory.ModelFactoryNotOwner.selector, 0, OWNER, address(0)));
        anchor(0, result);
    }

    function test_anchorRun_RevertGiven_ItWasOpenedInThisBlock() public {
        vm.prank(OWNER);
        bytes32 runId = factory.openRun(spec());
        RunResult memory result = resultOf(runId, 1);
        expectError(abi.encodeWithSelector(IModelFactory.ModelFactoryOpenedInThisBlock.selector, runId, block.number));
        anchor(runId, result);
    }

    function test_anchorRun_RevertWhen_AFieldIsMissing() public {
        bytes32 runId = openRun(spec());
        RunResult memory result = resultOf(runId, 1);
        result.adapter = 0;
        _expectMissing("adapter");
        anchor(runId, result);
        result = resultOf(runId, 1);
        result.attributionRoot = 0;
        _expectMissing("attributionRoot");
        anchor(runId, result);
        result = resultOf(runId, 1);
        result.attribution = 0;
        _expectMissing("attribution");
        anchor(runId, result);
        result = resultOf(runId, 1);
        result.shareCount = 0;
        _expectOutOfBounds("shareCount", 0, 1, type(uint32).max);
        anchor(runId, result);
        result.shareCount = uint256(type(uint32).max) + 1;
        _expectOutOfBounds("shareCount", result.shareCount, 1, type(uint32).max);
        anchor(runId, result);
    }

    function test_anchorRun_RevertGiven_ItIsAnchoredAttestedOrFinal() public {
        bytes32 runId = openRun(spec());
        RunResult memory result = resultOf(runId, 1);
        anchor(runId, result);
        _expectStatus(runId, RunStatus.Anchored);
        anchor(runId, result);
        attestRun(runId, 1, 2);
        _expectStatus(runId, RunStatus.Attested);
        anchor(runId, result);
        pass(1 hours + 1);
        _expectStatus(runId, RunStatus.Final);
        anchor(runId, result);
    }

    function test_anchorRun_AnchorsTheResult() public {
        bytes32 runId = openRun(spec());
        RunResult memory result = resultOf(runId, 1);
        vm.expectEmit(address(factory));
        emit IModelFactory.RunAnchored(runId, keccak256(abi.encode(result)), result);
        anchor(runId, result);

        assertTrue(factory.statusOf(runId) == RunStatus.Anchored, "status");
        assertEq(factory.runOf(runId).resultHash, factory.hashResult(result), "hash");
        assertEq(factory.runOf(runId).attributionRoot, result.attributionRoot, "root");
        assertEq(factory.runOf(runId).shareCount, 2, "count");
    }

    function test_anchorRun_StartsOverWithAnotherResultAfterARefusal() public {
        bytes32 runId = openRun(spec());
        RunResult memory refused = resultOf(runId, 1);
        anchor(runId, refused);
        attestRun(runId, 3, 4);
        refuseRun(runId, 1, 2);
        expectError(
            abi.encodeWithSelector(IModelFactory.ModelFactoryResultRefused.selector, runId, factory.hashResult(refused))
        );
        anchor(runId, refused);

        RunResult memory better = resultOf(runId, 2);
        anchor(runId, better);
        Run memory run = factory.runOf(runId);
        assertTrue(factory.statusOf(runId) == RunStatus.Anchored, "status");
        assertEq(run.attestations, 0, "no attestations");
        assertEq(run.refusals, 0, "no refusals");
        assertEq(factory.finalAfter(runId), 0, "no window");
        attestRun(runId, 1, 2);
        pass(1 hours + 1);
        assertTrue(factory.statusOf(runId) == RunStatus.Final, "who refused one can attest another");
        assertTrue(factory.wasRefused(runId, factory.hashResult(refused)), "remembered");
    }

    // attestRun

    function test_attestRun_RevertGiven_NothingToVoteOn() public {
        RunAttestation[] memory none = new RunAttestation[](0);
        _expectStatus(0, RunStatus.Unknown);
        factory.attestRun(0, none);
        bytes32 runId = openRun(spec());
        _expectStatus(runId, RunStatus.Opened);
        factory.attestRun(runId, none);
        finish(runId, resultOf(runId, 1));
        _expectStatus(runId, RunStatus.Final);
        factory.attestRun(runId, none);
    }

    function test_attestRun_RevertWhen_TheSignatureIsNoValidators() public {
        bytes32 runId = _anchored();
        RunAttestation[] memory one_ = new RunAttestation[](1);
        one_[0] = attestation(runId, 6);
        _expectNotValidator(runId, vm.addr(KEYS + 6), 0);
        factory.attestRun(runId, one_);

        one_[0] = RunAttestation(0, 0);
        _expectNotValidator(runId, address(0), 0);
        factory.attestRun(runId, one_);
    }

    function test_attestRun_RevertWhen_TheKeyIsAnOldOne() public {
        bytes32 runId = _anchored();
        RunAttestation[] memory one_ = new RunAttestation[](1);
        one_[0] = attestation(runId, 1);
        bytes memory proof = signPacked(0xbeef, validators.hashSigningKey(accountOf(1)));
        vm.prank(accountOf(1));
        validators.setSigningKey(vm.addr(0xbeef), proof);
        _expectNotValidator(runId, vm.addr(KEYS + 1), 1);
        factory.attestRun(runId, one_);
    }

    function test_attestRun_RevertWhen_TheSignatureIsOfAnotherResultRunOrKind() public {
        bytes32 runId = _anchored();
        RunSpec memory other = spec();
        other.seed = 43;
        bytes32 otherId = openRun(other);
        anchor(otherId, resultOf(otherId, 1));
        RunAttestation[] memory one_ = new RunAttestation[](1);
        one_[0] = attestation(otherId, 1);
        expectErrorNamed(IModelFactory.ModelFactoryNotValidator.selector);
        factory.attestRun(runId, one_);

        (bytes32 r, bytes32 vs) = signCompact(KEYS + 1, factory.hashAttestation(runId, keccak256("another")));
        one_[0] = RunAttestation(r, vs);
        expectErrorNamed(IModelFactory.ModelFactoryNotValidator.selector);
        factory.attestRun(runId, one_);

        RunRefusal memory refused = refusal(runId, 1);
        one_[0] = RunAttestation(refused.r, refused.vs);
        expectErrorNamed(IModelFactory.ModelFactoryNotValidator.selector);
        factory.attestRun(runId, one_);
    }

    function test_attestRun_RevertGiven_TheValidatorHasNoStake() public {
        bytes32 runId = _anchored();
        RunAttestation[] memory one_ = new RunAttestation[](1);
        one_[0] = attestation(runId, 1);
        vm.prank(accountOf(1));
        validators.unstake(1);
        _expectNotValidator(runId, vm.addr(KEYS + 1), 1);
        factory.attestRun(runId, one_);
    }

    function test_attestRun_RevertWhen_TheValidatorIsTheOwners() public {
        vm.prank(accountOf(3));
        bytes32 runId = factory.openRun(spec());
        mine();
        RunResult memory result = resultOf(runId, 1);
        vm.prank(accountOf(3));
        factory.anchorRun(runId, result);
        RunAttestation[] memory one_ = new RunAttestation[](1);
        one_[0] = attestation(runId, 3);
        expectError(abi.encodeWithSelector(IModelFactory.ModelFactoryOwnRun.selector, runId, 3));
        factory.attestRun(runId, one_);
    }

    function test_attestRun_CountsEachValidatorOnce() public {
        bytes32 runId = _anchored();
        bytes32 resultHash = factory.runOf(runId).resultHash;
        vm.expectEmit(address(factory));
        emit IModelFactory.RunAttested(runId, 1, resultHash, 1);
        attestRun(runId, 1, 1);
        attestRun(runId, 1, 1);
        assertEq(factory.runOf(runId).attestations, 1, "once");
        assertTrue(factory.hasVoted(runId, resultHash, 1), "voted");
        assertFalse(factory.hasVoted(runId, resultHash, 2), "did not");
        assertTrue(factory.statusOf(runId) == RunStatus.Anchored, "no quorum yet");

        // Sending a part first does not make the rest fail.
        vm.expectEmit(address(factory));
        emit IModelFactory.RunQuorumReached(runId, resultHash, block.timestamp + 1 hours);
        attestRun(runId, 1, 2);
        assertEq(factory.runOf(runId).attestations, 2, "two");
        assertTrue(factory.statusOf(runId) == RunStatus.Attested, "attested");
    }

    function test_attestRun_IsFinalOnceTheWindowIsOver() public {
        bytes32 runId = _anchored();
        attestRun(runId, 1, 2);
        uint256 finalAfter = factory.finalAfter(runId);
        assertEq(finalAfter, block.timestamp + 1 hours, "window");
        vm.warp(finalAfter);
        assertTrue(factory.statusOf(runId) == RunStatus.Attested, "not yet");
        attestRun(runId, 3, 4);
        assertEq(factory.finalAfter(runId), finalAfter, "later votes do not move it");
        assertEq(factory.runOf(runId).attestations, 4, "but are counted");
        vm.warp(finalAfter + 1);
        assertTrue(factory.statusOf(runId) == RunStatus.Final, "final");
    }

    // refuseRun

    function test_refuseRun_RevertGiven_NothingToVoteOn() public {
        bytes32 runId = openRun(spec());
        _expectStatus(runId, RunStatus.Opened);
        factory.refuseRun(runId, new RunRefusal[](0));
        finish(runId, resultOf(runId, 1));
        _expectStatus(runId, RunStatus.Final);
        factory.refuseRun(runId, new RunRefusal[](0));
    }

    function test_refuseRun_RevertWhen_TheSignatureIsNoValidators() public {
        bytes32 runId = _anchored();
        RunRefusal[] memory one_ = new RunRefusal[](1);
        one_[0] = refusal(runId, 6);
        _expectNotValidator(runId, vm.addr(KEYS + 6), 0);
        factory.refuseRun(runId, one_);
        one_[0] = refusal(runId, 1);
        one_[0].report = keccak256("other reasons");
        expectErrorNamed(IModelFactory.ModelFactoryNotValidator.selector);
        factory.refuseRun(runId, one_);
    }

    function test_refuseRun_PassesOverWhoAttested() public {
        bytes32 runId = _anchored();
        attestRun(runId, 1, 1);
        refuseRun(runId, 1, 1);
        assertEq(factory.runOf(runId).refusals, 0, "one vote each");
        assertEq(factory.runOf(runId).attestations, 1, "the first");
    }

    function test_refuseRun_IsRejectedWithTheQuorum() public {
        bytes32 runId = _anchored();
        bytes32 resultHash = factory.runOf(runId).resultHash;
        vm.expectEmit(address(factory));
        emit IModelFactory.RunRefused(runId, 1, resultHash, keccak256(abi.encode("refused by", 1)), 1);
        refuseRun(runId, 1, 1);
        refuseRun(runId, 1, 1);
        assertEq(factory.runOf(runId).refusals, 1, "once");
        assertTrue(factory.statusOf(runId) == RunStatus.Anchored, "one is not enough");
        vm.expectEmit(address(factory));
        emit IModelFactory.RunRejected(runId, resultHash);
        refuseRun(runId, 2, 2);
        assertTrue(factory.statusOf(runId) == RunStatus.Rejected, "rejected");
        _expectStatus(runId, RunStatus.Rejected);
        factory.attestRun(runId, new RunAttestation[](0));
    }

    function test_refuseRun_IsRejectedWithinTheChallengeWindowToo() public {
        bytes32 runId = _anchored();
        attestRun(runId, 1, 2);
        vm.warp(factory.finalAfter(runId));
        refuseRun(runId, 3, 4);
        assertTrue(factory.statusOf(runId) == RunStatus.Rejected, "rejected");
        pass(1 hours);
        assertTrue(factory.statusOf(runId) == RunStatus.Rejected, "for good");
    }

    // Helpers

    function _anchored() private returns (bytes32 runId) {
        runId = openRun(spec());
        anchor(runId, resultOf(runId, 1));
    }

    function _expectMissing(string memory field) private {
        expectError(abi.encodeWithSelector(IModelFactory.ModelFactoryZeroDigest.selector, field));
    }

    function _expectOutOfBounds(string memory field, uint256 value, uint256 min, uint256 max) private {
        expectError(abi.encodeWithSelector(IModelFactory.ModelFactoryOutOfBounds.selector, field, value, min, max));
    }

    function _expectNoParent(bytes32 parent, RunStatus status) private {
        expectError(abi.encodeWithSelector(IModelFactory.ModelFactoryParentNotAnchored.selector, parent, status));
    }

    function _expectStatus(bytes32 runId, RunStatus status) private {
        expectError(abi.encodeWithSelector(IModelFactory.ModelFactoryUnexpectedStatus.selector, runId, status));
    }

    function _expectNotValidator(bytes32 runId, address recovered, uint256 validatorId) private {
        expectError(
            abi.encodeWithSelector(IModelFactory.ModelFactoryNotValidator.selector, runId, recovered, validatorId)
        );
    }
}
