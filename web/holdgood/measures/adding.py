"""From ward to trust: what places report, added up over the tree as it was in each period. No database, no clock."""

import datetime as dt
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import fsum
from typing import NamedTuple

KEPT = 6  # digits after the point of what is counted


class Row(NamedTuple):
    """What one place reported for one period; None is "no data"."""

    place: str  # its key
    period: dt.date
    numerator: float | None
    denominator: float | None


class Point(NamedTuple):
    """A period of an area, how many places reported, and how many of them there were."""

    period: dt.date
    numerator: float | None
    denominator: float | None
    reported: int
    of: int


@dataclass
class History:
    """Where a place lay: from which day, in which path; and the day from which it was no more."""

    from_on: list[dt.date]
    paths: list[str]
    closed_on: dt.date | None = None

    def above(self, on: dt.date) -> list[str]:
        """Keys of the places it lay in on a day, nearest first; before its first day, as on that."""
        spell = max(bisect_right(self.from_on, on) - 1, 0)
        return self.paths[spell].split("/")[-3::-1]


@dataclass
class _Area:
    numerators: dict[dt.date, list[float | None]] = field(default_factory=lambda: defaultdict(list))
    denominators: dict[dt.date, list[float | None]] = field(default_factory=lambda: defaultdict(list))
    first: dict[str, dt.date] = field(default_factory=dict)

    def add(self, row: Row) -> None:
        self.numerators[row.period].append(row.numerator)
        self.denominators[row.period].append(row.denominator)
        self.first[row.place] = min(row.period, self.first.get(row.place, row.period))


def totals(
    rows: Iterable[Row], histories: Mapping[str, History], adds_up: str, wanted: set[str] | None = None
) -> dict[str, list[Point]]:
    """Points of every place that reports or lies above one that does; of the `wanted` keys alone, if they are given.

    What a place reports itself stands for its whole area in that period, whatever is known from below.
    """
    own: dict[str, dict[dt.date, Row]] = defaultdict(dict)
    for row in rows:
        own[row.place][row.period] = row
    areas: dict[str, _Area] = defaultdict(_Area)
    if adds_up != "none":
        for place, periods in own.items():
            for row in periods.values():
                _climb(row, histories[place], own, areas, wanted)
    keys = (set(own) | set(areas)) & (wanted if wanted is not None else set(own) | set(areas))
    return {key: _points(key, own.get(key, {}), areas.get(key), histories, adds_up) for key in keys}


def _climb(
    row: Row,
    history: History,
    own: Mapping[str, Mapping[dt.date, Row]],
    areas: dict[str, _Area],
    wanted: set[str] | None,
) -> None:
    for key in history.above(row.period):
        if row.period in own.get(key, {}):
            return
        if wanted is None or key in wanted:
            areas[key].add(row)


def _points(
    key: str, own: Mapping[dt.date, Row], area: _Area | None, histories: Mapping[str, History], adds_up: str
) -> list[Point]:
    periods = set(own) | set(area.numerators if area else ())
    found = []
    for period in sorted(periods):
        if period in own:
            row = own[period]
            found.append(Point(period, row.numerator, row.denominator, int(row.numerator is not None), 1))
        elif area is not None:
            found.append(_added(key, period, area, histories, adds_up))
    return found


def _added(key: str, period: dt.date, area: _Area, histories: Mapping[str, History], adds_up: str) -> Point:
    expected = sum(first <= period and _lay_in(key, histories[place], period) for place, first in area.first.items())
    pairs = [
        (numerator, denominator)
        for numerator, denominator in zip(area.numerators[period], area.denominators[period], strict=True)
        if numerator is not None
    ]
    numerator, denominator = _combined(pairs, adds_up)
    return Point(period, numerator, denominator, len(pairs), max(expected, len(pairs)))


def _combined(pairs: list[tuple[float, float | None]], adds_up: str) -> tuple[float | None, float | None]:
    if not pairs:
        return None, None
    weights = [denominator for _, denominator in pairs if denominator is not None]
    if adds_up == "weighted":
        weighed = [(value, weight) for value, weight in pairs if weight]
        total = _sum(weight for _, weight in weighed)
        return (fsum(value * weight for value, weight in weighed) / total, total) if total else (None, None)
    return _sum(numerator for numerator, _ in pairs), _sum(weights) if weights else None


def _sum(numbers: Iterable[float]) -> float:
    """47663.9, not 47663.900000000016: no more digits than what was counted is kept with."""
    return round(fsum(numbers), KEPT)


def _lay_in(key: str, history: History, on: dt.date) -> bool:
    """Whether a place was there on a day, and in that area: it may have closed, or moved away."""
    return (history.closed_on is None or on < history.closed_on) and key in history.above(on)
