"""The loss: cross-entropy summed over trained targets, divided by their number over the whole optimizer step."""

from __future__ import annotations

from typing import Any

import torch
from torch.nn import functional

from ..data.batches import IGNORED, Batch


def summed_loss(model: Any, batch: Batch) -> torch.Tensor:
    """Sum over the batch's trained targets, in float32."""
    logits = model(**batch.inputs, use_cache=False).logits
    return functional.cross_entropy(
        logits.view(-1, logits.shape[-1]).float(), batch.targets_BT.view(-1), ignore_index=IGNORED, reduction="sum"
    )


def row_losses(model: Any, batch: Batch) -> torch.Tensor:
    """Per line of an unpacked batch the mean over its trained targets (B)."""
    logits = model(**batch.inputs, use_cache=False).logits
    losses = functional.cross_entropy(
        logits.view(-1, logits.shape[-1]).float(), batch.targets_BT.view(-1), ignore_index=IGNORED, reduction="none"
    ).view(batch.targets_BT.shape)
    return losses.sum(1) / (batch.targets_BT != IGNORED).sum(1)
