"""Examples as tokens, each with the mark whether it is trained."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .examples import Example
from .template import answer_ranges, render


@dataclass(frozen=True, slots=True)
class Encoded:
    """One row to train on."""

    id: str
    """The example's id; the further rows of a long text add `.1`, `.2`, …"""
    source: int
    """Place of the contribution in the source list."""
    ids: tuple[int, ...]
    trained: tuple[bool, ...]
    """Per token: whether predicting it counts in the loss. The first token is never predicted."""
    cut: int
    """Tokens lost to the cutoff."""

    @property
    def trained_count(self) -> int:
        return sum(self.trained[1:])


def encode(example: Example, tokenizer: Any, cutoff: int, train_on_prompt: bool) -> list[Encoded]:
    """A chat gives one row, cut at the end; a text gives as many rows as it needs. Ids continue the example's."""
    if example.messages:
        return [_encode_chat(example, tokenizer, cutoff, train_on_prompt)]
    ids = tokenizer(example.text, add_special_tokens=False)["input_ids"] + [tokenizer.eos_token_id]
    start = [] if tokenizer.bos_token_id is None else [tokenizer.bos_token_id]
    room = cutoff - len(start)
    rows = [start + ids[place : place + room] for place in range(0, len(ids), room)]
    names = [example.id if place == 0 else f"{example.id}.{place}" for place in range(len(rows))]
    return [
        Encoded(name, example.source, tuple(row), (True,) * len(row), 0)
        for name, row in zip(names, rows, strict=True)
        if len(row) > len(start)
    ]


def _encode_chat(example: Example, tokenizer: Any, cutoff: int, train_on_prompt: bool) -> Encoded:
    if train_on_prompt:
        text, ranges = render(tokenizer, list(example.messages)), None
    else:
        text, ranges = answer_ranges(tokenizer, example.messages)
    encoding = tokenizer(text, add_special_tokens=False, return_offsets_mapping=True)
    ids = encoding["input_ids"]
    marks = [
        ranges is None or any(start < high and end > low for low, high in ranges)
        for start, end in encoding["offset_mapping"]
    ]
    return Encoded(example.id, example.source, tuple(ids[:cutoff]), tuple(marks[:cutoff]), max(0, len(ids) - cutoff))
