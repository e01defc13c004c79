"""Which contributions shaped an answer: by gradient score, and by the words they share."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

from ..attribution import index as gradient_index
from ..attribution.index import GradientIndex
from ..attribution.spans import SpanIndex
from ..data.encoding import encode
from ..data.examples import Example, Message
from ..errors import DataError
from .session import Session

LONGEST_ANSWER = 4096


class Explainer:
    """The index of one run, loaded once."""

    def __init__(self, folder: Path):
        try:
            self.facts = json.loads((folder / "index.json").read_text())
            self.gradients = GradientIndex.load(folder, self.facts["rank"])
            self.spans = SpanIndex.load(folder)
        except (OSError, KeyError, ValueError) as cause:
            raise DataError(
                f"{folder} holds no index of a run: {cause}",
                limit="the index folder of a run trained with attribution",
                remedy="train with attribution, or load the index from the run's folder",
            ) from cause

    def explain(self, session: Session, name: str, messages: list[Message], answer: str, top: int) -> dict[str, Any]:
        """Contributions with their estimated influence on this answer, and quotes with where they stand."""
        session.activate(name)
        turns = (*messages, {"role": "assistant", "content": answer})
        query = encode(Example("answer#0", 0, turns), session.tokenizer, LONGEST_ANSWER, train_on_prompt=False)
        scores = next(
            self.gradients.scores(session.model, query, session.tokenizer.pad_token_id, session.device, adapter=name)
        )
        totals: dict[str, float] = defaultdict(float)
        for row, score in zip(self.facts["rows"], scores.tolist(), strict=True):
            totals[row["contribution"]] += score
        whole = sum(value for value in totals.values() if value > 0)
        ranked = sorted(totals, key=lambda contribution: (-totals[contribution], contribution))[:top]
        return {
            "method": gradient_index.METHOD,
            "meaning": "estimated influence on this answer",
            "contributions": [
                {
                    "contribution": contribution,
                    "contributor": self.facts["contributors"][contribution],
                    "score": totals[contribution],
                    "part": max(0.0, totals[contribution]) / whole if whole > 0 else 0.0,
                }
                for contribution in ranked
            ],
            "quotes": [self._quote(span) for span in self.spans.spans(answer)[:top]],
        }

    def _quote(self, span: Any) -> dict[str, Any]:
        contribution = self.facts["texts"][span.text]
        contributor = self.facts["contributors"][contribution]
        return {**span.to_json(), "contribution": contribution, "contributor": contributor}
