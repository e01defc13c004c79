"""The few statistics the tables need."""

from __future__ import annotations

import torch


def ranks(values: torch.Tensor) -> torch.Tensor:
    """Average ranks, ties shared."""
    values = values.double()
    less = (values[None, :] < values[:, None]).sum(1)
    equal = (values[None, :] == values[:, None]).sum(1)
    return less + (equal - 1) / 2


def pearson(one: torch.Tensor, other: torch.Tensor) -> float:
    one, other = one.double() - one.double().mean(), other.double() - other.double().mean()
    scale = one.norm() * other.norm()
    return float(one @ other / scale) if scale > 0 else 0.0


def spearman(one: torch.Tensor, other: torch.Tensor) -> float:
    return pearson(ranks(one), ranks(other))


def area_under_curve(scores: torch.Tensor, positive: torch.Tensor) -> float:
    """Probability that a positive scores above a negative, ties half."""
    count = int(positive.sum())
    return float((ranks(scores)[positive].sum() - count * (count - 1) / 2) / (count * (len(scores) - count)))


def payout(values: torch.Tensor) -> torch.Tensor:
    """Negative values clipped, the rest normalised; equal when nothing is positive."""
    positive = values.double().clamp_min(0)
    return positive / positive.sum() if positive.sum() > 0 else torch.full_like(positive, 1 / len(positive))


def payout_distance(one: torch.Tensor, other: torch.Tensor) -> float:
    """Share of the money that would go to somebody else (total variation)."""
    return float((payout(one) - payout(other)).abs().sum() / 2)
