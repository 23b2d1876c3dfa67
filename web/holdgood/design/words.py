"""Dates and numbers as people in Britain write them. Templates use the same functions as filters."""

import datetime as dt
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MINUS = "\N{MINUS SIGN}"


def day(on: dt.date | None) -> str:
    """3 March 2026. Of a time, the day it is in the time zone of the application."""
    if on is None:
        return ""
    if isinstance(on, dt.datetime):
        on = local(on)
    return f"{on.day} {MONTHS[on.month - 1]} {on.year}"


def weekday(on: dt.date | None) -> str:
    """Tuesday 3 March 2026."""
    if on is None:
        return ""
    if isinstance(on, dt.datetime):
        on = local(on)
    return f"{DAYS[on.weekday()]} {day(on)}"


def month(on: dt.date | None) -> str:
    """March 2026."""
    if on is None:
        return ""
    if isinstance(on, dt.datetime):
        on = local(on)
    return f"{MONTHS[on.month - 1]} {on.year}"


def clock(at: dt.datetime | dt.time | None) -> str:
    """14:05."""
    if at is None:
        return ""
    if isinstance(at, dt.datetime):
        at = local(at)
    return f"{at.hour}:{at.minute:02d}"


def moment(at: dt.datetime | None) -> str:
    """3 March 2026, 14:05."""
    return "" if at is None else f"{day(at)}, {clock(at)}"


def local(at: dt.datetime) -> dt.datetime:
    return timezone.localtime(at) if timezone.is_aware(at) else at


def number(x: float | Decimal | None, decimals: int | None = None) -> str:
    """1,204 or 4.3. Without decimals given, as many as the number has, at most ten."""
    if x is None:
        return ""
    value = x if isinstance(x, Decimal) else Decimal(repr(x) if isinstance(x, float) else int(x))
    if not value.is_finite():
        raise ValueError(f"{x} is no number that can be shown.")
    wanted = min(10, max(0, -int(value.normalize().as_tuple().exponent))) if decimals is None else decimals
    value = value.quantize(Decimal(1).scaleb(-wanted), rounding=ROUND_HALF_UP)
    text = f"{abs(value):,.{wanted}f}"
    return f"{MINUS}{text}" if value < 0 else text


def percent(x: float | Decimal | None, decimals: int = 0) -> str:
    """A share of one as 81%."""
    return "" if x is None else f"{number(x * 100, decimals)}%"


def count(n: int, one: str, many: str = "") -> str:
    """1 place, 1,204 places."""
    return f"{number(n)} {one if n == 1 else many or one + 's'}"


def listed(words: list[str], joined: str = "and") -> str:
    """one, two and three."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {joined} {words[-1]}"


def said(value: object) -> str:
    """Any value as a cell or a row shows it."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dt.datetime):
        return moment(value)
    if isinstance(value, dt.date):
        return day(value)
    if isinstance(value, dt.time):
        return clock(value)
    return number(value) if isinstance(value, (int, float, Decimal)) else str(value)


FILTERS: dict[str, Callable[..., str]] = {
    "day": day, "date": day, "weekday": weekday, "month": month, "clock": clock, "moment": moment, "number": number,
    "percent": percent, "counted": count, "listed": listed, "said": said,
}  # fmt: skip
