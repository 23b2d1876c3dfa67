"""leaving"""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from holdgood.places import guard
from holdgood.places.permissions import Permission


def leavers(request: HttpRequest, code: str) -> HttpResponse:
    guard.area(request, code, Permission.PERSON_VIEW)
    return render(request, "places/plain.html", {"title": "Leavers"})


def person_lapses(request: HttpRequest, pk: UUID) -> HttpResponse:
    guard.anywhere(request, Permission.PERSON_VIEW)
    return render(request, "places/plain.html", {"title": "Person lapses"})


def person_stop(request: HttpRequest, pk: UUID) -> HttpResponse:
    guard.anywhere(request, Permission.PERSON_CHANGE)
    return render(request, "places/plain.html", {"title": "Person stop"})
