// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Entry} from "../types/Entry.sol";
import {LotId} from "../types/LotId.sol";
import {Seats} from "../types/Seats.sol";
import {IAdmission} from "./IAdmission.sol";
import {IAppeals} from "./IAppeals.sol";
import {IValidators} from "./IValidators.sol";

/// @notice What a Datanet holds. Fixed for ever when it is created.
enum Modality {
    Text,
    Image,
    Audio
}

/// @notice Where a lot that no longer takes submissions stands. *Warm* states can change: Closed by votes or by time,
/// Settled and Appealed by a proof, an appeal or accrual. *Cold* states never change: Accrued, Lapsed.
/// @dev Forbidden: anything → Closed; Accrued or Lapsed → anything; Settled → Lapsed.
enum LotStatus {
    Closed,
    Settled,
    Appealed,
    Accrued,
    Lapsed
}

/// @notice The terms of a Datanet, fixed for ever when it is created. Three slots, by who reads them.
/// @param rewardPerFile OPEN an accepted contribution earns, in wei.
/// @param lotWindow Seconds after which a lot that is not full may be closed.
/// @param challengeWindow Seconds a result can be challenged, counted from settling.
/// @param formats Bitmap of the formats taken, all of one modality. See {Formats}.
/// @param fileCap Most contributions the Datanet holds, accepted and pending.
/// @param dailyKilobytes Kilobytes (1000 bytes) one contributor may enter here per UTC day, besides the limit over all
/// Datanets.
/// @param seatCount Most validators seated for a lot, 1 to 15.
/// @param gated Whether `admission` is set; the contract fills it in.
/// @param lotFee OPEN the validators of a lot share, in wei.
/// @param voteWindow Seconds validators have to attest, counted from closing.
/// @param quorum Fewest attestations that settle a lot.
/// @param acceptBps Part of the attestations, in basis points, that accepts or rejects an item. Above one half.
/// @param appealBondFees OPEN an appeal puts at stake, as a multiple of `lotFee`.
/// @param admission The gate before entry, or the zero address for none.
struct Terms {
    // Slot 0: entry, closing, accrual.
    uint80 rewardPerFile;
    uint24 lotWindow;
    uint24 challengeWindow;
    uint16 formats;
    uint32 fileCap;
    uint16 dailyKilobytes;
    uint8 seatCount;
    bool gated;
    // Slot 1: opening a lot, settling, appeals.
    uint80 lotFee;
    uint24 voteWindow;
    uint8 quorum;
    uint16 acceptBps;
    uint16 appealBondFees;
    // Slot 2: entry through a gate.
    IAdmission admission;
}

/// @notice The moving figures of a Datanet. One slot, written by entries only: closing a lot leaves it as it is, since
/// what allows a lot to be closed also makes the next entry open another.
/// @param budget OPEN that is neither reserved for pending contributions nor owed, in wei.
/// @param fileCount Contributions accepted or pending.
/// @param lotNumber Number of the lot that took the last submission.
/// @param openCount Items in that lot.
/// @param openedAt When that lot took its first submission.
struct Book {
    uint96 budget;
    uint32 fileCount;
    uint32 lotNumber;
    uint16 openCount;
    uint40 openedAt;
}

/// @notice What an account entered on one UTC day, over all Datanets. One slot.
/// @param day Days since 1970-01-01 UTC of the last entry.
struct DayUsage {
    uint32 day;
    uint16 files;
    uint32 bytesUsed;
}

/// @notice An account within a Datanet. One slot.
/// @param balance OPEN accrued and not yet claimed, in wei.
/// @param score Accepted contributions accrued. Never decreases.
/// @param scoredAt When `score` was reached: the earlier of two equal scores ranks first.
/// @param day Day of `bytesUsed`; both stay zero where the Datanet's own daily limit cannot bind.
struct Account {
    uint96 balance;
    uint32 score;
    uint40 scoredAt;
    uint32 day;
    uint32 bytesUsed;
}

/// @notice One submission as callers pass it back: what the lot's digest chain is made of.
/// @param entry See {Entry}.
/// @param content Hash of root and manifest list digest, see {Leaves}.
struct Submission {
    Entry entry;
    bytes32 content;
}

