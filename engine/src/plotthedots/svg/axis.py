"""Where the labels of the time axis stand, thinned so that they never touch."""

import datetime as dt
import math
from functools import lru_cache
from typing import NamedTuple

from plotthedots.svg.element import length
from plotthedots.svg.scale import ticks as round_ticks
from plotthedots.svg.scale import writer

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
EPOCH = dt.date(1970, 1, 1).toordinal()
DAY = 86_400.0
ROOM = 8.0  # pixels between neighbouring labels


class Tick(NamedTuple):
    """A label at a position of the axis; `below` is the bold one in the second row, such as the year."""

    at: float
    label: str
    below: str


@lru_cache(maxsize=256)  # the measures of a report share their dates
def ticks(low: float, high: float, kind: str, pixels: float) -> tuple[Tick, ...]:
    """Ticks for positions low … high (days, seconds or plain numbers, as `kind` says) over so many pixels."""
    if kind == "number":
        return tuple(_numbers(low, high, pixels))
    days = DAY if kind == "datetime" else 1.0
    first, last = low / days, high / days
    if not -700_000 < first <= last < 2_900_000:
        return tuple(_numbers(low, high, pixels))
    if kind == "datetime" and last - first < 3:
        made = _hours(low, high, pixels)
    elif last - first < 75:
        made = _days(math.ceil(first), math.floor(last), pixels)
    else:
        made = _months(first, last, pixels)
    scaled = [Tick(tick.at * (1.0 if kind == "datetime" and last - first < 3 else days), *tick[1:]) for tick in made]
    return tuple(_apart(scaled, low, high, pixels))


def _date(day: float) -> dt.date:
    return dt.date.fromordinal(EPOCH + math.floor(day))


def _number(year: int, month: int) -> int:
    return dt.date(year, month, 1).toordinal() - EPOCH


def _months(first: float, last: float, pixels: float) -> list[Tick]:
    """First days of months, every 1, 2, 3 or 6 of them, or of years; the year stands below its first label."""
    begin, end = _date(math.ceil(first)), _date(last)
    months = (end.year - begin.year) * 12 + end.month - begin.month + 1
    step = next((step for step in (1, 2, 3, 6) if pixels * step / months >= 34), 12)
    if step == 12:
        return _years(begin, end, pixels)
    # Counted from the first month shown, so that the series begins with a label.
    start = begin.year * 12 + begin.month - 1 + (begin.day > 1)
    made, said = [], 0
    for index in range(start, end.year * 12 + end.month, step):
        year, month = divmod(index, 12)
        made.append(Tick(_number(year, month + 1), MONTHS[month], str(year) if year != said else ""))
        said = year
    return made


def _years(begin: dt.date, end: dt.date, pixels: float) -> list[Tick]:
    years = end.year - begin.year + 1
    step = next((step for step in (1, 2, 5, 10, 20, 50, 100, 500) if pixels * step / years >= 44), 1000)
    first = begin.year + (begin > dt.date(begin.year, 1, 1))
    first += -first % step
    return [Tick(_number(year, 1), str(year), "") for year in range(max(first, 1), end.year + 1, step)]


def _days(first: int, last: int, pixels: float) -> list[Tick]:
    span = max(last - first, 1)
    step = next((step for step in (1, 2, 7, 14, 28) if pixels * step / span >= 46), 28)
    made, said = [], 0
    for day in range(first, last + 1, step):
        date = _date(day)
        made.append(Tick(day, f"{date.day} {MONTHS[date.month - 1]}", str(date.year) if date.year != said else ""))
        said = date.year
    return made


def _hours(low: float, high: float, pixels: float) -> list[Tick]:
    span = max(high - low, 1.0)
    step = next(
        (step for step in (60, 300, 900, 1800, 3600, 7200, 10800, 21600, 43200) if pixels * step / span >= 46), 86400
    )
    made, said = [], ""
    for index in range(math.ceil(low / step), math.floor(high / step) + 1):
        moment = dt.datetime(1970, 1, 1) + dt.timedelta(seconds=index * step)
        day = f"{moment.day} {MONTHS[moment.month - 1]} {moment.year}"
        made.append(Tick(index * step, f"{moment:%H:%M}", day if day != said else ""))
        said = day
    return made


def _numbers(low: float, high: float, pixels: float) -> list[Tick]:
    values, step = round_ticks(low, high, max(int(pixels / 64), 1))
    step = max(step, 1.0) if float(low).is_integer() and float(high).is_integer() else step
    write = writer(step, percent=False)
    chosen = [value for value in values if low <= value <= high and (value / step).is_integer()]
    return _apart([Tick(value, write(value), "") for value in chosen], low, high, pixels)


def _apart(made: list[Tick], low: float, high: float, pixels: float) -> list[Tick]:
    """Only labels that stand clear of the one before, in both rows."""
    scale = pixels / (high - low) if high > low else 0.0
    kept: list[Tick] = []
    ends = [-math.inf, -math.inf]
    owed = ""
    for tick in made:
        at = (tick.at - low) * scale
        half = length(tick.label) / 2
        owed = tick.below or owed
        if at - half < ends[0] + ROOM:
            continue
        below = owed
        half_below = length(below, bold=True) / 2
        if below and at - half_below < ends[1] + ROOM:
            below = ""
        else:
            owed = ""
        kept.append(Tick(tick.at, tick.label, below))
        ends[0] = at + half
        if below:
            ends[1] = at + half_below
    return kept
