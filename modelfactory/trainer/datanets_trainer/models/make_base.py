"""Makes a small base model of any family on the spot: random weights from a config, if asked pre-trained on texts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
import transformers

from ..profile import ATTENTION
from .base import base_digest
from .tiny import TinyShape, tiny_config
from .tokenizer import byte_level_tokenizer

PRETRAIN_RATE = 3e-3
PRETRAIN_BATCH = 16
PRETRAIN_LENGTH = 128


def make_base(
    folder: Path, family: str, *, seed: int = 0, texts: list[str] | None = None, steps: int = 0, **shape: int
) -> dict[str, Any]:
    """Saves model and tokenizer to `folder`; `steps` optimizer steps over `texts` teach it their style first."""
    size = TinyShape(**{"vocabulary": 512, **shape})
    tokenizer = byte_level_tokenizer(texts or [], size.vocabulary)
    # The table is a multiple of 64 rows, as real vocabularies are padded.
    rows = -(-len(tokenizer) // 64) * 64
    size = TinyShape(rows, size.hidden, size.layers, size.heads, size.positions)
    torch.manual_seed(seed)
    config = tiny_config(family, size, tokenizer.bos_token_id, tokenizer.eos_token_id, tokenizer.pad_token_id)
    model = transformers.AutoModelForCausalLM.from_config(config, attn_implementation=ATTENTION)
    loss = _pretrain(model, tokenizer, texts or [], steps, seed)
    folder.mkdir(parents=True, exist_ok=True)
    model.save_pretrained(folder, safe_serialization=True)
    tokenizer.save_pretrained(folder)
    return {
        "type": "base",
        "path": str(folder),
        "family": family,
        "modelType": config.model_type,
        "parameters": sum(parameter.numel() for parameter in model.parameters()),
        "vocabulary": len(tokenizer),
        "pretrainLoss": loss,
        "digest": base_digest(folder),
    }


def _pretrain(model: Any, tokenizer: Any, texts: list[str], steps: int, seed: int) -> float | None:
    """Ordinary language modelling over windows of the joined texts; every weight is trained."""
    if steps == 0 or not texts:
        return None
    stream = torch.tensor(tokenizer(tokenizer.eos_token.join(texts), add_special_tokens=False)["input_ids"])
    length = min(PRETRAIN_LENGTH, len(stream) - 1)
    generator = torch.Generator().manual_seed(seed)
    optimizer = torch.optim.AdamW(model.parameters(), lr=PRETRAIN_RATE, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, steps)
    model.train()
    loss = torch.tensor(0.0)
    for _ in range(steps):
        starts = torch.randint(0, len(stream) - length, (PRETRAIN_BATCH,), generator=generator)
        batch = torch.stack([stream[start : start + length] for start in starts.tolist()])
        loss = model(input_ids=batch, labels=batch).loss
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad()
        schedule.step()
    return loss.item()
