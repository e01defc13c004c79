"""How much memory a run needs, before anything is loaded: counted on a model without storage, from the config alone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from .errors import MemoryLimitError
from .models.base import check_base
from .models.families import resolve_targets
from .models.nf4 import BLOCK, KEEP_FULL, SCALE_BLOCK

if TYPE_CHECKING:
    from .settings import Settings

RUNTIME_BYTES = 700 * 2**20
"""Interpreter, torch and transformers as resident memory."""
ACTIVATIONS_PER_LAYER = 24
"""Values kept per token, layer and hidden unit for the backward pass of an eager transformer block with LoRA."""


def estimate(base: Path, settings: Settings, longest: int | None = None) -> dict[str, Any]:
    """Bytes by purpose. `longest` is the longest row, when known; otherwise the cutoff counts."""
    import torch
    import transformers
    from transformers.pytorch_utils import Conv1D

    family, _ = check_base(base)
    config = transformers.AutoConfig.from_pretrained(base, trust_remote_code=False, local_files_only=True)
    with torch.device("meta"):
        model = transformers.AutoModelForCausalLM.from_config(config, attn_implementation="eager")
    width = 2 if settings.precision == "bfloat16" else 4
    linears = {
        name: (module.weight.shape if not isinstance(module, Conv1D) else module.weight.shape[::-1])
        for name, module in model.named_modules()
        if isinstance(module, (torch.nn.Linear, Conv1D))
    }
    targets = resolve_targets(family, {name.rpartition(".")[2] for name in linears}, settings.targets)
    parameters = sum(parameter.numel() for parameter in model.parameters())
    packed = 0
    if settings.method == "qlora":
        packed = sum(a * b for name, (a, b) in linears.items() if name.rpartition(".")[2] not in KEEP_FULL)
    adapter = sum(settings.rank * sum(shape) for name, shape in linears.items() if name.rpartition(".")[2] in targets)
    tokens = settings.batch_size * min(settings.cutoff, longest or settings.cutoff)
    length = tokens // settings.batch_size
    layers, hidden, heads = config.num_hidden_layers, config.hidden_size, config.num_attention_heads
    kept_layers = 1 if settings.gradient_checkpointing else layers
    per_token = kept_layers * (ACTIVATIONS_PER_LAYER * hidden + 2 * heads * length) + layers * hidden
    parts = {
        "weights": (parameters - packed) * width + packed // 2 + packed // BLOCK + 4 * packed // (BLOCK * SCALE_BLOCK),
        "adapterAndOptimizer": adapter * 4 * 4,
        "activations": tokens * per_token * width,
        "logits": tokens * config.vocab_size * 4 * 3,
        "attribution": adapter * 4 * 2 if settings.attribution else 0,
        "runtime": RUNTIME_BYTES,
    }
    return {
        "type": "estimate",
        "parameters": parameters,
        "trainableParameters": adapter,
        "targets": targets,
        "bytes": parts,
        "totalBytes": sum(parts.values()),
    }


def check_memory(report: dict[str, Any], settings: Settings, free: int) -> None:
    """Refuses a run that would not fit."""
    limit = settings.memory_limit_bytes or free
    if report["totalBytes"] > limit:
        raise MemoryLimitError(
            f"the run is estimated at {report['totalBytes']} bytes, {limit} are allowed",
            limit=f"{limit} bytes",
            remedy="lower batchSize or cutoff, turn gradientCheckpointing on, or set method to qlora",
            needed=report["totalBytes"],
            allowed=limit,
        )
