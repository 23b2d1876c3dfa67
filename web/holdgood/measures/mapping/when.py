"""Periods as published tables write them: in cells, titles, heads and names of files. No clock, no database."""

import datetime as dt
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from holdgood.measures import periods, written
from holdgood.measures.written import Unread
from holdgood.sheets import Cell, Fault, said

LENGTHS = ("day", "week", "month", "quarter", "year")
_ARTICLE = {"day": "a day", "week": "a week", "month": "a month", "quarter": "a quarter", "year": "a year"}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?<![a-z])(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)(?![a-z])"
)
_GAP = r"[\s_,.'’/–-]*"
_YEAR = r"((?:19|20)\d\d)"
_FLAGS = re.ASCII | re.IGNORECASE
_YEARS = re.compile(rf"(?<!\d){_YEAR}[/–_-]?((?:20)?\d\d)(?![\d])", _FLAGS)
_QUARTER = re.compile(rf"(?<!\d){_YEAR}[/–_-]?((?:20)?\d\d){_GAP}(?:Q|quarter ?)([1-4])(?!\d)", _FLAGS)
_QUARTER_FIRST = re.compile(rf"(?<![a-z])(?:Q|quarter ?)([1-4]){_GAP}{_YEAR}[/–_-]?((?:20)?\d\d)(?!\d)", _FLAGS)
_DAY = re.compile(rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)?{_GAP}{_MONTH}{_GAP}{_YEAR}(?!\d)", _FLAGS)
_ISO = re.compile(rf"(?<!\d){_YEAR}-(\d\d)-(\d\d)(?!\d)", _FLAGS)
_SLASHED = re.compile(rf"(?<![\d/])(\d{{1,2}})[/.](\d{{1,2}})[/.]{_YEAR}(?!\d)", _FLAGS)
_NAMED = re.compile(rf"{_MONTH}{_GAP}({_YEAR}|\d\d)(?![\da-z])", _FLAGS)
_YEAR_FIRST = re.compile(rf"(?<!\d){_YEAR}{_GAP}{_MONTH}", _FLAGS)
_NUMBERED = re.compile(rf"(?<!\d){_YEAR}[_-](0[1-9]|1[0-2])(?![\d-])", _FLAGS)
_COMPACT = re.compile(rf"(?<!\d){_YEAR}(0[1-9]|1[0-2])([0-3]\d)(?!\d)", _FLAGS)
_SERIAL = re.compile(r"[3-5]\d{4}(\.0+)?", re.ASCII)
_EPOCH = dt.date(1899, 12, 30)  # Excel's day 0


class Spelled(NamedTuple):
    """What a text says: the first day, and how long the period is."""

    first: dt.date
    length: str


def read(cell: Cell, granularity: str) -> dt.date:
    """The first day of a measure's period, from a cell that says which it is; Unread with a sentence."""
    try:
        return written.period(cell, granularity).first
    except Unread as problem:
        found = _serial(cell) or find(said(cell), granularity)
        if found is None:
            raise problem from None
    return fit(found, said(cell), granularity)


def fit(found: Spelled, text: str, granularity: str) -> dt.date:
    """The period of a measure in which it lies; of a longer one nobody can say which part is meant."""
    if LENGTHS.index(found.length) > LENGTHS.index(granularity):
        raise Unread(
            f"“{text.strip()[:40]}” is {_ARTICLE[found.length]}, and the measure is counted by {granularity}. Choose a "
            f"measure that is counted by {found.length}, or a file that gives each {granularity}."
        )
    return periods.first_day(found.first, granularity)


def is_period(cell: Cell) -> bool:
    """Whether a cell is a period and little else."""
    if isinstance(cell, dt.date):
        return True
    if cell is None or isinstance(cell, (bool, Fault, dt.time, Decimal)):
        return False
    text = " ".join(cell.split())
    if not text or len(text) > 40 or not any(letter.isdigit() for letter in text):
        return False
    return find(text) is not None


def find(text: str, granularity: str = "month") -> Spelled | None:
    """The first period that a text, a title or a file's name says, the surest spelling before others."""
    return next(_spellings(text[:1000], granularity), None)


def _spellings(text: str, granularity: str) -> Iterator[Spelled]:
    for found in _QUARTER.finditer(text):
        yield from _quarter(found[1], found[2], found[3])
    for found in _QUARTER_FIRST.finditer(text):
        yield from _quarter(found[2], found[3], found[1])
    for found in _DAY.finditer(text):
        yield from _day(int(found[3]), _month(found[2]), int(found[1]))
    for found in _ISO.finditer(text):
        yield from _day(int(found[1]), int(found[2]), int(found[3]))
    for found in _SLASHED.finditer(text):
        yield from _day(int(found[3]), int(found[2]), int(found[1]))
    for found in _NAMED.finditer(text):
        yield Spelled(dt.date(_whole_year(found[2]), _month(found[1]), 1), "month")
    for found in _YEAR_FIRST.finditer(text):
        yield Spelled(dt.date(int(found[1]), _month(found[2]), 1), "month")
    if granularity == "year":
        yield from _years(text)
    for found in _NUMBERED.finditer(text):
        yield Spelled(dt.date(int(found[1]), int(found[2]), 1), "month")
    for found in _COMPACT.finditer(text):
        yield from _day(int(found[1]), int(found[2]), int(found[3]))
    yield from _years(text)


def _years(text: str) -> Iterator[Spelled]:
    for found in _YEARS.finditer(text):
        if _follows(found[1], found[2]):
            yield Spelled(dt.date(int(found[1]), 4, 1), "year")


def _quarter(first: str, second: str, number: str) -> Iterator[Spelled]:
    if _follows(first, second):
        yield Spelled(periods.following(dt.date(int(first), 4, 1), "quarter", int(number) - 1), "quarter")


def _follows(first: str, second: str) -> bool:
    return (int(first) + 1) % 100 == int(second) % 100


def _day(year: int, month: int, day: int) -> Iterator[Spelled]:
    try:
        yield Spelled(dt.date(year, month, day), "day")
    except ValueError:
        return


def _month(name: str) -> int:
    return _MONTHS.index(name[:3].lower()) + 1


def _whole_year(text: str) -> int:
    year = int(text)
    return year if year > 99 else year + (1900 if year >= 70 else 2000)


def _serial(cell: Cell) -> Spelled | None:
    """Days since 1900, as a spreadsheet keeps dates and as text sometimes shows them."""
    if not isinstance(cell, (str, Decimal)) or not _SERIAL.fullmatch(said(cell).strip()):
        return None
    return Spelled(_EPOCH + dt.timedelta(days=int(Decimal(said(cell).strip()))), "day")
