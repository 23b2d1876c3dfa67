"""Dates that people write as text: one shape for a whole column, or a sentence that says what to do."""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from plotthedots.errors import BadInput

Dates = NDArray[np.datetime64]
Fields = tuple[int, int, int]
Match = re.Match[str]

DAY_FIRST = "day-first"
MONTH_FIRST = "month-first"
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
NUMBERS = {name.lower(): n for n, name in enumerate(MONTHS, 1)}
NUMBERS |= {name[:3].lower(): n for n, name in enumerate(MONTHS, 1)} | {"sept": 9}
EXPECTED = "expected a date such as 2024-04-01, 01/04/2024 or April 2024"


def parse(texts: list[str], *, written: str = "") -> Dates:
    """Dates of texts that all have one shape.

    `texts` are the distinct texts of one column in order of first appearance. Accepted are:

    - `2024-04-01`, with a time `2024-04-01T10:30[:00[.000000]]` (or a space for the T), which may end in
      `Z` or `+00:00`, and `2024-04`;
    - day, month, year, `01/04/2024`, `1.4.2024`, `1-4-2024`, also with a time; with a year of two digits
      `1/4/24` and `1.4.24` (70 to 99 are 1970 to 1999, 00 to 69 are 2000 to 2069; `24-04-01` is refused,
      for nobody can tell which end the year is);
    - `April 2024`, `Apr-24`, `1 April 2024`, `01-Apr-24`, and `MSitAE-APRIL-2024` as NHS England publishes;
    - financial years and their quarters, `2024/25`, `2024-25 Q1`, `Q1 2024-25`: the first day of the period.

    `written` says how the column is written where that cannot be seen: "day-first" or "month-first" for
    numbers such as 01/04/2024, or a pattern of `datetime.strptime` such as "%Y%m%d".

    Returns datetime64[D], or datetime64[us] where the shape has a time of day. Raises BadInput, with `row`
    the position in `texts`, on a mixture of shapes, dates that do not exist, month/day/year, time zones
    other than UTC, and empty or unknown texts.
    """
    stripped = [text.strip() for text in texts]
    if not stripped:
        return np.array([], dtype="datetime64[D]")
    if "%" in written:
        return _by_pattern(stripped, written)
    if written not in ("", DAY_FIRST, MONTH_FIRST):
        raise BadInput(
            f'"{written}" is no way to write dates: say {DAY_FIRST}, {MONTH_FIRST} or a pattern such as %d/%m/%Y.'
        )
    shape = _shape_of_all(stripped)
    return shape.read(stripped, shape, written)


@dataclass(frozen=True)
class Shape:
    """One way of writing a date: its name in sentences, its pattern, how its texts are read."""

    name: str
    pattern: re.Pattern[str]
    read: Callable[[list[str], "Shape", str], Dates]


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII | re.IGNORECASE)


# ── which shape ──────────────────────────────────────────────────────────────────────────────────────────


def _shape_of_all(texts: list[str]) -> Shape:
    """The one shape of all texts; where there is none, the sentence that says which text stands out."""
    candidates = [shape for shape in SHAPES if shape.pattern.fullmatch(texts[0])]
    if not candidates:
        raise BadInput(_unknown(texts[0]), row=0)
    matching = [shape for shape in candidates if all(map(shape.pattern.fullmatch, texts))]
    if not matching:
        raise _odd_one(texts, candidates)
    return matching[0]


def _odd_one(texts: list[str], candidates: list[Shape]) -> BadInput:
    longest = max(candidates, key=lambda shape: _first_unlike(texts, shape))
    row = _first_unlike(texts, longest)
    other = next((shape for shape in SHAPES if shape.pattern.fullmatch(texts[row])), None)
    if other is None:
        return BadInput(_unknown(texts[row]), row=row)
    return BadInput(
        f'found "{texts[row]}" ({other.name}) where "{texts[0]}" ({longest.name}) came before: '
        "write all dates of the column in one shape.",
        row=row,
    )


def _first_unlike(texts: list[str], shape: Shape) -> int:
    return next((row for row, text in enumerate(texts) if not shape.pattern.fullmatch(text)), len(texts))


def _unknown(text: str) -> str:
    if not text:
        return f"the date is missing; {EXPECTED}."
    if _ZONED.fullmatch(text):
        return f'found "{text}", a time in a zone other than UTC: write it in UTC, or without a zone.'
    for pattern, advice in _MISTAKES:
        if pattern.fullmatch(text):
            return f'found "{text}": {advice}.'
    return f'found "{text}", {EXPECTED}.'


# ── how each shape is read ───────────────────────────────────────────────────────────────────────────────


def _read_iso(texts: list[str], shape: Shape, _: str) -> Dates:
    unit = "us" if "time" in shape.name else "D"
    plain = [_UTC_END.sub("", text) for text in texts] if "UTC" in shape.name else texts
    try:
        # NumPy wants the T in upper case.
        return np.array([text.upper() for text in plain], dtype=f"datetime64[{unit}]")
    except ValueError:
        # One of them does not exist: numpy does not say which, so look for it.
        matches = [_ISO_FIELDS.match(text) for text in texts]
        fields = [(int(m["year"]), int(m["month"]), int(m["day"])) for m in matches if m]
        _days(texts, fields)
        _clock(texts, [m for m in matches if m])
        raise


