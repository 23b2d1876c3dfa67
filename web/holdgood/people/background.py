"""What this app does by itself, and when."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.conf import settings

from holdgood.jobs import recurring
from holdgood.jobs.context import Context
from holdgood.jobs.tasks import task
from holdgood.people import retention


@task(takes_context=True)
def sweep(context: Context) -> None:
    retention.sweep(context.at)


@task(takes_context=True)
def keep(context: Context) -> None:
    """Once a night; an account that was begun before a worker died is found again the next time."""
    retention.keep(context.at)


recurring.add("people.sweep", sweep, recurring.Every(minutes=30))
recurring.add("people.keep", keep, recurring.OnDays(dt.time(3, 20), ZoneInfo(settings.TIME_ZONE)))
