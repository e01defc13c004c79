// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {Datanets} from "../../contracts/Datanets.sol";
import {IAdmission} from "../../contracts/interfaces/IAdmission.sol";
import {Book, DayUsage, IDatanets, Modality, Submission, Terms} from "../../contracts/interfaces/IDatanets.sol";
import {Formats} from "../../contracts/libraries/Formats.sol";
import {Leaves} from "../../contracts/libraries/Leaves.sol";
import {LotId, toLotId} from "../../contracts/types/LotId.sol";
import {ClosedGate, FeeToken, HookToken, Wallet} from "./utils/Adversaries.sol";
import {Protocol} from "./utils/Protocol.sol";

contract DatanetsEntryTest is Protocol {
    address private constant ANNA = address(0xa11a);
    address private constant BEN = address(0xbe4);
    bytes32 private constant ROOT = bytes32(uint256(1));
    bytes32 private constant MANIFESTS = bytes32(uint256(2));
    uint256 private constant KEY = 0x516e;

    uint256 private id;

    function setUp() public {
        deploy(3);
        id = create(terms(3, 3));
    }

    // createDatanet

    function _refusedTerm(Terms memory terms_, string memory term, uint256 value, uint256 min, uint256 max) private {
        vm.expectRevert(abi.encodeWithSelector(IDatanets.DatanetsTermOutOfBounds.selector, term, value, min, max));
        datanets.createDatanet(terms_, ROOT);
    }

    function test_createDatanet_RevertWhen_AFormatIsMissing() public {
        Terms memory its = terms(3, 3);
        its.formats = 0;
        _refusedTerm(its, "formats", 0, 1, 0xfff);
    }

    function test_createDatanet_RevertWhen_FormatsMixModalities() public {
        Terms memory its = terms(3, 3);
        its.formats = uint16(Formats.TEXT | 0x10);
        _refusedTerm(its, "formats", its.formats, 1, Formats.TEXT);
        its.formats = uint16(Formats.IMAGE | 0x200);
        _refusedTerm(its, "formats", its.formats, 1, Formats.IMAGE);
    }

    function test_createDatanet_RevertWhen_ATermIsBelowItsBounds() public {
        Terms memory its = terms(3, 3);
        its.fileCap = 0;
        _refusedTerm(its, "fileCap", 0, 1, type(uint32).max);
        its = terms(3, 3);
        its.dailyKilobytes = 0;
        _refusedTerm(its, "dailyKilobytes", 0, 1, type(uint16).max);
        its = terms(3, 3);
        its.lotWindow = 0;
        _refusedTerm(its, "lotWindow", 0, 1, 30 days);
        its = terms(3, 3);
        its.voteWindow = 0;
        _refusedTerm(its, "voteWindow", 0, 1, 3 days);
        its = terms(3, 3);
        its.challengeWindow = 0;
        _refusedTerm(its, "challengeWindow", 0, 1, 3 days);
        _refusedTerm(terms(0, 0), "seatCount", 0, 1, 15);
        _refusedTerm(terms(3, 0), "quorum", 0, 1, 3);
        its = terms(3, 3);
        its.acceptBps = 5000;
        _refusedTerm(its, "acceptBps", 5000, 5001, 10_000);
    }

    function test_createDatanet_RevertWhen_ATermIsAboveItsBounds() public {
        Terms memory its = terms(3, 3);
        its.formats = 0x1000;
        _refusedTerm(its, "formats", 0x1000, 1, 0xfff);
        its = terms(3, 3);
        its.lotWindow = 30 days + 1;
        // 30 days and one second still fit 24 bits.
        _refusedTerm(its, "lotWindow", 30 days + 1, 1, 30 days);
        its = terms(3, 3);
        its.voteWindow = 3 days + 1;
        _refusedTerm(its, "voteWindow", 3 days + 1, 1, 3 days);
        its = terms(3, 3);
        its.challengeWindow = 3 days + 1;
        _refusedTerm(its, "challengeWindow", 3 days + 1, 1, 3 days);
        _refusedTerm(terms(16, 3), "seatCount", 16, 1, 15);
        _refusedTerm(terms(3, 4), "quorum", 4, 1, 3);
        its = terms(3, 3);
        its.acceptBps = 10_001;
        _refusedTerm(its, "acceptBps", 10_001, 5001, 10_000);
    }

    function test_createDatanet_KeepsTermsAtTheirBounds() public {
        Terms memory its = terms(15, 15);
        its.formats = uint16(Formats.AUDIO);
        its.lotWindow = 30 days;
        its.voteWindow = 3 days;
        its.challengeWindow = 3 days;
        its.acceptBps = 10_000;
        its.gated = true;
        uint256 datanetId = datanets.createDatanet(its, ROOT);
        its.gated = false;
        assertEq(keccak256(abi.encode(datanets.termsOf(datanetId))), keccak256(abi.encode(its)), "terms");
        assertEq(datanets.rulesOf(datanetId), ROOT, "rules");
        assertEq(datanetId, datanets.datanetCount(), "ids count up");

        its = terms(1, 1);
        (its.lotWindow, its.voteWindow, its.challengeWindow) = (1, 1, 1);
        (its.fileCap, its.dailyKilobytes, its.acceptBps, its.formats) = (1, 1, 5001, 1);
        datanetId = datanets.createDatanet(its, ROOT);
        assertEq(keccak256(abi.encode(datanets.termsOf(datanetId))), keccak256(abi.encode(its)), "terms");
    }

    function test_createDatanet_TellsTheModalityAndTheGateItself() public {
        Terms memory its = terms(3, 3);
        its.formats = 0x010;
        its.admission = new ClosedGate();
        vm.recordLogs();
        datanets.createDatanet(its, ROOT);
        its.gated = true;
        (Modality modality, Terms memory emitted, bytes32 rules) = abi.decode(
            _lastLog(IDatanets.DatanetCreated.selector),
            (Modality, Terms, bytes32)
        );
        assertTrue(modality == Modality.Image, "modality");
        assertEq(keccak256(abi.encode(emitted)), keccak256(abi.encode(its)), "gated, whatever the caller said");
        assertEq(rules, ROOT, "rules");
    }

    // fund

    function test_fund_RevertWhen_TheDatanetIsUnknown() public {
        vm.expectRevert(abi.encodeWithSelector(IDatanets.DatanetsUnknownDatanet.selector, 2));
        datanets.fund(2, 1);
        vm.expectRevert(abi.encodeWithSelector(IDatanets.DatanetsUnknownDatanet.selector, 0));
        datanets.fund(0, 1);
    }

    function test_fund_RevertWhen_TheTokenKeepsAFee() public {
        FeeToken token = new FeeToken(address(this));
        Datanets other = new Datanets(token);
        token.approve(address(other), type(uint256).max);
        uint256 datanetId = other.createDatanet(terms(3, 3), ROOT);
        vm.expectRevert(abi.encodeWithSelector(IDatanets.DatanetsTransferMismatch.selector, 1000, 999));
        other.fund(datanetId, 1000);
    }

    function test_fund_RevertWhen_TheTokenCallsBack() public {
        HookToken token = new HookToken(address(this));
        Datanets other = new Datanets(token);
        token.approve(address(other), type(uint256).max);
        uint256 datanetId = other.createDatanet(terms(3, 3), ROOT);
        bytes[] memory calls = new bytes[](3);
        calls[0] = abi.encodeCall(IDatanets.fund, (datanetId, 0));
        calls[1] = abi.encodeCall(IDatanets.claim, (ANNA, one(datanetId)));
        bytes[] memory inner = new bytes[](1);
        inner[0] = calls[0];
        calls[2] = abi.encodeWithSignature("multicall(bytes[])", inner);
        for (uint256 i; i < calls.length; ++i) {
            token.hook(address(other), calls[i]);
            other.fund(datanetId, 1000);
            assertFalse(token.entered(), "not entered again");
            assertEq(
                bytes32(bytes4(token.reason())),
                bytes32(ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector),
                "by the guard"
            );
        }
    }

    function test_fund_AddsToTheBudgetWhoeverFunds() public {
        open.transfer(BEN, 7);
        vm.prank(BEN);
        open.approve(address(datanets), 7);
        vm.prank(BEN);
        datanets.fund(id, 7);
        assertEq(budgetOf(id), BUDGET + 7, "budget");
        assertEq(open.balanceOf(address(datanets)), BUDGET + 7, "held");
    }

    // submit

    function _submit(
        uint256 datanetId,
        bytes32 root,
        uint256 count,
        uint256 bytes_,
        uint256 formats,
        bytes32 manifests
    ) private {
        vm.prank(ANNA);
        datanets.submit(datanetId, root, count, bytes_, formats, manifests, "");
    }

    function test_submit_RevertWhen_TheDatanetIsUnknown() public {
        vm.expectRevert(abi.encodeWithSelector(IDatanets.DatanetsUnknownDatanet.selector, 9));
        _submit(9, ROOT, 1, 1, 1, MANIFESTS);
    }

    function test_submit_RevertWhen_ThereIsNoFile() public {
        vm.expectRevert(abi.encodeWithSelector(IDatanets.DatanetsCountOutOfBounds.selector, 0, 256));
        _submit(id, ROOT, 0, 1, 1, MANIFESTS);
    }

    function test_submit_RevertWhen_ThereAreMoreFilesThanFitALot() public {
        vm.expectRevert(abi.encodeWithSelector(IDatanets.DatanetsCountOutOfBounds.selector, 257, 256));
        _submit(id, ROOT, 257, 257, 1, MANIFESTS);
        vm.expectRevert(abi.encodeWithSelector(IDatanets.DatanetsDailyFilesExceeded.selector, ANNA, 20, 0, 256));
        _submit(id, ROOT, 256, 256, 1, MANIFESTS);
    }

    function test_submit_RevertWhen_ThereAreFewerBytesThanFiles() public {
        vm.expectRevert(abi.encodeWithSelector(IDatanets.DatanetsEmptyFiles.selector, 2, 1));
        _submit(id, ROOT, 2, 1, 1, MANIFESTS);
        _submit(id, ROOT, 2, 2, 1, MANIFESTS);
    }

    function test_submit_RevertWhen_NoFormatIsNamed() public {
        vm.expectRevert(abi.encodeWithSelector(IDatanets.DatanetsFormatNotAllowed.selector, id, 0xf, 0));
        _submit(id, ROOT, 1, 1, 0, MANIFESTS);
    }

    function test_submit_RevertWhen_AFormatIsOfAnotherModality() public {
        vm.expectRevert(abi.encodeWithSelector(IDatanets.DatanetsWrongModality.selector, id, Modality.Text, 0x11));
        _submit(id, ROOT, 1, 1, 0x11, MANIFESTS);
        vm.expectRevert(abi.encodeWithSelector(IDatanets.DatanetsWrongModality.selector, id, Modality.Text, ALL));
        _submit(id, ROOT, 1, 1, ALL, MANIFESTS);
    }

    function test_submit_RevertWhen_AFormatIsNotTakenHere() public {
        Terms memory its = terms(3, 3);
        its.formats = 0x3;
        uint256 datanetId = create(its);
        vm.expectRevert(abi.encodeWithSelector(IDatanets.DatanetsFormatNotAllowed.selector, datanetId, 0x3, 0x4));
        _submit(datanetId, ROOT, 1, 1, 0x4, MANIFESTS);
    }

    function test_submit_RevertWhen_TheRootIsZero() public {
        vm.expectRevert(abi.encodeWithSelector(IDatanets.DatanetsZeroCommitment.selector, 0, MANIFESTS));
        _submit(id, 0, 1, 1, 1, MANIFESTS);
    }

    function test_submit_RevertWhen_TheManifestsAreZero() public {
        vm.expectRevert(abi.encodeWithSelector(IDatanets.DatanetsZeroCommitment.selector, ROOT, 0));
        _submit(id, ROOT, 1, 1, 1, 0);
    }

    function test_submit_RevertGiven_TheGateRefuses() public {
        Terms memory its = terms(3, 3);
        its.admission = new ClosedGate();
        uint256 datanetId = create(its);
        vm.expectRevert(
            abi.encodeWithSelector(IDatanets.DatanetsNotAdmitted.selector, datanetId, ANNA, address(its.admission))
        );
        _submit(datanetId, ROOT, 1, 1, 1, MANIFESTS);
        DayUsage memory usage = datanets.usageOf(ANNA);
        assertEq(usage.files, 0, "a refused entry uses no quota");
    }

    function test_submit_RevertGiven_TheFilesOfTheDayAreUsedUp() public {
        submit(ANNA, id, 12);
        submit(ANNA, create(terms(3, 3)), 8);
        vm.expectRevert(abi.encodeWithSelector(IDatanets.DatanetsDailyFilesExceeded.selector, ANNA, 20, 20, 1));
        _submit(id, ROOT, 1, 1, 1, MANIFESTS);
        // Others are not concerned.
        submit(BEN, id, 20);
    }

    function test_submit_RevertGiven_TheBytesOfTheDayAreUsedUp() public {
        submit(ANNA, id, 1, 6_000_000);
        uint256 other = create(terms(3, 3));
        vm.expectRevert(
            abi.encodeWithSelector(
                IDatanets.DatanetsDailyBytesExceeded.selector,
                ANNA,
                10_000_000,
                6_000_000,
                4_000_001
            )
        );
        _submit(other, ROOT, 1, 4_000_001, 1, MANIFESTS);
        submit(ANNA, other, 1, 4_000_000);
    }

    function test_submit_RevertGiven_TheBytesOfTheDayInThisDatanetAreUsedUp() public {
        Terms memory its = terms(3, 3);
        its.dailyKilobytes = 9_999;
        uint256 datanetId = create(its);
        submit(ANNA, datanetId, 1, 9_998_999);
        vm.expectRevert(
            abi.encodeWithSelector(
                IDatanets.DatanetsDatanetBytesExceeded.selector,
                datanetId,
                ANNA,
                9_999_000,
                9_998_999,
                2
            )
        );
        _submit(datanetId, ROOT, 1, 2, 1, MANIFESTS);
        submit(ANNA, datanetId, 1, 1);
        assertEq(datanets.accountOf(datanetId, ANNA).bytesUsed, 9_999_000, "used here");
        submit(ANNA, id, 1, 1_000);
        vm.warp((block.timestamp / 1 days + 1) * 1 days);
        submit(ANNA, datanetId, 1, 9_999_000);
    }

    function test_submit_RevertGiven_TheDatanetIsFull() public {
        Terms memory its = terms(3, 3);
        its.fileCap = 3;
        uint256 datanetId = create(its);
        submit(ANNA, datanetId, 2);
        vm.expectRevert(abi.encodeWithSelector(IDatanets.DatanetsFileCapExceeded.selector, datanetId, 3, 2, 2));
        _submit(datanetId, ROOT, 2, 2, 1, MANIFESTS);
        submit(ANNA, datanetId, 1);
    }

    function test_submit_RevertGiven_TheBudgetIsTooSmall() public {
        uint256 datanetId = datanets.createDatanet(terms(3, 3), ROOT);
        uint256 required = 2 * REWARD + LOT_FEE;
        datanets.fund(datanetId, required - 1);
        vm.expectRevert(
            abi.encodeWithSelector(IDatanets.DatanetsBudgetTooSmall.selector, datanetId, required - 1, required)
        );
        _submit(datanetId, ROOT, 2, 2, 1, MANIFESTS);
        datanets.fund(datanetId, 1);
        submit(ANNA, datanetId, 2);
        assertEq(budgetOf(datanetId), 0, "all of it is reserved");
        vm.expectRevert(abi.encodeWithSelector(IDatanets.DatanetsBudgetTooSmall.selector, datanetId, 0, REWARD));
        _submit(datanetId, ROOT, 1, 1, 1, MANIFESTS);
    }

    function test_submit_CountsFromZeroAtMidnight() public {
        uint256 midnight = (block.timestamp / 1 days + 1) * 1 days;
        vm.warp(midnight - 1);
        submit(ANNA, id, 20, 10_000_000);
        vm.expectRevert(abi.encodeWithSelector(IDatanets.DatanetsDailyFilesExceeded.selector, ANNA, 20, 20, 1));
        _submit(id, ROOT, 1, 1, 1, MANIFESTS);
        vm.warp(midnight);
        submit(ANNA, id, 20, 10_000_000);
        DayUsage memory usage = datanets.usageOf(ANNA);
        assertEq(usage.day, midnight / 1 days, "day");
        assertEq(usage.files, 20, "files");
        assertEq(usage.bytesUsed, 10_000_000, "bytes");
    }

    function test_submit_ReservesAndChains() public {
        LotId lot = submit(ANNA, id, 3);
        assertEq(LotId.unwrap(lot), LotId.unwrap(toLotId(id, 0)), "the first lot");
        assertEq(budgetOf(id), BUDGET - 3 * REWARD - LOT_FEE, "rewards and the fee");
        Submission[] memory entered = submissionsOf(lot);
        bytes32 digest = keccak256(abi.encode(LotId.unwrap(lot), entered[0].entry, entered[0].content));
        assertEq(datanets.lotHash(lot), digest, "chained from the lot's id");

        mine();
        assertEq(LotId.unwrap(submit(BEN, id, 2)), LotId.unwrap(lot), "room and time: the same lot");
        assertEq(budgetOf(id), BUDGET - 5 * REWARD - LOT_FEE, "the fee once");
        entered = submissionsOf(lot);
        assertEq(entered[1].entry.first(), 3, "behind the first");
        digest = keccak256(abi.encode(digest, entered[1].entry, entered[1].content));
        assertEq(datanets.lotHash(lot), digest, "chained to the first");
        Book memory book = datanets.bookOf(id);
        assertEq(book.fileCount, 5, "files");
        assertEq(book.openCount, 5, "items in the open lot");
        assertEq(book.openedAt, START + 6, "opened by the first");
    }

    function test_submit_OpensTheNextLotGivenTooLittleRoom() public {
        _fill(id, 12, 20);
        LotId full = submit(address(0x9999), id, 16);
        assertEq(datanets.bookOf(id).openCount, 256, "a lot takes exactly 256");
        assertEq(full.number(), 0, "lot");
        LotId next = submit(ANNA, id, 1);
        assertEq(LotId.unwrap(next), LotId.unwrap(full.next()), "next lot");
        assertEq(submissionsOf(next)[0].entry.first(), 0, "from its beginning");
        assertEq(budgetOf(id), BUDGET - 257 * REWARD - 2 * LOT_FEE, "each lot has its fee");
    }

    function test_submit_OpensTheNextLotGivenASubmissionThatWouldStraddle() public {
        _fill(id, 12, 20);
        assertEq(submit(ANNA, id, 17).number(), 1, "next lot");
    }

    function test_submit_OpensTheNextLotGivenTheWindowIsOver() public {
        submit(ANNA, id, 1);
        vm.warp(block.timestamp + 1 hours - 1);
        assertEq(submit(ANNA, id, 1).number(), 0, "in its last second");
        vm.warp(block.timestamp + 1);
        assertEq(submit(ANNA, id, 1).number(), 1, "afterwards");
        assertEq(datanets.bookOf(id).openedAt, block.timestamp, "opened now");
    }

    /// @dev T01, T02: whoever copies a pending root gets it under the own name, and its manifests name another.
    function test_submit_LetsOthersNeitherStopNorTakeIt() public {
        submit(BEN, id, ROOT, 1, 1);
        LotId lot = submit(ANNA, id, ROOT, 1, 1);
        Submission[] memory entered = submissionsOf(lot);
        assertEq(entered[0].entry.contributor(), BEN, "the copier's entry");
        assertEq(entered[1].entry.contributor(), ANNA, "the author's, untouched");
        assertEq(entered[0].content, entered[1].content, "the same content");
        // Validators read contributor, chain and contract in each manifest: the copier's item is refused.
        pass(1 hours);
        accrueAfter(settle(close(lot), 0x2));
        assertEq(balanceOf(id, BEN), 0, "a copied root earns its copier nothing");
        assertEq(balanceOf(id, ANNA), REWARD, "its author is paid");
    }

    function _fill(uint256 datanetId, uint256 accounts, uint256 each) private {
        for (uint256 i = 1; i <= accounts; ++i) {
            submit(address(uint160(0x7000 + i)), datanetId, each);
        }
    }

    // submitFor

    struct Signed {
        address contributor;
        uint256 datanetId;
        bytes32 root;
        uint256 count;
        uint256 totalBytes;
        uint256 formats;
        bytes32 manifests;
        uint256 nonce;
        uint256 deadline;
    }

    function _signed(address contributor) private view returns (Signed memory) {
        return Signed(contributor, id, ROOT, 2, 200, 1, MANIFESTS, 77, block.timestamp + 60);
    }

    function _digest(Signed memory its, uint256 chainId, address verifying) private pure returns (bytes32) {
        bytes32 domain = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256("Datanets"),
                keccak256("1"),
                chainId,
                verifying
            )
        );
        bytes32 type_ = keccak256(
            "Submit(address contributor,uint256 datanetId,bytes32 root,uint256 count,uint256 totalBytes,uint256 formats,bytes32 manifests,uint256 nonce,uint256 deadline)"
        );
        return keccak256(abi.encodePacked("\x19\x01", domain, keccak256(bytes.concat(type_, abi.encode(its)))));
    }

    function _sign(Signed memory its) private view returns (bytes memory) {
        return signPacked(KEY, _digest(its, block.chainid, address(datanets)));
    }

    function _send(Signed memory its, bytes memory signature) private {
        datanets.submitFor(
            its.contributor,
            its.datanetId,
            its.root,
            its.count,
            its.totalBytes,
            its.formats,
            its.manifests,
            "",
            its.nonce,
            its.deadline,
            signature
        );
    }

    function _refused(Signed memory its, bytes memory signature) private {
        vm.expectRevert(abi.encodeWithSelector(IDatanets.DatanetsInvalidSignature.selector, its.contributor));
        _send(its, signature);
    }

    function test_submitFor_RevertWhen_TheDeadlinePassed() public {
        Signed memory its = _signed(vm.addr(KEY));
        bytes memory signature = _sign(its);
        vm.warp(its.deadline + 1);
        vm.expectRevert(
            abi.encodeWithSelector(IDatanets.DatanetsSignatureExpired.selector, its.deadline, its.deadline + 1)
        );
        _send(its, signature);
        vm.warp(its.deadline);
        _send(its, signature);
    }

    function test_submitFor_RevertWhen_TheNonceWasUsed() public {
        Signed memory its = _signed(vm.addr(KEY));
        bytes memory signature = _sign(its);
        _send(its, signature);
        vm.expectRevert(abi.encodeWithSelector(IDatanets.DatanetsNonceUsed.selector, its.contributor, 77));
        _send(its, signature);
        its.nonce = 76;
        _send(its, _sign(its));
        assertTrue(datanets.isNonceUsed(its.contributor, 76), "nonces are used in any order");
        assertFalse(datanets.isNonceUsed(its.contributor, 77 + 256), "each for itself");
        assertFalse(datanets.isNonceUsed(BEN, 77), "each account's own");
    }

    function test_submitFor_RevertWhen_AnySignedFieldWasChanged() public {
        Signed memory its = _signed(vm.addr(KEY));
        bytes memory signature = _sign(its);
        uint256 other = create(terms(3, 3));
        Signed memory changed = _signed(BEN);
        _refused(changed, signature);
        changed = _signed(its.contributor);
        changed.datanetId = other;
        _refused(changed, signature);
        changed = _signed(its.contributor);
        changed.root = bytes32(uint256(3));
        _refused(changed, signature);
        changed = _signed(its.contributor);
        changed.count = 1;
        _refused(changed, signature);
        changed = _signed(its.contributor);
        changed.totalBytes = 201;
        _refused(changed, signature);
        changed = _signed(its.contributor);
        changed.formats = 2;
        _refused(changed, signature);
        changed = _signed(its.contributor);
        changed.manifests = bytes32(uint256(3));
        _refused(changed, signature);
        changed = _signed(its.contributor);
        changed.nonce = 78;
        _refused(changed, signature);
        changed = _signed(its.contributor);
        changed.deadline += 1;
        _refused(changed, signature);
    }

    function test_submitFor_RevertWhen_TheSignatureIsOfAnotherChain() public {
        Signed memory its = _signed(vm.addr(KEY));
        _refused(its, signPacked(KEY, _digest(its, block.chainid + 1, address(datanets))));
        _refused(its, signPacked(KEY, _digest(its, block.chainid, address(this))));
        bytes memory signature = _sign(its);
        vm.chainId(block.chainid + 1);
        _refused(its, signature);
    }

    function test_submitFor_RevertWhen_TheSignatureIsMalleated() public {
        Signed memory its = _signed(vm.addr(KEY));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(KEY, _digest(its, block.chainid, address(datanets)));
        uint256 order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;
        _refused(its, abi.encodePacked(r, bytes32(order - uint256(s)), v == 27 ? uint8(28) : uint8(27)));
        _refused(its, abi.encodePacked(r, s, v - 27));
        _refused(its, abi.encodePacked(r, bytes32(uint256(s) | (uint256(v - 27) << 255))));
        _refused(its, "");
    }

    function test_submitFor_RevertWhen_AContractRefusesTheSignature() public {
        Wallet wallet = new Wallet();
        wallet.setWilling(false);
        _refused(_signed(address(wallet)), "anything");
    }

    function test_submitFor_CreditsTheAccountWhoeverSends() public {
        Signed memory its = _signed(vm.addr(KEY));
        _send(its, _sign(its));
        assertEq(datanets.usageOf(its.contributor).files, 2, "the contributor's quota");
        assertEq(datanets.usageOf(address(this)).files, 0, "not the sender's");
    }

    function test_submitFor_NeedsNoContractsWordOfADelegatedAccount() public {
        Wallet wallet = new Wallet();
        wallet.setWilling(false);
        address account = vm.addr(KEY);
        vm.etch(account, abi.encodePacked(hex"ef0100", address(wallet)));
        Signed memory its = _signed(account);
        _send(its, _sign(its));
        assertEq(datanets.usageOf(account).files, 2, "its own signature is enough");
    }

    function test_submitFor_CreditsAContractThatAccepts() public {
        Signed memory its = _signed(address(new Wallet()));
        _send(its, "anything");
        assertEq(datanets.usageOf(its.contributor).files, 2, "the contract's quota");
    }

    // useNonce

    function test_useNonce_VoidsWhatWasSigned() public {
        Signed memory its = _signed(vm.addr(KEY));
        bytes memory signature = _sign(its);
        vm.prank(its.contributor);
        datanets.useNonce(77);
        vm.expectRevert(abi.encodeWithSelector(IDatanets.DatanetsNonceUsed.selector, its.contributor, 77));
        _send(its, signature);
    }

    // permitOpen

    function _permit(address owner, uint256 amount) private view returns (uint8, bytes32, bytes32) {
        bytes32 type_ = keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");
        bytes32 its = keccak256(
            abi.encode(type_, owner, address(datanets), amount, open.nonces(owner), block.timestamp)
        );
        return vm.sign(KEY, keccak256(abi.encodePacked("\x19\x01", open.DOMAIN_SEPARATOR(), its)));
    }

    function test_permitOpen_FundsInOneCall() public {
        address owner = vm.addr(KEY);
        open.transfer(owner, 10);
        (uint8 v, bytes32 r, bytes32 s) = _permit(owner, 10);
        bytes[] memory calls = new bytes[](2);
        calls[0] = abi.encodeCall(IDatanets.permitOpen, (10, block.timestamp, v, r, s));
        calls[1] = abi.encodeCall(IDatanets.fund, (id, 10));
        vm.prank(owner);
        datanets.multicall(calls);
        assertEq(budgetOf(id), BUDGET + 10, "budget");
    }

    /// @dev T38: a permit can be sent by whoever sees it; that must not stop its owner.
    function test_permitOpen_GoesOnGivenThePermitWasUsedAlready() public {
        address owner = vm.addr(KEY);
        open.transfer(owner, 10);
        (uint8 v, bytes32 r, bytes32 s) = _permit(owner, 10);
        open.permit(owner, address(datanets), 10, block.timestamp, v, r, s);
        vm.prank(owner);
        datanets.permitOpen(10, block.timestamp, v, r, s);
        vm.prank(owner);
        datanets.fund(id, 10);
        assertEq(budgetOf(id), BUDGET + 10, "budget");
    }
}
