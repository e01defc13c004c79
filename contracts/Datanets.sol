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
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";

import {Appeals} from "./Appeals.sol";
import {Validators} from "./Validators.sol";
import {IAppeals} from "./interfaces/IAppeals.sol";
import {
    Account,
    Attestation,
    Book,
    DayUsage,
    IDatanets,
    ItemProof,
    Lot,
    LotStatus,
    Modality,
    Submission,
    Terms
} from "./interfaces/IDatanets.sol";
import {IValidators} from "./interfaces/IValidators.sol";
import {Ballot} from "./libraries/Ballot.sol";
import {DAILY_BYTES, LOT_CAPACITY} from "./libraries/Constants.sol";
import {Formats} from "./libraries/Formats.sol";
import {Leaves} from "./libraries/Leaves.sol";
import {Lots} from "./libraries/Lots.sol";
import {Quotas} from "./libraries/Quotas.sol";
import {Tally} from "./libraries/Tally.sol";
import {TermsLib} from "./libraries/TermsLib.sol";
import {Entry, toEntry} from "./types/Entry.sol";
import {LotId, toLotId} from "./types/LotId.sol";
import {Seats} from "./types/Seats.sol";

/// @title Datanets
/// @notice See {IDatanets}, which is the book to this contract.
contract Datanets is IDatanets, EIP712("Datanets", "1"), Multicall, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;
    using Quotas for Account;
    using Quotas for mapping(address account => DayUsage);
    using Lots for Lot;
    using TermsLib for Terms;

    bytes32 private constant SUBMIT_TYPEHASH = keccak256(
        "Submit(address contributor,uint256 datanetId,bytes32 root,uint256 count,uint256 totalBytes,uint256 formats,bytes32 manifests,uint256 nonce,uint256 deadline)"
    );
    bytes32 private constant ATTESTATION_TYPEHASH = keccak256(
        "LotAttestation(bytes32 lot,uint256 accepted,uint256 rejected,bytes32 report)"
    );

    /// @inheritdoc IDatanets
    IERC20 public immutable OPEN;
    /// @inheritdoc IDatanets
    IValidators public immutable VALIDATORS;
    /// @inheritdoc IDatanets
    IAppeals public immutable APPEALS;

    /// @inheritdoc IDatanets
    uint256 public datanetCount;
    /// @inheritdoc IDatanets
    mapping(uint256 datanetId => bytes32) public rulesOf;
    /// @inheritdoc IDatanets
    mapping(LotId lot => bytes32) public lotHash;
    /// @inheritdoc IDatanets
    mapping(LotId lot => uint256) public postedOf;

    mapping(uint256 datanetId => Terms) private _terms;
    mapping(uint256 datanetId => Book) private _books;
    mapping(uint256 datanetId => mapping(address account => Account)) private _accounts;
    mapping(address account => DayUsage) private _usages;
    mapping(address account => address) private _payouts;
    mapping(address account => mapping(uint256 word => uint256)) private _nonces;
    mapping(LotId lot => mapping(uint256 seat => bytes32)) private _posted;

    /// @dev Deploys its {Validators} and {Appeals}: each names the others for ever, and nobody has to be trusted to join
    /// them.
    /// @param open The token everything is paid in.
    constructor(IERC20 open) {
        OPEN = open;
        VALIDATORS = new Validators(open, this);
        APPEALS = new Appeals(open, this, VALIDATORS);
    }

    // Datanets

    /// @inheritdoc IDatanets
    function createDatanet(Terms calldata terms, bytes32 rules) external returns (uint256 datanetId) {
        Modality modality = terms.check();

        datanetId = ++datanetCount;
        Terms memory kept = terms;
        kept.gated = address(terms.admission) != address(0);
        _terms[datanetId] = kept;
        rulesOf[datanetId] = rules;

        emit DatanetCreated(datanetId, msg.sender, modality, kept, rules);
    }

    /// @inheritdoc IDatanets
    function fund(uint256 datanetId, uint256 amount) external nonReentrant {
        require(datanetId != 0 && datanetId <= datanetCount, DatanetsUnknownDatanet(datanetId));

        // Bounded by the supply of OPEN, 10^27, as is every amount that is cast to 96 bits below.
        _books[datanetId].budget += uint96(amount);
        emit Funded(datanetId, msg.sender, amount);

        uint256 before = OPEN.balanceOf(address(this));
        OPEN.safeTransferFrom(msg.sender, address(this), amount);
        uint256 received = OPEN.balanceOf(address(this)) - before;
        require(received == amount, DatanetsTransferMismatch(amount, received));
    }

    /// @inheritdoc IDatanets
    function permitOpen(uint256 amount, uint256 deadline, uint8 v, bytes32 r, bytes32 s) external {
        // Whoever saw the permit can have used it already; then the allowance is there all the same.
        try IERC20Permit(address(OPEN)).permit(msg.sender, address(this), amount, deadline, v, r, s) {} catch {}
    }

    // Entry

    /// @inheritdoc IDatanets
    function submit(
        uint256 datanetId,
        bytes32 root,
        uint256 count,
        uint256 totalBytes,
        uint256 formats,
        bytes32 manifests,
        bytes calldata admission
    ) external returns (LotId lot, uint256 first) {
        return _submit(msg.sender, datanetId, root, count, totalBytes, formats, manifests, admission);
    }

    /// @inheritdoc IDatanets
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
    ) external returns (LotId lot, uint256 first) {
        require(block.timestamp <= deadline, DatanetsSignatureExpired(deadline, block.timestamp));
        _useNonce(contributor, nonce);
        bytes32 digest = _hashTypedDataV4(
            keccak256(
                abi.encode(
                    SUBMIT_TYPEHASH,
                    contributor,
                    datanetId,
                    root,
                    count,
                    totalBytes,
                    formats,
                    manifests,
                    nonce,
                    deadline
                )
            )
        );
        require(_isSignedBy(contributor, digest, signature), DatanetsInvalidSignature(contributor));

        return _submit(contributor, datanetId, root, count, totalBytes, formats, manifests, admission);
    }

    /// @inheritdoc IDatanets
    function useNonce(uint256 nonce) external {
        _useNonce(msg.sender, nonce);
    }

    function _submit(
        address contributor,
        uint256 datanetId,
        bytes32 root,
        uint256 count,
        uint256 totalBytes,
        uint256 formats,
        bytes32 manifests,
        bytes calldata admission
    ) private returns (LotId lot, uint256 first) {
        Terms storage terms = _terms[datanetId];
        _checkFiles(terms, datanetId, count, totalBytes, formats);
        require(root != 0 && manifests != 0, DatanetsZeroCommitment(root, manifests));
        if (terms.gated) {
            require(
                terms.admission.admits(datanetId, contributor, count, admission),
                DatanetsNotAdmitted(datanetId, contributor, address(terms.admission))
            );
        }

        uint256 today = block.timestamp / 1 days;
        _usages.use(contributor, today, count, totalBytes);
        uint256 limit = uint256(terms.dailyKilobytes) * 1000;
        // Use of one Datanet never exceeds use of all: a limit as high as the one over all cannot bind.
        if (limit < DAILY_BYTES) {
            _accounts[datanetId][contributor].use(datanetId, contributor, today, totalBytes, limit);
        }

        (lot, first) = _reserve(terms, datanetId, count);
        Entry entry = toEntry(contributor, first, count, totalBytes, formats, block.number);
        lotHash[lot] = Leaves.link(
            first == 0 ? Leaves.genesis(lot) : lotHash[lot],
            entry,
            Leaves.content(root, manifests)
        );

        emit Submitted(lot, contributor, entry, root, manifests);
    }

    function _checkFiles(
        Terms storage terms,
        uint256 datanetId,
        uint256 count,
        uint256 totalBytes,
        uint256 formats
    ) private view {
        uint256 allowed = terms.formats;
        require(allowed != 0, DatanetsUnknownDatanet(datanetId));
        require(count != 0 && count <= LOT_CAPACITY, DatanetsCountOutOfBounds(count, LOT_CAPACITY));
        require(totalBytes >= count, DatanetsEmptyFiles(count, totalBytes));
        if (formats == 0 || formats & ~allowed != 0) {
            Modality modality = Formats.modalityOf(allowed);
            require(formats & ~Formats.ofModality(modality) == 0, DatanetsWrongModality(datanetId, modality, formats));
            revert DatanetsFormatNotAllowed(datanetId, allowed, formats);
        }
    }

    /// @dev Takes `count` places in the open lot, opening the next where they do not fit, and reserves their reward.
    function _reserve(
        Terms storage terms,
        uint256 datanetId,
        uint256 count
    ) private returns (LotId lot, uint256 first) {
        Book memory book = _books[datanetId];
        require(
            book.fileCount + count <= terms.fileCap,
            DatanetsFileCapExceeded(datanetId, terms.fileCap, book.fileCount, count)
        );
        uint256 required = count * terms.rewardPerFile;
        first = book.openCount;
        if (first != 0 && (first + count > LOT_CAPACITY || block.timestamp >= book.openedAt + terms.lotWindow)) {
            ++book.lotNumber;
            first = 0;
        }
        if (first == 0) {
            book.openedAt = uint40(block.timestamp);
            required += terms.lotFee;
        }
        require(book.budget >= required, DatanetsBudgetTooSmall(datanetId, book.budget, required));

        book.budget -= uint96(required);
        book.fileCount += uint32(count);
        book.openCount = uint16(first + count);
        _books[datanetId] = book;
        lot = toLotId(datanetId, book.lotNumber);
    }

    // Lots

    /// @inheritdoc IDatanets
    function closeLot(LotId id, Submission[] calldata submissions) external {
        bytes32 digest = lotHash[id];
        (uint256 itemCount, address[] memory contributors) = _readSubmissions(id, digest, submissions);
        uint256 enteredBlock = submissions[submissions.length - 1].entry.enteredBlock();
        require(block.number > enteredBlock, DatanetsRandomnessNotReady(id, enteredBlock));
        Terms storage terms = _terms[id.datanetId()];
        _requireClosable(terms, id, itemCount);

        Lot memory lot;
        lot.id = id;
        lot.digest = digest;
        lot.itemCount = itemCount;
        lot.closedAt = block.timestamp;
        lot.seats = VALIDATORS.draw(enteredBlock, digest, terms.seatCount, contributors, Seats.wrap(0));
        lotHash[id] = lot.hash();

        emit LotClosed(id, digest, itemCount, lot.seats, lot.closedAt);
    }

    /// @inheritdoc IDatanets
    function postAttestation(Lot calldata lot, uint256 seat, Attestation calldata attestation) external {
        _requireLot(lot, LotStatus.Closed);
        uint256 endsAt = lot.closedAt + _terms[lot.id.datanetId()].voteWindow;
        require(block.timestamp <= endsAt, DatanetsVoteWindowOver(lot.id, endsAt));
        uint256 posted = postedOf[lot.id];
        require(posted & (1 << seat) == 0, DatanetsAlreadyPosted(lot.id, seat));
        uint256 seatCount = lot.seats.length();
        require(seat < seatCount, DatanetsSeatsMismatch(lot.id, 1 << seat, 1, seatCount));
        _checkVotes(lot, seat, attestation);
        uint256 validatorId = lot.seats.idAt(seat);
        _checkSignature(lot, seat, attestation, VALIDATORS.signingKeysOf(Seats.wrap(validatorId))[0]);

        postedOf[lot.id] = posted | (1 << seat);
        _posted[lot.id][seat] = _votesHash(attestation);

        emit AttestationPosted(lot.id, validatorId, attestation.accepted, attestation.rejected, attestation.report);
    }

    /// @inheritdoc IDatanets
    function settle(Lot calldata lot, uint256 seatsVoted, Attestation[] calldata attestations) external {
        Lot memory settled = _requireLot(lot, LotStatus.Closed);
        Terms storage terms = _terms[lot.id.datanetId()];
        uint256 posted = _checkQuorum(terms, lot, seatsVoted, attestations.length);
        Seats voted = _votersOf(lot.seats, seatsVoted);
        uint256[] memory pay;
        (settled.accepted, settled.undecided, pay) = _tally(terms, lot.itemCount, attestations);
        settled.status = LotStatus.Settled;
        settled.settledAt = block.timestamp;
        lotHash[lot.id] = settled.hash();
        _emitSettled(settled, seatsVoted, attestations, pay);

        // Paid before their signatures are looked at, which saves asking for the keys: a wrong one undoes everything.
        _checkAttestations(lot, seatsVoted, posted, attestations, VALIDATORS.credit(voted, pay));
    }

    /// @inheritdoc IDatanets
    function lapse(Lot calldata lot) external {
        Lot memory lapsed = _requireLot(lot, LotStatus.Closed);
        uint256 datanetId = lot.id.datanetId();
        Terms storage terms = _terms[datanetId];
        // With fewer seats than the quorum no vote can settle it: there is nothing to wait for.
        if (lot.seats.length() >= terms.quorum) {
            uint256 endsAt = _settleDeadline(terms, lot);
            require(block.timestamp > endsAt, DatanetsVoteWindowOpen(lot.id, endsAt));
        }

        lapsed.status = LotStatus.Lapsed;
        lotHash[lot.id] = lapsed.hash();
        uint256 released = _release(datanetId, terms, lot.itemCount, terms.lotFee);

        emit LotLapsed(lot.id, released);
    }

    /// @inheritdoc IDatanets
    function revokeDuplicate(
        Lot calldata lot,
        Submission[] calldata submissions,
        ItemProof calldata proof,
        Lot calldata earlierLot,
        Submission[] calldata earlierSubmissions,
        ItemProof calldata earlierProof
    ) external nonReentrant {
        Lot memory revoked = _requireLot(lot, LotStatus.Settled);
        // Within one lot both items stand or fall by the same vote; elsewhere the earlier one must be final.
        bool sameLot = LotId.unwrap(lot.id) == LotId.unwrap(earlierLot.id);
        _requireLot(earlierLot, sameLot ? LotStatus.Settled : LotStatus.Accrued);
        uint256 index = _itemAt(lot, submissions, proof);
        uint256 earlierIndex = _itemAt(earlierLot, earlierSubmissions, earlierProof);
        uint256 datanetId = lot.id.datanetId();
        require(
            proof.contribution.contentHash == earlierProof.contribution.contentHash &&
                earlierLot.id.datanetId() == datanetId &&
                (sameLot ? earlierIndex < index : earlierLot.id.number() < lot.id.number()),
            DatanetsNotDuplicate(lot.id, index, earlierLot.id, earlierIndex)
        );

        revoked.accepted &= ~(1 << index);
        revoked.revoked |= 1 << index;
        lotHash[lot.id] = revoked.hash();
        --_books[datanetId].fileCount;
        uint256 reward = _terms[datanetId].rewardPerFile;
        emit DuplicateRevoked(lot.id, index, earlierLot.id, earlierIndex, msg.sender, reward);

        OPEN.safeTransfer(payoutOf(msg.sender), reward);
    }

    /// @inheritdoc IDatanets
    function openAppeal(Lot calldata lot) external {
        require(msg.sender == address(APPEALS), DatanetsUnauthorized(msg.sender, address(APPEALS)));
        Lot memory appealed = _requireLot(lot, LotStatus.Settled);
        uint256 endsAt = _challengeEnd(lot);
        require(block.timestamp <= endsAt, DatanetsChallengeWindowOver(lot.id, endsAt));

        appealed.status = LotStatus.Appealed;
        lotHash[lot.id] = appealed.hash();

        emit LotAppealed(lot.id);
    }

    /// @inheritdoc IDatanets
    function closeAppeal(Lot calldata lot, uint256 accepted, uint256 undecided, Seats paid) external {
        require(msg.sender == address(APPEALS), DatanetsUnauthorized(msg.sender, address(APPEALS)));
        Lot memory settled = _requireLot(lot, LotStatus.Appealed);

        settled.status = LotStatus.Settled;
        settled.accepted = accepted;
        settled.undecided = undecided;
        lotHash[lot.id] = settled.hash();
        uint256[] memory pay = _chargeAppeal(lot.id.datanetId(), paid);
        emit LotAppealClosed(lot.id, accepted, undecided, paid, pay);

        VALIDATORS.credit(paid, pay);
    }

    /// @dev Takes a lot fee for `paid` from the budget, split evenly, where the budget affords it.
    function _chargeAppeal(uint256 datanetId, Seats paid) private returns (uint256[] memory pay) {
        Book storage book = _books[datanetId];
        uint256 n = paid.length();
        uint256 fee = _terms[datanetId].lotFee;
        if (n == 0 || book.budget < fee) return pay;

        pay = new uint256[](n);
        for (uint256 i; i < n; ++i) {
            pay[i] = fee / n;
        }
        book.budget -= uint96((fee / n) * n);
    }

    // Rewards

    /// @inheritdoc IDatanets
    function accrue(Lot calldata lot, Submission[] calldata submissions) external {
        Lot memory accrued = _requireLot(lot, LotStatus.Settled);
        uint256 endsAt = _challengeEnd(lot);
        require(block.timestamp > endsAt, DatanetsChallengeWindowOpen(lot.id, endsAt));
        _readSubmissions(lot.id, lot.digest, submissions);

        uint256 datanetId = lot.id.datanetId();
        Terms storage terms = _terms[datanetId];
        accrued.status = LotStatus.Accrued;
        lotHash[lot.id] = accrued.hash();
        uint256 reward = terms.rewardPerFile;
        for (uint256 i; i < submissions.length; ++i) {
            Entry entry = submissions[i].entry;
            uint256 count = Tally.popcount(lot.accepted & entry.items());
            if (count != 0) _credit(lot.id, _accounts[datanetId][entry.contributor()], entry, count, count * reward);
        }
        // What was revoked is no longer reserved: its reward went to the prover.
        uint256 unpaid = lot.itemCount - Tally.popcount(lot.accepted | lot.revoked);
        uint256 released = unpaid == 0 ? 0 : _release(datanetId, terms, unpaid, 0);

        emit LotAccrued(lot.id, lot.accepted, released);
    }

    /// @inheritdoc IDatanets
    function claim(address account, uint256[] calldata datanetIds) external nonReentrant returns (uint256 total) {
        uint256[] memory amounts = new uint256[](datanetIds.length);
        for (uint256 i; i < datanetIds.length; ++i) {
            Account storage member = _accounts[datanetIds[i]][account];
            uint256 amount = member.balance;
            if (amount == 0) continue;
            member.balance = 0;
            amounts[i] = amount;
            total += amount;
        }
        if (total == 0) return 0;
        address payout = payoutOf(account);
        emit Claimed(account, payout, total, datanetIds, amounts);

        OPEN.safeTransfer(payout, total);
    }

    /// @inheritdoc IDatanets
    function setPayout(address payout) external {
        _payouts[msg.sender] = payout;
        emit PayoutSet(msg.sender, payout);
    }

    /// @inheritdoc IDatanets
    function payEarnings(address account, uint256 amount) external nonReentrant {
        require(msg.sender == address(VALIDATORS), DatanetsUnauthorized(msg.sender, address(VALIDATORS)));
        OPEN.safeTransfer(payoutOf(account), amount);
    }

    // Views

    /// @inheritdoc IDatanets
    function termsOf(uint256 datanetId) external view returns (Terms memory) {
        return _terms[datanetId];
    }

    /// @inheritdoc IDatanets
    function bookOf(uint256 datanetId) external view returns (Book memory) {
        return _books[datanetId];
    }

    /// @inheritdoc IDatanets
    function usageOf(address account) external view returns (DayUsage memory) {
        return _usages[account];
    }

    /// @inheritdoc IDatanets
    function accountOf(uint256 datanetId, address account) external view returns (Account memory) {
        return _accounts[datanetId][account];
    }

    /// @inheritdoc IDatanets
    function payoutOf(address account) public view returns (address) {
        address payout = _payouts[account];
        return payout == address(0) ? account : payout;
    }

    /// @inheritdoc IDatanets
    function hashLot(Lot calldata lot) external pure returns (bytes32) {
        return Lots.hash(lot);
    }

    /// @inheritdoc IDatanets
    function tally(
        LotId lot,
        uint256 itemCount,
        Attestation[] calldata attestations
    ) external view returns (uint256 accepted, uint256 undecided, uint256[] memory pay) {
        return _tally(_terms[lot.datanetId()], itemCount, attestations);
    }

    /// @inheritdoc IDatanets
    function hashAttestation(
        bytes32 digest,
        uint256 accepted,
        uint256 rejected,
        bytes32 report
    ) public view returns (bytes32) {
        return _hashTypedDataV4(keccak256(abi.encode(ATTESTATION_TYPEHASH, digest, accepted, rejected, report)));
    }

    /// @inheritdoc IDatanets
    function isNonceUsed(address account, uint256 nonce) external view returns (bool) {
        return _nonces[account][nonce >> 8] & (1 << (nonce & 0xff)) != 0;
    }

    // Checks

    /// @dev Rebuilds the chain of `id` from its submissions.
    function _readSubmissions(
        LotId id,
        bytes32 expected,
        Submission[] calldata submissions
    ) private pure returns (uint256 itemCount, address[] memory contributors) {
        contributors = new address[](submissions.length);
        bytes32 digest = Leaves.genesis(id);
        for (uint256 i; i < submissions.length; ++i) {
            Entry entry = submissions[i].entry;
            digest = Leaves.link(digest, entry, submissions[i].content);
            contributors[i] = entry.contributor();
            itemCount += entry.count();
        }
        // An empty list leaves the genesis, which is zero for the lot zero that never was.
        require(digest == expected && itemCount != 0, DatanetsSubmissionsMismatch(id, expected, digest));
    }

    /// @dev Reverts while `id` can take submissions. Once this lets it pass, {_reserve} opens another lot.
    function _requireClosable(Terms storage terms, LotId id, uint256 itemCount) private view {
        Book storage book = _books[id.datanetId()];
        // An earlier lot was left when a submission opened the next.
        if (itemCount == LOT_CAPACITY || book.lotNumber != id.number()) return;
        uint256 closableAt = uint256(book.openedAt) + terms.lotWindow;
        require(block.timestamp >= closableAt, DatanetsLotOpen(id, itemCount, closableAt));
    }

    /// @return posted Bitmap of the seats whose attestation is on chain.
    function _checkQuorum(
        Terms storage terms,
        Lot calldata lot,
        uint256 seatsVoted,
        uint256 attestations
    ) private view returns (uint256 posted) {
        uint256 seatCount = lot.seats.length();
        require(
            seatsVoted >> seatCount == 0 && Tally.popcount(seatsVoted) == attestations,
            DatanetsSeatsMismatch(lot.id, seatsVoted, attestations, seatCount)
        );
        require(attestations >= terms.quorum, DatanetsQuorumNotReached(lot.id, attestations, terms.quorum));
        uint256 endsAt = _settleDeadline(terms, lot);
        require(block.timestamp <= endsAt, DatanetsVoteWindowOver(lot.id, endsAt));
        posted = postedOf[lot.id];
        // Nobody is left out when all are in.
        if (attestations == seatCount) return posted;

        endsAt = lot.closedAt + terms.voteWindow;
        require(block.timestamp > endsAt, DatanetsVoteWindowOpen(lot.id, endsAt));
        require(posted & ~seatsVoted == 0, DatanetsPostedLeftOut(lot.id, posted, seatsVoted));
    }

    /// @return voted The validators in `seatsVoted`, in order.
    function _votersOf(Seats seats, uint256 seatsVoted) private pure returns (Seats voted) {
        uint256 count;
        for (uint256 seat; seatsVoted >> seat != 0; ++seat) {
            if (seatsVoted & (1 << seat) != 0) voted = voted.add(count++, seats.idAt(seat));
        }
    }

    /// @dev Checks every attestation's words, and that it is the posted one or signed by its seat's key.
    function _checkAttestations(
        Lot calldata lot,
        uint256 seatsVoted,
        uint256 posted,
        Attestation[] calldata attestations,
        address[] memory keys
    ) private view {
        uint256 seat;
        for (uint256 i; i < attestations.length; ++i) {
            while (seatsVoted & (1 << seat) == 0) ++seat;
            Attestation calldata attestation = attestations[i];
            _checkVotes(lot, seat, attestation);
            if (posted & (1 << seat) == 0) _checkSignature(lot, seat, attestation, keys[i]);
            else _checkPosted(lot, seat, attestation);
            ++seat;
        }
    }

    /// @dev What was posted is what counts, even against a later signature of the same validator.
    function _checkPosted(Lot calldata lot, uint256 seat, Attestation calldata attestation) private view {
        bytes32 expected = _posted[lot.id][seat];
        bytes32 given = _votesHash(attestation);
        require(given == expected, DatanetsPostedMismatch(lot.id, seat, expected, given));
    }

    function _checkVotes(Lot calldata lot, uint256 seat, Attestation calldata attestation) private pure {
        uint256 both = attestation.accepted & attestation.rejected;
        require(both == 0, DatanetsContradiction(lot.id, seat, both));
        require(
            (attestation.accepted | attestation.rejected) & ~_items(lot.itemCount) == 0,
            DatanetsVotesOutOfRange(lot.id, seat, lot.itemCount)
        );
    }

    function _checkSignature(
        Lot calldata lot,
        uint256 seat,
        Attestation calldata attestation,
        address key
    ) private view {
        bytes32 digest = hashAttestation(lot.digest, attestation.accepted, attestation.rejected, attestation.report);
        (address recovered, , ) = ECDSA.tryRecover(digest, attestation.r, attestation.vs);
        require(recovered == key && key != address(0), DatanetsWrongSigner(lot.id, seat, key, recovered));
    }

    /// @dev Position in the lot of a proven, accepted item.
    function _itemAt(
        Lot calldata lot,
        Submission[] calldata submissions,
        ItemProof calldata proof
    ) private pure returns (uint256 index) {
        _readSubmissions(lot.id, lot.digest, submissions);
        require(proof.submission < submissions.length, DatanetsInvalidProof(lot.id, proof.submission));
        Submission calldata submission = submissions[proof.submission];
        require(
            Leaves.content(proof.root, proof.manifests) == submission.content &&
                proof.contribution.index < submission.entry.count() &&
                MerkleProof.verifyCalldata(proof.path, proof.root, Leaves.leaf(proof.contribution)),
            DatanetsInvalidProof(lot.id, proof.submission)
        );
        index = submission.entry.first() + proof.contribution.index;
        require(lot.accepted & (1 << index) != 0, DatanetsNotAccepted(lot.id, index));
    }

    /// @return state A copy for the caller to change.
    function _requireLot(Lot calldata lot, LotStatus expected) private view returns (Lot memory state) {
        state = lot;
        bytes32 stored = lotHash[lot.id];
        bytes32 given = state.hash();
        require(given == stored, DatanetsLotMismatch(lot.id, stored, given));
        require(lot.status == expected, DatanetsUnexpectedStatus(lot.id, lot.status, expected));
    }

    function _isSignedBy(address account, bytes32 digest, bytes calldata signature) private view returns (bool) {
        (address recovered, ECDSA.RecoverError failure, ) = ECDSA.tryRecoverCalldata(digest, signature);
        if (failure == ECDSA.RecoverError.NoError && recovered == account) return true;
        return
            account.code.length != 0 && SignatureChecker.isValidERC1271SignatureNowCalldata(account, digest, signature);
    }

    // Effects

    function _useNonce(address account, uint256 nonce) private {
        uint256 bit = 1 << (nonce & 0xff);
        uint256 word = _nonces[account][nonce >> 8];
        require(word & bit == 0, DatanetsNonceUsed(account, nonce));

        _nonces[account][nonce >> 8] = word | bit;
        emit NonceUsed(account, nonce);
    }

    function _credit(LotId id, Account storage member, Entry entry, uint256 count, uint256 amount) private {
        member.balance += uint96(amount);
        member.score += uint32(count);
        member.scoredAt = uint40(block.timestamp);

        emit Accrued(id, entry.contributor(), entry.first(), count, amount);
    }

    /// @dev Gives the reservation of `count` contributions and `fee` back to the budget.
    function _release(
        uint256 datanetId,
        Terms storage terms,
        uint256 count,
        uint256 fee
    ) private returns (uint256 released) {
        released = count * terms.rewardPerFile + fee;
        Book storage book = _books[datanetId];
        book.budget += uint96(released);
        book.fileCount -= uint32(count);
    }

    // Arithmetic

    function _tally(
        Terms storage terms,
        uint256 itemCount,
        Attestation[] calldata attestations
    ) private view returns (uint256 accepted, uint256 undecided, uint256[] memory pay) {
        Tally.Counter memory accepts;
        (accepted, undecided, accepts) = Ballot.result(attestations, itemCount, terms.acceptBps);
        pay = Ballot.split(attestations, accepts, itemCount, terms.lotFee);
    }

    function _emitSettled(
        Lot memory lot,
        uint256 seatsVoted,
        Attestation[] calldata attestations,
        uint256[] memory pay
    ) private {
        bytes32[3][] memory votes = new bytes32[3][](attestations.length);
        for (uint256 i; i < attestations.length; ++i) {
            Attestation calldata attestation = attestations[i];
            votes[i] = [bytes32(attestation.accepted), bytes32(attestation.rejected), attestation.report];
        }

        emit LotSettled(lot.id, lot.accepted, lot.undecided, lot.settledAt, seatsVoted, votes, pay);
    }

    /// @dev When a lot without its quorum may lapse. The second half is for settling with those who voted in the first.
    function _settleDeadline(Terms storage terms, Lot calldata lot) private view returns (uint256) {
        return lot.closedAt + 2 * uint256(terms.voteWindow);
    }

    function _challengeEnd(Lot calldata lot) private view returns (uint256) {
        return lot.settledAt + _terms[lot.id.datanetId()].challengeWindow;
    }

    function _votesHash(Attestation calldata attestation) private pure returns (bytes32) {
        return keccak256(abi.encode(attestation.accepted, attestation.rejected, attestation.report));
    }

    function _items(uint256 itemCount) private pure returns (uint256) {
        return type(uint256).max >> (256 - itemCount);
    }
}
