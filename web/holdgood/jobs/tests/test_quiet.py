"""Quiet hours, on the nights when clocks change too."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from holdgood.jobs.quiet import QuietHours, instant

LONDON = ZoneInfo("Europe/London")
NIGHT = QuietHours(dt.time(21), dt.time(7), LONDON)


def utc(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("at", "released"),
    [
        ("2026-01-15 20:59:59", "2026-01-15 20:59:59"),
        ("2026-01-15 21:00", "2026-01-16 07:00"),
        ("2026-01-16 06:59:59", "2026-01-16 07:00"),
        ("2026-01-16 07:00", "2026-01-16 07:00"),
        ("2026-07-15 19:59", "2026-07-15 19:59"),  # summer: 20:59 in London
        ("2026-07-15 20:00", "2026-07-16 06:00"),
        ("2026-03-28 22:00", "2026-03-29 06:00"),  # the night an hour is lost
        ("2026-03-29 00:59", "2026-03-29 06:00"),
        ("2026-10-24 20:30", "2026-10-25 07:00"),  # the night an hour is had twice
        ("2026-10-25 01:30", "2026-10-25 07:00"),
    ],
)
def test_mail_waits_for_the_morning_in_london(at, released) -> None:
    assert NIGHT.release(utc(at)) == utc(released)


def test_quiet_hours_may_be_within_a_day() -> None:
    lunch = QuietHours(dt.time(12), dt.time(13), LONDON)
    assert lunch.release(utc("2026-01-15 12:30")) == utc("2026-01-15 13:00")
    assert lunch.release(utc("2026-01-15 02:30")) == utc("2026-01-15 02:30")


def test_an_end_in_the_hour_that_is_had_twice_is_its_second_time() -> None:
    hours = QuietHours(dt.time(21), dt.time(1, 30), LONDON)
    assert hours.release(utc("2026-10-25 00:45")) == utc("2026-10-25 01:30")  # 01:45 summer time > 01:30 winter time


def test_an_end_in_the_hour_that_is_lost_is_told_by_the_clock_of_before() -> None:
    hours = QuietHours(dt.time(21), dt.time(1, 30), LONDON)
    assert hours.release(utc("2026-03-29 00:45")) == utc("2026-03-29 01:30")  # 02:30 summer time
    assert instant(dt.date(2026, 3, 29), dt.time(1, 30), LONDON, last=True) == utc("2026-03-29 01:30")


@given(
    at=st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2028, 1, 1)),
    start=st.times(),
    end=st.times(),
)
def test_what_is_released_is_not_early_not_quiet_and_within_a_day(at, start, end) -> None:
    at = at.replace(tzinfo=dt.UTC)
    assume(start != end)
    hours = QuietHours(start, end, LONDON)
    released = hours.release(at)
    assert at <= released <= at + dt.timedelta(hours=25)
    assert hours.release(released) == released
