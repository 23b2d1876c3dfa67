"""Series to forecast, drawn with a seed, and frames of them."""

from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def months(n: int, first: str = "2015-01") -> npt.NDArray[np.datetime64]:
    """First days of `n` months."""
    return (np.datetime64(first) + np.arange(n)).astype("datetime64[D]")


def seasonal(n: int, seed: int, level: float = 100.0, noise: float = 3.0) -> Floats:
    """A level with a yearly wave and normal noise."""
    drawn = np.random.default_rng(seed).normal(0, noise, n)
    return np.asarray(level + 10 * np.sin(np.arange(n) * 2 * np.pi / 12) + drawn)


def wandering(n: int, seed: int) -> Floats:
    return np.asarray(np.random.default_rng(seed).normal(0.1, 1, n).cumsum() + 50)


def with_gaps(values: Floats, seed: int, share: float = 0.1) -> Floats:
    """The same with some values missing, though not the last."""
    made = values.copy()
    missing = np.random.default_rng(seed).random(len(values)) < share
    missing[-1] = False
    made[missing] = np.nan
    return made


def panel(**series: Floats) -> dict[str, Any]:
    """A monthly frame of several series, a column of names, dates and values."""
    return {
        "by": [name for name, values in series.items() for _ in values],
        "date": np.concatenate([months(len(values)) for values in series.values()]),
        "value": np.concatenate(list(series.values())),
    }