def _read_month(texts: list[str], _shape: Shape, _: str) -> Dates:
    if all(_ends_next_year(match) for match in map(_FINANCIAL_YEAR.fullmatch, texts) if match):
        raise BadInput(
            f'found "{texts[0]}", which can be a month or a financial year: '
            f"write {texts[0]}-01 for the month, {texts[0].replace('-', '/')} for the year.",
            row=0,
        )
    return np.array(texts, dtype="datetime64[M]").astype("datetime64[D]")


def _read_numbers(texts: list[str], shape: Shape, written: str) -> Dates:
    matches = [m for m in map(shape.pattern.fullmatch, texts) if m]
    if written == MONTH_FIRST:
        days = _days(texts, [(_year(m[3]), int(m[1]), int(m[2])) for m in matches])
    else:
        fields = [(_year(m[3]), int(m[2]), int(m[1])) for m in matches]
        if not written:
            _refuse_month_first(texts, fields)
        days = _days(texts, fields, explain=_month_first)
    if "time" not in shape.name:
        return days
    moments: Dates = days.astype("datetime64[us]")
    moments += _clock(texts, matches)
    return moments


def _read_names(texts: list[str], shape: Shape, _: str) -> Dates:
    matches = [m for m in map(shape.pattern.fullmatch, texts) if m]
    day = "day" in shape.pattern.groupindex
    return _days(texts, [(_year(m["year"]), NUMBERS[m["month"].lower()], int(m["day"]) if day else 1) for m in matches])


