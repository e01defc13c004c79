// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Seats} from "../types/Seats.sol";
import {Attestation, IDatanets} from "./IDatanets.sol";

/// @notice A validator. Ids count from 1.
/// @param signingKey Signs attestations. Held by the node; can do nothing else. Zero once slashed.
/// @param earned Lot fees earned and not yet claimed, in wei of OPEN.
/// @param account Owns the stake.
/// @param units Units staked: one seat ticket each.
/// @param unbondingUnits Units on their way out, still slashable.
/// @param unbondsAt When they can be withdrawn.
/// @param activeAt Position among the active validators; meaningless without units.
/// @param slashed Whether a fault was proven. A slashed validator never returns.
struct Validator {
    address signingKey;
    uint96 earned;
    address account;
    uint16 units;
    uint16 unbondingUnits;
    uint40 unbondsAt;
    uint16 activeAt;
    bool slashed;
}

/// @title IValidators
/// @notice Who votes: accounts that stake OPEN in fixed units and register a signing key.
///
/// WEIGHT. One unit is one ticket in the draw of seats, so weight follows stake however it is split over accounts. A
/// validator holds at most one seat in a lot.
///
/// STAKE. It leaves only to its account after a delay longer than any open window, or by proof of a fault: two different
/// attestations for one lot, signed by one key. A vote that others did not share is no fault.
///
/// FEES. Lot fees are credited by {IDatanets} when a lot settles. The stakers' part of usage fees is spread over all
/// units by an accumulator: the cost does not grow with the number of stakers.
interface IValidators {
    /// @notice A validator was registered.
    event ValidatorRegistered(uint256 indexed validatorId, address indexed account, address indexed signingKey);
    /// @notice The validator signs with another key from now on. Faults signed by old keys stay provable.
    event SigningKeyChanged(uint256 indexed validatorId, address indexed signingKey);
    /// @notice Units were staked.
    event Staked(uint256 indexed validatorId, uint256 units, uint256 amount);
    /// @notice Units gave up their tickets and can be withdrawn at `unbondsAt`.
    event Unstaked(uint256 indexed validatorId, uint256 units, uint256 unbondsAt);
    /// @notice Unbonded units were paid out.
    event Withdrawn(uint256 indexed validatorId, uint256 units, uint256 amount);
    /// @notice A fault was proven. `amount` was taken, `reward` of it went to `reporter`, the rest to the stakers.
    event Slashed(
        uint256 indexed validatorId,
        bytes32 indexed lot,
        address indexed reporter,
        uint256 amount,
        uint256 reward
    );
    /// @notice Fees were spread over all units.
    event Distributed(address indexed payer, uint256 amount, uint256 perUnitX64);
    /// @notice Earnings left for the account's payout address.
    event EarningsClaimed(uint256 indexed validatorId, address indexed payout, uint256 lotFees, uint256 stakerFees);

    /// @notice Thrown when no validator has this id.
    error ValidatorsUnknown(uint256 validatorId);
    /// @notice Thrown when an account or key already belongs to a validator.
    error ValidatorsAddressTaken(address taken, uint256 validatorId);
    /// @notice Thrown when a signing key did not consent to its registration.
    error ValidatorsInvalidKeyProof(address signingKey, address recovered);
    /// @notice Thrown when another account than the validator's own calls.
    error ValidatorsUnauthorized(address caller, address expected);
    /// @notice Thrown when more units are asked for than there are, or none.
    error ValidatorsUnitsOutOfBounds(uint256 units, uint256 max);
    /// @notice Thrown when stake is withdrawn too early.
    error ValidatorsStillUnbonding(uint256 validatorId, uint256 unbondsAt);
    /// @notice Thrown when a slashed validator stakes, changes its key or is slashed again.
    error ValidatorsSlashed(uint256 validatorId);
    /// @notice Thrown when two attestations are equal in what they say, however they are signed.
    error ValidatorsNoFault(bytes32 lot, uint256 validatorId);
    /// @notice Thrown when two attestations were not signed by keys of one validator.
    error ValidatorsSignersDiffer(address first, address second);
    /// @notice Thrown when seats are drawn in the block whose hash decides on them.
    error ValidatorsRandomnessNotReady(uint256 anchor);
    /// @notice Thrown when all ids are taken.
    error ValidatorsFull(uint256 max);
    /// @notice Thrown when OPEN moved another amount than asked.
    error ValidatorsTransferMismatch(uint256 expected, uint256 received);

