// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Datanets} from "../../contracts/Datanets.sol";
import {Validators} from "../../contracts/Validators.sol";
import {Attestation} from "../../contracts/interfaces/IDatanets.sol";
import {IValidators, Validator} from "../../contracts/interfaces/IValidators.sol";
import {Seats} from "../../contracts/types/Seats.sol";
import {FeeToken} from "./utils/Adversaries.sol";
import {Protocol} from "./utils/Protocol.sol";

contract ValidatorsTest is Protocol {
    uint256 private constant UNIT = 1_000e18;
    bytes32 private constant LOT = keccak256("lot");
    address private constant REPORTER = address(0x9e9);

    function setUp() public {
        deploy(3);
    }

    function _proof(uint256 key, address account) private view returns (bytes memory) {
        return signPacked(key, validators.hashSigningKey(account));
    }

    // register

    function test_register_RevertGiven_TheAccountHasAValidator() public {
        bytes memory proof = _proof(0x11, accountOf(1));
        address key = vm.addr(0x11);
        vm.expectRevert(abi.encodeWithSelector(IValidators.ValidatorsAddressTaken.selector, accountOf(1), 1));
        vm.prank(accountOf(1));
        validators.register(key, proof, 1);
    }

    function test_register_RevertGiven_TheKeyIsTaken() public {
        bytes memory proof = _proof(KEYS + 2, address(this));
        address key = vm.addr(KEYS + 2);
        vm.expectRevert(abi.encodeWithSelector(IValidators.ValidatorsAddressTaken.selector, key, 2));
        validators.register(key, proof, 1);
        vm.expectRevert(abi.encodeWithSelector(IValidators.ValidatorsAddressTaken.selector, key, 2));
        vm.prank(key);
        validators.register(address(1), proof, 1);
    }

    function test_register_RevertWhen_TheKeyIsItsOwnAccount() public {
        address account = vm.addr(0x11);
        bytes memory proof = _proof(0x11, account);
        vm.expectRevert(abi.encodeWithSelector(IValidators.ValidatorsAddressTaken.selector, account, 4));
        vm.prank(account);
        validators.register(account, proof, 1);
    }

    function test_register_RevertWhen_TheKeyDidNotConsent() public {
        address key = vm.addr(0x11);
        bytes memory proof = _proof(0x11, accountOf(9));
        try validators.register(key, proof, 1) {
            assertTrue(false, "a proof for another account counted");
        } catch (bytes memory reason) {
            assertEq(bytes32(bytes4(reason)), bytes32(IValidators.ValidatorsInvalidKeyProof.selector), "by its proof");
        }
        vm.expectRevert(abi.encodeWithSelector(IValidators.ValidatorsInvalidKeyProof.selector, address(0), address(0)));
        validators.register(address(0), "", 1);
    }

    function test_register_RevertWhen_NoUnitIsStaked() public {
        address key = vm.addr(0x11);
        bytes memory proof = _proof(0x11, address(this));
        vm.expectRevert(abi.encodeWithSelector(IValidators.ValidatorsUnitsOutOfBounds.selector, 0, 65_535));
        validators.register(key, proof, 0);
    }

    function test_register_RevertWhen_TheTokenKeepsAFee() public {
        FeeToken token = new FeeToken(address(this));
        Validators other = Validators(address(new Datanets(token).VALIDATORS()));
        token.approve(address(other), type(uint256).max);
        bytes memory proof = signPacked(0x11, other.hashSigningKey(address(this)));
        address key = vm.addr(0x11);
        vm.expectRevert(
            abi.encodeWithSelector(IValidators.ValidatorsTransferMismatch.selector, UNIT, UNIT - UNIT / 1000)
        );
        other.register(key, proof, 1);
    }

    function test_register_GivesOneTicketForEachUnit() public {
        uint256 id = join(5);
        assertEq(id, 4, "ids count up");
        Validator memory its = validators.validatorOf(id);
        assertEq(its.account, accountOf(id), "account");
        assertEq(its.signingKey, vm.addr(KEYS + id), "key");
        assertEq(its.units, 5, "units");
        assertEq(validators.ticketCount(), 8, "tickets");
        assertEq(validators.activeCount(), 4, "active");
        assertEq(validators.validatorIdOf(its.account), id, "known by account");
        assertEq(validators.validatorIdOf(its.signingKey), id, "known by key");
        assertEq(open.balanceOf(address(validators)), 8 * UNIT, "held");
    }

    // setSigningKey

    function test_setSigningKey_RevertWhen_TheCallerHasNoValidator() public {
        bytes memory proof = _proof(0x11, address(this));
        address key = vm.addr(0x11);
        vm.expectRevert(abi.encodeWithSelector(IValidators.ValidatorsUnauthorized.selector, address(this), address(0)));
        validators.setSigningKey(key, proof);
    }

    function _rotate(uint256 id, uint256 key) private {
        bytes memory proof = _proof(key, accountOf(id));
        address its = vm.addr(key);
        vm.prank(accountOf(id));
        validators.setSigningKey(its, proof);
    }

    function test_setSigningKey_RevertGiven_TheKeyServedBefore() public {
        _rotate(1, 0x11);
        bytes memory proof = _proof(KEYS + 1, accountOf(1));
        address old = vm.addr(KEYS + 1);
        vm.expectRevert(abi.encodeWithSelector(IValidators.ValidatorsAddressTaken.selector, old, 1));
        vm.prank(accountOf(1));
        validators.setSigningKey(old, proof);
    }

    function test_setSigningKey_RevertGiven_TheValidatorWasSlashed() public {
        _slash(1);
        bytes memory proof = _proof(0x11, accountOf(1));
        address key = vm.addr(0x11);
        vm.expectRevert(abi.encodeWithSelector(IValidators.ValidatorsSlashed.selector, 1));
        vm.prank(accountOf(1));
        validators.setSigningKey(key, proof);
    }

    function test_setSigningKey_ReplacesTheKeyAndRemembersTheOld() public {
        _rotate(1, 0x11);
        assertEq(validators.signingKeysOf(Seats.wrap(0x2_0001))[0], vm.addr(0x11), "new key");
        assertEq(validators.signingKeysOf(Seats.wrap(0x2_0001))[1], vm.addr(KEYS + 2), "in order");
        assertEq(validators.validatorIdOf(vm.addr(KEYS + 1)), 1, "old key");
    }

    // stake

    function test_stake_RevertWhen_TheCallerIsASigningKey() public {
        vm.expectRevert(
            abi.encodeWithSelector(IValidators.ValidatorsUnauthorized.selector, vm.addr(KEYS + 1), accountOf(1))
        );
        vm.prank(vm.addr(KEYS + 1));
        validators.stake(1);
    }

    function test_stake_RevertWhen_MoreUnitsAreStakedThanFit() public {
        vm.expectRevert(abi.encodeWithSelector(IValidators.ValidatorsUnitsOutOfBounds.selector, 65_535, 65_534));
        vm.prank(accountOf(1));
        validators.stake(65_535);
        vm.prank(accountOf(1));
        validators.unstake(1);
        vm.expectRevert(abi.encodeWithSelector(IValidators.ValidatorsUnitsOutOfBounds.selector, 65_535, 65_534));
        vm.prank(accountOf(1));
        validators.stake(65_535);
    }

    function test_stake_RevertGiven_TheValidatorWasSlashed() public {
        _slash(1);
        vm.expectRevert(abi.encodeWithSelector(IValidators.ValidatorsSlashed.selector, 1));
        vm.prank(accountOf(1));
        validators.stake(1);
    }

    function _stake(uint256 id, uint256 units) private {
        open.transfer(accountOf(id), units * UNIT);
        vm.prank(accountOf(id));
        validators.stake(units);
    }

    function _unstake(uint256 id, uint256 units) private {
        vm.prank(accountOf(id));
        validators.unstake(units);
    }

    function test_stake_AddsTickets() public {
        _stake(2, 3);
        assertEq(validators.validatorOf(2).units, 4, "units");
        assertEq(validators.ticketCount(), 6, "tickets");
        assertEq(validators.activeCount(), 3, "active once");
    }

    // unstake

    function test_unstake_RevertWhen_NoUnitIsNamed() public {
        vm.expectRevert(abi.encodeWithSelector(IValidators.ValidatorsUnitsOutOfBounds.selector, 0, 1));
        _unstake(1, 0);
    }

    function test_unstake_RevertWhen_MoreUnitsAreNamedThanThereAre() public {
        vm.expectRevert(abi.encodeWithSelector(IValidators.ValidatorsUnitsOutOfBounds.selector, 2, 1));
        _unstake(1, 2);
    }

    function test_unstake_TakesTheTicketsAndStartsTheDelay() public {
        _unstake(1, 1);
        Validator memory its = validators.validatorOf(1);
        assertEq(its.units, 0, "units");
        assertEq(its.unbondingUnits, 1, "unbonding");
        assertEq(its.unbondsAt, block.timestamp + 30 days, "when");
        assertEq(validators.ticketCount(), 2, "tickets");
        assertEq(validators.activeCount(), 2, "active");
        mine();
        assertFalse(_draw(1, 3).has(1), "not seated");
        assertEq(_draw(1, 3).length(), 2, "the others are");
    }

    function test_unstake_StartsTheDelayForAllAgain() public {
        _stake(1, 1);
        _unstake(1, 1);
        pass(29 days);
        _unstake(1, 1);
        pass(1 days);
        vm.expectRevert();
        vm.prank(accountOf(1));
        validators.withdraw();
    }

    // withdraw

    function test_withdraw_RevertGiven_NothingIsUnbonding() public {
        vm.expectRevert(abi.encodeWithSelector(IValidators.ValidatorsUnitsOutOfBounds.selector, 0, 0));
        vm.prank(accountOf(1));
        validators.withdraw();
    }

    function test_withdraw_RevertGiven_TheDelayIsNotOver() public {
        _unstake(1, 1);
        uint256 unbondsAt = block.timestamp + 30 days;
        vm.warp(unbondsAt - 1);
        vm.expectRevert(abi.encodeWithSelector(IValidators.ValidatorsStillUnbonding.selector, 1, unbondsAt));
        vm.prank(accountOf(1));
        validators.withdraw();
    }

    function test_withdraw_PaysTheAccount() public {
        _stake(1, 2);
        _unstake(1, 2);
        vm.warp(block.timestamp + 30 days);
        vm.prank(accountOf(1));
        assertEq(validators.withdraw(), 2 * UNIT, "amount");
        assertEq(open.balanceOf(accountOf(1)), 2 * UNIT, "paid");
        assertEq(validators.validatorOf(1).unbondingUnits, 0, "once");
        assertEq(validators.validatorOf(1).units, 1, "the rest stays");
    }

    // slash

    function _slash(uint256 id) private {
        Attestation memory first = attestBy(id, LOT, 1, 0);
        Attestation memory second = attestBy(id, LOT, 2, 0);
        vm.prank(REPORTER);
        validators.slash(LOT, first, second);
    }

    function test_slash_RevertWhen_TheAttestationsSayTheSame() public {
        Attestation memory its = attestBy(1, LOT, 1, 0);
        vm.expectRevert(abi.encodeWithSelector(IValidators.ValidatorsNoFault.selector, LOT, 1));
        validators.slash(LOT, its, its);
    }

    function test_slash_RevertWhen_TheSignersDiffer() public {
        Attestation memory first = attestBy(1, LOT, 1, 0);
        Attestation memory second = attestBy(2, LOT, 2, 0);
        vm.expectRevert(
            abi.encodeWithSelector(IValidators.ValidatorsSignersDiffer.selector, vm.addr(KEYS + 1), vm.addr(KEYS + 2))
        );
        validators.slash(LOT, first, second);
        // Two lots are two questions.
        second = attestBy(1, keccak256("another lot"), 2, 0);
        vm.expectRevert();
        validators.slash(LOT, first, second);
    }

    function test_slash_RevertWhen_NobodyOfUsSigned() public {
        Attestation memory first = attestBy(77, LOT, 1, 0);
        Attestation memory second = attestBy(77, LOT, 2, 0);
        address key = vm.addr(KEYS + 77);
        vm.expectRevert(abi.encodeWithSelector(IValidators.ValidatorsSignersDiffer.selector, key, key));
        validators.slash(LOT, first, second);
        Attestation memory empty;
        vm.expectRevert(abi.encodeWithSelector(IValidators.ValidatorsSignersDiffer.selector, address(0), address(0)));
        validators.slash(LOT, empty, empty);
    }

    function test_slash_RevertGiven_ItWasSlashedBefore() public {
        _slash(1);
        Attestation memory first = attestBy(1, LOT, 1, 0);
        Attestation memory second = attestBy(1, LOT, 2, 0);
        vm.expectRevert(abi.encodeWithSelector(IValidators.ValidatorsSlashed.selector, 1));
        validators.slash(LOT, first, second);
    }

    function test_slash_TakesStakeOnItsWayOutToo() public {
        _stake(1, 2);
        _unstake(1, 1);
        _slash(1);
        Validator memory its = validators.validatorOf(1);
        assertEq(its.units + its.unbondingUnits, 0, "nothing left");
        assertTrue(its.slashed, "marked");
        assertEq(its.signingKey, address(0), "no vote counts any more");
        assertEq(open.balanceOf(REPORTER), 300e18, "a tenth of three units");
        assertEq(validators.ticketCount(), 2, "tickets");
        assertEq(validators.stakerFeesOf(2) + validators.stakerFeesOf(3), 2_700e18, "the rest to the stakers");
        assertEq(validators.stakerFeesOf(1), 0, "not to itself");
        vm.expectRevert(abi.encodeWithSelector(IValidators.ValidatorsUnitsOutOfBounds.selector, 0, 0));
        vm.prank(accountOf(1));
        validators.withdraw();
    }

    function test_slash_TakesStakeThatIsAllOnItsWayOut() public {
        _unstake(1, 1);
        _slash(1);
        assertEq(open.balanceOf(REPORTER), 100e18, "a tenth");
    }

    function test_slash_FindsTheValidatorWhoseKeysChanged() public {
        Attestation memory first = attestBy(1, LOT, 1, 0);
        Attestation memory second = attestBy(1, LOT, 2, 0);
        _rotate(1, 0x11);
        (second.r, second.vs) = signCompact(
            0x11,
            datanets.hashAttestation(LOT, second.accepted, second.rejected, second.report)
        );
        validators.slash(LOT, first, second);
        assertTrue(validators.validatorOf(1).slashed, "slashed");
    }

    function test_slash_KeepsTheRestForTheNextStakers() public {
        _unstake(2, 1);
        _unstake(3, 1);
        _slash(1);
        assertEq(validators.ticketCount(), 0, "nobody stakes");
        _stake(2, 1);
        open.approve(address(validators), 1);
        validators.distribute(1);
        assertGe(validators.stakerFeesOf(2), 900e18, "with the next distribution");
    }

    // fees

    function test_distribute_WaitsGivenNothingIsStaked() public {
        for (uint256 id = 1; id <= 3; ++id) {
            _unstake(id, 1);
        }
        validators.distribute(90e18);
        _stake(1, 1);
        assertEq(validators.stakerFeesOf(1), 0, "waiting");
        validators.distribute(10e18);
        assertEq(validators.stakerFeesOf(1), 100e18, "all of it");
    }

    function test_distribute_SpreadsByUnits() public {
        _stake(2, 3);
        validators.distribute(60e18);
        assertEq(validators.stakerFeesOf(1), 10e18, "one unit of six");
        assertEq(validators.stakerFeesOf(2), 40e18, "four units of six");
        assertEq(validators.stakerFeesOf(3), 10e18, "one unit of six");
    }

    function test_claimEarnings_RevertWhen_TheValidatorIsUnknown() public {
        vm.expectRevert(abi.encodeWithSelector(IValidators.ValidatorsUnknown.selector, 9));
        validators.claimEarnings(9);
    }

    function test_claimEarnings_SendsBothPartsWhoeverCalls() public {
        uint256 id = create(terms(3, 3));
        settled(address(0xa11a), id, 1, 1);
        validators.distribute(3e18);
        vm.prank(accountOf(1));
        datanets.setPayout(REPORTER);
        uint256 earned = validators.validatorOf(1).earned;
        vm.prank(address(0xbad));
        (uint256 lotFees, uint256 stakerFees) = validators.claimEarnings(1);
        assertEq(lotFees, earned, "lot fees");
        assertEq(lotFees, LOT_FEE / 3, "a third");
        assertEq(stakerFees, 1e18, "staker fees");
        assertEq(open.balanceOf(REPORTER), lotFees + stakerFees, "sent");
        (lotFees, stakerFees) = validators.claimEarnings(1);
        assertEq(lotFees + stakerFees, 0, "once");
    }

    function test_credit_RevertWhen_AnotherThanTheDatanetsCalls() public {
        vm.expectRevert(
            abi.encodeWithSelector(IValidators.ValidatorsUnauthorized.selector, address(this), address(datanets))
        );
        validators.credit(Seats.wrap(1), new uint256[](1));
    }

    // draw

    function _draw(uint256 salt, uint256 seatCount) private view returns (Seats) {
        return validators.draw(0, bytes32(salt), seatCount, new address[](0), Seats.wrap(0));
    }

    function test_draw_RevertGiven_TheBlockOfTheAnchorIsNotOver() public {
        vm.expectRevert(abi.encodeWithSelector(IValidators.ValidatorsRandomnessNotReady.selector, block.number));
        validators.draw(block.number, 0, 3, new address[](0), Seats.wrap(0));
        _stake(1, 1);
        vm.expectRevert(abi.encodeWithSelector(IValidators.ValidatorsRandomnessNotReady.selector, block.number));
        validators.draw(0, 0, 3, new address[](0), Seats.wrap(0));
    }

    function test_draw_SeatsAllGivenNoMoreThanSeats() public view {
        Seats seats = _draw(1, 3);
        assertEq(seats.length(), 3, "all");
        assertTrue(seats.has(1) && seats.has(2) && seats.has(3), "each once");
        assertEq(_draw(1, 5).length(), 3, "no more than there are");
        assertEq(_draw(1, 0).length(), 0, "none asked");
    }

    function test_draw_SeatsFifteenAtMost() public {
        for (uint256 i; i < 15; ++i) {
            join(1);
        }
        assertEq(_draw(1, 31).length(), 15, "a word holds fifteen");
        _distinct(_draw(1, 31));
    }

    function _distinct(Seats seats) private pure {
        for (uint256 i; i < seats.length(); ++i) {
            for (uint256 j; j < i; ++j) {
                assertNotEq(seats.idAt(i), seats.idAt(j), "a validator has one seat");
            }
        }
    }

    function test_draw_FillsEverySeatBesideAWhale() public {
        join(300);
        join(1);
        for (uint256 salt; salt < 20; ++salt) {
            Seats seats = _draw(salt, 4);
            assertEq(seats.length(), 4, "every seat");
            _distinct(seats);
        }
    }

    function testFuzz_draw_SeatsNobodyExcludedOrTaken(
        uint256 salt,
        uint256 seatCount,
        uint256 excluded,
        uint256 taken
    ) public {
        for (uint256 i; i < 5; ++i) {
            join(1 + (i % 2));
        }
        seatCount = bound(seatCount, 1, 15);
        address[] memory barred = new address[](2);
        barred[0] = accountOf(bound(excluded, 1, 8));
        barred[1] = address(0xa11a);
        Seats before = Seats.wrap(bound(taken, 1, 8));
        Seats seats = validators.draw(0, bytes32(salt), seatCount, barred, before);
        _distinct(seats);
        assertFalse(seats.has(validators.validatorIdOf(barred[0])), "excluded");
        assertFalse(seats.has(before.idAt(0)), "taken");
        uint256 free = before.idAt(0) == validators.validatorIdOf(barred[0]) ? 7 : 6;
        assertEq(seats.length(), seatCount < free ? seatCount : free, "as many as can be");
    }

    /// @dev T21. Each of 8 is in 3 of 8 draws: of 800 in 300, with a deviation of 14.
    function test_draw_SeatsEverybodyAboutAsOften() public {
        for (uint256 i; i < 5; ++i) {
            join(1);
        }
        uint256[9] memory seated;
        for (uint256 salt; salt < 800; ++salt) {
            Seats seats = _draw(salt, 3);
            for (uint256 i; i < 3; ++i) {
                ++seated[seats.idAt(i)];
            }
        }
        for (uint256 id = 1; id <= 8; ++id) {
            assertGe(seated[id], 230, "not left out");
            assertLe(seated[id], 370, "not favoured");
        }
    }
}
