// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {
    Account,
    Attestation,
    Contribution,
    DayUsage,
    IDatanets,
    Lot,
    LotStatus
} from "../../contracts/interfaces/IDatanets.sol";
import {Ballot} from "../../contracts/libraries/Ballot.sol";
import {DAILY_BYTES, DAILY_FILES} from "../../contracts/libraries/Constants.sol";
import {Information} from "../../contracts/libraries/Information.sol";
import {Leaves} from "../../contracts/libraries/Leaves.sol";
import {Lots} from "../../contracts/libraries/Lots.sol";
import {Quotas} from "../../contracts/libraries/Quotas.sol";
import {Tally} from "../../contracts/libraries/Tally.sol";
import {Entry, toEntry} from "../../contracts/types/Entry.sol";
import {LotId, toLotId} from "../../contracts/types/LotId.sol";
import {MAX_SEATS, Seats} from "../../contracts/types/Seats.sol";
import {Test} from "./utils/Test.sol";

/// @notice The libraries as external calls, with calldata where they take it.
contract Libraries {
    using Quotas for mapping(address account => DayUsage);
    using Quotas for Account;

    mapping(address account => DayUsage) private _usages;
    Account private _account;

    function result(
        Attestation[] calldata attestations,
        uint256 itemCount,
        uint256 acceptBps
    ) external pure returns (uint256 accepted, uint256 undecided, Tally.Counter memory accepts) {
        return Ballot.result(attestations, itemCount, acceptBps);
    }

    function split(
        Attestation[] calldata attestations,
        uint256 itemCount,
        uint256 fee
    ) external pure returns (uint256[] memory) {
        (, , Tally.Counter memory accepts) = Ballot.result(attestations, itemCount, 6667);
        return Ballot.split(attestations, accepts, itemCount, fee);
    }

    function use(uint256 today, uint256 files, uint256 bytes_) external {
        _usages.use(msg.sender, today, files, bytes_);
    }

    function useHere(uint256 today, uint256 bytes_, uint256 limit) external {
        _account.use(1, msg.sender, today, bytes_, limit);
    }
}

