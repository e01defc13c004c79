// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Tally} from "../../../contracts/libraries/Tally.sol";

/// @notice Arithmetic that money and verdicts hang on, stated so that a solver can prove it for every input. Run by
/// scripts/smt.ts; nothing here is deployed.
contract Thresholds {
    function roundsUp(uint256 bps, uint256 attestations) external pure {
        require(bps >= 1 && bps <= 10_000 && attestations >= 1 && attestations <= 15);
        uint256 threshold = Tally.thresholdUp(bps, attestations);
        assert(threshold * 10_000 >= bps * attestations);
        assert((threshold - 1) * 10_000 < bps * attestations);
        assert(threshold >= 1 && threshold <= attestations);
    }

    /// @dev Why an item cannot be both accepted and rejected: votes for and against are disjoint.
    function neverBoth(uint256 bps, uint256 attestations, uint256 votesFor, uint256 votesAgainst) external pure {
        require(bps > 5_000 && bps <= 10_000 && attestations >= 1 && attestations <= 15);
        require(votesFor <= attestations && votesAgainst <= attestations && votesFor + votesAgainst <= attestations);
        uint256 threshold = Tally.thresholdUp(bps, attestations);
        assert(!(votesFor >= threshold && votesAgainst >= threshold));
    }
}

/// @notice One contributor's quota of a day, over every sequence of entries and of days.
contract Day {
    uint256 private _day;
    uint256 private _files;
    uint256 private _entered;

    function enter(uint256 today, uint256 files) external {
        require(today >= _day && files >= 1 && files <= 256);
        uint256 used = _day == today ? _files : 0;
        if (_day != today) _entered = 0;
        require(used + files <= 20);
        (_day, _files, _entered) = (today, used + files, _entered + files);
        assert(_entered <= 20);
        assert(_entered == _files);
    }
}

/// @notice A Datanet's money, over every sequence of funding, entry, acceptance and lapse: nothing appears.
contract Budget {
    uint256 private _funded;
    uint256 private _budget;
    uint256 private _reserved;
    uint256 private _balances;
    uint256 private _claimed;
    uint256 private immutable _REWARD;

    constructor(uint256 reward) {
        require(reward < 2 ** 80);
        _REWARD = reward;
    }

    function fund(uint256 amount) external {
        require(amount < 2 ** 90 && _funded < 2 ** 95);
        _funded += amount;
        _budget += amount;
        _check();
    }

    function enter(uint256 reward) external {
        require(reward <= _budget);
        _budget -= reward;
        _reserved += reward;
        _check();
    }

    function accrue(uint256 accepted, uint256 released) external {
        require(accepted <= _reserved && released <= _reserved - accepted);
        _reserved -= accepted + released;
        _balances += accepted;
        _budget += released;
        _check();
    }

    function claim(uint256 amount) external {
        require(amount <= _balances);
        _balances -= amount;
        _claimed += amount;
        _check();
    }

    function _check() private view {
        // Nothing is negative, so nothing that was claimed or accrued exceeds what was funded either.
        assert(_budget + _reserved + _balances + _claimed == _funded);
    }
}

/// @notice The split of a lot's fee between three seats with any scores.
contract Fee {
    function evenHalf(uint256 fee, uint256 n) external pure {
        require(fee < 2 ** 80 && n >= 1 && n <= 15);
        assert(((fee - fee / 2) / n) * n + fee / 2 <= fee);
        assert((fee / n) * n <= fee);
    }
}