/// @notice One contribution as its leaf commits to it.
/// @param index Position within the submission.
/// @param contentHash sha-256 of the file.
/// @param size Bytes of the file.
/// @param format Format code, see {Formats}.
/// @param manifestDigest sha-256 digest in the manifest's CID.
struct Contribution {
    uint256 index;
    bytes32 contentHash;
    uint256 size;
    uint256 format;
    bytes32 manifestDigest;
}

/// @notice A proof that a contribution is part of a lot.
/// @param submission Position of its submission in the lot's list.
/// @param root Root of the submission's tree.
/// @param manifests Digest of the submission's manifest list.
/// @param contribution The contribution itself.
/// @param path Merkle path from its leaf to `root`.
struct ItemProof {
    uint256 submission;
    bytes32 root;
    bytes32 manifests;
    Contribution contribution;
    bytes32[] path;
}

/// @notice The state of a lot after closing. The chain keeps its hash in one slot; callers pass it back, as they would a
/// pool key. Every event that changes it carries the new state.
/// @param id Which lot.
/// @param digest End of the chain over its submissions: what attestations sign.
/// @param itemCount Contributions in the lot, 1 to 256.
/// @param seats Validators seated.
/// @param closedAt When it closed.
/// @param settledAt When its result was found, zero before.
/// @param status Where it stands.
/// @param accepted Items accepted, one bit each.
/// @param undecided Items neither accepted nor rejected, one bit each.
/// @param revoked Items that were accepted and proven to repeat earlier ones, one bit each.
struct Lot {
    LotId id;
    bytes32 digest;
    uint256 itemCount;
    Seats seats;
    uint256 closedAt;
    uint256 settledAt;
    LotStatus status;
    uint256 accepted;
    uint256 undecided;
    uint256 revoked;
}

/// @notice A validator's votes on a lot, signed as EIP-712 `LotAttestation(bytes32 lot,uint256 accepted,uint256
/// rejected,bytes32 report)` by its signing key.
/// @dev Neither bit set abstains. The signature is EIP-2098's compact form of a 65-byte one.
/// @param accepted Items voted for.
/// @param rejected Items voted against. Disjoint from `accepted`.
/// @param report sha-256 digest in the CID of the reasons.
struct Attestation {
    uint256 accepted;
    uint256 rejected;
    bytes32 report;
    bytes32 r;
    bytes32 vs;
}

/// @title IDatanets
/// @notice Pools of data: contributors enter files, validators vote on them, accepted files earn OPEN.
///
/// FUNDS. Every OPEN here is in exactly one place: a Datanet's budget, the reservation of a pending lot, an account's
/// balance, or a validator's earnings. A reservation is made at entry, so an accepted file is always paid. Nobody can
/// withdraw a budget, pause a claim or change terms; there is no owner.
///
/// LOTS. Contributions are voted on in lots of up to 256. A submission never straddles two lots. A lot is one slot: while
/// it takes submissions the digest of their chain, afterwards the hash of its {Lot} state.
///
/// Assumptions:
/// - OPEN is a plain ERC-20: a transfer moves exactly the amount asked, without hooks. {fund} refuses anything else.
/// - The hash of the block of a lot's last submission cannot be chosen by its contributors. Its builder can; see
///   docs/security.md.
///
/// Liveness:
/// - A lot always ends: settled by a quorum, or lapsed by anyone afterwards.
/// - {accrue} and {claim} call no contract but OPEN, and no account's state can make another's call fail.
interface IDatanets {
    /// @notice A Datanet was created.
    event DatanetCreated(
        uint256 indexed datanetId,
        address indexed creator,
        Modality modality,
        Terms terms,
        bytes32 rules
    );

    /// @notice `amount` wei of OPEN were added to the budget.
    event Funded(uint256 indexed datanetId, address indexed funder, uint256 amount);

    /// @notice Contributions were entered. `entry` unpacks to contributor, position, count, bytes, formats and block.
    event Submitted(LotId indexed lot, address indexed contributor, Entry entry, bytes32 root, bytes32 manifests);

    /// @notice A lot stopped taking submissions and its validators were seated. Emitted with its whole state.
    event LotClosed(LotId indexed lot, bytes32 digest, uint256 itemCount, Seats seats, uint256 closedAt);

    /// @notice A validator put its attestation on chain itself, so that no settlement can leave it out.
    event AttestationPosted(
        LotId indexed lot,
        uint256 indexed validatorId,
        uint256 accepted,
        uint256 rejected,
        bytes32 report
    );

