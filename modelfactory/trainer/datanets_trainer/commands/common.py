"""What several commands share: options, and the profile that must be set before torch is imported."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from .. import profile
from ..settings import Settings


def add_run_inputs(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--base", required=True, help="directory, or hub repository with --revision and --download")
    parser.add_argument("--revision", help="commit of the hub repository")
    parser.add_argument("--download", action="store_true", help="allow fetching the base from the hub")
    parser.add_argument("--data", type=Path, required=True, help="JSON lines of contributions")
    parser.add_argument("--evaluation", type=Path, help="JSON lines held out as a whole")
    parser.add_argument("--settings", type=Path, help="JSON file; defaults where absent")


def load_settings(path: Path | None) -> Settings:
    """Reads the settings and sets their profile in the environment. Call before importing anything with torch."""
    settings = Settings.load(path)
    profile.prepare(settings.profile, settings.device, settings.threads)
    return settings


def quiet() -> None:
    """stdout and stderr belong to our events: libraries draw no progress bars."""
    import warnings

    import transformers

    transformers.utils.logging.set_verbosity_error()
    transformers.utils.logging.disable_progress_bar()
    warnings.filterwarnings("ignore")


def answer(value: dict[str, Any]) -> None:
    print(json.dumps(value), flush=True)
