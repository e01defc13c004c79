"""Held-out loss before and after, on the base it was trained on and on the base it may be served on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch
from peft import PeftModel

from ..canonical import decimal_string
from ..models.base import load_model
from . import folder as names
from .evaluation import held_out_loss, perplexity

if TYPE_CHECKING:
    from .run import Prepared

DIGITS = 9
"""Decimal places of a loss in hashed files."""


def evaluate_run(prepared: Prepared) -> dict[str, Any]:
    """The metrics file: no clock, no speed, so a second run gives the same bytes."""
    loop, settings = prepared.loop, prepared.request.settings
    with prepared.model.disable_adapter():
        base = held_out_loss(prepared.model, loop.held_out_batches)
    tuned = held_out_loss(prepared.model, loop.held_out_batches)
    losses = {"base": base, "tuned": tuned}
    if settings.method == "qlora":
        losses["tunedOnFullPrecision"] = _served_loss(prepared)
    return {
        "heldOutLoss": {name: _decimal(loss) for name, loss in losses.items()},
        "heldOutPerplexity": {name: _decimal(perplexity(loss)) for name, loss in losses.items()},
        "heldOutRows": len(prepared.dataset.held_out),
        "heldOutFrom": prepared.dataset.held_out_from,
        "trainedOn": "nf4" if settings.method == "qlora" else settings.precision,
        "steps": loop.plan.steps,
        "tokens": loop.tokens,
        "trainingLoss": [_decimal(loss) for loss in loop.losses],
    }


def _served_loss(prepared: Prepared) -> float:
    """The adapter trained on 4 bits, on the full-precision base: the two differ, and both are told."""
    settings = prepared.request.settings
    model = load_model(prepared.base, precision=settings.precision, device=settings.device)
    served = PeftModel.from_pretrained(model, prepared.folder / names.ADAPTER)
    with torch.no_grad():
        return held_out_loss(served, prepared.loop.held_out_batches)


def _decimal(value: float) -> str:
    return decimal_string(value, DIGITS)
