"""One job from claimed to done: effects and end in one transaction, progress outside it."""

import datetime as dt
import time

import pytest

from holdgood.jobs import queue, runner
from holdgood.jobs.context import Context
from holdgood.jobs.models import Job, State
from holdgood.jobs.tests import work
from holdgood.jobs.tests.factories import LEASE, claimed, expire

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("table")]


def run() -> tuple[str, Job]:
    job = claimed()
    outcome = runner.run(job, lease=LEASE)
    job.refresh_from_db()
    return outcome, job


def test_a_job_that_is_run_is_done() -> None:
    work.leave.enqueue(7)
    outcome, job = run()
    assert (outcome, job.state, job.lease_until, work.effects()) == ("done", State.DONE, None, [7])


def test_a_job_that_fails_leaves_nothing_and_says_where_not_whose() -> None:
    work.stumble.enqueue(7)
    outcome, job = run()
    assert (outcome, job.state, work.effects()) == ("ready", State.READY, [])
    assert "builtins.ValueError" in job.error
    assert "in stumble" in job.error
    assert "Alice" not in job.error


def test_a_task_may_say_that_trying_again_is_no_use() -> None:
    work.refuse.enqueue()
    outcome, job = run()
    assert (outcome, job.error) == ("dead", "The file has no rows.")


def test_a_task_that_is_no_longer_there_goes_to_the_dead_letters() -> None:
    job = work.leave.enqueue(1)
    Job.objects.filter(pk=job.pk).update(task="holdgood.jobs.tests.work.gone")
    outcome, job = run()
    assert outcome == "dead"
    assert "renamed" in job.error


def test_what_a_job_asks_for_is_asked_once_it_is_done() -> None:
    work.leave_and_pass_on.enqueue(7)
    assert run()[0] == "done"
    assert run()[0] == "done"
    assert work.effects() == [-7, 7]


def test_a_task_with_a_context_tells_how_far_it_is(monkeypatch) -> None:
    monkeypatch.setattr("holdgood.jobs.context.TELL_EVERY", 0)
    told = []
    tell = queue.tell

    def seen(**facts) -> None:
        tell(**facts)
        told.append(Job.objects.values_list("done", "of", "word").get())

    monkeypatch.setattr(queue, "tell", seen)
    work.leave_at_length.enqueue(7, 0.0)
    outcome, job = run()
    assert told == [(step, 10, "steps") for step in range(1, 11)]
    assert (outcome, job.done, job.of, work.effects()) == ("done", 10, 10, [7])


def test_progress_that_comes_too_often_is_left_out_but_not_its_end(monkeypatch) -> None:
    told = []
    monkeypatch.setattr(queue, "tell", lambda **facts: told.append(facts["done"]))
    monkeypatch.setattr("holdgood.jobs.context.time.monotonic", lambda: 5.0)
    work.leave.enqueue(1)
    context = Context(claimed(), LEASE)
    for done in range(1, 101):
        context.progress(done, 100)
    assert told == [1, 100]


def test_a_second_attempt_starts_its_progress_anew() -> None:
    work.leave.enqueue(1)
    job = claimed()
    Context(job, LEASE).progress(5, 10, "rows")
    expire(job)
    again = claimed()
    assert (again.done, again.of, again.word) == (0, 0, "")


def test_a_lost_lease_is_noticed_by_progress_by_holding_and_at_the_end() -> None:
    work.leave.enqueue(1)
    job = claimed()
    expire(job)
    claimed("second")
    context = Context(job, LEASE)
    with pytest.raises(queue.LeaseLost):
        context.progress(1, 2)
    with pytest.raises(queue.LeaseLost):
        context.hold()
    with pytest.raises(queue.LeaseLost), context.finishing():
        work.leave_effect(13)
    assert work.effects() == []
    assert runner.run(job, lease=LEASE) == "lost"
    assert work.effects() == []


def test_the_lease_of_a_job_that_hangs_is_not_renewed_for_ever(monkeypatch) -> None:
    beats = []
    monkeypatch.setattr(queue, "hold", lambda **facts: beats.append(facts["attempt"]))
    work.leave.enqueue(1)
    context = Context(claimed(), dt.timedelta(seconds=0.06))
    with runner.Heartbeat(context, limit=0.2):
        while not context.lost:
            time.sleep(0.01)
    assert set(beats) <= {1}
    with pytest.raises(queue.LeaseLost):
        context.progress(1, 2)


def test_a_job_is_finished_once() -> None:
    work.leave.enqueue(1)
    context = Context(claimed(), LEASE)
    with context.finishing(), pytest.raises(RuntimeError, match="progress"):
        context.progress(1, 2)
    with pytest.raises(RuntimeError, match="once"), context.finishing():
        pass


def test_an_error_after_the_end_does_not_undo_it() -> None:
    work.err_after_the_end.enqueue()
    outcome, job = run()
    assert (outcome, job.state, work.effects()) == ("done, then ValueError", State.DONE, [1])


def test_other_systems_are_given_the_same_key_by_every_attempt() -> None:
    work.leave.enqueue(1)
    first = claimed()
    expire(first)
    assert Context(first, LEASE).effect_key == Context(claimed(), LEASE).effect_key
