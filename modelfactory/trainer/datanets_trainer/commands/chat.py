"""chat: the chat server on stdin and stdout; see datanets_trainer/chat/server.py for the protocol."""

from __future__ import annotations

import argparse
import sys

from ..settings import Settings
from .common import quiet


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--threads", type=int, default=2)


def execute(options: argparse.Namespace) -> None:
    from .. import profile

    profile.prepare("free", Settings().device, options.threads)
    quiet()
    from ..chat.server import Server

    Server(sys.stdout).serve(sys.stdin)
