// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ModelFactory} from "../../../contracts/ModelFactory.sol";
import {
    RunAttestation,
    RunRefusal,
    RunResult,
    RunSpec,
    ShareProof
} from "../../../contracts/interfaces/IModelFactory.sol";
import {SHARE_TOTAL, Shares} from "../../../contracts/libraries/Shares.sol";
import {Expect} from "./Expect.sol";
import {Protocol} from "./Protocol.sol";
import {ShareTree} from "./ShareTree.sol";

/// @notice The steps of a training run, as its users take them.
abstract contract RunSteps is Expect, Protocol {
    address internal constant OWNER = address(0x0e4);
    address internal constant PLATFORM = address(0x91a7);
    address internal constant ANNA = address(0xa11a);
    address internal constant BEN = address(0xbe4);
    uint256 internal constant FEE = 1_000e18;

    ModelFactory internal factory;
    /// @dev Leaves of each run's attribution tree, as its indexer would keep them.
    mapping(bytes32 runId => bytes32[]) private _leaves;

    function deployFactory(uint256 validatorCount) internal {
        deploy(validatorCount);
        factory = new ModelFactory(datanets, PLATFORM);
        open.approve(address(factory), type(uint256).max);
    }

    // Runs

    function spec() internal pure returns (RunSpec memory) {
        return
            RunSpec({
                baseModel: keccak256("base"),
                revision: keccak256("revision"),
                dataset: keccak256("dataset"),
                config: keccak256("config"),
                code: keccak256("code"),
                seed: 42,
                parent: 0,
                platformBps: 1000,
                ownerBps: 2000,
                stakersBps: 2000,
                contributorsBps: 5000,
                parentBps: 0,
                quorum: 2,
                challengeWindow: 1 hours
            });
    }

    function openRun(RunSpec memory spec_) internal returns (bytes32 runId) {
        vm.prank(OWNER);
        runId = factory.openRun(spec_);
        mine();
    }

    /// @notice A result that gives `anna` to Anna and the rest of the whole to Ben.
    function resultOf(bytes32 runId, uint256 anna) internal returns (RunResult memory) {
        address[] memory accounts = new address[](2);
        uint256[] memory shares = new uint256[](2);
        (accounts[0], accounts[1]) = (ANNA, BEN);
        (shares[0], shares[1]) = (anna, SHARE_TOTAL - anna);
        return resultOf(runId, accounts, shares);
    }

    function resultOf(
        bytes32 runId,
        address[] memory accounts,
        uint256[] memory shares
    ) internal returns (RunResult memory) {
        delete _leaves[runId];
        for (uint256 i; i < accounts.length; ++i) {
            _leaves[runId].push(Shares.leaf(runId, i, accounts[i], shares[i]));
        }
        return
            RunResult({
                adapter: keccak256("adapter"),
                metrics: keccak256("metrics"),
                attributionRoot: ShareTree.root(_leaves[runId]),
                attribution: keccak256("attribution"),
                shareCount: accounts.length
            });
    }

    function anchor(bytes32 runId, RunResult memory result) internal {
        vm.prank(OWNER);
        factory.anchorRun(runId, result);
    }

    function attestation(bytes32 runId, uint256 validatorId) internal view returns (RunAttestation memory) {
        bytes32 resultHash = factory.runOf(runId).resultHash;
        (bytes32 r, bytes32 vs) = signCompact(KEYS + validatorId, factory.hashAttestation(runId, resultHash));
        return RunAttestation(r, vs);
    }

    function refusal(bytes32 runId, uint256 validatorId) internal view returns (RunRefusal memory) {
        bytes32 resultHash = factory.runOf(runId).resultHash;
        bytes32 report = keccak256(abi.encode("refused by", validatorId));
        (bytes32 r, bytes32 vs) = signCompact(KEYS + validatorId, factory.hashRefusal(runId, resultHash, report));
        return RunRefusal(report, r, vs);
    }

    /// @notice Validators `first` to `last` attest.
    function attestRun(bytes32 runId, uint256 first, uint256 last) internal {
        RunAttestation[] memory attestations = new RunAttestation[](last - first + 1);
        for (uint256 i; i < attestations.length; ++i) {
            attestations[i] = attestation(runId, first + i);
        }
        factory.attestRun(runId, attestations);
    }

    /// @notice Validators `first` to `last` refuse.
    function refuseRun(bytes32 runId, uint256 first, uint256 last) internal {
        RunRefusal[] memory refusals = new RunRefusal[](last - first + 1);
        for (uint256 i; i < refusals.length; ++i) {
            refusals[i] = refusal(runId, first + i);
        }
        factory.refuseRun(runId, refusals);
    }

    /// @notice Anchors `result` and brings the run to Final.
    function finish(bytes32 runId, RunResult memory result) internal {
        anchor(runId, result);
        attestRun(runId, 1, 2);
        pass(1 hours + 1);
    }

    function finalRun(RunSpec memory spec_, uint256 anna) internal returns (bytes32 runId) {
        runId = openRun(spec_);
        finish(runId, resultOf(runId, anna));
    }

    // Shares

    function proofOf(bytes32 runId, uint256 index, uint256 share) internal view returns (ShareProof memory) {
        return ShareProof(runId, index, share, ShareTree.path(_leaves[runId], index));
    }

    function claimShare(bytes32 runId, uint256 index, address account, uint256 share) internal returns (uint256) {
        ShareProof[] memory proofs = new ShareProof[](1);
        proofs[0] = proofOf(runId, index, share);
        return factory.claimShares(account, proofs);
    }
}
