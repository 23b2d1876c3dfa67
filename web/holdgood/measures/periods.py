"""Periods of measures: a first day and a granularity. No clock, no database."""

import calendar
import datetime as dt

MONTHS = {"month": 1, "quarter": 3, "year": 12}
DAYS = {"day": 1, "week": 7}


def first_day(day: dt.date, granularity: str) -> dt.date:
    """The first day of the period in which a day lies: weeks begin on Monday, years with the NHS's April."""
    if granularity == "week":
        return day - dt.timedelta(days=day.weekday())
    if granularity == "month":
        return day.replace(day=1)
    if granularity == "quarter":
        return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
    if granularity == "year":
        return dt.date(day.year - (day.month < 4), 4, 1)
    return day


def following(first: dt.date, granularity: str, steps: int = 1) -> dt.date:
    """The first day of the period so many later (or, below zero, earlier)."""
    if granularity in DAYS:
        return first + dt.timedelta(days=DAYS[granularity] * steps)
    months = first.year * 12 + first.month - 1 + MONTHS[granularity] * steps
    year, month = divmod(months, 12)
    return dt.date(year, month + 1, min(first.day, calendar.monthrange(year, month + 1)[1]))


def last_day(first: dt.date, granularity: str) -> dt.date:
    return following(first, granularity) - dt.timedelta(days=1)


def name(first: dt.date, granularity: str) -> str:
    """As people write it: March 2026, week of 2 March 2026, January to March 2026, 2025/26."""
    if granularity == "month":
        return f"{first:%B} {first.year}"
    if granularity == "quarter":
        return f"{first:%B} to {last_day(first, granularity):%B} {first.year}"
    if granularity == "year":
        return f"{first.year}/{(first.year + 1) % 100:02}"
    day = f"{first.day} {first:%B} {first.year}"
    return f"week of {day}" if granularity == "week" else day


def short(first: dt.date, granularity: str) -> str:
    """For tables: Mar 2026."""
    if granularity in DAYS:
        return f"{first.day} {first:%b} {first.year}"
    return name(first, granularity) if granularity == "year" else f"{first:%b} {first.year}"


def between(first: dt.date, last: dt.date, granularity: str) -> list[dt.date]:
    """Every period from one to another, both included."""
    found = [first]
    while found[-1] < last:
        found.append(following(found[-1], granularity))
    return found
