"""Shares: exact, complete, and nothing for harm."""

import random

import pytest

from datanets_trainer.attribution.shares import SHARE_TOTAL, shares_of


@pytest.mark.parametrize("seed", range(20))
def test_shares_sum_exactly(seed):
    draw = random.Random(seed)
    scores = [f"{draw.uniform(-1, 3):.18f}" for _ in range(draw.randint(1, 400))]
    shares = shares_of(scores, [True] * len(scores))
    assert sum(shares) == SHARE_TOTAL
    assert all((share > 0) <= (float(score) > 0) for share, score in zip(shares, scores, strict=True))


def test_the_remainder_goes_to_the_largest_fraction_then_the_lower_index():
    assert shares_of(["1", "1", "1"], [True] * 3) == [333333334, 333333333, 333333333]
    assert shares_of(["1", "2", "4"], [True] * 3) == [142857143, 285714286, 571428571]


def test_without_a_positive_score_everyone_with_a_place_gets_the_same():
    assert shares_of(["-1", "0", "-0.5"], [True, False, True]) == [SHARE_TOTAL // 2, 0, SHARE_TOTAL // 2]


def test_a_duplicate_gets_nothing_whatever_its_score():
    assert shares_of(["1", "100"], [True, False]) == [SHARE_TOTAL, 0]
