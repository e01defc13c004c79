"""One base with any number of adapters: answers side by side at the same seed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
import transformers
from peft import PeftModel

from ..data.examples import Message
from ..data.template import render
from ..errors import UsageError
from ..models.adapter import check_adapter
from ..models.base import load_model, load_tokenizer

BASE = "base"
Said = Callable[[str], None]


class Session:
    """The loaded models. `base` is the name of the base itself; every other name is an adapter."""

    def __init__(self, base: Path, adapters: dict[str, Path], precision: str = "float32", device: str = "cpu"):
        self.device = device
        self.tokenizer = load_tokenizer(base)
        self.model = load_model(base, precision=precision, device=device)
        self.adapters = dict(adapters)
        for name, folder in adapters.items():
            if name == BASE or not name.isidentifier():
                raise UsageError(
                    f"an adapter cannot be called {name!r}", limit="a plain name other than base", remedy="rename it"
                )
            check_adapter(folder)
            if isinstance(self.model, PeftModel):
                self.model.load_adapter(str(folder), adapter_name=name, is_trainable=True)
            else:
                self.model = PeftModel.from_pretrained(self.model, folder, adapter_name=name, is_trainable=True)
        self.model.eval()

    def activate(self, name: str) -> None:
        if name not in self.adapters:
            raise UsageError(
                f"no adapter is loaded as {name!r}",
                limit=f"loaded: {', '.join((BASE, *self.adapters))}",
                remedy="load it first, or ask one of these",
            )
        self.model.set_adapter(name)

    def answer(self, name: str, messages: list[Message], options: dict[str, Any], said: Said) -> dict[str, Any]:
        """Generates one answer; `said` gets each new piece of text."""
        if name == BASE and self.adapters:
            with self.model.disable_adapter():
                return self._generate(messages, options, said)
        if name != BASE:
            self.activate(name)
        return self._generate(messages, options, said)

    @torch.no_grad()
    def _generate(self, messages: list[Message], options: dict[str, Any], said: Said) -> dict[str, Any]:
        prompt = render(self.tokenizer, messages, answer_next=True)
        ids = self.tokenizer(prompt, add_special_tokens=False, return_tensors="pt").input_ids.to(self.device)
        temperature = float(options.get("temperature", 0))
        sampling = {"temperature": temperature, "top_p": float(options.get("topP", 1))} if temperature > 0 else {}
        torch.manual_seed(int(options.get("seed", 0)))
        out = self.model.generate(
            input_ids=ids,
            attention_mask=torch.ones_like(ids),
            max_new_tokens=int(options.get("maxTokens", 128)),
            do_sample=bool(sampling),
            pad_token_id=self.tokenizer.pad_token_id,
            eos_token_id=self.tokenizer.eos_token_id,
            streamer=_Streamer(self.tokenizer, said),
            **sampling,
        )
        new = out[0, ids.shape[1] :]
        return {"text": self.tokenizer.decode(new, skip_special_tokens=True), "tokens": len(new)}


class _Streamer(transformers.TextStreamer):
    """Hands finished words to a callback instead of printing them."""

    def __init__(self, tokenizer: Any, said: Said):
        super().__init__(tokenizer, skip_prompt=True, skip_special_tokens=True)
        self.said = said

    def on_finalized_text(self, text: str, stream_end: bool = False) -> None:
        if text:
            self.said(text)
