"""How like its neighbour each value is: autocorrelation, estimated for the board and for each series of it."""

from dataclasses import dataclass

import numpy as np

from plotthedots.budget.change import residuals
from plotthedots.budget.grids import LENGTHS, LIKENESS, at_window, corners, table
from plotthedots.constants import Floats, Whole

LOWEST, HIGHEST = -0.5, 0.95
# Before any series is seen, autocorrelations are taken to differ by 0.3; that counts as much as three series do.
SPREAD, WORTH = 0.3, 3
# Where to ask, in spreads from the middle: further up, as what is estimated too low is the greater danger.
NODES = np.linspace(-2.5, 3.5, 11)


@dataclass(frozen=True, slots=True)
class Likeness:
    """What each series' autocorrelation may be (series, nodes) and how much each counts; rows of `shares` sum to 1."""

    nodes: Floats
    shares: Floats

    @property
    def middle(self) -> Floats:
        return np.asarray((self.nodes * self.shares).sum(axis=1))


@dataclass(frozen=True, slots=True)
class _Board:
    """What the others of a board say of a series' autocorrelation: a mean, and the variance about it."""

    middle: Floats
    variance: Floats


def raw(values: Floats, n: Whole, window: int) -> Floats:
    """Autocorrelation at lag 1 of what the likeliest change leaves, as it is computed: too low in short series.

    0 where nothing is left.
    """
    left = residuals(values, n, window)
    return np.asarray((left[:, 1:] * left[:, :-1]).sum(axis=1) / np.maximum((left * left).sum(axis=1), 1e-12))


def likeness(values: Floats, n: Whole, window: int) -> Likeness:
    """Each series' autocorrelation by Bayes' rule: the prior is what the others have, the likelihood its raw figure.

    Mean and spread of the raw figure at each length and autocorrelation come from the null tables, and so its bias.
    Between-series variance by the method of moments: DerSimonian and Laird, Controlled Clinical Trials 7 (1986).
    """
    found = raw(values, n, window)
    means, spreads = (at_window(table(name), window, axis=1) for name in ("likeness_mean", "likeness_spread"))
    middles = np.zeros(len(n))
    for _ in range(4):
        corrected, variance = _corrected(found, n, means, spreads, middles)
        board = _others(corrected, variance)
        own = 1 / (1 / variance + 1 / board.variance)
        middles = np.clip(own * (corrected / variance + board.middle / board.variance), LOWEST, HIGHEST)
    nodes = np.clip(middles[:, None] + np.sqrt(own)[:, None] * NODES, LOWEST, HIGHEST)
    # Equal steps between the lowest and the highest, so that densities are shares.
    nodes = nodes[:, :1] + (nodes[:, -1:] - nodes[:, :1]) * np.linspace(0, 1, len(NODES))
    mean, spread = _read(means, n[:, None], nodes), _read(spreads, n[:, None], nodes)
    logs = -(((found[:, None] - mean) / spread) ** 2) / 2 - np.log(spread)
    logs -= (nodes - board.middle[:, None]) ** 2 / (2 * board.variance[:, None])
    shares = np.exp(logs - logs.max(axis=1, keepdims=True))
    return Likeness(nodes, shares / shares.sum(axis=1, keepdims=True))


def _corrected(found: Floats, n: Whole, means: Floats, spreads: Floats, near: Floats) -> tuple[Floats, Floats]:
    """Raw figures freed of their bias, and the variance that leaves, by the slope of the table near a value."""
    low, high = np.clip(near - 0.1, LOWEST, HIGHEST), np.clip(near + 0.1, LOWEST, HIGHEST)
    at_low, at_high, spread = _read(means, n, low), _read(means, n, high), _read(spreads, n, near)
    slope = (at_high - at_low) / (high - low)
    return low + (found - at_low) / slope, (spread / slope) ** 2


def _read(values: Floats, n: Whole, likeness: Floats) -> Floats:
    return np.asarray(sum(share * values[i, j] for i, j, share in corners(n, likeness, LENGTHS, LIKENESS)))


def _others(corrected: Floats, variance: Floats) -> _Board:
    """What the rest of the board says of each series; nothing where there is only one."""
    count = len(corrected)
    if count == 1:
        return _Board(corrected, np.array([1e6]))
    weight = 1 / variance
    mean = (weight * corrected).sum() / weight.sum()
    surplus = (weight * (corrected - mean) ** 2).sum() - (count - 1)
    seen = max(surplus / (weight.sum() - (weight**2).sum() / weight.sum()), 0.0)
    between = float(((count - 1) * seen + WORTH * SPREAD**2) / (count - 1 + WORTH))
    weight = 1 / (variance + between)
    rest = weight.sum() - weight
    return _Board(((weight * corrected).sum() - weight * corrected) / rest, between + 1 / rest)