    /// @notice A lot's votes were tallied. `seatsVoted` has bit i set for seat i; `votes` holds accepted, rejected and
    /// report of each of them in order, `pay` what each earned in wei.
    event LotSettled(
        LotId indexed lot,
        uint256 accepted,
        uint256 undecided,
        uint256 settledAt,
        uint256 seatsVoted,
        bytes32[3][] votes,
        uint256[] pay
    );

    /// @notice A lot found no quorum in time. Its reservation went back to the budget.
    event LotLapsed(LotId indexed lot, uint256 released);

    /// @notice An accepted item was proven to repeat an earlier one; `prover` received its `reward`.
    event DuplicateRevoked(
        LotId indexed lot,
        uint256 index,
        LotId earlierLot,
        uint256 earlierIndex,
        address indexed prover,
        uint256 reward
    );

    /// @notice A result is being voted on again.
    event LotAppealed(LotId indexed lot);

    /// @notice An appeal ended with this result. `pay` is what each validator of `paid` earned from the budget, in wei;
    /// empty when nothing changed or the budget was too small.
    event LotAppealClosed(LotId indexed lot, uint256 accepted, uint256 undecided, Seats paid, uint256[] pay);

    /// @notice `count` accepted contributions of a submission were paid `amount` wei to the contributor's balance.
    event Accrued(LotId indexed lot, address indexed contributor, uint256 first, uint256 count, uint256 amount);

    /// @notice A lot's accepted contributions were all paid; `released` wei went back to the budget.
    event LotAccrued(LotId indexed lot, uint256 accepted, uint256 released);

    /// @notice `total` wei left for `payout`: `amounts[i]` of it from the account's balance in `datanetIds[i]`.
    event Claimed(
        address indexed account,
        address indexed payout,
        uint256 total,
        uint256[] datanetIds,
        uint256[] amounts
    );

    /// @notice `account` is paid at `payout` from now on.
    event PayoutSet(address indexed account, address indexed payout);

    /// @notice A nonce of `account` was used or given up.
    event NonceUsed(address indexed account, uint256 nonce);

