"""Functions that can be asked for: `@task` makes one, `.enqueue(…)` asks. The call shape is that of Django 6's tasks.

A plain task runs inside the transaction that also marks its job as done, so that its effects on the database happen
exactly once. A task that takes long, or reaches outside the database, takes the context: see `context.Context`.
"""

import datetime as dt
import inspect
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Any, overload

from django.apps import apps
from django.conf import settings

from holdgood.jobs.models import Job

LONGEST = 10_000  # characters of arguments: ids and settings, never content
PRIORITIES = range(-100, 101)  # as in Django 6; the higher goes first


class UnableToEnqueue(ValueError):
    """What was asked for cannot be a job: what, and what to do instead."""


class UnableToFinish(Exception):
    """Raised by a task with a sentence that may be shown to an administrator: it names no person and quotes no text."""

    def __init__(self, sentence: str, *, again: bool = True) -> None:
        super().__init__(sentence)
        self.again = again  # False: another attempt would end the same


class Postponed(Exception):
    """Raised by a task that must wait: it is run again then, and this attempt does not count."""

    def __init__(self, until: dt.datetime) -> None:
        super().__init__(until.isoformat())
        self.until = until


class UnknownTask(LookupError):
    """There is no such task in this version of the program."""


@dataclass(frozen=True)
class Task:
    """A function that can be enqueued, and how."""

    func: Callable[..., object]
    priority: int = 0
    queue_name: str = "default"
    run_after: dt.datetime | None = None
    takes_context: bool = False
    attempts: int | None = None  # the setting JOB_ATTEMPTS
    limit: float = 3600  # seconds: what takes longer is taken to hang, and its lease is not renewed
    key: str | None = None

    @property
    def name(self) -> str:
        return self.func.__name__

    @property
    def module_path(self) -> str:
        return f"{self.func.__module__}.{self.func.__qualname__}"

    def using(self, **changes: Any) -> "Task":
        """The same with another `priority`, `queue_name`, `run_after`, `attempts` or `key`.

        A key is asked for once: enqueueing it again gives the job that is there, whatever became of it, until that
        is tidied away a month after its end.
        """
        changed = replace(self, **changes)
        if changed.priority not in PRIORITIES:
            raise UnableToEnqueue(f"priority is {changed.priority}, expected -100 to 100.")
        if changed.run_after is not None and changed.run_after.tzinfo is None:
            raise UnableToEnqueue("run_after has no time zone: pass an aware time.")
        return changed

    def enqueue(self, *args: Any, **kwargs: Any) -> Job:
        """The job, as a row of the caller's transaction: rolled back with it, seen by workers once it commits."""
        job = self._job(args, kwargs)
        if self.key is None:
            job.save(force_insert=True)
            return job
        Job.objects.bulk_create([job], ignore_conflicts=True)
        return Job.objects.get(key=self.key)

    def call(self, *args: Any, **kwargs: Any) -> object:
        """Run the function here and now."""
        return self.func(*args, **kwargs)

    def recurrence(self, name: str, scheduled_for: dt.datetime) -> Job:
        """The unsaved job of one time that a recurring task is due."""
        job = self._job((), {})
        job.recurring, job.scheduled_for = name, scheduled_for
        return job

    def _job(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Job:
        try:
            inspect.signature(self.func).bind(*([None] if self.takes_context else []), *args, **kwargs)
        except TypeError as problem:
            raise UnableToEnqueue(f"{self.module_path}: {problem}.") from None
        plain = _plain({"args": args, "kwargs": kwargs}, self.module_path)
        job = Job(
            task=self.module_path,
            args=plain["args"],
            kwargs=plain["kwargs"],
            queue=self.queue_name,
            priority=self.priority,
            key=self.key,
            last_attempt=self.attempts or settings.JOB_ATTEMPTS,
        )
        if self.run_after is not None:
            job.not_before = self.run_after
        return job


@overload
def task(func: Callable[..., object]) -> Task: ...


@overload
def task(
    *,
    priority: int = 0,
    queue_name: str = "default",
    takes_context: bool = False,
    attempts: int | None = None,
    limit: float = 3600,
) -> Callable[[Callable[..., object]], Task]: ...


def task(
    func: Callable[..., object] | None = None,
    *,
    priority: int = 0,
    queue_name: str = "default",
    takes_context: bool = False,
    attempts: int | None = None,
    limit: float = 3600,
) -> Task | Callable[[Callable[..., object]], Task]:
    """Make a function of a module one that can be enqueued: `@task`, or `@task(priority=10)`."""

    def made(func: Callable[..., object]) -> Task:
        if inspect.iscoroutinefunction(func) or "<locals>" in func.__qualname__:
            raise UnableToEnqueue(
                f"{func.__qualname__} must be a plain function of a module, so that a worker finds it."
            )
        plain = Task(func, takes_context=takes_context, attempts=attempts, limit=limit)
        return plain.using(priority=priority, queue_name=queue_name)

    return made if func is None else made(func)


def find(path: str) -> Task:
    """The task of a job. Only modules of installed apps are looked at, and only what `@task` made is taken."""
    module, _, name = path.rpartition(".")
    if apps.get_containing_app_config(path) is None:
        raise UnknownTask(f"{path} is in no installed app.")
    try:
        found = getattr(import_module(module), name, None)
    except ModuleNotFoundError as problem:
        raise UnknownTask(f"{path} is no longer there.") from problem
    if not isinstance(found, Task):
        raise UnknownTask(f"{path} is no task: has it been renamed?")
    return found


def _plain(value: dict[str, Any], path: str) -> dict[str, Any]:
    """Arguments as JSON gives them back, if that is what was put in."""
    try:
        text = json.dumps(value, allow_nan=False, ensure_ascii=False)
        text.encode()  # half a surrogate pair would pass SQLite and fail PostgreSQL
    except (TypeError, ValueError) as problem:
        raise UnableToEnqueue(f"{path}: arguments must be plain JSON, and {problem}. Pass an id instead.") from None
    if len(text) > LONGEST:
        raise UnableToEnqueue(
            f"{path}: {len(text)} characters of arguments, expected ids. Keep content in its own row."
        )
    if "\\u0000" in text:
        raise UnableToEnqueue(f"{path}: an argument holds a NUL, which PostgreSQL cannot store.")
    plain: dict[str, Any] = json.loads(text)
    if plain != {"args": list(value["args"]), "kwargs": value["kwargs"]}:
        raise UnableToEnqueue(f"{path}: an argument changes when written as JSON (a tuple, a number as key?).")
    return plain
