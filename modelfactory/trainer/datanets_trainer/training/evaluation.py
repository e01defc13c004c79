"""Held-out loss, and its gradient for attribution. Dropout is off; no random number is drawn."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import torch

from ..data.batches import Batch, collate
from ..data.encoding import Encoded
from .loss import summed_loss

TOKENS_PER_BATCH = 4096


def evaluation_batches(rows: list[Encoded], pad: int, device: str, least_tokens: int = 0) -> list[Batch]:
    """Rows of similar length together, up to TOKENS_PER_BATCH (or `least_tokens`, if more) with padding."""
    budget = max(TOKENS_PER_BATCH, least_tokens)
    order = sorted(range(len(rows)), key=lambda index: (len(rows[index].ids), index))
    groups: list[list[int]] = [[]]
    for index in order:
        if groups[-1] and (len(groups[-1]) + 1) * len(rows[index].ids) > budget:
            groups.append([])
        groups[-1].append(index)
    return [collate([[index] for index in group], rows, pad, device) for group in groups]


@contextmanager
def evaluating(model: Any) -> Iterator[None]:
    was_training = model.training
    model.eval()
    try:
        yield
    finally:
        model.train(was_training)


@torch.no_grad()
def held_out_loss(model: Any, batches: list[Batch]) -> float:
    """Mean loss per trained token."""
    with evaluating(model):
        total = sum(summed_loss(model, batch).item() for batch in batches)
    return total / sum(batch.trained for batch in batches)


def held_out_gradient(
    model: Any, parameters: dict[str, torch.nn.Parameter], batches: list[Batch]
) -> tuple[float, dict[str, torch.Tensor]]:
    """Mean loss per trained token and its gradient; the parameters' own `.grad` stays untouched."""
    count = sum(batch.trained for batch in batches)
    total = 0.0
    sums = {name: torch.zeros_like(parameter) for name, parameter in parameters.items()}
    with evaluating(model):
        for batch in batches:
            loss = summed_loss(model, batch) / count
            total += loss.item()
            for name, grad in zip(sums, torch.autograd.grad(loss, list(parameters.values())), strict=True):
                sums[name] += grad
    return total, sums


def perplexity(loss: float) -> float:
    return math.exp(min(loss, 700.0))
