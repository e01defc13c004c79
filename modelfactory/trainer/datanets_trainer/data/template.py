"""Chats as text, and which characters of it the assistant wrote.

The base's own chat template is used when it has one, otherwise the neutral one below. The assistant's characters are
found by rendering the chat turn by turn, so templates need no generation markers; a template that rewrites earlier
turns is refused instead of being masked wrongly.
"""

from __future__ import annotations

from typing import Any

from ..errors import TemplateError
from .examples import Message

NEUTRAL = (
    "{% for message in messages %}{{ '<|' + message['role'] + '|>\n' + message['content'] }}"
    "{% if message['role'] == 'assistant' %}{{ eos_token }}{% endif %}{{ '\n' }}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|assistant|>\n' }}{% endif %}"
)


def template_of(tokenizer: Any) -> str:
    template = tokenizer.chat_template
    if isinstance(template, dict):
        template = template.get("default")
    return template or NEUTRAL


def render(tokenizer: Any, messages: list[Message], *, answer_next: bool = False) -> str:
    """The chat as text; with `answer_next` it ends where the assistant's answer begins."""
    return tokenizer.apply_chat_template(
        messages, chat_template=template_of(tokenizer), tokenize=False, add_generation_prompt=answer_next
    )


def answer_ranges(tokenizer: Any, messages: tuple[Message, ...]) -> tuple[str, list[tuple[int, int]]]:
    """The whole text and the (start, end) character ranges the assistant wrote, end markers included."""
    text = render(tokenizer, list(messages))
    ranges: list[tuple[int, int]] = []
    for place, message in enumerate(messages):
        if message["role"] != "assistant":
            continue
        before = render(tokenizer, list(messages[:place]), answer_next=True)
        after = render(tokenizer, list(messages[: place + 1]))
        if not text.startswith(before) or not text.startswith(after):
            raise TemplateError(
                f"the base's chat template writes turn {place} differently once later turns follow",
                limit="templates that only ever append",
                remedy="set trainOnPrompt to true, or give the base a template that appends",
                turn=place,
            )
        ranges.append((len(before), len(after)))
    return text, ranges
