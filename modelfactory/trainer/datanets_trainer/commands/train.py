"""train: one run into --out. Pause and cancel by control.json in that folder, by stdin lines, or by SIGTERM (pause)."""

from __future__ import annotations

import argparse
from pathlib import Path

from .common import add_run_inputs, load_settings, quiet


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_run_inputs(parser)
    parser.add_argument("--out", type=Path, required=True, help="folder of the run")
    parser.add_argument("--parent", type=Path, help="adapter folder to refine")
    parser.add_argument("--resume", action="store_true", help="go on with the run in --out")
    parser.add_argument("--stdin-control", action="store_true", help='read {"command": "pause" | "cancel"} from stdin')


def execute(options: argparse.Namespace) -> None:
    settings = load_settings(options.settings)
    quiet()
    from ..errors import TrainerError, TrainingCancelled, TrainingPaused
    from ..training import folder
    from ..training.control import Control
    from ..training.events import Events
    from ..training.run import Request, run

    request = Request(
        base=options.base,
        revision=options.revision,
        download=options.download,
        data=options.data,
        evaluation=options.evaluation,
        out=options.out,
        parent=options.parent,
        settings=settings,
        resume=options.resume,
    )
    control = Control(options.out / folder.CONTROL)
    control.listen_to_signals()
    if options.stdin_control:
        control.listen_to_stdin()
    events = Events(options.out / folder.EVENTS)
    try:
        run(request, events, control)
    except TrainingPaused:
        events.emit("paused")
        raise
    except TrainingCancelled:
        events.emit("cancelled")
        raise
    except TrainerError as error:
        events.emit("failed", code=type(error).__name__, message=error.message)
        raise
    finally:
        events.close()
