"""Base models: found, checked, digested and loaded. Only safetensors, never code from the repository."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from ..canonical import digest, file_sha256
from ..errors import BaseNotFoundError, RemoteCodeError, UnsafeWeightsError
from ..profile import ATTENTION
from .families import Family, family_of

SAFE_PATTERNS = ("*.safetensors", "*.safetensors.index.json", "*.json", "*.txt", "*.model", "*.jinja")
"""What is fetched from a hub; pickles (*.bin, *.pt) and Python files are never fetched."""


def find_base(base: str, revision: str | None = None, download: bool = False) -> Path:
    """A local directory, or a hub repository at a fixed revision when `download` is allowed."""
    if Path(base).is_dir():
        return Path(base)
    if not download or revision is None:
        raise BaseNotFoundError(
            f"base {base!r} is not a local directory",
            limit="a directory with config.json, tokenizer and safetensors",
            remedy="pass a directory, or a hub repository with --revision COMMIT --download",
            base=base,
        )
    os.environ["HF_HUB_OFFLINE"] = "0"
    import huggingface_hub

    try:
        return Path(huggingface_hub.snapshot_download(base, revision=revision, allow_patterns=list(SAFE_PATTERNS)))
    except Exception as cause:  # the hub client raises its own, requests' and the system's errors
        raise BaseNotFoundError(
            f"base {base!r} at {revision} could not be fetched: {cause}",
            limit="a reachable hub repository",
            remedy="check the name and the network, or pass a local directory; this says nothing about the model",
            base=base,
            revision=revision,
        ) from cause


def check_base(path: Path) -> tuple[Family, dict[str, Any]]:
    """Refuses unknown families, remote code and weights that are not safetensors, before anything is loaded."""
    try:
        config = json.loads((path / "config.json").read_text())
    except (OSError, json.JSONDecodeError) as cause:
        raise BaseNotFoundError(
            f"{path.name}/config.json cannot be read: {cause}", limit="a JSON file", remedy="pass a complete base model"
        ) from cause
    family = family_of(config.get("model_type"))
    tokenizer_file = path / "tokenizer_config.json"
    tokenizer = json.loads(tokenizer_file.read_text()) if tokenizer_file.exists() else {}
    if "auto_map" in config or "auto_map" in tokenizer:
        raise RemoteCodeError(
            f"{path.name} wants to load code from its own repository (auto_map)",
            limit="remote code is never run",
            remedy="use a base whose architecture is part of transformers",
        )
    if not list(path.glob("*.safetensors")):
        found = sorted(file.name for file in path.iterdir() if file.suffix in (".bin", ".pt", ".pth", ".pkl"))
        raise UnsafeWeightsError(
            f"{path.name} has no safetensors weights" + (f", only {', '.join(found)}" if found else ""),
            limit="safetensors only: other formats can run code when they are loaded",
            remedy="convert the weights to safetensors first",
            found=found,
        )
    return family, config


def base_files(path: Path) -> dict[str, str]:
    """Digest of every file that decides what the base computes, by name."""
    kept = (".safetensors", ".json", ".txt", ".model", ".jinja")
    return {file.name: file_sha256(file) for file in sorted(path.iterdir()) if file.is_file() and file.suffix in kept}


def base_digest(path: Path) -> str:
    """One digest of the base: of the list of its files' digests."""
    return digest(base_files(path))


def load_tokenizer(path: Path) -> Any:
    """The base's own fast tokenizer; offsets into the text are needed to mask the prompt."""
    import transformers

    tokenizer = transformers.AutoTokenizer.from_pretrained(path, trust_remote_code=False, local_files_only=True)
    if tokenizer.pad_token_id is None:
        tokenizer.pad_token = tokenizer.eos_token
    return tokenizer


def load_model(path: Path, *, precision: str, device: str, quantization_config: Any = None) -> Any:
    """The base in full precision, or quantised on load by bitsandbytes when a config is given."""
    import torch
    import transformers

    check_base(path)
    extra = {} if quantization_config is None else {"quantization_config": quantization_config, "device_map": device}
    model = transformers.AutoModelForCausalLM.from_pretrained(
        path,
        dtype=getattr(torch, precision),
        attn_implementation=ATTENTION,
        trust_remote_code=False,
        use_safetensors=True,
        local_files_only=True,
        **extra,
    )
    model.config.use_cache = False
    return model if extra else model.to(device)


def linear_names(model: Any) -> set[str]:
    """Last names of the model's linear layers (GPT-2's Conv1D is one)."""
    import torch
    from transformers.pytorch_utils import Conv1D

    kinds = (torch.nn.Linear, Conv1D)
    return {name.rpartition(".")[2] for name, module in model.named_modules() if isinstance(module, kinds)}
