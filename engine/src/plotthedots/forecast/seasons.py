"""Seasonal effects of many series at once: classical decomposition, shrunk towards none.

A window is an array (rows, columns) of values that end in the last column; nan is missing. Effects have a
column for each of the last `season` columns of the window, in their order.
"""

import numpy as np

from plotthedots.constants import Flags, Floats


def filled(window: Floats) -> Floats:
    """Missing values take the one before; those before the first stay missing."""
    there = window == window
    gaps = np.flatnonzero(there.sum(axis=1) < window.shape[1] - there.argmax(axis=1))
    if not len(gaps):
        return window
    last = np.where(there[gaps], np.arange(window.shape[1]), -1)
    np.maximum.accumulate(last, axis=1, out=last)
    found = np.take_along_axis(window[gaps], np.maximum(last, 0), axis=1)
    made = window.copy()
    made[gaps] = np.where(last < 0, np.nan, found)
    return made


def moving_average(window: Floats, season: int) -> Floats:
    """Centred average over one season (half weights at both ends where it is even); nan where it does not fit.

    The window has no gaps after its first value.
    """
    rows, columns = window.shape
    averages = np.full((rows, columns), np.nan)
    ends = season // 2
    if columns < 2 * ends + 1:
        return averages
    there = window == window
    sums = _running(np.where(there, window, 0.0), season)
    sums[np.arange(sums.shape[1]) < there.argmax(axis=1)[:, None]] = np.nan
    if season % 2 == 0:
        sums = (sums[:, 1:] + sums[:, :-1]) / 2
    np.divide(sums, season, out=averages[:, ends : columns - ends])
    return averages


def _running(values: Floats, length: int) -> Floats:
    """Sums of `length` neighbours."""
    running = np.cumsum(values, axis=1)
    sums = running[:, length - 1 :].copy()
    sums[:, 1:] -= running[:, :-length]
    return sums


def effects(window: Floats, season: int) -> tuple[Floats, Floats]:
    """Additive seasonal effects, and how far they may be believed (0 to 1, by which they are multiplied).

    Deviations from the centred moving average are averaged by phase, centred, and shrunk by 1 − 1/F, where F
    sets the spread of the phases against what noise alone would give (James and Stein's estimator, as Miller
    and Williams, International Journal of Forecasting 19, 2003, use it). A phase never seen means no season.
    """
    rows, columns = window.shape
    if season < 2 or columns <= season:
        return np.zeros((rows, max(season, 1))), np.zeros(rows)
    complete = filled(window)
    deviations = complete - moving_average(complete, season)
    padded = np.full((rows, columns + -columns % season), np.nan)
    padded[:, -columns:] = deviations
    cycles = padded.reshape(rows, -1, season)
    there = cycles == cycles
    seen = there.sum(axis=1)
    means = np.where(there, cycles, 0.0).sum(axis=1) / np.maximum(seen, 1)
    means -= means.mean(axis=1, keepdims=True)
    residuals = np.where(there, cycles - means[:, None, :], 0.0)
    belief = _belief(means, seen, (residuals * residuals).sum(axis=(1, 2)))
    return means * belief[:, None], belief


def _belief(means: Floats, seen: Floats, squares: Floats) -> Floats:
    season = means.shape[1]
    spare = seen.sum(axis=1) - season
    known: Flags = (seen.min(axis=1) >= 1) & (spare > 0)
    noise = squares / np.maximum(spare, 1) / np.maximum(seen.mean(axis=1), 1)
    signal = (means * means).sum(axis=1) / (season - 1)
    share = np.divide(noise, signal, out=np.ones(len(means)), where=known & (signal > 0))
    return np.asarray(np.maximum(0.0, 1.0 - share))


def behind(per_phase: Floats, columns: int) -> Floats:
    """Effects of the last `columns` columns."""
    season = per_phase.shape[1]
    return np.tile(per_phase, (1, -(-columns // season)))[:, -columns:]


def ahead(per_phase: Floats, horizon: int) -> Floats:
    """Effects of the next `horizon` columns."""
    season = per_phase.shape[1]
    return np.tile(per_phase, (1, -(-horizon // season)))[:, :horizon]
