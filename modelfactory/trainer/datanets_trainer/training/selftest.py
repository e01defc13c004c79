"""The run's self-test: retrain without a few contributors drawn by the seed, predicted beside measured change.

Raw scores are sums of first-order terms, not losses. The prediction scales them so that all together explain the fall
of the held-out loss; what was measured stands beside it, whatever it says.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from ..canonical import decimal_string
from ..models.adapter import load_for_training
from .evaluation import held_out_loss
from .loop import Loop

if TYPE_CHECKING:
    from .run import Prepared

DIGITS = 9


def self_test(prepared: Prepared, scores: dict[str, Any], metrics: dict[str, Any]) -> dict[str, Any]:
    """Predicted and measured rise of the held-out loss without each drawn contributor."""
    drawn = _draw(prepared)
    before, after = (Fraction(metrics["heldOutLoss"][name]) for name in ("base", "tuned"))
    sums: dict[str, Fraction] = {}
    for entry in scores["contributions"]:
        sums[entry["contributor"]] = sums.get(entry["contributor"], Fraction(0)) + Fraction(entry["score"])
    whole = sum(sums.values())
    tests = []
    for contributor in drawn:
        predicted = sums[contributor] / whole * (before - after) if whole > 0 else Fraction(0)
        measured = Fraction(_loss_without(prepared, contributor)) - after
        tests.append(
            {
                "contributor": contributor,
                "predicted": decimal_string(predicted, DIGITS),
                "measured": decimal_string(measured, DIGITS),
            }
        )
    return {"meaning": "rise of the held-out loss without the contributor", "drawn": tests}


def _draw(prepared: Prepared) -> list[str]:
    """Contributors with rows in training, in an order drawn by the seed; one always remains."""
    settings, dataset = prepared.request.settings, prepared.dataset
    accounts = {dataset.sources[row.source].contributor for row in dataset.train}
    ranked = sorted(accounts, key=lambda account: hashlib.sha256(f"{settings.seed}|{account}".encode()).digest())
    return ranked[: min(settings.self_test, len(ranked) - 1)]


def _loss_without(prepared: Prepared, contributor: str) -> float:
    dataset, request, loop = prepared.dataset, prepared.request, prepared.loop
    rows = [row for row in dataset.train if dataset.sources[row.source].contributor != contributor]
    settings = replace(request.settings, attribution=False, datainf=False, self_test=0)
    model, _ = load_for_training(prepared.base, settings, request.parent)
    again = Loop(model, rows, dataset.held_out, loop.pad, settings, score=False)
    again.run()
    return held_out_loss(model, loop.held_out_batches)
