"""The loop of `holdgood worker`: claim, run, claim again, until it is told to stop."""

import contextlib
import datetime as dt
import json
import os
import signal
import socket
import time
import uuid
from collections.abc import Callable, Sequence
from types import FrameType

from django.db import DatabaseError, InterfaceError, close_old_connections, connections
from django.db.models.functions import Now

from holdgood.jobs import queue, recurring, runner
from holdgood.jobs.models import Job, Worker

LOOK_EVERY = 0.5  # seconds, where there was nothing to do
PLAN_EVERY = 5.0
AWAY = 3.0  # and where the database did not answer
FORGET_AFTER = dt.timedelta(days=1)
STOPS = (signal.SIGTERM, signal.SIGINT, signal.SIGALRM)


class Interrupted(BaseException):
    """The job in hand is not finished: nothing that handles errors may hold this up."""


class Loop:
    """A worker. The first SIGTERM or Ctrl-C lets it finish the job in hand for `grace` seconds, the next does not."""

    def __init__(
        self, *, lease: dt.timedelta, queues: Sequence[str], grace: int, tell: Callable[[str], object]
    ) -> None:
        self.name = f"{socket.gethostname()[:60]}:{os.getpid()}:{uuid.uuid4().hex[:8]}"
        self.lease, self.queues, self.grace = lease, queues, grace
        self._tell = tell
        self._stopping = False
        self._job: Job | None = None
        self._planned_at: float | None = None

    def run(self, *, once: bool = False) -> None:
        """Until it is told to stop; `once`: until nothing is due."""
        for number in STOPS:
            signal.signal(number, self._stop)
        self.log("worker.started", lease=self.lease.total_seconds())
        try:
            while not self._stopping and (self._turn() or not once):
                pass
        except Interrupted:
            self._give_back()
        signal.alarm(0)
        self._leave()
        self.log("worker.stopped")

    def _turn(self) -> bool:
        """One look at the queue; False if nothing was due. A database that is away is waited for."""
        try:
            close_old_connections()
            self._plan()
            self._job = queue.claim(worker=self.name, lease=self.lease, queues=self.queues)
            if self._job is not None:
                self._run(self._job)
                self._job = None
                return True
        except (DatabaseError, InterfaceError) as problem:
            # What was claimed comes back when its lease is over.
            self.log("worker.database-away", problem=type(problem).__name__)
            connections.close_all()
            self._rest(AWAY)
            return False
        self._rest(LOOK_EVERY)
        return False

    def _rest(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while not self._stopping and time.monotonic() < until:
            time.sleep(0.05)

    def _run(self, job: Job) -> None:
        self.log("job.started", job=job.pk, task=job.task, attempt=job.attempt)
        began = time.monotonic()
        outcome = runner.run(job, lease=self.lease)
        took = round((time.monotonic() - began) * 1000)
        self.log("job.ended", job=job.pk, task=job.task, attempt=job.attempt, outcome=outcome, ms=took)

    def _plan(self) -> None:
        """Now and then: be seen, enqueue what recurs, give up what keeps killing its workers."""
        if self._planned_at is not None and time.monotonic() - self._planned_at < PLAN_EVERY:
            return
        Worker.objects.update_or_create(name=self.name, defaults={"seen_at": Now()})
        at = Worker.objects.values_list("seen_at", flat=True).get(name=self.name)  # the database's clock
        Worker.objects.filter(seen_at__lt=at - FORGET_AFTER).delete()
        for name in recurring.plan(at=at):
            self.log("recurring.enqueued", name=name)
        if buried := queue.bury():
            self.log("jobs.given-up", jobs=buried)
        self._planned_at = time.monotonic()

    def _stop(self, number: int, _: FrameType | None) -> None:
        if self._stopping or number == signal.SIGALRM:
            raise Interrupted
        self._stopping = True
        signal.alarm(self.grace)

    def _give_back(self) -> None:
        """Over a new connection: the old one may be in the middle of anything."""
        for number in STOPS:
            signal.signal(number, signal.SIG_IGN)
        connections.close_all()
        if self._job is not None and queue.give_back(self._job):
            self.log("job.given-back", job=self._job.pk, task=self._job.task, attempt=self._job.attempt)

    def _leave(self) -> None:
        """Be seen no more."""
        with contextlib.suppress(DatabaseError, InterfaceError):
            Worker.objects.filter(name=self.name).delete()

    def log(self, event: str, **facts: object) -> None:
        """One line of JSON; ids and names, never content."""
        at = dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds")
        self._tell(json.dumps({"at": at, "event": event, "worker": self.name, **facts}))
