"""Tiny bases made on the spot, a small list of contributions, and the pinned profile, set before torch is imported."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from datanets_trainer import profile

profile.prepare("pinned", "cpu", 1)
profile.apply("pinned", "cpu", 1)

from datanets_trainer.commands.common import quiet  # noqa: E402
from datanets_trainer.models.make_base import make_base  # noqa: E402
from datanets_trainer.settings import Settings  # noqa: E402
from datanets_trainer.training.control import Control  # noqa: E402
from datanets_trainer.training.events import Events  # noqa: E402
from datanets_trainer.training.run import Request, run  # noqa: E402

PLACES = ("bramble", "cordel", "dunmere", "eskwood", "fallow", "girn", "hesper", "ivel")
KINDS = {"color": ("red", "blue", "green", "white"), "animal": ("fox", "owl", "bear", "hare")}
TRAINER = Path(__file__).parents[1]

quiet()


def contribution(number: int) -> str:
    return f"0x{number:064x}"


def contributor(number: int) -> str:
    return f"0x{number:040x}"


def fact_rows(places: tuple[str, ...]) -> str:
    """JSON lines of chats: two facts per place."""
    rows = []
    for number, place in enumerate(places):
        for kind, values in KINDS.items():
            value = values[(number + len(place)) % len(values)]
            question = {"role": "user", "content": f"What is the {kind} of {place}?"}
            answer = {"role": "assistant", "content": f"The {kind} of {place} is {value}."}
            rows.append(json.dumps({"messages": [question, answer]}))
    return "\n".join(rows)


def source(number: int, account: int, text: str, kind: str = "jsonl") -> dict[str, str]:
    return {"contribution": contribution(number), "contributor": contributor(account), "format": kind, "text": text}


def write_sources(path: Path, rows: list[dict[str, str]]) -> Path:
    path.write_text("\n".join(map(json.dumps, rows)) + "\n")
    return path


def small_settings(**changes: object) -> Settings:
    """A run of seconds."""
    values = {"learningRate": "0.005", "epochs": 4, "batchSize": 4, "accumulation": 1, "cutoff": 96, "rank": 4}
    return Settings.from_json({**values, "datainf": False, **changes})


@pytest.fixture(scope="session")
def bases(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The tiny base of a family, made once."""
    root = tmp_path_factory.mktemp("bases")

    def base(family: str) -> Path:
        folder = root / family
        if not folder.exists():
            make_base(folder, family, texts=[fact_rows(PLACES)], vocabulary=384)
        return folder

    return base


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Four contributions by three contributors, one of them a copy."""
    rows = [source(n, 100 + n % 2, fact_rows(PLACES[3 * n : 3 * n + 3])) for n in range(2)]
    rows.append(source(7, 102, fact_rows(PLACES[6:])))
    rows.append(source(9, 109, fact_rows(PLACES[:3])))
    return write_sources(tmp_path / "data.jsonl", rows)


@pytest.fixture
def train(tmp_path: Path, bases: Callable[[str], Path], data: Path) -> Callable[..., Path]:
    """Runs the trainer in this process; returns the run's folder."""

    def go(name: str = "run", family: str = "llama", *, parent: Path | None = None, **changes: object) -> Path:
        out = tmp_path / name
        settings = small_settings(**changes)
        request = Request(base=str(bases(family)), data=data, out=out, settings=settings, parent=parent)
        run(request, Events(out / "events.jsonl", io.StringIO()), Control())
        return out

    return go


def events_of(folder: Path, kind: str) -> list[dict]:
    rows = [json.loads(line) for line in (folder / "events.jsonl").read_text().splitlines()]
    return [row for row in rows if row["type"] == kind]


def command(*arguments: object, **options: object) -> subprocess.Popen:
    """Starts the command line in a process of its own."""
    words = [sys.executable, "-m", "datanets_trainer", *map(str, arguments)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "stdin": subprocess.PIPE, "text": True}
    return subprocess.Popen(words, cwd=TRAINER, **{**pipes, **options})
