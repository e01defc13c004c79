"""reload --pairs FILE: load adapters with stock transformers and peft, none of our code, and compare with the base.

FILE is a JSON list of {"name", "base", "adapter", "text"}. One line per pair: the loss of base and adapted model on the
text, and the largest difference of a logit, which is not zero when the adapter does anything.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from .common import answer, quiet

MOST_TOKENS = 256


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--pairs", type=Path, required=True)


def execute(options: argparse.Namespace) -> None:
    quiet()
    pairs = json.loads(options.pairs.read_text())
    for pair in pairs:
        answer({"type": "reloaded", "name": pair["name"], **_reload(pair)})
    answer({"type": "result", "count": len(pairs)})


def _reload(pair: dict[str, str]) -> dict[str, Any]:
    import torch
    import transformers
    from peft import PeftModel

    tokenizer = transformers.AutoTokenizer.from_pretrained(pair["base"])
    base = transformers.AutoModelForCausalLM.from_pretrained(pair["base"], dtype=torch.float32).eval()
    ids = tokenizer(pair["text"], return_tensors="pt").input_ids[:, :MOST_TOKENS]
    with torch.no_grad():
        before = base(input_ids=ids, labels=ids)
        after = PeftModel.from_pretrained(base, pair["adapter"]).eval()(input_ids=ids, labels=ids)
    return {
        "loss": {"base": before.loss.item(), "tuned": after.loss.item()},
        "largestLogitDifference": (before.logits - after.logits).abs().max().item(),
    }
