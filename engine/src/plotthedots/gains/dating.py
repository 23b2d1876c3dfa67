"""When did the level change? The dates at which a step explains the values best, and how sure that is.

Every period near the claim is tried as the date of one lasting step; each is as likely before any data, and weighed by
how likely it makes the values, over all models of noise.
"""

import numpy as np

from plotthedots.constants import Floats
from plotthedots.gains.evidence import Sums, change
from plotthedots.gains.noise import Filter, log_sum

AROUND = 12  # periods before and after the claim that are tried
FEWEST = 3  # values on either side of a date that is tried
SURE = 0.95


def dates(values: Floats, white: Floats, before: int) -> tuple[Floats, int]:
    """Probability of each date tried, and the column of the first; `values` and `white` are those of one window."""
    there = values == values
    seen = np.cumsum(there)
    tried = np.arange(max(before - AROUND, 1), min(before + AROUND + 1, len(values)))
    tried = tried[(seen[tried - 1] >= FEWEST) & (seen[-1] - seen[tried - 1] >= FEWEST)]
    if not len(tried):
        return np.empty(0), before
    filtered, sums = Filter.begin(3, len(tried)), Sums.none(len(tried))
    one = np.ones(len(tried))
    for period, value in enumerate(np.where(there, values, 0.0)):
        columns = np.stack([value * one, one, (period >= tried).astype(np.float64)])
        sums.add(*filtered.step(columns, np.full(len(tried), there[period]), white[period] * one))
    likely = log_sum(change(sums).given)
    weights = np.exp(likely - likely.max())
    return np.asarray(weights / weights.sum()), int(tried[0])


def interval(probability: Floats) -> tuple[int, int, int]:
    """Positions of the first, the likeliest and the last date of the shortest stretch that holds 95 %."""
    running = np.concatenate([[0.0], np.cumsum(probability)])
    best = (0, len(probability) - 1)
    for first in range(len(probability)):
        reach = int(np.searchsorted(running, running[first] + SURE - 1e-12))
        if reach < len(running) and reach - 1 - first < best[1] - best[0]:
            best = (first, reach - 1)
    return best[0], int(probability.argmax()), best[1]
