"""What makes a run reproducible: versions, seed, profile and the digest of every file. No clock in it."""

from __future__ import annotations

import importlib.metadata
import platform
from functools import cache
from pathlib import Path
from typing import Any

from . import __version__
from .canonical import file_sha256

LIBRARIES = ("torch", "transformers", "peft", "safetensors", "accelerate", "tokenizers", "numpy")


def versions(quantizer: str | None = None) -> dict[str, str]:
    """Library versions that can change a result; bitsandbytes only where it was used."""
    names = (*LIBRARIES, "bitsandbytes") if quantizer == "bitsandbytes" else LIBRARIES
    return {
        "datanets-trainer": __version__,
        "python": platform.python_version(),
        **{name: importlib.metadata.version(name) for name in names},
    }


@cache
def code_digest() -> dict[str, str]:
    """Digest of every Python file of this package, by path, taken once: of what was loaded, not what changed since."""
    root = Path(__file__).parent
    return {str(path.relative_to(root)): file_sha256(path) for path in sorted(root.rglob("*.py"))}


def file_digests(folder: Path, names: list[str]) -> dict[str, str]:
    return {name: file_sha256(folder / name) for name in sorted(names)}


def manifest(**parts: Any) -> dict[str, Any]:
    return {"type": "datanets-trainer-manifest/1", **parts}
