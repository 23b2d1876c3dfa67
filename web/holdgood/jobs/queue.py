"""The life of a row: claimed, held, finished, failed, given back. Each step is one UPDATE that says what it expects."""

import contextlib
import datetime as dt
from collections.abc import Sequence

from django.db import connection, transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Now

from holdgood.jobs.models import Job, State

LOOK = 10  # jobs that a worker tries for before it looks again: others may have been quicker
FIRST_PAUSE = 30  # seconds
LONGEST_PAUSE = 3600


class LeaseLost(Exception):
    """Another worker has the job, or it is over: nothing may be left of this attempt."""


def claim(*, worker: str, lease: dt.timedelta, queues: Sequence[str] = ()) -> Job | None:
    """The next job, now leased to this worker; None if there is none. What others abandoned goes first."""
    jobs = Job.objects.of(queues)
    return _take(jobs.abandoned(), worker, lease) or _take(jobs.due(), worker, lease)


def _take(candidates: QuerySet[Job], worker: str, lease: dt.timedelta) -> Job | None:
    """One of the candidates. PostgreSQL steps over what others take; SQLite tries, and counts the rows changed."""
    skip = connection.features.has_select_for_update_skip_locked
    with transaction.atomic() if skip else contextlib.nullcontext():
        rows = candidates.select_for_update(skip_locked=True) if skip else candidates
        for pk, attempt in list(rows.values_list("pk", "attempt")[: 1 if skip else LOOK]):
            taken = candidates.filter(pk=pk, attempt=attempt).update(
                state=State.RUNNING,
                attempt=F("attempt") + 1,
                worker=worker,
                lease_until=Now() + lease,
                started_at=Now(),
                done=0,
                of=0,
                word="",
            )
            if taken:
                return Job.objects.held(job=pk, attempt=attempt + 1).first()
    return None


def bury() -> int:
    """Give up the jobs whose worker went silent in their last attempt; how many."""
    if not Job.objects.spent().exists():  # a read first: on SQLite an UPDATE waits for its turn to write
        return 0
    return Job.objects.spent().update(
        state=State.DEAD,
        ended_at=Now(),
        lease_until=None,
        worker=None,
        error="The worker went silent in each of the last attempts: it may have been killed for the memory it took.",
    )


def hold(*, job: int, attempt: int, lease: dt.timedelta) -> None:
    """Renew the lease."""
    if not Job.objects.held(job=job, attempt=attempt).update(lease_until=Now() + lease):
        raise LeaseLost(f"job {job}, attempt {attempt}")


def tell(*, job: int, attempt: int, lease: dt.timedelta, done: int, of: int, word: str) -> None:
    """Progress, which renews the lease too."""
    told = Job.objects.held(job=job, attempt=attempt).update(
        done=done, of=of, word=word[:80], lease_until=Now() + lease
    )
    if not told:
        raise LeaseLost(f"job {job}, attempt {attempt}")


def finish(*, job: int, attempt: int) -> None:
    """Mark as done, in the transaction of the job's effects: if this attempt lost its lease, they are rolled back."""
    if not connection.in_atomic_block:
        raise RuntimeError("a job is finished in the transaction of its effects")
    finished = Job.objects.held(job=job, attempt=attempt).update(
        state=State.DONE, ended_at=Now(), lease_until=None, worker=None, done=F("of"), error=""
    )
    if not finished:
        raise LeaseLost(f"job {job}, attempt {attempt}")


def fail(job: Job, error: str, *, again: bool = True) -> State:
    """Try again after a pause that grows, or give up."""
    held = Job.objects.held(job=job.pk, attempt=job.attempt)
    error = error.replace("\x00", "")[:4000]
    if again and job.attempt < job.last_attempt:
        changed = held.update(
            state=State.READY, not_before=Now() + pause(job.attempt), lease_until=None, worker=None, error=error
        )
        outcome = State.READY
    else:
        changed = held.update(state=State.DEAD, ended_at=Now(), lease_until=None, worker=None, error=error)
        outcome = State.DEAD
    if not changed:
        raise LeaseLost(f"job {job.pk}, attempt {job.attempt}")
    return outcome


def give_back(job: Job, *, until: dt.datetime | None = None) -> bool:
    """Leave the job to another time or worker; the attempt does not count. False if the lease was lost before."""
    changed = Job.objects.held(job=job.pk, attempt=job.attempt).update(
        state=State.READY,
        not_before=until or Now(),
        lease_until=None,
        worker=None,
        last_attempt=F("last_attempt") + 1,
    )
    return changed == 1


def pause(attempt: int) -> dt.timedelta:
    """30 seconds, 2 minutes, 8, 32, then an hour each time."""
    return dt.timedelta(seconds=min(FIRST_PAUSE << 2 * min(attempt - 1, 10), LONGEST_PAUSE))
