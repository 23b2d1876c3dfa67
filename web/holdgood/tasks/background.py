"""What this app does by itself: asks what is due to be asked, and tells people what waits for them."""

import datetime as dt
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q, QuerySet

from holdgood.jobs import recurring
from holdgood.jobs.context import Context
from holdgood.jobs.tasks import task
from holdgood.people.models import User
from holdgood.places.access import Actor
from holdgood.places.models import Cover, Holding
from holdgood.tasks import access, letters
from holdgood.tasks.models import Letters, Task
from holdgood.tasks.waiting import Waiting, waiting

DAY = dt.timedelta(days=1)
LATE = 3 * DAY  # after which one thing gets a letter of its own
MONDAY, SATURDAY = 0, 5
WEEK = 7 * DAY


@task(takes_context=True)
def ask(context: Context) -> None:
    """Reviews, roles and shares that are about to end."""
    by = Actor.machine("worker", context.at)
    access.settle(by, context.at)
    access.ask(by, context.at)


@task(takes_context=True)
def morning(context: Context) -> None:
    """On a working day, a job for each person for whom anything may wait: one that fails holds up no other."""
    on = Actor.machine("worker", context.at).on
    if on.weekday() >= SATURDAY:
        return
    for pk in addressed(on).values_list("pk", flat=True):
        write.using(key=f"digest-{pk.hex}-{on}").enqueue(pk.hex, on.isoformat())


@task(takes_context=True)
def write(context: Context, person: str, day: str) -> None:
    """The letters of one person, as they have chosen."""
    user = User.objects.filter(pk=UUID(person)).first()
    on = dt.date.fromisoformat(day)
    if user is None or user.has_ended(on):
        return
    chosen = Letters.objects.filter(user=user).first()
    often = chosen.often if chosen else Letters.Often.DAILY
    weekly, monday = often == Letters.Often.WEEKLY, on.weekday() == MONDAY
    if often == Letters.Often.NONE:
        return
    things = waiting(Actor(user, context.at))
    if not weekly or monday:
        _digest(user, things, context.at, on, WEEK if weekly else letters.AHEAD)
    else:
        _remind(user, things, context.at, on)


def addressed(on: dt.date) -> QuerySet[User]:
    """People with an address who have a role or are asked something; not those who are away with cover.

    Their deputies get it: what is asked of one who is away is asked of whoever stands in.
    """
    away = Cover.objects.filter(Cover.running(on))
    open_tasks = Task.objects.open()
    roles = open_tasks.filter(user__isnull=True).values("role")
    holders = Holding.objects.current(on)
    of_role = holders.filter(role__in=roles).values("user")
    asked = open_tasks.filter(user__isnull=False).values("user")
    some = Q(pk__in=of_role) | Q(pk__in=asked) | Q(pk__in=away.values("deputy"))
    rows: QuerySet[User] = User.objects.current(on).exclude(email="").exclude(pk__in=away.values("absent"))
    return rows.filter(some).order_by("pk")


def _digest(user: User, things: list[Waiting], at: dt.datetime, on: dt.date, ahead: dt.timedelta) -> None:
    """What is late, due and new since the last letter would have come."""
    back = WEEK if ahead == WEEK else 3 * DAY if on.weekday() == MONDAY else DAY
    groups = letters.grouped(things, on, at - back, ahead)
    rest = len(things) - sum(len(group.things) for group in groups)
    letters.digest(user, groups, rest, at=at, key=f"digest:{user.pk.hex}:{on}")


def _remind(user: User, things: list[Waiting], at: dt.datetime, on: dt.date) -> None:
    """The day before something is due (on Fridays, also for the days until Monday), and three days after it was."""
    nearest = on + (3 * DAY if on.weekday() == 4 else DAY)
    for one in things:
        if one.due_on is None:
            continue
        soon, late = on < one.due_on <= nearest, one.due_on <= on - LATE
        if soon or late:
            kind = "soon" if soon else "late"
            letters.reminder(user, one, at=at, key=f"{kind}:{one.task.pk.hex}:{user.pk.hex}:{one.due_on}")
            Task.objects.filter(pk=one.task.pk).update(reminded_on=on)


_ZONE = ZoneInfo(settings.TIME_ZONE)
recurring.add("tasks.ask", ask, recurring.OnDays(dt.time(6, 30), _ZONE))
recurring.add("tasks.morning", morning, recurring.OnDays(dt.time(7, 30), _ZONE), late=dt.timedelta(hours=6))
