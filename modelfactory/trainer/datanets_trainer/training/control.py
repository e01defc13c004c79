"""Pause and cancel: a control file in the run's folder, lines on stdin, or a signal."""

from __future__ import annotations

import json
import signal
import sys
import threading
from pathlib import Path

COMMANDS = ("pause", "cancel")


class Control:
    """Asked between optimizer steps. SIGTERM and SIGINT pause: a stopped supervisor loses no work."""

    def __init__(self, path: Path | None = None):
        self.path = path
        self.wanted: str | None = None

    def listen_to_signals(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.ask("pause"))

    def listen_to_stdin(self) -> None:
        """Lines such as {"command": "pause"}; a closed stdin means nothing."""
        threading.Thread(target=self._read_stdin, daemon=True).start()

    def ask(self, command: str) -> None:
        if command in COMMANDS and self.wanted != "cancel":
            self.wanted = command

    def command(self) -> str | None:
        """`pause`, `cancel` or None. A control file is used up when it is read."""
        if self.path is not None and self.path.exists():
            self.ask(_command_of(self.path.read_text()))
            self.path.unlink()
        return self.wanted

    def _read_stdin(self) -> None:
        for line in sys.stdin:
            self.ask(_command_of(line))


def _command_of(text: str) -> str:
    try:
        value = json.loads(text)
    except json.JSONDecodeError:
        return text.strip()
    return str(value.get("command")) if isinstance(value, dict) else str(value)
