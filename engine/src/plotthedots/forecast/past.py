"""What a forecast may learn from: values by period, of each series' latest phase, without ghosts."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from plotthedots.constants import Flags, Floats, Signs, Whole
from plotthedots.errors import BadInput
from plotthedots.forecast.bounds import Bounds
from plotthedots.forecast.periods import Periods, infer
from plotthedots.prepare import Prepared
from plotthedots.segments import Segments


@dataclass(slots=True)
class Past:
    """Rows of a frame by series and date, and of each series what is known before any forecast.

    Values are divided by `scale`, a power of two near the largest of the series, so that no square overflows.
    `back` is how many periods a row lies before the last row with a value (below 0: after it).
    """

    prepared: Prepared
    series: Segments
    periods: Periods
    owner: Whole
    back: Whole
    last: Whole  # number of the last period with a value
    values: Floats
    usable: Flags
    n: Whole
    scale: Floats
    bounds: Bounds
    whole: Flags  # series of whole numbers, 0 or more
    better: Signs

    def span(self) -> Whole:
        """Periods from the first usable value of each series to its last value."""
        reach = np.where(self.usable, self.back + 1, 0)
        return np.asarray(np.maximum.reduceat(reach, self.series.starts))

    def matrix(self, column: Floats, which: Whole, width: int) -> Floats:
        """A column of the rows as an array (series, periods) that ends with the last value; nan where there is none."""
        place = np.full(len(self.n), -1)
        place[which] = np.arange(len(which))
        rows = np.flatnonzero(self.usable & (self.back < width) & (place[self.owner] >= 0))
        made = np.full((len(which), width), np.nan)
        made[place[self.owner[rows]], width - 1 - self.back[rows]] = column[rows]
        return made

    def exposure(self) -> tuple[Floats, Floats]:
        """Counts and what they are out of, a row each (1 where there is no denominator)."""
        prepared = self.prepared
        if prepared.denominator is None or prepared.numerator is None:
            return prepared.batch.value, np.ones_like(self.values)
        return prepared.numerator, prepared.denominator


def past(prepared: Prepared, bounds: Any, multiply: float, value: str) -> Past:
    """Arrange prepared rows by period. BadInput: a value beyond the bounds given."""
    series = prepared.stretches.series
    values = prepared.batch.value * multiply
    values = np.where(np.isfinite(values), values, np.nan)
    owner = np.repeat(np.arange(len(series.starts)), series.lengths)
    periods = infer(prepared.moments, series, prepared.dates.type)
    there = values == values
    number = periods.number
    last = np.maximum.reduceat(np.where(there, number, np.iinfo(np.int64).min), series.starts)
    none = last == np.iinfo(np.int64).min
    last = np.where(none, number[series.starts + series.lengths - 1], last)
    back = last[owner] - number
    usable = there & _in_last_phase(prepared, owner) & (back >= 0)
    if prepared.ghost is not None:
        usable &= ~prepared.ghost
    counts = prepared.numerator if prepared.numerator is not None else prepared.batch.value
    # Above 2⁵³ every float is a whole number.
    parted = (counts != np.floor(counts)) | (counts < 0) | (counts >= 2.0**53)
    whole = series.count(usable & parted) == 0
    limits = _bounds(prepared, series, bounds, multiply, whole)
    _refuse_beyond(values, limits, owner, prepared, value, bounds)
    largest = np.maximum.reduceat(np.where(usable, np.abs(values), 0.0), series.starts)
    scale = np.where(largest > 0, np.exp2(-np.round(np.log2(np.where(largest > 0, largest, 1.0)))), 1.0)
    return Past(
        prepared, series, periods, owner, back, last, values * scale[owner], usable, series.count(usable), scale,
        limits.scaled(scale), whole, _better(prepared),
    )  # fmt: skip


def _in_last_phase(prepared: Prepared, owner: Whole) -> Flags:
    """Rows since the last phase began; a phase that begins after the last value has taught nothing yet."""
    stretches = prepared.stretches
    if len(stretches.owner) == len(stretches.series.starts):
        return np.ones(len(owner), dtype=np.bool_)
    latest = stretches.number[stretches.last_of_series]
    return np.asarray(np.repeat(stretches.number, stretches.phases.lengths) == latest[owner])


def _bounds(prepared: Prepared, series: Segments, asked: Any, multiply: float, whole: Flags) -> Bounds:
    """Bounds asked for; else those of proportions (a denominator that no numerator passes) and of counts."""
    count = len(series.starts)
    if asked is not None:
        lower, upper = (np.inf if bound is None else float(bound) for bound in asked)
        return Bounds(np.full(count, -np.inf if asked[0] is None else lower), np.full(count, upper))
    if prepared.denominator is None or prepared.numerator is None:
        return Bounds(np.where(whole, 0.0, -np.inf), np.full(count, np.inf))
    beyond = series.count(prepared.numerator > prepared.denominator) > 0
    negative = series.count(prepared.numerator < 0) > 0
    return Bounds(np.where(negative, -np.inf, 0.0), np.where(beyond | negative, np.inf, multiply))


def _refuse_beyond(values: Floats, limits: Bounds, owner: Whole, prepared: Prepared, column: str, asked: Any) -> None:
    bad = (values < limits.lower[owner]) | (values > limits.upper[owner])
    if asked is not None and bad.any():
        row = int(np.flatnonzero(bad)[0])
        least, most = ("no bound" if bound is None else f"{bound:g}" for bound in asked)
        raise BadInput(
            f"found {values[row]:.15g}, expected a value within the bounds given ({least}, {most}).",
            row=prepared.order.original(row),
            column=column,
        )


def _better(prepared: Prepared) -> Signs:
    """The better way of each series: that of its last row."""
    series = prepared.stretches.series
    if not np.ndim(prepared.better):
        return np.full(len(series.starts), prepared.better, dtype=np.int8)
    return np.asarray(prepared.better[series.starts + series.lengths - 1])


def targets(made: Past, horizon: int) -> Floats:
    """The target of each of the next periods (series, horizon), as it was given; nan where there is none.

    A row beyond the last value gives the target of its period and of those after it; else the last is carried on.
    """
    given = made.prepared.target
    count = len(made.n)
    if given is None:
        return np.full((count, horizon), np.nan)
    known = np.flatnonzero(given == given)
    # Where several rows speak for a step the latest one counts: rows stand by date, and later ones overwrite.
    step = np.maximum(-made.back[known], 0)
    ahead = np.full((count, horizon + 1), np.nan)
    inside = step <= horizon
    ahead[made.owner[known][inside], step[inside]] = given[known][inside]
    latest = np.where(ahead == ahead, np.arange(horizon + 1), 0)
    np.maximum.accumulate(latest, axis=1, out=latest)
    return np.asarray(np.take_along_axis(ahead, latest, axis=1)[:, 1:])
