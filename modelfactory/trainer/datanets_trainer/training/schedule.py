"""Steps of a run, and the learning rate of each."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..data.batches import epoch_order, pack
from ..data.encoding import Encoded

if TYPE_CHECKING:
    from ..settings import Settings

Bins = list[list[int]]
"""Rows of one forward pass; each bin is one line of the batch."""


class Plan:
    """Which rows go into which optimizer step. Any step can be asked for without replaying those before it."""

    def __init__(self, rows: list[Encoded], settings: Settings):
        self.rows = rows
        self.settings = settings
        self.starts = [0]
        self._epoch: tuple[int, list[list[Bins]]] = (-1, [])
        for epoch in range(settings.epochs):
            count = len(self._steps_of(epoch)) if settings.packing or epoch == 0 else self.starts[1]
            self.starts.append(self.starts[-1] + count)
        whole = self.starts[-1]
        self.steps = min(whole, settings.max_steps) if settings.max_steps else whole

    def forward_passes(self, step: int) -> list[Bins]:
        """The forward passes of optimizer step `step` (from 0)."""
        epoch = self.epoch_of(step)
        return self._steps_of(epoch)[step - self.starts[epoch]]

    def epoch_of(self, step: int) -> int:
        return next(epoch for epoch in range(self.settings.epochs) if step < self.starts[epoch + 1])

    def _steps_of(self, epoch: int) -> list[list[Bins]]:
        if self._epoch[0] != epoch:
            order = epoch_order(len(self.rows), self.settings.seed, epoch)
            bins = pack(order, self.rows, self.settings.cutoff) if self.settings.packing else [[row] for row in order]
            batches = list(_chunks(bins, self.settings.batch_size))
            self._epoch = (epoch, list(_chunks(batches, self.settings.accumulation)))
        return self._epoch[1]


def learning_rate(settings: Settings, step: int, steps: int) -> float:
    """Rate of optimizer step `step` (from 0). Rounded to 12 digits, so that no libm decides the adapter's bytes."""
    peak = float(settings.learning_rate)
    warmup = math.ceil(steps * settings.warmup_ratio)
    if step < warmup:
        factor = (step + 1) / warmup
    elif settings.scheduler == "constant":
        factor = 1.0
    else:
        done = (step - warmup) / max(1, steps - warmup)
        factor = 1 - done if settings.scheduler == "linear" else (1 + math.cos(math.pi * done)) / 2
    return float(f"{peak * factor:.11e}")


def _chunks(items: list, size: int) -> Iterator[list]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