    /// @notice Thrown when no Datanet has this id.
    error DatanetsUnknownDatanet(uint256 datanetId);
    /// @notice Thrown when a term lies outside its bounds. `term` is the field's name.
    error DatanetsTermOutOfBounds(string term, uint256 value, uint256 min, uint256 max);
    /// @notice Thrown when a submission has no file or more than fit a lot.
    error DatanetsCountOutOfBounds(uint256 count, uint256 max);
    /// @notice Thrown when files have no bytes, or fewer bytes than files.
    error DatanetsEmptyFiles(uint256 count, uint256 totalBytes);
    /// @notice Thrown when the root or the digest of the manifest list is zero.
    error DatanetsZeroCommitment(bytes32 root, bytes32 manifests);
    /// @notice Thrown when a format belongs to another modality than the Datanet's.
    error DatanetsWrongModality(uint256 datanetId, Modality modality, uint256 formats);
    /// @notice Thrown when a format of the right modality is not among those the Datanet takes.
    error DatanetsFormatNotAllowed(uint256 datanetId, uint256 allowed, uint256 formats);
    /// @notice Thrown when the contributor's files of this UTC day, over all Datanets, would exceed the limit.
    error DatanetsDailyFilesExceeded(address contributor, uint256 limit, uint256 used, uint256 asked);
    /// @notice Thrown when the contributor's bytes of this UTC day, over all Datanets, would exceed the limit.
    error DatanetsDailyBytesExceeded(address contributor, uint256 limit, uint256 used, uint256 asked);
    /// @notice Thrown when the contributor's bytes of this UTC day in this Datanet would exceed its limit.
    error DatanetsDatanetBytesExceeded(
        uint256 datanetId,
        address contributor,
        uint256 limit,
        uint256 used,
        uint256 asked
    );
    /// @notice Thrown when the Datanet would hold more contributions than its cap.
    error DatanetsFileCapExceeded(uint256 datanetId, uint256 limit, uint256 used, uint256 asked);
    /// @notice Thrown when the budget cannot reserve the reward of every file and the lot's fee.
    error DatanetsBudgetTooSmall(uint256 datanetId, uint256 budget, uint256 required);
    /// @notice Thrown when the Datanet's gate refuses.
    error DatanetsNotAdmitted(uint256 datanetId, address contributor, address gate);
    /// @notice Thrown when OPEN moved another amount than asked.
    error DatanetsTransferMismatch(uint256 expected, uint256 received);
    /// @notice Thrown when a lot that can still take submissions is closed. `closableAt` is zero for an empty lot.
    error DatanetsLotOpen(LotId lot, uint256 itemCount, uint256 closableAt);
    /// @notice Thrown when a lot is closed in the block of its last submission, whose randomness is already known.
    error DatanetsRandomnessNotReady(LotId lot, uint256 enteredBlock);
    /// @notice Thrown when the submissions passed back are not those of the lot.
    error DatanetsSubmissionsMismatch(LotId lot, bytes32 expected, bytes32 given);
    /// @notice Thrown when the state passed back is not the lot's present one: it was settled, accrued, appealed or
    /// lapsed since, or never existed.
    error DatanetsLotMismatch(LotId lot, bytes32 expected, bytes32 given);
    /// @notice Thrown when the lot's status does not allow the call.
    error DatanetsUnexpectedStatus(LotId lot, LotStatus status, LotStatus expected);
    /// @notice Thrown when fewer attestations are given than settle a lot.
    error DatanetsQuorumNotReached(LotId lot, uint256 attestations, uint256 quorum);
    /// @notice Thrown when the seats named and the attestations given differ in number, or a seat does not exist.
    error DatanetsSeatsMismatch(LotId lot, uint256 seatsVoted, uint256 attestations, uint256 seatCount);
    /// @notice Thrown when seats are missing while they may still vote.
    error DatanetsVoteWindowOpen(LotId lot, uint256 endsAt);
    /// @notice Thrown when an attestation is posted, or a lot settled, after its time.
    error DatanetsVoteWindowOver(LotId lot, uint256 endedAt);
    /// @notice Thrown when a settlement leaves out an attestation that its validator posted.
    error DatanetsPostedLeftOut(LotId lot, uint256 posted, uint256 seatsVoted);
    /// @notice Thrown when a posted attestation differs from the one given.
    error DatanetsPostedMismatch(LotId lot, uint256 seat, bytes32 expected, bytes32 given);
    /// @notice Thrown when a seat's attestation is already posted.
    error DatanetsAlreadyPosted(LotId lot, uint256 seat);
    /// @notice Thrown when an attestation was not signed by the key of the validator in the seat.
    error DatanetsWrongSigner(LotId lot, uint256 seat, address expected, address recovered);
    /// @notice Thrown when an attestation accepts and rejects the same items.
    error DatanetsContradiction(LotId lot, uint256 seat, uint256 both);
    /// @notice Thrown when an attestation votes on items the lot does not have.
    error DatanetsVotesOutOfRange(LotId lot, uint256 seat, uint256 itemCount);
    /// @notice Thrown when the result can still be challenged.
    error DatanetsChallengeWindowOpen(LotId lot, uint256 endsAt);
    /// @notice Thrown when the result can no longer be challenged.
    error DatanetsChallengeWindowOver(LotId lot, uint256 endedAt);
    /// @notice Thrown when an item is not accepted, so it has nothing to revoke or to repeat.
    error DatanetsNotAccepted(LotId lot, uint256 index);
    /// @notice Thrown when an item proof does not lead to the lot.
    error DatanetsInvalidProof(LotId lot, uint256 submission);
    /// @notice Thrown when the two items do not repeat one content hash in order within one Datanet.
    error DatanetsNotDuplicate(LotId lot, uint256 index, LotId earlierLot, uint256 earlierIndex);
    /// @notice Thrown when a signature is used after its deadline.
    error DatanetsSignatureExpired(uint256 deadline, uint256 timestamp);
    /// @notice Thrown when a signature is not the account's.
    error DatanetsInvalidSignature(address account);
    /// @notice Thrown when a nonce was used before.
    error DatanetsNonceUsed(address account, uint256 nonce);
    /// @notice Thrown when another account than the one entitled calls.
    error DatanetsUnauthorized(address caller, address expected);

    /// @notice The token everything is paid in.
    function OPEN() external view returns (IERC20);

    /// @notice The validators who are seated here.
    function VALIDATORS() external view returns (IValidators);

    /// @notice The contract that may reopen a result, see {IAppeals}.
    function APPEALS() external view returns (IAppeals);

