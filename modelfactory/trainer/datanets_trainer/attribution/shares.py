"""From scores to shares: exact rational arithmetic, so that TypeScript and Python agree to the unit.

Negative scores count as zero. Shares are floors of the exact quotients; what is left goes to the largest fractions,
ties to the lower index. If no score is positive, everyone with a place gets the same.
"""

from __future__ import annotations

from fractions import Fraction

SHARE_TOTAL = 10**9


def shares_of(scores: list[str], has_place: list[bool]) -> list[int]:
    """Integer shares summing to SHARE_TOTAL; `scores` are decimal strings, at least one entry must have a place."""
    positive = [
        max(Fraction(0), Fraction(score)) if place else Fraction(0)
        for score, place in zip(scores, has_place, strict=True)
    ]
    if not any(positive):
        positive = [Fraction(int(place)) for place in has_place]
    whole = sum(positive)
    exact = [value * SHARE_TOTAL / whole for value in positive]
    shares = [value.numerator // value.denominator for value in exact]
    by_fraction = sorted(range(len(exact)), key=lambda index: (shares[index] - exact[index], index))
    for index in by_fraction[: SHARE_TOTAL - sum(shares)]:
        shares[index] += 1
    return shares
