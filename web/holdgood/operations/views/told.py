"""What is told to everybody: how data are kept, and who can use this and who cannot."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from holdgood.operations import telling
from holdgood.places import guard


@guard.public("whoever signs in may first read what becomes of their data")
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "operations/told.html", {"told": telling.page("privacy")})


@guard.public("a statement that the law asks to be open to all")
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "operations/told.html", {"told": telling.page("accessibility")})
