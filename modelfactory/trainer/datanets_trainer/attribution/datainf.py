"""DataInf (arXiv 2310.00902), the closed form the market talks about: a reference column, no share depends on it.

Per LoRA matrix l with row gradients g_i and held-out gradient v:
lambda = 0.1 mean_i mean(g_i^2); C_i = <v, g_i> / (lambda + |g_i|^2); h = 1/(n lambda) sum_i (v - C_i g_i).
The paper's influence of row k is -sum_l <h, g_k>, helpful negative; here the sign is flipped, so helpful is positive.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import torch

METHOD = "datainf/1"
CACHE_BYTES = 512 * 2**20

Gradients = Callable[[], Iterator[tuple[list[int], dict[str, torch.Tensor]]]]


def datainf(gradients: Gradients, held_out: dict[str, torch.Tensor], count: int) -> torch.Tensor:
    """Score per row. `gradients` is read up to three times, or once when all rows fit in CACHE_BYTES."""
    read = _cached(gradients, held_out, count)
    squares = {name: torch.zeros(count) for name in held_out}
    products = {name: torch.zeros(count) for name in held_out}
    for indices, batch in read():
        for name, grads in batch.items():
            flat = grads.flatten(1)
            squares[name][indices] = flat.square().sum(1).cpu()
            products[name][indices] = (flat @ held_out[name].flatten()).cpu()
    damping = {name: 0.1 * squares[name].mean() / held_out[name].numel() for name in held_out}
    factors = {name: products[name] / (damping[name] + squares[name]) for name in held_out}
    weighted = {name: torch.zeros_like(gradient) for name, gradient in held_out.items()}
    for indices, batch in read():
        for name, grads in batch.items():
            factor = factors[name][indices].to(grads.device)
            weighted[name] += torch.einsum("b,boi->oi", factor, grads)
    direction = {
        name: (held_out[name] - weighted[name] / count) / damping[name].clamp_min(1e-30).to(held_out[name].device)
        for name in held_out
    }
    scores = torch.zeros(count, dtype=torch.float64)
    for indices, batch in read():
        for name, grads in batch.items():
            scores[indices] += (grads.flatten(1) @ direction[name].flatten()).double().cpu()
    return scores


def _cached(gradients: Gradients, held_out: dict[str, torch.Tensor], count: int) -> Gradients:
    size = count * sum(gradient.numel() * gradient.element_size() for gradient in held_out.values())
    if size > CACHE_BYTES:
        return gradients
    kept = list(gradients())
    return lambda: iter(kept)
