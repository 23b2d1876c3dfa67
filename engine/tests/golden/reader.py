"""Reads the packed golden tables: rows of text by case, each table unpacked once."""

import csv
import gzip
import io
import math
from collections import defaultdict
from functools import cache
from pathlib import Path

Row = dict[str, str]
HERE = Path(__file__).parent
NOT_NUMBERS = {"NA", "NaN", "Inf", "-Inf", ""}


@cache
def table(reference: str, name: str) -> dict[str, list[Row]]:
    """The rows of one table, by case, in the order of the file."""
    rows: defaultdict[str, list[Row]] = defaultdict(list)
    for row in csv.DictReader(io.StringIO(unpacked(HERE / reference / f"{name}.csv.gz"))):
        rows[row["case"]].append(row)
    return dict(rows)


def unpacked(path: Path) -> str:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as text:
        return text.read()


def cases(reference: str) -> list[Row]:
    return [rows[0] for rows in table(reference, "cases").values()]


def rows_of(reference: str, name: str, case: str) -> list[Row]:
    return table(reference, name).get(case, [])


def stopped(reference: str, case: str) -> bool:
    """Whether the reference raised an error on the case, so that it has no results."""
    return any(row["level"] == "error" for row in rows_of(reference, "errors", case))


def number(text: str) -> float | None:
    """A number of a table; what is missing, not a number or infinite is None, as our results have null."""
    return None if text in NOT_NUMBERS else float(text)


def given(text: str) -> float | None:
    """A number of an input, infinities kept."""
    return None if text in {"NA", "NaN", ""} else float(text.replace("Inf", "inf"))


def numbers(rows: list[Row], column: str) -> list[float | None]:
    return [number(row[column]) for row in rows]


def differences(
    ours: list[float | None], theirs: list[float | None], *, scale: float = 0.0, relative: float = 1e-9
) -> list[str]:
    """What differs by more than `relative`; `scale`, the size of the data, is what a zero is judged against."""
    return [
        f"{position}: ours {one}, theirs {other}"
        for position, (one, other) in enumerate(zip(ours, theirs, strict=True), start=1)
        if not same(one, other, scale, relative)
    ]


def same(one: float | None, other: float | None, scale: float, relative: float) -> bool:
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=relative, abs_tol=relative * 1e-3 * scale)
