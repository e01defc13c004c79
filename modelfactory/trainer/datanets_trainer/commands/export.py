"""export --base DIR --adapter DIR --out DIR: merge into full precision, reload, compare."""

from __future__ import annotations

import argparse
from pathlib import Path

from .common import answer, load_settings, quiet


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--base", required=True)
    parser.add_argument("--adapter", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--precision", choices=("float32", "bfloat16"), default="float32")


def execute(options: argparse.Namespace) -> None:
    load_settings(None)
    quiet()
    from ..models.base import find_base
    from ..models.export import export_merged

    answer(export_merged(find_base(options.base), options.adapter, options.out, options.precision))
