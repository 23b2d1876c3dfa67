"""Exponential smoothing of many series over a grid of parameters in one pass through time.

Windows are arrays (rows, columns) that end in the last column; nan is missing, and keeps the state as expected.
"""

from dataclasses import dataclass

import numpy as np

from plotthedots.constants import Flags, Floats, Whole

ALPHAS = (0.05, 0.15, 0.4, 0.7, 1.0)  # weight of the latest value in the level
BETAS = (0.03, 0.3)  # share of that weight that the trend takes
PHIS = (0.8, 0.95)  # how much of the trend is left after a period
FIRST = 5  # values whose mean the level begins at
AT_ONCE = 8192  # cells of a pass through time: what stays in the cache


@dataclass(frozen=True, slots=True)
class Grid:
    """Parameters of each point of a grid: arrays of equal length."""

    alpha: Floats
    beta: Floats
    phi: Floats

    @classmethod
    def level(cls) -> "Grid":
        """Simple exponential smoothing: a level and no trend."""
        alpha = np.array(ALPHAS)
        return cls(alpha, np.zeros_like(alpha), np.zeros_like(alpha))

    @classmethod
    def damped(cls) -> "Grid":
        """A level, without and with a damped trend."""
        flat = cls.level()
        alpha, beta, phi = (axis.ravel() for axis in np.meshgrid(ALPHAS, BETAS, PHIS, indexing="ij"))
        return cls(*(np.concatenate(pair) for pair in ((flat.alpha, alpha), (flat.beta, beta), (flat.phi, phi))))


@dataclass(frozen=True, slots=True)
class Smoothed:
    """Level, trend and squared one-step errors of each row (columns) at each point of the grid (rows)."""

    grid: Grid
    level: Floats
    trend: Floats
    squares: Floats
    seen: Whole

    def weights(self) -> Floats:
        """How much each point of the grid counts: its likelihood, exp(−n/2 · ln Σe²), summing to 1 in each row.

        An average over parameters forecasts better than the best of them, and changes smoothly with the data.
        """
        least = self.squares.max(axis=0) * 1e-9
        floor = np.where(least > 0, least, 1.0)
        exponent = -0.5 * self.seen * np.log(np.maximum(self.squares, floor))
        exponent -= exponent.max(axis=0)
        likelihood = np.exp(exponent)
        return np.asarray(likelihood / likelihood.sum(axis=0))


def smooth(window: Floats, grid: Grid) -> Smoothed:
    """Pass through time once, for every row and every point of the grid."""
    rows, points = len(window), len(grid.alpha)
    size = max(1, AT_ONCE // points)
    parts = [_pass(window[first : first + size], grid) for first in range(0, rows, size)]
    level, trend, squares = (np.concatenate([part[i] for part in parts], axis=1) for i in range(3))
    return Smoothed(grid, level, trend, squares, np.asarray((window == window).sum(axis=1)))


def _pass(window: Floats, grid: Grid) -> tuple[Floats, Floats, Floats]:
    there = window == window
    values = np.where(there, window, 0.0).T.copy()
    kept, full = there.T.astype(np.float64), there.all(axis=0)
    phi, alpha = grid.phi[:, None], grid.alpha[:, None]
    gain = alpha * grid.beta[:, None]
    # A series begins without a trend, at the mean of its first values: until then nothing moves.
    level = np.repeat(_first_mean(window, there)[None, :], len(grid.alpha), axis=0)
    trend, squares, error, scratch = (np.zeros_like(level) for _ in range(4))
    for column in range(int(there.any(axis=0).argmax()), window.shape[1]):
        trend *= phi
        level += trend
        np.subtract(values[column], level, out=error)
        if not full[column]:
            error *= kept[column]
        np.multiply(error, error, out=scratch)
        squares += scratch
        np.multiply(error, gain, out=scratch)
        trend += scratch
        error *= alpha
        level += error
    return level, trend, squares


def _first_mean(window: Floats, there: Flags) -> Floats:
    """Mean of the first few values of each row."""
    first = there & (np.cumsum(there, axis=1) <= FIRST)
    return np.asarray(np.where(first, window, 0.0).sum(axis=1) / np.maximum(first.sum(axis=1), 1))


def slope(window: Floats) -> Floats:
    """Least-squares slope a period of each row's values."""
    there = window == window
    n = np.maximum(there.sum(axis=1), 1)
    column = np.arange(window.shape[1], dtype=np.float64)
    middle = (there * column).sum(axis=1) / n
    mean = np.where(there, window, 0.0).sum(axis=1) / n
    away = np.where(there, column - middle[:, None], 0.0)
    products = (away * np.where(there, window - mean[:, None], 0.0)).sum(axis=1)
    squares = (away * away).sum(axis=1)
    return np.asarray(np.divide(products, squares, out=np.zeros(len(window)), where=squares > 0))
