"""Which contributions shaped an answer: influence in LoRA space with a damped Fisher matrix per LoRA matrix.

Built once after training: each training row's gradient per LoRA matrix, its wide side projected to few dimensions with
fixed random signs (none when it is narrow enough: then the result is exact), scaled and kept in half precision.
For an answer q: score_i = sum over matrices of q^T (F + lambda)^-1 g_i, F the rows' mean outer product and
lambda = DAMPING times its mean eigenvalue.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file

from ..data.encoding import Encoded
from .gradients import Combine, row_gradients

METHOD = "blockwise-damped-fisher/1"
WIDTH = 512
"""Largest number of kept dimensions per LoRA matrix."""
DAMPING = 0.1
FILE = "gradients.safetensors"


def projector(rank: int) -> Combine:
    """Keeps at most WIDTH numbers per row and matrix; the signs depend on the matrix's name alone."""
    narrow = max(8, WIDTH // rank)
    signs: dict[tuple[str, int], torch.Tensor] = {}

    def reduce(name: str, side: torch.Tensor) -> torch.Tensor:
        width = side.shape[-1]
        if width <= narrow:
            return side
        if (name, width) not in signs:
            generator = torch.Generator().manual_seed(zlib.crc32(name.encode()))
            drawn = torch.randint(0, 2, (width, narrow), generator=generator).float() * 2 - 1
            signs[name, width] = (drawn / narrow**0.5).to(side.device)
        return side @ signs[name, width]

    def combine(name: str, x_BTI: torch.Tensor, grad_BTO: torch.Tensor) -> torch.Tensor:
        if ".lora_A." in name:
            x_BTI = reduce(name, x_BTI)
        else:
            grad_BTO = reduce(name, grad_BTO)
        return torch.einsum("bto,bti->boi", grad_BTO, x_BTI).flatten(1)

    return combine


def build_index(model: Any, rows: list[Encoded], pad: int, device: str, rank: int) -> dict[str, torch.Tensor]:
    """Per LoRA matrix the scaled features (N, K) in half precision; only directions matter, so scales are dropped."""
    parts: dict[str, list[torch.Tensor]] = {}
    for _, batch in row_gradients(model, rows, pad, device, projector(rank)):
        for name, features in batch.items():
            parts.setdefault(name, []).append(features.cpu())
    index = {}
    for name, blocks in sorted(parts.items()):
        features = torch.cat(blocks)
        index[name] = (features / features.square().mean().sqrt().clamp_min(1e-30)).half()
    return index


def save_index(folder: Path, index: dict[str, torch.Tensor]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    save_file(index, folder / FILE)


class GradientIndex:
    """The stored features with one factorised Fisher matrix per LoRA matrix."""

    def __init__(self, features: dict[str, torch.Tensor], rank: int):
        self.features = {name: block.float() for name, block in features.items()}
        self.combine = projector(rank)
        self.factors = {}
        for name, block in self.features.items():
            fisher = block.T @ block / len(block)
            damping = DAMPING * fisher.diagonal().mean().clamp_min(1e-12)
            self.factors[name] = torch.linalg.cholesky(fisher + damping * torch.eye(len(fisher)))

    @classmethod
    def load(cls, folder: Path, rank: int) -> GradientIndex:
        return cls(load_file(folder / FILE), rank)

    def scores(
        self, model: Any, query: list[Encoded], pad: int, device: str, adapter: str = "default"
    ) -> Iterator[torch.Tensor]:
        """Per query row the score of every training row (N); positive: the row made this answer likelier."""
        for _, batch in row_gradients(model, query, pad, device, self.combine, size=1, adapter=adapter):
            total = torch.zeros(len(next(iter(self.features.values()))))
            for name, block in self.features.items():
                solved = torch.cholesky_solve(batch[name].cpu().T, self.factors[name])
                total += (block @ solved)[:, 0]
            yield total
