"""Canonical JSON (RFC 8785 without floats) and digests.

Hashed objects hold no float: a decimal travels as a string, so ECMAScript number formatting never matters and
TypeScript and Python agree byte for byte. Object keys are sorted by UTF-16 code units, as RFC 8785 asks.
"""

from __future__ import annotations

import hashlib
import json
import os
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

MAX_SAFE_INTEGER = 2**53 - 1
SCORE_DECIMALS = 18


def canonical(value: Any) -> str:
    """The one string of `value`. Raises TypeError on floats and on integers JavaScript cannot hold."""
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, int):
        if abs(value) > MAX_SAFE_INTEGER:
            raise TypeError(f"integer {value} is over 2^53 - 1: write it as a string")
        return str(value)
    if isinstance(value, (list, tuple)):
        return "[" + ",".join(canonical(item) for item in value) + "]"
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
        return "{" + ",".join(f"{json.dumps(key, ensure_ascii=False)}:{canonical(value[key])}" for key in keys) + "}"
    raise TypeError(f"{type(value).__name__} has no canonical JSON: write a decimal as a string")


def digest(value: Any) -> str:
    """0x + sha-256 of the canonical JSON."""
    return sha256_hex(canonical(value).encode())


def sha256_hex(data: bytes) -> str:
    return "0x" + hashlib.sha256(data).hexdigest()


def file_sha256(path: Path) -> str:
    with open(path, "rb") as handle:
        return "0x" + hashlib.file_digest(handle, "sha256").hexdigest()


def decimal_string(value: float | Fraction | Decimal, decimals: int = SCORE_DECIMALS) -> str:
    """Plain decimal notation, rounded half to even at `decimals` places, no trailing zeros, never "-0"."""
    scaled = round(Fraction(value) * 10**decimals)
    sign = "-" if scaled < 0 else ""
    whole, part = divmod(abs(scaled), 10**decimals)
    tail = str(part).rjust(decimals, "0").rstrip("0")
    return f"{sign}{whole}.{tail}" if tail else f"{sign}{whole}"


def write_canonical(path: Path, value: Any) -> str:
    """Writes the canonical JSON of `value` in one atomic step; returns the file's digest."""
    data = canonical(value).encode()
    write_atomic(path, data)
    return sha256_hex(data)


def write_atomic(path: Path, data: bytes) -> None:
    """A reader sees the old file or the new one, also after a power cut."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(path.name + ".part")
    with open(temporary, "wb") as handle:
        handle.write(data)
        handle.flush()
        os.fsync(handle.fileno())
    os.replace(temporary, path)
