"""Marks of the trail's end that were made outside the database, beside a database of an earlier day."""

import datetime as dt
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings

Heads = list[dict[str, Any]]


def _divided(heads: Heads) -> tuple[list[str], int]:
    """Marks that lie within these chains, and how many lie beyond them."""
    path, ends = Path(settings.TRAIL_ANCHORS), {head["chain"]: head["seq"] for head in heads}
    marks = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    within = [mark for mark in marks if _seq(mark) <= ends.get(json.loads(mark)["chain"], 0)]
    return within, len(marks) - len(within)


def _seq(mark: str) -> int:
    return int(json.loads(mark)["seq"])


@contextmanager
def fitting(heads: Heads) -> Iterator[Path]:
    """A file of the marks that a database of that day can be checked with."""
    within, _ = _divided(heads)
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".anchors") as file:
        file.writelines(f"{mark}\n" for mark in within)
        file.flush()
        yield Path(file.name)


def fit(heads: Heads, at: dt.datetime) -> str:
    """Lay aside the marks that are later than the restored trail; the file that keeps all of them, if any were."""
    within, beyond = _divided(heads)
    if not beyond:
        return ""
    path = Path(settings.TRAIL_ANCHORS)
    kept = path.with_name(f"{path.name}.before-{at.astimezone(dt.UTC):%Y%m%d%H%M%S}")
    path.rename(kept)
    path.write_text("".join(f"{mark}\n" for mark in within), encoding="utf-8")
    return str(kept)
