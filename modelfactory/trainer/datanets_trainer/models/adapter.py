"""The adapter: LoRA layers put on a base, saved in bytes that depend on nothing but the training.

peft writes `target_modules` from a Python set, whose order changes with every process, and an absolute base path. Both
are rewritten, so that `adapter_config.json` can be hashed and pinned.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from peft import LoraConfig, PeftModel, get_peft_model
from peft.utils import get_peft_model_state_dict, set_peft_model_state_dict
from safetensors.torch import load_file, save

from ..canonical import file_sha256, write_atomic
from ..errors import AdapterMismatchError, BackendMissingError, TamperedFileError, UnsafeWeightsError
from .base import check_base, linear_names, load_model
from .families import resolve_targets
from .nf4 import KEEP_FULL, quantize_model

if TYPE_CHECKING:
    from ..settings import Settings

WEIGHTS = "adapter_model.safetensors"
CONFIG = "adapter_config.json"


def load_for_training(base: Path, settings: Settings, parent: Path | None = None) -> tuple[PeftModel, dict[str, Any]]:
    """The base as the settings want it, with a fresh or a parent's adapter; and facts for the manifest."""
    family, _ = check_base(base)
    model = load_model(
        base,
        precision=settings.precision,
        device=settings.device,
        quantization_config=_bitsandbytes_config(settings) if _uses_bitsandbytes(settings) else None,
    )
    targets = resolve_targets(family, linear_names(model), settings.targets)
    facts: dict[str, Any] = {"family": family.label, "modelType": family.model_type, "targets": targets}
    if settings.method == "qlora" and not _uses_bitsandbytes(settings):
        facts["quantisation"] = quantize_model(model)
    for parameter in model.parameters():
        parameter.requires_grad_(False)
    torch.manual_seed(settings.seed)
    adapted = get_peft_model(model, lora_config(settings, targets), autocast_adapter_dtype=True)
    if parent is not None:
        load_parent(adapted, parent, settings, targets)
    if settings.gradient_checkpointing:
        adapted.gradient_checkpointing_enable({"use_reentrant": False})
        adapted.enable_input_require_grads()
    return adapted, facts


def lora_config(settings: Settings, targets: list[str]) -> LoraConfig:
    return LoraConfig(
        r=settings.rank,
        lora_alpha=settings.alpha,
        lora_dropout=float(settings.dropout),
        target_modules=targets,
        task_type="CAUSAL_LM",
    )


def trainable(model: PeftModel) -> dict[str, torch.nn.Parameter]:
    """The adapter's parameters by name, in the model's order."""
    return {name: parameter for name, parameter in model.named_parameters() if parameter.requires_grad}


def save_adapter(model: PeftModel, folder: Path, base_name: str) -> dict[str, str]:
    """Writes weights and canonical config; returns both files' digests."""
    state = {name: tensor.detach().contiguous().cpu() for name, tensor in get_peft_model_state_dict(model).items()}
    write_atomic(folder / WEIGHTS, save(dict(sorted(state.items())), metadata={"format": "pt"}))
    config = model.peft_config["default"].to_dict()
    config = {name: sorted(value) if isinstance(value, set) else value for name, value in config.items()}
    config["target_modules"] = sorted(config["target_modules"])
    config["base_model_name_or_path"] = base_name
    config["inference_mode"] = True
    text = json.dumps(config, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)
    write_atomic(folder / CONFIG, text.encode())
    return {name: file_sha256(folder / name) for name in (CONFIG, WEIGHTS)}


def check_adapter(folder: Path, digests: dict[str, str] | None = None) -> dict[str, Any]:
    """The adapter's config; refuses pickled weights and, when digests are given, any other bytes."""
    if not (folder / WEIGHTS).is_file() or not (folder / CONFIG).is_file():
        raise UnsafeWeightsError(
            f"{folder.name} is no safetensors adapter", limit=f"{WEIGHTS} and {CONFIG}", remedy="pass an adapter folder"
        )
    for name, expected in (digests or {}).items():
        actual = file_sha256(folder / name) if (folder / name).is_file() else "absent"
        if actual != expected:
            raise TamperedFileError(
                f"{name} is {actual}, recorded is {expected}",
                limit="the recorded bytes",
                remedy="fetch the file again from its CID",
                file=name,
                expected=expected,
                actual=actual,
            )
    return json.loads((folder / CONFIG).read_text())


def load_parent(model: PeftModel, folder: Path, settings: Settings, targets: list[str]) -> None:
    """Starts from a parent's weights; rank and targets must be the parent's."""
    config = check_adapter(folder)
    ours = {"r": settings.rank, "lora_alpha": settings.alpha, "target_modules": targets}
    theirs = {name: sorted(config[name]) if name == "target_modules" else config[name] for name in ours}
    if ours != theirs:
        raise AdapterMismatchError(
            f"the parent's adapter has {theirs}, the settings ask for {ours}",
            limit="rank, alpha and targets of a refinement are its parent's",
            remedy="copy rank, alpha and targets from the parent's settings",
            parent=theirs,
            settings=ours,
        )
    result = set_peft_model_state_dict(model, load_file(folder / WEIGHTS))
    if result.unexpected_keys:
        raise AdapterMismatchError(
            f"the parent's adapter has weights this base lacks: {result.unexpected_keys[:3]}",
            limit="the parent's base",
            remedy="refine on the base the parent was trained on",
        )


def _uses_bitsandbytes(settings: Settings) -> bool:
    return settings.method == "qlora" and settings.quantizer == "bitsandbytes"


def _bitsandbytes_config(settings: Settings) -> Any:
    try:
        import bitsandbytes  # noqa: F401
    except ImportError as cause:
        raise BackendMissingError(
            "quantizer bitsandbytes was chosen, but it cannot be imported",
            limit="bitsandbytes 0.50 or newer",
            remedy="install bitsandbytes, or set quantizer to own",
        ) from cause
    import transformers

    return transformers.BitsAndBytesConfig(
        load_in_4bit=True,
        bnb_4bit_quant_type="nf4",
        bnb_4bit_use_double_quant=True,
        bnb_4bit_compute_dtype=getattr(torch, settings.precision),
        llm_int8_skip_modules=list(KEEP_FULL),
    )
