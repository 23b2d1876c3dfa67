"""Fields that read what people in Britain write, and say in a sentence what they could not read."""

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from holdgood.design import numbers, words

_MONTH_OF = {name[:3].lower(): order for order, name in enumerate(words.MONTHS, 1)}
_WORD = r"([A-Za-z]{3,9})"
_WRITTEN = re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th)?\s+{_WORD},?\s+(\d{{4}})", re.ASCII)
_SLASHED = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_MONTH_WRITTEN = re.compile(rf"{_WORD},?\s+(\d{{4}})", re.ASCII)
_MONTH_SLASHED = re.compile(r"(\d{1,2})[/.-](\d{4})", re.ASCII)
_MONTH_ISO = re.compile(r"(\d{4})-(\d{1,2})", re.ASCII)
_TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?", re.ASCII | re.IGNORECASE)
_SHORT_YEAR = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2}|\d{1,2}\s+[A-Za-z]+\s+\d{2}", re.ASCII)
FIRST_YEAR, LAST_YEAR = 1900, 2200

Limit = dt.date | Callable[[], dt.date] | None


class DateField(forms.DateField):
    """A date in one text field: 3 March 2026, 3/3/2026 or 2026-03-03."""

    widget = forms.TextInput(attrs={"data-width": "10"})
    example = "3 March 2026"

    def __init__(self, *, earliest: Limit = None, latest: Limit = None, **options: Any) -> None:
        self.earliest, self.latest = earliest, latest
        options.setdefault("help_text", f"For example, {self.example}")
        super().__init__(**options)

    def read(self, text: str) -> dt.date:
        return read_date(text)

    def to_python(self, value: Any) -> dt.date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, dt.datetime):
            return value.date()
        if isinstance(value, dt.date):
            return value
        on = self.read(" ".join(str(value).split()))
        earliest, latest = _limit(self.earliest), _limit(self.latest)
        if earliest and on < earliest:
            raise ValidationError(f"{self.told(on)} is before {self.told(earliest)}, the earliest it can be.", "early")
        if latest and on > latest:
            raise ValidationError(f"{self.told(on)} is after {self.told(latest)}, the latest it can be.", "late")
        return on

    def told(self, on: dt.date) -> str:
        return words.day(on)

    def prepare_value(self, value: Any) -> Any:
        return self.told(value) if isinstance(value, dt.date) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(initial) != self.to_python(data))
        except ValidationError:
            return True


class MonthField(DateField):
    """A month in one text field, as its first day: March 2026, 3/2026 or 2026-03."""

    example = "March 2026"

    def read(self, text: str) -> dt.date:
        return read_month(text)

    def told(self, on: dt.date) -> str:
        return words.month(on)


class TimeField(forms.TimeField):
    """A time of day: 14:30, 2.30pm or 9am."""

    widget = forms.TextInput(attrs={"data-width": "5"})

    def to_python(self, value: Any) -> dt.time | None:
        if value in self.empty_values:
            return None
        if isinstance(value, dt.time):
            return value
        text = " ".join(str(value).split())
        at = _TIME.fullmatch(text)
        if not at or not (at[2] or at[3]):
            raise ValidationError(f"“{_short(text)}” is not a time. Write it as 14:30 or 2.30pm.", "invalid")
        hour, minute, half = int(at[1]), int(at[2] or 0), (at[3] or "").lower()
        if minute > 59 or hour > 23 or (half and not 1 <= hour <= 12):
            raise ValidationError(f"There is no time “{text}”. Write it as 14:30 or 2.30pm.", "invalid")
        if half:
            hour = hour % 12 + (12 if half == "pm" else 0)
        return dt.time(hour, minute)

    def prepare_value(self, value: Any) -> Any:
        return words.clock(value) if isinstance(value, dt.time) else value


