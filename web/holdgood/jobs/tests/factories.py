"""Jobs in a state that a test needs."""

import datetime as dt

from django.db.models.functions import Now

from holdgood.jobs import queue
from holdgood.jobs.models import Job

LEASE = dt.timedelta(minutes=1)


def claimed(worker: str = "first") -> Job:
    job = queue.claim(worker=worker, lease=LEASE)
    assert job is not None
    return job


def expire(job: Job) -> None:
    """As if its worker had been silent for too long."""
    Job.objects.filter(pk=job.pk).update(lease_until=Now() - dt.timedelta(seconds=1))


def bring_forward(job: Job) -> None:
    """As if the pause before it had passed."""
    Job.objects.filter(pk=job.pk).update(not_before=Now() - dt.timedelta(seconds=1))
