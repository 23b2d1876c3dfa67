"""Which period a series has, seen from its dates, and how its dates go on.

Months go on as months (the same day, or the last where all are last days), weeks and days as days, working days
past the weekend, times of day by their common step, whole numbers by their common difference.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from plotthedots.constants import Flags, Whole
from plotthedots.segments import Segments

MONTHS, DAYS, WORKDAYS, TIMES, NUMBERS = range(5)
SEASONS = {
    MONTHS: {1: 12, 2: 6, 3: 4, 4: 3, 6: 2},  # by months a period
    DAYS: {1: 7, 7: 52, 14: 26, 28: 13},  # by days a period
    WORKDAYS: {1: 5},
    NUMBERS: {},
}
LONGEST_DAY = 48  # periods a day up to which a day is a season
SHORTEST_MONTH = 25  # days between two monthly dates that need not fall on the same day
FEWEST_WORKDAYS = 10  # rows without a weekend that make working days
LAST_DAY = 31


@dataclass(frozen=True, slots=True)
class Periods:
    """Of each series its kind, step, season, and where its steps begin to count; of each row its period's number."""

    kind: Whole
    step: Whole
    season: Whole
    begin: Whole
    day_of_month: Whole
    time: Whole  # of day, in ticks
    number: Whole
    ticks: int  # a day; 0 where dates are whole numbers

    def of(self, moments: Whole, series: Whole) -> tuple[Whole, Flags]:
        """Number of the period of each moment in the calendar of its series, and whether it is the period's first.

        A period of days begins on a date such as the series has; a month, quarter or year on its first day.
        """
        kind, step, begin = self.kind[series], self.step[series], self.begin[series]
        days, time = np.divmod(moments, self.ticks) if self.ticks else (moments, np.zeros_like(moments))
        month = days.astype("datetime64[D]").astype("datetime64[M]")
        weeks, weekday = np.divmod(days + MONDAY, 7)
        counted = np.where(kind == WORKDAYS, weeks * 5 + np.minimum(weekday, 4), days)
        counted = np.where(kind == MONTHS, month.astype(np.int64), counted)
        counted = np.where(kind >= TIMES, moments, counted)
        number, inside = np.divmod(counted - begin, step)
        first = (inside == 0) & ((kind >= TIMES) | (time <= np.where(kind == MONTHS, 0, self.time[series])))
        first &= (kind != MONTHS) | (month.astype("datetime64[D]").astype(np.int64) == days)
        # Saturday and Sunday belong to the Friday before: the next working day is a first day of its own.
        first &= (kind != WORKDAYS) | (weekday <= 4)
        return number, first

    def ahead(self, last: Whole, horizon: int) -> Whole:
        """Moments of the `horizon` periods after the period numbered `last` of each series (series, horizon)."""
        numbers = last[:, None] + np.arange(1, horizon + 1)
        counted = numbers * self.step[:, None] + self.begin[:, None]
        kind = self.kind[:, None]
        days = np.where(kind == MONTHS, self._days_of_months(counted), counted)
        weeks, weekday = np.divmod(numbers, 5)
        days = np.where(kind == WORKDAYS, weeks * 7 + weekday - MONDAY, days)
        return np.asarray(np.where(kind >= TIMES, counted, days * self.ticks + self.time[:, None]))

    def _days_of_months(self, numbers: Whole) -> Whole:
        months = np.where(self.kind[:, None] == MONTHS, numbers, 0).astype("datetime64[M]")
        day = np.minimum(self.day_of_month[:, None], _month_length(months))
        return np.asarray(months.astype("datetime64[D]").astype(np.int64) + day - 1)


MONDAY = 3  # days that 1970-01-01, a Thursday, is after a Monday


def _month_length(months: Any) -> Whole:
    following = (months + np.timedelta64(1, "M")).astype("datetime64[D]")
    return np.asarray((following - months.astype("datetime64[D]")).astype(np.int64))


def ticks_a_day(kind: pa.DataType) -> int:
    """Steps of the date column in a day; 0 where dates are whole numbers."""
    if pa.types.is_integer(kind):
        return 0
    if pa.types.is_date32(kind):
        return 1
    per_second: int = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}[kind.unit]
    return 86_400 * per_second


def infer(moments: Whole, series: Segments, kind: pa.DataType) -> Periods:
    """Periods of series in date order. A series of one date has that of most others, days where there are none."""
    ticks = ticks_a_day(kind)
    if not ticks:
        return _by_step(moments, series, NUMBERS, 0)
    days, time = np.divmod(moments, ticks)
    by_days = _by_days(days, time, series, ticks)
    same_time = _same(time, series)
    if same_time.all():
        return by_days
    return _either(same_time, by_days, _by_step(moments, series, TIMES, ticks), series)


