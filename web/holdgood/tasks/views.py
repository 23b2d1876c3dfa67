"""tasks"""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from holdgood.places import guard
from holdgood.places.permissions import Permission


@guard.own("a page of one's own")
def my_work(request: HttpRequest) -> HttpResponse:
    return render(request, "places/plain.html", {"title": "My work"})


@guard.own("a page of one's own")
def letters_chosen(request: HttpRequest) -> HttpResponse:
    return render(request, "places/plain.html", {"title": "Letters chosen"})


def task(request: HttpRequest, pk: UUID) -> HttpResponse:
    guard.anywhere(request, Permission.TASK_VIEW)
    return render(request, "places/plain.html", {"title": "Task"})


def task_pass_on(request: HttpRequest, pk: UUID) -> HttpResponse:
    guard.anywhere(request, Permission.TASK_VIEW)
    return render(request, "places/plain.html", {"title": "Task pass on"})


def task_take_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    guard.anywhere(request, Permission.TASK_VIEW)
    return render(request, "places/plain.html", {"title": "Task take back"})


def task_reopen(request: HttpRequest, pk: UUID) -> HttpResponse:
    guard.anywhere(request, Permission.TASK_VIEW)
    return render(request, "places/plain.html", {"title": "Task reopen"})


def task_list(request: HttpRequest, code: str) -> HttpResponse:
    guard.area(request, code, Permission.TASK_VIEW)
    return render(request, "places/plain.html", {"title": "Task list"})


def task_ask(request: HttpRequest, code: str) -> HttpResponse:
    guard.area(request, code, Permission.TASK_CHANGE)
    return render(request, "places/plain.html", {"title": "Task ask"})
