"""Gradients of single rows in LoRA space, rebuilt from the probe's factors. Dropout is off.

B = rows of a batch, T = tokens, O and I = the matrix's output and input width.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import torch

from ..data.batches import Batch, collate
from ..data.encoding import Encoded
from ..training.evaluation import evaluating
from ..training.loss import row_losses
from .probe import Probe

Combine = Callable[[str, torch.Tensor, torch.Tensor], torch.Tensor]
"""(name, x_BTI, grad_BTO) → what to keep per row (B, …)."""


def full_gradient(_name: str, x_BTI: torch.Tensor, grad_BTO: torch.Tensor) -> torch.Tensor:
    """The row's gradient of the matrix itself (B, O, I)."""
    return torch.einsum("bto,bti->boi", grad_BTO, x_BTI)


def row_gradients(
    model: Any,
    rows: list[Encoded],
    pad: int,
    device: str,
    combine: Combine = full_gradient,
    size: int = 8,
    adapter: str = "default",
) -> Iterator[tuple[list[int], dict[str, torch.Tensor]]]:
    """Row indices and, per LoRA matrix, the gradient of each row's mean loss; `size` rows at a time, in order."""
    probe = Probe(model, adapter)
    parameters = [parameter for parameter in model.parameters() if parameter.requires_grad]
    try:
        with evaluating(model):
            for start in range(0, len(rows), size):
                indices = list(range(start, min(start + size, len(rows))))
                batch = collate([[index] for index in indices], rows, pad, device)
                yield indices, _one_batch(model, probe, parameters, batch, combine)
    finally:
        probe.close()


def _one_batch(
    model: Any, probe: Probe, parameters: list[torch.nn.Parameter], batch: Batch, combine: Combine
) -> dict[str, torch.Tensor]:
    kept: dict[str, torch.Tensor] = {}
    lines, width = batch.targets_BT.shape

    def sink(name: str, x: torch.Tensor, grad: torch.Tensor) -> None:
        kept[name] = combine(name, x.float().view(lines, width, -1), grad.float().view(lines, width, -1))

    probe.sink = sink
    torch.autograd.grad(row_losses(model, batch).sum(), parameters)
    probe.sink = None
    return kept
