"""How good forecasts were: arrays are (series, origins, leads), nan where nothing came to pass."""

import numpy as np

from plotthedots.constants import Flags, Floats, Signs, Whole

CONTESTED = 0.05  # a period is contested where the past share of periods at the target is this far from 0 and 1


def mase(actual: Floats, mean: Floats, values: Floats, season: int) -> Floats:
    """Mean absolute error over that of the seasonal naive forecast within the series (values: series, periods).

    Where under two seasons are known the plain naive forecast is the measure. Hyndman and Koehler, International
    Journal of Forecasting 22 (2006).
    """
    seasonal, plain = _steps(values, season), _steps(values, 1)
    enough = ((values == values).sum(axis=1) >= 2 * season) & (seasonal == seasonal)
    scale = np.where(enough, seasonal, plain)
    error = _mean(np.abs(actual - mean).reshape(len(mean), -1))
    return np.asarray(np.divide(error, scale, out=np.full(len(mean), np.nan), where=scale > 0))


def _steps(values: Floats, lag: int) -> Floats:
    """Mean size of the difference of values so many periods apart."""
    if values.shape[1] <= lag:
        return np.full(len(values), np.nan)
    return _mean(np.abs(values[:, lag:] - values[:, :-lag]))


def _mean(values: Floats) -> Floats:
    """Mean of each row, nan left out."""
    there = values == values
    n = there.sum(axis=1)
    total = np.where(there, values, 0.0).sum(axis=1)
    return np.asarray(np.divide(total, n, out=np.full(len(values), np.nan), where=n > 0))


def coverage(actual: Floats, lower: Floats, upper: Floats) -> Floats:
    """Share of what came to pass that lay within its limits, on them included."""
    # A value on a bound must count as within limits that end there, whatever rounding did on the way.
    slack = 1e-9 * (np.abs(lower) + np.abs(upper))
    inside = np.where((actual >= lower - slack) & (actual <= upper + slack), 1.0, 0.0)
    return _mean(np.where(actual == actual, inside, np.nan).reshape(len(actual), -1))


def met(values: Floats, targets: Floats, better: Signs) -> Floats:
    """1 where a value is at its target or beyond it the better way, else 0; nan where either is missing."""
    way = better.reshape((-1,) + (1,) * (values.ndim - 1))
    known: Flags = (values == values) & (targets == targets) & (way != 0)
    return np.where(known, np.where(way > 0, values >= targets, values <= targets), np.nan)


def past_share(values: Floats, targets: Floats, better: Signs, offsets: Whole) -> Floats:
    """Of the periods up to each origin (series, origins), the share that was at its target."""
    made = met(values, targets, better)
    known = made == made
    last = np.maximum(values.shape[1] - 1 - offsets, 0)
    total, n = np.cumsum(np.where(known, made, 0.0), axis=1)[:, last], np.cumsum(known, axis=1)[:, last]
    return np.asarray(np.divide(total, n, out=np.full_like(total, np.nan), where=n > 0))


def brier(chance: Floats, actual: Floats, goal: Floats, better: Signs, share: Floats) -> Floats:
    """Mean squared difference between chance and outcome on contested periods (Brier, Monthly Weather Review 1950)."""
    contested = (share >= CONTESTED) & (share <= 1 - CONTESTED)
    error = (chance - met(actual, goal, better)) ** 2
    return _mean(np.where(contested[:, :, None], error, np.nan).reshape(len(actual), -1))
