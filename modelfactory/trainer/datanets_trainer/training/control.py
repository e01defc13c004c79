"""Pause and cancel: a control file in the run's folder, lines on stdin, or a signal."""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
from pathlib import Path

from ..errors import TrainingPaused

ORPHAN_SECONDS = 30
COMMANDS = ("pause", "cancel")


class Control:
    """Asked between optimizer steps. SIGTERM and SIGINT pause, SIGUSR1 cancels: a stopped supervisor loses no work."""

    def __init__(self, path: Path | None = None):
        self.path = path
        self.wanted: str | None = None

    def listen_to_signals(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.ask("pause"))
        if hasattr(signal, "SIGUSR1"):
            signal.signal(signal.SIGUSR1, lambda *_: self.ask("cancel"))

    def listen_to_stdin(self) -> None:
        """Lines such as {"command": "pause"}. A closed stdin: the supervisor died; pause, do not outlive it."""
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
        self.ask("pause")
        # A long evaluation does not look between steps: what it computes is computed again from the last checkpoint.
        time.sleep(ORPHAN_SECONDS)
        os._exit(TrainingPaused.exit_code)


def _command_of(text: str) -> str:
    try:
        value = json.loads(text)
    except json.JSONDecodeError:
        return text.strip()
    return str(value.get("command")) if isinstance(value, dict) else str(value)