class NumberField(forms.Field):
    """A number as people write it, as a Decimal, or as an int if it must be whole."""

    widget = forms.TextInput(attrs={"data-width": "10"})

    def __init__(
        self,
        *,
        least: float | Decimal | None = None,
        most: float | Decimal | None = None,
        decimals: int | None = None,
        whole: bool = False,
        percent: bool = False,
        needed_unless: bool = False,  # not required by itself, and yet not to be left out: the form says when
        **options: Any,
    ) -> None:
        self.needed_unless = needed_unless
        self.least, self.most, self.whole, self.percent = least, most, whole, percent
        self.decimals = 0 if whole else decimals
        super().__init__(**options)

    def to_python(self, value: Any) -> Decimal | int | None:
        if value is None or (isinstance(value, str) and not value.strip()):
            return None
        try:
            found = numbers.parse(str(value), percent=self.percent)
        except numbers.NotANumber as problem:
            raise ValidationError(str(problem), "invalid") from None
        self._check(found)
        return int(found) if self.whole else found

    def _check(self, found: Decimal) -> None:
        shown = words.number(found)
        if self.whole and found != int(found):
            raise ValidationError(f"{shown} is not a whole number. Leave out what stands after the point.", "whole")
        if self.decimals and -int(found.normalize().as_tuple().exponent) > self.decimals:
            places = words.count(self.decimals, "digit", "digits")
            raise ValidationError(f"{shown} is too exact: give at most {places} after the point.", "decimals")
        if self.least is not None and found < Decimal(str(self.least)):
            raise ValidationError(f"{shown} is too low: the least it can be is {words.number(self.least)}.", "low")
        if self.most is not None and found > Decimal(str(self.most)):
            raise ValidationError(f"{shown} is too high: the most it can be is {words.number(self.most)}.", "high")

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
            return words.number(value).replace(words.MINUS, "-")
        return value

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(initial) != self.to_python(data))
        except ValidationError:
            return True


def read_date(text: str) -> dt.date:
    """The date, or a ValidationError that says what is wrong with it."""
    if written := _WRITTEN.fullmatch(text):
        return _date(text, int(written[3]), _month_of(text, written[2], "3 March 2026"), int(written[1]))
    if slashed := _SLASHED.fullmatch(text):
        return _date(text, int(slashed[3]), int(slashed[2]), int(slashed[1]))
    if iso := _ISO.fullmatch(text):
        return _date(text, int(iso[1]), int(iso[2]), int(iso[3]))
    if _SHORT_YEAR.fullmatch(text):
        raise ValidationError(f"“{_short(text)}” has a short year. Write it in full, such as 3 March 2026.", "invalid")
    raise ValidationError(f"“{_short(text)}” is not a date. Write the day, such as 3 March 2026.", "invalid")


def read_month(text: str) -> dt.date:
    """The first day of the month, or a ValidationError that says what is wrong with it."""
    if written := _MONTH_WRITTEN.fullmatch(text):
        return _date(text, int(written[2]), _month_of(text, written[1], "March 2026"), 1)
    if slashed := _MONTH_SLASHED.fullmatch(text):
        return _date(text, int(slashed[2]), int(slashed[1]), 1)
    if iso := _MONTH_ISO.fullmatch(text):
        return _date(text, int(iso[1]), int(iso[2]), 1)
    raise ValidationError(
        f"“{_short(text)}” is not a month. Write the month and the year, such as March 2026.", "invalid"
    )


def _month_of(text: str, word: str, example: str) -> int:
    order = _MONTH_OF.get(word[:3].lower(), 0)
    whole = words.MONTHS[order - 1].lower() if order else ""
    if not order or not (whole.startswith(word.lower()) or word.lower() == "sept"):
        raise ValidationError(f"“{_short(text)}” names no month. Write it as {example}.", "invalid")
    return order


def _date(text: str, year: int, month: int, day: int) -> dt.date:
    try:
        on = dt.date(year, month, day)
    except ValueError:
        raise ValidationError(f"There is no date “{text}”. Write one that is in the calendar.", "invalid") from None
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValidationError(f"“{text}” is not between {FIRST_YEAR} and {LAST_YEAR}. Look at the year.", "invalid")
    return on


def _limit(given: Limit) -> dt.date | None:
    return given() if callable(given) else given


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"
