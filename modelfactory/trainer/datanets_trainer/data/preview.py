"""What the user sees before training: trained tokens, truncation, duplicates, and contributors' shares of the rows."""

from __future__ import annotations

from collections import Counter
from typing import Any

from .dataset import Dataset
from .encoding import Encoded

SHOWN_TOKENS = 400


def preview(dataset: Dataset, tokenizer: Any, shown: int) -> dict[str, Any]:
    """The whole report; `shown` rows come with their tokens."""
    rows = dataset.train
    lengths = sorted(len(row.ids) for row in rows)
    cut = [row for row in rows if row.cut]
    return {
        "type": "preview",
        "contributions": len(dataset.sources),
        "rows": len(rows),
        "heldOut": len(dataset.held_out),
        "heldOutFrom": dataset.held_out_from,
        "tokens": sum(lengths),
        "trainedTokens": sum(row.trained_count for row in rows),
        "lengths": {
            "shortest": lengths[0],
            "median": lengths[len(lengths) // 2],
            "p90": lengths[len(lengths) * 9 // 10],
            "longest": lengths[-1],
        },
        "truncated": [{"id": row.id, "kept": len(row.ids), "cut": row.cut} for row in cut],
        "duplicates": dataset.duplicates,
        "skipped": dataset.skipped,
        "contributors": contributor_rows(dataset),
        "shown": [_tokens(row, tokenizer) for row in rows[:shown]],
    }


def contributor_rows(dataset: Dataset) -> list[dict[str, Any]]:
    """Rows, trained tokens and share of the rows per contributor, largest first."""
    accounts = [source.contributor for source in dataset.sources]
    rows = Counter(accounts[row.source] for row in dataset.train)
    trained: Counter[str] = Counter()
    for row in dataset.train:
        trained[accounts[row.source]] += row.trained_count
    removed = Counter(entry["contributor"] for entry in dataset.duplicates)
    return [
        {
            "contributor": account,
            "rows": rows[account],
            "trainedTokens": trained[account],
            "duplicates": removed[account],
            "share": rows[account] / len(dataset.train),
        }
        for account in sorted(dict.fromkeys(accounts), key=lambda account: (-rows[account], account))
    ]


def _tokens(row: Encoded, tokenizer: Any) -> dict[str, Any]:
    """Runs of text with the mark whether they are trained."""
    runs: list[dict[str, Any]] = []
    start = 0
    limit = min(len(row.ids), SHOWN_TOKENS)
    marks = (False, *row.trained[1:])
    for place in range(1, limit + 1):
        if place == limit or marks[place] != marks[start]:
            runs.append({"text": tokenizer.decode(row.ids[start:place]), "trained": marks[start]})
            start = place
    return {"id": row.id, "tokens": len(row.ids), "trained": row.trained_count, "cut": row.cut, "runs": runs}
