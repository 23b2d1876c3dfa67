"""The dead letters: tried again, or left undone by someone who says so."""

import datetime as dt

import pytest

from holdgood.jobs import actions, queue
from holdgood.jobs.models import Job, State
from holdgood.jobs.tests.factories import claimed
from holdgood.jobs.tests.work import leave

pytestmark = pytest.mark.django_db
MORNING = dt.datetime(2026, 11, 25, 9, tzinfo=dt.UTC)


@pytest.fixture
def dead(settings) -> Job:
    settings.JOB_ATTEMPTS = 1
    leave.enqueue(1)
    job = claimed()
    queue.fail(job, "no")
    return job


def test_a_dead_job_can_be_tried_again_and_again(dead) -> None:
    for attempt in (2, 3):
        actions.retry(job=dead.pk, by="administrator", at=MORNING)
        again = claimed()
        assert (again.attempt, again.decided_by, again.decided_at) == (attempt, "administrator", MORNING)
        assert queue.fail(again, "no") == State.DEAD


def test_the_worker_of_the_last_attempt_stays_fenced_off_after_a_retry(dead) -> None:
    actions.retry(job=dead.pk, by="administrator", at=MORNING)
    claimed()
    with pytest.raises(queue.LeaseLost):
        queue.finish(job=dead.pk, attempt=dead.attempt)


def test_a_dead_job_can_be_discarded(dead) -> None:
    actions.discard(job=dead.pk, by="administrator", at=MORNING)
    dead.refresh_from_db()
    assert (dead.state, dead.ended_at, dead.decided_by) == (State.DISCARDED, MORNING, "administrator")
    assert not Job.objects.dead().exists()


@pytest.mark.parametrize("action", [actions.retry, actions.discard])
def test_only_what_is_dead_is_decided_on(dead, action) -> None:
    actions.discard(job=dead.pk, by="administrator", at=MORNING)
    waiting = leave.enqueue(2)
    for job in (dead.pk, waiting.pk, 999):
        with pytest.raises(actions.NoLongerDead):
            action(job=job, by="director", at=MORNING)
