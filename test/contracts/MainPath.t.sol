// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Account, Lot, LotStatus} from "../../contracts/interfaces/IDatanets.sol";
import {LotId} from "../../contracts/types/LotId.sol";
import {Protocol} from "./utils/Protocol.sol";

/// @notice The whole life of contributions, from a funded Datanet to OPEN in wallets.
contract MainPathTest is Protocol {
    address private constant ANNA = address(0xa11a);
    address private constant BEN = address(0xbe4);

    function setUp() public {
        deploy(3);
    }

    function test_AcceptedFilesArePaidAndRejectedOnesCostNothing() public {
        uint256 datanetId = create(terms(3, 3));

        LotId id = submit(ANNA, datanetId, 3);
        submit(BEN, datanetId, 2);
        assertEq(budgetOf(datanetId), BUDGET - 5 * REWARD - LOT_FEE, "reserved at entry");

        pass(1 hours);
        Lot memory lot = close(id);
        assertEq(lot.itemCount, 5, "items");
        assertEq(lot.seats.length(), 3, "all validators are seated");

        // Anna's second file and Ben's first are refused.
        lot = settle(lot, 0x15);
        assertEq(lot.accepted, 0x15, "accepted");
        assertEq(lot.undecided, 0, "undecided");

        pass(1 hours + 1);
        lot = accrue(lot);
        assertTrue(lot.status == LotStatus.Accrued, "accrued");
        Account memory anna = datanets.accountOf(datanetId, ANNA);
        assertEq(anna.balance, 2 * REWARD, "anna's balance");
        assertEq(anna.score, 2, "anna's score");
        assertEq(balanceOf(datanetId, BEN), REWARD, "ben's balance");
        assertEq(budgetOf(datanetId), BUDGET - 3 * REWARD - LOT_FEE, "rejected files went back to the budget");

        datanets.claim(ANNA, one(datanetId));
        datanets.claim(BEN, one(datanetId));
        assertEq(open.balanceOf(ANNA), 2 * REWARD, "anna is paid");
        assertEq(open.balanceOf(BEN), REWARD, "ben is paid");

        uint256 fees;
        for (uint256 validatorId = 1; validatorId <= 3; ++validatorId) {
            (uint256 lotFees, ) = validators.claimEarnings(validatorId);
            assertEq(open.balanceOf(accountOf(validatorId)), lotFees, "validator is paid");
            fees += lotFees;
        }
        assertLe(fees, LOT_FEE, "never more than the fee");
        assertGe(fees + 6, LOT_FEE, "all of it but dust");
    }
}
