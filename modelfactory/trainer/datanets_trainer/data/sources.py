"""Sources: the accepted contributions a run trains on, as JSON lines.

    {"contribution": "0x…", "contributor": "0x…", "format": "md", "text": "…"}
    {"contribution": "0x…", "contributor": "0x…", "format": "txt", "path": "files/a.txt", "sha256": "0x…"}

Their order is the order of submission: it decides who of two near-duplicates came first.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..canonical import digest, sha256_hex
from ..errors import DataError, ModalityError, TamperedFileError

TEXT_FORMATS = ("txt", "md", "pdf", "docx", "jsonl", "json")
EXTRACTED_FORMATS = ("pdf", "docx")
"""Formats whose text the caller extracts: accepted as `text`, never as `path`."""
OTHER_MODALITIES = {
    **dict.fromkeys(("png", "jpg", "jpeg", "webp", "tiff", "bmp"), "Image"),
    **dict.fromkeys(("wav", "mp3", "flac"), "Audio"),
}
HEX = re.compile(r"0x[0-9a-fA-F]+")


@dataclass(frozen=True, slots=True)
class Source:
    """One contribution with its text."""

    contribution: str
    """Content hash, 0x…"""
    contributor: str
    """Account, 0x…"""
    format: str
    text: str

    def identity(self) -> dict[str, str]:
        """What the data digest commits to."""
        return {
            "contribution": self.contribution,
            "contributor": self.contributor,
            "format": self.format,
            "text": sha256_hex(self.text.encode()),
        }


def read_sources(path: Path) -> list[Source]:
    """All sources of a JSON-lines file, in order. Every bad line is reported at once."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as cause:
        raise DataError(f"{path} cannot be read: {cause}", limit="UTF-8 JSON lines", remedy="fix the file") from cause
    sources: list[Source] = []
    problems: list[str] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            sources.append(_source(json.loads(line), path.parent))
        except (ModalityError, TamperedFileError):
            raise
        except (DataError, json.JSONDecodeError) as cause:
            problems.append(f"line {number}: {cause}")
    seen: set[str] = set()
    for source in sources:
        if source.contribution in seen:
            problems.append(f"contribution {source.contribution} is listed twice")
        seen.add(source.contribution)
    if problems or not sources:
        raise DataError(
            f"{path.name}: " + ("; ".join(problems) if problems else "no contribution in it"),
            limit="contribution and contributor as 0x…, format, and text or path, one object per line",
            remedy="write the list again from the accepted contributions",
            problems=problems,
        )
    return sources


def sources_digest(sources: list[Source]) -> str:
    return digest([source.identity() for source in sources])


def _source(row: Any, folder: Path) -> Source:
    if not isinstance(row, dict):
        raise _bad("not an object")
    for name in ("contribution", "contributor", "format"):
        if not isinstance(row.get(name), str):
            raise _bad(f"{name} is missing")
    for name in ("contribution", "contributor"):
        if not HEX.fullmatch(row[name]):
            raise _bad(f"{name} {row[name]!r} is not 0x…")
    kind = row["format"].lower().lstrip(".")
    if kind in OTHER_MODALITIES:
        raise ModalityError(
            f"contribution {row['contribution']} is {kind}: a text model cannot be trained on "
            f"{OTHER_MODALITIES[kind]} data",
            limit=f"text formats: {', '.join(TEXT_FORMATS)}",
            remedy=f"a run on an {OTHER_MODALITIES[kind]} Datanet is a dataset export with its manifest",
            modality=OTHER_MODALITIES[kind],
            format=kind,
        )
    if kind not in TEXT_FORMATS:
        raise _bad(f"format {kind!r} is unknown")
    if ("text" in row) == ("path" in row):
        raise _bad("needs either text or path")
    text = row["text"] if "text" in row else _read(folder / row["path"], kind, row.get("sha256"))
    if not isinstance(text, str):
        raise _bad("text is not a string")
    return Source(row["contribution"].lower(), row["contributor"].lower(), kind, text)


def _read(path: Path, kind: str, expected: str | None) -> str:
    if kind in EXTRACTED_FORMATS:
        raise _bad(f"{path.name} is {kind}: extract its text first and pass it as text")
    try:
        data = path.read_bytes()
        text = data.decode("utf-8")
    except (OSError, UnicodeDecodeError) as cause:
        raise _bad(f"{path.name} cannot be read: {cause}") from cause
    actual = sha256_hex(data)
    if expected is not None and actual != expected.lower():
        raise TamperedFileError(
            f"{path.name} is {actual}, the list says {expected}",
            limit="the accepted bytes",
            remedy="fetch the contribution again from its CID",
            file=path.name,
            expected=expected,
            actual=actual,
        )
    return text


def _bad(message: str) -> DataError:
    return DataError(message, limit="one source per line", remedy="fix the line")
