"""What people decide about background work, told in the trail."""

import datetime as dt
from collections.abc import Callable

from django.db import transaction

from holdgood.jobs import actions as jobs
from holdgood.jobs.models import Job
from holdgood.places import guard
from holdgood.places.access import Actor
from holdgood.places.permissions import Permission
from holdgood.trail import actions as trail


def retry(*, job: Job, by: Actor, at: dt.datetime) -> None:
    """Have what was given up tried again."""
    _decide(jobs.retry, "job.job.retried", job, by, at)


def discard(*, job: Job, by: Actor, at: dt.datetime) -> None:
    """Leave it undone, for good."""
    _decide(jobs.discard, "job.job.discarded", job, by, at)


def _decide(done: Callable[..., None], event: str, job: Job, by: Actor, at: dt.datetime) -> None:
    if not by.may_anywhere(Permission.JOB_DECIDE):
        raise guard.NotAllowed(str(Permission.JOB_DECIDE))
    with transaction.atomic():
        done(job=job.pk, by=by.id, at=at)
        new = {"task": job.task, "attempts": job.attempt}
        trail.record(chain=by.chain, event=event, by=by.id, at=at, kind="job", thing=str(job.pk), new=new)
