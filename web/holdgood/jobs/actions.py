"""What a person may do with a job that was given up. Who may, and the trail, are the caller's."""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.db.models import F

from holdgood.jobs.models import Job, State


class NoLongerDead(Exception):
    """The job was decided on meanwhile, or is running again."""


@transaction.atomic
def retry(*, job: int, by: str, at: dt.datetime) -> None:
    """Try again, with as many attempts as a new job has."""
    changed = Job.objects.filter(pk=job, state=State.DEAD).update(
        state=State.READY,
        not_before=at,
        ended_at=None,
        last_attempt=F("attempt") + settings.JOB_ATTEMPTS,
        decided_at=at,
        decided_by=by,
    )
    if not changed:
        raise NoLongerDead(f"job {job}")


@transaction.atomic
def discard(*, job: int, by: str, at: dt.datetime) -> None:
    """Leave it undone, for good."""
    changed = Job.objects.filter(pk=job, state=State.DEAD).update(
        state=State.DISCARDED, ended_at=at, decided_at=at, decided_by=by
    )
    if not changed:
        raise NoLongerDead(f"job {job}")
