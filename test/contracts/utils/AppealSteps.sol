// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Appeals} from "../../../contracts/Appeals.sol";
import {Attestation, IDatanets, Lot, LotStatus} from "../../../contracts/interfaces/IDatanets.sol";
import {LotId} from "../../../contracts/types/LotId.sol";
import {Seats} from "../../../contracts/types/Seats.sol";
import {Expect} from "./Expect.sol";
import {Protocol} from "./Protocol.sol";

/// @notice The steps of an appeal, as its users take them.
abstract contract AppealSteps is Expect, Protocol {
    address internal constant ANNA = address(0xa11a);
    address internal constant BEN = address(0xbe4);
    /// @dev Neither contributor nor validator.
    address internal constant CARL = address(0xca71);
    address internal constant DORA = address(0xd07a);
    uint256 internal constant BOND = 2 * uint256(LOT_FEE);
    /// @dev Items 0, 2 and 4 of six were accepted.
    uint256 internal constant FIRST = 0x15;

    Appeals internal appeals;
    uint256 internal datanetId;

    /// @notice Three seats, so a committee of seven with a quorum of four.
    function deployAppeals(uint256 validatorCount) internal {
        deploy(validatorCount);
        appeals = Appeals(address(datanets.APPEALS()));
        datanetId = create(terms(3, 3));
        give(CARL);
        give(DORA);
    }

    function give(address account) internal {
        open.transfer(account, 10_000e18);
        vm.prank(account);
        open.approve(address(appeals), type(uint256).max);
    }

    /// @notice A settled lot: four items of Anna, then two of Ben.
    function settledLot() internal returns (Lot memory) {
        LotId id = submit(ANNA, datanetId, 4);
        submit(BEN, datanetId, 2);
        pass(1 hours);
        return settle(close(id), FIRST);
    }

    function object(address appellant, Lot memory lot, uint256 items) internal returns (uint256) {
        vm.prank(appellant);
        return appeals.appeal(lot, items);
    }

    function objectFree(
        address appellant,
        Lot memory lot,
        uint256 submission,
        uint256 items
    ) internal returns (uint256) {
        vm.prank(appellant);
        return appeals.appealFree(lot, submissionsOf(lot.id), submission, items);
    }

    function defend(address defender, LotId lot, uint256 objection) internal {
        vm.prank(defender);
        appeals.defend(lot, objection);
    }

    /// @notice The state of the lot while it is appealed.
    function appealed(Lot memory lot) internal returns (Lot memory) {
        lot.status = LotStatus.Appealed;
        keep(lot);
        return lot;
    }

    /// @notice Waits for the end of the challenge window and draws the committee.
    function seat(Lot memory lot) internal returns (Lot memory) {
        appealed(lot);
        pass(1 hours + 1);
        appeals.seat(lot, submissionsOf(lot.id));
        return lot;
    }

    function vote(LotId lot, uint256 seatNumber, uint256 accepted, uint256 rejected) internal {
        appeals.attest(lot, seatNumber, ballot(lot, seatNumber, accepted, rejected));
    }

    function ballot(
        LotId lot,
        uint256 seatNumber,
        uint256 accepted,
        uint256 rejected
    ) internal view returns (Attestation memory) {
        Seats seats = appeals.appealOf(lot).seats;
        return attestBy(seats.idAt(seatNumber), appeals.appealOf(lot).digest, accepted, rejected);
    }

    /// @notice The first `count` seats vote alike: `accepted` for, the other named items against.
    function votes(LotId lot, uint256 count, uint256 accepted) internal {
        uint256 items = appeals.appealOf(lot).items;
        for (uint256 i; i < count; ++i) {
            vote(lot, i, accepted & items, ~accepted & items);
        }
    }

    /// @notice Settles the appeal. Returns the lot's new state as events tell it.
    function settleAppeal(Lot memory lot) internal returns (Lot memory) {
        vm.recordLogs();
        appeals.settle(lot);
        return _closed(lot);
    }

    function _closed(Lot memory lot) internal returns (Lot memory) {
        (lot.accepted, lot.undecided) = abi.decode(_lastLog(IDatanets.LotAppealClosed.selector), (uint256, uint256));
        lot.status = LotStatus.Settled;
        keep(lot);
        return lot;
    }

    function seatCountOf(LotId lot) internal view returns (uint256) {
        return appeals.appealOf(lot).seats.length();
    }

    function earnedOf(Seats seats) internal view returns (uint256 sum) {
        for (uint256 i; i < seats.length(); ++i) {
            sum += validators.validatorOf(seats.idAt(i)).earned;
        }
    }
}
