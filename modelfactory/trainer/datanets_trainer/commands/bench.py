"""bench --json FILE: step time and attribution's price per family, attribution's quality against retraining."""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path
from time import perf_counter
from typing import Any

from .common import answer, quiet

QUALITY_COLUMNS = ("lds", "shapleySpearman", "payoutDistance", "mislabelledAuc", "sourceRecall", "spammerPaid")
AIMS = {
    "stepRatio": "at most 1.02",
    "attributionShare": "at most 0.2",
    "lds": "at least 0.85",
    "shapleySpearman": "at least 0.95",
    "payoutDistance": "at most 0.05",
    "spammerPaid": "0",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", type=Path, help="write the result to this file too")
    parser.add_argument("--only", choices=("speed", "quality"), help="one half alone")
    parser.add_argument("--device", choices=("cpu", "cuda"), default="cpu")
    parser.add_argument("--lab", type=Path, help="folder of the quality benchmark's base, reused when it is there")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--subsets", type=int, default=40, help="retrainings on random halves, for the LDS")
    parser.add_argument("--permutations", type=int, default=8, help="orders of contributors, each walked both ways")


def execute(options: argparse.Namespace) -> None:
    from .. import profile

    profile.prepare("free", options.device, 1)
    quiet()
    profile.apply("free", options.device, 1)
    started = perf_counter()
    result: dict[str, Any] = {"type": "bench", "aims": AIMS, "seed": options.seed, "device": options.device}
    with tempfile.TemporaryDirectory() as folder:
        if options.only != "quality":
            result |= _speed(Path(folder), options.device)
        if options.only != "speed":
            result |= _quality(Path(folder), options)
    result["seconds"] = round(perf_counter() - started, 1)
    if options.json:
        options.json.write_text(json.dumps(result, indent=2) + "\n")
    answer(result)


def _speed(folder: Path, device: str) -> dict[str, Any]:
    from ..bench.speed import measure_family
    from ..models.tiny import SEVEN_FAMILIES

    measured = {}
    for family in SEVEN_FAMILIES:
        measured[family] = measure_family(folder / family, family, device)
        answer({"type": "speed", "family": family, **measured[family]})
    return {
        "stepRatio": {family: row["stepRatio"] for family, row in measured.items()},
        "attributionShare": {family: row["attributionShare"] for family, row in measured.items()},
        "speed": measured,
    }


def _quality(folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    from ..bench.quality import measure_quality

    quality = measure_quality(
        options.lab or folder / "lab", seed=options.seed, subsets=options.subsets, permutations=options.permutations
    )
    methods = quality.pop("methods")
    for name, row in methods.items():
        answer({"type": "quality", "method": name, **row})
    columns = {column: {name: row[column] for name, row in methods.items()} for column in QUALITY_COLUMNS}
    return {**columns, "quality": quality}
