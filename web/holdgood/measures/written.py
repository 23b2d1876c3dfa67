"""Periods and numbers as files hold them: the right value, or a sentence. No clock, no database."""

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError

from holdgood.design import fields, numbers
from holdgood.measures import periods
from holdgood.measures.models import GREATEST
from holdgood.sheets import Cell, Fault, said

NO_DATA = {"", "-", "–", "—", "−", "*", "n/a", "na", "no data", "nodata", "not available", "null"}
STORED = Decimal("0.000001")  # the last digit that is kept

_CLOCK = re.compile(r"[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(Z|\+00:00)?$", re.ASCII)
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})", re.ASCII)
_ZONE = ZoneInfo(settings.TIME_ZONE)
_JOINED = re.compile(r"(?<=\d)[-/](?=[A-Za-z])|(?<=[A-Za-z])[-/](?=\d)", re.ASCII)
_SHORT_YEAR = re.compile(r"((?:\d{1,2}(?:st|nd|rd|th)? )?[A-Za-z]{3,9},?) '?(\d{2})", re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})?", re.ASCII)
_SLASHED = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-]\d{4}", re.ASCII)
_YEAR = re.compile(r"(?:FY ?)?(\d{4})[/–-](\d{2}|\d{4})", re.ASCII | re.IGNORECASE)
_QUARTER = re.compile(r"Q([1-4])[ ,]*(?:of )?(\S+)|(\S+)[ ,-]*Q([1-4])", re.ASCII | re.IGNORECASE)
_MONTHS = re.compile(r"([A-Za-z]{3,9}) ?(?:to|-|–) ?([A-Za-z]{3,9}),? (\d{4})", re.ASCII)
_WEEK = re.compile(
    r"(?:week (?:of|commencing|beginning|starting|ending|to)|w/?c|w/?e|wk)[ :]+(.+)", re.ASCII | re.IGNORECASE
)
_ISO_WEEK = re.compile(r"(\d{4})-?W(\d{2})", re.ASCII)

EXAMPLES = {
    "day": "3 April 2023", "week": "week of 3 April 2023", "month": "April 2023", "quarter": "April to June 2023",
    "year": "2023/24",
}  # fmt: skip


class Unread(ValueError):
    """A cell that is not what it should be: what was found, what was expected, what to do."""


class Period(NamedTuple):
    """The first day of a period; whether another day of it was written, and whether that had its month as a figure."""

    first: dt.date
    moved: bool = False
    slashed: bool = False


class Number(NamedTuple):
    """None is "no data"; whether digits beyond the sixth were rounded."""

    value: Decimal | None
    rounded: bool = False


def is_empty(cell: Cell) -> bool:
    """Nothing at all: neither a value nor a word for there being none."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def number(cell: Cell, *, percent: bool = False) -> Number:
    """What was counted. An empty cell and the usual words for it are "no data", never nought."""
    if isinstance(cell, str):
        if " ".join(cell.split()).casefold() in NO_DATA:
            return Number(None)
        try:
            found = numbers.parse(cell, percent=percent)
        except numbers.NotANumber as problem:
            raise Unread(str(problem)) from None
    elif cell is None:
        return Number(None)
    elif isinstance(cell, Decimal):
        found = cell
    else:
        raise Unread(_other(cell, "a number", "Write the number, or leave the cell empty if there is none."))
    if abs(found) > GREATEST:
        raise Unread(f"{found:f} has more than 15 digits. Correct it.")
    kept = found.quantize(STORED)
    return Number(kept.normalize() + 0, kept != found)


def period(cell: Cell, granularity: str) -> Period:
    """The period of a measure that is counted by day, week, month, quarter or year."""
    if isinstance(cell, dt.datetime):
        return _holding(cell.date(), granularity)
    if isinstance(cell, dt.date):
        return _holding(cell, granularity)
    if isinstance(cell, (bool, Fault, dt.time)):
        raise Unread(_other(cell, f"a {granularity}", f"Write it as {EXAMPLES[granularity]}."))
    if is_empty(cell):
        raise Unread(f"There is no {granularity}. Write one, such as {EXAMPLES[granularity]}.")
    text = _CLOCK.sub("", _here(" ".join(said(cell).split())))
    for reader in (_compact, _of_year, _of_quarter, _of_week, _of_month):
        found = reader(text, granularity)
        if found is not None:
            return found
    if isinstance(cell, Decimal):
        raise Unread(f"{text} is a number, not a {granularity}. Format the cells as dates, or write {_example(cell)}.")
    return _of_day(text, granularity)


def _here(text: str) -> str:
    """An instant that names its time zone, as the time of day here: 23:00 UTC on 30 June is midnight of 1 July."""
    if not _INSTANT.fullmatch(text):
        return text
    try:
        return dt.datetime.fromisoformat(text).astimezone(_ZONE).strftime("%Y-%m-%d")
    except (ValueError, OverflowError):
        return text


def is_period(cell: Cell) -> bool:
    """Whether a column's title names a period, of whatever length."""
    return any(_reads(cell, granularity) for granularity in EXAMPLES)


def _reads(cell: Cell, granularity: str) -> bool:
    try:
        period(cell, granularity)
    except Unread:
        return False
    return True


def _example(cell: Decimal) -> str:
    """Excel counts days from 1900: what it would show for the number, if it can be a date."""
    if 20_000 < cell < 80_000:
        return f"{dt.date(1899, 12, 30) + dt.timedelta(days=int(cell)):%Y-%m-%d}"
    return "2023-04-01"