def _either(first: Flags, one: Periods, other: Periods, series: Segments) -> Periods:
    names = ("kind", "step", "season", "begin", "day_of_month", "time")
    picked = {name: np.where(first, getattr(one, name), getattr(other, name)) for name in names}
    return Periods(number=np.where(series.spread(first), one.number, other.number), ticks=one.ticks, **picked)


def _same(values: Whole, series: Segments) -> Flags:
    """Series all of whose values are alike."""
    return np.asarray(_least(values, series) == -_least(-values, series))


def _least(values: Whole, series: Segments) -> Whole:
    return np.asarray(np.minimum.reduceat(values, series.starts))


def _gaps(values: Whole, series: Segments) -> Whole:
    """Difference to the row before, 0 on the first row of a series."""
    gaps = np.diff(values, prepend=values[:1])
    gaps[series.starts] = 0
    return gaps


def _smallest_gap(gaps: Whole, series: Segments) -> Whole:
    inner = gaps.copy()
    inner[series.starts] = np.iinfo(np.int64).max
    return _least(inner, series)


def _by_step(moments: Whole, series: Segments, kind: int, ticks: int) -> Periods:
    """Periods as long as the common divisor of all differences."""
    step = np.gcd.reduceat(_gaps(moments, series), series.starts)
    step = _usual(step, step > 0)
    begin = moments[series.starts] % step
    season = np.ones_like(step)
    if ticks:
        a_day = ticks // step
        season = np.where((ticks % step == 0) & (a_day <= LONGEST_DAY), np.maximum(a_day, 1), 1)
    none = np.zeros_like(step)
    return Periods(np.full_like(step, kind), step, season, begin, none, none, moments // series.spread(step), ticks)


def _usual(values: Whole, known: Flags) -> Whole:
    """Unknown values take the most frequent known one (1 where none is known)."""
    if known.all():
        return values
    found, counts = np.unique(values[known], return_counts=True)
    return np.where(known, values, found[counts.argmax()] if len(found) else 1)


def _by_days(days: Whole, time: Whole, series: Segments, ticks: int) -> Periods:
    gaps = _gaps(days, series)
    step = np.gcd.reduceat(gaps, series.starts)
    months = days.astype("datetime64[D]").astype("datetime64[M]")
    month = months.astype(np.int64)
    monthly, day_of_month = _monthly(days, months, step, _smallest_gap(gaps, series), series)
    weekend = (days + MONDAY) % 7 >= 5
    working = (step == 1) & (series.count(weekend) == 0) & (series.lengths >= FEWEST_WORKDAYS) & ~monthly
    known = step > 0
    kind = _usual(np.where(monthly, MONTHS, np.where(working, WORKDAYS, DAYS)), known)
    step = np.where(kind == MONTHS, np.gcd.reduceat(_gaps(month, series), series.starts), step)
    for each in (MONTHS, WORKDAYS, DAYS):
        step = np.where(kind == each, _usual(step, known & (kind == each)), step)
    weeks, weekday = np.divmod(days + MONDAY, 7)
    of_week = weeks * 5 + np.minimum(weekday, 4)
    per_row = series.spread(kind)
    counted = np.where(per_row == MONTHS, month, np.where(per_row == WORKDAYS, of_week, days))
    begin = np.where(kind == WORKDAYS, 0, counted[series.starts] % step)
    number = (counted - series.spread(begin)) // series.spread(step)
    return Periods(kind, step, _seasons(kind, step), begin, day_of_month, time[series.starts], number, ticks)


def _monthly(days: Whole, months: Any, step: Whole, smallest: Whole, series: Segments) -> tuple[Flags, Whole]:
    """Series whose dates are one a month (or less), and the day of the month on which they fall."""
    day = days - months.astype("datetime64[D]").astype(np.int64) + 1
    length = _month_length(months)
    latest = -_least(-day, series)
    anchored = series.count(day != np.minimum(series.spread(latest), length)) == 0
    at_end = series.count(day != length) == 0
    last = day[series.starts + series.lengths - 1]
    single = series.lengths == 1
    apart = np.where(single, day[series.starts] == 1, smallest >= SHORTEST_MONTH)
    distinct = _smallest_gap(_gaps(months.astype(np.int64), series), series) >= 1
    monthly = apart & distinct & (anchored | (step < SHORTEST_MONTH))
    anchor = np.where(at_end & ~single, LAST_DAY, np.where(anchored, latest, last))
    return monthly, anchor


def _seasons(kind: Whole, step: Whole) -> Whole:
    season = np.ones(len(kind), dtype=np.int64)
    for which, lengths in SEASONS.items():
        for each, length in lengths.items():
            season[(kind == which) & (step == each)] = length
    return season
