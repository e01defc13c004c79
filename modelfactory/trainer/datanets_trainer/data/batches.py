"""Rows in the order of training, and batches as tensors.

B = rows of a batch, T = tokens. Targets are shifted here once, so the loss needs no copy of the logits.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch

from .encoding import Encoded

IGNORED = -100


@dataclass(frozen=True, slots=True)
class Batch:
    """One forward pass."""

    inputs: dict[str, torch.Tensor]
    """Keyword arguments of the model."""
    targets_BT: torch.Tensor
    """Next token, or IGNORED where none is trained."""
    owners_BT: torch.Tensor
    """Per token the index of its row in the dataset; padding belongs to its last row."""
    packed: bool
    tokens: int
    """Tokens without padding."""
    trained: int
    """Targets that count."""


def epoch_order(count: int, seed: int, epoch: int) -> list[int]:
    """A permutation of the rows; the same for the same seed and epoch, whatever came before."""
    generator = torch.Generator().manual_seed(seed * 1_000_003 + epoch)
    return torch.randperm(count, generator=generator).tolist()


def pack(order: list[int], rows: list[Encoded], cutoff: int) -> list[list[int]]:
    """Fills bins of `cutoff` tokens in the given order."""
    bins: list[list[int]] = []
    room = 0
    for index in order:
        length = len(rows[index].ids)
        if length > room:
            bins.append([])
            room = cutoff
        bins[-1].append(index)
        room -= length
    return bins


def collate(bins: list[list[int]], rows: list[Encoded], pad: int, device: str, packed: bool = False) -> Batch:
    """Pads to the longest bin. A packed bin restarts its positions at each row, which keeps attention inside it."""
    width = max(sum(len(rows[index].ids) for index in members) for members in bins)
    shape = (len(bins), width)
    ids = torch.full(shape, pad)
    targets = torch.full(shape, IGNORED)
    owners = torch.zeros(shape, dtype=torch.long)
    positions = torch.zeros(shape, dtype=torch.long)
    mask = torch.zeros(shape, dtype=torch.long)
    for line, members in enumerate(bins):
        start = 0
        for index in members:
            row = rows[index]
            end = start + len(row.ids)
            tokens = torch.tensor(row.ids)
            ids[line, start:end] = tokens
            targets[line, start : end - 1] = tokens[1:].masked_fill(~torch.tensor(row.trained[1:]), IGNORED)
            owners[line, start:] = index
            positions[line, start:end] = torch.arange(end - start)
            mask[line, start:end] = 1
            start = end
        positions[line, start:] = torch.arange(width - start)
    inputs = {"input_ids": ids, "position_ids": positions} if packed else {"input_ids": ids, "attention_mask": mask}
    return Batch(
        inputs={name: tensor.to(device) for name, tensor in inputs.items()},
        targets_BT=targets.to(device),
        owners_BT=owners.to(device),
        packed=packed,
        tokens=int(mask.sum()),
        trained=int((targets != IGNORED).sum()),
    )
