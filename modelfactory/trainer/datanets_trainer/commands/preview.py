"""preview: what a run would train on, before it starts."""

from __future__ import annotations

import argparse

from .common import add_run_inputs, answer, load_settings, quiet


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_run_inputs(parser)
    parser.add_argument("--show", type=int, default=5, help="rows shown with their tokens")


def execute(options: argparse.Namespace) -> None:
    settings = load_settings(options.settings)
    quiet()
    from ..data.dataset import build_dataset
    from ..data.preview import preview
    from ..data.sources import read_sources
    from ..models.base import check_base, find_base, load_tokenizer

    base = find_base(options.base, options.revision, options.download)
    check_base(base)
    tokenizer = load_tokenizer(base)
    evaluation = read_sources(options.evaluation) if options.evaluation else None
    dataset = build_dataset(read_sources(options.data), tokenizer, settings, evaluation)
    answer(preview(dataset, tokenizer, options.show))
