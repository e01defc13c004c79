"""The training loop: AdamW on the adapter, scores beside the loss, pause and resume between steps."""

from __future__ import annotations

import math
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch

from ..attribution.inrun import InRunShapley, refresh_interval
from ..data.batches import collate
from ..data.encoding import Encoded
from ..errors import NonFiniteLossError, TrainingCancelled, TrainingPaused
from ..models.adapter import trainable
from .checkpoint import Checkpoint, gather, load_latest, save_checkpoint, scatter
from .control import Control
from .evaluation import evaluation_batches, held_out_gradient
from .loss import summed_loss
from .schedule import Plan, learning_rate

if TYPE_CHECKING:
    from ..settings import Settings
    from .progress import Progress


class Loop:
    """One run of the loop. `run` may be called once; the model's adapter holds the result."""

    def __init__(
        self,
        model: Any,
        train: list[Encoded],
        held_out: list[Encoded],
        pad: int,
        settings: Settings,
        *,
        score: bool,
        identity: str = "",
        checkpoints: Path | None = None,
    ):
        self.model, self.train, self.settings = model, train, settings
        self.pad, self.identity, self.checkpoints = pad, identity, checkpoints
        self.parameters = trainable(model)
        self.optimizer = torch.optim.AdamW(
            self.parameters.values(),
            lr=float(settings.learning_rate),
            weight_decay=float(settings.weight_decay),
            fused=True,
        )
        self.plan = Plan(train, settings)
        self.step = 0
        self.tokens = 0
        self.losses: list[float] = []
        self.attribution_seconds = 0.0
        self.held_out_batches = evaluation_batches(
            held_out, pad, settings.device, settings.batch_size * max(len(row.ids) for row in train)
        )
        self.held_out_loss: float | None = None
        self.inrun = InRunShapley(model, self.parameters, len(train)) if score else None
        held_out_tokens = sum(len(row.ids) for row in held_out)
        step_tokens = sum(len(row.ids) for row in train) * settings.epochs / self.plan.starts[-1]
        self.every = refresh_interval(settings.attribution_every, held_out_tokens, step_tokens, self.plan.steps)

    @property
    def scores(self) -> torch.Tensor:
        """Per training row, float64, on the CPU."""
        return torch.zeros(len(self.train), dtype=torch.float64) if self.inrun is None else self.inrun.scores.cpu()

    def resume(self) -> None:
        """Goes back to the newest checkpoint of this run."""
        checkpoint = load_latest(self.checkpoints, self.identity)
        self.step, self.tokens = checkpoint.step, checkpoint.tokens
        self.losses, extra = scatter(checkpoint.tensors, self.parameters, self.optimizer)
        if self.inrun is not None:
            self.inrun.restore(extra)

    def run(self, progress: Progress | None = None, control: Control | None = None) -> None:
        """Trains to the end. Raises TrainingPaused or TrainingCancelled when asked to stop."""
        self.model.train()
        if self.step == 0:
            torch.manual_seed(self.settings.seed + 1)
        while self.step < self.plan.steps:
            self._obey(control)
            started = time.perf_counter()
            rate = learning_rate(self.settings, self.step, self.plan.steps)
            loss, norm, tokens = self._one_step(rate)
            self.losses.append(loss)
            self.tokens += tokens
            self.step += 1
            if progress is not None:
                progress.stepped(self, loss, rate, norm, tokens, time.perf_counter() - started)
            if self.step % self.settings.save_every == 0 or self.step == self.plan.steps:
                self.save()
        if self.inrun is not None:
            self.inrun.close()

    def save(self) -> None:
        if self.checkpoints is None:
            return
        extra = {} if self.inrun is None else self.inrun.state()
        tensors = gather(self.parameters, self.optimizer, self.losses, extra)
        checkpoint = Checkpoint(self.identity, self.step, self.tokens, tensors)
        save_checkpoint(self.checkpoints, checkpoint, self.settings.keep_checkpoints)

    def _one_step(self, rate: float) -> tuple[float, float, int]:
        """One optimizer step; returns mean loss, gradient norm and tokens."""
        settings = self.settings
        batches = [
            collate(bins, self.train, self.pad, settings.device, settings.packing)
            for bins in self.plan.forward_passes(self.step)
        ]
        trained = sum(batch.trained for batch in batches)
        self._refresh()
        total = torch.zeros((), dtype=torch.float64, device=settings.device)
        for batch in batches:
            if self.inrun is not None:
                self.inrun.watch(batch)
            loss = summed_loss(self.model, batch) / trained
            loss.backward()
            total += loss.detach()
        norm = torch.nn.utils.clip_grad_norm_(self.parameters.values(), float(settings.clip) or math.inf)
        value, length = total.item(), norm.item()
        if not math.isfinite(value) or not math.isfinite(length):
            raise NonFiniteLossError(
                f"step {self.step + 1}: loss {value}, gradient norm {length}",
                limit="finite numbers",
                remedy="lower the learning rate, or set precision to float32; the last checkpoint is intact",
                step=self.step + 1,
            )
        self.optimizer.param_groups[0]["lr"] = rate
        self.optimizer.step()
        if self.inrun is not None:
            started = time.perf_counter()
            clipped_by = min(1.0, float(settings.clip) / (length + 1e-6)) if settings.clip else 1.0
            self.inrun.end_step(rate, clipped_by, self.optimizer)
            self.attribution_seconds += time.perf_counter() - started
        self.optimizer.zero_grad()
        return value, length, sum(batch.tokens for batch in batches)

    def _refresh(self) -> None:
        """The held-out gradient every so many steps; outside the hooks, which must not see it."""
        if self.inrun is None:
            return
        started = time.perf_counter()
        if self.step % self.every == 0:
            self.held_out_loss, self.inrun.gradient = held_out_gradient(
                self.model, self.parameters, self.held_out_batches
            )
        self.inrun.begin_step(self.step, self.optimizer)
        self.attribution_seconds += time.perf_counter() - started

    def _obey(self, control: Control | None) -> None:
        command = control.command() if control is not None else None
        if command == "pause":
            self.save()
            raise TrainingPaused
        if command == "cancel":
            raise TrainingCancelled
