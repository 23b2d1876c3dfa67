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
OVER = (30.0, 23.0)  # pixels that a label may reach beyond the first and the last point


class Tick(NamedTuple):
    """A label at a position of the axis; `below` is the bold one in the second row, such as the year."""

    at: float
    label: str
    below: str


@lru_cache(maxsize=256)  # the measures of a report share their dates
def ticks(low: float, high: float, kind: str, pixels: float) -> tuple[Tick, ...]:
    """Ticks for positions low … high (days, seconds or plain numbers, as `kind` says) over so many pixels."""
    unit = DAY if kind == "datetime" else 1.0
    first, last = low / unit, high / unit
    if kind == "number" or not -700_000 < first <= last < 2_900_000:
        made, unit = _numbers(low, high, pixels), 1.0
    elif kind == "datetime" and last - first < 3:
        made, unit = _hours(low, high, pixels), 1.0
    elif last - first < 75:
        made = _days(math.ceil(first), math.floor(last), pixels)
    else:
        made = _months(first, last, pixels)
    return tuple(_apart([Tick(tick.at * unit, *tick[1:]) for tick in made], low, high, pixels))


def _date(day: float) -> dt.date:
    return dt.date.fromordinal(EPOCH + math.floor(day))


def _months(first: float, last: float, pixels: float) -> list[Tick]:
    """First days of months, every 1, 3, 6 or 12 (or more years) of them; the year stands below its first label.

    Counted from the first day shown where that begins a month, so that a series of months, quarters or
    financial years has labels at its points; else from a calendar quarter.
    """
    begin, end = _date(math.ceil(first)), _date(last)
    start = begin.year * 12 + begin.month - 1 + (begin.day > 1)
    months = max(end.year * 12 + end.month - start, 1)
    step = next((step for step in (1, 3, 6) if pixels * step / months >= 38), 0) or _years(months, pixels)
    if begin.day > 1:
        start += -start % step
    made, said = [], 0
    for index in range(start, end.year * 12 + end.month, step):
        year, month = divmod(index, 12)
        day = dt.date(year, month + 1, 1).toordinal() - EPOCH
        if step >= 12 and month == 0:
            made.append(Tick(day, str(year), ""))
        else:
            made.append(Tick(day, MONTHS[month], str(year) if year != said else ""))
        said = year
    return made


def _years(months: int, pixels: float) -> int:
    """Months between labels where years are enough."""
    years = months / 12
    return 12 * next((step for step in (1, 2, 5, 10, 20, 50, 100, 500) if pixels * step / years >= 46), 1000)


def _days(first: int, last: int, pixels: float) -> list[Tick]:
    span = max(last - first, 1)
    step = next((step for step in (1, 2, 7, 14, 28) if pixels * step / span >= 50), 28)
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
    whole = float(low).is_integer() and float(high).is_integer()
    if low == high:
        return [Tick(low, f"{low:,.0f}".replace("-", "−") if whole else f"{low:g}".replace("-", "−"), "")]
    values, step = round_ticks(low, high, max(int(pixels / 64), 1))
    if whole and step < 1:
        values, step = [float(value) for value in range(int(low), int(high) + 1)], 1.0
    write = writer(step, percent=False)
    return [Tick(value, write(value), "") for value in values if low <= value <= high]


def _apart(made: list[Tick], low: float, high: float, pixels: float) -> list[Tick]:
    """Only labels that stand clear of the one before and within the picture, in both rows.

    What belongs below a label that is left out, or has no room, goes to the next.
    """
    scale, shift = (pixels / (high - low), 0.0) if high > low else (0.0, pixels / 2)
    kept: list[Tick] = []
    ends = [-OVER[0] - ROOM] * 2
    limit = pixels + OVER[1]
    owed = ""
    for tick in made:
        at = (tick.at - low) * scale + shift
        half = length(tick.label) / 2
        owed = tick.below or owed
        if at - half < ends[0] + ROOM or at + half > limit:
            continue
        half_below = length(owed, bold=True) / 2
        fits = owed and at - half_below >= ends[1] + ROOM and at + half_below <= limit
        kept.append(Tick(tick.at, tick.label, owed if fits else ""))
        ends[0] = at + half
        if fits:
            ends[1], owed = at + half_below, ""
    return kept
