"""What attribution is measured against: real retraining without the data in question."""

from __future__ import annotations

from dataclasses import dataclass

import torch

from .lab import Lab
from .statistics import spearman


@dataclass(slots=True)
class SubsetTruth:
    """Linear datamodelling: outcomes of retraining on random halves. S = subsets, N = rows, Q = questions."""

    members_SN: torch.Tensor
    losses_SQ: torch.Tensor


@dataclass(slots=True)
class ShapleyTruth:
    """Contributors' Shapley values of the fall of the mean question loss, by retraining along permutations."""

    contributors: list[str]
    values_C: torch.Tensor
    reliability: float
    """Spearman between two halves of the permutations."""
    retrainings: int


def subset_truth(lab: Lab, count: int, seed: int) -> SubsetTruth:
    generator = torch.Generator().manual_seed(seed)
    total = len(lab.rows)
    members = torch.zeros(count, total, dtype=torch.bool)
    losses = []
    for line in range(count):
        members[line, torch.randperm(total, generator=generator)[: total // 2]] = True
        losses.append(lab.losses_after([row for row, kept in zip(lab.rows, members[line], strict=True) if kept]))
    return SubsetTruth(members, torch.stack(losses))


def shapley_truth(lab: Lab, permutations: int, seed: int) -> ShapleyTruth:
    """Each drawn order is walked forwards and backwards: the pair cancels much of the noise."""
    sources = lab.dataset.sources
    players = sorted({row.source for row in lab.rows})
    known: dict[frozenset[int], float] = {}

    def worth(coalition: frozenset[int]) -> float:
        if coalition not in known:
            known[coalition] = -lab.losses_after([row for row in lab.rows if row.source in coalition]).mean().item()
        return known[coalition]

    generator = torch.Generator().manual_seed(seed)
    gains = torch.zeros(permutations, len(players), dtype=torch.float64)
    for line in range(permutations):
        order = [players[index] for index in torch.randperm(len(players), generator=generator).tolist()]
        for walk in (order, order[::-1]):
            for place, player in enumerate(walk):
                gain = worth(frozenset(walk[: place + 1])) - worth(frozenset(walk[:place]))
                gains[line, players.index(player)] += gain / 2
    reliability = spearman(gains[0::2].mean(0), gains[1::2].mean(0)) if permutations > 1 else 1.0
    names = [sources[player].contributor for player in players]
    return ShapleyTruth(names, gains.mean(0), reliability, len(known))
