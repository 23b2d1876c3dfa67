"""The order of jobs, the lease, the fence, and what becomes of a job that fails."""

import datetime as dt

import pytest
from django.db import transaction

from holdgood.jobs import queue
from holdgood.jobs.models import Job, State
from holdgood.jobs.tests.factories import LEASE, bring_forward, claimed, expire
from holdgood.jobs.tests.work import effects, leave, leave_effect

pytestmark = pytest.mark.django_db


def state(job: Job) -> str:
    job.refresh_from_db()
    return job.state


def test_the_higher_priority_goes_first_then_the_older() -> None:
    low, high, older = (leave.using(priority=priority).enqueue(1) for priority in (-1, 9, 0))
    newer = leave.enqueue(1)
    assert [claimed().pk for _ in range(4)] == [high.pk, older.pk, newer.pk, low.pk]
    assert queue.claim(worker="first", lease=LEASE) is None


def test_a_worker_may_be_for_one_queue() -> None:
    leave.enqueue(1)
    slow = leave.using(queue_name="slow").enqueue(1)
    job = queue.claim(worker="first", lease=LEASE, queues=["slow"])
    assert job is not None
    assert job.pk == slow.pk
    assert queue.claim(worker="first", lease=LEASE, queues=["slow"]) is None


def test_a_claimed_job_says_who_has_it_and_since_when() -> None:
    leave.enqueue(1)
    job = claimed("ward-server")
    assert (job.state, job.worker, job.attempt) == (State.RUNNING, "ward-server", 1)
    assert job.started_at is not None
    assert job.lease_until == job.started_at + LEASE


def test_a_job_is_not_taken_while_its_lease_runs() -> None:
    leave.enqueue(1)
    job = claimed()
    queue.hold(job=job.pk, attempt=1, lease=LEASE)
    assert queue.claim(worker="second", lease=LEASE) is None


def test_what_a_silent_worker_had_goes_before_what_waits() -> None:
    leave.enqueue(1)
    job = claimed()
    leave.using(priority=100).enqueue(2)
    expire(job)
    again = claimed("second")
    assert (again.pk, again.attempt, again.worker) == (job.pk, 2, "second")


@pytest.mark.usefixtures("table")
def test_a_worker_that_lost_its_lease_leaves_no_effect() -> None:
    leave.enqueue(1)
    slow = claimed("slow")
    expire(slow)
    quick = claimed("quick")
    with pytest.raises(queue.LeaseLost), transaction.atomic():
        leave_effect(13)
        queue.finish(job=slow.pk, attempt=slow.attempt)
    assert effects() == []
    assert state(quick) == State.RUNNING
    with transaction.atomic():
        leave_effect(1)
        queue.finish(job=quick.pk, attempt=quick.attempt)
    assert (effects(), state(quick)) == ([1], State.DONE)


@pytest.mark.parametrize("after", ["taken", "finished", "retried"])
def test_a_lost_lease_can_do_nothing_to_the_job(after) -> None:
    leave.enqueue(1)
    slow = claimed("slow")
    expire(slow)
    quick = claimed("quick")
    if after == "finished":
        queue.finish(job=quick.pk, attempt=quick.attempt)
    if after == "retried":
        queue.fail(quick, "no")
    before = Job.objects.values().get()
    for step in (
        lambda: queue.hold(job=slow.pk, attempt=slow.attempt, lease=LEASE),
        lambda: queue.tell(job=slow.pk, attempt=slow.attempt, lease=LEASE, done=1, of=2, word=""),
        lambda: queue.finish(job=slow.pk, attempt=slow.attempt),
        lambda: queue.fail(slow, "too late"),
    ):
        with pytest.raises(queue.LeaseLost):
            step()
    assert not queue.give_back(slow)
    assert Job.objects.values().get() == before


def test_a_job_that_fails_is_tried_again_after_a_pause(settings) -> None:
    settings.JOB_ATTEMPTS = 3
    job = leave.enqueue(1)
    for attempt in (1, 2):
        assert queue.fail(claimed(), f"attempt {attempt}") == State.READY
        assert queue.claim(worker="first", lease=LEASE) is None
        bring_forward(job)
    assert queue.fail(claimed(), "attempt 3") == State.DEAD
    assert state(job) == State.DEAD
    assert (job.error, job.attempt, job.worker) == ("attempt 3", 3, None)
    assert list(Job.objects.dead()) == [job]


def test_pauses_grow_to_an_hour() -> None:
    assert [queue.pause(attempt).total_seconds() for attempt in (1, 2, 3, 4, 5, 50)] == [30, 120, 480, 1920, 3600, 3600]


def test_a_job_that_kills_its_workers_is_given_up(settings) -> None:
    settings.JOB_ATTEMPTS = 2
    job = leave.enqueue(1)
    for _ in range(2):
        assert queue.bury() == 0
        expire(claimed())
    assert queue.claim(worker="first", lease=LEASE) is None
    assert queue.bury() == 1
    assert state(job) == State.DEAD
    assert "went silent" in job.error


def test_a_job_given_back_has_as_many_attempts_left_as_before(settings) -> None:
    settings.JOB_ATTEMPTS = 1
    job = leave.enqueue(1)
    for attempt in (1, 2, 3):
        given = claimed()
        assert given.attempt == attempt
        assert queue.give_back(given)
    assert queue.fail(claimed(), "no") == State.DEAD
    assert state(job) == State.DEAD


def test_a_job_given_back_until_later_waits() -> None:
    leave.enqueue(1)
    assert queue.give_back(claimed(), until=dt.datetime(2126, 1, 1, tzinfo=dt.UTC))
    assert queue.claim(worker="first", lease=LEASE) is None


def test_a_job_is_finished_only_in_a_transaction(monkeypatch) -> None:
    class Outside:
        in_atomic_block = False

    monkeypatch.setattr(queue, "connection", Outside)
    with pytest.raises(RuntimeError, match="transaction of its effects"):
        queue.finish(job=1, attempt=1)
