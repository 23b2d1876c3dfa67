"""Tasks for tests, whose effects are rows of a bare table: nothing there hides an effect that happens twice.

`main` acts for a test in another process: `seed 60 0.01`, `claim FILE`, `report`, each answering with JSON.
"""

import datetime as dt
import json
import os
import random
import time
from collections import Counter
from pathlib import Path

from django.db import connection, transaction
from django.utils import timezone

from holdgood.jobs import outbox, queue
from holdgood.jobs.context import Context
from holdgood.jobs.models import Job, Mail
from holdgood.jobs.tasks import UnableToFinish, task

LEASE_SECONDS = 1


def make_table() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE effects (n integer NOT NULL)")


def leave_effect(n: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO effects (n) VALUES (%s)", [n])


def effects() -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT n FROM effects ORDER BY n")
        return [n for (n,) in cursor.fetchall()]


@task
def leave(n: int, wait: float = 0.0) -> None:
    leave_effect(n)
    time.sleep(random.uniform(0, wait))


@task
def leave_and_pass_on(n: int, wait: float = 0.0) -> None:
    leave_effect(n)
    time.sleep(random.uniform(0, wait))
    leave.enqueue(-n, wait)


@task(takes_context=True)
def leave_at_length(context: Context, n: int, seconds: float) -> None:
    for step in range(10):
        time.sleep(seconds / 10)
        context.progress(step + 1, 10, "steps")
    with context.finishing():
        leave_effect(n)


@task(takes_context=True)
def leave_silently(context: Context, n: int, seconds: float) -> None:
    """As one that computes for long and says nothing: the heartbeat alone holds its lease."""
    time.sleep(seconds)
    with context.finishing():
        leave_effect(n)


@task
def stumble(n: int) -> None:
    leave_effect(n)
    raise ValueError("Mrs Alice Example, 1 High Street")


@task
def refuse() -> None:
    raise UnableToFinish("The file has no rows.", again=False)


@task(takes_context=True)
def err_after_the_end(context: Context) -> None:
    with context.finishing():
        leave_effect(1)
    raise ValueError


def seed(jobs: int, wait: float) -> None:
    """A mixture: most leave an effect, some take long, some ask for another job, some post a letter."""
    make_table()
    with transaction.atomic():
        for n in range(1, jobs + 1):
            if n % 10 == 1:
                outbox.post(to=f"{n}@example.org", subject=f"Letter {n}", text="Read me.", at=timezone.now())
            elif n % 10 == 2:
                leave_and_pass_on.enqueue(n, wait)
            elif n % 10 == 3:
                leave_at_length.enqueue(n, wait)
            else:
                leave.enqueue(n, wait)


def claim_all(go: Path) -> list[int]:
    go.with_name(f"ready-{os.getpid()}").touch()
    while not go.exists():
        time.sleep(0.01)
    claimed = []
    while (job := queue.claim(worker="racer", lease=dt.timedelta(minutes=1))) is not None:
        claimed.append(job.pk)
    return claimed


def report() -> dict[str, object]:
    jobs = Job.objects.filter(recurring=None)
    return {
        "states": Counter(jobs.values_list("state", flat=True)),
        "jobs": list(jobs.order_by("id").values("attempt", "last_attempt", "state", "done", "of", "word")),
        "effects": effects(),
        "letters": list(Mail.objects.values_list("message_id", flat=True)),
        "unsent": Mail.objects.waiting().count(),
    }


def main(what: str, *args: str) -> None:
    answer: object = None
    if what == "seed":
        seed(int(args[0]), float(args[1]))
    elif what == "enqueue":
        make_table()
        {"at_length": leave_at_length, "silently": leave_silently}[args[0]].enqueue(1, float(args[1]))
    else:
        answer = claim_all(Path(args[0])) if what == "claim" else report()
    print(json.dumps(answer))
