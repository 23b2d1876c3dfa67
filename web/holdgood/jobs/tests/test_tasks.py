"""Asking for work: what is taken, what is refused, what a rollback takes along."""

import datetime as dt

import pytest
from django.db import transaction

from holdgood.jobs import tasks
from holdgood.jobs.models import Job, State
from holdgood.jobs.tests.work import leave, leave_at_length

pytestmark = pytest.mark.django_db


def test_a_job_is_a_row_that_waits() -> None:
    job = leave.using(priority=5, queue_name="imports").enqueue(7, wait=0.5)
    job.refresh_from_db()
    assert (job.task, job.args, job.kwargs) == ("holdgood.jobs.tests.work.leave", [7], {"wait": 0.5})
    assert (job.state, job.priority, job.queue, job.attempt) == (State.READY, 5, "imports", 0)


def test_a_caller_that_rolls_back_takes_the_job_along() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        leave.enqueue(1)
        raise ZeroDivisionError
    assert not Job.objects.exists()


def test_what_has_a_key_is_asked_for_once() -> None:
    first = leave.using(key="weekly-7").enqueue(1)
    again = leave.using(key="weekly-7").enqueue(2)
    other = leave.using(key="weekly-8").enqueue(3)
    assert first.pk == again.pk != other.pk
    assert again.args == [1]
    assert Job.objects.count() == 2


def test_a_job_can_be_for_later() -> None:
    leave.using(run_after=dt.datetime(2126, 1, 1, tzinfo=dt.UTC)).enqueue(1)
    assert not Job.objects.due().exists()
    with pytest.raises(tasks.UnableToEnqueue, match="no time zone"):
        leave.using(run_after=dt.datetime(2126, 1, 1))


@pytest.mark.parametrize(
    "args",
    [
        (object(),),
        (dt.date(2026, 1, 1),),
        (float("nan"),),
        ((1, 2),),
        ({1: 2},),
        ("x" * 20_000,),
        ("\x00",),
        ("\ud800",),
        (),
        (1, 2.0, 3),
    ],
    ids=["object", "date", "nan", "tuple", "number-as-key", "content", "nul", "half-character", "too-few", "too-many"],
)
def test_arguments_are_ids_and_plain_json_alone(args) -> None:
    with pytest.raises(tasks.UnableToEnqueue, match=r"work\.leave"):
        leave.enqueue(*args)
    assert not Job.objects.exists()


def test_the_context_is_no_argument_of_the_caller() -> None:
    assert leave_at_length.enqueue(1, 0.0).args == [1, 0.0]


def test_a_priority_is_that_of_django_6() -> None:
    with pytest.raises(tasks.UnableToEnqueue, match="priority"):
        leave.using(priority=101)


def test_only_a_function_that_a_worker_can_find_is_a_task() -> None:
    with pytest.raises(tasks.UnableToEnqueue, match="function of a module"):

        @tasks.task
        def inner() -> None: ...


def test_a_task_is_found_by_where_it_is() -> None:
    assert tasks.find(leave.module_path) is leave


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("os.system", "in no installed app"),
        ("holdgood.settings.DATA", "in no installed app"),
        ("holdgood.jobs.tests.work.make_table", "is no task"),
        ("holdgood.jobs.tests.work.gone", "is no task"),
        ("holdgood.jobs.gone.leave", "no longer there"),
    ],
)
def test_nothing_else_is_run_whatever_a_row_says(path, told) -> None:
    with pytest.raises(tasks.UnknownTask, match=told):
        tasks.find(path)
