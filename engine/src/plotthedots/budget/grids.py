"""The settings at which null tables were simulated, and how a value between two of them is read."""

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from plotthedots.constants import Floats, Whole

TABLES = Path(__file__).parent / "null.npz"  # written by engine/benchmarks/null_tables.py

FEWEST = 12  # points of a phase that can be judged
MOST = 120  # the latest points of a longer phase
BEFORE = 6  # fewest points before a change that is looked for
WIDEST = 60  # points: the widest window

LENGTHS = np.array([12, 13, 14, 15, 16, 18, 20, 24, 30, 36, 48, 60, 84, 120])
WINDOWS = np.array([1, 2, 3, 4, 6, 9, 12, 18, 24, 36, 60])
LIKENESS = np.array([-0.5, -0.25, 0.0, 0.2, 0.4, 0.6, 0.75, 0.85, 0.95])  # autocorrelation at lag 1
# Chances of so strong evidence or stronger, though nothing changed.
LEVELS = np.array([0.99, 0.95, 0.9, 0.8, 0.65, 0.5, 0.35, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001, 3e-4, 1e-4])


@cache
def table(name: str) -> npt.NDArray[Any]:
    """A table of numbers by its name."""
    with np.load(TABLES) as tables:
        return np.asarray(tables[name])


def between(grid: npt.NDArray[Any], values: Any) -> tuple[Whole, Floats]:
    """The setting at or below each value, and how far it is from there to the next, 0 to 1; beyond the ends, the end.

    >>> between(np.array([1.0, 2.0, 4.0]), np.array([0.5, 3.0, 9.0]))
    (array([0, 1, 1]), array([0. , 0.5, 1. ]))
    """
    grid = np.asarray(grid, dtype=np.float64)
    values = np.clip(np.asarray(values, dtype=np.float64), grid[0], grid[-1])
    low = np.clip(np.searchsorted(grid, values, side="right") - 1, 0, len(grid) - 2)
    return low, (values - grid[low]) / (grid[low + 1] - grid[low])


def at_window(values: npt.NDArray[Any], window: int, axis: int, grid: npt.NDArray[Any] = WINDOWS) -> Floats:
    """A table at one window, between those simulated by the logarithm of the window."""
    low, share = between(np.log(grid), np.log(window))
    return np.asarray(np.take(values, low, axis) * (1 - share) + np.take(values, low + 1, axis) * share)


def corners(
    n: Any, likeness: Any, lengths: npt.NDArray[Any], likenesses: npt.NDArray[Any]
) -> list[tuple[Any, Any, Any]]:
    """The four neighbouring settings (length, autocorrelation) and their weights, by logarithm of the length."""
    i, across = between(np.log(lengths), np.log(np.maximum(n, 1)))
    j, along = between(likenesses, likeness)
    return [
        (i, j, (1 - across) * (1 - along)),
        (i, j + 1, (1 - across) * along),
        (i + 1, j, across * (1 - along)),
        (i + 1, j + 1, across * along),
    ]
