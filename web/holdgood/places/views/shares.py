"""shares"""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from holdgood.places import guard
from holdgood.places.permissions import Permission


def share_list(request: HttpRequest, code: str) -> HttpResponse:
    guard.area(request, code, Permission.SHARE_VIEW)
    return render(request, "places/plain.html", {"title": "Share list"})


def share_give(request: HttpRequest, code: str, kind: str, pk: UUID) -> HttpResponse:
    guard.area(request, code, Permission.SHARE_GIVE)
    return render(request, "places/plain.html", {"title": "Share give"})


def share_end(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    guard.area(request, code, Permission.SHARE_GIVE)
    return render(request, "places/plain.html", {"title": "Share end"})
