// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {RunStatus} from "../types/RunStatus.sol";
import {IDatanets} from "./IDatanets.sol";
import {IValidators} from "./IValidators.sol";

/// @notice All that fixes a run before it trains. Its hash, with its owner's address, is the run's id.
/// @param baseModel Hash of the base model's name.
/// @param revision Hash of the base model's revision.
/// @param dataset sha-256 digest in the CID of the list of accepted contributions used.
/// @param config Digest of the training configuration.
/// @param code Version of the trainer's code.
/// @param seed Of every random choice in training.
/// @param parent The run this one refines, zero for none.
/// @param platformBps Part of every fee for the platform, in basis points.
/// @param ownerBps Part of every fee for the run's owner.
/// @param stakersBps Part of every fee for those who stake as validators.
/// @param contributorsBps Part of every fee for the contributors. The four add up to one whole.
/// @param parentBps Part of the owner's part that goes to the parent's contributors.
/// @param quorum Attestations that make the result attested, and refusals that make it rejected.
/// @param challengeWindow Seconds between the quorum of attestations and Final.
struct RunSpec {
    bytes32 baseModel;
    bytes32 revision;
    bytes32 dataset;
    bytes32 config;
    bytes32 code;
    uint256 seed;
    bytes32 parent;
    uint16 platformBps;
    uint16 ownerBps;
    uint16 stakersBps;
    uint16 contributorsBps;
    uint16 parentBps;
    uint8 quorum;
    uint24 challengeWindow;
}

/// @notice What a run ended in. Validators sign its hash.
/// @param adapter Digest of the trained weights.
/// @param metrics Digest of the metrics.
/// @param attributionRoot Root of the tree of shares, see {Shares-leaf}.
/// @param attribution sha-256 digest in the CID of the scores per contribution.
/// @param shareCount Leaves in the tree.
struct RunResult {
    bytes32 adapter;
    bytes32 metrics;
    bytes32 attributionRoot;
    bytes32 attribution;
    uint256 shareCount;
}

/// @notice What the chain keeps of a run. Six slots.
/// @param owner Who opened it.
/// @param refused Whether its present result was refused.
/// @param resultHash Hash of its present {RunResult}, zero before anchoring.
/// @param attestedAt When the quorum was reached, zero before.
/// @param attestations Of the present result.
/// @param refusals Of the present result.
/// @param poolTotal OPEN that ever came in for its contributors, in wei.
/// @param poolClaimed OPEN of it paid out.
/// @param sharesSeen Sum of the shares that were ever paid.
struct Run {
    address owner;
    uint16 platformBps;
    uint16 ownerBps;
    uint16 stakersBps;
    uint16 parentBps;
    uint8 quorum;
    bool refused;
    bytes32 parent;
    bytes32 resultHash;
    bytes32 attributionRoot;
    uint40 openedBlock;
    uint40 attestedAt;
    uint24 challengeWindow;
    uint16 attestations;
    uint16 refusals;
    uint32 shareCount;
    uint112 poolTotal;
    uint112 poolClaimed;
    uint32 sharesSeen;
}

/// @notice A validator's EIP-2098 signature of `RunAttestation(bytes32 runId,bytes32 resultHash)`.
struct RunAttestation {
    bytes32 r;
    bytes32 vs;
}

/// @notice A validator's EIP-2098 signature of `RunRefusal(bytes32 runId,bytes32 resultHash,bytes32 report)`.
/// @param report sha-256 digest in the CID of the reasons.
struct RunRefusal {
    bytes32 report;
    bytes32 r;
    bytes32 vs;
}

/// @notice A leaf of a run's attribution tree and its path.
/// @param index Position among the leaves.
/// @param share Integer part of {IModelFactory-SHARE_TOTAL}.
struct ShareProof {
    bytes32 runId;
    uint256 index;
    uint256 share;
    bytes32[] path;
}

/// @notice OPEN a payer put down for vouchers.
/// @param balance Wei that vouchers can still collect.
/// @param leaving Wei of it announced to be withdrawn.
/// @param leavesAt When they can be.
struct Deposit {
    uint96 balance;
    uint96 leaving;
    uint40 leavesAt;
}

