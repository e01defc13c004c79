"""Retraining on any subset of rows, by the product's own loop, as often as the benchmark asks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import torch

from ..data.dataset import Dataset, build_dataset
from ..data.encoding import Encoded
from ..models.adapter import load_for_training, trainable
from ..models.base import load_tokenizer
from ..models.make_base import make_base
from ..settings import Settings
from ..training.evaluation import evaluating, evaluation_batches
from ..training.loop import Loop
from ..training.loss import row_losses
from .facts import World, make_world, pretraining_text

PRETRAIN_STEPS = 1200
SETTINGS = {
    "learningRate": "0.004",
    "epochs": 16,
    "batchSize": 32,
    "accumulation": 1,
    "cutoff": 64,
    "scheduler": "cosine",
    "profile": "free",
    "attributionEvery": 1,
}


@dataclass(slots=True)
class Lab:
    """A base, a dataset and one model that is reset for each retraining."""

    base: Path
    world: World
    dataset: Dataset
    settings: Settings
    tokenizer: Any
    model: Any
    initial: dict[str, torch.Tensor]

    @property
    def rows(self) -> list[Encoded]:
        return self.dataset.train

    def loop(self, rows: list[Encoded], *, score: bool = False, seed: int | None = None) -> Loop:
        """A fresh loop over `rows`; the model goes back to its initial adapter."""
        with torch.no_grad():
            for name, parameter in trainable(self.model).items():
                parameter.copy_(self.initial[name])
                parameter.grad = None
        settings = self.settings if seed is None else replace(self.settings, seed=seed)
        return Loop(self.model, rows, self.dataset.held_out, self.tokenizer.pad_token_id, settings, score=score)

    def losses_after(self, rows: list[Encoded]) -> torch.Tensor:
        """Loss of every question after training on `rows` (Q)."""
        if rows:
            self.loop(rows).run()
        else:
            self.loop(self.rows[:1])
        return self.losses()

    @torch.no_grad()
    def losses(self) -> torch.Tensor:
        with evaluating(self.model):
            losses = torch.zeros(len(self.dataset.held_out))
            pad, device = self.tokenizer.pad_token_id, self.settings.device
            for batch in evaluation_batches(self.dataset.held_out, pad, device):
                losses[batch.owners_BT[:, 0]] = row_losses(self.model, batch)
        return losses


def make_lab(folder: Path, seed: int) -> Lab:
    """Makes the base if it is not there, and the world of `seed`."""
    settings = Settings.from_json(SETTINGS)
    if not (folder / "config.json").exists():
        make_base(folder, "llama", texts=[pretraining_text(0)], steps=PRETRAIN_STEPS, vocabulary=320)
    tokenizer = load_tokenizer(folder)
    world = make_world(seed)
    dataset = build_dataset(world.sources, tokenizer, settings, world.questions)
    model, _ = load_for_training(folder, settings)
    initial = {name: parameter.detach().clone() for name, parameter in trainable(model).items()}
    return Lab(folder, world, dataset, settings, tokenizer, model, initial)
