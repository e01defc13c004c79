"""Hooks on the LoRA layers: what each row of a batch adds to a gradient, without any per-row gradient.

A LoRA matrix W gets the gradient sum over tokens of g_t x_t^T (x its input, g its output's gradient). Its inner product
with a fixed matrix G is therefore sum over tokens of g_t . (G x_t): one product of rank r per matrix. B = rows,
T = tokens, I and O = input and output width.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch

Sink = Callable[[str, torch.Tensor, torch.Tensor], None]
"""Gets the parameter's name, x and g, both flattened to (B*T, width)."""


class Probe:
    """Feeds `sink` with input and output gradient of every LoRA matrix in each backward pass while one is set.

    Parameters are named as in training, whatever the adapter is called here.
    """

    def __init__(self, model: Any, adapter: str = "default"):
        self.sink: Sink | None = None
        self.handles = [
            module.register_forward_hook(self._forward_hook(f"{name.removesuffix(adapter)}default.weight"))
            for name, module in model.named_modules()
            if name.endswith((f".lora_A.{adapter}", f".lora_B.{adapter}"))
        ]

    def _forward_hook(self, name: str) -> Callable[..., None]:
        def after_forward(_module: Any, inputs: tuple[torch.Tensor, ...], output: torch.Tensor) -> None:
            if self.sink is None or not output.requires_grad:
                return
            sink, x = self.sink, inputs[0].detach()
            output.register_hook(lambda grad: sink(name, x.flatten(0, -2), grad.flatten(0, -2)))

        return after_forward

    def close(self) -> None:
        for handle in self.handles:
            handle.remove()


def inner_products(matrix_OI: torch.Tensor, x: torch.Tensor, grad: torch.Tensor) -> torch.Tensor:
    """Per token g . (G x), in float32; the product runs over the smaller of the two widths first."""
    x, grad = x.float(), grad.float()
    if matrix_OI.shape[0] <= matrix_OI.shape[1]:
        return (torch.nn.functional.linear(x, matrix_OI) * grad).sum(-1)
    return ((grad @ matrix_OI) * x).sum(-1)
