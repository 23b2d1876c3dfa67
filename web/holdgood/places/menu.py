"""People in the main menu: those of the area one is in."""

from django.http import HttpRequest
from django.urls import reverse

from holdgood.design import shell
from holdgood.places import here
from holdgood.places.permissions import Permission


def register() -> None:
    shell.section(60, "People", url=_people, app="places")


def _people(request: HttpRequest) -> str | None:
    if not hasattr(request, "here"):
        return None
    found = here.of(request)
    place = found.place
    if place is None:
        return None
    for name, needed in (("person-list", Permission.PERSON_VIEW), ("role-list", Permission.ROLE_VIEW)):
        if found.actor.may(needed, place):
            return reverse(name, args=[place.code])
    return None
