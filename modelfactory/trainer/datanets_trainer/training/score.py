"""From row scores to the files a run publishes: scores per contribution, and the index for chat answers."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import torch

from ..attribution import datainf as reference
from ..attribution import inrun
from ..attribution.gradients import row_gradients
from ..attribution.index import build_index, save_index
from ..attribution.shares import SHARE_TOTAL, shares_of
from ..attribution.spans import SpanIndex
from ..canonical import decimal_string, write_canonical
from ..data.dataset import Dataset
from . import folder as names
from .evaluation import held_out_gradient

if TYPE_CHECKING:
    from .run import Prepared


def score_run(prepared: Prepared) -> dict[str, Any]:
    """The scores file. Shares follow from its own decimal strings, so anyone can recompute them."""
    dataset, settings = prepared.dataset, prepared.request.settings
    raw = per_contribution(dataset, prepared.loop.scores)
    columns = {"datainf": per_contribution(dataset, _datainf(prepared))} if settings.datainf else {}
    return scores_file(dataset, raw, columns) | {
        "every": prepared.loop.every,
        "exactSteps": inrun.EXACT_STEPS,
        "floor": str(inrun.FLOOR),
    }


def scores_file(dataset: Dataset, raw: list[float], columns: dict[str, list[float]]) -> dict[str, Any]:
    """Per contribution score, share and place; per contributor the sum of shares."""
    scores = [decimal_string(score) for score in raw]
    places = dataset.has_place()
    shares = shares_of(scores, places)
    rows = dataset.rows_per_contribution()
    totals: dict[str, int] = defaultdict(int)
    for source, share in zip(dataset.sources, shares, strict=True):
        totals[source.contributor] += share
    return {
        "method": inrun.METHOD,
        "meaning": "estimated influence on the held-out loss",
        "shareTotal": SHARE_TOTAL,
        "contributions": [
            {
                "contribution": source.contribution,
                "contributor": source.contributor,
                "rows": rows[place],
                "place": places[place],
                "score": scores[place],
                "share": shares[place],
                **{name: decimal_string(column[place]) for name, column in columns.items()},
            }
            for place, source in enumerate(dataset.sources)
        ],
        "contributors": [{"contributor": account, "share": totals[account]} for account in sorted(totals)],
        "duplicates": dataset.duplicates,
    }


def per_contribution(dataset: Dataset, row_scores: torch.Tensor) -> list[float]:
    """Exact sums, so the order of rows cannot change them."""
    sums = [Fraction(0)] * len(dataset.sources)
    for row, score in zip(dataset.train, row_scores.tolist(), strict=True):
        sums[row.source] += Fraction(score)
    return [float(value) for value in sums]


def _datainf(prepared: Prepared) -> torch.Tensor:
    loop, settings = prepared.loop, prepared.request.settings
    _, held_out = held_out_gradient(prepared.model, loop.parameters, loop.held_out_batches)

    def gradients() -> Any:
        return row_gradients(prepared.model, loop.train, loop.pad, settings.device)

    return reference.datainf(gradients, held_out, len(loop.train))


def index_run(prepared: Prepared) -> None:
    """What chat needs to explain an answer: row gradients, spans, and whose each row is."""
    loop, settings, dataset = prepared.loop, prepared.request.settings, prepared.dataset
    folder = prepared.folder / names.INDEX
    save_index(folder, build_index(prepared.model, loop.train, loop.pad, settings.device, settings.rank))
    kept = sorted({row.id.partition("#")[0] for row in dataset.train})
    examples = [example for example in dataset.examples.values() if example.id.partition("#")[0] in set(kept)]
    SpanIndex.build([example.plain() for example in examples]).save(folder)
    write_canonical(
        folder / "index.json",
        {
            "rank": settings.rank,
            "rows": [{"id": row.id, "contribution": dataset.sources[row.source].contribution} for row in dataset.train],
            "texts": [dataset.sources[example.source].contribution for example in examples],
            "contributors": {source.contribution: source.contributor for source in dataset.sources},
        },
    )
