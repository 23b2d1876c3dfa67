"""What every family returns, and the moving ranges that several of them share."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from plotthedots.batch import Batch
from plotthedots.constants import MOVING_RANGE, Floats
from plotthedots.segments import Segments


class Lines(NamedTuple):
    """Centre line, and the lower and upper line `k` sigma from it: a value a row, or a phase where `level`.

    `judged` are the values that rules compare with them, where these differ from the drawn ones by rounding.
    """

    centre: Floats
    at: Callable[[float], tuple[Floats, Floats]]
    level: bool = False
    judged: Floats | None = None


class Sigma(NamedTuple):
    """How sigma is estimated: screened moving ranges or not; 2.66 mean moving ranges (XmR) or 3/1.128; and
    whether as qicharts2 0.8.1 does it to the letter (decision 0004)."""

    screen: bool
    making_data_count: bool
    qicharts2: bool = False


def around(centre: Floats, sigma: Floats) -> Callable[[float], tuple[Floats, Floats]]:
    """Lines `k` sigma below and above the centre."""
    return lambda k: (centre - k * sigma, centre + k * sigma)


def computed(batch: Batch, values: Floats) -> Floats:
    """The values that count towards limits: nan elsewhere."""
    return values if batch.counted is None else np.where(batch.counted, values, np.nan)


def mean_moving_range(batch: Batch, values: Floats, *, screen: bool, limit: float = MOVING_RANGE) -> Floats:
    """Mean of |difference of neighbours| in each phase; with `screen`, taken once more without large ones.

    Rows that do not count are taken out first, so that ranges bridge ghosts; a missing value stays and
    breaks the ranges on both its sides. Screening: Nelson, Journal of Quality Technology 14 (1982).
    """
    phases = batch.phases
    if batch.counted is not None:
        phases = phases.keeping(batch.counted)
        values = values[batch.counted]
    ranges = np.empty_like(values)
    if len(ranges):
        ranges[0] = np.nan
        np.subtract(values[1:], values[:-1], out=ranges[1:])
        np.abs(ranges, out=ranges)
    ranges[phases.starts[phases.lengths > 0]] = np.nan
    return screened_mean(phases, ranges, screen=screen, limit=limit)


def screened_mean(phases: Segments, ranges: Floats, *, screen: bool, limit: float) -> Floats:
    """Mean of each phase's ranges (nan left out), taken again without those of `limit` means or more."""
    means = phases.mean(ranges)
    if not screen:
        return means
    large = ranges >= phases.spread(limit * means)
    if large.any():
        touched = np.logical_or.reduceat(large, phases.starts) if phases.lengths.all() else phases.count(large) > 0
        rows = np.flatnonzero(phases.spread(touched))
        again = ranges[rows]
        again[large[rows]] = np.nan
        means[touched] = Segments.of(phases.lengths[touched]).mean(again)
    return means


def known_or(batch: Batch, computed_centre: Floats) -> Floats:
    """The centre that was given, a value a row, or else the one computed for each phase, repeated on its rows."""
    return batch.phases.spread(computed_centre) if batch.centre is None else batch.centre


def level_or_known(batch: Batch, computed_centre: Floats) -> tuple[Floats, bool]:
    """The centre that was given, a value a row, or else the one computed for each phase; and whether it is level."""
    return (computed_centre, True) if batch.centre is None else (batch.centre, False)
