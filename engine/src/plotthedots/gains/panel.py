"""Series side by side by period, and windows of them about a date: what every comparison of gains is made of."""

from dataclasses import dataclass

import numpy as np

from plotthedots.constants import T_POWER, Flags, Floats, Whole
from plotthedots.forecast import seasons
from plotthedots.forecast.periods import Periods, infer
from plotthedots.prepare import Prepared

LONGEST_BEFORE = 60  # periods: what lies further back says little of the level that was to be improved
SPARSE = 3  # under one value in so many periods: values follow one another, whatever their dates
FEWEST_BEFORE = 8  # values before a date without which nothing is compared
SEASONS = 2  # whole seasons before a date from which the season may be taken out
BORROWED = 5  # other series that must agree on a season before it is borrowed
BELIEVED = 0.6  # share of a season's effects that must be believed
RARE = ("g", "t")
NO_DATE = np.iinfo(np.int64).min


@dataclass(frozen=True, slots=True)
class Panel:
    """Values by series and period (nan where none counts), on the scale on which spread is even.

    `number` is each row's column; `noise` the variance of each value's own noise, in any unit.
    """

    prepared: Prepared
    chart: str
    periods: Periods
    in_turn: Flags  # series whose values count by their order, not by the calendar
    number: Whole
    values: Floats
    noise: Floats
    season: Whole
    origin: Whole  # number of the period in column 0, by series

    def place(self, moment: Whole, series: Whole) -> tuple[Whole, Flags]:
        """Column of the period that holds each moment, and whether it is the period's first."""
        number, first = self.periods.of(moment, series)
        columns = number - self.origin[series]
        starts, lengths = self.prepared.stretches.series.starts, self.prepared.stretches.series.lengths
        for position in np.flatnonzero(self.in_turn[series]):
            begin = int(starts[series[position]])
            own = self.prepared.moments[begin : begin + int(lengths[series[position]])]
            row = int(np.searchsorted(own, moment[position], side="left"))
            columns[position] = row
            # The time up to an event began with the event before.
            first[position] = row < len(own) and own[row] == moment[position] and self.chart not in RARE
        return columns, first

    def dates(self) -> Whole:
        """The date of each row by series and column; `NO_DATE` where there is no row."""
        series = self.prepared.stretches.series
        made = np.full(self.values.shape, NO_DATE)
        made[np.repeat(np.arange(len(series.starts)), series.lengths), self.number] = self.prepared.moments
        return made

    def back(self, values: Floats) -> Floats:
        """From the even scale to that of the measure."""
        return np.maximum(values, 0) ** T_POWER if self.chart in RARE else values


def panel(prepared: Prepared, chart: str) -> Panel:
    """Arrange prepared rows by period."""
    series = prepared.stretches.series
    periods = infer(prepared.moments, series, prepared.dates.type)
    owner = np.repeat(np.arange(len(series.starts)), series.lengths)
    number = periods.number
    span = number[series.starts + series.lengths - 1] - number[series.starts] + 1
    in_turn = (series.lengths * SPARSE < span) | (chart in RARE)
    origin = np.where(in_turn, 0, _origins(periods, number[series.starts]))
    turn = np.arange(len(owner)) - series.starts[owner]
    column = np.where(in_turn[owner], turn, number - origin[owner])
    batch = prepared.batch
    counted = batch.value == batch.value
    if batch.ghost is not None:
        counted &= ~batch.ghost
    shape = (len(series.starts), int(column.max()) + 1 if len(column) else 0)
    weight = prepared.denominator if prepared.denominator is not None else batch.size
    weights = np.ones_like(batch.value) if weight is None else np.where(weight > 0, weight, np.nan)
    even = batch.value ** (1 / T_POWER) if chart in RARE else batch.value

    def spread(of: Floats) -> Floats:
        made = np.full(shape, np.nan)
        made[owner[counted], column[counted]] = of[counted]
        return made

    own_noise = 1 / weights if chart not in ("xmr", "run") else np.ones_like(weights)
    season = np.where(in_turn, 1, periods.season)
    return Panel(
        prepared, chart, periods, in_turn, column, spread(even), spread(own_noise), season, origin,
    )  # fmt: skip


def _origins(periods: Periods, first: Whole) -> Whole:
    """The first period of all series of one calendar, so that a column is the same period in each of them."""
    calendar = np.stack([periods.kind, periods.step, periods.begin], axis=1)
    _, which = np.unique(calendar, axis=0, return_inverse=True)
    which = which.reshape(-1)
    least = np.full(which.max() + 1 if len(which) else 0, np.iinfo(np.int64).max)
    np.minimum.at(least, which, first)
    return np.asarray(least[which])


@dataclass(slots=True)
class Windows:
    """Comparisons: values about a date, better is up, centred on the mean before, in standard deviations before.

    `values` and `noise` are (comparisons, periods), the date in column `before`; what is after `until` is left out.
    """

    values: Floats
    noise: Floats
    before: int
    centre: Floats
    scale: Floats
    way: Floats
    n_before: Whole
    season: Floats  # what was taken out, on the scale of the panel
    seasonal: Flags
    borrowed: Flags
    usable: Flags

    def take(self, which: Whole) -> "Windows":
        parts = {name: getattr(self, name) for name in Windows.__slots__}
        return Windows(**{name: part if name == "before" else part[which] for name, part in parts.items()})

    def out(self, values: Floats) -> Floats:
        """Levels from standard deviations back to the even scale of the panel."""
        column = (slice(None),) + (None,) * (values.ndim - 1)
        return np.asarray(self.centre[column] + self.way[column] * self.scale[column] * values)


