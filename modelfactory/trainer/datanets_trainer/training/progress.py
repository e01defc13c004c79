"""What a user sees of a step: loss, rate, speed, time left, memory, and each contributor's running influence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import psutil
import torch

from .events import Events

if TYPE_CHECKING:
    from ..data.dataset import Dataset
    from .loop import Loop

SMOOTHING = 0.9


class Progress:
    """Turns finished steps into `step` events."""

    def __init__(self, events: Events, dataset: Dataset, log_every: int):
        self.events, self.dataset, self.log_every = events, dataset, log_every
        self.step_seconds: float | None = None
        self.training_seconds = 0.0
        self.steps_here = 0

    def stepped(self, loop: Loop, loss: float, rate: float, norm: float, tokens: int, seconds: float) -> None:
        """`seconds` is the time of this step alone."""
        self.training_seconds += seconds
        self.steps_here += 1
        before = seconds if self.step_seconds is None else self.step_seconds
        self.step_seconds = SMOOTHING * before + (1 - SMOOTHING) * seconds
        if loop.step % self.log_every and loop.step != loop.plan.steps:
            return
        self.events.emit(
            "step",
            step=loop.step,
            steps=loop.plan.steps,
            epoch=round(loop.step / loop.plan.starts[-1] * loop.settings.epochs, 3),
            loss=loss,
            learningRate=rate,
            gradientNorm=norm,
            tokens=loop.tokens,
            tokensPerSecond=round(tokens / seconds, 1),
            etaSeconds=round(self.step_seconds * (loop.plan.steps - loop.step), 1),
            memoryBytes=memory_bytes(loop.settings.device),
            heldOutLoss=loop.held_out_loss,
            influence=running_influence(self.dataset, loop.scores) if loop.inrun is not None else None,
        )


def running_influence(dataset: Dataset, scores: torch.Tensor) -> dict[str, float]:
    """Sum of scores so far per contributor: an estimate that still moves, not a share."""
    sums: dict[str, float] = {source.contributor: 0.0 for source in dataset.sources}
    for row, score in zip(dataset.train, scores.tolist(), strict=True):
        sums[dataset.sources[row.source].contributor] += score
    return sums


def memory_bytes(device: str) -> int:
    """Resident memory of this process, or the peak on the GPU."""
    return torch.cuda.max_memory_allocated() if device == "cuda" else psutil.Process().memory_info().rss


def machine_memory(device: str) -> int:
    """Bytes free for a run."""
    return torch.cuda.mem_get_info()[0] if device == "cuda" else psutil.virtual_memory().available


def finished_fields(progress: Progress) -> dict[str, Any]:
    return {"trainingSeconds": round(progress.training_seconds, 3), "stepsHere": progress.steps_here}
