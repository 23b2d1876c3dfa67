"""One job, from claimed to done, and the heartbeat that holds its lease meanwhile."""

import datetime as dt
import threading
import time
import traceback
from types import TracebackType

from django.db import DatabaseError, connection

from holdgood.jobs import queue, tasks
from holdgood.jobs.context import Context
from holdgood.jobs.models import Job, State


class Heartbeat:
    """Renews the lease of a job that takes long, from a thread and a connection of its own."""

    def __init__(self, context: Context, limit: float) -> None:
        self._context, self._limit = context, limit
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._beat, name="heartbeat", daemon=True)

    def __enter__(self) -> "Heartbeat":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join(timeout=1)  # it may be waiting for a lock, and holds nothing

    def _beat(self) -> None:
        """A third of the lease apart, so that two beats may fail, and none after the limit. By the monotonic clock."""
        apart = self._context.lease.total_seconds() / 3
        until = time.monotonic() + self._limit
        try:
            while not self._over.wait(apart):
                if time.monotonic() > until:
                    self._context.lost = True
                    return
                try:
                    queue.hold(job=self._context.job.pk, attempt=self._context.attempt, lease=self._context.lease)
                except queue.LeaseLost:
                    self._context.lost = True
                    return
                except DatabaseError:
                    connection.close()  # the next beat makes another
        finally:
            connection.close()


def run(job: Job, *, lease: dt.timedelta) -> str:
    """Run a claimed job; what became of it: done, ready (again later), dead, postponed, lost."""
    context = Context(job, lease)
    try:
        task = tasks.find(job.task)
        with Heartbeat(context, task.limit):
            _call(task, context)
        return State.DONE
    except queue.LeaseLost:
        return "lost"
    except tasks.Postponed as wait:
        return "postponed" if queue.give_back(job, until=wait.until) else "lost"
    except Exception as problem:
        if context.finished:  # nothing can fail it now: what it did is committed
            return f"done, then {type(problem).__name__}"
        return _failed(job, problem)


def _call(task: tasks.Task, context: Context) -> None:
    args, kwargs = context.job.args, context.job.kwargs
    if task.takes_context:
        task.call(context, *args, **kwargs)
        if not context.finished:
            with context.finishing():
                pass
        return
    with context.finishing():
        task.call(*args, **kwargs)


def _failed(job: Job, problem: Exception) -> str:
    again = not isinstance(problem, tasks.UnknownTask) and getattr(problem, "again", True)
    try:
        return queue.fail(job, told(problem), again=again)
    except queue.LeaseLost:
        return "lost"


def told(problem: Exception) -> str:
    """What happened, and where. The words of an exception may quote a person's data, so only our own are kept."""
    if isinstance(problem, tasks.UnableToFinish | tasks.UnknownTask):
        return str(problem)
    frames = traceback.extract_tb(problem.__traceback__)[-6:]
    where = "\n".join(f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in frames)
    return f"{type(problem).__module__}.{type(problem).__qualname__}\n{where}"
