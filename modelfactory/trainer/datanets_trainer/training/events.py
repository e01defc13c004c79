"""Progress as JSON lines: first appended to the run's `events.jsonl`, then printed. A late reader loses nothing."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import IO, Any


class Events:
    """The run's event log. `sequence` continues across resumes, so a reader can ask for everything after a number."""

    def __init__(self, path: Path | None, stream: IO[str] | None = None):
        self.stream = sys.stdout if stream is None else stream
        self.file = None
        self.sequence = 0
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.exists():
                self.sequence = _mend(path)
            self.file = open(path, "a", encoding="utf-8")  # noqa: SIM115 - closed by close()

    def emit(self, kind: str, **values: Any) -> None:
        self.sequence += 1
        line = json.dumps({"type": kind, "sequence": self.sequence, "at": round(time.time(), 3), **values})
        if self.file is not None:
            self.file.write(line + "\n")
            self.file.flush()
        self.stream.write(line + "\n")
        self.stream.flush()

    def close(self) -> None:
        if self.file is not None:
            os.fsync(self.file.fileno())
            self.file.close()


def _mend(path: Path) -> int:
    """Cuts a half-written last line off (the process was killed in it); returns the number of whole lines."""
    data = path.read_bytes()
    whole = data.rfind(b"\n") + 1
    if whole != len(data):
        with open(path, "r+b") as handle:
            handle.truncate(whole)
    return data[:whole].count(b"\n")
