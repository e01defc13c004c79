"""The methods that stand beside ours, each as a score per row and question (N, Q); higher: more helpful.

Gradients of single rows are materialised here, which is only possible because the models are tiny.
N = rows, Q = questions, P = adapter parameters.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Any

import torch

from ..attribution.gradients import row_gradients
from ..attribution.inrun import FLOOR
from ..data.encoding import Encoded
from ..training.schedule import learning_rate
from .lab import Lab

CHECKPOINTS = 5
DAMPING = 0.1


def gradients(lab: Lab, rows: list[Encoded]) -> dict[str, torch.Tensor]:
    """Per matrix the flattened gradients of all rows."""
    parts: dict[str, list[torch.Tensor]] = {}
    for _, batch in row_gradients(lab.model, rows, lab.tokenizer.pad_token_id, lab.settings.device, size=64):
        for name, grads in batch.items():
            parts.setdefault(name, []).append(grads.flatten(1))
    return {name: torch.cat(blocks) for name, blocks in sorted(parts.items())}


def flat(blocks: dict[str, torch.Tensor]) -> torch.Tensor:
    return torch.cat(list(blocks.values()), dim=1)


class Recording:
    """One training run with everything the trajectory methods need."""

    def __init__(self, lab: Lab, every: int = 1):
        questions = lab.dataset.held_out
        loop = lab.loop(lab.rows)
        lab.model.train()
        torch.manual_seed(loop.settings.seed + 1)
        shape = (len(lab.rows), len(questions))
        self.in_run, self.in_run_sgd, self.tracin, self.less = (torch.zeros(shape) for _ in range(4))
        marks = {loop.plan.steps * (place + 1) // CHECKPOINTS - 1 for place in range(CHECKPOINTS)}
        names = sorted(loop.parameters)
        for step in range(loop.plan.steps):
            if step % every == 0:
                asked = flat(gradients(lab, questions))
            members = [index for bins in loop.plan.forward_passes(step) for bin in bins for index in bin]
            own = flat(gradients(lab, [lab.rows[index] for index in members]))
            trained = torch.tensor([lab.rows[index].trained_count for index in members], dtype=torch.float32)
            own *= (trained / trained.sum())[:, None]
            rate = learning_rate(loop.settings, step, loop.plan.steps)
            lab.model.train()
            loop.step = step
            _, norm, _ = loop._one_step(rate)
            moved = rate * min(1.0, float(loop.settings.clip) / (norm + 1e-6))
            states = [loop.optimizer.state[loop.parameters[name]] for name in names]
            second = torch.cat([state["exp_avg_sq"].flatten() for state in states]) / (1 - 0.999 ** (step + 1))
            precondition = 1 / (second.sqrt() + 1e-8)
            widths = [loop.parameters[name].numel() for name in names]
            self.in_run[members] += moved * own @ (asked * _floored(precondition, widths)).T
            self.in_run_sgd[members] += moved * own @ asked.T
            if step in marks:
                self._checkpoint(lab, flat(gradients(lab, questions)), states, precondition, rate)
        self.last_rows = gradients(lab, lab.rows)
        self.last_questions = gradients(lab, questions)

    def _checkpoint(
        self,
        lab: Lab,
        asked: torch.Tensor,
        states: list[dict[str, torch.Tensor]],
        precondition: torch.Tensor,
        rate: float,
    ) -> None:
        """TracIn: inner products. LESS: cosine with Adam's update, which mixes in the momentum."""
        rows = flat(gradients(lab, lab.rows))
        self.tracin += max(rate, 1e-12) * rows @ asked.T
        momentum = torch.cat([state["exp_avg"].flatten() for state in states])
        update = (0.9 * momentum + 0.1 * rows) * precondition
        unit = torch.nn.functional.normalize
        self.less += max(rate, 1e-12) * unit(update, dim=1) @ unit(asked, dim=1).T


def _floored(precondition: torch.Tensor, widths: list[int]) -> torch.Tensor:
    """The product's floor under sqrt(v), matrix by matrix."""
    divisors = (1 / precondition).split(widths)
    return torch.cat([1 / part.clamp_min(FLOOR * part.square().mean().sqrt()) for part in divisors])


def score_matrices(lab: Lab, recording: Recording, seed: int) -> Iterator[tuple[str, torch.Tensor]]:
    """(name, scores_NQ) of every method."""
    rows, questions = recording.last_rows, recording.last_questions
    shape = recording.in_run.shape
    yield "inRun", recording.in_run
    yield "inRunSgd", recording.in_run_sgd
    yield "fisher", fisher(rows, questions)
    yield "datainf", datainf_matrix(rows, questions)
    yield "tracin", recording.tracin
    yield "less", recording.less
    yield "gradDot", flat(rows) @ flat(questions).T
    yield "ngram", ngram(lab)
    yield "rows", torch.ones(shape)
    yield "random", torch.rand(shape, generator=torch.Generator().manual_seed(seed))


def fisher(rows: dict[str, torch.Tensor], questions: dict[str, torch.Tensor]) -> torch.Tensor:
    """The chat's method, exact: damped Fisher per matrix, inverted through the rows' Gram matrix."""
    total = torch.zeros(len(next(iter(rows.values()))), len(next(iter(questions.values()))))
    for name, g in rows.items():
        count = len(g)
        gram, cross = g @ g.T, g @ questions[name].T
        damping = DAMPING * gram.diagonal().mean() / g.shape[1]
        inner = torch.linalg.solve(gram + count * damping * torch.eye(count), gram @ cross)
        total += (cross - inner) / damping
    return total


def datainf_matrix(rows: dict[str, torch.Tensor], questions: dict[str, torch.Tensor]) -> torch.Tensor:
    total = torch.zeros(len(next(iter(rows.values()))), len(next(iter(questions.values()))))
    for name, g in rows.items():
        damping = DAMPING * g.square().mean()
        cross = g @ questions[name].T
        share = cross / (damping + g.square().sum(1))[:, None]
        total += (cross - g @ g.T @ share / len(g)) / damping
    return total


def ngram(lab: Lab) -> torch.Tensor:
    """Shared word 1- to 4-grams between row and question with its answer, rarer ones count more."""
    rows = [_grams(lab.dataset.example_of(row).plain()) for row in lab.rows]
    asked = [_grams(lab.dataset.example_of(row).plain()) for row in lab.dataset.held_out]
    counts: dict[tuple[str, ...], int] = {}
    for grams in rows:
        for gram in grams:
            counts[gram] = counts.get(gram, 0) + 1
    weight = {gram: math.log(1 + len(rows) / count) for gram, count in counts.items()}
    return torch.tensor([[sum(weight[gram] for gram in row & question) for question in asked] for row in rows])


def _grams(text: str) -> set[tuple[str, ...]]:
    words: list[Any] = re.findall(r"\w+", text.casefold())
    return {tuple(words[start : start + size]) for size in (1, 2, 3, 4) for start in range(len(words) - size + 1)}
