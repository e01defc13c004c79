// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {Hashes} from "@openzeppelin/contracts/utils/cryptography/Hashes.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";

import {Attestation, IDatanets} from "./interfaces/IDatanets.sol";
import {IValidators, Validator} from "./interfaces/IValidators.sol";
import {MAX_SEATS, Seats} from "./types/Seats.sol";

/// @title Validators
/// @notice See {IValidators}, which is the book to this contract.
contract Validators is IValidators, EIP712("Validators", "1"), ReentrancyGuardTransient {
    using SafeERC20 for IERC20;

    bytes32 private constant SIGNING_KEY_TYPEHASH = keccak256("SigningKey(address account)");

    /// @inheritdoc IValidators
    uint256 public constant UNIT = 1_000e18;
    /// @inheritdoc IValidators
    /// @dev Voting (twice 3 days), challenge (3), appeal (twice 3) and the drawing between them fit in twice over.
    uint256 public constant UNBONDING_DELAY = 30 days;
    /// @dev Part of a slashed stake that goes to the reporter.
    uint256 private constant REPORTER_PART = 10;
    /// @dev Bounds the draw; seats still missing afterwards are filled in order. See {draw}.
    uint256 private constant TRIES_PER_SEAT = 8;
    uint256 private constant MAX_VALIDATORS = type(uint16).max;
    uint256 private constant MAX_TICKETS = type(uint32).max;

    /// @inheritdoc IValidators
    IERC20 public immutable OPEN;
    /// @inheritdoc IValidators
    IDatanets public immutable DATANETS;

    /// @inheritdoc IValidators
    uint256 public validatorCount;
    /// @inheritdoc IValidators
    mapping(address accountOrKey => uint256) public validatorIdOf;

    mapping(uint256 validatorId => Validator) private _validators;
    Pool private _pool;
    /// @dev One per unit: the validator's id in the high half, which of its tickets it is in the low half.
    uint32[2 ** 32] private _tickets;
    /// @dev Where each ticket of a validator lies in {_tickets}.
    mapping(uint256 validatorId => uint32[]) private _ticketsOf;
    /// @dev Ids of the validators with tickets, in no order.
    uint16[2 ** 16] private _active;

    /// @dev Fees per unit since the beginning, in wei scaled by 2^64. Never decreases.
    uint256 private _perUnitX64;
    /// @dev Fees that came while nothing was staked, in wei.
    uint256 private _waiting;
    mapping(uint256 validatorId => uint256) private _paidPerUnitX64;
    mapping(uint256 validatorId => uint256) private _stakerFees;

    /// @dev Lengths of {_tickets} and {_active}, and the block in which either last changed. One slot.
    struct Pool {
        uint32 ticketCount;
        uint16 activeCount;
        uint48 changedBlock;
    }

    constructor(IERC20 open, IDatanets datanets) {
        OPEN = open;
        DATANETS = datanets;
    }

    // Stake

    /// @inheritdoc IValidators
    function register(
        address signingKey,
        bytes calldata proof,
        uint256 units
    ) external nonReentrant returns (uint256 validatorId) {
        _requireFree(msg.sender);
        require(validatorCount < MAX_VALIDATORS, ValidatorsFull(MAX_VALIDATORS));

        validatorId = ++validatorCount;
        validatorIdOf[msg.sender] = validatorId;
        Validator storage validator = _validators[validatorId];
        validator.account = msg.sender;
        _setSigningKey(validator, validatorId, signingKey, proof);

        emit ValidatorRegistered(validatorId, msg.sender, signingKey);
        _stake(validator, validatorId, units);
    }

    /// @inheritdoc IValidators
    function setSigningKey(address signingKey, bytes calldata proof) external {
        (Validator storage validator, uint256 validatorId) = _own();
        require(!validator.slashed, ValidatorsSlashed(validatorId));
        _setSigningKey(validator, validatorId, signingKey, proof);

        emit SigningKeyChanged(validatorId, signingKey);
    }

    /// @inheritdoc IValidators
    function stake(uint256 units) external nonReentrant {
        (Validator storage validator, uint256 validatorId) = _own();
        _stake(validator, validatorId, units);
    }

    /// @inheritdoc IValidators
    function unstake(uint256 units) external {
        (Validator storage validator, uint256 validatorId) = _own();
        require(units != 0 && units <= validator.units, ValidatorsUnitsOutOfBounds(units, validator.units));

        _removeTickets(validator, validatorId, units);
        validator.unbondingUnits += uint16(units);
        uint256 unbondsAt = block.timestamp + UNBONDING_DELAY;
        validator.unbondsAt = uint40(unbondsAt);

        emit Unstaked(validatorId, units, unbondsAt);
    }

    /// @inheritdoc IValidators
    function withdraw() external nonReentrant returns (uint256 amount) {
        (Validator storage validator, uint256 validatorId) = _own();
        uint256 units = validator.unbondingUnits;
        require(units != 0, ValidatorsUnitsOutOfBounds(0, 0));
        require(block.timestamp >= validator.unbondsAt, ValidatorsStillUnbonding(validatorId, validator.unbondsAt));

        validator.unbondingUnits = 0;
        amount = units * UNIT;
        emit Withdrawn(validatorId, units, amount);

        OPEN.safeTransfer(msg.sender, amount);
    }

    /// @inheritdoc IValidators
    function slash(bytes32 lot, Attestation calldata first, Attestation calldata second) external nonReentrant {
        (uint256 validatorId, bool fault) = _signer(lot, first, second);
        Validator storage validator = _validators[validatorId];
        require(!validator.slashed, ValidatorsSlashed(validatorId));
        require(fault, ValidatorsNoFault(lot, validatorId));

        uint256 units = validator.units;
        if (units != 0) _removeTickets(validator, validatorId, units);
        uint256 amount = (units + validator.unbondingUnits) * UNIT;
        validator.unbondingUnits = 0;
        validator.slashed = true;
        // No vote of it counts from now on, wherever it is seated; {validatorIdOf} still knows its keys.
        validator.signingKey = address(0);
        uint256 reward = amount / REPORTER_PART;
        emit Slashed(validatorId, lot, msg.sender, amount, reward);
        _distribute(amount - reward);

        OPEN.safeTransfer(msg.sender, reward);
    }

    // Fees

    /// @inheritdoc IValidators
    function distribute(uint256 amount) external nonReentrant {
        _distribute(amount);
        _receive(amount);
    }

    /// @inheritdoc IValidators
    function credit(Seats voted, uint256[] calldata amounts) external returns (address[] memory signingKeys) {
        require(msg.sender == address(DATANETS), ValidatorsUnauthorized(msg.sender, address(DATANETS)));
        signingKeys = new address[](amounts.length);
        for (uint256 i; i < amounts.length; ++i) {
            Validator storage validator = _validators[voted.idAt(i)];
            signingKeys[i] = validator.signingKey;
            validator.earned += uint96(amounts[i]);
        }
    }

    /// @inheritdoc IValidators
    function claimEarnings(uint256 validatorId) external nonReentrant returns (uint256 lotFees, uint256 stakerFees) {
        Validator storage validator = _validators[validatorId];
        require(validator.account != address(0), ValidatorsUnknown(validatorId));
        _settleStakerFees(validator, validatorId);

        lotFees = validator.earned;
        stakerFees = _stakerFees[validatorId];
        validator.earned = 0;
        _stakerFees[validatorId] = 0;
        address payout = DATANETS.payoutOf(validator.account);
        emit EarningsClaimed(validatorId, payout, lotFees, stakerFees);

        if (lotFees != 0) DATANETS.payEarnings(validator.account, lotFees);
        if (stakerFees != 0) OPEN.safeTransfer(payout, stakerFees);
    }

    // Views

    /// @inheritdoc IValidators
    function signingKeysOf(Seats seats) external view returns (address[] memory keys) {
        keys = new address[](seats.length());
        for (uint256 i; i < keys.length; ++i) {
            keys[i] = _validators[seats.idAt(i)].signingKey;
        }
    }

    /// @inheritdoc IValidators
    function draw(
        uint256 anchor,
        bytes32 salt,
        uint256 seatCount,
        address[] calldata excluded,
        Seats taken
    ) external view returns (Seats seats) {
        Pool memory pool = _pool;
        uint256 seed = _seed(Math.max(anchor, pool.changedBlock), salt);
        uint256 active = pool.activeCount;
        if (seatCount > MAX_SEATS) seatCount = MAX_SEATS;
        uint256 seated;
        if (active > seatCount) {
            for (uint256 i; i < TRIES_PER_SEAT * seatCount && seated < seatCount; ++i) {
                uint256 ticket = uint256(Hashes.efficientKeccak256(bytes32(seed), bytes32(i))) % pool.ticketCount;
                uint256 id = _tickets[ticket] >> 16;
                if (_isFree(id, excluded, taken, seats)) seats = seats.add(seated++, id);
            }
        }
        // Everybody, where there are no more than seats; otherwise those whom the tries above missed.
        for (uint256 i; i < active && seated < seatCount; ++i) {
            uint256 id = _active[((seed % active) + i) % active];
            if (_isFree(id, excluded, taken, seats)) seats = seats.add(seated++, id);
        }
    }

    /// @inheritdoc IValidators
    function validatorOf(uint256 validatorId) external view returns (Validator memory) {
        return _validators[validatorId];
    }

    /// @inheritdoc IValidators
    function stakerFeesOf(uint256 validatorId) external view returns (uint256) {
        return _stakerFees[validatorId] + _unsettledFees(_validators[validatorId], validatorId);
    }

    /// @inheritdoc IValidators
    function activeCount() external view returns (uint256) {
        return _pool.activeCount;
    }

    /// @inheritdoc IValidators
    function ticketCount() external view returns (uint256) {
        return _pool.ticketCount;
    }

    /// @inheritdoc IValidators
    function hashSigningKey(address account) public view returns (bytes32) {
        return _hashTypedDataV4(keccak256(abi.encode(SIGNING_KEY_TYPEHASH, account)));
    }

    // Internals

    function _own() private view returns (Validator storage validator, uint256 validatorId) {
        validatorId = validatorIdOf[msg.sender];
        validator = _validators[validatorId];
        // A signing key maps to its validator too, but owns nothing.
        require(
            validator.account == msg.sender && validatorId != 0,
            ValidatorsUnauthorized(msg.sender, validator.account)
        );
    }

    function _requireFree(address candidate) private view {
        uint256 validatorId = validatorIdOf[candidate];
        require(validatorId == 0, ValidatorsAddressTaken(candidate, validatorId));
    }

    function _setSigningKey(
        Validator storage validator,
        uint256 validatorId,
        address signingKey,
        bytes calldata proof
    ) private {
        _requireFree(signingKey);
        (address recovered, , ) = ECDSA.tryRecoverCalldata(hashSigningKey(msg.sender), proof);
        require(recovered == signingKey && signingKey != address(0), ValidatorsInvalidKeyProof(signingKey, recovered));

        validatorIdOf[signingKey] = validatorId;
        validator.signingKey = signingKey;
    }

    function _stake(Validator storage validator, uint256 validatorId, uint256 units) private {
        require(!validator.slashed, ValidatorsSlashed(validatorId));
        uint256 max = type(uint16).max - uint256(validator.units) - validator.unbondingUnits;
        require(units != 0 && units <= max, ValidatorsUnitsOutOfBounds(units, max));
        require(_pool.ticketCount + units <= MAX_TICKETS, ValidatorsFull(MAX_TICKETS));

        _addTickets(validator, validatorId, units);
        uint256 amount = units * UNIT;
        emit Staked(validatorId, units, amount);

        _receive(amount);
    }

    function _addTickets(Validator storage validator, uint256 validatorId, uint256 units) private {
        _settleStakerFees(validator, validatorId);
        Pool memory pool = _pool;
        uint256 before = validator.units;
        if (before == 0) {
            validator.activeAt = pool.activeCount;
            _active[pool.activeCount++] = uint16(validatorId);
        }
        for (uint256 i; i < units; ++i) {
            _ticketsOf[validatorId].push(pool.ticketCount);
            _tickets[pool.ticketCount++] = uint32((validatorId << 16) | (before + i));
        }
        validator.units = uint16(before + units);
        _setPool(pool);
    }

    /// @dev The last ticket of all takes the place of each ticket removed. What lies beyond the count is never read.
    function _removeTickets(Validator storage validator, uint256 validatorId, uint256 units) private {
        _settleStakerFees(validator, validatorId);
        Pool memory pool = _pool;
        uint32[] storage own = _ticketsOf[validatorId];
        for (uint256 i; i < units; ++i) {
            uint32 position = own[own.length - 1];
            uint32 last = _tickets[--pool.ticketCount];
            _tickets[position] = last;
            _ticketsOf[last >> 16][last & 0xffff] = position;
            own.pop();
        }
        validator.units -= uint16(units);
        if (validator.units == 0) {
            uint16 last = _active[--pool.activeCount];
            _active[validator.activeAt] = last;
            _validators[last].activeAt = validator.activeAt;
        }
        _setPool(pool);
    }

    function _setPool(Pool memory pool) private {
        pool.changedBlock = uint48(block.number);
        _pool = pool;
    }

    function _distribute(uint256 amount) private {
        uint256 tickets = _pool.ticketCount;
        amount += _waiting;
        if (tickets == 0) {
            _waiting = amount;
            return;
        }
        _waiting = 0;
        uint256 perUnitX64 = (amount << 64) / tickets;
        _perUnitX64 += perUnitX64;

        emit Distributed(msg.sender, amount, perUnitX64);
    }

    function _settleStakerFees(Validator storage validator, uint256 validatorId) private {
        _stakerFees[validatorId] += _unsettledFees(validator, validatorId);
        _paidPerUnitX64[validatorId] = _perUnitX64;
    }

    function _unsettledFees(Validator storage validator, uint256 validatorId) private view returns (uint256) {
        return (validator.units * (_perUnitX64 - _paidPerUnitX64[validatorId])) >> 64;
    }

    function _receive(uint256 amount) private {
        uint256 before = OPEN.balanceOf(address(this));
        OPEN.safeTransferFrom(msg.sender, address(this), amount);
        uint256 received = OPEN.balanceOf(address(this)) - before;
        require(received == amount, ValidatorsTransferMismatch(amount, received));
    }

    /// @dev The validator whose keys signed both, and whether they say different things.
    function _signer(
        bytes32 lot,
        Attestation calldata first,
        Attestation calldata second
    ) private view returns (uint256 validatorId, bool fault) {
        bytes32 firstHash = DATANETS.hashAttestation(lot, first.accepted, first.rejected, first.report);
        bytes32 secondHash = DATANETS.hashAttestation(lot, second.accepted, second.rejected, second.report);
        (address firstKey, , ) = ECDSA.tryRecover(firstHash, first.r, first.vs);
        (address secondKey, , ) = ECDSA.tryRecover(secondHash, second.r, second.vs);
        validatorId = validatorIdOf[firstKey];
        require(
            validatorId != 0 && validatorId == validatorIdOf[secondKey],
            ValidatorsSignersDiffer(firstKey, secondKey)
        );
        fault = firstHash != secondHash;
    }

    /// @dev Hash of a block that nobody knew when `anchor` was mined: the latest one a whole number of 256 blocks after
    /// it, so that one of the 256 the chain remembers always serves and waiting buys no more than a new draw an hour.
    function _seed(uint256 anchor, bytes32 salt) private view returns (uint256) {
        require(block.number > anchor, ValidatorsRandomnessNotReady(anchor));
        uint256 last = block.number - 1;
        return uint256(Hashes.efficientKeccak256(blockhash(last - ((last - anchor) % 256)), salt));
    }

    function _isFree(uint256 id, address[] calldata excluded, Seats taken, Seats seats) private view returns (bool) {
        if (taken.has(id) || seats.has(id)) return false;
        address account = _validators[id].account;
        for (uint256 i; i < excluded.length; ++i) {
            if (excluded[i] == account) return false;
        }
        return true;
    }
}
