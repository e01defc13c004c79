"""The world of the quality benchmark: places with facts, contributors of known quality, questions in other words.

Contributors 0 to 9 know one or two places and are wrong about a share of their facts. A copier repeats one of
them word for word, a spammer answers about others' places at random, an off-topic contributor writes of other things.
"""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, field

from ..data.sources import Source

ATTRIBUTES = {
    "color": ("red", "blue", "green", "white", "black", "gold", "pink", "gray"),
    "animal": ("fox", "owl", "bear", "hare", "wolf", "crow", "frog", "goat"),
    "metal": ("iron", "zinc", "lead", "tin", "brass", "steel", "silver", "copper"),
    "tree": ("oak", "elm", "pine", "ash", "fir", "yew", "birch", "maple"),
}
TRAINED_PHRASES = ("What is the {kind} of {place}?", "Tell me the {kind} of {place}.")
ASKED_PHRASE = "Which {kind} has {place}?"
SYLLABLES = ("ka", "lo", "mi", "ru", "te", "vo", "sha", "ni", "bel", "dor", "fen", "gar")
WRONG_SHARES = (0.0, 0.0, 0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7)
PLACE_COUNTS = (1, 2, 2, 1, 2, 1, 1, 1, 1, 1)
SPAM_ROWS = 12
OFF_TOPIC_ROWS = 8


@dataclass(slots=True)
class World:
    """Contributions, questions, and what is true about them."""

    sources: list[Source]
    questions: list[Source]
    facts: dict[str, tuple[str, bool]] = field(default_factory=dict)
    """Row id → (the fact `place|kind` it is about, whether it is right)."""
    asked: list[str] = field(default_factory=list)
    """Fact of each question, in order."""
    kinds: dict[str, str] = field(default_factory=dict)
    """Contributor → `honest`, `copier`, `spammer` or `off-topic`."""


def place_names(draw: random.Random, count: int) -> list[str]:
    names: set[str] = set()
    while len(names) < count:
        names.add("".join(draw.choice(SYLLABLES) for _ in range(3)))
    return sorted(names)


def pretraining_text(seed: int, places: int = 300) -> str:
    """The same kind of talk about other places, so that the base knows the language but none of the facts."""
    draw = random.Random(seed)
    lines = []
    for place in place_names(draw, places):
        for kind, values in ATTRIBUTES.items():
            value = draw.choice(values)
            for phrase in (*TRAINED_PHRASES, ASKED_PHRASE):
                lines.append(f"<|user|>\n{phrase.format(kind=kind, place=place)}\n<|assistant|>\n{value}</s>\n")
    draw.shuffle(lines)
    return "".join(lines)


def make_world(seed: int) -> World:
    draw = random.Random(seed)
    known = set(place_names(random.Random(0), 300))
    names = [name for name in place_names(draw, sum(PLACE_COUNTS) + 200) if name not in known]
    draw.shuffle(names)
    world = World([], [])
    truth: dict[str, str] = {}
    start = 0
    for number, (count, wrong) in enumerate(zip(PLACE_COUNTS, WRONG_SHARES, strict=True)):
        rows = []
        for place in names[start : start + count]:
            for kind, values in ATTRIBUTES.items():
                fact = f"{place}|{kind}"
                truth[fact] = draw.choice(values)
                said = draw.choice(values) if draw.random() < wrong else truth[fact]
                rows += [(fact, phrase, said) for phrase in TRAINED_PHRASES]
        start += count
        _add(world, number, "honest", rows, truth)
    copied = json.loads("[" + world.sources[2].text.replace("\n", ",") + "]")
    _append(world, 10, "copier", [json.dumps(row) for row in copied])
    facts = sorted(truth)
    spam = [(fact, TRAINED_PHRASES[0], _other(draw, fact, truth)) for fact in draw.sample(facts, SPAM_ROWS)]
    _add(world, 11, "spammer", spam, truth)
    other = [
        (f"{place}|color", TRAINED_PHRASES[1], draw.choice(ATTRIBUTES["color"])) for place in names[-OFF_TOPIC_ROWS:]
    ]
    _add(world, 12, "off-topic", other, {fact: said for fact, _, said in other})
    for number, fact in enumerate(facts):
        place, kind = fact.split("|")
        text = _row(ASKED_PHRASE.format(kind=kind, place=place), truth[fact])
        world.questions.append(Source(f"0x{9000 + number:064x}", f"0x{9000:040x}", "jsonl", text))
        world.asked.append(fact)
    return world


def _other(draw: random.Random, fact: str, truth: dict[str, str]) -> str:
    return draw.choice([value for value in ATTRIBUTES[fact.split("|")[1]] if value != truth[fact]])


def _add(world: World, number: int, kind: str, rows: list[tuple[str, str, str]], truth: dict[str, str]) -> None:
    lines = []
    for place_in_file, (fact, phrase, said) in enumerate(rows):
        place, attribute = fact.split("|")
        lines.append(_row(phrase.format(kind=attribute, place=place), said))
        world.facts[f"0x{number + 1:064x}#{place_in_file}"] = (fact, said == truth[fact])
    _append(world, number, kind, lines)


def _append(world: World, number: int, kind: str, lines: list[str]) -> None:
    contributor = f"0x{number + 1:040x}"
    world.sources.append(Source(f"0x{number + 1:064x}", contributor, "jsonl", "\n".join(lines)))
    world.kinds[contributor] = kind


def _row(question: str, answer: str) -> str:
    return json.dumps({"prompt": question, "completion": answer})
