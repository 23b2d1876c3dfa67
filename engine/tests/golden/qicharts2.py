"""Reads the cases of qicharts2 as calls of `spc`."""

import datetime
from collections import Counter
from functools import cache
from typing import Any

import polars as pl

import plotthedots as ptd

from .reader import Row, cases, given, rows_of, stopped

REFERENCE = "qicharts2"
OTHERWISE = {"refused", "text_x", "more_than_all"}  # test_refused.py says what is done instead
CHARTS = {"i": "xmr", "ip": "iprime", "pp": "pprime", "up": "uprime"}


def otherwise(case: Row) -> bool:
    return case["kind"] in OTHERWISE or stopped(REFERENCE, case["case"])


COMPARED = [case for case in cases(REFERENCE) if not otherwise(case)]
STOPPED = [case for case in cases(REFERENCE) if otherwise(case)]


def place(text: str, case: Row) -> Any:
    if case["x_type"] == "date":
        return datetime.date.fromisoformat(text)
    return text if case["x_type"] == "text" else int(text)


def positions(text: str) -> list[int]:
    return [int(position) for position in text.split(";") if position]


def places(case: Row) -> dict[str, list[Any]]:
    """The points of each series in order: what the reference counts positions in."""
    found: dict[str, set[Any]] = {}
    for row in rows_of(REFERENCE, "inputs", case["case"]):
        found.setdefault(row["series"], set()).add(place(row["x"], case))
    return {series: sorted(points) for series, points in found.items()}


def ghosts(case: Row) -> set[tuple[str, Any]]:
    return {
        (series, points[position - 1])
        for series, points in places(case).items()
        for position in positions(case["exclude"])
    }


def frame(case: Row) -> pl.DataFrame:
    rows = rows_of(REFERENCE, "inputs", case["case"])
    ghosted = ghosts(case)
    return pl.DataFrame(
        {
            "series": [row["series"] for row in rows],
            "x": [place(row["x"], case) for row in rows],
            "y": pl.Series([given(row["y"]) for row in rows], dtype=pl.Float64),
            "n": pl.Series([given(row["n"]) for row in rows], dtype=pl.Float64),
            "ghost": pl.Series([(row["series"], place(row["x"], case)) in ghosted for row in rows], dtype=pl.Boolean),
        }
    )


def rebase(case: Row) -> Any:
    """`part` is the last position of each phase; ours is where the next one starts."""
    last = sorted(set(positions(case["part"])))
    starts = {
        series: [points[position] for position in last if 0 < position < len(points)]
        for series, points in places(case).items()
    }
    if not case["part"]:
        return None
    return starts if case["facet"] == "TRUE" else starts["all"]


def centre(case: Row) -> float | None:
    """The reference draws a given centre times 0.693 on g, and to the power 3.6 on t; ours is the line drawn."""
    known = given(case["cl"])
    if known is None:
        return None
    drawn: dict[str, float] = {"g": known * 0.693, "t": known**3.6}
    return drawn.get(case["chart"], known)


def aggregate(case: Row) -> str | None:
    rows = rows_of(REFERENCE, "inputs", case["case"])
    shared = max(Counter((row["series"], row["x"]) for row in rows).values(), default=0) > 1
    return case["agg_fun"] if (shared or case["kind"] == "refused") and case["chart"] not in {"xbar", "s"} else None


def options(case: Row) -> dict[str, Any]:
    return {
        "value": "y",
        "date": "x",
        "by": "series" if case["facet"] == "TRUE" else None,
        "chart": CHARTS.get(case["chart"], case["chart"]),
        "denominator": "n" if case["has_n"] == "TRUE" else None,
        "rules": case["method"],
        "rebase": rebase(case),
        "baseline": int(case["freeze"]) if case["freeze"] and not case["part"] else None,
        "exclude": "ghost" if case["exclude"] else None,
        "aggregate": aggregate(case),
        "multiply": int(case["multiply"]),
        "floor": 0 if case["y_neg"] == "FALSE" else None,
        "centre": centre(case),
        "target": given(case["target"]),
        "screen_moving_ranges": case["screened_mr"] == "TRUE",
    }


@cache
def result(name: str) -> Any:
    case = rows_of(REFERENCE, "cases", name)[0]
    return ptd.spc(frame(case), **options(case))
