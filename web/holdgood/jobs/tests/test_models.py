"""What the database itself refuses, on SQLite as on PostgreSQL."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from holdgood.jobs.background import KEPT, tidy
from holdgood.jobs.models import Job, Mail, Worker
from holdgood.jobs.tests.factories import claimed, expire
from holdgood.jobs.tests.work import leave

pytestmark = pytest.mark.django_db
MORNING = dt.datetime(2026, 11, 25, 9, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "lost"},
        {"state": "running"},
        {"state": "running", "worker": "first"},
        {"lease_until": MORNING},
        {"worker": "first"},
        {"state": "done"},
        {"ended_at": MORNING},
        {"attempt": 99},
        {"last_attempt": 0},
        {"attempt": -1},
        {"done": 1},
        {"recurring": "digest"},
        {"scheduled_for": MORNING},
        {"decided_by": "administrator"},
        {"state": "discarded", "ended_at": MORNING},
    ],
    ids=str,
)
def test_a_row_that_contradicts_itself_is_refused(wrong) -> None:
    job = leave.enqueue(1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.filter(pk=job.pk).update(**wrong)


def test_no_migration_is_missing() -> None:
    call_command("makemigrations", "jobs", check=True, dry_run=True, verbosity=0)


def test_a_worker_is_alive_while_it_is_seen_or_holds_a_lease() -> None:
    for name, seen_at in (("seen", Now()), ("busy", Now() - KEPT), ("gone", Now() - KEPT), ("frozen", Now() - KEPT)):
        Worker.objects.create(name=name, seen_at=seen_at)
    for name in ("busy", "frozen"):
        leave.enqueue(1)
        job = claimed(name)
    expire(job)
    assert set(Worker.objects.alive().values_list("name", flat=True)) == {"seen", "busy"}


def test_what_has_been_over_for_a_month_is_deleted() -> None:
    old, new = Now() - KEPT - dt.timedelta(days=1), Now()
    done, recent, waiting = (leave.enqueue(n) for n in range(3))
    Job.objects.filter(pk=done.pk).update(state="done", ended_at=old)
    Job.objects.filter(pk=recent.pk).update(state="done", ended_at=new)
    facts = {"to": "a@example.org", "subject": "x", "text": "x", "not_before": MORNING, "posted_at": MORNING}
    for name, sent_at in (("old", old), ("new", new), ("waiting", None)):
        Mail.objects.create(message_id=name, sent_at=sent_at, **facts)
    tidy.call()
    assert set(Job.objects.all()) == {recent, waiting}
    assert set(Mail.objects.values_list("message_id", flat=True)) == {"new", "waiting"}
