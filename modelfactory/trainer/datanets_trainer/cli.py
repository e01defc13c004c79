"""python -m datanets_trainer <command>: JSON on stdout, one object per line; the last one is the result or the error.

Exit codes: 0 done, 2 usage, 3 settings, 4 data, 5 base or adapter, 6 tampered file or checkpoint, 7 memory or missing
backend, 8 numbers, 20 paused, 21 cancelled, 1 unexpected.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
import traceback
from typing import NoReturn

from .errors import EXIT_UNEXPECTED, TrainerError, TrainingCancelled, TrainingPaused, UsageError

COMMANDS = {
    "make-base": "make a small base model of any family from a config",
    "inspect": "what a run is fixed by before it is opened: settings, base, code",
    "preview": "show which tokens are trained, truncation, duplicates, contributors' shares of the rows",
    "estimate": "estimate the memory of a run",
    "train": "train, evaluate, attribute, package",
    "evaluate": "held-out loss of an adapter beside its base",
    "attribute": "recompute shares from a scores file, and check them",
    "export": "merge an adapter into its full-precision base and check the result",
    "reload": "load adapters with stock transformers and peft, and compare with their base",
    "chat": "answer and explain, over JSON lines",
    "serve": "run commands in forks of a process with torch loaded, over JSON lines",
    "bench": "measure speed and attribution quality",
}


class Parser(argparse.ArgumentParser):
    """Usage mistakes are errors like any other."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(message, limit=self.format_usage().strip(), remedy="see --help")


def main(arguments: list[str] | None = None) -> int:
    """Runs one command; returns the exit code."""
    try:
        options, command = _parse(sys.argv[1:] if arguments is None else arguments)
        return command.execute(options) or 0
    except (TrainingPaused, TrainingCancelled) as stop:
        return stop.exit_code
    except TrainerError as error:
        print(json.dumps(error.to_json(), default=str), flush=True)
        return error.exit_code
    except Exception as error:  # the last line must be JSON whatever happens
        traceback.print_exc(file=sys.stderr)
        report = {
            "type": "error",
            "code": "UnexpectedError",
            "message": f"{type(error).__name__}: {error}",
            "limit": "",
            "remedy": "this is a bug in the trainer or a library: report it with the trace on stderr",
            "exitCode": EXIT_UNEXPECTED,
        }
        print(json.dumps(report), flush=True)
        return EXIT_UNEXPECTED


def _parse(arguments: list[str]) -> tuple[argparse.Namespace, object]:
    parser = Parser(prog="datanets_trainer", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True, parser_class=Parser)
    chosen = arguments[0] if arguments else None
    command: object = None
    for name, text in COMMANDS.items():
        sub = commands.add_parser(name, help=text, description=text)
        if name == chosen:  # torch takes seconds to import: only the chosen command is loaded
            command = importlib.import_module(f".commands.{name.replace('-', '_')}", __package__)
            command.add_arguments(sub)
    return parser.parse_args(arguments), command
