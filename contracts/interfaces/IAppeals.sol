// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {LotId} from "../types/LotId.sol";
import {Seats} from "../types/Seats.sol";
import {Attestation, IDatanets, Lot, Submission} from "./IDatanets.sol";
import {IValidators} from "./IValidators.sol";

/// @notice Where the appeal of a lot stands. *Warm* states can change: Open by objections and by seating, Seated by
/// attestations and by time. *Cold* states never change: Settled, Lapsed.
/// @dev Forbidden: Settled or Lapsed → anything; Seated → Open. A lot is appealed at most once.
enum AppealStatus {
    None,
    Open,
    Seated,
    Settled,
    Lapsed
}

/// @notice The appeal of one lot.
/// @param items Items named by at least one objection, one bit each.
/// @param changed Items whose result the committee changed, one bit each.
/// @param digest What the committee's attestations sign; zero before seating.
/// @param seats Validators of the committee.
/// @param bond OPEN each objection and each defence puts at stake, in wei.
/// @param objectionCount Objections so far; they count from 0.
/// @param objectedBlock Block of the last objection.
/// @param voteEndsAt Until when the committee can attest.
/// @param seatsVoted Bit i set when seat i attested.
/// @param quorum Fewest attestations that change a result.
/// @param status Where it stands.
struct Appeal {
    uint256 items;
    uint256 changed;
    bytes32 digest;
    Seats seats;
    uint96 bond;
    uint32 objectionCount;
    uint40 objectedBlock;
    uint40 voteEndsAt;
    uint16 seatsVoted;
    uint8 quorum;
    AppealStatus status;
}

/// @notice One account's objection to the results of named items.
/// @param appellant Who objects.
/// @param free Whether it was a contributor's free one, without a bond.
/// @param resolved Whether its bonds were given out.
/// @param defender Who put a bond on the first result; zero when nobody did.
/// @param items The items it names, one bit each.
struct Objection {
    address appellant;
    bool free;
    bool resolved;
    address defender;
    uint256 items;
}

/// @title IAppeals
/// @notice A second vote on a lot's result, by a larger committee of other validators.
///
/// COURSE. Within a lot's challenge window anyone may object to the results of items it names, and anyone may defend
/// against one objection. Afterwards 2K + 1 other validators are seated (at most 15). They attest here; when all did, or
/// their window is over, the appeal is settled. Named items on which the committee decided take its result, all others
/// keep the first.
///
/// QUORUM. A majority of the committee, and never less than the Datanet's own quorum. So where K is at most 7, a result
/// is only changed by more validators than sat the first time. Without a quorum, or without enough other validators to
/// reach one, the appeal lapses: the first result stands and every bond returns.
///
/// BONDS. An objection wins when more than half of its items changed. The losing bond goes half to the other side where it
/// put up one, and the rest evenly to those of the committee who attested. Who defends against its own objection can
/// therefore limit its loss to half a bond, never below. A free objection that loses costs nothing. Where any item changed,
/// the Datanet pays the committee one more lot fee, if its budget can.
///
/// FUNDS. Every OPEN here is the bond of an objection not resolved, or owed to an account. Parts are rounded down; what is
/// left over stays for ever. Nothing loops over objections, so their number can block nobody.
///
/// Assumptions: those of {IDatanets}.
interface IAppeals {
    /// @notice `appellant` objected to the results of `items`, putting up `bond` wei (zero when free).
    event Objected(
        LotId indexed lot,
        uint256 indexed objection,
        address indexed appellant,
        uint256 items,
        uint256 bond
    );
    /// @notice `defender` put `bond` wei on the first result of the objection's items.
    event Defended(LotId indexed lot, uint256 indexed objection, address indexed defender, uint256 bond);
    /// @notice The committee was drawn and can attest `items` over `digest`.
    event AppealSeated(
        LotId indexed lot,
        bytes32 digest,
        uint256 items,
        Seats seats,
        uint256 quorum,
        uint256 voteEndsAt
    );
    /// @notice A member of the committee voted.
    event AppealAttested(
        LotId indexed lot,
        uint256 indexed validatorId,
        uint256 accepted,
        uint256 rejected,
        bytes32 report
    );
    /// @notice The appeal changed the results of `changed`; the lot's whole new result is given.
    event AppealSettled(LotId indexed lot, uint256 changed, uint256 accepted, uint256 undecided, uint256 seatsVoted);
    /// @notice The appeal found no quorum. The first result stands.
    event AppealLapsed(LotId indexed lot, uint256 seatsVoted);
    /// @notice The bonds of an objection were given out, in wei. Each attesting member received `perMember`.
    event ObjectionResolved(
        LotId indexed lot,
        uint256 indexed objection,
        bool won,
        uint256 toAppellant,
        uint256 toDefender,
        uint256 perMember
    );
    /// @notice `amount` wei owed to `account` left for its payout address.
    event BondsClaimed(address indexed account, address indexed payout, uint256 amount);

