"""The quality table: every method against retraining."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch

from .lab import Lab, make_lab
from .methods import Recording, score_matrices
from .statistics import area_under_curve, payout, payout_distance, spearman
from .truth import ShapleyTruth, SubsetTruth, shapley_truth, subset_truth

RECALL_AT = 2
"""Rows that state a fact: one per trained phrase."""


def measure_quality(folder: Path, *, seed: int, subsets: int, permutations: int) -> dict[str, Any]:
    """Per method: lds, mislabelledAuc, sourceRecall, shapleySpearman, payoutDistance, spammerPaid.

    `folder` holds the pre-trained base; it is made when the folder is empty.
    """
    lab = make_lab(folder, seed)
    product = _product_scores(lab)
    recording = Recording(lab)
    matrices = dict(score_matrices(lab, recording, seed))
    shapley = shapley_truth(lab, permutations, seed)
    linear = subset_truth(lab, subsets, seed)
    table = {name: _judge(lab, scores, scores.sum(1), shapley, linear) for name, scores in matrices.items()}
    table["inRun"] |= _contributor_row(lab, product, shapley)
    copier = next(name for name, kind in lab.world.kinds.items() if kind == "copier")
    return {
        "rows": len(lab.rows),
        "questions": len(lab.dataset.held_out),
        "retrainings": shapley.retrainings + subsets,
        "truthReliability": shapley.reliability,
        "copierRowsInTraining": sum(lab.dataset.sources[row.source].contributor == copier for row in lab.rows),
        "methods": table,
    }


def _product_scores(lab: Lab) -> torch.Tensor:
    """What the product's hooks give in a plain run (N)."""
    loop = lab.loop(lab.rows, score=True)
    loop.run()
    return loop.scores


def _judge(
    lab: Lab, scores_NQ: torch.Tensor, scores_N: torch.Tensor, shapley: ShapleyTruth, linear: SubsetTruth
) -> dict[str, float]:
    return {
        "lds": lds(scores_NQ, linear),
        "mislabelledAuc": area_under_curve(-scores_N, ~_right(lab)),
        "sourceRecall": source_recall(lab, scores_NQ),
        **_contributor_row(lab, scores_N, shapley),
    }


def _contributor_row(lab: Lab, scores_N: torch.Tensor, shapley: ShapleyTruth) -> dict[str, float]:
    sums = contributor_sums(lab, scores_N, shapley.contributors)
    spammer = next(name for name, kind in lab.world.kinds.items() if kind == "spammer")
    return {
        "shapleySpearman": spearman(sums, shapley.values_C),
        "payoutDistance": payout_distance(sums, shapley.values_C),
        "spammerPaid": float(payout(sums)[shapley.contributors.index(spammer)]),
    }


def contributor_sums(lab: Lab, scores_N: torch.Tensor, contributors: list[str]) -> torch.Tensor:
    sums = torch.zeros(len(contributors), dtype=torch.float64)
    for row, score in zip(lab.rows, scores_N.tolist(), strict=True):
        sums[contributors.index(lab.dataset.sources[row.source].contributor)] += score
    return sums


def lds(scores_NQ: torch.Tensor, truth: SubsetTruth) -> float:
    """Mean over questions of the rank correlation of predicted and retrained outcomes."""
    predicted_SQ = truth.members_SN.double() @ scores_NQ.double()
    questions = range(predicted_SQ.shape[1])
    return sum(spearman(predicted_SQ[:, q], -truth.losses_SQ[:, q]) for q in questions) / len(questions)


def source_recall(lab: Lab, scores_NQ: torch.Tensor) -> float:
    """Of the rows that state a question's answer rightly, the part among its best RECALL_AT rows."""
    facts = [lab.world.facts[row.id] for row in lab.rows]
    found = []
    for question, fact in enumerate(lab.world.asked):
        sources = {place for place, stated in enumerate(facts) if stated == (fact, True)}
        if sources:
            best = scores_NQ[:, question].topk(RECALL_AT).indices.tolist()
            found.append(len(sources & set(best)) / min(RECALL_AT, len(sources)))
    return sum(found) / len(found)


def _right(lab: Lab) -> torch.Tensor:
    return torch.tensor([lab.world.facts[row.id][1] for row in lab.rows])
