"""evaluate: loss of an adapter beside its base, on every row of --data."""

from __future__ import annotations

import argparse
from pathlib import Path

from .common import add_run_inputs, answer, load_settings, quiet


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_run_inputs(parser)
    parser.add_argument("--adapter", type=Path, required=True)


def execute(options: argparse.Namespace) -> None:
    from dataclasses import replace
    from decimal import Decimal

    settings = replace(load_settings(options.settings), validation_share=Decimal(0))
    quiet()
    from peft import PeftModel

    from ..data.dataset import build_dataset
    from ..data.sources import read_sources
    from ..models.adapter import check_adapter
    from ..models.base import find_base, load_model, load_tokenizer
    from ..profile import apply
    from ..training.evaluation import evaluation_batches, held_out_loss, perplexity

    apply(settings.profile, settings.device, settings.threads)
    base = find_base(options.base, options.revision, options.download)
    check_adapter(options.adapter)
    tokenizer = load_tokenizer(base)
    rows = build_dataset(read_sources(options.data), tokenizer, settings).train
    batches = evaluation_batches(rows, tokenizer.pad_token_id, settings.device)
    model = load_model(base, precision=settings.precision, device=settings.device)
    before = held_out_loss(model, batches)
    after = held_out_loss(PeftModel.from_pretrained(model, options.adapter), batches)
    losses = {"base": before, "tuned": after}
    answer(
        {
            "type": "evaluated",
            "rows": len(rows),
            "loss": losses,
            "perplexity": {name: perplexity(loss) for name, loss in losses.items()},
        }
    )
