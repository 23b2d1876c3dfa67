"""roles"""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from holdgood.places import guard
from holdgood.places.permissions import Permission


def role_list(request: HttpRequest, code: str) -> HttpResponse:
    guard.area(request, code, Permission.ROLE_VIEW)
    return render(request, "places/plain.html", {"title": "Role list"})


def role_give(request: HttpRequest, code: str) -> HttpResponse:
    guard.area(request, code, Permission.ROLE_VIEW)
    return render(request, "places/plain.html", {"title": "Role give"})


def role_end(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    guard.area(request, code, Permission.ROLE_VIEW)
    return render(request, "places/plain.html", {"title": "Role end"})


def person_cover(request: HttpRequest, pk: UUID) -> HttpResponse:
    guard.anywhere(request, Permission.COVER_SET)
    return render(request, "places/plain.html", {"title": "Person cover"})
