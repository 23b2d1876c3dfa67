"""Random series to compare on: ragged, with phases, ghosts, gaps, missing values and baselines, several at once."""

from dataclasses import dataclass, replace
from statistics import stdev
from typing import Any

import numpy as np
import polars as pl

from .limits import Row

SHAPES = {  # kinds of values, so that every rule has something to find
    "continuous": lambda rng, n: rng.normal(50, 10, n),
    "small whole numbers": lambda rng, n: rng.poisson(4, n).astype(float),
    "walk": lambda rng, n: 50 + rng.normal(0.3, 1, n).cumsum().round(1),
    "steps": lambda rng, n: np.where(np.arange(n) < n // 2, 10.0, 14.0) + rng.normal(0, 1.5, n),
}
RATIOS = {"p", "pprime", "u", "uprime", "iprime"}
SUBGROUPS = {"xbar", "s"}


@dataclass(frozen=True)
class Observation:
    """A row before it is given: `values` are the members of a subgroup, or one value, or the numerator."""

    date: int
    values: list[float | None]
    n: int | None
    ghost: bool


@dataclass(frozen=True)
class Asked:
    chart: str
    series: dict[str, list[Observation]]
    rebase: dict[str, list[int]]
    baseline: int | None


def asked(chart: str, seed: int, shape: str = "continuous") -> Asked:
    rng = np.random.default_rng([seed, len(chart)])
    series = {f"Ward {number}": observations(rng, chart, shape) for number in range(4)}
    rebase = {name: starts(rng, rows) for name, rows in series.items()}
    return Asked(chart, series, rebase, int(rng.integers(2, 15)) if rng.random() < 0.4 else None)


def starts(rng: np.random.Generator, rows: list[Observation]) -> list[int]:
    """A date a phase begins at may fall in a gap, or be given twice."""
    return [int(rng.integers(rows[0].date, rows[-1].date + 1)) for _ in range(rng.integers(0, 3))]


def observations(rng: np.random.Generator, chart: str, shape: str) -> list[Observation]:
    length = int(rng.integers(1, 45))
    dates = rng.integers(1, 4, length).cumsum()
    sizes = rng.integers(2, 6, length) if rng.random() < 0.5 else np.full(length, 4)
    drawn = SHAPES[shape](rng, length)
    return [
        observation(rng, chart, int(date), float(value), int(size))
        for date, value, size in zip(dates, drawn, sizes, strict=True)
    ]


def observation(rng: np.random.Generator, chart: str, date: int, value: float, size: int) -> Observation:
    missing, ghost = rng.random() < 0.07, bool(rng.random() < 0.07)
    if chart in SUBGROUPS:
        return Observation(date, [float(one) for one in rng.normal(value, 5, size)], None, ghost)
    if chart in RATIOS:
        n = int(rng.integers(20, 400)) if rng.random() > 0.05 else 0
        return Observation(date, [None if missing else float(rng.binomial(n, 0.2))], n, ghost)
    if chart in {"c", "g"}:
        value = float(rng.poisson(6))
    elif chart == "t":
        value = float(rng.exponential(8)) + 0.1
    return Observation(date, [None if missing else value], None, ghost)


def frame(given: Asked, seed: int) -> pl.DataFrame:
    """One row a value, the series mixed and the rows in no order."""
    rows = [
        {"series": name, "date": one.date, "value": value, "n": one.n, "ghost": one.ghost}
        for name, observed in given.series.items()
        for one in observed
        for value in one.values
    ]
    order = np.random.default_rng(seed).permutation(len(rows))
    types = {"series": pl.String, "date": pl.Int64, "value": pl.Float64, "n": pl.Float64, "ghost": pl.Boolean}
    return pl.DataFrame([rows[place] for place in order], schema=types)


def options(given: Asked) -> dict[str, Any]:
    return {
        "by": "series",
        "chart": given.chart,
        "denominator": "n" if given.chart in RATIOS else None,
        "rebase": {name: dates for name, dates in given.rebase.items() if dates} or None,
        "baseline": given.baseline,
        "exclude": "ghost",
    }


def phases(given: Asked, name: str) -> list[list[Row]]:
    """The rows of each phase, with what is plotted worked out."""
    observed = given.series[name]
    first = [observed[0].date, *sorted(set(given.rebase[name]))]
    cut = [
        [one for one in observed if begin <= one.date < end]
        for begin, end in zip(first, [*first[1:], 10**9], strict=True)
    ]
    return [phase(given, rows) for rows in cut if rows]


def phase(given: Asked, observed: list[Observation]) -> list[Row]:
    rows = [plotted(given.chart, one) for one in observed]
    if given.chart == "mr":
        rows = [replace(row, value=step) for row, step in zip(rows, changes(rows), strict=True)]
    reach = given.baseline or len(rows)
    return [replace(row, counts=place < reach) for place, row in enumerate(rows)]


def changes(rows: list[Row]) -> list[float | None]:
    before: list[float | None] = [None, *(row.value for row in rows[:-1])]
    return [
        None if row.value is None or previous is None else abs(row.value - previous)
        for row, previous in zip(rows, before, strict=True)
    ]


def plotted(chart: str, one: Observation) -> Row:
    if chart in SUBGROUPS:
        members = [value for value in one.values if value is not None]
        spread = stdev(members)
        shown = spread if chart == "s" else sum(members) / len(members)
        return Row(shown, float(len(members)), one.ghost, spread=spread)
    value = one.values[0]
    if chart in RATIOS:
        there = value is not None and bool(one.n)
        return Row(
            value / one.n if value is not None and one.n else None, float(one.n or 0) if there else None, one.ghost
        )
    return Row(value, None, one.ghost)
