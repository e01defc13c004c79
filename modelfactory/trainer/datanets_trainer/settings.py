"""The settings of a run: usual names and defaults of the field, checked together before anything starts.

JSON names are camelCase. Decimals are strings in JSON, so that the canonical form, and with it the config digest,
never depends on how a language prints a float.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, fields
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, get_type_hints

from .canonical import digest
from .errors import SettingsError
from .settings_rules import problems_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What it takes, with base and data, to reproduce a run."""

    method: str = "lora"
    """`lora`, or `qlora`: the base's linear layers in 4-bit NF4 with double quantisation."""
    learning_rate: Decimal = Decimal("0.00005")
    epochs: int = 3
    max_steps: int = 0
    """Stop after this many optimizer steps; 0: as many as the epochs give."""
    batch_size: int = 2
    """Examples per forward pass."""
    accumulation: int = 8
    """Forward passes per optimizer step."""
    cutoff: int = 2048
    """Longest example in tokens; a longer row is cut, a longer text is continued in the next example."""
    scheduler: str = "cosine"
    """`cosine`, `linear` or `constant`, after the warm-up."""
    warmup_ratio: Decimal = Decimal("0")
    """Share of the steps over which the learning rate rises from 0."""
    clip: Decimal = Decimal("1")
    """Largest gradient norm; 0: no clipping."""
    weight_decay: Decimal = Decimal("0")
    rank: int = 8
    alpha: int = 16
    dropout: Decimal = Decimal("0")
    targets: tuple[str, ...] = ()
    """Module names LoRA adapts; empty: the family's own."""
    seed: int = 42
    precision: str = "float32"
    """`float32` or `bfloat16`: the base's weights and activations; the adapter is always float32."""
    device: str = "cpu"
    """`cpu` or `cuda`."""
    profile: str = "pinned"
    """`pinned`: kernels that do not follow the CPU, so a run gives the same bytes again; `free`: the fastest."""
    threads: int = 1
    """CPU threads; part of the profile, because matrix products are split by them."""
    quantizer: str = "own"
    """For `qlora`: `own` (pure PyTorch, every device) or `bitsandbytes`."""
    packing: bool = False
    """Several short examples in one row, attention kept inside each."""
    train_on_prompt: bool = False
    """Train the prompt's tokens too, not the answer's alone."""
    gradient_checkpointing: bool = False
    validation_share: Decimal = Decimal("0.1")
    """Share of the examples held out; 0 with no evaluation file: scores are taken against the training loss."""
    near_duplicate: Decimal = Decimal("0.85")
    """Jaccard similarity of 8-character shingles from which two examples are one; 1: exact duplicates only."""
    save_every: int = 100
    """Optimizer steps between checkpoints."""
    keep_checkpoints: int = 2
    log_every: int = 1
    """Optimizer steps between `step` events."""
    attribution: bool = True
    """Score contributions while training."""
    attribution_every: int = 0
    """Optimizer steps between validation gradients; 0: as rare as keeps attribution near a tenth of the compute."""
    datainf: bool = True
    """Compute DataInf beside the scores, as a reference column; it decides no share."""
    self_test: int = 0
    """Contributors (0 to 3) to retrain without, predicted beside measured change."""
    memory_limit_bytes: int = 0
    """Refuse a run estimated above this; 0: what the machine has free."""

    def __post_init__(self) -> None:
        problems = problems_of(self)
        if problems:
            raise SettingsError(
                f"{len(problems)} setting(s) cannot be used: " + "; ".join(p["message"] for p in problems),
                limit="; ".join(f"{p['setting']}: {p['limit']}" for p in problems),
                remedy="; ".join(f"{p['setting']}: {p['remedy']}" for p in problems),
                problems=problems,
            )

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Settings:
        """Reads camelCase JSON; unknown names and wrong types are reported together."""
        hints = get_type_hints(cls)
        known = {camel(field.name): field.name for field in fields(cls)}
        problems: list[dict[str, str]] = []
        arguments: dict[str, Any] = {}
        for name, raw in value.items():
            if name not in known:
                problems.append(_problem(name, f"unknown setting {name!r}", f"one of {', '.join(known)}", "remove it"))
                continue
            try:
                arguments[known[name]] = _parse(hints[known[name]], raw)
            except (TypeError, ValueError, InvalidOperation):
                wanted = _WORDS.get(hints[known[name]], "a list of names")
                problems.append(_problem(name, f"{name} is {json.dumps(raw, default=str)}", wanted, f"pass {wanted}"))
        if problems:
            raise SettingsError(
                f"{len(problems)} setting(s) cannot be read: " + "; ".join(p["message"] for p in problems),
                limit="; ".join(p["limit"] for p in problems),
                remedy="; ".join(p["remedy"] for p in problems),
                problems=problems,
            )
        return cls(**arguments)

    @classmethod
    def load(cls, path: Path | None) -> Settings:
        """Reads a JSON file; None gives the defaults."""
        if path is None:
            return cls()
        try:
            value = json.loads(path.read_text(), parse_float=Decimal)
        except (OSError, json.JSONDecodeError) as cause:
            raise SettingsError(
                f"{path} is no readable JSON: {cause}", limit="a JSON object", remedy="fix the file", problems=[]
            ) from cause
        if not isinstance(value, dict):
            raise SettingsError(f"{path} holds no JSON object", limit="a JSON object", remedy="fix it", problems=[])
        return cls.from_json(value)

    def to_json(self) -> dict[str, Any]:
        """The canonical form: decimals as strings, targets sorted."""
        return {camel(field.name): _plain(getattr(self, field.name)) for field in fields(self)}

    def digest(self) -> str:
        """The config digest of a run."""
        return digest(self.to_json())


def camel(name: str) -> str:
    return re.sub(r"_(\w)", lambda match: match[1].upper(), name)


_WORDS: dict[Any, str] = {
    int: "a whole number",
    Decimal: "a decimal, as a string or number",
    bool: "true or false",
    str: "a word",
}


def _problem(setting: str, message: str, limit: str, remedy: str) -> dict[str, str]:
    return {"setting": setting, "message": message, "limit": limit, "remedy": remedy}


def _parse(kind: Any, raw: Any) -> Any:
    if kind is bool or kind is int or kind is str:
        if type(raw) is not kind:
            raise TypeError
        return raw
    if kind is Decimal:
        if isinstance(raw, bool) or not isinstance(raw, (str, int, float, Decimal)):
            raise TypeError
        value = Decimal(str(raw))
        if not value.is_finite():
            raise ValueError
        return value
    if not isinstance(raw, (list, tuple)) or any(not isinstance(item, str) for item in raw):
        raise TypeError
    return tuple(sorted(set(raw)))


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        text = format(value, "f")
        text = text.rstrip("0").rstrip(".") if "." in text else text
        return "0" if text in ("-0", "") else text
    return list(value) if isinstance(value, tuple) else value
