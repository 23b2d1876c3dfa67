"""own"""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from holdgood.places import guard
from holdgood.places.permissions import Permission


@guard.own("a page of one's own")
def my_roles(request: HttpRequest) -> HttpResponse:
    return render(request, "places/plain.html", {"title": "My roles"})


@guard.own("a page of one's own")
def cover_set(request: HttpRequest) -> HttpResponse:
    return render(request, "places/plain.html", {"title": "Cover set"})


@guard.own("a page of one's own")
def cover_end(request: HttpRequest, pk: UUID) -> HttpResponse:
    return render(request, "places/plain.html", {"title": "Cover end"})


@guard.own("a page of one's own")
def shared_with_me(request: HttpRequest) -> HttpResponse:
    return render(request, "places/plain.html", {"title": "Shared with me"})