def windows(
    panel: Panel, series: Whole, place: Whole, gap: Flags, way: Floats, *, start: Whole, until: Whole
) -> Windows:
    """Windows of `series` about the column `place` (left out where `gap`), from column `start`, up to `until`."""
    before = LONGEST_BEFORE
    width = int(max((until - place).max(initial=0) + 1, 1))
    columns = place[:, None] + np.arange(-before, width)
    inside = (columns >= start[:, None]) & (columns <= until[:, None]) & (columns >= 0)
    inside &= columns < panel.values.shape[1]
    inside[gap, before] = False
    at = np.where(inside, columns, 0)
    raw = np.where(inside, panel.values[series[:, None], at], np.nan)
    noise = np.where(inside, panel.noise[series[:, None], at], np.nan)
    earlier = raw[:, :before]
    effects, seasonal = _season(earlier, panel.season[series], width)
    level = noise[:, :before]
    usual = _mean(np.where(earlier == earlier, level, np.nan))
    noise = np.where(noise == noise, noise / usual[:, None], 1.0)
    return _standard(raw, noise, before, way, effects, seasonal)


def _season(earlier: Floats, season: Whole, width: int) -> tuple[Floats, Flags]:
    """Seasonal effects of every column of the windows, from the values before the date alone."""
    count, before = earlier.shape
    made = np.zeros((count, before + width))
    seasonal = np.zeros(count, dtype=np.bool_)
    for length in np.unique(season):
        if length < 2 or SEASONS * length > before:
            continue
        enough = (season == length) & ((earlier == earlier).sum(axis=1) >= SEASONS * length)
        rows = np.flatnonzero(enough)
        if not len(rows):
            continue
        effects, belief = seasons.effects(earlier[rows], int(length))
        told = belief >= BELIEVED
        rows, effects = rows[told], effects[told]
        seasonal[rows] = True
        made[rows, :before] = seasons.behind(effects, before)
        made[rows, before:] = seasons.ahead(effects, width)
    return made, seasonal


def _standard(raw: Floats, noise: Floats, before: int, way: Floats, effects: Floats, seasonal: Flags) -> Windows:
    plain = raw - effects
    there = plain[:, :before] == plain[:, :before]
    weight = np.where(there, 1 / noise[:, :before], 0.0)
    earlier = np.where(there, plain[:, :before], 0.0)
    n = there.sum(axis=1)
    centre = (weight * earlier).sum(axis=1) / np.maximum(weight.sum(axis=1), 1e-300)
    squares = (weight * (earlier - centre[:, None]) ** 2).sum(axis=1)
    scale = np.sqrt(squares / np.maximum(n - 1, 1))
    usable = (n >= FEWEST_BEFORE) & (scale > 1e-9 * np.maximum(np.abs(centre), 1e-300)) & np.isfinite(scale)
    safe = np.where(usable, scale, 1.0)
    values = way[:, None] * (plain - centre[:, None]) / safe[:, None]
    return Windows(
        values, noise, before, centre, safe, way, n, effects, seasonal, np.zeros(len(n), dtype=np.bool_), usable
    )


def borrow(own: Windows, others: Windows, rows: Whole, season: int) -> None:
    """Give windows too short for a season of their own that on which the other series of the frame agree.

    Its shape is theirs; how strong it is, the values before say themselves (least squares).
    """
    believed = np.flatnonzero(others.seasonal)
    if len(believed) < BORROWED:
        return
    width, before = own.values.shape[1], own.before
    alike = (others.season / others.scale[:, None])[believed][:, :width]
    usual = np.median(alike, axis=0)
    agree = np.mean(np.sign(alike) == np.sign(usual)[None, :])
    if agree < 0.75 or season < 2:
        return
    for row in rows:
        values, shape = own.values[row], own.way[row] * usual
        there = values[:before] == values[:before]
        weight = np.where(there, 1 / own.noise[row, :before], 0.0)
        weight /= weight.sum()
        earlier = np.where(there, values[:before], 0.0)
        apart = shape[:before] - weight @ shape[:before]
        strength = max(float((weight * apart) @ earlier / ((weight * apart) @ apart)), 0.0)
        plain = values - strength * shape
        earlier = np.where(there, plain[:before], 0.0)
        level = weight @ earlier
        spread = np.sqrt((weight @ (earlier - level) ** 2) * there.sum() / (there.sum() - 1))
        if not spread > 1e-9:  # nothing is left to compare with
            continue
        own.values[row] = (plain - level) / spread
        own.season[row] = strength * usual * own.scale[row]
        own.centre[row] += own.way[row] * own.scale[row] * level
        own.scale[row] *= spread
        own.borrowed[row] = True


def _mean(values: Floats) -> Floats:
    there = values == values
    total = np.where(there, values, 0.0).sum(axis=1)
    return np.where(there.any(axis=1), total / np.maximum(there.sum(axis=1), 1), 1.0)