/// @title IModelFactory
/// @notice Training runs: opened before they train, anchored after, attested by validators, paid by use.
///
/// RUNS. The id of a run is the hash of its {RunSpec} and owner, so nothing of it can be changed or claimed afterwards.
/// Refinement is a chain of parents. A result is anchored by the owner alone and once, or again after a refusal with
/// another result.
///
/// VOTES. Validators recompute what they can (every contribution used was accepted, the shares follow from the scores and
/// add up to {SHARE_TOTAL}, the adapter's hash) and sign the result's hash. One validator with stake has one vote on a
/// result, for it or against it; the owner's own validator has none. A quorum for it makes the run Attested, and Final
/// after its challenge window; as many refusals before that make it Rejected.
///
/// FEES. Only Final runs take fees. Each is split when it is paid; every part is rounded down and what is left over goes
/// to the contributors. Owner and platform collect theirs, stakers through {IValidators-distribute}, contributors by proof
/// of their share.
///
/// SHARES. A leaf is entitled to its share of all that ever came into the pool, less what it was paid. The shares paid are
/// summed per run and never exceed one whole: a tree that promises more than there is cannot take from another run, nor
/// more than its own pool. That they add up is for the attesters to check.
///
/// VOUCHERS. A payer puts down a deposit and signs, per run, the total it owes so far. Each new voucher replaces all
/// before it, so any number of uses costs one transaction. A deposit leaves after a delay, in which vouchers handed out can
/// still be collected.
///
/// Assumptions: those of {IDatanets}. Validators are counted by head, not by stake: see docs/security.md.
interface IModelFactory {
    /// @notice A run was opened.
    event RunOpened(bytes32 indexed runId, address indexed owner, bytes32 indexed parent, RunSpec spec);
    /// @notice A run's result was anchored.
    event RunAnchored(bytes32 indexed runId, bytes32 resultHash, RunResult result);
    /// @notice A validator attested the run's present result.
    event RunAttested(bytes32 indexed runId, uint256 indexed validatorId, bytes32 resultHash, uint256 attestations);
    /// @notice A validator refused the run's present result.
    event RunRefused(
        bytes32 indexed runId,
        uint256 indexed validatorId,
        bytes32 resultHash,
        bytes32 report,
        uint256 refusals
    );
    /// @notice A quorum attested: unless refused, the run is Final after `finalAfter`.
    event RunQuorumReached(bytes32 indexed runId, bytes32 resultHash, uint256 finalAfter);
    /// @notice A quorum refused: the owner may anchor another result.
    event RunRejected(bytes32 indexed runId, bytes32 resultHash);
    /// @notice A fee was paid and split, in wei. `toParent` went to the parent's contributors.
    event FeePaid(
        bytes32 indexed runId,
        address indexed payer,
        uint256 amount,
        uint256 toPlatform,
        uint256 toOwner,
        uint256 toStakers,
        uint256 toContributors,
        uint256 toParent
    );
    /// @notice A share was paid `amount` wei.
    event SharePaid(bytes32 indexed runId, address indexed account, uint256 index, uint256 share, uint256 amount);
    /// @notice `total` wei of shares left for `payout`.
    event SharesClaimed(address indexed account, address indexed payout, uint256 total);
    /// @notice Fees of an owner or the platform left for `payout`.
    event FeesClaimed(address indexed account, address indexed payout, uint256 amount);
    /// @notice A payer put down OPEN for vouchers.
    event Deposited(address indexed payer, address indexed from, uint256 amount);
    /// @notice A payer announced to withdraw `amount` wei at `leavesAt`.
    event WithdrawalRequested(address indexed payer, uint256 amount, uint256 leavesAt);
    /// @notice A payer withdrew.
    event DepositWithdrawn(address indexed payer, uint256 amount);
    /// @notice A voucher was collected: `collected` of its `total` so far, `amount` wei of it now.
    event VoucherCollected(
        bytes32 indexed runId,
        address indexed payer,
        uint256 total,
        uint256 collected,
        uint256 amount
    );

