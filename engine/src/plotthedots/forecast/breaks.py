"""Levels that broke: the one abrupt, lasting step that makes what came before no guide to what comes next.

Meant for what nobody would call noise (a definition changed, a service moved, April 2020), not as a test for
shifts: that is what control charts are for, and a forecast follows a rebase date that a person gave.
"""

import numpy as np

from plotthedots.constants import Flags, Floats, Whole
from plotthedots.forecast import seasons

SIDE = 6  # periods compared on each side of a step
BEFORE = 4  # values among them before a step
AFTER = 3  # and after it, which show that it lasts
LARGE = 8.0  # sizes of ordinary change that a step between levels must pass
ABRUPT = 0.6  # share of the step that one period makes


def begins(window: Floats, season: int) -> Whole:
    """Column at which the latest level of each window begins: that of its last break, 0 where there is none."""
    made = np.zeros(len(window), dtype=np.int64)
    values, change, ordinary = _adjusted(window, season)
    held = suspects(change, ordinary, ABRUPT * LARGE)
    if window.shape[1] > SIDE + AFTER and held.any():
        made[held] = _last(values[held], change[held], ordinary[held])
    return made


def without_former_levels(windows: Floats, series: Floats, season: int) -> Floats:
    """Windows (series, origins, columns) with all before their latest level taken away, each by what it holds.

    Only series with a change that any of their windows could call a break are looked at window by window.
    """
    _, change, ordinary = _adjusted(series, season)
    held = np.flatnonzero(suspects(change, ordinary, ABRUPT * LARGE * 0.8))
    if not len(held):
        return windows
    made = windows.copy()
    looked_at = made[held].reshape(-1, made.shape[2])
    looked_at[np.arange(made.shape[2]) < begins(looked_at, season)[:, None]] = np.nan
    made[held] = looked_at.reshape(len(held), *made.shape[1:])
    return made


def suspects(change: Floats, ordinary: Floats, times: float) -> Flags:
    """Rows with a change of so many times the ordinary size."""
    largest = np.abs(np.where(change == change, change, 0.0)).max(axis=1)
    return np.asarray((largest >= times * ordinary) & (largest > 0))


def _adjusted(window: Floats, season: int) -> tuple[Floats, Floats, Floats]:
    """Values without season, their changes since the value before, and the size of ordinary ones."""
    complete = seasons.filled(window)
    complete = complete - seasons.behind(seasons.effects(complete, season)[0], window.shape[1])
    values = np.where(window == window, complete, np.nan)
    change = np.full_like(values, np.nan)
    change[:, 1:] = values[:, 1:] - complete[:, :-1]
    return values, change, _ordinary(change)


def _last(values: Floats, change: Floats, ordinary: Floats) -> Whole:
    """The last column at which a level begins that is far from the one before, at once, and for good."""
    rows, columns = values.shape
    none = np.full((rows, 1), np.nan)
    low, high, level = (np.concatenate([none, side], axis=1) for side in _sides(values[:, :-1], BEFORE))
    after_low, after_high, after = (side[:, ::-1] for side in _sides(values[:, ::-1], AFTER))
    step, middle = after - level, (after + level) / 2
    apart = np.where(step > 0, (after_low > middle) & (high < middle), (after_high < middle) & (low > middle))
    large = np.abs(step) >= LARGE * ordinary[:, None]
    abrupt = change * np.sign(step) >= ABRUPT * np.abs(step)
    found = apart & large & abrupt & (step != 0)
    last = columns - 1 - found[:, ::-1].argmax(axis=1)
    return np.asarray(np.where(found.any(axis=1), last, 0))


def _sides(values: Floats, least: int) -> tuple[Floats, Floats, Floats]:
    """Lowest, highest and mean of each value and those before it, up to `SIDE`; nan where there are under `least`."""
    columns = values.shape[1]
    padded = np.concatenate([np.full((len(values), SIDE - 1), np.nan), values], axis=1)
    neighbours = [padded[:, shift : shift + columns] for shift in range(SIDE)]
    low, high, total, seen = neighbours[0], neighbours[0], np.zeros_like(values), np.zeros(values.shape, dtype=np.int8)
    for each in neighbours:
        low, high = np.fmin(low, each), np.fmax(high, each)
        there = each == each
        total += np.where(there, each, 0.0)
        seen += there
    mean = total / np.maximum(seen, 1)
    few = seen < least
    return tuple(np.where(few, np.nan, side) for side in (low, high, mean))  # type: ignore[return-value]


def _ordinary(change: Floats) -> Floats:
    """The size of ordinary change: a standard deviation seen from the median, or a quarter of the mean if larger."""
    sizes = np.sort(np.abs(change), axis=1)
    n = (sizes == sizes).sum(axis=1)
    median = np.take_along_axis(sizes, np.maximum(n - 1, 0)[:, None] // 2, axis=1)[:, 0]
    mean = np.where(sizes == sizes, sizes, 0.0).sum(axis=1) / np.maximum(n, 1)
    # Changes of white noise of deviation σ have the median size 0.954 σ.
    return np.asarray(np.maximum(np.where(n > 0, median, 0.0) / 0.954, mean / 4))
