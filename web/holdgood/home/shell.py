"""Home, search and the foot of every page."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from holdgood.design import shell
from holdgood.places import here


def register() -> None:
    shell.section(10, "Home", url=_home, app="home")
    shell.part("search", _search)
    shell.foot(10, "Help", url=lambda _: reverse("help"))
    shell.foot(20, "Privacy", url=lambda _: reverse("privacy"))
    shell.foot(30, "Accessibility", url=lambda _: reverse("accessibility"))


def _home(request: HttpRequest) -> str | None:
    if not hasattr(request, "here"):
        return None
    place = here.of(request).place
    if place is None or here.of(request).steps == [(place.name, "")]:
        return None
    return here.home(place)


def _search(request: HttpRequest) -> dict[str, Any] | None:
    if not hasattr(request, "here") or here.of(request).actor.user is None:
        return None
    asked = request.GET.get("q", "") if request.path == reverse("search") else ""
    return {"url": reverse("search"), "name": "q", "value": asked[:100]}
