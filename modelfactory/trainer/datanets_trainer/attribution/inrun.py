"""First-order In-Run Data Shapley in Adam's form (after arXiv 2406.11011), computed while training.

At optimizer step t a row i moves the weights by about -lr_t * P_t g_i, with P_t = 1 / (sqrt(v_t) + eps) of AdamW.
The held-out loss falls by lr_t * <P_t * G_t, g_i>, G_t its gradient before the step. The row's score is the sum over
steps; to first order it is the row's Shapley value of the step, because the terms add up.

G is refreshed every `every` steps. v_t is known only after the step: for the first EXACT_STEPS, where one step changes
it much, the layers' inputs and gradients are kept until then; afterwards the value of the step before serves, and
nothing is kept.
"""

from __future__ import annotations

import math
from typing import Any

import torch

from ..data.batches import Batch
from .probe import Probe, inner_products

METHOD = "in-run-shapley-adam/1"
EXACT_STEPS = 16


class InRunShapley:
    """Call `begin_step`, `watch` before each forward pass, and `end_step` after the optimizer's step."""

    def __init__(self, model: Any, parameters: dict[str, torch.nn.Parameter], row_count: int, exact: int = EXACT_STEPS):
        self.parameters = parameters
        self.exact_steps = exact
        self.probe = Probe(model)
        device = next(iter(parameters.values())).device
        self.scores = torch.zeros(row_count, dtype=torch.float64, device=device)
        self.gradient: dict[str, torch.Tensor] = {}
        """Held-out gradient by parameter name, not yet preconditioned."""
        self._weights: dict[str, torch.Tensor] | None = None
        self._step_scores = torch.zeros_like(self.scores)
        self._pending: list[tuple[str, torch.Tensor, torch.Tensor, Batch]] = []

    def begin_step(self, step: int, optimizer: torch.optim.AdamW) -> None:
        """`step` counts from 0."""
        self._step_scores.zero_()
        self._weights = self._preconditioned(optimizer) if step >= self.exact_steps else None

    def watch(self, batch: Batch) -> None:
        """The next backward pass is of this batch."""
        self.probe.sink = lambda name, x, grad: self._take(name, x, grad, batch)

    def end_step(self, learning_rate: float, clipped_by: float, optimizer: torch.optim.AdamW) -> None:
        """`clipped_by` is the factor the gradient was scaled with."""
        self.probe.sink = None
        if self._pending:
            self._weights = self._preconditioned(optimizer)
            for name, x, grad, batch in self._pending:
                self._add(name, x, grad, batch)
            self._pending.clear()
        self.scores += self._step_scores * (learning_rate * clipped_by)

    def close(self) -> None:
        self.probe.close()

    def state(self) -> dict[str, torch.Tensor]:
        """For the checkpoint."""
        return {"scores": self.scores, **{f"gradient.{name}": tensor for name, tensor in self.gradient.items()}}

    def restore(self, state: dict[str, torch.Tensor]) -> None:
        self.scores.copy_(state["scores"])
        self.gradient = {
            name.removeprefix("gradient."): tensor.to(self.scores.device)
            for name, tensor in state.items()
            if name.startswith("gradient.")
        }

    def _take(self, name: str, x: torch.Tensor, grad: torch.Tensor, batch: Batch) -> None:
        if self._weights is None:
            self._pending.append((name, x, grad, batch))
        else:
            self._add(name, x, grad, batch)

    def _add(self, name: str, x: torch.Tensor, grad: torch.Tensor, batch: Batch) -> None:
        per_token = inner_products(self._weights[name], x, grad)
        if batch.packed:
            self._step_scores.index_add_(0, batch.owners_BT.view(-1), per_token.double())
        else:
            per_row = per_token.view(batch.owners_BT.shape).sum(1, dtype=torch.float64)
            self._step_scores.index_add_(0, batch.owners_BT[:, 0], per_row)

    def _preconditioned(self, optimizer: torch.optim.AdamW) -> dict[str, torch.Tensor]:
        group = optimizer.param_groups[0]
        decay, eps = group["betas"][1], group["eps"]
        weights = {}
        for name, parameter in self.parameters.items():
            state = optimizer.state[parameter]
            corrected = state["exp_avg_sq"] / (1 - decay ** float(state["step"]))
            weights[name] = self.gradient[name] / (corrected.sqrt() + eps)
        return weights


def refresh_interval(wanted: int, held_out_tokens: int, step_tokens: float, steps: int) -> int:
    """Steps between held-out gradients. Automatic: about a tenth of the training compute, yet at least eight times."""
    if wanted:
        return wanted
    return max(1, min(math.ceil(held_out_tokens / (0.1 * step_tokens)), steps // 8))
