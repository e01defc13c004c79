"""Step time against a bare peft loop, and the price of attribution, measured in turns in the same process.

Three loops take one step each in turn: bare peft, ours, ours with scores. What slows the machine slows all three.
"""

from __future__ import annotations

import random
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

import torch
from peft import get_peft_model

from ..attribution.inrun import refresh_interval
from ..data.batches import IGNORED
from ..data.encoding import Encoded
from ..models.adapter import load_for_training, lora_config, trainable
from ..models.base import check_base, linear_names, load_model
from ..models.families import resolve_targets
from ..models.make_base import make_base
from ..settings import Settings
from ..training.evaluation import held_out_gradient
from ..training.loop import Loop

SHAPE = {"hidden": 384, "layers": 2, "heads": 4, "vocabulary": 512}
ROWS, LENGTH, HELD_OUT = 60, 96, 6
STEPS, WARM_UP = 16, 3
SCALE = 10
"""The shares are those of a run of SCALE times these rows, a tenth of them held out, over three epochs."""
SETTINGS = {"learningRate": "0.0005", "epochs": 3, "batchSize": 4, "accumulation": 1, "cutoff": 128, "profile": "free"}


def measure_family(folder: Path, family: str, device: str = "cpu") -> dict[str, float]:
    """Medians of step seconds, their ratio, and the share of training time attribution takes in a default run."""
    make_base(folder, family, **SHAPE)
    settings = Settings.from_json({**SETTINGS, "device": device})
    rows = _rows(ROWS, seed=0)
    ours, scored = (_loop(folder, settings, rows, score=score) for score in (False, True))
    bare = Bare(folder, settings, rows)
    times: dict[str, list[float]] = {"bare": [], "ours": [], "scored": []}
    refresh: list[float] = []
    for step in range(STEPS):
        orders = [("bare", bare.step), ("ours", lambda: _step(ours)), ("scored", lambda: _step(scored))]
        random.Random(step).shuffle(orders)
        for name, work in orders:
            times[name].append(_timed(work, device))
    for _ in range(5):
        inputs = (scored.model, scored.parameters, scored.held_out_batches)
        refresh.append(_timed(lambda inputs=inputs: held_out_gradient(*inputs), device))
    seconds = {name: median(values[WARM_UP:]) for name, values in times.items()}
    steps = settings.epochs * ROWS * SCALE // settings.batch_size
    every = refresh_interval(0, HELD_OUT * SCALE * LENGTH, settings.batch_size * LENGTH, steps)
    extra = seconds["scored"] - seconds["ours"] + median(refresh[1:]) * SCALE / every
    return {
        "bareSeconds": seconds["bare"],
        "stepSeconds": seconds["ours"],
        "stepRatio": seconds["ours"] / seconds["bare"],
        "hookShare": (seconds["scored"] - seconds["ours"]) / seconds["ours"],
        "refreshEvery": every,
        "attributionShare": extra / seconds["ours"],
    }


class Bare:
    """What anyone would write with peft: the model's own loss, AdamW, clipping, one scheduler step."""

    def __init__(self, folder: Path, settings: Settings, rows: list[Encoded]):
        family, _ = check_base(folder)
        base = load_model(folder, precision=settings.precision, device=settings.device)
        self.model = get_peft_model(base, lora_config(settings, resolve_targets(family, linear_names(base), ())))
        self.optimizer = torch.optim.AdamW(trainable(self.model).values(), lr=float(settings.learning_rate))
        self.schedule = torch.optim.lr_scheduler.CosineAnnealingLR(self.optimizer, 1000)
        self.rows, self.settings, self.at = rows, settings, 0
        self.model.train()

    def step(self) -> None:
        size, device = self.settings.batch_size, self.settings.device
        chosen = [self.rows[(self.at + offset) % len(self.rows)] for offset in range(size)]
        self.at += size
        ids = torch.nn.utils.rnn.pad_sequence([torch.tensor(row.ids) for row in chosen], batch_first=True)
        marks = torch.nn.utils.rnn.pad_sequence([torch.tensor(row.trained) for row in chosen], batch_first=True)
        batch = {"input_ids": ids, "attention_mask": torch.ones_like(ids), "labels": ids.masked_fill(~marks, IGNORED)}
        loss = self.model(**{name: tensor.to(device) for name, tensor in batch.items()}).loss
        loss.backward()
        torch.nn.utils.clip_grad_norm_(trainable(self.model).values(), 1.0)
        self.optimizer.step()
        self.schedule.step()
        self.optimizer.zero_grad()
        loss.item()


def _loop(folder: Path, settings: Settings, rows: list[Encoded], *, score: bool) -> Loop:
    model, _ = load_for_training(folder, settings)
    loop = Loop(model, rows, _rows(HELD_OUT, seed=1), 0, settings, score=score)
    if loop.inrun is not None:
        loop.every = 10**9  # once, at the first step; the rest is timed apart
        loop.inrun.exact_steps = 1
    model.train()
    return loop


def _step(loop: Loop) -> None:
    loop._one_step(5e-4)
    loop.step += 1


def _rows(count: int, seed: int) -> list[Encoded]:
    draw = random.Random(seed)
    ids = [tuple(draw.randrange(3, SHAPE["vocabulary"] // 2) for _ in range(LENGTH)) for _ in range(count)]
    return [Encoded(f"0x{number:x}#0", number, row, (True,) * LENGTH, 0) for number, row in enumerate(ids)]


def _timed(work: Any, device: str) -> float:
    """On the CPU the process's own time on one thread: other processes of a busy machine do not count."""
    clock = perf_counter if device == "cuda" else process_time
    started = clock()
    work()
    if device == "cuda":
        torch.cuda.synchronize()
    return clock() - started
