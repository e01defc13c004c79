"""Export: the adapter merged into its full-precision base, checked by loading the result again.

Never into a 4-bit base: both known NF4 paths corrupt the merge silently. An adapter trained on 4 bits is merged into
the full-precision weights it was quantised from.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from peft import PeftModel

from ..canonical import digest, write_canonical
from ..errors import ExportMismatchError, MergeRefusedError
from .adapter import check_adapter
from .base import base_files, check_base, load_model, load_tokenizer

TOLERANCE = {"float32": 1e-3, "bfloat16": 0.25}
"""Largest difference of a logit; rounding the merged weight to the base's precision is all that may differ."""
PROBE_TOKENS = 64
REPORT = "export.json"


def export_merged(base: Path, adapter: Path, out: Path, precision: str = "float32") -> dict[str, Any]:
    """Writes the merged model to `out`; raises ExportMismatchError and leaves no report when it answers differently."""
    _, config = check_base(base)
    if "quantization_config" in config:
        raise MergeRefusedError(
            f"{base.name} is a quantised base",
            limit="full-precision bases only: a merge into 4 bits loses the adapter silently",
            remedy="export against the full-precision weights this base was made from",
        )
    check_adapter(adapter)
    tokenizer = load_tokenizer(base)
    model = PeftModel.from_pretrained(load_model(base, precision=precision, device="cpu"), adapter).eval()
    probe = _probe(tokenizer, model.config.vocab_size)
    with torch.no_grad():
        before = model(input_ids=probe).logits.float()
    merged = model.merge_and_unload(safe_merge=True)
    merged.save_pretrained(out, safe_serialization=True)
    tokenizer.save_pretrained(out)
    with torch.no_grad():
        after = load_model(out, precision=precision, device="cpu").eval()(input_ids=probe).logits.float()
    worst = (before - after).abs().max().item()
    if not worst <= TOLERANCE[precision]:
        raise ExportMismatchError(
            f"the exported model's logits differ by {worst:.3g} from the adapter on its base",
            limit=f"{TOLERANCE[precision]} in {precision}",
            remedy="do not use the exported folder; serve the adapter on its base, or export in float32",
            difference=worst,
        )
    files = base_files(out)
    write_canonical(out / REPORT, {"files": files, "digest": digest(files), "precision": precision})
    return {"type": "exported", "path": str(out), "digest": digest(files), "largestLogitDifference": worst}


def _probe(tokenizer: Any, vocabulary: int) -> torch.Tensor:
    """Tokens from the whole vocabulary, the same for every export of a base."""
    generator = torch.Generator().manual_seed(0)
    return torch.randint(0, min(len(tokenizer), vocabulary), (2, PROBE_TOKENS), generator=generator)
