// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Datanets} from "../../../contracts/Datanets.sol";
import {OpenToken} from "../../../contracts/OpenToken.sol";
import {Validators} from "../../../contracts/Validators.sol";
import {IAdmission} from "../../../contracts/interfaces/IAdmission.sol";
import {Attestation, IDatanets, Lot, LotStatus, Submission, Terms} from "../../../contracts/interfaces/IDatanets.sol";
import {Formats} from "../../../contracts/libraries/Formats.sol";
import {Leaves} from "../../../contracts/libraries/Leaves.sol";
import {toEntry} from "../../../contracts/types/Entry.sol";
import {LotId} from "../../../contracts/types/LotId.sol";
import {Seats} from "../../../contracts/types/Seats.sol";
import {Test} from "./Test.sol";
import {Vm} from "./Vm.sol";

/// @notice A deployed protocol and the steps of a contribution's life, as its users take them: what callers pass back
/// (submissions, lot states) is kept here as an indexer would keep it.
abstract contract Protocol is Test {
    uint256 internal constant START = 1_800_000_000;
    uint80 internal constant REWARD = 5e18;
    uint80 internal constant LOT_FEE = 50e18;
    uint256 internal constant BUDGET = 1_000_000e18;
    /// @dev Signing key of validator `id` is `KEYS + id`.
    uint256 internal constant KEYS = 0xda7a0000;
    uint256 internal constant ALL = type(uint256).max;

    OpenToken internal open;
    Datanets internal datanets;
    Validators internal validators;

    mapping(uint256 lot => Submission[]) private _submissions;
    mapping(uint256 lot => Lot) private _lots;
    uint256 private _salt;

    // Network

    function deploy(uint256 validatorCount) internal {
        vm.warp(START);
        vm.roll(1_000);
        open = new OpenToken(address(this));
        datanets = new Datanets(open);
        validators = Validators(address(datanets.VALIDATORS()));
        open.approve(address(datanets), type(uint256).max);
        open.approve(address(validators), type(uint256).max);
        for (uint256 id = 1; id <= validatorCount; ++id) {
            join(1);
        }
    }

    /// @notice Registers the next validator with `units`.
    function join(uint256 units) internal returns (uint256 id) {
        id = validators.validatorCount() + 1;
        address account = accountOf(id);
        open.transfer(account, units * validators.UNIT());
        bytes memory proof = signPacked(KEYS + id, validators.hashSigningKey(account));
        address key = vm.addr(KEYS + id);
        vm.prank(account);
        open.approve(address(validators), type(uint256).max);
        vm.prank(account);
        validators.register(key, proof, units);
        mine();
    }

    function accountOf(uint256 validatorId) internal pure returns (address) {
        return address(uint160(0xacc00000 + validatorId));
    }

    /// @notice Ends the block: what happens next happens in a later one, two seconds on.
    function mine() internal {
        vm.roll(block.number + 1);
        vm.warp(block.timestamp + 2);
    }

    function pass(uint256 seconds_) internal {
        vm.roll(block.number + 1);
        vm.warp(block.timestamp + seconds_);
    }

    // Datanets

    function terms(uint8 seatCount, uint8 quorum) internal pure returns (Terms memory) {
        return
            Terms({
                rewardPerFile: REWARD,
                lotFee: LOT_FEE,
                lotWindow: 1 hours,
                formats: uint16(Formats.TEXT),
                fileCap: 100_000,
                dailyKilobytes: 10_000,
                gated: false,
                voteWindow: 1 hours,
                challengeWindow: 1 hours,
                seatCount: seatCount,
                quorum: quorum,
                acceptBps: 6667,
                appealBondFees: 2,
                admission: IAdmission(address(0))
            });
    }

    function create(Terms memory terms_) internal returns (uint256 datanetId) {
        datanetId = datanets.createDatanet(terms_, keccak256("rules"));
        datanets.fund(datanetId, BUDGET);
    }

    // Entry

    function submit(address contributor, uint256 datanetId, uint256 count) internal returns (LotId lot) {
        return submit(contributor, datanetId, count, count * 100);
    }

    function submit(
        address contributor,
        uint256 datanetId,
        uint256 count,
        uint256 totalBytes
    ) internal returns (LotId) {
        bytes32 root = keccak256(abi.encode("root", ++_salt));
        return submit(contributor, datanetId, root, count, totalBytes);
    }

    function submit(
        address contributor,
        uint256 datanetId,
        bytes32 root,
        uint256 count,
        uint256 totalBytes
    ) internal returns (LotId lot) {
        bytes32 manifests = keccak256(abi.encode("manifests", root));
        uint256 first;
        vm.prank(contributor);
        (lot, first) = datanets.submit(datanetId, root, count, totalBytes, 1, manifests, "");
        record(lot, contributor, first, count, totalBytes, 1, root, manifests);
    }

    function record(
        LotId lot,
        address contributor,
        uint256 first,
        uint256 count,
        uint256 totalBytes,
        uint256 formats,
        bytes32 root,
        bytes32 manifests
    ) internal {
        _submissions[LotId.unwrap(lot)].push(
            Submission(
                toEntry(contributor, first, count, totalBytes, formats, block.number),
                Leaves.content(root, manifests)
            )
        );
    }

    function submissionsOf(LotId lot) internal view returns (Submission[] memory) {
        return _submissions[LotId.unwrap(lot)];
    }

    // Lots

    function close(LotId id) internal returns (Lot memory lot) {
        vm.recordLogs();
        datanets.closeLot(id, submissionsOf(id));
        (lot.digest, lot.itemCount, lot.seats, lot.closedAt) = abi.decode(
            _lastLog(IDatanets.LotClosed.selector),
            (bytes32, uint256, Seats, uint256)
        );
        lot.id = id;
        keep(lot);
    }

    function keep(Lot memory lot) internal {
        _lots[LotId.unwrap(lot.id)] = lot;
        assertEq(datanets.lotHash(lot.id), datanets.hashLot(lot), "events rebuild the lot's state");
    }

    function lotOf(LotId id) internal view returns (Lot memory) {
        return _lots[LotId.unwrap(id)];
    }

    /// @notice Signed by the validator in `seat`.
    function attest(
        Lot memory lot,
        uint256 seat,
        uint256 accepted,
        uint256 rejected
    ) internal view returns (Attestation memory) {
        return attestBy(lot.seats.idAt(seat), lot.digest, accepted, rejected);
    }

    function attestBy(
        uint256 validatorId,
        bytes32 digest,
        uint256 accepted,
        uint256 rejected
    ) internal view returns (Attestation memory attestation) {
        bytes32 report = keccak256(abi.encode("report", validatorId, digest));
        (bytes32 r, bytes32 vs) = signCompact(
            KEYS + validatorId,
            datanets.hashAttestation(digest, accepted, rejected, report)
        );
        return Attestation(accepted, rejected, report, r, vs);
    }

    /// @notice Every seat accepts exactly `accepted` and rejects the rest.
    function unanimous(Lot memory lot, uint256 accepted) internal view returns (Attestation[] memory attestations) {
        attestations = new Attestation[](lot.seats.length());
        uint256 items = ALL >> (256 - lot.itemCount);
        for (uint256 seat; seat < attestations.length; ++seat) {
            attestations[seat] = attest(lot, seat, accepted & items, ~accepted & items);
        }
    }

    function settle(Lot memory lot, uint256 accepted) internal returns (Lot memory) {
        return settle(lot, (1 << lot.seats.length()) - 1, unanimous(lot, accepted));
    }

    function settle(
        Lot memory lot,
        uint256 seatsVoted,
        Attestation[] memory attestations
    ) internal returns (Lot memory) {
        vm.recordLogs();
        datanets.settle(lot, seatsVoted, attestations);
        (lot.accepted, lot.undecided, lot.settledAt) = abi.decode(
            _lastLog(IDatanets.LotSettled.selector),
            (uint256, uint256, uint256)
        );
        lot.status = LotStatus.Settled;
        keep(lot);
        return lot;
    }

    function accrue(Lot memory lot) internal returns (Lot memory) {
        datanets.accrue(lot, submissionsOf(lot.id));
        lot.status = LotStatus.Accrued;
        keep(lot);
        return lot;
    }

    /// @notice Accrues once the result can no longer be challenged.
    function accrueAfter(Lot memory lot) internal returns (Lot memory) {
        vm.warp(lot.settledAt + datanets.termsOf(lot.id.datanetId()).challengeWindow + 1);
        return accrue(lot);
    }

    /// @notice Submits as `contributor` and brings the lot to its result.
    function settled(
        address contributor,
        uint256 datanetId,
        uint256 count,
        uint256 accepted
    ) internal returns (Lot memory) {
        LotId id = submit(contributor, datanetId, count);
        pass(datanets.termsOf(datanetId).lotWindow);
        return settle(close(id), accepted);
    }

    // Reading

    function balanceOf(uint256 datanetId, address account) internal view returns (uint256) {
        return datanets.accountOf(datanetId, account).balance;
    }

    function budgetOf(uint256 datanetId) internal view returns (uint256) {
        return datanets.bookOf(datanetId).budget;
    }

    function one(uint256 datanetId) internal pure returns (uint256[] memory ids) {
        ids = new uint256[](1);
        ids[0] = datanetId;
    }

    /// @dev Data of the latest event of this kind since logs were recorded.
    function _lastLog(bytes32 selector) internal returns (bytes memory) {
        Vm.Log[] memory logs = vm.getRecordedLogs();
        for (uint256 i = logs.length; i != 0; --i) {
            if (logs[i - 1].topics[0] == selector) return logs[i - 1].data;
        }
        revert AssertionFailed("event expected", selector, 0);
    }
}
