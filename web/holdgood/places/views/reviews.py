"""reviews"""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from holdgood.places import guard
from holdgood.places.permissions import Permission


def review_list(request: HttpRequest, code: str) -> HttpResponse:
    guard.area(request, code, Permission.ACCESS_REVIEW)
    return render(request, "places/plain.html", {"title": "Review list"})


def review_open(request: HttpRequest, code: str) -> HttpResponse:
    guard.area(request, code, Permission.ACCESS_REVIEW)
    return render(request, "places/plain.html", {"title": "Review open"})


def review(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    guard.area(request, code, Permission.ACCESS_REVIEW)
    return render(request, "places/plain.html", {"title": "Review"})


def review_close(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    guard.area(request, code, Permission.ACCESS_REVIEW)
    return render(request, "places/plain.html", {"title": "Review close"})