    /// @notice The token staked.
    function OPEN() external view returns (IERC20);
    /// @notice The contract whose lots are voted on.
    function DATANETS() external view returns (IDatanets);
    /// @notice Wei of OPEN in one unit.
    function UNIT() external view returns (uint256);
    /// @notice Seconds between giving up tickets and withdrawing.
    function UNBONDING_DELAY() external view returns (uint256);

    /// @notice Registers the caller with a signing key and stakes `units`.
    /// @param signingKey Must differ from every account and key registered, now or before.
    /// @param proof The key's 65-byte signature of EIP-712 `SigningKey(address account)`.
    /// @param units At least one.
    function register(address signingKey, bytes calldata proof, uint256 units) external returns (uint256 validatorId);

    /// @notice Replaces the caller's signing key.
    function setSigningKey(address signingKey, bytes calldata proof) external;

    /// @notice Stakes more units of the caller.
    function stake(uint256 units) external;

    /// @notice Gives up the tickets of `units` and starts their delay. A second call restarts the delay for all.
    function unstake(uint256 units) external;

    /// @notice Pays out the caller's unbonded units.
    function withdraw() external returns (uint256 amount);

    /// @notice Takes the whole stake of a validator that signed two different attestations for `lot`.
    /// @dev Anyone can call; the reporter receives a tenth, the stakers the rest. None of its votes counts any more where
    /// they were not tallied yet.
    /// @param lot The digest both were signed for.
    function slash(bytes32 lot, Attestation calldata first, Attestation calldata second) external;

    /// @notice Spreads `amount` wei of the caller's OPEN over all units.
    /// @dev While nothing is staked the amount waits for the first distribution with stake.
    function distribute(uint256 amount) external;

    /// @notice Sends a validator's lot fees and staker fees to its account's payout address. Anyone can call.
    function claimEarnings(uint256 validatorId) external returns (uint256 lotFees, uint256 stakerFees);

    /// @notice Credits `amounts[i]` wei to the validator in the i-th seat of `voted`. Only {DATANETS} can call.
    /// @return Their signing keys, so that whoever pays for signatures can check them without asking twice.
    function credit(Seats voted, uint256[] calldata amounts) external returns (address[] memory);

    /// @notice The signing keys of the validators in `seats`, in order.
    function signingKeysOf(Seats seats) external view returns (address[] memory);

    /// @notice Draws up to `seatCount` different validators, tickets weighing, none of them in `excluded`.
    ///
    /// Notes:
    /// - with no more than `seatCount` active validators all of them are seated.
    /// - the seed is the hash of the block `anchor`, or of the one in which tickets last changed if that is later: it is
    ///   unknown while what it decides on can still change, and whoever calls later finds the same. Every 256 blocks it
    ///   becomes the hash of the block 256 later.
    ///
    /// Requirements:
    /// - the block of the seed must be over.
    ///
    /// @param anchor Block in which what is voted on last changed.
    /// @param salt Keeps draws of one block apart.
    /// @param excluded Accounts that have no seat.
    /// @param taken Validators that have no seat because they had one before (in an appeal).
    function draw(
        uint256 anchor,
        bytes32 salt,
        uint256 seatCount,
        address[] calldata excluded,
        Seats taken
    ) external view returns (Seats);

    /// @notice The validator with this account, or with this signing key now or before; zero when none.
    function validatorIdOf(address accountOrKey) external view returns (uint256);

    /// @notice A validator's record.
    function validatorOf(uint256 validatorId) external view returns (Validator memory);

    /// @notice Staker fees of a validator not yet claimed, in wei.
    function stakerFeesOf(uint256 validatorId) external view returns (uint256);

    /// @notice The number of validators ever registered; the highest id.
    function validatorCount() external view returns (uint256);

    /// @notice The number of validators with at least one ticket.
    function activeCount() external view returns (uint256);

    /// @notice The number of tickets: units staked, over all validators.
    function ticketCount() external view returns (uint256);

    /// @notice The EIP-712 digest a signing key signs to consent to serve `account`.
    function hashSigningKey(address account) external view returns (bytes32);
}
