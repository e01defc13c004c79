"""The rule that turns a text contribution into examples.

1. If every non-empty line is a JSON object, or the whole text is a JSON array of objects, each object is a row:
   - `messages` [{role, content}] or `conversations` [{from, value}]: a chat;
   - `instruction` (+ `input`, `system`, `history`) and `output`: Alpaca;
   - `prompt` and `completion`: one question, one answer;
   - `text`: plain text.
   A row of another shape, or without an answer, is skipped and reported with its number and reason.
2. Otherwise a block (text between blank lines) that starts with `Q:` and has a later line that starts with `A:` is one
   question, one answer.
3. Everything else is plain text. Markdown loses its front matter and is split before each heading; plain text is one
   piece. A piece longer than the cutoff is continued in further examples; nothing of it is lost.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

from .sources import Source

Message = dict[str, str]
ROLES = {
    "human": "user",
    "gpt": "assistant",
    "user": "user",
    "assistant": "assistant",
    "system": "system",
    "observation": "user",
}
FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
HEADING = re.compile(r"(?m)^(?=#{1,6} )")
FENCE = re.compile(r"(?m)^(?:```|~~~)")
QUESTION = re.compile(r"\AQ:\s*(?P<question>.+?)\n\s*A:\s*(?P<answer>.+)\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Example:
    """One thing to learn: a chat, or a piece of text."""

    id: str
    """`<contribution>#<number>`"""
    source: int
    """Place of the contribution in the source list."""
    messages: tuple[Message, ...] = ()
    text: str = ""

    def plain(self) -> str:
        """The words alone, for duplicates and spans."""
        return self.text or "\n".join(message["content"] for message in self.messages)


@dataclass(slots=True)
class Reading:
    """What the rule made of a contribution."""

    examples: list[Example] = field(default_factory=list)
    skipped: list[dict[str, Any]] = field(default_factory=list)
    """Rows left out: contribution, row number, reason."""


def read_examples(sources: list[Source]) -> Reading:
    """Applies the rule to every source, in order."""
    reading = Reading()
    for place, source in enumerate(sources):
        number = 0
        for row, made in enumerate(_pieces(source), start=1):
            if isinstance(made, str):
                reading.skipped.append({"contribution": source.contribution, "row": row, "reason": made})
                continue
            reading.examples.append(Example(f"{source.contribution}#{number}", place, **made))
            number += 1
    return reading


def _pieces(source: Source) -> list[dict[str, Any] | str]:
    """Keyword arguments of an Example each, or the reason a row was skipped."""
    text = source.text.replace("\r\n", "\n").lstrip("﻿").strip()
    rows = _rows(text)
    if rows is not None:
        return [_from_row(row) for row in rows]
    if source.format == "md":
        text = FRONT_MATTER.sub("", text + "\n").strip()
    pieces: list[dict[str, Any] | str] = []
    for section in _sections(text) if source.format == "md" else [text]:
        pieces += _from_prose(section)
    return pieces


def _rows(text: str) -> list[Any] | None:
    """The rows of a JSON-lines or JSON-array text, None when it is neither."""
    try:
        if text.startswith("["):
            rows = json.loads(text)
        elif text.startswith("{"):
            rows = [json.loads(line) for line in text.splitlines() if line.strip()]
        else:
            return None
    except json.JSONDecodeError:
        return None
    return rows if isinstance(rows, list) and rows and all(isinstance(row, dict) for row in rows) else None


def _from_row(row: dict[str, Any]) -> dict[str, Any] | str:
    if "messages" in row or "conversations" in row:
        return _chat(row.get("messages") or row.get("conversations"), row.get("system"))
    if "instruction" in row and "output" in row:
        history = [turn for pair in row.get("history") or [] for turn in _pair(*map(str, pair))]
        asked = "\n".join(part for part in (str(row["instruction"]), str(row.get("input") or "")) if part)
        return _chat(history + _pair(asked, str(row["output"])), row.get("system"))
    if "prompt" in row and "completion" in row:
        return _chat(_pair(str(row["prompt"]), str(row["completion"])), row.get("system"))
    if isinstance(row.get("text"), str):
        return {"text": row["text"].strip()} if row["text"].strip() else "the text is empty"
    return f"unknown row with the keys {', '.join(sorted(row))}"


def _pair(question: str, answer: str) -> list[Message]:
    return [{"role": "user", "content": question}, {"role": "assistant", "content": answer}]


def _chat(turns: Any, system: Any = None) -> dict[str, Any] | str:
    if not isinstance(turns, list) or not all(isinstance(turn, dict) for turn in turns):
        return "the turns are not a list of objects"
    messages = [{"role": "system", "content": system}] if isinstance(system, str) and system else []
    for turn in turns:
        role = ROLES.get(str(turn.get("role", turn.get("from"))))
        content = turn.get("content", turn.get("value"))
        if role is None or not isinstance(content, str):
            return f"turn {len(messages)} has no known role or no text"
        messages.append({"role": role, "content": content})
    if not any(message["role"] == "assistant" and message["content"].strip() for message in messages):
        return "there is no answer by the assistant"
    return {"messages": tuple(messages)}


def _sections(text: str) -> list[str]:
    """Splits before headings, but never inside a fenced block of code."""
    sections: list[str] = []
    for part in HEADING.split(text):
        if sections and len(FENCE.findall(sections[-1])) % 2:
            sections[-1] += part
        else:
            sections.append(part)
    return [section for section in sections if section.strip()]


def _from_prose(text: str) -> list[dict[str, Any] | str]:
    pieces: list[dict[str, Any] | str] = []
    prose: list[str] = []

    def flush() -> None:
        joined = "\n\n".join(prose).strip()
        if joined:
            pieces.append({"text": joined})
        prose.clear()

    for block in re.split(r"\n\s*\n", text):
        match = QUESTION.match(block.strip())
        if match is None:
            prose.append(block)
            continue
        flush()
        pieces.append({"messages": tuple(_pair(match["question"].strip(), match["answer"].strip()))})
    flush()
    return pieces
