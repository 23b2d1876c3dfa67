"""What a task with `takes_context=True` is given: progress, the lease, and the one transaction for its effects.

@task(takes_context=True)
def convert(context: Context, upload: int) -> None:
    rows = read(upload, told=context.progress)     # long, outside any transaction
    with context.finishing():                      # short: effects and "done" commit together, or neither does
        keep(rows)
"""

import contextlib
import datetime as dt
import time
from collections.abc import Iterator

from django.db import transaction

from holdgood.jobs import queue
from holdgood.jobs.models import Job

TELL_EVERY = 0.5  # seconds


class Context:
    """One attempt at one job."""

    def __init__(self, job: Job, lease: dt.timedelta) -> None:
        if job.started_at is None:
            raise ValueError("only a claimed job can be run")
        self.job = job
        self.lease = lease
        self.at: dt.datetime = job.started_at  # when the attempt began, by the database's clock
        self.lost = False  # set by the heartbeat
        self.finished = False
        self._inside = False
        self._told_at: float | None = None

    @property
    def attempt(self) -> int:
        return self.job.attempt

    @property
    def effect_key(self) -> str:
        """What to send along to other systems: the same for every attempt, so that they can know a repetition."""
        return f"job-{self.job.pk}"

    def hold(self) -> None:
        """Renew the lease, or raise `LeaseLost`: worth asking just before doing what cannot be rolled back."""
        if not self._inside:
            queue.hold(job=self.job.pk, attempt=self.attempt, lease=self.lease)

    def progress(self, done: int, of: int, word: str = "") -> None:
        """Tell how far it is ("312 of 2,000 rows"). Cheap: what comes too often is left out."""
        if self._inside:
            raise RuntimeError("progress told inside finishing() would be seen only when it is over")
        if self.lost:
            raise queue.LeaseLost(f"job {self.job.pk}, attempt {self.attempt}")
        now = time.monotonic()
        if self._told_at is not None and now - self._told_at < TELL_EVERY and done < of:
            return
        queue.tell(job=self.job.pk, attempt=self.attempt, lease=self.lease, done=done, of=of, word=word)
        self._told_at = now

    @contextlib.contextmanager
    def finishing(self) -> Iterator[None]:
        """The transaction of the job's effects, and of its end. Once; nothing may follow it that must not be lost."""
        if self.finished or self._inside:
            raise RuntimeError("a job is finished once")
        self._inside = True
        try:
            with transaction.atomic(durable=True):
                yield
                queue.finish(job=self.job.pk, attempt=self.attempt)
        finally:
            self._inside = False
        self.finished = True
