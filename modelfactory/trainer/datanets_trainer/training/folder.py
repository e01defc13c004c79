"""The files of a run's folder."""

from __future__ import annotations

from pathlib import Path

SETTINGS = "settings.json"
REQUEST = "request.json"
DATASET = "dataset.json"
EVENTS = "events.jsonl"
CONTROL = "control.json"
CHECKPOINTS = "checkpoints"
ADAPTER = "adapter"
SCORES = "scores.json"
METRICS = "metrics.json"
SELF_TEST = "self-test.json"
INDEX = "index"
MANIFEST = "manifest.json"


class RunFolder:
    """Paths inside one run's folder."""

    def __init__(self, root: Path):
        self.root = root

    def __truediv__(self, name: str) -> Path:
        return self.root / name

    @property
    def started(self) -> bool:
        return (self.root / REQUEST).exists()

    @property
    def finished(self) -> bool:
        """The manifest is the last file written."""
        return (self.root / MANIFEST).exists()

    def reproducible_files(self) -> list[str]:
        """Files whose bytes a second run must give again."""
        names = [SETTINGS, DATASET, SCORES, METRICS, SELF_TEST]
        names += [f"{folder}/{path.name}" for folder in (ADAPTER, INDEX) for path in (self.root / folder).glob("*")]
        return sorted(name for name in names if (self.root / name).is_file())
