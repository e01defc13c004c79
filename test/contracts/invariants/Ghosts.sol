// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Account, Attestation, Book, DayUsage, IDatanets, Lot, Terms} from "../../../contracts/interfaces/IDatanets.sol";
import {Validator} from "../../../contracts/interfaces/IValidators.sol";
import {Entry} from "../../../contracts/types/Entry.sol";
import {LotId} from "../../../contracts/types/LotId.sol";
import {Protocol} from "../utils/Protocol.sol";

/// @notice What must hold, kept by hand from arguments and results alone: a plain ledger beside the contracts.
/// See README.md for the properties P1 to P9 in prose.
abstract contract Ghosts is Protocol {
    enum State {
        Open,
        Closed,
        Settled,
        Accrued,
        Lapsed
    }

    struct Record {
        LotId id;
        uint256 items;
        State state;
        uint256 posted;
        uint256[15] postedAccepted;
        uint256[15] postedRejected;
    }

    uint256 internal constant DATANETS = 3;
    uint256 internal constant CONTRIBUTORS = 5;
    uint256 internal constant CONTRIBUTOR_KEYS = 0xc0de00;
    address internal constant PROVER = address(0x9907e);
    address internal constant REPORTER = address(0x9e907);
    address internal constant THIEF = address(0x7e1f);

    Record[] internal records;
    mapping(uint256 lot => uint256) private _recordOf;
    uint256 internal salt;

    mapping(uint256 datanetId => uint256) internal funded;
    mapping(uint256 datanetId => uint256) internal claimed;
    mapping(address account => uint256) internal received;
    uint256 internal donated;
    uint256 internal donatedToValidators;
    uint256 private _dust;
    mapping(address account => mapping(uint256 day => uint256)) private _files;
    mapping(address account => mapping(uint256 day => uint256)) private _bytes;
    mapping(uint256 datanetId => mapping(address account => mapping(uint256 day => uint256))) private _bytesHere;
    mapping(uint256 datanetId => mapping(address account => uint256)) private _score;
    uint256 private _nonce;

    function _deployAll() internal {
        deploy(6);
        Terms memory its = terms(3, 2);
        its.dailyKilobytes = 4_000;
        create(its);
        its = terms(5, 3);
        its.fileCap = 60;
        its.acceptBps = 5001;
        create(its);
        its = terms(15, 1);
        its.lotFee = 7;
        its.acceptBps = 10_000;
        create(its);
        for (uint256 i = 1; i <= DATANETS; ++i) {
            funded[i] = BUDGET;
        }
    }

    // Who and which

    function _contributor(uint256 seed) internal pure returns (address) {
        // One of them is a validator too.
        uint256 i = seed % CONTRIBUTORS;
        return i == 0 ? accountOf(6) : vm.addr(CONTRIBUTOR_KEYS + i);
    }

    function _datanet(uint256 seed) internal pure returns (uint256) {
        return 1 + (seed % DATANETS);
    }

    function _pick(uint256 seed, State state) internal view returns (bool, uint256) {
        for (uint256 i; i < records.length; ++i) {
            uint256 at = ((seed % records.length) + i) % records.length;
            if (records[at].state == state) return (true, at);
        }
        return (false, 0);
    }

    function _isSlashed(uint256 id) internal view returns (bool) {
        return validators.validatorOf(id).slashed;
    }

    function _ones(uint256 word) internal pure returns (uint256 n) {
        for (; word != 0; word &= word - 1) {
            ++n;
        }
    }

    // Bookkeeping

    function _relayed(
        address contributor,
        uint256 datanetId,
        bytes32 root,
        uint256 count,
        uint256 bytes_,
        bytes32 manifests
    ) internal returns (bytes memory) {
        // The contributor that is a validator signs with its own account elsewhere; here its relayed call is direct.
        uint256 key;
        for (uint256 i = 1; i < CONTRIBUTORS; ++i) {
            if (vm.addr(CONTRIBUTOR_KEYS + i) == contributor) key = CONTRIBUTOR_KEYS + i;
        }
        if (key == 0) {
            vm.prank(contributor);
            return abi.encodeCall(IDatanets.submit, (datanetId, root, count, bytes_, 1, manifests, ""));
        }
        uint256 nonce = uint256(keccak256(abi.encode(++_nonce)));
        bytes32 type_ = keccak256(
            "Submit(address contributor,uint256 datanetId,bytes32 root,uint256 count,uint256 totalBytes,uint256 formats,bytes32 manifests,uint256 nonce,uint256 deadline)"
        );
        bytes32 domain = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256("Datanets"),
                keccak256("1"),
                block.chainid,
                datanets
            )
        );
        bytes32 its = keccak256(
            abi.encode(
                type_,
                contributor,
                datanetId,
                root,
                count,
                bytes_,
                uint256(1),
                manifests,
                nonce,
                block.timestamp
            )
        );
        bytes memory signature = signPacked(key, keccak256(abi.encodePacked("\x19\x01", domain, its)));
        return
            abi.encodeCall(
                IDatanets.submitFor,
                (contributor, datanetId, root, count, bytes_, 1, manifests, "", nonce, block.timestamp, signature)
            );
    }

    /// @dev P8, by a ledger of days: whether an entry may be taken.
    function _fits(address contributor, uint256 datanetId, uint256 count, uint256 bytes_) internal view returns (bool) {
        uint256 day = block.timestamp / 1 days;
        Terms memory its = datanets.termsOf(datanetId);
        Book memory book = datanets.bookOf(datanetId);
        bool opens =
            book.openCount == 0 ||
                book.openCount + count > 256 ||
                block.timestamp >= uint256(book.openedAt) + its.lotWindow;
        return
            bytes_ >= count &&
            _files[contributor][day] + count <= 20 &&
            _bytes[contributor][day] + bytes_ <= 10_000_000 &&
            _bytesHere[datanetId][contributor][day] + bytes_ <= uint256(its.dailyKilobytes) * 1000 &&
            _filesIn(datanetId) + count <= its.fileCap &&
            book.budget >= count * its.rewardPerFile + (opens ? its.lotFee : 0);
    }

    function _entered(address contributor, uint256 datanetId, LotId lot, uint256 count, uint256 bytes_) internal {
        uint256 day = block.timestamp / 1 days;
        _files[contributor][day] += count;
        _bytes[contributor][day] += bytes_;
        _bytesHere[datanetId][contributor][day] += bytes_;
        uint256 at = _recordOf[LotId.unwrap(lot)];
        if (at == 0) {
            records.push().id = lot;
            at = _recordOf[LotId.unwrap(lot)] = records.length;
        }
        records[at - 1].items += count;
        assertTrue(records[at - 1].state == State.Open, "a closed lot takes nothing");
    }

    function _checkSeats(Lot memory lot) internal view {
        uint256 seats = lot.seats.length();
        assertLe(seats, datanets.termsOf(lot.id.datanetId()).seatCount, "P5: no more seats than the terms say");
        for (uint256 i; i < seats; ++i) {
            uint256 id = lot.seats.idAt(i);
            assertNotEq(validators.validatorOf(id).units, 0, "P5: only validators with stake are seated");
            assertNotEq(id, _submitted(lot.id, accountOf(6)) ? 6 : 0, "P5: no contributor is seated");
            for (uint256 j; j < i; ++j) {
                assertNotEq(id, lot.seats.idAt(j), "P5: one validator, one seat");
            }
        }
    }

    function _submitted(LotId id, address account) private view returns (bool) {
        for (uint256 i; i < submissionsOf(id).length; ++i) {
            if (submissionsOf(id)[i].entry.contributor() == account) return true;
        }
        return false;
    }

    /// @dev P5, P7: the result by a plain count of the votes cast.
    function _settled(Record storage its, Lot memory lot, uint256 seatsVoted, Attestation[] memory list) internal {
        Terms memory terms_ = datanets.termsOf(lot.id.datanetId());
        assertGe(list.length, terms_.quorum, "P5: no result without a quorum");
        assertEq(its.posted & ~seatsVoted, 0, "P5: no posted vote is left out");
        for (uint256 item; item < lot.itemCount; ++item) {
            uint256 yes;
            uint256 no;
            for (uint256 i; i < list.length; ++i) {
                yes += (list[i].accepted >> item) & 1;
                no += (list[i].rejected >> item) & 1;
            }
            bool accepted = yes * 10_000 >= uint256(terms_.acceptBps) * list.length;
            bool rejected = no * 10_000 >= uint256(terms_.acceptBps) * list.length;
            assertEq((lot.accepted >> item) & 1, accepted ? 1 : 0, "P7: accepted as counted");
            assertEq((lot.undecided >> item) & 1, accepted || rejected ? 0 : 1, "P7: undecided as counted");
        }
        (, , uint256[] memory pay) = datanets.tally(lot.id, lot.itemCount, list);
        uint256 paid;
        for (uint256 i; i < pay.length; ++i) {
            paid += pay[i];
        }
        assertLe(paid, terms_.lotFee, "P9: never more than the fee");
        assertLe(terms_.lotFee - paid, 2 * list.length, "P9: dust is bounded");
        _dust += terms_.lotFee - paid;
        its.state = State.Settled;
    }

    function _accrued(Record storage its, Lot memory lot) internal {
        its.state = State.Accrued;
        for (uint256 i; i < submissionsOf(lot.id).length; ++i) {
            Entry entry = submissionsOf(lot.id)[i].entry;
            _score[lot.id.datanetId()][entry.contributor()] += _ones(lot.accepted & entry.items());
        }
    }

    /// @dev Contributions a Datanet holds, by its lots.
    function _filesIn(uint256 datanetId) private view returns (uint256 files) {
        for (uint256 i; i < records.length; ++i) {
            if (records[i].id.datanetId() != datanetId || records[i].state == State.Lapsed) continue;
            Lot memory lot = lotOf(records[i].id);
            files += records[i].state == State.Accrued ? _ones(lot.accepted) : records[i].items - _ones(lot.revoked);
        }
    }

    // Properties

    function checkDatanets() external view {
        uint256 owed = _dust + donated;
        for (uint256 id = 1; id <= DATANETS; ++id) {
            Book memory book = datanets.bookOf(id);
            assertEq(book.fileCount, _filesIn(id), "the book holds the files of its lots");
            (uint256 reserved, uint256 accrued, uint256 left) = _moneyOf(id);
            assertLe(claimed[id], accrued, "P1: claimed <= accrued");
            assertLe(accrued + left, funded[id], "P1: accrued <= funded");
            uint256 balances;
            for (uint256 i; i < CONTRIBUTORS; ++i) {
                balances += balanceOf(id, _contributor(i));
            }
            assertEq(claimed[id] + balances, accrued, "P4: accrued once: in balances or claimed");
            assertEq(book.budget + reserved + accrued + left, funded[id], "P1: every wei of a Datanet is in one place");
            owed += book.budget + reserved + balances;
        }
        for (uint256 id = 1; id <= validators.validatorCount(); ++id) {
            owed += validators.validatorOf(id).earned;
        }
        assertEq(open.balanceOf(address(datanets)), owed, "P1: solvent to the wei");
    }

    /// @return reserved For what may still be accepted, and fees of lots without a result.
    /// @return accrued For what was accepted.
    /// @return left What left as fees and to provers.
    function _moneyOf(uint256 datanetId) private view returns (uint256 reserved, uint256 accrued, uint256 left) {
        Terms memory its = datanets.termsOf(datanetId);
        for (uint256 i; i < records.length; ++i) {
            if (records[i].id.datanetId() != datanetId) continue;
            State state = records[i].state;
            Lot memory lot = lotOf(records[i].id);
            if (state == State.Open || state == State.Closed) {
                reserved += records[i].items * its.rewardPerFile + its.lotFee;
            }
            if (state == State.Settled || state == State.Accrued) {
                left += its.lotFee + _ones(lot.revoked) * its.rewardPerFile;
            }
            if (state == State.Settled) reserved += (lot.itemCount - _ones(lot.revoked)) * its.rewardPerFile;
            if (state == State.Accrued) accrued += _ones(lot.accepted) * its.rewardPerFile;
        }
    }

    function checkAccounts() external view {
        uint256 day = block.timestamp / 1 days;
        for (uint256 i; i < CONTRIBUTORS; ++i) {
            address account = _contributor(i);
            DayUsage memory usage = datanets.usageOf(account);
            if (usage.day == day) {
                assertEq(usage.files, _files[account][day], "P8: files of the day");
                assertEq(usage.bytesUsed, _bytes[account][day], "P8: bytes of the day");
            }
            assertLe(_files[account][day], 20, "P8: files of the day");
            assertLe(_bytes[account][day], 10_000_000, "P8: bytes of the day");
            for (uint256 id = 1; id <= DATANETS; ++id) {
                Account memory its = datanets.accountOf(id, account);
                assertEq(its.score, _score[id][account], "P3, P4: the score is what was accepted, and only grows");
            }
            if (i != 0) assertEq(open.balanceOf(account), received[account], "P2: nothing but its own rewards");
        }
        assertEq(open.balanceOf(THIEF), 0, "P2: nobody else receives anything");
    }

    function checkValidators() external view {
        uint256 units;
        uint256 active;
        uint256 owed = donatedToValidators;
        for (uint256 id = 1; id <= validators.validatorCount(); ++id) {
            Validator memory its = validators.validatorOf(id);
            units += its.units;
            if (its.units != 0) ++active;
            owed += (uint256(its.units) + its.unbondingUnits) * 1_000e18 + validators.stakerFeesOf(id);
            if (its.slashed) assertEq(its.units + its.unbondingUnits, 0, "K4: a slashed validator has no stake");
        }
        assertEq(validators.ticketCount(), units, "K1: one ticket for each unit");
        assertEq(validators.activeCount(), active, "K6: active means staked");
        uint256 held = open.balanceOf(address(validators));
        assertGe(held, owed, "P1: stake and fees are there");
        // Each distribution and each settling of an account rounds down by less than a wei per unit and account.
        assertLe(held - owed, 1_000_000, "P9: dust is bounded");
    }
}