def _read_financial(texts: list[str], shape: Shape, _: str) -> Dates:
    fields = []
    for row, match in enumerate(m for m in map(shape.pattern.fullmatch, texts) if m):
        if not _ends_next_year(match):
            raise BadInput(
                f'found "{texts[row]}", expected a year and the one after it, such as 2024-25.',
                row=row,
            )
        quarter = int(match["quarter"]) if "quarter" in shape.pattern.groupindex else 1
        months = 3 * quarter  # April is the fourth month: the first quarter starts after three.
        fields.append((int(match["year"]) + months // 12, months % 12 + 1, 1))
    return _days(texts, fields)


def _by_pattern(texts: list[str], pattern: str) -> Dates:
    if not any(part in pattern for part in ("%Y", "%y", "%G", "%c", "%x")):
        raise BadInput(f'"{pattern}" has no year: say how the year is written too, such as %d/%m/%Y.')
    moments = []
    for row, text in enumerate(texts):
        try:
            moment = datetime.strptime(text, pattern)
        except (ValueError, re.error) as failure:
            raise BadInput(f'found "{text}", expected a date written as {pattern}.', row=row) from failure
        if moment.utcoffset():
            raise BadInput(_unknown(moment.isoformat()), row=row)
        moments.append(moment.replace(tzinfo=None))
    timed = any(part in pattern for part in ("%H", "%I", "%M", "%S", "%T", "%X", "%c"))
    return np.array(moments, dtype="datetime64[us]").astype("datetime64[us]" if timed else "datetime64[D]")


# ── numbers to days ──────────────────────────────────────────────────────────────────────────────────────


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 1900 + int(text) + 100 * (int(text) < 70)


def _ends_next_year(match: Match) -> bool:
    return match["end"] == str(int(match["year"]) + 1)[-len(match["end"]) :]


def _days(texts: list[str], fields: list[Fields], explain: Callable[[str, Fields], str] | None = None) -> Dates:
    """Days of (year, month, day), each checked to exist."""
    year, month, day = np.array(fields, dtype=np.int64).T
    months = ((year - 1970) * 12 + month - 1).astype("datetime64[M]")
    days: Dates = months.astype("datetime64[D]") + (day - 1)
    real = (year > 0) & (month >= 1) & (month <= 12) & (day >= 1) & (days.astype("datetime64[M]") == months)
    if not real.all():
        row = int(np.argmin(real))
        raise BadInput((explain or _impossible)(texts[row], fields[row]), row=row)
    return days


def _clock(texts: list[str], matches: list[Match]) -> NDArray[np.timedelta64]:
    """Times of day, each checked to exist."""
    clock = []
    for row, match in enumerate(matches):
        hour, minute, second = (int(match[part] or 0) for part in ("hour", "minute", "second"))
        if hour > 23 or minute > 59 or second > 59:
            raise BadInput(f'found "{texts[row]}": there is no such time of day.', row=row)
        microseconds = int((match["fraction"] or "").ljust(6, "0"))
        clock.append(timedelta(hours=hour, minutes=minute, seconds=second, microseconds=microseconds))
    return np.array(clock, dtype="timedelta64[us]")


def _impossible(text: str, fields: Fields) -> str:
    year, month, day = fields
    if not 1 <= month <= 12:
        return f'found "{text}": there is no month {month}.'
    if year < 1 or day < 1:
        return f'found "{text}": there is no such date.'
    length = monthrange(year, month)[1]
    return f'found "{text}": {MONTHS[month - 1]} {year} has {length} days.'


def _month_first(text: str, fields: Fields) -> str:
    year, month, day = fields
    if not (month > 12 and 1 <= day <= 12 and month <= 31):
        return _impossible(text, fields)
    return (
        f'found "{text}", which looks like month/day/year; '
        f"write {month:02}/{day:02}/{year:04} or {year:04}-{day:02}-{month:02}."
    )


def _refuse_month_first(texts: list[str], fields: list[Fields]) -> None:
    """Refuse first days of months over two years or more that month/day/year alone explains.

    Read with the day first, every date of such a column is in January, on its first twelve days at most.
    """
    years, months, days = (set(part) for part in zip(*fields, strict=True))
    if len(years) > 1 and months == {1} and len(days) > 2 and max(days) <= 12:
        raise BadInput(
            f'found "{texts[0]}" and others that are all in January if the day comes first, '
            "so they look like month/day/year; write them as day/month/year or year-month-day.",
            row=0,
        )


# ── the shapes ───────────────────────────────────────────────────────────────────────────────────────────

_DATE = r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)"
_TIME = r"[T ](?P<hour>\d\d?):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.(?P<fraction>\d{1,6})0*)?)?"
_ISO_TIME = r"[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,6}0*)?)?"
_UTC = r" ?(?:Z|\+00(?::?00)?)"
_MONTH = "(?P<month>" + "|".join(sorted(NUMBERS, key=len, reverse=True)) + ")"
_YEAR = r"(?P<year>\d{4}|\d\d)"
_FINANCIAL = r"(?P<year>\d{4})[-/](?P<end>\d{4}|\d\d)"
_QUARTER = r"Q(?P<quarter>[1-4])"

_UTC_END = _compiled(_UTC + "$")
_ISO_FIELDS = _compiled(f"{_DATE}(?:{_TIME})?")
_FINANCIAL_YEAR = _compiled(_FINANCIAL)
_ZONED = _compiled(_DATE + _ISO_TIME + r" ?[+-]\d\d(?::?\d\d)?")
_MISTAKES = (
    (_compiled(r"(?:grand |sub-?)?totals?"), "it looks like a row of totals, which is no observation; leave it out"),
    (_compiled(r"n\.?/?a\.?|nan|null|none|nat|-"), "a row without a date has no place on a chart; leave it out"),
    (_compiled(r"\d{5}(?:\.\d+)?"), "it looks like the serial number of a date in a spreadsheet; write the date"),
    (_compiled(r"\d{4}/\d\d?/\d\d?|\d{8}"), "write year-month-day with hyphens, such as 2024-04-01"),
    (_compiled(r"\d\d-\d\d-\d\d"), "nobody can tell which end the year is; write the year with four digits"),
    (_compiled(_MONTH + r" \d\d?,? ?\d{4}"), "write the day first, such as 1 April 2024"),
    (_compiled(r"\d{4} ?-?Q[1-4]|Q[1-4] ?-?\d{4}"), "write a quarter with its financial year, such as 2024-25 Q1"),
    (_compiled(rf"(?:\d\d?[ -])?{_MONTH}"), "the year is missing; write it too, such as 1 April 2024"),
)


def _numeric(separator: str) -> list[Shape]:
    name = separator.join(("day", "month", "year"))
    start = rf"(\d\d?){re.escape(separator)}(\d\d?){re.escape(separator)}"
    shapes = [
        Shape(name, _compiled(start + r"(\d{4})"), _read_numbers),
        Shape(f"{name} with a time", _compiled(start + r"(\d{4})" + _TIME), _read_numbers),
    ]
    if separator != "-":
        shapes.append(Shape(f"{name}, year of two digits", _compiled(start + r"(\d\d)"), _read_numbers))
    return shapes


SHAPES = (
    Shape("year-month-day", _compiled(r"(?!0000)\d{4}-\d\d-\d\d"), _read_iso),
    Shape("year-month-day with a time", _compiled(r"(?!0000)\d{4}-\d\d-\d\d" + _ISO_TIME), _read_iso),
    Shape("year-month-day with a time in UTC", _compiled(r"(?!0000)\d{4}-\d\d-\d\d" + _ISO_TIME + _UTC), _read_iso),
    *_numeric("/"),
    *_numeric("."),
    *_numeric("-"),
    Shape("day, name of the month, year", _compiled(rf"(?P<day>\d\d?)[ /-]{_MONTH}[ /-]{_YEAR}"), _read_names),
    Shape("name of the month, year", _compiled(rf"(?:[A-Z]+-)?{_MONTH}[ /-]{_YEAR}"), _read_names),
    Shape("year-month", _compiled(r"\d{4}-(?:0[1-9]|1[0-2])"), _read_month),
    Shape("quarter of a financial year", _compiled(f"{_FINANCIAL} ?{_QUARTER}"), _read_financial),
    Shape("quarter of a financial year", _compiled(f"{_QUARTER} ?{_FINANCIAL}"), _read_financial),
    Shape("financial year", _FINANCIAL_YEAR, _read_financial),
)
