"""What is told to everybody: how data are kept, and who can use this and who cannot."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from holdgood.operations import telling
from holdgood.places import guard


@guard.public("whoever signs in may first read what becomes of their data")
def privacy(request: HttpRequest) -> HttpResponse:
    """What is held about people, why, for how long, and what they may ask."""
    return _told(request, "privacy")


@guard.public("a statement that the law asks to be open to all")
def accessibility(request: HttpRequest) -> HttpResponse:
    """Who can use this, what was tested, and what was not."""
    return _told(request, "accessibility")


def _told(request: HttpRequest, name: str) -> HttpResponse:
    contact = settings.HOLDGOOD_CONTACT
    return render(request, "operations/told.html", {"told": telling.page(name), "contact": contact})
