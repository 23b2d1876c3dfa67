"""Background work: what waits, what runs, what was given up and waits for a person."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from holdgood.design import messages
from holdgood.jobs.actions import NoLongerDead
from holdgood.jobs.models import Job
from holdgood.operations import actions, lists
from holdgood.places import guard
from holdgood.places.permissions import Permission


def listed(request: HttpRequest) -> HttpResponseBase:
    """All jobs that are kept: those given up first."""
    guard.anywhere(request, Permission.JOB_VIEW)
    rows = lists.ranked(Job.objects.all())
    return lists.respond(request, "operations/job-list.html", lists.jobs(), rows, dead=Job.objects.dead().count())


def shown(request: HttpRequest, number: int) -> HttpResponse:
    """One job: what became of it, and what can be done."""
    actor = guard.anywhere(request, Permission.JOB_VIEW)
    job = _found(number)
    may = actor.may_anywhere(Permission.JOB_DECIDE) and job.state == "dead"
    return render(request, "operations/job.html", {"job": job, "facts": lists.facts(job), "may": may})


@require_POST
def retry(request: HttpRequest, number: int) -> HttpResponse:
    return _decided(request, number, actions.retry, "The job will be tried again.")


@require_POST
def discard(request: HttpRequest, number: int) -> HttpResponse:
    return _decided(request, number, actions.discard, "The job is left undone.")


def _decided(request: HttpRequest, number: int, decide: Callable[..., Any], said: str) -> HttpResponse:
    actor = guard.anywhere(request, Permission.JOB_VIEW)
    job = _found(number)
    try:
        decide(job=job, by=actor, at=actor.at)
    except NoLongerDead:
        messages.failed(request, "Somebody decided on this job meanwhile: look at what became of it.")
    else:
        messages.done(request, said)
    return redirect("job", number)


def _found(number: int) -> Job:
    job = Job.objects.filter(pk=number).first() if number < 2**63 else None
    if job is None:
        raise guard.NotVisible("job")
    return job