    /// @notice Creates a Datanet. Anyone can.
    ///
    /// Requirements:
    /// - every term must lie within its bounds, and all formats within one modality.
    ///
    /// @dev Warning: terms and rules cannot be changed, and nobody has rights over the Datanet afterwards.
    /// @param terms See {Terms}.
    /// @param rules sha-256 digest in the CID of the rules document, which validators apply.
    /// @return datanetId Ids count from 1.
    function createDatanet(Terms calldata terms, bytes32 rules) external returns (uint256 datanetId);

    /// @notice Adds `amount` wei of the caller's OPEN to the budget of `datanetId`.
    /// @dev Warning: a budget only ever leaves as rewards and fees.
    function fund(uint256 datanetId, uint256 amount) external;

    /// @notice Lets this contract spend the caller's OPEN by signature, for one transaction with {multicall}.
    /// @dev Does not revert when the permit was used already: what follows fails if the allowance is missing.
    function permitOpen(uint256 amount, uint256 deadline, uint8 v, bytes32 r, bytes32 s) external;

    /// @notice Enters `count` files of the caller at the end of the Datanet's open lot.
    ///
    /// Notes:
    /// - the reward of `count` files, and the fee of a lot that this opens, are reserved from the budget.
    /// - quotas are used for good: a rejection does not give them back, and costs nothing else.
    ///
    /// Requirements:
    /// - the limits of {Terms} and of the UTC day must hold after the entry; otherwise nothing of it happens.
    ///
    /// @param datanetId Where to.
    /// @param root Root of the standard Merkle tree over the leaves of {Contribution}.
    /// @param count Number of leaves.
    /// @param totalBytes Bytes of all files.
    /// @param formats Bitmap of the formats used.
    /// @param manifests sha-256 digest in the CID of the dag-json list of manifests.
    /// @param admission What the gate asks for; empty where there is none.
    /// @return lot Where the files are voted on.
    /// @return first Position of the first of them.
    function submit(
        uint256 datanetId,
        bytes32 root,
        uint256 count,
        uint256 totalBytes,
        uint256 formats,
        bytes32 manifests,
        bytes calldata admission
    ) external returns (LotId lot, uint256 first);

    /// @notice As {submit}, for a contributor who signed EIP-712 `Submit(address contributor,uint256 datanetId,bytes32
    /// root,uint256 count,uint256 totalBytes,uint256 formats,bytes32 manifests,uint256 nonce,uint256 deadline)`.
    /// @dev The signature is tried as the account's own first, then by ERC-1271, so a delegated account can use both.
    function submitFor(
        address contributor,
        uint256 datanetId,
        bytes32 root,
        uint256 count,
        uint256 totalBytes,
        uint256 formats,
        bytes32 manifests,
        bytes calldata admission,
        uint256 nonce,
        uint256 deadline,
        bytes calldata signature
    ) external returns (LotId lot, uint256 first);

    /// @notice Gives up a nonce, so that a signature handed out before is void.
    function useNonce(uint256 nonce) external;

    /// @notice Ends the taking of submissions of `lot` and seats its validators, see {IValidators-draw}.
    ///
    /// Requirements:
    /// - the lot must be full, be followed by another, or have been open for its window.
    /// - its last submission must be of an earlier block.
    ///
    /// @param lot Which.
    /// @param submissions All of them, in order.
    function closeLot(LotId lot, Submission[] calldata submissions) external;

    /// @notice Puts an attestation on chain, so that no settlement can leave it out. Anyone can send it.
    /// @param lot Its present state.
    /// @param seat The seat that signed.
    /// @param attestation What it signed.
    function postAttestation(Lot calldata lot, uint256 seat, Attestation calldata attestation) external;

    /// @notice Tallies the attestations of `lot` into accepted, rejected and undecided, and pays its validators.
    ///
    /// Notes:
    /// - half of the fee goes evenly to those who attested, half by information, see {Information}.
    ///
    /// Requirements:
    /// - while the vote window is open, every seat must have attested; afterwards a quorum, with every posted one.
    ///
    /// @param lot Its present state.
    /// @param seatsVoted Bit i set for seat i.
    /// @param attestations One for each bit set, lowest seat first. A posted one may come without its signature.
    function settle(Lot calldata lot, uint256 seatsVoted, Attestation[] calldata attestations) external;

