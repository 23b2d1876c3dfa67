"""Boards of charts, as tables."""

from typing import Any

import numpy as np

from plotthedots.constants import Floats


def autocorrelated(charts: int, months: int, seed: int, r: float = 0.0) -> Floats:
    random = np.random.default_rng(seed)
    values = random.standard_normal((charts, months))
    for i in range(1, months):
        values[:, i] = r * values[:, i - 1] + np.sqrt(1 - r * r) * values[:, i]
    return values


def table(values: Any, first: int = 0) -> dict[str, Any]:
    """A row a value, series named w000, w001 …; rows of unequal length may be given as a list."""
    named = [(f"w{series:03}", row) for series, row in enumerate(values)]
    rows = [(name, first + month, value) for name, row in named for month, value in enumerate(row)]
    by, date, value = zip(*rows, strict=True)
    return {"by": list(by), "date": list(date), "value": np.array(value, dtype=np.float64)}


def a_board(charts: int = 40, changed: int = 6, months: int = 36, seed: int = 1) -> Floats:
    """The first charts rose by three sigmas eight months ago."""
    values = autocorrelated(charts, months, seed)
    values[:changed, -8:] += 3
    return values
