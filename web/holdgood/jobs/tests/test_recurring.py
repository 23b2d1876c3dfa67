"""What comes round: when it is due, and that no clock makes one time happen twice."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from holdgood.jobs import recurring
from holdgood.jobs.models import Job
from holdgood.jobs.recurring import Every, OnDays
from holdgood.jobs.tests.work import leave, refuse

LONDON = ZoneInfo("Europe/London")


def utc(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _none_yet(monkeypatch) -> None:
    monkeypatch.setattr(recurring, "_recurrences", {})


@pytest.mark.parametrize(
    ("schedule", "at", "latest"),
    [
        (Every(15), "2026-01-15 12:14:59", "2026-01-15 12:00"),
        (Every(15), "2026-01-15 12:15", "2026-01-15 12:15"),
        (OnDays(dt.time(3, 15), LONDON), "2026-01-15 03:14", "2026-01-14 03:15"),
        (OnDays(dt.time(3, 15), LONDON), "2026-07-15 02:15", "2026-07-15 02:15"),
        (OnDays(dt.time(1, 30), LONDON), "2026-03-29 01:29", "2026-03-28 01:30"),  # 01:30 is lost that night
        (OnDays(dt.time(1, 30), LONDON), "2026-03-29 01:30", "2026-03-29 01:30"),
        (OnDays(dt.time(1, 30), LONDON), "2026-10-25 00:30", "2026-10-25 00:30"),  # had twice: the first is meant
        (OnDays(dt.time(1, 30), LONDON), "2026-10-25 01:30", "2026-10-25 00:30"),
        (OnDays(dt.time(8), LONDON, weekday=0), "2026-11-25 09:00", "2026-11-23 08:00"),
        (OnDays(dt.time(8), LONDON, day=1), "2026-12-01 07:59", "2026-11-01 08:00"),
    ],
)
def test_a_schedule_knows_when_it_was_last_due(schedule, at, latest) -> None:
    assert schedule.latest(utc(at)) == utc(latest)


@pytest.mark.django_db
def test_one_time_happens_once_however_the_clock_jumps() -> None:
    recurring.add("digest", refuse, OnDays(dt.time(8), LONDON))
    for at in (
        "26 07:59",
        "26 08:00",
        "26 08:01",
        "26 07:30",
        "26 09:00",
        "27 08:30",
        "26 08:30",
        "25 09:00",
        "27 09:00",
    ):
        recurring.plan(at=utc(f"2026-11-{at}"))
    times = list(Job.objects.order_by("scheduled_for").values_list("scheduled_for", flat=True))
    assert times == [utc(f"2026-11-{day} 08:00") for day in (25, 26, 27)]


@pytest.mark.django_db
def test_two_workers_that_both_saw_nothing_add_one_job(monkeypatch) -> None:
    recurring.add("digest", refuse, Every(15))
    at = utc("2026-11-25 09:00")
    recurring.plan(at=at)
    nothing = Job.objects.none()
    monkeypatch.setattr(recurring.Job.objects, "filter", lambda **_: nothing)
    recurring.plan(at=at)
    monkeypatch.undo()
    assert Job.objects.count() == 1


@pytest.mark.django_db
def test_of_times_missed_the_latest_alone_is_made_up_and_none_after_too_long() -> None:
    recurring.add("often", refuse, Every(15))
    recurring.add("nightly", refuse, OnDays(dt.time(3), LONDON), late=dt.timedelta(hours=2))
    assert recurring.plan(at=utc("2026-11-25 09:05")) == ["often"]
    assert Job.objects.get().scheduled_for == utc("2026-11-25 09:00")


def test_what_recurs_takes_no_arguments() -> None:
    with pytest.raises(ValueError, match="missing a required argument"):
        recurring.add("leave", leave, Every(15))


def test_a_name_recurs_once() -> None:
    recurring.add("digest", refuse, Every(15))
    with pytest.raises(ValueError, match="recurs already"):
        recurring.add("digest", refuse, Every(30))
