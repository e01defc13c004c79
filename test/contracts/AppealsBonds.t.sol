// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IAppeals} from "../../contracts/interfaces/IAppeals.sol";
import {Lot} from "../../contracts/interfaces/IDatanets.sol";
import {HookToken} from "../../contracts/mocks/HookToken.sol";
import {LotId} from "../../contracts/types/LotId.sol";
import {Seats} from "../../contracts/types/Seats.sol";
import {AppealSteps} from "./utils/AppealSteps.sol";

/// @notice Follows AppealsBonds.tree.
contract AppealsBondsTest is AppealSteps {
    function setUp() public {
        deployAppeals(10);
    }

    // resolve

    function test_resolve_RevertWhen_TheObjectionDoesNotExist() public {
        Lot memory lot = settledLot();
        object(CARL, lot, 1);
        expectError(abi.encodeWithSelector(IAppeals.AppealsUnknownObjection.selector, lot.id, 1, 1));
        appeals.resolve(lot.id, 1);
    }

    function test_resolve_RevertGiven_ItsBondsWereGivenOut() public {
        Lot memory lot = settledLot();
        object(CARL, lot, 1);
        _end(lot, 7, 0);
        appeals.resolve(lot.id, 0);
        expectError(abi.encodeWithSelector(IAppeals.AppealsAlreadyResolved.selector, lot.id, 0));
        appeals.resolve(lot.id, 0);
    }

    function test_resolve_RevertGiven_TheAppealDidNotEnd() public {
        Lot memory lot = settledLot();
        object(CARL, lot, 1);
        expectErrorNamed(IAppeals.AppealsUnexpectedStatus.selector);
        appeals.resolve(lot.id, 0);
        seat(lot);
        expectErrorNamed(IAppeals.AppealsUnexpectedStatus.selector);
        appeals.resolve(lot.id, 0);
    }

    function test_resolve_ReturnsEveryBondGivenTheAppealLapsed() public {
        Lot memory lot = settledLot();
        object(CARL, lot, 1);
        defend(DORA, lot.id, 0);
        objectFree(BEN, lot, 1, 0x10);
        _end(lot, 3, 0);
        vm.expectEmit(address(appeals));
        emit IAppeals.ObjectionResolved(lot.id, 0, false, BOND, BOND, 0);
        appeals.resolve(lot.id, 0);
        appeals.resolve(lot.id, 1);
        _assertOwed(BOND, BOND, 0);
        assertEq(appeals.bondsOf(BEN), 0, "a free one has no bond to return");
    }

    function test_resolve_ReturnsTheBondGivenTheObjectionWon() public {
        Lot memory lot = settledLot();
        object(CARL, lot, 1);
        _end(lot, 7, 0);
        appeals.resolve(lot.id, 0);
        _assertOwed(BOND, 0, 0);
    }

    function test_resolve_HalfTheDefendersBondGoesToTheAppellant() public {
        Lot memory lot = settledLot();
        object(CARL, lot, 1);
        defend(DORA, lot.id, 0);
        _end(lot, 7, 0);
        vm.expectEmit(address(appeals));
        emit IAppeals.ObjectionResolved(lot.id, 0, true, BOND + BOND / 2, 0, BOND / 2 / 7);
        appeals.resolve(lot.id, 0);
        _assertOwed(BOND + BOND / 2, 0, BOND / 2 / 7);
    }

    function test_resolve_AFreeWinnerRisksNothingAndGainsNothing() public {
        Lot memory lot = settledLot();
        objectFree(BEN, lot, 1, 0x10);
        defend(DORA, lot.id, 0);
        _end(lot, 7, 0);
        appeals.resolve(lot.id, 0);
        assertEq(appeals.bondsOf(BEN), 0, "appellant");
        _assertOwed(0, 0, BOND / 7);
    }

    function test_resolve_TheWholeBondGoesToTheCommitteeGivenNoDefender() public {
        Lot memory lot = settledLot();
        object(CARL, lot, 1);
        _end(lot, 5, 1);
        appeals.resolve(lot.id, 0);
        assertEq(appeals.bondsOf(CARL), 0, "appellant");
        _assertMembers(lot.id, BOND / 5, 5);
    }

    function test_resolve_HalfTheAppellantsBondGoesToTheDefender() public {
        Lot memory lot = settledLot();
        object(CARL, lot, 1);
        defend(DORA, lot.id, 0);
        _end(lot, 7, 1);
        appeals.resolve(lot.id, 0);
        _assertOwed(0, BOND + BOND / 2, BOND / 2 / 7);
    }

    function test_resolve_AFreeLoserCostsNobody() public {
        Lot memory lot = settledLot();
        objectFree(BEN, lot, 1, 0x10);
        defend(DORA, lot.id, 0);
        _end(lot, 7, 0x10);
        appeals.resolve(lot.id, 0);
        assertEq(appeals.bondsOf(BEN), 0, "appellant");
        _assertOwed(0, BOND, 0);
    }

    /// @dev Exactly half is not more than half.
    function test_resolve_HalfOfTheItemsIsNotEnough() public {
        Lot memory lot = settledLot();
        object(CARL, lot, 5);
        object(DORA, lot, 0x15);
        _end(lot, 7, 4);
        appeals.resolve(lot.id, 0);
        assertEq(appeals.bondsOf(CARL), 0, "one of two");
        appeals.resolve(lot.id, 1);
        assertEq(appeals.bondsOf(DORA), BOND, "two of three");
    }

    function test_resolve_NobodysStandingChanges() public {
        Lot memory lot = settledLot();
        object(CARL, lot, 0xa);
        lot = _end(lot, 7, 0);
        appeals.resolve(lot.id, 0);
        accrue(lot);
        assertEq(balanceOf(datanetId, ANNA), 2 * REWARD, "anna's items 1 and 3 were rejected twice");
    }

    /// @dev Which seats attested, not how many from the first on.
    function test_resolve_PaysExactlyTheSeatsThatAttested() public {
        Lot memory lot = settledLot();
        object(CARL, lot, 1);
        defend(DORA, lot.id, 0);
        seat(lot);
        uint256 attested = 0x5a;
        for (uint256 i; i < 7; ++i) {
            if ((attested >> i) & 1 == 1) vote(lot.id, i, 0, 1);
        }
        pass(1 hours + 1);
        lot = settleAppeal(lot);
        appeals.resolve(lot.id, 0);

        assertEq(lot.accepted, FIRST & ~uint256(1), "their votes count");
        Seats seats = appeals.appealOf(lot.id).seats;
        for (uint256 i; i < 7; ++i) {
            bool voted = (attested >> i) & 1 == 1;
            uint256 id = seats.idAt(i);
            assertEq(validators.validatorOf(id).earned, voted ? LOT_FEE / 4 : 0, "lot fee");
            assertEq(appeals.bondsOf(accountOf(id)), voted ? BOND / 8 : 0, "bond");
        }
    }

    // claimBonds

    function test_claimBonds_SendsNothingGivenNothingIsOwed() public {
        assertEq(appeals.claimBonds(CARL), 0, "sent");
    }

    function test_claimBonds_SendsToThePayoutAddressWhoeverCalls() public {
        Lot memory lot = settledLot();
        object(CARL, lot, 1);
        _end(lot, 7, 0);
        appeals.resolve(lot.id, 0);
        vm.prank(CARL);
        datanets.setPayout(BEN);
        uint256 before = open.balanceOf(CARL);
        vm.expectEmit(address(appeals));
        emit IAppeals.BondsClaimed(CARL, BEN, BOND);
        vm.prank(DORA);
        assertEq(appeals.claimBonds(CARL), BOND, "sent");
        assertEq(open.balanceOf(BEN), BOND, "received");
        assertEq(open.balanceOf(CARL), before, "its own wallet");
        assertEq(appeals.bondsOf(CARL), 0, "owed");
    }

    function test_claimBonds_CannotBeEnteredAgain() public {
        Lot memory lot = settledLot();
        object(CARL, lot, 1);
        object(DORA, lot, 1);
        _end(lot, 7, 0);
        appeals.resolve(lot.id, 0);
        appeals.resolve(lot.id, 1);
        vm.etch(address(open), address(new HookToken(address(this))).code);
        HookToken hook = HookToken(address(open));
        hook.setHook(address(appeals), abi.encodeCall(IAppeals.claimBonds, (DORA)));
        appeals.claimBonds(CARL);
        assertFalse(hook.entered(), "entered");
        assertEq(appeals.bondsOf(DORA), BOND, "dora is still owed");
    }

    /// @dev Whatever the objections, sides and votes: what is given out never exceeds what was put up, and all of it but
    /// less than a wei per member and objection.
    function testFuzz_bondsAreConserved(uint256 seed, uint256 voters, uint256 accepted) public {
        Lot memory lot = settledLot();
        uint256 count = bound(seed, 1, 4);
        uint256 taken;
        for (uint256 i; i < count; ++i) {
            uint256 word = uint256(keccak256(abi.encode(seed, i)));
            object(CARL, lot, 1 + (word % 0x3f));
            taken += BOND;
            if ((word >> 8) & 1 == 0) continue;
            defend(DORA, lot.id, i);
            taken += BOND;
        }
        objectFree(BEN, lot, 1, 0x30);
        _end(lot, bound(voters, 0, 7), accepted);
        for (uint256 i; i <= count; ++i) {
            appeals.resolve(lot.id, i);
        }

        uint256 owed = appeals.bondsOf(CARL) + appeals.bondsOf(DORA) + appeals.bondsOf(BEN);
        for (uint256 id = 1; id <= 10; ++id) {
            owed += appeals.bondsOf(accountOf(id));
        }
        assertEq(open.balanceOf(address(appeals)), taken, "bonds taken");
        assertLe(owed, taken, "never more than was put up");
        assertGe(owed + 7 * (count + 1), taken, "all of it but dust");
        assertEq(appeals.bondsOf(BEN), 0, "a free objection neither gains nor loses");
    }

    /// @dev Seats the committee, lets `voters` accept `accepted` of the named items, and settles.
    function _end(Lot memory lot, uint256 voters, uint256 accepted) private returns (Lot memory) {
        seat(lot);
        votes(lot.id, voters, accepted);
        pass(1 hours + 1);
        return settleAppeal(lot);
    }

    function _assertOwed(uint256 carl, uint256 dora, uint256 perMember) private view {
        assertEq(appeals.bondsOf(CARL), carl, "appellant");
        assertEq(appeals.bondsOf(DORA), dora, "defender");
        _assertMembers(appealedLot(), perMember, 7);
    }

    function _assertMembers(LotId lot, uint256 perMember, uint256 count) private view {
        Seats seats = appeals.appealOf(lot).seats;
        for (uint256 i; i < seats.length(); ++i) {
            assertEq(appeals.bondsOf(accountOf(seats.idAt(i))), i < count ? perMember : 0, "member");
        }
    }

    /// @dev Every test here appeals the first lot.
    function appealedLot() private view returns (LotId) {
        return LotId.wrap(datanetId << 32);
    }
}
