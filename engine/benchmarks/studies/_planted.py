"""Claims planted at known dates in simulated or real series, and what the engine says of them."""

from typing import Any

import numpy as np
import numpy.typing as npt

import plotthedots as ptd
from plotthedots.gains.result import Gains

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
NEVER = 10**6
STARTS = {"M": np.datetime64("2019-01", "M"), "W": np.datetime64("2019-01-07", "D")}


def dates(unit: str, count: int) -> npt.NDArray[np.datetime64]:
    steps = np.arange(count) * (7 if unit == "W" else 1)
    return np.asarray((STARTS[unit] + steps).astype("datetime64[D]"))


def autocorrelated(random: np.random.Generator, count: int, length: int, r: float) -> Floats:
    """First-order autoregressive noise of variance 1."""
    values = random.normal(size=(count, length))
    for column in range(1, length):
        values[:, column] = r * values[:, column - 1] + np.sqrt(1 - r * r) * values[:, column]
    return values


def judged(values: Floats, claimed: int, unit: str, claims: Whole, **options: Any) -> Gains:
    """The engine on series (rows of `values`, nan where missing), the rows `claims` claimed at one column; more is
    better."""
    days = dates(unit, values.shape[1])
    owner, column = np.nonzero(values == values)
    frame = {"series": owner, "date": days[column], "value": values[owner, column]}
    claim = {"series": claims, "claimed": np.repeat(days[claimed], len(claims))}
    return ptd.gains(frame, claim, by="series", direction="increase", horizons=(12,), **options)


def statuses(made: Gains) -> list[list[str]]:
    """Of each claim, its status at each observation since, in order."""
    history = made.history
    told: dict[str, list[str]] = {gain: [] for gain in made.gains}
    for gain, status in zip(history["gain"], history["status"], strict=True):
        told[str(gain)].append(str(status))
    return list(told.values())


def first(told: list[list[str]], wanted: set[str], after: Whole | None = None) -> Whole:
    """Observation (from 1; counted from `after` where given) at which each claim first has one of the statuses."""
    made = np.full(len(told), NEVER)
    for row, own in enumerate(told):
        begin = 0 if after is None else int(after[row])
        for column in range(begin, len(own)):
            if own[column] in wanted:
                made[row] = column + 1 - begin
                break
    return made


def median(delays: Whole) -> float:
    """Median delay; nan where half are never seen."""
    middle = float(np.median(delays)) if len(delays) else np.nan
    return middle if middle < NEVER else np.nan


def share(which: Any) -> float:
    return float(np.mean(which)) if len(which) else np.nan
