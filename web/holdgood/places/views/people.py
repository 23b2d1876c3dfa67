"""people"""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from holdgood.places import guard
from holdgood.places.permissions import Permission


def person_list(request: HttpRequest, code: str) -> HttpResponse:
    guard.area(request, code, Permission.PERSON_VIEW)
    return render(request, "places/plain.html", {"title": "Person list"})


def person_invite(request: HttpRequest, code: str) -> HttpResponse:
    guard.area(request, code, Permission.PERSON_CHANGE)
    return render(request, "places/plain.html", {"title": "Person invite"})


def person(request: HttpRequest, pk: UUID) -> HttpResponse:
    guard.anywhere(request, Permission.PERSON_VIEW)
    return render(request, "places/plain.html", {"title": "Person"})


def person_contact(request: HttpRequest, pk: UUID) -> HttpResponse:
    guard.anywhere(request, Permission.PERSON_CHANGE)
    return render(request, "places/plain.html", {"title": "Person contact"})


def person_invitation(request: HttpRequest, pk: UUID) -> HttpResponse:
    guard.anywhere(request, Permission.PERSON_CHANGE)
    return render(request, "places/plain.html", {"title": "Person invitation"})


def person_ends(request: HttpRequest, pk: UUID) -> HttpResponse:
    guard.anywhere(request, Permission.PERSON_CHANGE)
    return render(request, "places/plain.html", {"title": "Person ends"})


def person_factor(request: HttpRequest, pk: UUID) -> HttpResponse:
    guard.anywhere(request, Permission.PERSON_CHANGE)
    return render(request, "places/plain.html", {"title": "Person factor"})


def person_restart(request: HttpRequest, pk: UUID) -> HttpResponse:
    guard.anywhere(request, Permission.PERSON_CHANGE)
    return render(request, "places/plain.html", {"title": "Person restart"})