    /// @notice Thrown when a step is not possible in the appeal's state.
    error AppealsUnexpectedStatus(LotId lot, AppealStatus status, AppealStatus expected);
    /// @notice Thrown when the lot passed back is not the appealed one in its present state.
    error AppealsLotMismatch(LotId lot, bytes32 expected, bytes32 given);
    /// @notice Thrown when the submissions passed back are not those of the lot.
    error AppealsSubmissionsMismatch(LotId lot, bytes32 expected, bytes32 given);
    /// @notice Thrown when no item is named, or one that cannot be: `allowed` are those that can.
    error AppealsItemsNotAllowed(LotId lot, uint256 items, uint256 allowed);
    /// @notice Thrown when a registered validator takes sides: it may have to judge.
    error AppealsJudgeAndParty(address account, uint256 validatorId);
    /// @notice Thrown when another than the submission's contributor uses its free appeal.
    error AppealsNotContributor(LotId lot, address caller, address contributor);
    /// @notice Thrown when an account used its free appeal of this UTC day.
    error AppealsFreeAppealUsed(address account, uint256 day);
    /// @notice Thrown when an objection comes after the challenge window.
    error AppealsChallengeWindowOver(LotId lot, uint256 endedAt);
    /// @notice Thrown when the committee is drawn before the challenge window is over.
    error AppealsChallengeWindowOpen(LotId lot, uint256 endsAt);
    /// @notice Thrown when the committee is drawn in the block of the last objection, whose randomness is already known.
    error AppealsRandomnessNotReady(LotId lot, uint256 objectedBlock);
    /// @notice Thrown when the objection does not exist.
    error AppealsUnknownObjection(LotId lot, uint256 objection, uint256 count);
    /// @notice Thrown when the objection already has a defender.
    error AppealsAlreadyDefended(LotId lot, uint256 objection, address defender);
    /// @notice Thrown when a seat does not exist.
    error AppealsUnknownSeat(LotId lot, uint256 seat, uint256 seatCount);
    /// @notice Thrown when a seat attested before.
    error AppealsAlreadyAttested(LotId lot, uint256 seat);
    /// @notice Thrown when an attestation comes after the committee's window.
    error AppealsVoteWindowOver(LotId lot, uint256 endedAt);
    /// @notice Thrown when the appeal is settled while members can still attest.
    error AppealsVoteWindowOpen(LotId lot, uint256 endsAt);
    /// @notice Thrown when an attestation accepts and rejects the same items, or votes on items nobody named.
    error AppealsVotesNotAllowed(LotId lot, uint256 seat, uint256 both, uint256 unnamed);
    /// @notice Thrown when an attestation was not signed by the key of the validator in the seat.
    error AppealsWrongSigner(LotId lot, uint256 seat, address expected, address recovered);
    /// @notice Thrown when the bonds of an objection were already given out.
    error AppealsAlreadyResolved(LotId lot, uint256 objection);
    /// @notice Thrown when OPEN moved another amount than asked.
    error AppealsTransferMismatch(uint256 expected, uint256 received);

