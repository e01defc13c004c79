// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {
    Attestation,
    Contribution,
    IDatanets,
    ItemProof,
    Lot,
    LotStatus,
    Submission,
    Terms
} from "../../../contracts/interfaces/IDatanets.sol";
import {Leaves} from "../../../contracts/libraries/Leaves.sol";
import {LotId} from "../../../contracts/types/LotId.sol";
import {Protocol} from "../utils/Protocol.sol";
import {Ghosts} from "./Ghosts.sol";

/// @notice What a campaign may do: contributors, validators honest and faulty, relayers, donors, thieves, and time.
/// Nothing here reverts: what may be refused is tried, and the refusal is held against {Ghosts}.
contract Handler is Ghosts {
    /// @dev How often each action did its work, so that a campaign that does nothing is seen.
    mapping(string action => uint256) public done;

    constructor() {
        _deployAll();
    }

    modifier acts(string memory action) {
        _;
        ++done[action];
        mine();
    }

    // Entry

    function submit(uint256 actor, uint256 datanet, uint256 count, uint256 bytes_) external {
        count = bound(count, 1, 21);
        bytes_ = bound(bytes_, 0, 3) == 0 ? uint256(3_333_333) : count * (1 + (bytes_ % 1_000));
        _enter(
            _contributor(actor),
            _datanet(datanet),
            keccak256(abi.encode(actor, count, ++salt)),
            count,
            bytes_,
            false
        );
    }

    /// @dev A tree of one leaf: its root is the leaf. Contents repeat, so that duplicates arise.
    function submitOne(uint256 actor, uint256 datanet, uint256 content, bool relayed) external {
        Contribution memory its = Contribution(0, keccak256(abi.encode(content % 3)), 100, 0, keccak256("manifest"));
        _enter(_contributor(actor), _datanet(datanet), Leaves.leaf(its), 1, 100, relayed);
    }

    function _enter(
        address contributor,
        uint256 datanetId,
        bytes32 root,
        uint256 count,
        uint256 bytes_,
        bool relayed
    ) private acts("submit") {
        bool fits = _fits(contributor, datanetId, count, bytes_);
        bytes32 manifests = keccak256(abi.encode("manifests", root));
        bytes memory call =
            relayed
                ? _relayed(contributor, datanetId, root, count, bytes_, manifests)
                : abi.encodeCall(IDatanets.submit, (datanetId, root, count, bytes_, 1, manifests, ""));
        if (!relayed) vm.prank(contributor);
        (bool ok, bytes memory answer) = address(datanets).call(call);
        assertEq(ok, fits, "P8: entered if and only if every limit allows it");
        if (!ok) return;
        (LotId lot, uint256 first) = abi.decode(answer, (LotId, uint256));
        record(lot, contributor, first, count, bytes_, 1, root, manifests);
        _entered(contributor, datanetId, lot, count, bytes_);
    }

    // Lots

    function close(uint256 which) external {
        (bool found, uint256 at) = _pick(which, State.Open);
        if (!found) return;
        Record storage its = records[at];
        Terms memory terms = datanets.termsOf(its.id.datanetId());
        if (its.items != 256 && datanets.bookOf(its.id.datanetId()).lotNumber == its.id.number()) {
            uint256 closableAt = datanets.bookOf(its.id.datanetId()).openedAt + uint256(terms.lotWindow);
            if (block.timestamp < closableAt) vm.warp(closableAt);
        }
        _close(its);
    }

    function _close(Record storage its) private acts("close") {
        Lot memory lot = close(its.id);
        assertEq(lot.itemCount, its.items, "every item entered is voted on");
        its.state = State.Closed;
        _checkSeats(lot);
    }

    function post(uint256 which, uint256 seat, uint256 accepted) external {
        (bool found, uint256 at) = _pick(which, State.Closed);
        if (!found) return;
        Lot memory lot = lotOf(records[at].id);
        uint256 seats = lot.seats.length();
        if (seats == 0 || block.timestamp > lot.closedAt + datanets.termsOf(lot.id.datanetId()).voteWindow) return;
        seat %= seats;
        if (records[at].posted & (1 << seat) != 0 || _isSlashed(lot.seats.idAt(seat))) return;
        _post(records[at], lot, seat, accepted);
    }

    function _post(Record storage its, Lot memory lot, uint256 seat, uint256 accepted) private acts("post") {
        accepted &= ALL >> (256 - lot.itemCount);
        uint256 rejected = ~accepted & (ALL >> (256 - lot.itemCount));
        datanets.postAttestation(lot, seat, attest(lot, seat, accepted, rejected));
        its.posted |= 1 << seat;
        its.postedAccepted[seat] = accepted;
        its.postedRejected[seat] = rejected;
    }

    /// @dev Honest seats follow `truth`; faulty ones vote `noise`, abstain on it, or stay away.
    function settle(uint256 which, uint256 truth, uint256 noise, uint256 faulty, uint256 absent) external {
        (bool found, uint256 at) = _pick(which, State.Closed);
        if (!found) return;
        Lot memory lot = lotOf(records[at].id);
        Terms memory terms = datanets.termsOf(lot.id.datanetId());
        uint256 seats = lot.seats.length();
        uint256 seatsVoted = ((1 << seats) - 1) & (~(absent & (absent >> 8)) | records[at].posted);
        for (uint256 seat; seat < seats; ++seat) {
            if (_isSlashed(lot.seats.idAt(seat)) && records[at].posted & (1 << seat) == 0) seatsVoted &= ~(1 << seat);
        }
        uint256 n = _ones(seatsVoted);
        uint256 endsAt = lot.closedAt + terms.voteWindow;
        if (n < terms.quorum || block.timestamp > endsAt + terms.voteWindow) return _lapse(records[at], lot, terms);
        if (n < seats && block.timestamp <= endsAt) vm.warp(endsAt + 1);
        _settle(records[at], lot, seatsVoted, _ballot(records[at], lot, seatsVoted, n, truth, noise, faulty));
    }

    function _ballot(
        Record storage its,
        Lot memory lot,
        uint256 seatsVoted,
        uint256 n,
        uint256 truth,
        uint256 noise,
        uint256 faulty
    ) private view returns (Attestation[] memory list) {
        list = new Attestation[](n);
        uint256 i;
        uint256 items = ALL >> (256 - lot.itemCount);
        for (uint256 seat; i < n; ++seat) {
            if (seatsVoted & (1 << seat) == 0) continue;
            uint256 accepted = faulty & (1 << seat) == 0 ? truth : noise >> seat;
            uint256 rejected = faulty & (0x10000 << seat) == 0 ? ~accepted : ~accepted & (noise << seat);
            bool posted = its.posted & (1 << seat) != 0;
            if (posted) (accepted, rejected) = (its.postedAccepted[seat], its.postedRejected[seat]);
            list[i] = attest(lot, seat, accepted & items, rejected & items);
            if (posted) (list[i].r, list[i].vs) = (0, 0);
            ++i;
        }
    }

    function _settle(
        Record storage its,
        Lot memory lot,
        uint256 seatsVoted,
        Attestation[] memory list
    ) private acts("settle") {
        lot = settle(lot, seatsVoted, list);
        _settled(its, lot, seatsVoted, list);
    }

    function _lapse(Record storage its, Lot memory lot, Terms memory terms) private acts("lapse") {
        uint256 endsAt = lot.closedAt + 2 * uint256(terms.voteWindow);
        if (lot.seats.length() >= terms.quorum && block.timestamp <= endsAt) vm.warp(endsAt + 1);
        datanets.lapse(lot);
        lot.status = LotStatus.Lapsed;
        keep(lot);
        its.state = State.Lapsed;
    }

    function accrue(uint256 which) external {
        (bool found, uint256 at) = _pick(which, State.Settled);
        if (!found) return;
        Lot memory lot = lotOf(records[at].id);
        uint256 endsAt = lot.settledAt + datanets.termsOf(lot.id.datanetId()).challengeWindow;
        if (block.timestamp <= endsAt) vm.warp(endsAt + 1);
        _accrue(records[at], lot);
    }

    function _accrue(Record storage its, Lot memory lot) private acts("accrue") {
        accrue(lot);
        _accrued(its, lot);
    }

    /// @dev Tries to prove the first item of a settled lot against that of an accrued one.
    function revoke(uint256 which, uint256 against) external {
        (bool found, uint256 at) = _pick(which, State.Settled);
        (bool other, uint256 before) = _pick(against, State.Accrued);
        if (!found || !other) return;
        (bool one, ItemProof memory proof) = _proof(records[at]);
        (bool two, ItemProof memory earlier) = _proof(records[before]);
        if (!one || !two) return;
        Lot memory lot = lotOf(records[at].id);
        Lot memory first = lotOf(records[before].id);
        bool fits =
            lot.accepted & 1 != 0 &&
                first.accepted & 1 != 0 &&
                lot.id.datanetId() == first.id.datanetId() &&
                first.id.number() < lot.id.number() &&
                proof.contribution.contentHash == earlier.contribution.contentHash;
        uint256 had = open.balanceOf(PROVER);
        vm.prank(PROVER);
        try datanets.revokeDuplicate(lot, submissionsOf(lot.id), proof, first, submissionsOf(first.id), earlier) {
            assertTrue(fits, "only a later accepted duplicate can be revoked");
            assertEq(open.balanceOf(PROVER) - had, REWARD, "its reward is the prover's");
            ++done["revoke"];
            (lot.accepted, lot.revoked) = (lot.accepted & ~uint256(1), lot.revoked | 1);
            keep(lot);
        } catch {
            assertFalse(fits, "a duplicate can be revoked");
        }
        mine();
    }

    function _proof(Record storage its) private view returns (bool, ItemProof memory proof) {
        Submission memory submission = submissionsOf(its.id)[0];
        for (uint256 content; content < 3; ++content) {
            proof.contribution = Contribution(0, keccak256(abi.encode(content)), 100, 0, keccak256("manifest"));
            proof.root = Leaves.leaf(proof.contribution);
            proof.manifests = keccak256(abi.encode("manifests", proof.root));
            if (Leaves.content(proof.root, proof.manifests) == submission.content) return (true, proof);
        }
        return (false, proof);
    }

    // Money

    function fund(uint256 datanet, uint256 amount) external acts("fund") {
        uint256 datanetId = _datanet(datanet);
        amount = logBound(amount, 24);
        datanets.fund(datanetId, amount);
        funded[datanetId] += amount;
    }

    /// @dev Anyone claims for anyone; a claim moves exactly what was owed, to the beneficiary.
    function claim(uint256 actor, uint256 caller) external acts("claim") {
        address account = _contributor(actor);
        uint256 owed;
        uint256[] memory ids = new uint256[](DATANETS + 1);
        for (uint256 i; i <= DATANETS; ++i) {
            ids[i] = i;
            owed += balanceOf(i, account);
            claimed[i] += balanceOf(i, account);
        }
        uint256 had = open.balanceOf(datanets.payoutOf(account));
        vm.prank(address(uint160(1 + (caller % type(uint64).max))));
        assertEq(datanets.claim(account, ids), owed, "P2: what was owed");
        assertEq(open.balanceOf(datanets.payoutOf(account)) - had, owed, "P2: to the beneficiary");
        received[account] += owed;
    }

    function claimEarnings(uint256 which) external acts("claimEarnings") {
        uint256 id = 1 + (which % validators.validatorCount());
        uint256 owed = validators.validatorOf(id).earned + validators.stakerFeesOf(id);
        uint256 had = open.balanceOf(accountOf(id));
        (uint256 lotFees, uint256 stakerFees) = validators.claimEarnings(id);
        assertEq(lotFees + stakerFees, owed, "what was owed");
        assertEq(open.balanceOf(accountOf(id)) - had, owed, "to the validator");
    }

    function distribute(uint256 amount) external acts("distribute") {
        validators.distribute(logBound(amount, 22));
    }

    function donate(uint256 amount, bool toValidators) external acts("donate") {
        amount = logBound(amount, 20);
        open.transfer(toValidators ? address(validators) : address(datanets), amount);
        if (toValidators) donatedToValidators += amount;
        else donated += amount;
    }

    // Stake

    function stake(uint256 which, uint256 units) external acts("stake") {
        uint256 id = 1 + (which % validators.validatorCount());
        units = bound(units, 1, 5);
        if (_isSlashed(id)) return;
        open.transfer(accountOf(id), units * 1_000e18);
        vm.prank(accountOf(id));
        validators.stake(units);
    }

    function unstake(uint256 which, uint256 units) external acts("unstake") {
        uint256 id = 1 + (which % validators.validatorCount());
        uint256 has = validators.validatorOf(id).units;
        // Two validators always stay, so that what is distributed has somebody to go to.
        if (has == 0 || validators.activeCount() < 3) return;
        vm.prank(accountOf(id));
        validators.unstake(bound(units, 1, has));
    }

    function withdraw(uint256 which) external acts("withdraw") {
        uint256 id = 1 + (which % validators.validatorCount());
        uint256 units = validators.validatorOf(id).unbondingUnits;
        if (units == 0) return;
        uint256 unbondsAt = validators.validatorOf(id).unbondsAt;
        if (block.timestamp < unbondsAt) vm.warp(unbondsAt);
        vm.prank(accountOf(id));
        assertEq(validators.withdraw(), units * 1_000e18, "the stake, no more");
    }

    function slash(uint256 which, uint256 rare) external {
        uint256 id = 1 + (which % validators.validatorCount());
        if (rare % 16 != 0 || _isSlashed(id) || validators.activeCount() < 4) return;
        _slash(id);
    }

    function _slash(uint256 id) private acts("slash") {
        bytes32 digest = keccak256(abi.encode("equivocation", id));
        Attestation memory first = attestBy(id, digest, 1, 0);
        Attestation memory second = attestBy(id, digest, 0, 1);
        uint256 had = open.balanceOf(REPORTER);
        uint256 at = uint256(validators.validatorOf(id).units) + validators.validatorOf(id).unbondingUnits;
        vm.prank(REPORTER);
        validators.slash(digest, first, second);
        assertEq(open.balanceOf(REPORTER) - had, at * 100e18, "a tenth is the reporter's");
    }

    // Time and thieves

    function pass(uint256 kind, uint256 by) external acts("pass") {
        kind %= 4;
        if (kind == 0) vm.warp(block.timestamp + (by % 1 hours));
        if (kind == 1) vm.warp((block.timestamp / 1 days + 1) * 1 days - 1);
        if (kind == 2) vm.warp((block.timestamp / 1 days + 1) * 1 days);
        if (kind == 3) vm.warp(block.timestamp + (by % 40 days));
    }

    /// @dev Whatever a stranger calls with a lot's old or foreign state is refused.
    function steal(uint256 which, uint256 how) external acts("steal") {
        if (records.length == 0) return;
        Record storage its = records[which % records.length];
        Lot memory lot = lotOf(its.id);
        bytes[5] memory calls = [
            abi.encodeCall(IDatanets.payEarnings, (THIEF, 1)),
            abi.encodeCall(IDatanets.openAppeal, (lot)),
            abi.encodeCall(IDatanets.closeAppeal, (lot, ALL, 0, lot.seats)),
            abi.encodeCall(IDatanets.settle, (lot, 0, new Attestation[](0))),
            abi.encodeCall(IDatanets.accrue, (lot, new Submission[](0)))
        ];
        vm.prank(THIEF);
        (bool ok, ) = address(datanets).call(calls[how % 5]);
        assertFalse(ok, "P2, P4, P5: a thief is refused");
    }
}
