// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ModelFactory} from "../../contracts/ModelFactory.sol";
import {IModelFactory, RunSpec} from "../../contracts/interfaces/IModelFactory.sol";
import {Wallet1271} from "../../contracts/mocks/Wallet1271.sol";
import {RunStatus} from "../../contracts/types/RunStatus.sol";
import {RunSteps} from "./utils/RunSteps.sol";

/// @notice Follows ModelFactoryVouchers.tree.
contract ModelFactoryVouchersTest is RunSteps {
    uint256 private constant PAYER_KEY = 0x9a1e4;
    address private payer;
    bytes32 private runId;

    function setUp() public {
        deployFactory(3);
        runId = finalRun(spec(), 250_000_000);
        payer = vm.addr(PAYER_KEY);
    }

    // deposit

    function test_deposit_RevertWhen_TheAmountIsZero() public {
        expectError(abi.encodeWithSelector(IModelFactory.ModelFactoryZeroAmount.selector));
        factory.deposit(payer, 0);
    }

    function test_deposit_IsThePayersWhoeverPaidIt() public {
        vm.expectEmit(address(factory));
        emit IModelFactory.Deposited(payer, address(this), FEE);
        factory.deposit(payer, FEE);
        factory.deposit(payer, 1);
        assertEq(factory.depositOf(payer).balance, FEE + 1, "deposit");
        assertEq(open.balanceOf(address(factory)), FEE + 1, "taken");
    }

    // requestWithdrawal and withdraw

    function test_requestWithdrawal_RevertWhen_ItIsMoreThanTheDeposit() public {
        factory.deposit(payer, FEE);
        expectError(abi.encodeWithSelector(IModelFactory.ModelFactoryDepositTooSmall.selector, payer, FEE, FEE + 1));
        _request(FEE + 1);
    }

    function test_requestWithdrawal_ReplacesAnEarlierOne() public {
        factory.deposit(payer, FEE);
        _request(FEE);
        pass(12 hours);
        vm.expectEmit(address(factory));
        emit IModelFactory.WithdrawalRequested(payer, 5, block.timestamp + 1 days);
        _request(5);
        assertEq(factory.depositOf(payer).leaving, 5, "leaving");
        assertEq(factory.depositOf(payer).leavesAt, block.timestamp + 1 days, "the delay starts again");
    }

    function test_withdraw_RevertGiven_NoRequest() public {
        factory.deposit(payer, FEE);
        expectError(abi.encodeWithSelector(IModelFactory.ModelFactoryDepositLocked.selector, payer, 0));
        _withdraw();
    }

    function test_withdraw_RevertGiven_TheDelayIsNotOver() public {
        factory.deposit(payer, FEE);
        _request(FEE);
        uint256 leavesAt = block.timestamp + 1 days;
        vm.warp(leavesAt - 1);
        expectError(abi.encodeWithSelector(IModelFactory.ModelFactoryDepositLocked.selector, payer, leavesAt));
        _withdraw();
    }

    function test_withdraw_PaysWhatWasAnnounced() public {
        factory.deposit(payer, FEE);
        _request(FEE - 1);
        vm.warp(block.timestamp + 1 days);
        vm.expectEmit(address(factory));
        emit IModelFactory.DepositWithdrawn(payer, FEE - 1);
        assertEq(_withdraw(), FEE - 1, "amount");
        assertEq(open.balanceOf(payer), FEE - 1, "received");
        assertEq(factory.depositOf(payer).balance, 1, "left");
        expectErrorNamed(IModelFactory.ModelFactoryDepositLocked.selector);
        _withdraw();
    }

    function test_withdraw_PaysWhatVouchersLeftOfIt() public {
        factory.deposit(payer, FEE);
        _request(FEE);
        _collect(400e18);
        vm.warp(block.timestamp + 1 days);
        assertEq(_withdraw(), FEE - 400e18, "what is left");
        assertEq(factory.depositOf(payer).balance, 0, "empty");
    }

    // collect

    function test_collect_RevertWhen_TheDeadlineIsOver() public {
        factory.deposit(payer, FEE);
        bytes memory signature = _sign(runId, 1, block.timestamp - 1);
        expectError(
            abi.encodeWithSelector(
                IModelFactory.ModelFactoryVoucherExpired.selector,
                block.timestamp - 1,
                block.timestamp
            )
        );
        factory.collect(runId, payer, 1, block.timestamp - 1, signature);

        signature = _sign(runId, 1, block.timestamp);
        factory.collect(runId, payer, 1, block.timestamp, signature);
    }

    function test_collect_RevertWhen_AnotherSigned() public {
        factory.deposit(payer, FEE);
        bytes32 digest = factory.hashVoucher(runId, payer, 1, block.timestamp);
        _expectInvalid(payer);
        factory.collect(runId, payer, 1, block.timestamp, signPacked(0xbad, digest));
        _expectInvalid(payer);
        factory.collect(runId, payer, 1, block.timestamp, "");
    }

    /// @dev T13: every field that decides money is signed.
    function test_collect_RevertWhen_AFieldDiffers() public {
        factory.deposit(payer, FEE);
        bytes memory signature = _sign(runId, 5, block.timestamp + 1);
        _expectInvalid(payer);
        factory.collect(keccak256("another"), payer, 5, block.timestamp + 1, signature);
        _expectInvalid(BEN);
        factory.collect(runId, BEN, 5, block.timestamp + 1, signature);
        _expectInvalid(payer);
        factory.collect(runId, payer, 6, block.timestamp + 1, signature);
        _expectInvalid(payer);
        factory.collect(runId, payer, 5, block.timestamp, signature);
    }

    function test_collect_RevertWhen_ForAnotherChainOrContract() public {
        factory.deposit(payer, FEE);
        bytes memory signature = _sign(runId, 5, block.timestamp);
        ModelFactory other = new ModelFactory(datanets, PLATFORM);
        _expectInvalid(payer);
        other.collect(runId, payer, 5, block.timestamp, signature);
        vm.chainId(1612);
        _expectInvalid(payer);
        factory.collect(runId, payer, 5, block.timestamp, signature);
    }

    function test_collect_RevertGiven_TheRunIsNotFinal() public {
        factory.deposit(payer, FEE);
        RunSpec memory run = spec();
        run.seed = 43;
        bytes32 second = openRun(run);
        bytes memory signature = _sign(second, 5, block.timestamp);
        expectError(
            abi.encodeWithSelector(IModelFactory.ModelFactoryUnexpectedStatus.selector, second, RunStatus.Opened)
        );
        factory.collect(second, payer, 5, block.timestamp, signature);
        assertEq(factory.depositOf(payer).balance, FEE, "untouched");
    }

    function test_collect_RevertGiven_TheTotalWasCollected() public {
        factory.deposit(payer, FEE);
        _collect(100);
        bytes memory signature = _sign(runId, 100, block.timestamp);
        _expectNothing(100, 100, FEE - 100);
        factory.collect(runId, payer, 100, block.timestamp, signature);
        signature = _sign(runId, 99, block.timestamp);
        _expectNothing(99, 100, FEE - 100);
        factory.collect(runId, payer, 99, block.timestamp, signature);
    }

    function test_collect_RevertGiven_TheDepositIsEmpty() public {
        bytes memory signature = _sign(runId, 100, block.timestamp);
        _expectNothing(100, 0, 0);
        factory.collect(runId, payer, 100, block.timestamp, signature);
    }

    function test_collect_CollectsWhatIsThereAndTheRestLater() public {
        factory.deposit(payer, 60e18);
        bytes memory signature = _sign(runId, 100e18, block.timestamp);
        assertEq(factory.collect(runId, payer, 100e18, block.timestamp, signature), 60e18, "what is there");
        factory.deposit(payer, 60e18);
        assertEq(factory.collect(runId, payer, 100e18, block.timestamp, signature), 40e18, "the rest");
        assertEq(factory.depositOf(payer).balance, 20e18, "no more than was signed");
    }

    function test_collect_PaysTheDifferenceAsAFee() public {
        factory.deposit(payer, FEE);
        _collect(100e18);
        bytes memory signature = _sign(runId, 300e18, block.timestamp);
        vm.expectEmit(address(factory));
        emit IModelFactory.VoucherCollected(runId, payer, 300e18, 300e18, 200e18);
        vm.expectEmit(address(factory));
        emit IModelFactory.FeePaid(runId, payer, 200e18, 20e18, 40e18, 40e18, 100e18, 0);
        assertEq(factory.collect(runId, payer, 300e18, block.timestamp, signature), 200e18, "amount");

        assertEq(factory.collectedOf(runId, payer), 300e18, "collected");
        assertEq(factory.depositOf(payer).balance, FEE - 300e18, "deposit");
        assertEq(factory.runOf(runId).poolTotal, 150e18, "pool");
        assertEq(open.balanceOf(address(factory)), FEE - 60e18, "the stakers' part left");
    }

    /// @dev Stakers may have no part; then nothing is handed over.
    function test_collect_WorksWithoutAStakersPart() public {
        RunSpec memory run = spec();
        (run.stakersBps, run.contributorsBps) = (0, 7000);
        bytes32 id = finalRun(run, 1);
        factory.deposit(payer, FEE);
        bytes memory signature = _sign(id, 100, block.timestamp);
        factory.collect(id, payer, 100, block.timestamp, signature);
        factory.payFee(id, 100);
        assertEq(factory.runOf(id).poolTotal, 140, "contributors");
    }

    function test_collect_AsksAPayerThatIsAContract() public {
        Wallet1271 wallet = new Wallet1271(payer);
        factory.deposit(address(wallet), FEE);
        bytes32 digest = factory.hashVoucher(runId, address(wallet), 7, block.timestamp);
        bytes memory signature = signPacked(PAYER_KEY, digest);
        for (uint8 mood = 1; mood <= 4; ++mood) {
            wallet.setMood(Wallet1271.Mood(mood));
            _expectInvalid(address(wallet));
            factory.collect(runId, address(wallet), 7, block.timestamp, signature);
        }
        wallet.setMood(Wallet1271.Mood.Honest);
        assertEq(factory.collect(runId, address(wallet), 7, block.timestamp, signature), 7, "collected");

        // T16: one owner's signature does not serve for its other account.
        Wallet1271 second = new Wallet1271(payer);
        factory.deposit(address(second), FEE);
        _expectInvalid(address(second));
        factory.collect(runId, address(second), 7, block.timestamp, signature);
    }

    /// @dev Q7, T15: a delegation (EIP-7702) of the payer's account changes nothing.
    function test_collect_TakesTheAccountsOwnSignatureGivenItDelegated() public {
        factory.deposit(payer, FEE);
        Wallet1271 code = new Wallet1271(BEN);
        // What a delegation leaves at the account; Hardhat's runner has no cheatcode that signs one.
        vm.etch(payer, abi.encodePacked(hex"ef0100", address(code)));
        assertEq(payer.code.length, 23, "delegated");
        _collect(100);
        assertEq(factory.collectedOf(runId, payer), 100, "collected");
    }

    /// @dev However totals come in, what is collected is the highest of them, as far as the deposit reaches.
    function testFuzz_collect_TakesTheHighestTotal(uint256[5] memory totals, uint256 deposit) public {
        deposit = logBound(deposit, 24);
        factory.deposit(payer, deposit);
        uint256 highest;
        for (uint256 i; i < 5; ++i) {
            uint256 total = logBound(totals[i], 24);
            bytes memory signature = _sign(runId, total, block.timestamp);
            if (total > highest && factory.depositOf(payer).balance != 0) {
                highest = total;
            } else {
                expectErrorNamed(IModelFactory.ModelFactoryNothingToCollect.selector);
            }
            factory.collect(runId, payer, total, block.timestamp, signature);
        }
        assertEq(factory.collectedOf(runId, payer), highest < deposit ? highest : deposit, "collected");
        assertEq(factory.depositOf(payer).balance + factory.collectedOf(runId, payer), deposit, "nothing is lost");
    }

    // permitOpen

    function test_permitOpen_DoesNotRevertWhenThePermitIsNoGood() public {
        factory.permitOpen(1, block.timestamp, 27, bytes32(uint256(1)), bytes32(uint256(1)));
    }

    function test_permitOpen_LetsTheSameCallPay() public {
        open.transfer(payer, FEE);
        bytes32 digest = keccak256(
            abi.encodePacked(
                "\x19\x01",
                open.DOMAIN_SEPARATOR(),
                keccak256(
                    abi.encode(
                        keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)"),
                        payer,
                        address(factory),
                        FEE,
                        0,
                        block.timestamp
                    )
                )
            )
        );
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(PAYER_KEY, digest);
        bytes[] memory calls = new bytes[](2);
        calls[0] = abi.encodeCall(IModelFactory.permitOpen, (FEE, block.timestamp, v, r, s));
        calls[1] = abi.encodeCall(IModelFactory.payFee, (runId, FEE));
        vm.prank(payer);
        factory.multicall(calls);
        assertEq(factory.runOf(runId).poolTotal, FEE / 2, "paid");
    }

    // Helpers

    function _sign(bytes32 run, uint256 total, uint256 deadline) private view returns (bytes memory) {
        return signPacked(PAYER_KEY, factory.hashVoucher(run, payer, total, deadline));
    }

    function _collect(uint256 total) private {
        bytes memory signature = _sign(runId, total, block.timestamp);
        factory.collect(runId, payer, total, block.timestamp, signature);
    }

    function _request(uint256 amount) private {
        vm.prank(payer);
        factory.requestWithdrawal(amount);
    }

    function _withdraw() private returns (uint256) {
        vm.prank(payer);
        return factory.withdraw();
    }

    function _expectInvalid(address account) private {
        expectError(abi.encodeWithSelector(IModelFactory.ModelFactoryInvalidSignature.selector, account));
    }

    function _expectNothing(uint256 total, uint256 collected, uint256 balance) private {
        expectError(
            abi.encodeWithSelector(
                IModelFactory.ModelFactoryNothingToCollect.selector,
                runId,
                payer,
                total,
                collected,
                balance
            )
        );
    }
}
