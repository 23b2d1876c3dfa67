"""Work that comes round: every quarter of an hour, every night, every Monday, every month.

An app adds its own in `background.py`, which is imported when a worker starts. One row for a name and a time is all the
database takes, so neither several workers nor a clock that jumps can make one time happen twice.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Protocol
from zoneinfo import ZoneInfo

from holdgood.jobs.models import Job
from holdgood.jobs.quiet import instant
from holdgood.jobs.tasks import Task

DAY = dt.timedelta(days=1)
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


class Schedule(Protocol):
    def latest(self, at: dt.datetime) -> dt.datetime:
        """The latest time at or before `at` that this is due."""


@dataclass(frozen=True)
class Every:
    """Each so many minutes, counted in UTC."""

    minutes: int

    def latest(self, at: dt.datetime) -> dt.datetime:
        return at - (at - EPOCH) % dt.timedelta(minutes=self.minutes)


@dataclass(frozen=True)
class OnDays:
    """At a time on the wall's clock: on every day, on a weekday (0 is Monday), or on a day of the month (1 to 28)."""

    time: dt.time
    zone: ZoneInfo
    weekday: int | None = None
    day: int | None = None

    def latest(self, at: dt.datetime) -> dt.datetime:
        day = at.astimezone(self.zone).date()
        while not self._falls_on(day) or instant(day, self.time, self.zone) > at:
            day -= DAY
        return instant(day, self.time, self.zone)

    def _falls_on(self, day: dt.date) -> bool:
        return self.weekday in (None, day.weekday()) and self.day in (None, day.day)


@dataclass(frozen=True)
class Recurrence:
    """`late`: how long after its time it is still worth doing. Of several times missed, the latest alone is made up."""

    name: str
    task: Task
    schedule: Schedule
    late: dt.timedelta


_recurrences: dict[str, Recurrence] = {}


def add(name: str, task: Task, schedule: Schedule, *, late: dt.timedelta = dt.timedelta(hours=12)) -> None:
    """Have a task without arguments done again and again. The name is kept in rows: it stays when functions move."""
    if name in _recurrences:
        raise ValueError(f'"{name}" recurs already')
    task.recurrence(name, EPOCH)  # refuses a task that needs arguments
    _recurrences[name] = Recurrence(name, task, schedule, late)


def plan(*, at: dt.datetime) -> list[str]:
    """Enqueue what is due and has no job yet; the names. Asking again, or from two workers at once, adds nothing."""
    due = []
    for recurrence in _recurrences.values():
        time = recurrence.schedule.latest(at)
        rows = Job.objects.filter(recurring=recurrence.name, scheduled_for=time)
        if at - time <= recurrence.late and not rows.exists():
            Job.objects.bulk_create([recurrence.task.recurrence(recurrence.name, time)], ignore_conflicts=True)
            due.append(recurrence.name)
    return due