    /// @notice Thrown when the platform is the zero address.
    error ModelFactoryZeroPlatform();
    /// @notice Thrown when a digest is missing. `field` is its name.
    error ModelFactoryZeroDigest(string field);
    /// @notice Thrown when a figure lies outside its bounds. `field` is its name.
    error ModelFactoryOutOfBounds(string field, uint256 value, uint256 min, uint256 max);
    /// @notice Thrown when the same owner opened the same specification before.
    error ModelFactoryRunExists(bytes32 runId);
    /// @notice Thrown when a parent has no result to refine.
    error ModelFactoryParentNotAnchored(bytes32 parent, RunStatus status);
    /// @notice Thrown when another than the run's owner anchors.
    error ModelFactoryNotOwner(bytes32 runId, address caller, address owner);
    /// @notice Thrown when the run's status does not allow the call.
    error ModelFactoryUnexpectedStatus(bytes32 runId, RunStatus status);
    /// @notice Thrown when a run is anchored in the block that opened it.
    error ModelFactoryOpenedInThisBlock(bytes32 runId, uint256 openedBlock);
    /// @notice Thrown when a refused result is anchored again.
    error ModelFactoryResultRefused(bytes32 runId, bytes32 resultHash);
    /// @notice Thrown when a vote was not signed by the signing key of a validator with stake. `recovered` is the key the
    /// signature gives for the run's present result.
    error ModelFactoryNotValidator(bytes32 runId, address recovered, uint256 validatorId);
    /// @notice Thrown when the owner's validator votes on its own run.
    error ModelFactoryOwnRun(bytes32 runId, uint256 validatorId);
    /// @notice Thrown when a fee is zero.
    error ModelFactoryZeroAmount();
    /// @notice Thrown when a share's proof does not lead to the run's attribution root.
    error ModelFactoryInvalidProof(bytes32 runId, uint256 index, address account, uint256 share);
    /// @notice Thrown when a run's shares add up to more than one whole. Those paid before stay paid.
    error ModelFactoryShareTotalExceeded(bytes32 runId, uint256 seen, uint256 share, uint256 total);
    /// @notice Thrown when a voucher is used after its deadline.
    error ModelFactoryVoucherExpired(uint256 deadline, uint256 timestamp);
    /// @notice Thrown when a voucher was not signed by its payer.
    error ModelFactoryInvalidSignature(address payer);
    /// @notice Thrown when a voucher brings nothing: its total is collected, or the deposit is empty.
    error ModelFactoryNothingToCollect(bytes32 runId, address payer, uint256 total, uint256 collected, uint256 balance);
    /// @notice Thrown when more is asked of a deposit than it holds.
    error ModelFactoryDepositTooSmall(address payer, uint256 balance, uint256 asked);
    /// @notice Thrown when a deposit is withdrawn before its delay is over, or without a request.
    error ModelFactoryDepositLocked(address payer, uint256 leavesAt);
    /// @notice Thrown when OPEN moved another amount than asked.
    error ModelFactoryTransferMismatch(uint256 expected, uint256 received);

    /// @notice The token fees are paid in.
    function OPEN() external view returns (IERC20);
    /// @notice Tells where an account is paid.
    function DATANETS() external view returns (IDatanets);
    /// @notice Who votes, and who shares the stakers' part.
    function VALIDATORS() external view returns (IValidators);
    /// @notice Who collects the platform's part.
    function PLATFORM() external view returns (address);
    /// @notice One whole: the shares of a run add up to it.
    function SHARE_TOTAL() external view returns (uint256);
    /// @notice Seconds between announcing a withdrawal and making it.
    function WITHDRAWAL_DELAY() external view returns (uint256);

    /// @notice Uses an EIP-2612 permit of the caller, so that a fee needs no transaction of its own to approve it.
    /// @dev Never reverts. Meant for {Multicall-multicall}.
    function permitOpen(uint256 amount, uint256 deadline, uint8 v, bytes32 r, bytes32 s) external;

    /// @notice Opens a run of the caller. To be called before training starts.
    ///
    /// Requirements:
    /// - base model, dataset and configuration must be given, and every figure lie within its bounds.
    /// - a parent must have an anchored result that is not refused.
    ///
    /// @return runId {hashRun} of the caller and `spec`.
    function openRun(RunSpec calldata spec) external returns (bytes32 runId);

    /// @notice Anchors the result of the caller's run, in a later block than it was opened in. A rejected run may be
    /// anchored again, with a result that was not refused before.
    function anchorRun(bytes32 runId, RunResult calldata result) external;

    /// @notice Counts attestations of the run's present result. Anyone can call; votes counted before are passed over, so
    /// sending a part first cannot make the rest fail.
    function attestRun(bytes32 runId, RunAttestation[] calldata attestations) external;

