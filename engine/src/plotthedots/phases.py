"""Where phases begin, and which rows count towards their limits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from plotthedots.constants import Flags, Floats, Whole
from plotthedots.segments import Segments


@dataclass(frozen=True, slots=True)
class Stretches:
    """Series and their phases over one flat table: `owner` is the series of each phase, `number` counts from 1."""

    series: Segments
    phases: Segments
    owner: Whole
    number: Whole

    @classmethod
    def of(cls, series: Segments, begins: Flags) -> "Stretches":
        """Phases from the rows at which one begins (the first row of a series always does)."""
        begins = begins | series.first()
        starts = np.flatnonzero(begins)
        lengths = np.diff(starts, append=series.rows)
        owner = np.searchsorted(series.starts, starts, side="right") - 1
        first_of_owner = np.searchsorted(owner, np.arange(len(series.starts)), side="left")
        return cls(series, Segments(starts, lengths), owner, np.arange(len(starts)) - first_of_owner[owner] + 1)

    @classmethod
    def single(cls, series: Segments) -> "Stretches":
        """One phase a series."""
        count = len(series.starts)
        return cls(series, series, np.arange(count), np.ones(count, dtype=np.int64))

    @property
    def last_of_series(self) -> Whole:
        """Position of each series' latest phase."""
        return np.searchsorted(self.owner, np.arange(len(self.series.starts)), side="right") - 1


def begins_at(
    series: Segments, dates: Whole, rebase: Mapping[int, Sequence[int]]
) -> tuple[Flags, list[tuple[int, int]]]:
    """Rows at which a phase begins: the first of each series on or after each of its dates.

    `rebase` has dates for the position of a series. Dates after a series' last row come back as (series, date).
    """
    begins = np.zeros(len(dates), dtype=np.bool_)
    unused = []
    for position, starts in rebase.items():
        begin, length = int(series.starts[position]), int(series.lengths[position])
        own = dates[begin : begin + length]
        for start in starts:
            row = int(np.searchsorted(own, start, side="left"))
            if row < length:
                begins[begin + row] = True
            else:
                unused.append((position, start))
    return begins, unused


def begins_everywhere(series: Segments, dates: Whole, starts: Sequence[int]) -> tuple[Flags, list[tuple[int, int]]]:
    """The same with one list of dates for all series: no loop over series."""
    begins = np.zeros(len(dates), dtype=np.bool_)
    unused: list[tuple[int, int]] = []
    ends = series.starts + series.lengths
    for start in starts:
        after = series.starts + series.count(dates < start)
        inside = after < ends
        begins[after[inside]] = True
        unused.extend((int(position), start) for position in np.flatnonzero(~inside))
    return begins, unused


def first_rows(phases: Segments, n: float | Floats) -> Flags:
    """The first n rows of every phase (n for all, or a row each)."""
    return np.asarray(np.arange(phases.rows) - np.repeat(phases.starts, phases.lengths) < n)


def between_dates(stretches: Stretches, dates: Whole, first: Whole, last: Whole) -> tuple[Flags, Flags]:
    """Rows that count when limits come from the dates `first` to `last` of each series (both inclusive).

    A phase without such a row counts all of its own. Also says which series have none at all.
    """
    per_row = np.repeat(np.arange(len(stretches.series.starts)), stretches.series.lengths)
    inside = (dates >= first[per_row]) & (dates <= last[per_row])
    has = stretches.phases.count(inside) > 0
    none = np.ones(len(stretches.series.starts), dtype=np.bool_)
    none[stretches.owner[has]] = False
    return inside | ~np.repeat(has, stretches.phases.lengths), none
