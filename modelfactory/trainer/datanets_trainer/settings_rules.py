"""What each setting may be, alone and beside the others. All problems are reported at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .settings import Settings

WORDS = {
    "method": ("lora", "qlora"),
    "scheduler": ("cosine", "linear", "constant"),
    "precision": ("float32", "bfloat16"),
    "device": ("cpu", "cuda"),
    "profile": ("pinned", "free"),
    "quantizer": ("own", "bitsandbytes"),
}

RANGES = {
    "epochs": (1, 1000),
    "max_steps": (0, 10_000_000),
    "batch_size": (1, 4096),
    "accumulation": (1, 4096),
    "cutoff": (8, 1_048_576),
    "rank": (1, 1024),
    "alpha": (1, 8192),
    "seed": (0, 2**32 - 1),
    "threads": (1, 1024),
    "save_every": (1, 10_000_000),
    "keep_checkpoints": (1, 1000),
    "log_every": (1, 1_000_000),
    "attribution_every": (0, 1_000_000),
    "self_test": (0, 3),
    "memory_limit_bytes": (0, 2**53 - 1),
    "warmup_ratio": (0, 1),
    "clip": (0, 1_000_000),
    "weight_decay": (0, 1),
    "near_duplicate": (0, 1),
}


def problems_of(settings: Settings) -> list[dict[str, str]]:
    """Every problem as setting, message (with the value), limit and remedy."""
    return [
        {"setting": name, "message": message, "limit": limit, "remedy": remedy}
        for name, message, limit, remedy in (*_alone(settings), *_together(settings))
    ]


Problem = tuple[str, str, str, str]


def _alone(s: Settings) -> Iterator[Problem]:
    for name, words in WORDS.items():
        value = getattr(s, name)
        if value not in words:
            yield name, f"{name} is {value!r}", f"one of {', '.join(words)}", "choose one of these"
    for name, (least, most) in RANGES.items():
        value = getattr(s, name)
        if not least <= value <= most:
            yield name, f"{name} is {value}", f"{least} to {most}", "choose a value in this range"
    if not 0 < s.learning_rate <= 1:
        yield "learning_rate", f"learning_rate is {s.learning_rate}", "over 0, at most 1", "the usual value is 0.00005"
    for name in ("dropout", "validation_share"):
        value = getattr(s, name)
        if not 0 <= value < 1:
            yield name, f"{name} is {value}", "0 up to, not including, 1", "choose a smaller share"


def _together(s: Settings) -> Iterator[Problem]:
    if s.profile == "pinned" and s.device == "cuda":
        yield "profile", "profile pinned with device cuda", "pinned is a CPU profile", "set profile to free"
    if s.profile == "pinned" and s.precision != "float32":
        yield "profile", f"profile pinned with precision {s.precision}", "pinned needs float32", "set profile to free"
    if s.method == "qlora" and s.quantizer == "bitsandbytes" and s.profile == "pinned":
        yield (
            "quantizer",
            "quantizer bitsandbytes with profile pinned",
            "its kernels follow the CPU",
            "use quantizer own, or set profile to free",
        )
    if s.self_test and not s.attribution:
        yield "self_test", f"self_test is {s.self_test} without attribution", "it tests scores", "turn attribution on"
    if s.datainf and not s.attribution:
        yield "datainf", "datainf without attribution", "it stands beside the scores", "turn both on or both off"
