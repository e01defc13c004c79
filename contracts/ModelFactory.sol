// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Multicall} from "@openzeppelin/contracts/utils/Multicall.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";

import {IDatanets} from "./interfaces/IDatanets.sol";
import {
    Deposit,
    IModelFactory,
    Run,
    RunAttestation,
    RunRefusal,
    RunResult,
    RunSpec,
    ShareProof
} from "./interfaces/IModelFactory.sol";
import {IValidators, Validator} from "./interfaces/IValidators.sol";
import {SHARE_TOTAL as WHOLE, Shares} from "./libraries/Shares.sol";
import {Signatures} from "./libraries/Signatures.sol";
import {SpecLib} from "./libraries/SpecLib.sol";
import {RunStatus} from "./types/RunStatus.sol";

/// @title ModelFactory
/// @notice See {IModelFactory}, which is the book to this contract.
contract ModelFactory is IModelFactory, EIP712("ModelFactory", "1"), Multicall, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;
    using SpecLib for RunResult;
    using SpecLib for RunSpec;

    bytes32 private constant ATTESTATION_TYPEHASH = keccak256("RunAttestation(bytes32 runId,bytes32 resultHash)");
    bytes32 private constant REFUSAL_TYPEHASH = keccak256(
        "RunRefusal(bytes32 runId,bytes32 resultHash,bytes32 report)"
    );
    bytes32 private constant VOUCHER_TYPEHASH = keccak256(
        "Voucher(bytes32 runId,address payer,uint256 total,uint256 deadline)"
    );

    /// @inheritdoc IModelFactory
    uint256 public constant SHARE_TOTAL = WHOLE;
    /// @inheritdoc IModelFactory
    uint256 public constant WITHDRAWAL_DELAY = 1 days;

    /// @inheritdoc IModelFactory
    IERC20 public immutable OPEN;
    /// @inheritdoc IModelFactory
    IDatanets public immutable DATANETS;
    /// @inheritdoc IModelFactory
    IValidators public immutable VALIDATORS;
    /// @inheritdoc IModelFactory
    address public immutable PLATFORM;

    /// @inheritdoc IModelFactory
    mapping(address account => uint256) public feesOf;
    /// @inheritdoc IModelFactory
    mapping(bytes32 runId => mapping(address payer => uint256)) public collectedOf;
    /// @inheritdoc IModelFactory
    mapping(bytes32 runId => mapping(bytes32 resultHash => bool)) public wasRefused;

    mapping(bytes32 runId => Run) private _runs;
    mapping(address payer => Deposit) private _deposits;
    /// @dev A leaf names its run, so one mapping serves all.
    mapping(bytes32 leaf => uint256) private _paid;
    mapping(bytes32 runId => mapping(bytes32 resultHash => mapping(uint256 word => uint256))) private _voted;

    /// @param datanets Its token and validators are used here too.
    /// @param platform Collects the platform's part of fees, and can do nothing else.
    constructor(IDatanets datanets, address platform) {
        require(platform != address(0), ModelFactoryZeroPlatform());
        DATANETS = datanets;
        OPEN = datanets.OPEN();
        VALIDATORS = datanets.VALIDATORS();
        PLATFORM = platform;
        // Once for ever: {IValidators-distribute} takes from its caller alone, and only what is passed to it.
        OPEN.forceApprove(address(VALIDATORS), type(uint256).max);
    }

    // Runs

    /// @inheritdoc IModelFactory
    function openRun(RunSpec calldata spec) external returns (bytes32 runId) {
        spec.check();
        runId = hashRun(msg.sender, spec);
        Run storage run = _runs[runId];
        require(run.owner == address(0), ModelFactoryRunExists(runId));
        if (spec.parent != 0) {
            RunStatus status = statusOf(spec.parent);
            require(
                status == RunStatus.Anchored || status == RunStatus.Attested || status == RunStatus.Final,
                ModelFactoryParentNotAnchored(spec.parent, status)
            );
            run.parent = spec.parent;
        }

        run.owner = msg.sender;
        run.platformBps = spec.platformBps;
        run.ownerBps = spec.ownerBps;
        run.stakersBps = spec.stakersBps;
        run.parentBps = spec.parentBps;
        run.quorum = spec.quorum;
        run.openedBlock = uint40(block.number);
        run.challengeWindow = spec.challengeWindow;

        emit RunOpened(runId, msg.sender, spec.parent, spec);
    }

    /// @inheritdoc IModelFactory
    function anchorRun(bytes32 runId, RunResult calldata result) external {
        Run storage run = _runs[runId];
        require(run.owner == msg.sender, ModelFactoryNotOwner(runId, msg.sender, run.owner));
        RunStatus status = statusOf(runId);
        require(
            status == RunStatus.Opened || status == RunStatus.Rejected,
            ModelFactoryUnexpectedStatus(runId, status)
        );
        require(block.number > run.openedBlock, ModelFactoryOpenedInThisBlock(runId, run.openedBlock));
        result.check();
        bytes32 resultHash = hashResult(result);
        require(!wasRefused[runId][resultHash], ModelFactoryResultRefused(runId, resultHash));

        run.resultHash = resultHash;
        run.attributionRoot = result.attributionRoot;
        run.shareCount = uint32(result.shareCount);
        run.refused = false;
        run.attestedAt = 0;
        run.attestations = 0;
        run.refusals = 0;

        emit RunAnchored(runId, resultHash, result);
    }

    /// @inheritdoc IModelFactory
    function attestRun(bytes32 runId, RunAttestation[] calldata attestations) external {
        Run storage run = _runs[runId];
        bytes32 resultHash = _requireVoting(run, runId);
        bytes32 digest = hashAttestation(runId, resultHash);
        uint256 count = run.attestations;
        for (uint256 i; i < attestations.length; ++i) {
            (address key, , ) = ECDSA.tryRecover(digest, attestations[i].r, attestations[i].vs);
            uint256 validatorId = _useVote(run.owner, runId, resultHash, key);
            if (validatorId != 0) emit RunAttested(runId, validatorId, resultHash, ++count);
        }
        run.attestations = uint16(count);
        if (count < run.quorum || run.attestedAt != 0) return;

        run.attestedAt = uint40(block.timestamp);
        emit RunQuorumReached(runId, resultHash, finalAfter(runId));
    }

    /// @inheritdoc IModelFactory
    function refuseRun(bytes32 runId, RunRefusal[] calldata refusals) external {
        Run storage run = _runs[runId];
        bytes32 resultHash = _requireVoting(run, runId);
        uint256 count = run.refusals;
        for (uint256 i; i < refusals.length; ++i) {
            bytes32 digest = hashRefusal(runId, resultHash, refusals[i].report);
            (address key, , ) = ECDSA.tryRecover(digest, refusals[i].r, refusals[i].vs);
            uint256 validatorId = _useVote(run.owner, runId, resultHash, key);
            if (validatorId != 0) emit RunRefused(runId, validatorId, resultHash, refusals[i].report, ++count);
        }
        run.refusals = uint16(count);
        if (count < run.quorum) return;

        run.refused = true;
        wasRefused[runId][resultHash] = true;
        emit RunRejected(runId, resultHash);
    }

    /// @dev Marks the vote of the validator with this signing key. Returns zero when it was marked before.
    function _useVote(
        address owner,
        bytes32 runId,
        bytes32 resultHash,
        address key
    ) private returns (uint256 validatorId) {
        validatorId = VALIDATORS.validatorIdOf(key);
        Validator memory validator = VALIDATORS.validatorOf(validatorId);
        // The zero id has no units; an account's own signature, or that of an earlier key, is none of its signing key.
        require(validator.signingKey == key && validator.units != 0, ModelFactoryNotValidator(runId, key, validatorId));
        require(VALIDATORS.validatorIdOf(owner) != validatorId, ModelFactoryOwnRun(runId, validatorId));
        if (hasVoted(runId, resultHash, validatorId)) return 0;

        _voted[runId][resultHash][validatorId >> 8] |= 1 << (validatorId & 0xff);
    }

    // Fees

    /// @inheritdoc IModelFactory
    function permitOpen(uint256 amount, uint256 deadline, uint8 v, bytes32 r, bytes32 s) external {
        // Whoever saw the permit can have used it already; then the allowance is there all the same.
        try IERC20Permit(address(OPEN)).permit(msg.sender, address(this), amount, deadline, v, r, s) {} catch {}
    }

    /// @inheritdoc IModelFactory
    function payFee(bytes32 runId, uint256 amount) external nonReentrant {
        require(amount != 0, ModelFactoryZeroAmount());
        uint256 toStakers = _split(runId, msg.sender, amount);

        _receive(amount);
        if (toStakers != 0) VALIDATORS.distribute(toStakers);
    }

    /// @dev Books `amount`. Returns what is left to be handed to the stakers.
    function _split(bytes32 runId, address payer, uint256 amount) private returns (uint256 toStakers) {
        Run storage run = _requireFinal(runId);
        toStakers = Shares.partDown(amount, run.stakersBps);
        uint256 toPlatform = Shares.partDown(amount, run.platformBps);
        uint256 toOwner = Shares.partDown(amount, run.ownerBps);
        uint256 toContributors = amount - toStakers - toPlatform - toOwner;
        uint256 toParent = _parentPart(run, toOwner);
        toOwner -= toParent;

        feesOf[PLATFORM] += toPlatform;
        feesOf[run.owner] += toOwner;
        // Bounded by 5 million times the supply of OPEN.
        run.poolTotal += uint112(toContributors);
        if (toParent != 0) _runs[run.parent].poolTotal += uint112(toParent);

        emit FeePaid(runId, payer, amount, toPlatform, toOwner, toStakers, toContributors, toParent);
    }

    /// @dev A parent that was rejected, or is not Final yet, has nobody to pay; the owner keeps the part.
    function _parentPart(Run storage run, uint256 toOwner) private view returns (uint256) {
        if (run.parentBps == 0 || statusOf(run.parent) != RunStatus.Final) return 0;
        return Shares.partDown(toOwner, run.parentBps);
    }

    /// @inheritdoc IModelFactory
    function claimShares(address account, ShareProof[] calldata proofs) external nonReentrant returns (uint256 total) {
        for (uint256 i; i < proofs.length; ++i) {
            total += _payShare(account, proofs[i]);
        }
        if (total == 0) return 0;
        address payout = DATANETS.payoutOf(account);
        emit SharesClaimed(account, payout, total);

        OPEN.safeTransfer(payout, total);
    }

    function _payShare(address account, ShareProof calldata proof) private returns (uint256 amount) {
        bytes32 runId = proof.runId;
        Run storage run = _requireFinal(runId);
        bytes32 leaf = Shares.leaf(runId, proof.index, account, proof.share);
        require(
            proof.index < run.shareCount && MerkleProof.verifyCalldata(proof.path, run.attributionRoot, leaf),
            ModelFactoryInvalidProof(runId, proof.index, account, proof.share)
        );
        uint256 paid = _paid[leaf];
        amount = Shares.entitledDown(run.poolTotal, proof.share) - paid;
        if (amount == 0) return 0;
        if (paid == 0) {
            require(
                run.sharesSeen + proof.share <= WHOLE,
                ModelFactoryShareTotalExceeded(runId, run.sharesSeen, proof.share, WHOLE)
            );
            run.sharesSeen += uint32(proof.share);
        }

        _paid[leaf] = paid + amount;
        run.poolClaimed += uint112(amount);
        emit SharePaid(runId, account, proof.index, proof.share, amount);
    }

    /// @inheritdoc IModelFactory
    function claimFees(address account) external nonReentrant returns (uint256 amount) {
        amount = feesOf[account];
        if (amount == 0) return 0;

        feesOf[account] = 0;
        address payout = DATANETS.payoutOf(account);
        emit FeesClaimed(account, payout, amount);

        OPEN.safeTransfer(payout, amount);
    }

    // Vouchers

    /// @inheritdoc IModelFactory
    function deposit(address payer, uint256 amount) external nonReentrant {
        require(amount != 0, ModelFactoryZeroAmount());

        // Bounded by the supply of OPEN, 10^27.
        _deposits[payer].balance += uint96(amount);
        emit Deposited(payer, msg.sender, amount);

        _receive(amount);
    }

    /// @inheritdoc IModelFactory
    function requestWithdrawal(uint256 amount) external {
        Deposit storage held = _deposits[msg.sender];
        require(amount <= held.balance, ModelFactoryDepositTooSmall(msg.sender, held.balance, amount));

        held.leaving = uint96(amount);
        held.leavesAt = uint40(block.timestamp + WITHDRAWAL_DELAY);

        emit WithdrawalRequested(msg.sender, amount, held.leavesAt);
    }

    /// @inheritdoc IModelFactory
    function withdraw() external nonReentrant returns (uint256 amount) {
        Deposit storage held = _deposits[msg.sender];
        require(
            held.leaving != 0 && block.timestamp >= held.leavesAt,
            ModelFactoryDepositLocked(msg.sender, held.leavesAt)
        );
        amount = held.leaving < held.balance ? held.leaving : held.balance;

        held.balance -= uint96(amount);
        held.leaving = 0;
        emit DepositWithdrawn(msg.sender, amount);

        OPEN.safeTransfer(msg.sender, amount);
    }

    /// @inheritdoc IModelFactory
    function collect(
        bytes32 runId,
        address payer,
        uint256 total,
        uint256 deadline,
        bytes calldata signature
    ) external nonReentrant returns (uint256 amount) {
        require(block.timestamp <= deadline, ModelFactoryVoucherExpired(deadline, block.timestamp));
        bytes32 digest = hashVoucher(runId, payer, total, deadline);
        require(Signatures.isSignedBy(payer, digest, signature), ModelFactoryInvalidSignature(payer));
        uint256 collected = collectedOf[runId][payer];
        uint256 balance = _deposits[payer].balance;
        require(
            total > collected && balance != 0,
            ModelFactoryNothingToCollect(runId, payer, total, collected, balance)
        );
        amount = total - collected < balance ? total - collected : balance;

        collectedOf[runId][payer] = collected + amount;
        _deposits[payer].balance = uint96(balance - amount);
        emit VoucherCollected(runId, payer, total, collected + amount, amount);
        uint256 toStakers = _split(runId, payer, amount);

        if (toStakers != 0) VALIDATORS.distribute(toStakers);
    }

    // Views

    /// @inheritdoc IModelFactory
    function hashRun(address owner, RunSpec calldata spec) public view returns (bytes32) {
        return keccak256(abi.encode(block.chainid, address(this), owner, spec));
    }

    /// @inheritdoc IModelFactory
    function hashResult(RunResult calldata result) public pure returns (bytes32) {
        return keccak256(abi.encode(result));
    }

    /// @inheritdoc IModelFactory
    function hashAttestation(bytes32 runId, bytes32 resultHash) public view returns (bytes32) {
        return _hashTypedDataV4(keccak256(abi.encode(ATTESTATION_TYPEHASH, runId, resultHash)));
    }

    /// @inheritdoc IModelFactory
    function hashRefusal(bytes32 runId, bytes32 resultHash, bytes32 report) public view returns (bytes32) {
        return _hashTypedDataV4(keccak256(abi.encode(REFUSAL_TYPEHASH, runId, resultHash, report)));
    }

    /// @inheritdoc IModelFactory
    function hashVoucher(bytes32 runId, address payer, uint256 total, uint256 deadline) public view returns (bytes32) {
        return _hashTypedDataV4(keccak256(abi.encode(VOUCHER_TYPEHASH, runId, payer, total, deadline)));
    }

    /// @inheritdoc IModelFactory
    function runOf(bytes32 runId) external view returns (Run memory) {
        return _runs[runId];
    }

    /// @inheritdoc IModelFactory
    function statusOf(bytes32 runId) public view returns (RunStatus) {
        Run storage run = _runs[runId];
        if (run.owner == address(0)) return RunStatus.Unknown;
        if (run.refused) return RunStatus.Rejected;
        if (run.resultHash == 0) return RunStatus.Opened;
        if (run.attestedAt == 0) return RunStatus.Anchored;
        return block.timestamp > finalAfter(runId) ? RunStatus.Final : RunStatus.Attested;
    }

    /// @inheritdoc IModelFactory
    function finalAfter(bytes32 runId) public view returns (uint256) {
        Run storage run = _runs[runId];
        return run.attestedAt == 0 ? 0 : uint256(run.attestedAt) + run.challengeWindow;
    }

    /// @inheritdoc IModelFactory
    function hasVoted(bytes32 runId, bytes32 resultHash, uint256 validatorId) public view returns (bool) {
        return _voted[runId][resultHash][validatorId >> 8] & (1 << (validatorId & 0xff)) != 0;
    }

    /// @inheritdoc IModelFactory
    function paidOf(bytes32 runId, uint256 index, address account, uint256 share) external view returns (uint256) {
        return _paid[Shares.leaf(runId, index, account, share)];
    }

    /// @inheritdoc IModelFactory
    function claimableOf(bytes32 runId, uint256 index, address account, uint256 share) external view returns (uint256) {
        return Shares.entitledDown(_runs[runId].poolTotal, share) - _paid[Shares.leaf(runId, index, account, share)];
    }

    /// @inheritdoc IModelFactory
    function depositOf(address payer) external view returns (Deposit memory) {
        return _deposits[payer];
    }

    // Internals

    function _requireVoting(Run storage run, bytes32 runId) private view returns (bytes32 resultHash) {
        RunStatus status = statusOf(runId);
        require(
            status == RunStatus.Anchored || status == RunStatus.Attested,
            ModelFactoryUnexpectedStatus(runId, status)
        );
        resultHash = run.resultHash;
    }

    function _requireFinal(bytes32 runId) private view returns (Run storage run) {
        RunStatus status = statusOf(runId);
        require(status == RunStatus.Final, ModelFactoryUnexpectedStatus(runId, status));
        run = _runs[runId];
    }

    function _receive(uint256 amount) private {
        uint256 before = OPEN.balanceOf(address(this));
        OPEN.safeTransferFrom(msg.sender, address(this), amount);
        uint256 received = OPEN.balanceOf(address(this)) - before;
        require(received == amount, ModelFactoryTransferMismatch(amount, received));
    }
}
