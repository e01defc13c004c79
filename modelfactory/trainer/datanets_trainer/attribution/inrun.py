"""First-order In-Run Data Shapley in Adam's form (after arXiv 2406.11011), computed while training.

At optimizer step t a row i moves the weights by about -lr_t * P_t g_i, with P_t = 1 / (sqrt(v_t) + eps) of AdamW.
The held-out loss falls by lr_t * <P_t * G_t, g_i>, G_t its gradient before the step. The row's score is the sum over
steps; to first order it is the row's Shapley value of the step, because the terms add up.

Where an entry of v_t is almost nothing, P_t is almost endless, and rounding alone decides such an entry's share. So
sqrt(v_t) counts as at least FLOOR times its root mean square over the matrix: measured, the linear datamodelling score
rises from 0.62 to 0.69, and from 0.40 to 0.55 on a hot run.

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
FLOOR = 0.1
SHORT_RUN = 64


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
        self._token_scores: torch.Tensor | None = None
        self._batch: Batch | None = None
        self._kept: list[tuple[Batch | None, str, torch.Tensor, torch.Tensor]] = []

    def begin_step(self, step: int, optimizer: torch.optim.AdamW) -> None:
        """`step` counts from 0."""
        self._step_scores.zero_()
        self._weights = self._preconditioned(optimizer) if step >= self.exact_steps else None

    def watch(self, batch: Batch) -> None:
        """The next backward pass is of this batch."""
        self._sum_tokens()
        self._batch = batch
        self.probe.sink = self._add if self._weights is not None else self._keep

    def end_step(self, learning_rate: float, clipped_by: float, optimizer: torch.optim.AdamW) -> None:
        """`clipped_by` is the factor the gradient was scaled with."""
        self.probe.sink = None
        if self._kept:
            self._weights = self._preconditioned(optimizer)
            for batch, name, x, grad in self._kept:
                if batch is not self._batch:
                    self._sum_tokens()
                    self._batch = batch
                self._add(name, x, grad)
            self._kept.clear()
        self._sum_tokens()
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

    def _keep(self, name: str, x: torch.Tensor, grad: torch.Tensor) -> None:
        self._kept.append((self._batch, name, x, grad))

    def _add(self, name: str, x: torch.Tensor, grad: torch.Tensor) -> None:
        products = inner_products(self._weights[name], x, grad)
        self._token_scores = products if self._token_scores is None else self._token_scores.add_(products)

    def _sum_tokens(self) -> None:
        """Adds what the tokens of the last batch collected to their rows."""
        if self._token_scores is None:
            return
        owners_BT = self._batch.owners_BT
        if self._batch.packed:
            self._step_scores.index_add_(0, owners_BT.view(-1), self._token_scores.double())
        else:
            per_row = self._token_scores.view(owners_BT.shape).sum(1, dtype=torch.float64)
            self._step_scores.index_add_(0, owners_BT[:, 0], per_row)
        self._token_scores = None

    def _preconditioned(self, optimizer: torch.optim.AdamW) -> dict[str, torch.Tensor]:
        group = optimizer.param_groups[0]
        states = [optimizer.state[parameter] for parameter in self.parameters.values()]
        correction = 1 - group["betas"][1] ** float(states[0]["step"])
        divisors = torch._foreach_div([state["exp_avg_sq"] for state in states], correction)
        torch._foreach_sqrt_(divisors)
        torch._foreach_add_(divisors, group["eps"])
        floors = [FLOOR * divisor.square().mean().sqrt() for divisor in divisors]
        divisors = [divisor.clamp_min(least) for divisor, least in zip(divisors, floors, strict=True)]
        gradients = [self.gradient[name] for name in self.parameters]
        return dict(zip(self.parameters, torch._foreach_div(gradients, divisors), strict=True))


def refresh_interval(wanted: int, held_out_tokens: int, step_tokens: float, steps: int) -> int:
    """Steps between held-out gradients. Automatic: about a tenth of the training compute, yet at least three times.

    A short run costs seconds, so it may look eight times.
    """
    if wanted:
        return wanted
    least = 8 if steps < SHORT_RUN else 3
    return max(1, min(math.ceil(held_out_tokens / (0.1 * step_tokens)), steps // least))
