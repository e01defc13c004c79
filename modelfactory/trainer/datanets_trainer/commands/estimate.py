"""estimate: memory of a run by purpose, from the base's config alone."""

from __future__ import annotations

import argparse
from pathlib import Path

from .common import answer, load_settings, quiet


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--base", required=True)
    parser.add_argument("--revision")
    parser.add_argument("--download", action="store_true")
    parser.add_argument("--settings", type=Path)
    parser.add_argument("--longest", type=int, help="tokens of the longest row; default: the cutoff")


def execute(options: argparse.Namespace) -> None:
    settings = load_settings(options.settings)
    quiet()
    from ..memory import estimate
    from ..models.base import find_base
    from ..profile import apply
    from ..training.progress import machine_memory

    apply(settings.profile, settings.device, settings.threads)
    report = estimate(find_base(options.base, options.revision, options.download), settings, options.longest)
    free = machine_memory(settings.device)
    limit = settings.memory_limit_bytes or free
    answer({**report, "freeBytes": free, "limitBytes": limit, "fits": report["totalBytes"] <= limit})
