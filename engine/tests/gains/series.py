"""Series with a claim on them, and what `gains` says of them."""

from typing import Any

import numpy as np
import numpy.typing as npt

import plotthedots as ptd
from plotthedots import Gains

Floats = npt.NDArray[np.float64]
# Noise without signals of its own: no drift, no runs, none far out; mean 0, and 13 values, so that it is no season.
WOBBLE = np.array([0.3, -0.9, 0.6, -0.3, 0.8, 0.4, -0.7, 0.1, -0.4, 0.9, -0.9, 0.5, -0.4])


def months(n: int, first: str = "2020-01") -> npt.NDArray[np.datetime64]:
    """First days of `n` months."""
    return (np.datetime64(first) + np.arange(n)).astype("datetime64[D]")


def levels(*stretches: tuple[int, float], level: float = 10.0) -> Floats:
    """The wobble about a level to which each stretch (values, how much higher) adds."""
    shift = np.concatenate([np.full(n, float(up)) for n, up in stretches])
    return np.asarray(level + np.resize(WOBBLE, len(shift)) + shift)


def noise(n: int, seed: int, correlation: float = 0.0) -> Floats:
    drawn = np.random.default_rng(seed).normal(size=n + 30)
    for place in range(1, len(drawn)):
        drawn[place] += correlation * drawn[place - 1]
    return np.asarray(drawn[30:] * np.sqrt(1 - correlation**2))


def one(
    values: Any, claimed: Any = 24, *, dates: Any = None, claims: dict[str, Any] | None = None, **options: Any
) -> Gains:
    """`gains` on one series, claimed at a position of its dates."""
    dates = months(len(values)) if dates is None else dates
    day = dates[claimed] if isinstance(claimed, int) else claimed
    options = {"direction": "increase"} | options
    return ptd.gains({"date": dates, "value": values}, {"claimed": np.array([day])} | (claims or {}), **options)


def board(values: Floats, dates: Any = None) -> dict[str, Any]:
    """A frame of series, a row of `values` each, named s00, s01, …"""
    rows, n = values.shape
    return {
        "ward": np.repeat([f"s{row:02d}" for row in range(rows)], n),
        "date": np.tile(months(n) if dates is None else dates, rows),
        "value": values.ravel(),
    }


def statuses(made: Gains, gain: str | None = None) -> list[str]:
    own = made.history["gain"] == (made.gains[0] if gain is None else gain)
    return [str(status) for status in made.history["status"][own]]


def spells(made: Gains, gain: str | None = None) -> list[str]:
    """Statuses in the order in which they came, each spell once."""
    every = statuses(made, gain)
    return [status for place, status in enumerate(every) if place == 0 or every[place - 1] != status]


def latest(made: Gains) -> dict[str, Any]:
    """The first row of the summary."""
    return {name: column[0] for name, column in made.summary.items()}
