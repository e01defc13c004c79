// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Test} from "../utils/Test.sol";
import {Handler} from "./Handler.sol";

/// @notice The full stack under a campaign of everybody against everybody. README.md says what must hold.
contract ProtocolInvariants is Test {
    Handler private _handler;

    function setUp() public {
        _handler = new Handler();
        _target(address(_handler));
        bytes4[] memory selectors = new bytes4[](18);
        selectors[0] = Handler.submit.selector;
        selectors[1] = Handler.submitOne.selector;
        selectors[2] = Handler.close.selector;
        selectors[3] = Handler.post.selector;
        selectors[4] = Handler.settle.selector;
        selectors[5] = Handler.accrue.selector;
        selectors[6] = Handler.revoke.selector;
        selectors[7] = Handler.fund.selector;
        selectors[8] = Handler.claim.selector;
        selectors[9] = Handler.claimEarnings.selector;
        selectors[10] = Handler.distribute.selector;
        selectors[11] = Handler.donate.selector;
        selectors[12] = Handler.stake.selector;
        selectors[13] = Handler.unstake.selector;
        selectors[14] = Handler.withdraw.selector;
        selectors[15] = Handler.slash.selector;
        selectors[16] = Handler.pass.selector;
        selectors[17] = Handler.steal.selector;
        _targetSelectors(address(_handler), selectors);
    }

    /// @dev One function for all of them: each invariant function would be a campaign of its own.
    function invariant_everythingHolds() public view {
        _handler.checkDatanets();
        _handler.checkAccounts();
        _handler.checkValidators();
    }

    /// @dev A campaign that never gets anywhere proves nothing: this one walks the whole life many times.
    function test_TheHandlerReachesEveryState() public {
        for (uint256 i; i < 400; ++i) {
            uint256 r = uint256(keccak256(abi.encode("seed", i)));
            uint256 action = r % 12;
            r >>= 8;
            if (action < 2) _handler.submit(r, r >> 8, r >> 16, r >> 24);
            if (action == 2 || action == 3) _handler.submitOne(r, r >> 8, r >> 16, r & 256 != 0);
            if (action == 4) _handler.close(r);
            if (action == 5) _handler.post(r, r >> 8, r >> 16);
            if (action == 6 || action == 7) _handler.settle(r, ~(r & (r << 17)), r << 3, r >> 64, r >> 96);
            if (action == 8) _handler.accrue(r);
            if (action == 9) _handler.revoke(r, r >> 8);
            if (action == 10) _handler.claim(r, r >> 8);
            if (action == 11) _handler.pass(r, r >> 8);
        }
        _handler.checkDatanets();
        _handler.checkAccounts();
        _handler.checkValidators();
        assertGe(_handler.done("settle"), 8, "settled");
        assertGe(_handler.done("accrue"), 5, "accrued");
        assertGe(_handler.done("post"), 1, "posted");
    }
}
