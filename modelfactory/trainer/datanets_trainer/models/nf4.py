"""4-bit NormalFloat weights (QLoRA, arXiv 2305.14314) in pure PyTorch, for any device.

`NF4Linear` stays an `nn.Linear`, so stock peft wraps it with its ordinary LoRA layer. Codes and scales are buffers;
the weight is produced on the fly in forward and again in backward, so no full-precision copy is ever kept.
Double quantisation: the per-block scales are int8 per 256 blocks. Fused expert tensors (3-D) stay as they are.
"""

from __future__ import annotations

import functools
import math
from typing import Any

import torch
from torch import nn
from torch.nn import functional
from transformers.pytorch_utils import Conv1D

from ..errors import MergeRefusedError

BLOCK = 64
SCALE_BLOCK = 256
KEEP_FULL = ("lm_head", "gate")
"""Layers that stay in full precision: the token head and DeepSeek's router."""

LEVELS = torch.tensor(
    [
        *(-1.0, -0.6961928009986877, -0.5250730514526367, -0.39491748809814453, -0.28444138169288635),
        *(-0.18477343022823334, -0.09105003625154495, 0.0, 0.07958029955625534, 0.16093020141124725),
        *(0.24611230194568634, 0.33791524171829224, 0.44070982933044434, 0.5626170039176941, 0.7229568362236023, 1.0),
    ]
)
"""Quantiles of N(0, 1) normalised to [-1, 1] with an exact zero (appendix E of the paper)."""
EDGES = (LEVELS[1:] + LEVELS[:-1]) / 2
PAIRS = torch.stack((LEVELS.repeat_interleave(16), LEVELS.repeat(16)), dim=1)
"""The two levels packed in each byte: one table look-up per byte."""


@functools.cache
def _pairs_on(device: torch.device) -> torch.Tensor:
    """The table on a device, copied once."""
    return PAIRS.to(device)


def quantize(weight: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
    """(codes, int8 scales, scale of scales, mean of scales) of a weight of any shape."""
    flat = weight.detach().float().reshape(-1)
    flat = functional.pad(flat, (0, -flat.numel() % BLOCK)).view(-1, BLOCK)
    largest = flat.abs().amax(1).clamp_min(1e-12)
    code = torch.bucketize(flat / largest[:, None], EDGES.to(flat.device)).to(torch.uint8).reshape(-1)
    codes = (code[0::2] << 4) | code[1::2]
    mean = largest.mean()
    centred = largest - mean
    centred = functional.pad(centred, (0, -centred.numel() % SCALE_BLOCK)).view(-1, SCALE_BLOCK)
    outer = centred.abs().amax(1).clamp_min(1e-12) / 127
    inner = torch.round(centred / outer[:, None]).to(torch.int8).reshape(-1)[: largest.numel()]
    return codes, inner, outer, mean


def dequantize(codes, inner, outer, mean, shape: tuple[int, int], dtype: torch.dtype) -> torch.Tensor:
    scales = inner.float() * outer.repeat_interleave(SCALE_BLOCK)[: inner.numel()] + mean
    values = _pairs_on(codes.device)[codes.int()].view(-1, BLOCK) * scales[:, None]
    return values.view(-1)[: math.prod(shape)].view(shape).to(dtype)


class _FourBitLinear(torch.autograd.Function):
    """x @ W^T with W rebuilt in backward instead of saved."""

    @staticmethod
    def forward(ctx, x, codes, inner, outer, mean, shape):
        ctx.save_for_backward(codes, inner, outer, mean)
        ctx.shape = shape
        return functional.linear(x, dequantize(codes, inner, outer, mean, shape, x.dtype))

    @staticmethod
    def backward(ctx, grad):
        return grad @ dequantize(*ctx.saved_tensors, ctx.shape, grad.dtype), None, None, None, None, None


class NF4Linear(nn.Linear):
    """A frozen linear layer in 4 bits; a GPT-2 Conv1D is transposed into one."""

    def __init__(self, source: nn.Module):
        nn.Module.__init__(self)
        weight = source.weight.detach()
        weight = weight.t().contiguous() if isinstance(source, Conv1D) else weight
        self.out_features, self.in_features = weight.shape
        self.stored_dtype = weight.dtype
        self.bias = None if source.bias is None else nn.Parameter(source.bias.detach().clone(), requires_grad=False)
        for name, tensor in zip(("codes", "inner", "outer", "mean"), quantize(weight), strict=True):
            self.register_buffer(name, tensor)

    def _parts(self) -> tuple[Any, ...]:
        return self.codes, self.inner, self.outer, self.mean, (self.out_features, self.in_features)

    @property
    def weight(self) -> nn.Parameter:  # what peft reads for device and dtype
        return nn.Parameter(dequantize(*self._parts(), self.stored_dtype), requires_grad=False)

    @weight.setter
    def weight(self, _value: Any) -> None:
        raise MergeRefusedError(
            "a 4-bit base's weights are read-only",
            limit="merging rounds the adapter away",
            remedy="export the adapter, and merge it into the full-precision base",
        )

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        y = _FourBitLinear.apply(x, *self._parts())
        return y if self.bias is None else y + self.bias


def quantize_model(model: nn.Module) -> dict[str, int]:
    """Replaces every linear layer but the token head and routers; returns layer count and bytes before and after."""
    layers = before = after = 0
    for name, module in list(model.named_modules()):
        parent, _, last = name.rpartition(".")
        if type(module) not in (nn.Linear, Conv1D) or last in KEEP_FULL:
            continue
        packed = NF4Linear(module)
        setattr(model.get_submodule(parent), last, packed)
        layers += 1
        before += module.weight.numel() * module.weight.element_size()
        after += sum(buffer.numel() * buffer.element_size() for buffer in packed.buffers())
    return {"layers": layers, "bytesBefore": before, "bytesAfter": after}
