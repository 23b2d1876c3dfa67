"""The state of the service, for people."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from holdgood.jobs.models import Mail, Worker
from holdgood.operations import lists, seen, state
from holdgood.places import guard
from holdgood.places.permissions import Permission


def overview(request: HttpRequest) -> HttpResponse:
    """Database, worker, backups, disk, work that was given up; and where the trail is read."""
    actor = guard.actor_of(request)
    guard.anywhere(request, Permission.TRAIL_VIEW if actor.may_anywhere(Permission.TRAIL_VIEW) else seen.ANY[0])
    service = state.of(actor.at) if actor.may_anywhere(Permission.JOB_VIEW) else None
    return render(request, "operations/operations.html", {"service": service, "areas": state.areas(actor)})


def mail(request: HttpRequest) -> HttpResponseBase:
    """Letters, without what they say and to whom."""
    guard.anywhere(request, Permission.JOB_VIEW)
    return lists.respond(request, "operations/mail-list.html", lists.mail(), Mail.objects.all())


def workers(request: HttpRequest) -> HttpResponseBase:
    """The processes that run jobs."""
    actor = guard.anywhere(request, Permission.JOB_VIEW)
    return lists.respond(request, "operations/worker-list.html", lists.workers(actor.at), Worker.objects.all())
