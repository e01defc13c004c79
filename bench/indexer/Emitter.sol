// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @notice Emits whole lots as `Datanets` and `Validators` would, without their state: a benchmark's history in seconds.
/// Nothing else may use it.
contract Emitter {
    struct Terms {
        uint80 rewardPerFile;
        uint24 lotWindow;
        uint24 challengeWindow;
        uint16 formats;
        uint32 fileCap;
        uint16 dailyKilobytes;
        uint8 seatCount;
        bool gated;
        uint80 lotFee;
        uint24 voteWindow;
        uint8 quorum;
        uint16 acceptBps;
        uint16 appealBondFees;
        address admission;
    }

    event ValidatorRegistered(uint256 indexed validatorId, address indexed account, address indexed signingKey);
    event DatanetCreated(uint256 indexed datanetId, address indexed creator, uint8 modality, Terms terms, bytes32 rules);
    event Funded(uint256 indexed datanetId, address indexed funder, uint256 amount);
    event Submitted(uint256 indexed lot, address indexed contributor, uint256 entry, bytes32 root, bytes32 manifests);
    event LotClosed(uint256 indexed lot, bytes32 digest, uint256 itemCount, uint256 seats, uint256 closedAt);
    event LotSettled(
        uint256 indexed lot,
        uint256 accepted,
        uint256 undecided,
        uint256 settledAt,
        uint256 seatsVoted,
        bytes32[3][] votes,
        uint256[] pay
    );
    event Accrued(uint256 indexed lot, address indexed contributor, uint256 first, uint256 count, uint256 amount);
    event LotAccrued(uint256 indexed lot, uint256 accepted, uint256 released);

    uint256 private constant REWARD = 5e18;
    uint256 private constant FEE = 30e18;
    /// @dev Validators 1, 2 and 3.
    uint256 private constant SEATS = 0x000300020001;

    uint256 public lotCount;
    uint256 private _salt;

    function open(uint256 datanets) external {
        for (uint256 i = 1; i <= 3; ++i) {
            emit ValidatorRegistered(i, address(uint160(i)), address(uint160(0x100 + i)));
        }
        Terms memory terms;
        terms.rewardPerFile = uint80(REWARD);
        terms.lotFee = uint80(FEE);
        for (uint256 id = 1; id <= datanets; ++id) {
            emit DatanetCreated(id, msg.sender, 0, terms, keccak256(abi.encode(id)));
            emit Funded(id, msg.sender, 1e27);
        }
    }

    /// @notice Other contents from here on, so that a reorganised block differs.
    function setSalt(uint256 salt) external {
        _salt = salt;
    }

    /// @notice Emits `lots` lots of `items` contributions each, in submissions of 1 to 4, from entry to accrual.
    function emitLots(uint256 lots, uint256 items, uint256 datanets, uint256 users) external {
        for (uint256 i; i < lots; ++i) {
            uint256 number = lotCount++;
            _emitLot(((number % datanets + 1) << 32) | (number / datanets), items, users);
        }
    }

    function _emitLot(uint256 lot, uint256 items, uint256 users) private {
        uint256 random = uint256(keccak256(abi.encode(lot, _salt)));
        // About four of five are accepted.
        uint256 accepted = (random | (random >> 128) | (random << 128) | uint256(keccak256(abi.encode(random))))
            & (items == 256 ? type(uint256).max : (1 << items) - 1);
        for (uint256 first; first < items;) {
            (address who, uint256 count) = _part(random, first, items, users);
            bytes32 root = keccak256(abi.encode(random, first));
            uint256 entry = uint256(uint160(who)) | (first << 160) | ((count - 1) << 168) | ((count * 1000) << 176)
                | (uint256(2) << 200) | (block.number << 212);
            emit Submitted(lot, who, entry, root, ~root);
            first += count;
        }
        emit LotClosed(lot, bytes32(random), items, SEATS, block.timestamp);
        _emitSettled(lot, accepted, items);
        uint256 paid;
        for (uint256 first; first < items;) {
            (address who, uint256 count) = _part(random, first, items, users);
            uint256 part;
            for (uint256 i; i < count; ++i) part += (accepted >> (first + i)) & 1;
            if (part != 0) emit Accrued(lot, who, first, part, part * REWARD);
            paid += part;
            first += count;
        }
        emit LotAccrued(lot, accepted, (items - paid) * REWARD);
    }

    function _emitSettled(uint256 lot, uint256 accepted, uint256 items) private {
        uint256 all = items == 256 ? type(uint256).max : (1 << items) - 1;
        bytes32[3][] memory votes = new bytes32[3][](3);
        uint256[] memory pay = new uint256[](3);
        for (uint256 i; i < 3; ++i) {
            votes[i] = [bytes32(accepted), bytes32(all & ~accepted), keccak256(abi.encode(lot, i))];
            pay[i] = FEE / 3;
        }
        emit LotSettled(lot, accepted, 0, block.timestamp, 7, votes, pay);
    }

    function _part(uint256 random, uint256 first, uint256 items, uint256 users)
        private
        pure
        returns (address who, uint256 count)
    {
        uint256 own = uint256(keccak256(abi.encode(random, first, users)));
        who = address(uint160(uint256(keccak256(abi.encode(own % users)))));
        count = (own >> 128) % 4 + 1;
        if (first + count > items) count = items - first;
    }
}
