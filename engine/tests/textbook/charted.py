"""A worked example as a chart of integers 1, 2, 3 … and the lines it is expected to have, rounded as printed."""

from collections.abc import Sequence
from typing import Any

import polars as pl

import plotthedots as ptd


def chart(
    values: Sequence[float], *, sizes: Sequence[float] | None = None, without: tuple[int, ...] = (), **options: Any
) -> pl.DataFrame:
    """`without` are the samples, counted from 1, that the book takes out before it computes again."""
    samples = range(1, len(values) + 1)
    table: dict[str, list[Any]] = {
        "date": list(samples),
        "value": list(values),
        "out": [sample in without for sample in samples],
    }
    if sizes is not None:
        table["n"] = list(sizes)
        options["denominator"] = "n"
    points: pl.DataFrame = ptd.spc(pl.DataFrame(table), exclude="out", **options).points
    return points


def subgroups(samples: Sequence[Sequence[float]], **options: Any) -> pl.DataFrame:
    dates = [date for date, sample in enumerate(samples, start=1) for _ in sample]
    table = pl.DataFrame({"date": dates, "value": [value for sample in samples for value in sample]})
    points: pl.DataFrame = ptd.spc(table, **options).points
    return points


def lines(points: pl.DataFrame, digits: int, row: int = 0) -> tuple[float, ...]:
    """Centre, lower, upper of a row as printed."""
    return tuple(round(points[name][row], digits) for name in ("centre", "lower", "upper"))


def outside(points: pl.DataFrame) -> list[int]:
    """The samples beyond a limit."""
    return points.filter(pl.col("outside") != 0)["date"].to_list()