def _holding(day: dt.date, granularity: str, *, slashed: bool = False) -> Period:
    if not fields.FIRST_YEAR <= day.year <= fields.LAST_YEAR:
        raise Unread(f"{day.isoformat()} is not between {fields.FIRST_YEAR} and {fields.LAST_YEAR}. Look at the year.")
    first = periods.first_day(day, granularity)
    return Period(first, first != day, slashed)


def _compact(text: str, granularity: str) -> Period | None:
    """20230401, and 202304 where months are enough."""
    found = _COMPACT.fullmatch(text)
    if not found or (found[3] is None and granularity in periods.DAYS):
        return None
    return _day(text, int(found[1]), int(found[2]), int(found[3] or 1), granularity)


def _of_year(text: str, granularity: str) -> Period | None:
    """2023/24: from April."""
    if granularity != "year":
        return None
    if re.fullmatch(r"\d{4}", text, re.ASCII):
        raise Unread(f"“{text}” can be a calendar year or one from April. Write it as {EXAMPLES['year']}.")
    start = _april(text)
    return None if start is None else Period(dt.date(start, 4, 1))


def _april(text: str) -> int | None:
    """The year in which a year from April begins, if the text names one."""
    found = _YEAR.fullmatch(text)
    if not found or (int(found[1]) + 1) % 100 != int(found[2]) % 100:
        return None
    return int(found[1]) if fields.FIRST_YEAR <= int(found[1]) <= fields.LAST_YEAR else None


def _of_quarter(text: str, granularity: str) -> Period | None:
    """2023/24 Q1, or April to June 2023."""
    if granularity != "quarter":
        return None
    if found := _QUARTER.fullmatch(text):
        start = _april((found[2] or found[3]).rstrip(",-"))
        if start is None:
            raise Unread(f"“{text[:40]}” can be a quarter of two kinds of year. Write it as {EXAMPLES['quarter']}.")
        number = int(found[1] or found[4])
        return Period(periods.following(dt.date(start, 4, 1), "quarter", number - 1))
    if found := _MONTHS.fullmatch(text):
        first = _checked(fields.read_month, f"{found[1]} {found[3]}")
        last = _checked(fields.read_month, f"{found[2]} {found[3]}")
        if periods.following(first, "month", 2) == last and periods.first_day(first, "quarter") == first:
            return Period(first)
        raise Unread(f"“{text[:40]}” is no quarter. Write it as {EXAMPLES['quarter']}.")
    return None


def _of_week(text: str, granularity: str) -> Period | None:
    """Week commencing 3 April 2023, w/e 9 April 2023, 2023-W14."""
    if granularity != "week":
        return None
    if found := _ISO_WEEK.fullmatch(text):
        try:
            return _holding(dt.date.fromisocalendar(int(found[1]), int(found[2]), 1), granularity)
        except ValueError:
            raise Unread(f"There is no week “{text}”. Write it as {EXAMPLES['week']}.") from None
    if found := _WEEK.fullmatch(text):
        return Period(_of_day(found[1], granularity).first)
    return None


def _of_month(text: str, granularity: str) -> Period | None:
    """April 2023, Apr-23, 2023-04, 04/2023: not enough for a day or a week."""
    if granularity in periods.DAYS:
        return None
    try:
        day = fields.read_month(_long_year(text))
    except ValidationError:
        return None
    return _holding(day, granularity)


def _of_day(text: str, granularity: str) -> Period:
    slashed = _SLASHED.fullmatch(text)
    unsure = bool(slashed and int(slashed[1]) <= 12 and int(slashed[2]) <= 12 and slashed[1] != slashed[2])
    try:
        return _holding(fields.read_date(_long_year(text)), granularity, slashed=unsure)
    except ValidationError as problem:
        if problem.code == "invalid" and "is not a date" in problem.message:
            raise Unread(
                f"“{text[:40]}” is not a {granularity} that can be read. Write it as {EXAMPLES[granularity]}."
            ) from None
        raise Unread(problem.message) from None


def _long_year(text: str) -> str:
    """Apr-23 and 3-Apr-23 as April 2023: with a month's name, a short year is not to be taken for anything else."""
    text = _JOINED.sub(" ", text)
    found = _SHORT_YEAR.fullmatch(text)
    if not found:
        return text
    year = int(found[2])
    return f"{found[1]} {year + (1900 if year >= 70 else 2000)}"


def _day(text: str, year: int, month: int, day: int, granularity: str) -> Period:
    try:
        return _holding(dt.date(year, month, day), granularity)
    except ValueError as problem:
        if isinstance(problem, Unread):
            raise
        raise Unread(f"There is no date “{text}”. Write it as {EXAMPLES[granularity]}.") from None


def _checked(read: Callable[[str], dt.date], text: str) -> dt.date:
    try:
        return read(text)
    except ValidationError as problem:
        raise Unread(problem.message) from None


def _other(cell: Cell, expected: str, advice: str) -> str:
    if isinstance(cell, Fault):
        return f"{cell.name} is an error of the spreadsheet, not {expected}. Correct its formula. {advice}"
    if isinstance(cell, bool):
        return f"{said(cell)} is a yes or no, not {expected}. {advice}"
    kind = "time" if isinstance(cell, dt.time) else "date"
    return f"{said(cell)} is a {kind}, not {expected}. {advice}"
