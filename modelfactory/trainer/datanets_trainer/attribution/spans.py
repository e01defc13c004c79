"""Longest exact spans an answer shares with the training text: evidence a reader can check, not a cause.

A suffix array over the training texts' UTF-8 bytes, built by prefix doubling, finds each span in O(log n) comparisons.
Texts are joined by a zero byte, so no span crosses from one into the next.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import load_file, save_file

FILE = "spans.safetensors"
SHORTEST_BYTES = 12
"""Spans below this are common phrases, not evidence."""
WORD = re.compile(rb"[^\s\x00]")


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of the answer that stands word for word in a training text."""

    quote: str
    start: int
    """Byte offset in the answer."""
    text: int
    """Index of the earliest training text that has it."""
    count: int
    """Places in the training text where it stands."""

    def to_json(self) -> dict[str, Any]:
        return {"quote": self.quote, "start": self.start, "count": self.count}


class SpanIndex:
    """Suffix array, bytes, and where each text starts."""

    def __init__(self, data: np.ndarray, suffixes: np.ndarray, starts: np.ndarray):
        self.data, self.suffixes, self.starts = data, suffixes, starts
        self.bytes = data.tobytes()

    @classmethod
    def build(cls, texts: list[str]) -> SpanIndex:
        parts = [text.replace("\0", " ").encode() + b"\0" for text in texts]
        starts = np.cumsum([0, *(len(part) for part in parts)])[:-1].astype(np.int64)
        data = np.frombuffer(b"".join(parts), dtype=np.uint8)
        return cls(data, _suffix_array(data), starts)

    @classmethod
    def load(cls, folder: Path) -> SpanIndex:
        tensors = load_file(folder / FILE)
        return cls(tensors["data"], tensors["suffixes"], tensors["starts"])

    def save(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        save_file({"data": self.data, "suffixes": self.suffixes, "starts": self.starts}, folder / FILE)

    def spans(self, answer: str, shortest: int = SHORTEST_BYTES) -> list[Span]:
        """Maximal spans on word borders, longest first; a span inside another one is left out."""
        data = answer.encode()
        found: list[Span] = []
        reach = 0
        for start in _word_starts(data):
            length = _whole_words(data, start, self._longest(data[start:]))
            if length < shortest or start + length <= reach:
                continue
            reach = start + length
            low, high = self._range(data[start:reach])
            places = self.suffixes[low:high]
            text = int(np.searchsorted(self.starts, places.min(), side="right")) - 1
            found.append(Span(data[start:reach].decode(errors="replace"), start, text, high - low))
        return sorted(found, key=lambda span: (-len(span.quote), span.start))

    def _longest(self, pattern: bytes) -> int:
        """Length of the longest prefix of `pattern` in the texts: it stands beside the pattern's place in the array."""
        place = self._lower(pattern)
        return max((self._shared(pattern, near) for near in (place - 1, place)), default=0)

    def _shared(self, pattern: bytes, place: int) -> int:
        if not 0 <= place < len(self.suffixes):
            return 0
        start = int(self.suffixes[place])
        text = self.bytes[start : start + len(pattern)]
        return next((i for i, (a, b) in enumerate(zip(text, pattern, strict=False)) if a != b), len(text))

    def _lower(self, pattern: bytes) -> int:
        """First place whose suffix is not below `pattern`."""
        low, high = 0, len(self.suffixes)
        while low < high:
            middle = (low + high) // 2
            start = int(self.suffixes[middle])
            if self.bytes[start : start + len(pattern)] < pattern:
                low = middle + 1
            else:
                high = middle
        return low

    def _range(self, pattern: bytes) -> tuple[int, int]:
        return self._lower(pattern), self._lower(pattern + b"\xff")


def _suffix_array(data: np.ndarray) -> np.ndarray:
    """Prefix doubling: sort by 1, 2, 4, … bytes until all ranks differ. O(n log^2 n)."""
    count = len(data)
    rank = data.astype(np.int64)
    step = 1
    while True:
        second = np.full(count, -1, dtype=np.int64)
        second[: max(0, count - step)] = rank[step:]
        order = np.lexsort((second, rank))
        new = np.empty(count, dtype=np.int64)
        changed = (np.diff(rank[order]) != 0) | (np.diff(second[order]) != 0)
        new[order] = np.concatenate(([0], np.cumsum(changed)))
        if count == 0 or new[order[-1]] == count - 1:
            return order
        rank, step = new, step * 2


def _word_starts(data: bytes) -> list[int]:
    return [
        match.start()
        for match in WORD.finditer(data)
        if match.start() == 0 or not data[match.start() - 1 : match.start()].strip()
    ]


def _whole_words(data: bytes, start: int, length: int) -> int:
    """Cuts the span back to the end of a word."""
    end = start + length
    if end < len(data) and data[end : end + 1].strip():
        cut = max(data.rfind(separator, start, end) for separator in (b" ", b"\n", b"\t"))
        if cut < 0:
            return 0
        end = cut
    return len(data[start:end].rstrip())
