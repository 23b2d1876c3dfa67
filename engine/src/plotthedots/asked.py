"""Phases and baselines as they were asked for: dates for all series, dates for each, numbers of points."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

import numpy as np
import pyarrow as pa

from plotthedots import frame as frames
from plotthedots import ordering, phases
from plotthedots.constants import Flags, Whole
from plotthedots.errors import BadInput


@dataclass(frozen=True, slots=True)
class Calendar:
    """The dates of ordered rows: their type, their place on its scale, and the series they belong to."""

    kind: pa.DataType
    moments: Whole
    order: ordering.Order
    by: tuple[str, ...]

    def key(self, day: Any, what: str) -> int:
        return frames.as_date_key(day, self.kind, what)

    def named(self, mapping: Mapping[Any, Any], what: str) -> dict[int, Any]:
        """What a mapping says, by position of the series. BadInput: a name that no series has."""
        if not self.by:
            raise BadInput(f"{what}: found a mapping of series, which needs by=, the column that names them.")
        index = {label: position for position, label in enumerate(ordering.labels(self.order, self.by))}
        for name in mapping:
            if name not in index:
                close = get_close_matches(str(name), [str(label) for label in index], n=1)
                guess = f" Did you mean {close[0]!r}?" if close else ""
                raise BadInput(f"{what}: no series {name!r}.{guess}")
        return {index[name]: said for name, said in mapping.items()}


def begins(rebase: Any, calendar: Calendar) -> tuple[Flags, list[tuple[int, int]]]:
    """Rows at which phases begin, and the dates (series, date) that came after the last row."""
    series = calendar.order.series
    if isinstance(rebase, Mapping):
        said = calendar.named(rebase, "rebase")
        dated = {position: [calendar.key(day, "rebase") for day in _listed(days)] for position, days in said.items()}
        return phases.begins_at(series, calendar.moments, dated)
    return phases.begins_everywhere(series, calendar.moments, [calendar.key(day, "rebase") for day in _listed(rebase)])


def _listed(days: Any) -> list[Any]:
    """One date, or a list, tuple, set, array or column of them, as a list."""
    several = isinstance(days, (list, tuple, set)) or (hasattr(days, "tolist") and np.ndim(days) > 0)
    return list(days) if several else [days]


def baseline(given: Any, calendar: Calendar, stretches: phases.Stretches) -> tuple[Flags | None, Flags | None]:
    """Rows that count towards limits (None: all), and which phases have fewer rows than the baseline asks for."""
    if given is None:
        return None, None
    if isinstance(given, Mapping):
        return _baseline_of_each(calendar.named(given, "baseline"), calendar, stretches)
    if isinstance(given, (tuple, list)):
        return _baseline_of_each(dict.fromkeys(range(len(stretches.series.starts)), given), calendar, stretches)
    n = _whole(given)
    return phases.first_rows(stretches.phases, n), stretches.phases.lengths < int(n)


def _baseline_of_each(each: Mapping[int, Any], calendar: Calendar, stretches: phases.Stretches) -> tuple[Flags, Flags]:
    """The same where series differ: by position, a number of points or a pair of dates."""
    count = len(stretches.series.starts)
    points = np.full(count, np.inf)
    first, last = np.full(count, np.iinfo(np.int64).min), np.full(count, np.iinfo(np.int64).max)
    dated = np.zeros(count, dtype=np.bool_)
    for position, one in each.items():
        if isinstance(one, (tuple, list)):
            first[position], last[position] = _interval(one, calendar)
            dated[position] = True
        else:
            points[position] = _whole(one)
    inside, none = phases.between_dates(stretches, calendar.moments, first, last)
    if (none & dated).any():
        name = ordering.labels(calendar.order, calendar.by)[int(np.flatnonzero(none & dated)[0])]
        of = f" of {name!r}" if calendar.by else ""
        raise BadInput(f"baseline: no row{of} lies between the two dates given, expected at least one.")
    asked = points[stretches.owner]
    short = np.isfinite(asked) & (stretches.phases.lengths < np.floor(asked))
    return inside & phases.first_rows(stretches.phases, stretches.phases.spread(asked)), short


def _whole(n: Any) -> float:
    if isinstance(n, bool) or not isinstance(n, (int, float, np.integer, np.floating)) or not n >= 1:
        raise BadInput(f"baseline: found {n!r}, expected a number of points of 1 or more, or a pair of dates.")
    return float(n)


def _interval(pair: Sequence[Any], calendar: Calendar) -> tuple[int, int]:
    if len(pair) != 2:
        raise BadInput(f"baseline: found {pair!r}, expected a first and a last date.")
    first, last = (calendar.key(day, "baseline") for day in pair)
    if first > last:
        raise BadInput(f"baseline: found {pair[0]} to {pair[1]}, which ends before it begins.")
    return first, last
