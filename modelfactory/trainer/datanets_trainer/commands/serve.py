"""serve: a process with torch loaded that forks for each command, so that a command starts in a moment.

JSON lines on stdin:

    {"id": "1", "arguments": ["train", "--base", …]}   runs one command, as the command line would
    {"id": "1", "command": "pause" | "cancel"}          asks the command under way to stop
    {"id": "1", "kill": true}                           ends it

On stdout: {"type": "ready"} once, {"type": "forked", "id", "pid"} per command, then the command's own lines, then
{"type": "exit", "id", "code", "signal"}. Commands run one at a time. At the end of stdin the command under way is
paused, and killed when it takes too long.

A fork shares the numeric profile of its parent. A command whose settings ask for another profile, device or number of
threads runs in a process of its own, with the same lines.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import queue
import signal
import sys
import threading
import time
from pathlib import Path
from typing import Any

from .. import profile
from ..settings import Settings

GRACE_SECONDS = 20
DEATH_SIGNAL = 1
"""PR_SET_PDEATHSIG of Linux's prctl."""
ALONE = ("serve", "chat")
"""Commands that live on: they get a process of their own."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--threads", type=int, default=Settings().threads)


def execute(options: argparse.Namespace) -> None:
    defaults = Settings()
    profile.prepare(defaults.profile, defaults.device, options.threads)
    _load()
    Server(options.threads).serve()


def _load() -> None:
    """All that commands import, once. Nothing here may start a thread: a fork keeps only the one that forks."""
    import peft  # noqa: F401
    import torch  # noqa: F401
    import transformers  # noqa: F401
    from transformers.models.auto import modeling_auto  # noqa: F401

    from ..manifest import code_digest
    from ..models import adapter, base, make_base  # noqa: F401
    from ..training import run  # noqa: F401

    code_digest()  # a fork says which code it runs, whatever is written to disk meanwhile


class Server:
    """Runs one command after the other."""

    def __init__(self, threads: int):
        self.threads = threads
        self.jobs: queue.Queue[dict[str, Any] | None] = queue.Queue()
        self.current: tuple[str, int] | None = None
        self.lock = threading.Lock()
        self.closing = False

    def serve(self) -> None:
        _say(type="ready")
        # The reader is a thread, but it never holds a lock while the main thread forks: see _start.
        reader = threading.Thread(target=self._read, daemon=True)
        reader.start()
        while (job := self.jobs.get()) is not None:
            self._run(str(job["id"]), [str(word) for word in job["arguments"]])

    def _run(self, name: str, arguments: list[str]) -> None:
        with self.lock:
            if self.closing:
                return
            pid = self._start(arguments)
            self.current = (name, pid)
        _say(type="forked", id=name, pid=pid)
        _, status = os.waitpid(pid, 0)
        with self.lock:
            self.current = None
        code = os.waitstatus_to_exitcode(status)
        killed = signal.Signals(-code).name if code < 0 else None
        _say(type="exit", id=name, code=None if killed else code, signal=killed)

    def _start(self, arguments: list[str]) -> int:
        sys.stdout.flush()
        sys.stderr.flush()
        alone = arguments[0] in ALONE or _needs_own_process(arguments, self.threads)
        pid = os.fork()
        if pid:
            return pid
        code = 1
        try:
            _die_with_parent()
            # The parent alone reads requests.
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            arguments = [argument for argument in arguments if argument != "--stdin-control"]
            if alone:
                os.execv(sys.executable, [sys.executable, "-m", "datanets_trainer", *arguments])
            code = _child(arguments)
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)

    def _read(self) -> None:
        for line in sys.stdin:
            try:
                message = json.loads(line)
                if "arguments" in message:
                    self.jobs.put(message)
                else:
                    self._signal(message)
            except (ValueError, KeyError, TypeError) as cause:
                with self.lock:  # no fork while the stream's own lock is held
                    _say(type="refused", message=f"no request: {cause}")
        self._close()

    def _signal(self, message: dict[str, Any]) -> None:
        with self.lock:
            if self.current is None or self.current[0] != str(message["id"]):
                return
            wanted = signal.SIGKILL if message.get("kill") else STOPS[message["command"]]
            os.kill(self.current[1], wanted)

    def _close(self) -> None:
        """stdin ended: whoever asked is gone."""
        with self.lock:
            self.closing = True
            running = self.current
            if running is not None:
                os.kill(running[1], signal.SIGTERM)
        deadline = time.monotonic() + GRACE_SECONDS
        while self.current is not None and time.monotonic() < deadline:
            time.sleep(0.05)
        with self.lock:
            if self.current is not None:
                os.kill(self.current[1], signal.SIGKILL)
        os._exit(0)


STOPS = {"pause": signal.SIGTERM, "cancel": signal.SIGUSR1}


def _child(arguments: list[str]) -> int:
    from ..cli import main

    # The old one's lock may be held by the reader, which this process does not have.
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - lives as long as the process
    return main(arguments)


def _needs_own_process(arguments: list[str], threads: int) -> bool:
    """Whether the command's settings ask for kernels or threads this process was not started with."""
    if "--settings" not in arguments:
        return False
    path = Path(arguments[arguments.index("--settings") + 1])
    try:
        given = json.loads(path.read_text())
    except (OSError, ValueError):
        return False  # the command itself says what is wrong with the file
    defaults = Settings()
    wanted = {"profile": defaults.profile, "device": defaults.device, "threads": threads}
    return isinstance(given, dict) and any(given.get(name, value) != value for name, value in wanted.items())


def _die_with_parent() -> None:
    """On Linux the kernel ends this process when its parent dies, however that happens."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(DEATH_SIGNAL, signal.SIGKILL)


def _say(**values: Any) -> None:
    sys.stdout.write(json.dumps(values) + "\n")
    sys.stdout.flush()