/// @notice Each library against the most naive thing that says the same.
contract LibrariesTest is Test {
    using Tally for Tally.Counter;

    Libraries private immutable LIBRARIES = new Libraries();

    function _bit(uint256 word, uint256 i) private pure returns (uint256) {
        return (word >> i) & 1;
    }

    function _ones(uint256 word) private pure returns (uint256 n) {
        for (uint256 i; i < 256; ++i) {
            n += _bit(word, i);
        }
    }

    /// @dev Words with few, about half and many bits, so that counts of every size are met.
    function _words(uint256 seed, uint256 n) private pure returns (uint256[] memory words) {
        words = new uint256[](n);
        for (uint256 i; i < n; ++i) {
            uint256 word = uint256(keccak256(abi.encode(seed, i)));
            uint256 other = uint256(keccak256(abi.encode(seed, i, "other")));
            words[i] =
                seed % 3 == 0
                    ? word
                    : seed % 3 == 1
                        ? word & other
                        : word | other;
        }
    }

    // Tally

    function testFuzz_Tally_EqualsAPlainCount(uint256 seed, uint256 n) public pure {
        n = bound(n, 0, 15);
        uint256[] memory words = _words(seed, n);
        Tally.Counter memory counter;
        for (uint256 i; i < n; ++i) {
            counter.add(words[i]);
        }
        uint256[17] memory expected;
        for (uint256 item; item < 256; ++item) {
            uint256 votes;
            for (uint256 i; i < n; ++i) {
                votes += _bit(words[i], item);
            }
            for (uint256 threshold; threshold <= votes; ++threshold) {
                expected[threshold] |= 1 << item;
            }
        }
        for (uint256 threshold; threshold <= 16; ++threshold) {
            assertEq(counter.atLeast(threshold), expected[threshold], "items with so many votes");
        }
    }

    function test_Tally_CountsToFifteenForEveryNumberOfWords() public pure {
        for (uint256 n; n <= 15; ++n) {
            Tally.Counter memory counter;
            for (uint256 i; i < n; ++i) {
                counter.add(type(uint256).max);
            }
            for (uint256 threshold; threshold <= 17; ++threshold) {
                assertEq(counter.atLeast(threshold), threshold <= n ? type(uint256).max : 0, "all or none");
            }
        }
    }

    function testFuzz_Tally_RoundsThresholdsUp(uint256 bps, uint256 n) public pure {
        bps = bound(bps, 1, 10_000);
        n = bound(n, 1, 15);
        uint256 threshold = Tally.thresholdUp(bps, n);
        assertGe(threshold * 10_000, bps * n, "at least the part");
        assertLe((threshold - 1) * 10_000 + 1, bps * n, "and no vote more");
    }

    function testFuzz_Tally_CountsSetBits(uint256 word, uint256 length) public pure {
        word >>= bound(length, 0, 255);
        assertEq(Tally.popcount(word), _ones(word), "set bits");
    }

    function test_Tally_CountsSetBitsAtTheEdges() public pure {
        assertEq(Tally.popcount(0), 0, "none");
        assertEq(Tally.popcount(type(uint256).max), 256, "all");
        for (uint256 i; i < 256; ++i) {
            assertEq(Tally.popcount(1 << i), 1, "one");
            assertEq(Tally.popcount(type(uint256).max >> i), 256 - i, "the lower ones");
        }
    }

    // Ballot and Information

    function _ballot(
        uint256 seed,
        uint256 n,
        uint256 itemCount
    ) private pure returns (Attestation[] memory attestations) {
        attestations = new Attestation[](n);
        uint256 items = type(uint256).max >> (256 - itemCount);
        uint256[] memory words = _words(seed, 2 * n);
        for (uint256 i; i < n; ++i) {
            attestations[i].accepted = words[2 * i] & items;
            attestations[i].rejected = words[2 * i + 1] & ~words[2 * i] & items;
        }
    }

    function testFuzz_Ballot_SortsEveryItemIntoOneOfThree(
        uint256 seed,
        uint256 n,
        uint256 itemCount,
        uint256 bps
    ) public view {
        (n, itemCount, bps) = (bound(n, 1, 15), bound(itemCount, 1, 256), bound(bps, 5001, 10_000));
        Attestation[] memory its = _ballot(seed, n, itemCount);
        (uint256 accepted, uint256 undecided, ) = LIBRARIES.result(its, itemCount, bps);
        for (uint256 item; item < 256; ++item) {
            uint256 votesFor;
            uint256 against;
            for (uint256 i; i < n; ++i) {
                votesFor += _bit(its[i].accepted, item);
                against += _bit(its[i].rejected, item);
            }
            bool yes = item < itemCount && votesFor * 10_000 >= bps * n;
            bool no = item < itemCount && against * 10_000 >= bps * n;
            assertFalse(yes && no, "never both");
            assertEq(_bit(accepted, item), yes ? 1 : 0, "accepted");
            assertEq(_bit(undecided, item), item < itemCount && !yes && !no ? 1 : 0, "undecided");
        }
    }

    function _covariance(Attestation[] memory its, uint256 seat, uint256 itemCount) private pure returns (uint256) {
        uint256 both;
        uint256 own;
        uint256 others;
        for (uint256 item; item < itemCount; ++item) {
            uint256 votes;
            for (uint256 i; i < its.length; ++i) {
                if (i != seat) votes += _bit(its[i].accepted, item);
            }
            uint256 majority = 2 * votes > its.length - 1 ? 1 : 0;
            uint256 mine = _bit(its[seat].accepted, item);
            both += majority & mine;
            own += mine;
            others += majority;
        }
        return itemCount * both > own * others ? itemCount * both - own * others : 0;
    }

    function testFuzz_Information_IsTheLeaveOneOutCovariance(uint256 seed, uint256 n, uint256 itemCount) public view {
        (n, itemCount) = (bound(n, 1, 15), bound(itemCount, 1, 256));
        Attestation[] memory its = _ballot(seed, n, itemCount);
        (, , Tally.Counter memory accepts) = LIBRARIES.result(its, itemCount, 6667);
        (uint256 with, uint256 without) = Information.thresholds(accepts, n);
        uint256 seat = seed % n;
        assertEq(
            Information.score(its[seat].accepted, with, without, itemCount),
            _covariance(its, seat, itemCount),
            "covariance"
        );
    }

    function testFuzz_Information_IsZeroForAConstantVote(uint256 with, uint256 without, uint256 itemCount) public pure {
        itemCount = bound(itemCount, 1, 256);
        uint256 items = type(uint256).max >> (256 - itemCount);
        assertEq(Information.score(items, with & items, without & items, itemCount), 0, "accepts everything");
        assertEq(Information.score(0, with & items, without & items, itemCount), 0, "accepts nothing");
    }

    function testFuzz_Ballot_NeverPaysMoreThanTheFee(
        uint256 seed,
        uint256 n,
        uint256 itemCount,
        uint256 fee
    ) public view {
        (n, itemCount) = (bound(n, 1, 15), bound(itemCount, 1, 256));
        fee = logBound(fee, 24);
        uint256[] memory pay = LIBRARIES.split(_ballot(seed, n, itemCount), itemCount, fee);
        uint256 paid;
        for (uint256 i; i < n; ++i) {
            paid += pay[i];
            assertGe(pay[i], (fee - fee / 2) / n, "the even half is everybody's");
        }
        assertLe(paid, fee, "never more than the fee");
        assertGe(paid + 2 * n, fee, "all of it but dust");
    }

    function testFuzz_Ballot_PaysTheSameInAnyOrder(uint256 seed, uint256 n, uint256 a, uint256 b) public view {
        n = bound(n, 2, 15);
        (a, b) = (bound(a, 0, n - 1), bound(b, 0, n - 1));
        Attestation[] memory its = _ballot(seed, n, 200);
        uint256[] memory pay = LIBRARIES.split(its, 200, 50e18);
        (its[a], its[b]) = (its[b], its[a]);
        uint256[] memory swapped = LIBRARIES.split(its, 200, 50e18);
        assertEq(swapped[a], pay[b], "a vote earns the same from any seat");
        assertEq(swapped[b], pay[a], "a vote earns the same from any seat");
    }

    /// @dev A copier of the majority earns no more than who voted it first; a lazy accepter of all only the even half.
    function test_Ballot_DoesNotPayForAcceptingEverything() public view {
        Attestation[] memory its = new Attestation[](5);
        for (uint256 i; i < 5; ++i) {
            (its[i].accepted, its[i].rejected) = i < 3 ? (0xff00, 0xff) : (0xffff, 0);
        }
        uint256[] memory pay = LIBRARIES.split(its, 16, 100);
        assertEq(pay[0], 10 + 16, "informed");
        assertEq(pay[4], 10, "lazy");
    }

    // Types

    function testFuzz_Entry_GivesBackWhatWasPacked(
        address contributor,
        uint8 first,
        uint256 count,
        uint24 bytes_,
        uint256 formats,
        uint40 enteredBlock
    ) public pure {
        count = bound(count, 1, 256);
        formats = bound(formats, 0, 0xfff);
        Entry entry = toEntry(contributor, first, count, bytes_, formats, enteredBlock);
        assertEq(entry.contributor(), contributor, "contributor");
        assertEq(entry.first(), first, "first");
        assertEq(entry.count(), count, "count");
        assertEq(entry.totalBytes(), bytes_, "bytes");
        assertEq(entry.formats(), formats, "formats");
        assertEq(entry.enteredBlock(), enteredBlock, "block");
        assertEq(Entry.unwrap(entry) >> 252, 0, "four bits empty");
        for (uint256 i; i < 256; ++i) {
            assertEq(_bit(entry.items(), i), i >= first && i < first + count ? 1 : 0, "items");
        }
    }

    function testFuzz_Seats_GiveBackWhoWasSeated(uint256 seed, uint256 n) public pure {
        n = bound(n, 0, MAX_SEATS);
        Seats seats;
        for (uint256 i; i < n; ++i) {
            seats = seats.add(i, 1 + (uint256(keccak256(abi.encode(seed, i))) % 65_535));
        }
        assertEq(seats.length(), n, "length");
        for (uint256 i; i < n; ++i) {
            uint256 id = 1 + (uint256(keccak256(abi.encode(seed, i))) % 65_535);
            assertEq(seats.idAt(i), id, "in order");
            assertTrue(seats.has(id), "has");
        }
        assertEq(seats.idAt(n), 0, "then nobody");
        assertFalse(seats.has(0), "zero is nobody");
    }

    function testFuzz_LotId_GivesBackItsParts(uint224 datanetId, uint256 number) public pure {
        number = bound(number, 0, type(uint32).max - 1);
        LotId id = toLotId(datanetId, number);
        assertEq(id.datanetId(), datanetId, "datanet");
        assertEq(id.number(), number, "number");
        assertEq(id.next().number(), number + 1, "next");
        assertEq(id.next().datanetId(), datanetId, "of the same datanet");
    }

    function testFuzz_Leaves_HashAsTheStandardTreeDoes(Contribution memory its) public pure {
        bytes32 inner = keccak256(abi.encode(its.index, its.contentHash, its.size, its.format, its.manifestDigest));
        assertEq(Leaves.leaf(its), keccak256(abi.encode(inner)), "hashed twice");
    }

    function testFuzz_Leaves_LinkAsThePlainEncodingDoes(bytes32 previous, uint256 entry, bytes32 content) public pure {
        bytes32 expected = keccak256(abi.encode(previous, entry, content));
        assertEq(Leaves.link(previous, Entry.wrap(entry), content), expected, "link");
        bytes memory fresh = new bytes(32);
        assertEq(uint256(bytes32(fresh)), 0, "memory is left as it was");
    }

    function testFuzz_Lots_HashAsThePlainEncodingDoes(uint256[9] memory its, uint256 status) public pure {
        Lot memory lot = Lot({
            id: LotId.wrap(its[0]),
            digest: bytes32(its[1]),
            itemCount: its[2],
            seats: Seats.wrap(its[3]),
            closedAt: its[4],
            settledAt: its[5],
            status: LotStatus(status % 5),
            accepted: its[6],
            undecided: its[7],
            revoked: its[8]
        });
        assertEq(Lots.hash(lot), keccak256(abi.encode(lot)), "hash");
    }

    // Quotas

    uint256[3] private _files;
    uint256[3] private _bytes;

    function testFuzz_Quotas_AllowWhatAPlainLedgerAllows(uint256 seed) public {
        uint256 at = 1_000 days - 10;
        for (uint256 i; i < 24; ++i) {
            uint256 random = uint256(keccak256(abi.encode(seed, i)));
            // Ten seconds around two midnights, never back.
            if (random % 4 == 0) at += (random >> 8) % 3 == 0 ? 1 days / 2 : (random >> 16) % 8;
            uint256 today = at / 1 days;
            uint256 day = today - 999;
            if (day > 2) return;
            uint256 files = 1 + ((random >> 32) % 8);
            uint256 bytes_ = logBound(random >> 64, 7);
            bool fits = _files[day] + files <= DAILY_FILES && _bytes[day] + bytes_ <= DAILY_BYTES;
            try LIBRARIES.use(today, files, bytes_) {
                assertTrue(fits, "more than the day allows");
                (_files[day], _bytes[day]) = (_files[day] + files, _bytes[day] + bytes_);
            } catch (bytes memory reason) {
                assertFalse(fits, "less than the day allows");
                bool byFiles = bytes4(reason) == IDatanets.DatanetsDailyFilesExceeded.selector;
                assertEq(byFiles, _files[day] + files > DAILY_FILES, "names the limit");
            }
        }
    }

    function testFuzz_Quotas_AllowWhatAPlainLedgerAllowsHere(uint256 seed, uint256 limit) public {
        limit = bound(limit, 1, 10_000_000);
        uint256 today = 1_000;
        uint256 used;
        for (uint256 i; i < 12; ++i) {
            uint256 random = uint256(keccak256(abi.encode(seed, i)));
            if (random % 5 == 0) (today, used) = (today + 1, 0);
            uint256 bytes_ = logBound(random >> 64, 7);
            try LIBRARIES.useHere(today, bytes_, limit) {
                used += bytes_;
                assertLe(used, limit, "more than the limit");
            } catch {
                assertGe(used + bytes_, limit + 1, "less than the limit");
            }
        }
    }
}
