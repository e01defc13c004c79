"""inspect: what a run is fixed by before it is opened: canonical settings, digests of base and code. Loads no model."""

from __future__ import annotations

import argparse
from pathlib import Path

from ..canonical import digest
from .common import answer, load_settings, quiet


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--base", required=True)
    parser.add_argument("--revision")
    parser.add_argument("--download", action="store_true")
    parser.add_argument("--settings", type=Path)


def execute(options: argparse.Namespace) -> None:
    settings = load_settings(options.settings)
    quiet()
    from ..manifest import code_digest, versions
    from ..models.base import base_files, check_base, find_base

    base = find_base(options.base, options.revision, options.download)
    family, config = check_base(base)
    files = base_files(base)
    answer(
        {
            "type": "inspected",
            "settings": settings.to_json(),
            "settingsDigest": settings.digest(),
            "base": {
                "name": base.name,
                "path": str(base.resolve()),
                "digest": digest(files),
                "files": files,
                "family": family.label,
                "modelType": config["model_type"],
            },
            "code": digest(code_digest()),
            "versions": versions(settings.quantizer if settings.method == "qlora" else None),
        }
    )
