// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Contribution} from "../../contracts/interfaces/IDatanets.sol";
import {Leaves} from "../../contracts/libraries/Leaves.sol";
import {Tally} from "../../contracts/libraries/Tally.sol";
import {Entry, toEntry} from "../../contracts/types/Entry.sol";
import {toLotId} from "../../contracts/types/LotId.sol";
import {Test} from "./utils/Test.sol";

/// @notice The golden vectors that the TypeScript tests read too: both languages must find the same values.
contract VectorsTest is Test {
    using Tally for Tally.Counter;

    string private _json;

    function _read(string memory name) private {
        _json = vm.readFile(string.concat(vm.projectRoot(), "/test/vectors/", name, ".json"));
    }

    function _path(uint256 row, string memory field) private pure returns (string memory) {
        return string.concat("$[", vm.toString(row), "].", field);
    }

    function _uint(uint256 row, string memory field) private view returns (uint256) {
        return vm.parseJsonUint(_json, _path(row, field));
    }

    function _word(uint256 row, string memory field) private view returns (bytes32) {
        return bytes32(_uint(row, field));
    }

    function test_leaves() public {
        _read("leaves");
        for (uint256 row; row < 25; ++row) {
            Contribution memory contribution = Contribution({
                index: _uint(row, "index"),
                contentHash: _word(row, "contentHash"),
                size: _uint(row, "size"),
                format: _uint(row, "format"),
                manifestDigest: _word(row, "manifestDigest")
            });
            assertEq(uint256(Leaves.leaf(contribution)), _uint(row, "leaf"), "leaf");
        }
    }

    function test_entries() public {
        _read("entries");
        for (uint256 row; row < 16; ++row) {
            Entry entry = toEntry(
                vm.parseJsonAddress(_json, _path(row, "contributor")),
                _uint(row, "first"),
                _uint(row, "count"),
                _uint(row, "totalBytes"),
                _uint(row, "formats"),
                _uint(row, "enteredBlock")
            );
            assertEq(Entry.unwrap(entry), _uint(row, "entry"), "entry");
            assertEq(entry.items(), _uint(row, "items"), "items");
        }
    }

    function test_lotDigests() public {
        _read("lots");
        for (uint256 row; row < 4; ++row) {
            uint256[] memory entries = vm.parseJsonUintArray(_json, _path(row, "entries"));
            uint256[] memory contents = vm.parseJsonUintArray(_json, _path(row, "contents"));
            bytes32 digest = Leaves.genesis(toLotId(_uint(row, "datanetId"), _uint(row, "number")));
            for (uint256 i; i < entries.length; ++i) {
                digest = Leaves.link(digest, Entry.wrap(entries[i]), bytes32(contents[i]));
            }
            assertEq(uint256(digest), _uint(row, "digest"), "digest");
        }
    }

    function test_tallies() public {
        _read("tallies");
        for (uint256 row; row < 90; ++row) {
            uint256[] memory words = vm.parseJsonUintArray(_json, _path(row, "accepts"));
            uint256 threshold = Tally.thresholdUp(_uint(row, "acceptBps"), words.length);
            assertEq(_count(words).atLeast(threshold), _uint(row, "accepted"), "accepted");
            words = vm.parseJsonUintArray(_json, _path(row, "rejects"));
            assertEq(_count(words).atLeast(threshold), _uint(row, "rejected"), "rejected");
        }
    }

    function test_lotAttestations() public {
        _read("typedData");
        for (uint256 row; row < 1; ++row) {
            string memory at = string.concat("$.lotAttestation[", vm.toString(row), "].");
            bytes32 domain = keccak256(
                abi.encode(
                    keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                    keccak256("Datanets"),
                    keccak256("1"),
                    _at(at, "chainId"),
                    vm.parseJsonAddress(_json, string.concat(at, "verifyingContract"))
                )
            );
            bytes32 message = keccak256(
                abi.encode(
                    keccak256("LotAttestation(bytes32 lot,uint256 accepted,uint256 rejected,bytes32 report)"),
                    _at(at, "lot"),
                    _at(at, "accepted"),
                    _at(at, "rejected"),
                    _at(at, "report")
                )
            );
            bytes32 digest = keccak256(abi.encodePacked(hex"1901", domain, message));
            assertEq(uint256(digest), _at(at, "digest"), "digest");
            uint256 vs = _at(at, "vs");
            address signer = ecrecover(
                digest,
                uint8(27 + (vs >> 255)),
                bytes32(_at(at, "r")),
                bytes32(vs & (type(uint256).max >> 1))
            );
            assertEq(signer, vm.parseJsonAddress(_json, string.concat(at, "signer")), "signer");
        }
    }

    function _at(string memory at, string memory field) private view returns (uint256) {
        return vm.parseJsonUint(_json, string.concat(at, field));
    }

    function _count(uint256[] memory words) private pure returns (Tally.Counter memory counter) {
        for (uint256 i; i < words.length; ++i) counter.add(words[i]);
    }
}
