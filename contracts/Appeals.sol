// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Multicall} from "@openzeppelin/contracts/utils/Multicall.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

import {Appeal, AppealStatus, IAppeals, Objection} from "./interfaces/IAppeals.sol";
import {Attestation, IDatanets, Lot, LotStatus, Submission, Terms} from "./interfaces/IDatanets.sol";
import {IValidators} from "./interfaces/IValidators.sol";
import {Leaves} from "./libraries/Leaves.sol";
import {Tally} from "./libraries/Tally.sol";
import {LotId} from "./types/LotId.sol";
import {MAX_SEATS, Seats} from "./types/Seats.sol";

/// @title Appeals
/// @notice See {IAppeals}, which is the book to this contract.
contract Appeals is IAppeals, Multicall, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;

    /// @dev Keeps digests of appeals apart from those of lots, so that no signature serves for both.
    bytes32 private constant APPEAL_TAG = keccak256("Appeal(bytes32 lot,uint256 items,uint256 seats,uint256 block)");

    /// @inheritdoc IAppeals
    IERC20 public immutable OPEN;
    /// @inheritdoc IAppeals
    IDatanets public immutable DATANETS;
    /// @inheritdoc IAppeals
    IValidators public immutable VALIDATORS;

    /// @inheritdoc IAppeals
    mapping(address account => uint256) public bondsOf;
    /// @inheritdoc IAppeals
    mapping(address account => uint256) public freeAppealDayOf;

    mapping(LotId lot => Appeal) private _appeals;
    mapping(LotId lot => mapping(uint256 objection => Objection)) private _objections;
    mapping(LotId lot => mapping(uint256 seat => Vote)) private _votes;

    struct Vote {
        uint256 accepted;
        uint256 rejected;
    }

    /// @dev Deployed by {Datanets}, which has no code yet and cannot be asked.
    constructor(IERC20 open, IDatanets datanets, IValidators validators) {
        OPEN = open;
        DATANETS = datanets;
        VALIDATORS = validators;
    }

    // Objections

    /// @inheritdoc IAppeals
    function permitOpen(uint256 amount, uint256 deadline, uint8 v, bytes32 r, bytes32 s) external {
        // Whoever saw the permit can have used it already; then the allowance is there all the same.
        try IERC20Permit(address(OPEN)).permit(msg.sender, address(this), amount, deadline, v, r, s) {} catch {}
    }

    /// @inheritdoc IAppeals
    function appeal(Lot calldata lot, uint256 items) external nonReentrant returns (uint256 objection) {
        _requireNoJudge();

        objection = _object(lot, items, false);

        _receive(_appeals[lot.id].bond);
    }

    /// @inheritdoc IAppeals
    function appealFree(
        Lot calldata lot,
        Submission[] calldata submissions,
        uint256 submission,
        uint256 items
    ) external returns (uint256 objection) {
        address[] memory contributors = _contributors(lot, submissions);
        address contributor = submission < contributors.length ? contributors[submission] : address(0);
        require(contributor == msg.sender, AppealsNotContributor(lot.id, msg.sender, contributor));
        uint256 own = submissions[submission].entry.items();
        require(items & ~own == 0, AppealsItemsNotAllowed(lot.id, items, own));
        uint256 today = block.timestamp / 1 days;
        require(freeAppealDayOf[msg.sender] != today, AppealsFreeAppealUsed(msg.sender, today));

        freeAppealDayOf[msg.sender] = today;
        return _object(lot, items, true);
    }

    function _object(Lot calldata lot, uint256 items, bool free) private returns (uint256 objection) {
        uint256 allowed = (type(uint256).max >> (256 - lot.itemCount)) & ~lot.revoked;
        require(items != 0 && items & ~allowed == 0, AppealsItemsNotAllowed(lot.id, items, allowed));
        Appeal storage self = _appeals[lot.id];
        _join(self, lot);

        objection = self.objectionCount++;
        self.items |= items;
        self.objectedBlock = uint40(block.number);
        _objections[lot.id][objection] = Objection({
            appellant: msg.sender,
            free: free,
            resolved: false,
            defender: address(0),
            items: items
        });

        emit Objected(lot.id, objection, msg.sender, items, free ? 0 : self.bond);
    }

    /// @dev Opens the appeal with its first objection. Checks that `lot` is the state found or left there.
    function _join(Appeal storage self, Lot memory lot) private {
        Terms memory terms = DATANETS.termsOf(lot.id.datanetId());
        if (self.status == AppealStatus.None) {
            lot.status = LotStatus.Settled;
            self.status = AppealStatus.Open;
            self.bond = uint96(uint256(terms.lotFee) * terms.appealBondFees);
            // Checks the window too.
            DATANETS.openAppeal(lot);
        } else {
            lot.status = LotStatus.Appealed;
            _requireAppealed(self, lot);
            uint256 endsAt = lot.settledAt + terms.challengeWindow;
            require(block.timestamp <= endsAt, AppealsChallengeWindowOver(lot.id, endsAt));
        }
    }

    /// @inheritdoc IAppeals
    function defend(LotId lot, uint256 objection) external nonReentrant {
        Appeal storage self = _appeals[lot];
        _requireStatus(self, lot, AppealStatus.Open);
        require(objection < self.objectionCount, AppealsUnknownObjection(lot, objection, self.objectionCount));
        address defender = _objections[lot][objection].defender;
        require(defender == address(0), AppealsAlreadyDefended(lot, objection, defender));
        _requireNoJudge();

        _objections[lot][objection].defender = msg.sender;
        emit Defended(lot, objection, msg.sender, self.bond);

        _receive(self.bond);
    }

    // Committee

    /// @inheritdoc IAppeals
    function seat(Lot calldata lot, Submission[] calldata submissions) external {
        Appeal storage self = _appeals[lot.id];
        _requireAppealed(self, lot);
        address[] memory contributors = _contributors(lot, submissions);
        Terms memory terms = DATANETS.termsOf(lot.id.datanetId());
        uint256 endsAt = lot.settledAt + terms.challengeWindow;
        require(block.timestamp > endsAt, AppealsChallengeWindowOpen(lot.id, endsAt));
        require(block.number > self.objectedBlock, AppealsRandomnessNotReady(lot.id, self.objectedBlock));

        uint256 committee = 2 * uint256(terms.seatCount) + 1;
        if (committee > MAX_SEATS) committee = MAX_SEATS;
        uint256 quorum = committee / 2 + 1;
        if (quorum < terms.quorum) quorum = terms.quorum;
        bytes32 salt = keccak256(abi.encode(lot.digest, self.items));
        Seats seats = VALIDATORS.draw(self.objectedBlock, salt, committee, contributors, lot.seats);
        if (seats.length() < quorum) return _lapse(self, lot);

        self.status = AppealStatus.Seated;
        self.seats = seats;
        self.quorum = uint8(quorum);
        self.voteEndsAt = uint40(block.timestamp + terms.voteWindow);
        self.digest = keccak256(abi.encode(APPEAL_TAG, lot.digest, self.items, seats, block.number));

        emit AppealSeated(lot.id, self.digest, self.items, seats, quorum, self.voteEndsAt);
    }

    /// @inheritdoc IAppeals
    function attest(LotId lot, uint256 seatNumber, Attestation calldata attestation) external {
        Appeal storage self = _appeals[lot];
        _requireStatus(self, lot, AppealStatus.Seated);
        require(block.timestamp <= self.voteEndsAt, AppealsVoteWindowOver(lot, self.voteEndsAt));
        uint256 validatorId = _requireVote(self, lot, seatNumber, attestation);

        self.seatsVoted |= uint16(1 << seatNumber);
        _votes[lot][seatNumber] = Vote(attestation.accepted, attestation.rejected);

        emit AppealAttested(lot, validatorId, attestation.accepted, attestation.rejected, attestation.report);
    }

    function _requireVote(
        Appeal storage self,
        LotId lot,
        uint256 seatNumber,
        Attestation calldata attestation
    ) private view returns (uint256 validatorId) {
        uint256 seatCount = self.seats.length();
        require(seatNumber < seatCount, AppealsUnknownSeat(lot, seatNumber, seatCount));
        require(self.seatsVoted & (1 << seatNumber) == 0, AppealsAlreadyAttested(lot, seatNumber));
        uint256 both = attestation.accepted & attestation.rejected;
        uint256 unnamed = (attestation.accepted | attestation.rejected) & ~self.items;
        require(both | unnamed == 0, AppealsVotesNotAllowed(lot, seatNumber, both, unnamed));

        validatorId = self.seats.idAt(seatNumber);
        address key = VALIDATORS.signingKeysOf(Seats.wrap(validatorId))[0];
        bytes32 digest = DATANETS.hashAttestation(
            self.digest,
            attestation.accepted,
            attestation.rejected,
            attestation.report
        );
        (address recovered, , ) = ECDSA.tryRecover(digest, attestation.r, attestation.vs);
        // A failed recovery is zero, and so is the key of a slashed validator.
        require(recovered == key && key != address(0), AppealsWrongSigner(lot, seatNumber, key, recovered));
    }

    /// @inheritdoc IAppeals
    function settle(Lot calldata lot) external {
        Appeal storage self = _appeals[lot.id];
        _requireStatus(self, lot.id, AppealStatus.Seated);
        uint256 attestations = Tally.popcount(self.seatsVoted);
        require(
            attestations == self.seats.length() || block.timestamp > self.voteEndsAt,
            AppealsVoteWindowOpen(lot.id, self.voteEndsAt)
        );

        if (attestations < self.quorum) return _lapse(self, lot);
        _settle(self, lot, attestations);
    }

    function _settle(Appeal storage self, Lot calldata lot, uint256 attestations) private {
        (Attestation[] memory votes, Seats voted) = _voted(self, lot.id, attestations);
        (uint256 accepted, uint256 undecided, ) = DATANETS.tally(lot.id, lot.itemCount, votes);
        // Where the committee did not decide either, the first result stands.
        uint256 decided = self.items & ~undecided;
        accepted = (lot.accepted & ~decided) | (accepted & decided);
        undecided = lot.undecided & ~decided;
        uint256 changed = (lot.accepted ^ accepted) | (lot.undecided ^ undecided);
        self.status = AppealStatus.Settled;
        self.changed = changed;
        emit AppealSettled(lot.id, changed, accepted, undecided, self.seatsVoted);

        // Reverts unless `lot` is the present state, which everything above took on trust.
        DATANETS.closeAppeal(lot, accepted, undecided, changed == 0 ? Seats.wrap(0) : voted);
    }

    function _lapse(Appeal storage self, Lot calldata lot) private {
        self.status = AppealStatus.Lapsed;
        emit AppealLapsed(lot.id, self.seatsVoted);

        DATANETS.closeAppeal(lot, lot.accepted, lot.undecided, Seats.wrap(0));
    }

    // Bonds

    /// @inheritdoc IAppeals
    function resolve(LotId lot, uint256 objection) external {
        Appeal storage self = _appeals[lot];
        Objection memory its = _objections[lot][objection];
        require(its.appellant != address(0), AppealsUnknownObjection(lot, objection, self.objectionCount));
        require(!its.resolved, AppealsAlreadyResolved(lot, objection));
        bool lapsed = self.status == AppealStatus.Lapsed;
        if (!lapsed) _requireStatus(self, lot, AppealStatus.Settled);

        _objections[lot][objection].resolved = true;
        uint256 staked = its.free ? 0 : self.bond;
        uint256 against = its.defender == address(0) ? 0 : self.bond;
        bool won = 2 * Tally.popcount(its.items & self.changed) > Tally.popcount(its.items);
        uint256 perMember;
        if (!lapsed) {
            (staked, against, perMember) = _payMembers(self, won, staked, against);
        }
        bondsOf[its.appellant] += staked;
        if (against != 0) bondsOf[its.defender] += against;

        emit ObjectionResolved(lot, objection, won, staked, against, perMember);
    }

    /// @dev Moves the losing bond: half of it to the winner where that risked one too, the rest to the committee.
    function _payMembers(
        Appeal storage self,
        bool won,
        uint256 staked,
        uint256 against
    ) private returns (uint256 toAppellant, uint256 toDefender, uint256 perMember) {
        (uint256 winning, uint256 losing) = won ? (staked, against) : (against, staked);
        uint256 prize = winning == 0 ? 0 : losing / 2;
        perMember = (losing - prize) / Tally.popcount(self.seatsVoted);
        (toAppellant, toDefender) = won ? (winning + prize, uint256(0)) : (uint256(0), winning + prize);
        if (perMember == 0) return (toAppellant, toDefender, 0);

        Seats seats = self.seats;
        for (uint256 voted = self.seatsVoted; voted != 0; voted >>= 1) {
            if (voted & 1 != 0) bondsOf[VALIDATORS.validatorOf(seats.idAt(0)).account] += perMember;
            seats = Seats.wrap(Seats.unwrap(seats) >> 16);
        }
    }

    /// @inheritdoc IAppeals
    function claimBonds(address account) external nonReentrant returns (uint256 amount) {
        amount = bondsOf[account];
        if (amount == 0) return 0;

        bondsOf[account] = 0;
        address payout = DATANETS.payoutOf(account);
        emit BondsClaimed(account, payout, amount);

        OPEN.safeTransfer(payout, amount);
    }

    // Views

    /// @inheritdoc IAppeals
    function appealOf(LotId lot) external view returns (Appeal memory) {
        return _appeals[lot];
    }

    /// @inheritdoc IAppeals
    function objectionOf(LotId lot, uint256 objection) external view returns (Objection memory) {
        return _objections[lot][objection];
    }

    // Internals

    function _requireStatus(Appeal storage self, LotId lot, AppealStatus expected) private view {
        require(self.status == expected, AppealsUnexpectedStatus(lot, self.status, expected));
    }

    /// @dev An open appeal means an appealed lot: only this contract opens and closes them.
    function _requireAppealed(Appeal storage self, Lot memory lot) private view {
        _requireStatus(self, lot.id, AppealStatus.Open);
        bytes32 expected = DATANETS.lotHash(lot.id);
        bytes32 given = DATANETS.hashLot(lot);
        require(given == expected, AppealsLotMismatch(lot.id, expected, given));
    }

    function _requireNoJudge() private view {
        uint256 validatorId = VALIDATORS.validatorIdOf(msg.sender);
        require(validatorId == 0, AppealsJudgeAndParty(msg.sender, validatorId));
    }

    function _contributors(
        Lot calldata lot,
        Submission[] calldata submissions
    ) private pure returns (address[] memory contributors) {
        contributors = new address[](submissions.length);
        bytes32 digest = Leaves.genesis(lot.id);
        for (uint256 i; i < submissions.length; ++i) {
            digest = Leaves.link(digest, submissions[i].entry, submissions[i].content);
            contributors[i] = submissions[i].entry.contributor();
        }
        require(digest == lot.digest, AppealsSubmissionsMismatch(lot.id, lot.digest, digest));
    }

    /// @dev The votes on chain in the shape {IDatanets-tally} takes, and who cast them.
    function _voted(
        Appeal storage self,
        LotId lot,
        uint256 attestations
    ) private view returns (Attestation[] memory votes, Seats voted) {
        votes = new Attestation[](attestations);
        Seats seats = self.seats;
        uint256 seatsVoted = self.seatsVoted;
        uint256 i;
        for (uint256 n; i < attestations; ++n) {
            if (seatsVoted & (1 << n) == 0) continue;
            votes[i].accepted = _votes[lot][n].accepted;
            votes[i].rejected = _votes[lot][n].rejected;
            voted = voted.add(i++, seats.idAt(n));
        }
    }

    function _receive(uint256 amount) private {
        if (amount == 0) return;
        uint256 before = OPEN.balanceOf(address(this));
        OPEN.safeTransferFrom(msg.sender, address(this), amount);
        uint256 received = OPEN.balanceOf(address(this)) - before;
        require(received == amount, AppealsTransferMismatch(amount, received));
    }
}
