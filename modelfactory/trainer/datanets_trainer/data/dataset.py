"""The dataset of a run: examples without duplicates, encoded, split into training and held-out rows."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ..canonical import digest
from ..errors import NoExamplesError
from .duplicates import find_duplicates
from .encoding import Encoded, encode
from .examples import Example, read_examples
from .sources import Source, sources_digest

if TYPE_CHECKING:
    from ..settings import Settings


@dataclass(slots=True)
class Dataset:
    """What is trained on, what is held out, and what was left out and why."""

    sources: list[Source]
    train: list[Encoded]
    held_out: list[Encoded]
    examples: dict[str, Example]
    """Kept examples by id; a row's example is `row.id` up to the first dot after `#`."""
    duplicates: list[dict[str, str]] = field(default_factory=list)
    """`example`, `of` (earliest of its cluster), `contributor` of the removed one."""
    skipped: list[dict[str, Any]] = field(default_factory=list)
    held_out_from: str = "sources"
    """`sources`, `evaluation` (a file of its own) or `training` (nothing is held out)."""
    evaluation_digest: str | None = None

    def example_of(self, row: Encoded) -> Example:
        head, _, number = row.id.partition("#")
        return self.examples[f"{head}#{number.partition('.')[0]}"]

    def has_place(self) -> list[bool]:
        """Per contribution: whether it has at least one row in training."""
        present = {row.source for row in self.train}
        return [place in present for place in range(len(self.sources))]

    def rows_per_contribution(self) -> list[int]:
        counts = Counter(row.source for row in self.train)
        return [counts[place] for place in range(len(self.sources))]

    def identity(self) -> dict[str, Any]:
        """What is written beside the run: enough to check that a second machine trained on the same rows."""
        return {
            "sources": sources_digest(self.sources),
            "evaluation": self.evaluation_digest,
            "heldOutFrom": self.held_out_from,
            "train": [{"id": row.id, "tokens": len(row.ids), "trained": row.trained_count} for row in self.train],
            "heldOut": [row.id for row in self.held_out],
            "rows": digest([[list(row.ids), [int(mark) for mark in row.trained]] for row in self.train]),
            "duplicates": self.duplicates,
            "skipped": self.skipped,
        }


def build_dataset(
    sources: list[Source], tokenizer: Any, settings: Settings, evaluation: list[Source] | None = None
) -> Dataset:
    """Rule, duplicates, encoding, split; in this order, each deterministic."""
    reading = read_examples(sources)
    judged = read_examples(evaluation or [])
    kept, duplicates = _without_duplicates(reading.examples, judged.examples, sources, settings)
    skipped = list(reading.skipped)
    rows = _encode_all(kept, tokenizer, settings, skipped)
    if evaluation:
        held_out, origin = _encode_all(judged.examples, tokenizer, settings, skipped), "evaluation"
    elif settings.validation_share > 0:
        held_out, origin = _draw(rows, settings), "sources"
        drawn = {row.id for row in held_out}
        rows = [row for row in rows if row.id not in drawn]
    else:
        held_out, origin = rows, "training"
    if not rows or not held_out:
        raise NoExamplesError(
            f"{len(rows)} rows to train on and {len(held_out)} held out",
            limit="at least one each",
            remedy="add contributions with text, or raise the cutoff",
            skipped=skipped[:20],
        )
    return Dataset(
        sources=sources,
        train=rows,
        held_out=held_out,
        examples={example.id: example for example in (*kept, *judged.examples)},
        duplicates=duplicates,
        skipped=skipped,
        held_out_from=origin,
        evaluation_digest=sources_digest(evaluation) if evaluation else None,
    )


def _without_duplicates(
    examples: list[Example], judged: list[Example], sources: list[Source], settings: Settings
) -> tuple[list[Example], list[dict[str, str]]]:
    """Evaluation examples come first, so a training copy of one of them is taken out too."""
    every = [*judged, *examples]
    original = find_duplicates([example.plain() for example in every], settings.near_duplicate)
    kept = [example for place, example in enumerate(every) if place >= len(judged) and place not in original]
    duplicates = [
        {"example": every[place].id, "of": every[first].id, "contributor": sources[every[place].source].contributor}
        for place, first in original.items()
        if place >= len(judged)
    ]
    return kept, duplicates


def _encode_all(
    examples: list[Example], tokenizer: Any, settings: Settings, skipped: list[dict[str, Any]]
) -> list[Encoded]:
    rows: list[Encoded] = []
    for example in examples:
        for row in encode(example, tokenizer, settings.cutoff, settings.train_on_prompt):
            if row.trained_count:
                rows.append(row)
            else:
                reason = f"no trained token within the cutoff of {settings.cutoff}"
                skipped.append({"contribution": row.id.partition("#")[0], "row": row.id, "reason": reason})
    return rows


def _draw(rows: list[Encoded], settings: Settings) -> list[Encoded]:
    """Held-out rows in an order drawn by the seed; every contribution keeps at least one row in training."""
    wanted = max(1, round(len(rows) * settings.validation_share))
    left = Counter(row.source for row in rows)

    def rank(row: Encoded) -> bytes:
        return hashlib.sha256(f"{settings.seed}|{row.id}".encode()).digest()

    drawn: list[Encoded] = []
    for row in sorted(rows, key=rank):
        if len(drawn) < wanted and left[row.source] > 1:
            left[row.source] -= 1
            drawn.append(row)
    if not drawn:
        raise NoExamplesError(
            f"none of the {len(left)} contributions can spare an example: each has one",
            limit="a contribution is never held out whole, or it could not be paid",
            remedy="pass an evaluation file, or set validationShare to 0 to score against the training loss",
        )
    order = {row.id: place for place, row in enumerate(rows)}
    return sorted(drawn, key=lambda row: order[row.id])