    /// @notice Counts refusals of the run's present result, as {attestRun} does. Possible until the run is Final.
    function refuseRun(bytes32 runId, RunRefusal[] calldata refusals) external;

    /// @notice Pays `amount` wei of the caller's OPEN for using a Final run.
    function payFee(bytes32 runId, uint256 amount) external;

    /// @notice Sends what the shares of `account` are entitled to and were not paid, to its payout address. Anyone can
    /// call; a share with nothing to pay is passed over.
    /// @param account Whose shares.
    /// @param proofs One per leaf, of any number of Final runs.
    /// @return total Wei sent.
    function claimShares(address account, ShareProof[] calldata proofs) external returns (uint256 total);

    /// @notice Sends the owner's or platform's parts that `account` collected, to its payout address. Anyone can call.
    /// @return amount Wei sent; zero when nothing is owed.
    function claimFees(address account) external returns (uint256 amount);

    /// @notice Puts `amount` wei of the caller's OPEN down for the vouchers of `payer`.
    function deposit(address payer, uint256 amount) external;

    /// @notice Announces to withdraw `amount` wei of the caller's deposit. A second call replaces the first; zero cancels.
    /// @dev Warning: what is announced can still be collected until it is withdrawn.
    function requestWithdrawal(uint256 amount) external;

    /// @notice Withdraws what was announced, or what vouchers left of it, to the caller.
    function withdraw() external returns (uint256 amount);

    /// @notice Pays the difference between a voucher's total and what was collected for the run and payer so far, as a fee,
    /// as far as the payer's deposit reaches. Anyone can call.
    /// @param runId The run used. Must be Final.
    /// @param payer Who signed EIP-712 `Voucher(bytes32 runId,address payer,uint256 total,uint256 deadline)`.
    /// @param total Wei owed for the run since the beginning.
    /// @param deadline Until when it can be collected.
    /// @param signature Of an account, or of a contract by ERC-1271.
    /// @return amount Wei collected now.
    function collect(
        bytes32 runId,
        address payer,
        uint256 total,
        uint256 deadline,
        bytes calldata signature
    ) external returns (uint256 amount);

    /// @notice The id of the run that `owner` opens with `spec`.
    function hashRun(address owner, RunSpec calldata spec) external view returns (bytes32);

    /// @notice What {runOf} holds as hash of this result.
    function hashResult(RunResult calldata result) external pure returns (bytes32);

    /// @notice The EIP-712 digest a validator signs to attest.
    function hashAttestation(bytes32 runId, bytes32 resultHash) external view returns (bytes32);

    /// @notice The EIP-712 digest a validator signs to refuse.
    function hashRefusal(bytes32 runId, bytes32 resultHash, bytes32 report) external view returns (bytes32);

    /// @notice The EIP-712 digest a payer signs.
    function hashVoucher(bytes32 runId, address payer, uint256 total, uint256 deadline) external view returns (bytes32);

    /// @notice The run; all zero when unknown.
    function runOf(bytes32 runId) external view returns (Run memory);

    /// @notice Where the run stands now.
    function statusOf(bytes32 runId) external view returns (RunStatus);

    /// @notice When an Attested run becomes Final; zero before.
    function finalAfter(bytes32 runId) external view returns (uint256);

    /// @notice Whether a validator voted on a result.
    function hasVoted(bytes32 runId, bytes32 resultHash, uint256 validatorId) external view returns (bool);

    /// @notice Whether a result of the run was refused by a quorum.
    function wasRefused(bytes32 runId, bytes32 resultHash) external view returns (bool);

    /// @notice Wei paid to a leaf of a run's attribution tree.
    function paidOf(bytes32 runId, uint256 index, address account, uint256 share) external view returns (uint256);

    /// @notice Wei that {claimShares} would pay for one leaf, without looking at a proof.
    function claimableOf(bytes32 runId, uint256 index, address account, uint256 share) external view returns (uint256);

    /// @notice Wei of fees owed to an owner or the platform.
    function feesOf(address account) external view returns (uint256);

    /// @notice What a payer put down.
    function depositOf(address payer) external view returns (Deposit memory);

    /// @notice Wei collected by vouchers of `payer` for the run.
    function collectedOf(bytes32 runId, address payer) external view returns (uint256);
}
