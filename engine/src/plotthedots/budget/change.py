"""Evidence for a change of level near the end of a series: a likelihood ratio averaged over its dates, and its chance.

Series are rows of a matrix, their latest values at the right, 0 to the left of the first; `n` is how many are values.
"""

import numpy as np

from plotthedots.budget.grids import BEFORE, LENGTHS, LEVELS, LIKENESS, at_window, corners, table
from plotthedots.constants import Floats, Whole

UNLIKELY = 1e-300  # the least p-value that is told apart from 0


def evidence(values: Floats, n: Whole, window: int, likeness: Floats) -> Floats:
    """Twice the logarithm of the average likelihood ratio of "the level changed" against "it did not".

    The average is over the dates at which a change can be: before any of the last `window` points, with 6 points
    before it. Errors are AR(1) with the autocorrelation of `likeness` (series, any number); so is what is given back.
    Levels and spread are estimated by generalised least squares. Source of the average: Andrews and Ploberger,
    Optimal tests when a nuisance parameter is present only under the alternative, Econometrica 62 (1994).
    """
    return by_window(values, n, [window], likeness)[0]


def by_window(values: Floats, n: Whole, windows: list[int], likeness: Floats) -> list[Floats]:
    """The same for several windows, narrow to wide."""
    r, size = likeness, n[:, None].astype(np.float64)
    width = values.shape[1]
    column = values[:, :, None]
    first = values[np.arange(len(n)), width - n][:, None]
    total, squares = values.sum(axis=1)[:, None], (values * values).sum(axis=1)[:, None]
    products = (values[:, 1:] * values[:, :-1]).sum(axis=1)[:, None]
    last, one = column[:, -1], 1 - r
    # The series less r times the value before (Prais and Winsten), its level alone fitted.
    whole = (1 - r * r) * first**2 + (squares - first**2) - 2 * r * products + r * r * (squares - last**2)
    level = (1 - r * r) * first + one * ((total - first) - r * (total - last))
    weight = (1 - r * r) + (size - 1) * one**2
    unexplained = np.maximum(whole - level**2 / weight, 1e-12)
    tail, ratios, most, found = np.zeros_like(first), np.zeros_like(r), 0, []
    for window in windows:
        for m in range(most + 1, min(window, width - BEFORE) + 1):
            value = column[:, width - m]
            step = value - r * column[:, width - m - 1] + one * (tail - r * (tail + value - last))
            tail = tail + value
            both = one * (1 + (m - 1) * one)
            fits = size - m >= BEFORE
            apart = np.where(fits, 1 + (m - 1) * one**2 - both**2 / weight, 1.0)
            explained = (step - both * level / weight) ** 2 / (apart * unexplained)
            ratio = np.maximum(1 - explained, 1e-12) ** (-(size - 2) / 2)
            ratios = ratios + np.where(fits, ratio, 0)
        most = window
        found.append(2 * np.log(ratios / np.minimum(window, size - BEFORE)))
    return found


def chance(found: Floats, n: Whole, window: int, likeness: Floats) -> Floats:
    """The chance of evidence this strong though nothing changed, at that length, window and autocorrelation.

    Between the levels of the table its logarithm is straight in the evidence; beyond the last it falls by e for
    each 2 of evidence, as the tail of a likelihood ratio does at the slowest.
    """
    quantiles = at_window(table("evidence"), window, axis=1)  # length, autocorrelation, level
    at = np.zeros((*found.shape, len(LEVELS)))
    for i, j, share in corners(n[:, None], likeness, LENGTHS, LIKENESS):
        at += share[..., None] * quantiles[i, j]
    place = np.clip((at <= found[..., None]).sum(axis=-1) - 1, 0, len(LEVELS) - 2)[..., None]
    low, high = (np.take_along_axis(at, place + step, axis=-1)[..., 0] for step in (0, 1))
    logs = np.log(LEVELS)
    inside = logs[place[..., 0]] + (found - low) / (high - low) * np.diff(logs)[place[..., 0]]
    beyond = logs[-1] - (found - at[..., -1]) / 2
    return np.asarray(np.exp(np.clip(np.where(found > at[..., -1], beyond, inside), np.log(UNLIKELY), 0)))


def residuals(values: Floats, n: Whole, window: int) -> Floats:
    """What is left of each series without its level and the likeliest change of it; 0 to the left of the first."""
    width = values.shape[1]
    total = values.sum(axis=1)
    tails = np.cumsum(values[:, ::-1], axis=1)[:, : max(min(window, width - BEFORE), 1)]
    m = np.arange(1, tails.shape[1] + 1)
    before = np.maximum(n[:, None] - m, 1)
    explained = np.where(n[:, None] - m >= BEFORE, tails**2 / m + (total[:, None] - tails) ** 2 / before, -np.inf)
    best = explained.argmax(axis=1)
    rows = np.arange(len(n))
    after = np.arange(width) >= width - m[best][:, None]
    mean_after, mean_before = tails[rows, best] / m[best], (total - tails[rows, best]) / before[rows, best]
    left = values - np.where(after, mean_after[:, None], mean_before[:, None])
    return np.where(np.arange(width) >= width - n[:, None], left, 0.0)
