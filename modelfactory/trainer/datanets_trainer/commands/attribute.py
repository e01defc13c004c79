"""attribute --scores FILE: recompute the shares from the file's own scores, as a validator does."""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from pathlib import Path

from ..attribution.shares import SHARE_TOTAL, shares_of
from ..canonical import file_sha256
from ..errors import DataError, TamperedFileError
from .common import answer


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--scores", type=Path, required=True)


def execute(options: argparse.Namespace) -> None:
    try:
        rows = json.loads(options.scores.read_text())["contributions"]
        shares = shares_of([row["score"] for row in rows], [row["place"] for row in rows])
    except (OSError, ValueError, KeyError, TypeError) as cause:
        raise DataError(
            f"{options.scores.name} is no scores file: {cause}", limit="a scores file", remedy="fetch it again"
        ) from cause
    for row, share in zip(rows, shares, strict=True):
        if row["share"] != share:
            raise TamperedFileError(
                f"contribution {row['contribution']} has share {row['share']}, its score gives {share}",
                limit="shares follow from the scores",
                remedy="refuse this result: the file was changed, or made by another rule",
                contribution=row["contribution"],
                expected=share,
                actual=row["share"],
            )
    totals: dict[str, int] = defaultdict(int)
    for row in rows:
        totals[row["contributor"]] += row["share"]
    answer(
        {
            "type": "attributed",
            "sha256": file_sha256(options.scores),
            "shareTotal": SHARE_TOTAL,
            "sum": sum(shares),
            "contributors": [{"contributor": account, "share": totals[account]} for account in sorted(totals)],
        }
    )
