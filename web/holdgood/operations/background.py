"""What this app does by itself, and when: backups each night, marks of the trail's end, and trying a backup weekly."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.conf import settings

from holdgood.jobs import recurring
from holdgood.jobs.context import Context
from holdgood.jobs.tasks import UnableToFinish, task
from holdgood.operations import keeping
from holdgood.operations.backups.dump import UnableToBackUp
from holdgood.operations.backups.restore import UnableToRestore
from holdgood.operations.backups.sealed import UnableToOpen
from holdgood.trail import verify


@task(takes_context=True, attempts=3)
def backup(context: Context) -> None:
    """A second attempt after a worker died makes another one: too many is no harm."""
    if settings.HOLDGOOD_DEMO:
        return
    try:
        keeping.make(None, at=context.at)
    except UnableToBackUp as problem:
        raise UnableToFinish(str(problem)) from problem
    keeping.thin_out()


@task(takes_context=True, attempts=2)
def try_backup(context: Context) -> None:
    """A backup that was never restored is a hope."""
    try:
        keeping.verify_latest(context.at)
    except (UnableToOpen, UnableToRestore) as problem:
        raise UnableToFinish(f"The latest backup cannot be restored. {problem}", again=False) from problem


@task
def anchor() -> None:
    """The end of every chain, noted outside the database."""
    verify.anchor(settings.TRAIL_ANCHORS)


_ZONE = ZoneInfo(settings.TIME_ZONE)
recurring.add("operations.anchor", anchor, recurring.OnDays(dt.time(0, 10), _ZONE), late=dt.timedelta(hours=23))
recurring.add("operations.backup", backup, recurring.OnDays(dt.time(2, 15), _ZONE), late=dt.timedelta(hours=20))
recurring.add("operations.try-backup", try_backup, recurring.OnDays(dt.time(4, 30), _ZONE, weekday=6))
