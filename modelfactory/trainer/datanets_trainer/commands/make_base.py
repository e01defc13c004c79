"""make-base --family NAME --out DIR: a tiny random model, optionally pre-trained on text files."""

from __future__ import annotations

import argparse
from pathlib import Path

from ..settings import Settings
from .common import answer, quiet

SHAPE = ("vocabulary", "hidden", "layers", "heads", "positions")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--family", required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--text", type=Path, action="append", default=[], help="text for tokenizer and pre-training")
    parser.add_argument("--pretrain-steps", type=int, default=0)
    for name in SHAPE:
        parser.add_argument(f"--{name}", type=int)


def execute(options: argparse.Namespace) -> None:
    from .. import profile

    defaults = Settings()
    profile.prepare(defaults.profile, defaults.device, defaults.threads)
    quiet()
    from ..models.make_base import make_base

    profile.apply(defaults.profile, defaults.device, defaults.threads)
    shape = {name: getattr(options, name) for name in SHAPE if getattr(options, name) is not None}
    texts = [path.read_text(encoding="utf-8") for path in options.text]
    answer(
        make_base(options.out, options.family, seed=options.seed, texts=texts, steps=options.pretrain_steps, **shape)
    )