    /// @notice Ends a lot that found no quorum. Its reservation goes back to the budget; nobody is marked.
    function lapse(Lot calldata lot) external;

    /// @notice Takes out an accepted item that repeats the content of an earlier accepted one of the same Datanet. The
    /// caller receives its reserved reward.
    ///
    /// Requirements:
    /// - `lot` must be settled and not accrued.
    /// - the earlier item must be of the same lot, or of one already accrued.
    ///
    /// @param lot Present state of the later item's lot.
    /// @param submissions All submissions of `lot`.
    /// @param proof That the later item is part of it.
    /// @param earlierLot Present state of the earlier item's lot.
    /// @param earlierSubmissions All submissions of `earlierLot`.
    /// @param earlierProof That the earlier item is part of it.
    function revokeDuplicate(
        Lot calldata lot,
        Submission[] calldata submissions,
        ItemProof calldata proof,
        Lot calldata earlierLot,
        Submission[] calldata earlierSubmissions,
        ItemProof calldata earlierProof
    ) external;

    /// @notice Marks a settled lot as appealed. Only {APPEALS} can call.
    function openAppeal(Lot calldata lot) external;

    /// @notice Ends an appeal with the result its committee found. Only {APPEALS} can call.
    /// @dev The lot is Settled again, without a second challenge window.
    /// @param paid Validators who share one more lot fee from the budget, if it affords one; none where nothing changed.
    function closeAppeal(Lot calldata lot, uint256 accepted, uint256 undecided, Seats paid) external;

    /// @notice Pays every accepted contribution of `lot` to its contributor's balance, once. Anyone can call.
    /// @param lot Its present state.
    /// @param submissions All of its submissions, in order.
    function accrue(Lot calldata lot, Submission[] calldata submissions) external;

    /// @notice Sends the balances of `account` in `datanetIds` to its payout address. Anyone can call; empty balances
    /// and unknown Datanets are skipped.
    /// @return total Wei sent.
    function claim(address account, uint256[] calldata datanetIds) external returns (uint256 total);

    /// @notice Sets where the caller's rewards go. The zero address means to itself.
    function setPayout(address payout) external;

    /// @notice Sends a validator's earnings. Only {VALIDATORS} can call.
    function payEarnings(address account, uint256 amount) external;

    /// @notice The number of Datanets; the highest id.
    function datanetCount() external view returns (uint256);

    /// @notice The terms of `datanetId`; all zero when unknown.
    function termsOf(uint256 datanetId) external view returns (Terms memory);

    /// @notice The moving figures of `datanetId`.
    function bookOf(uint256 datanetId) external view returns (Book memory);

    /// @notice The digest of the rules document of `datanetId`.
    function rulesOf(uint256 datanetId) external view returns (bytes32);

    /// @notice What `account` used of its quota on the UTC day of its last entry.
    function usageOf(address account) external view returns (DayUsage memory);

    /// @notice `account` in `datanetId`.
    function accountOf(uint256 datanetId, address account) external view returns (Account memory);

    /// @notice Where the rewards of `account` go.
    function payoutOf(address account) external view returns (address);

    /// @notice While a lot takes submissions the digest of their chain, afterwards the hash of its state, zero before.
    function lotHash(LotId lot) external view returns (bytes32);

    /// @notice The hash that {lotHash} holds for this state.
    function hashLot(Lot calldata lot) external pure returns (bytes32);

    /// @notice Bitmap of the seats of `lot` that posted their attestation.
    function postedOf(LotId lot) external view returns (uint256);

    /// @notice The result these attestations give, without looking at signatures: what {settle} would find.
    /// @return accepted Items accepted.
    /// @return undecided Items neither accepted nor rejected.
    /// @return pay What each attestation earns of the Datanet's lot fee, in wei.
    function tally(
        LotId lot,
        uint256 itemCount,
        Attestation[] calldata attestations
    ) external view returns (uint256 accepted, uint256 undecided, uint256[] memory pay);

    /// @notice The EIP-712 digest a validator signs for a lot.
    /// @param digest The lot's digest (in an appeal, that of the appeal).
    function hashAttestation(
        bytes32 digest,
        uint256 accepted,
        uint256 rejected,
        bytes32 report
    ) external view returns (bytes32);

    /// @notice Whether `nonce` of `account` was used.
    function isNonceUsed(address account, uint256 nonce) external view returns (bool);
}