    /// @notice The token bonds are paid in.
    function OPEN() external view returns (IERC20);
    /// @notice The contract whose results can be appealed.
    function DATANETS() external view returns (IDatanets);
    /// @notice Who can be seated.
    function VALIDATORS() external view returns (IValidators);

    /// @notice Uses an EIP-2612 permit of the caller, so that a bond needs no transaction of its own to approve it.
    /// @dev Never reverts. Meant for {Multicall-multicall}.
    function permitOpen(uint256 amount, uint256 deadline, uint8 v, bytes32 r, bytes32 s) external;

    /// @notice Objects to the results of `items`, putting up `lotFee × appealBondFees` wei.
    ///
    /// Requirements:
    /// - the challenge window of `lot` must be open.
    /// - `items` must be of the lot and not revoked: a revoked item's reward is already spent.
    /// - the caller must not be a registered validator.
    ///
    /// @param lot Its state as settled. Its status is not looked at, so of two objections in flight the second joins.
    /// @param items What is objected to, one bit each.
    /// @return objection Its number within the lot.
    function appeal(Lot calldata lot, uint256 items) external returns (uint256 objection);

    /// @notice Objects to results of the caller's own submission, without a bond, once per UTC day.
    /// @dev Losing it costs nothing. A contributor that is a validator has no seat in its own lot, so it may.
    /// @param lot Its state as settled, as in {appeal}.
    /// @param submissions All submissions of the lot, in order.
    /// @param submission Position of the caller's own.
    /// @param items Items of that submission, one bit each.
    function appealFree(
        Lot calldata lot,
        Submission[] calldata submissions,
        uint256 submission,
        uint256 items
    ) external returns (uint256 objection);

    /// @notice Puts the same bond on the first result of one objection's items. Possible until the committee is drawn.
    /// @dev Warning: against a free objection there is no bond to win.
    function defend(LotId lot, uint256 objection) external;

    /// @notice Draws the committee, see {IValidators-draw}. Where too few other validators exist to reach a quorum, the
    /// appeal lapses at once. Anyone can call.
    /// @param lot Its present state.
    /// @param submissions All submissions of the lot, in order: their contributors have no seat.
    function seat(Lot calldata lot, Submission[] calldata submissions) external;

    /// @notice Puts a member's vote on chain. Anyone can send it; several go through {Multicall-multicall}.
    /// @dev The signature is that of {IDatanets-hashAttestation} over the appeal's digest, so two different ones are a
    /// fault that {IValidators-slash} takes.
    /// @param lot Which.
    /// @param seatNumber The seat that signed.
    /// @param attestation What it signed. It may vote on named items only.
    function attest(LotId lot, uint256 seatNumber, Attestation calldata attestation) external;

    /// @notice Ends the appeal: by the committee's result where a quorum attested, otherwise the first result stands.
    /// @dev The lot can be accrued at once.
    ///
    /// Requirements:
    /// - every seat must have attested, or the committee's window must be over.
    ///
    /// @param lot Its present state.
    function settle(Lot calldata lot) external;

    /// @notice Gives out the bonds of one objection of an ended appeal. Anyone can call.
    function resolve(LotId lot, uint256 objection) external;

    /// @notice Sends what is owed to `account` to its payout address. Anyone can call.
    /// @return amount Wei sent; zero when nothing is owed.
    function claimBonds(address account) external returns (uint256 amount);

    /// @notice The appeal of `lot`; all zero when there is none.
    function appealOf(LotId lot) external view returns (Appeal memory);

    /// @notice One objection; all zero when it does not exist.
    function objectionOf(LotId lot, uint256 objection) external view returns (Objection memory);

    /// @notice Wei owed to `account`.
    function bondsOf(address account) external view returns (uint256);

    /// @notice The UTC day, `timestamp / 86400`, on which `account` last appealed for free.
    function freeAppealDayOf(address account) external view returns (uint256);
}
