"""One measure as a page shows it: names, words and rows, in plain values."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from plotthedots import words

NO_NUMBER = "–"


@dataclass(frozen=True, slots=True)
class Row:
    """A point of the table beside a chart, each cell as a person reads it."""

    when: str
    value: str
    numerator: str
    denominator: str
    centre: str
    limits: str
    seen: str
    point: str


@dataclass(frozen=True, slots=True)
class Phase:
    """A phase in words."""

    since: str
    n: int
    centre: str
    limits: str


@dataclass(frozen=True, slots=True)
class Card:
    """All that a report says of a measure. `position` finds its chart."""

    position: int
    name: str
    sentence: str
    variation: str | None
    assurance: str | None
    n: int
    latest: str
    when: str
    target: str
    advice: list[str]
    rows: list[Row]
    phases: list[Phase]
    ratio: bool


def short_moment(date: Any, monthly: bool) -> str:
    """ "Mar 2026", "3 Mar 2026", "3 Mar 2026 14:30" or the plain number."""
    if not isinstance(date, dt.date):
        return str(date)
    month = f"{words.MONTHS[date.month - 1][:3]} {date.year}"
    if monthly:
        return month
    clock = "" if not isinstance(date, dt.datetime) or date.time() == dt.time() else f" {date:%H:%M}"
    return f"{date.day} {month}{clock}"


def monthly(dates: list[Any]) -> bool:
    """Whether all dates are first days of months, and more than one month."""
    if len(dates) < 2 or not all(isinstance(date, dt.date) and date.day == 1 for date in dates):
        return False
    if any(isinstance(date, dt.datetime) and date.time() != dt.time() for date in dates):
        return False
    return bool(dates[0] != dates[-1])


def between_limits(lower: float, upper: float, write: Callable[[float], str]) -> str:
    """The usual range, as "1.7 to 6.9"."""
    if lower == lower and upper == upper:
        return f"{write(lower)} to {write(upper)}"
    if upper == upper:
        return f"up to {write(upper)}"
    return NO_NUMBER


def cell(value: float, write: Callable[[float], str]) -> str:
    return write(value) if value == value else NO_NUMBER
