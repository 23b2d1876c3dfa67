"""Places and people, as tasks, shares and search find them."""

from django.urls import reverse

from holdgood.places import access
from holdgood.places.kinds import Kind
from holdgood.places.kinds import register as add
from holdgood.places.models import Place
from holdgood.places.permissions import Permission

UP = ("parent__parent", "parent__root", "root")  # what is shown of where a place lies


def register() -> None:
    add(
        Kind(
            name="place",
            noun=("place", "places"),
            seen=lambda actor: Place.objects.visible_to(actor, Permission.PLACE_VIEW).select_related(*UP),
            title=lambda place: place.name,
            address=lambda place: reverse("area", args=[place.code]),
            place=lambda place: place.parent,
            words=("name", "code", "ods"),
            order=("closed_on", "name"),
        )
    )
    add(
        Kind(
            name="person",
            noun=("person", "people"),
            seen=access.people_seen,
            title=lambda user: user.name,
            address=lambda user: reverse("person", args=[user.pk]),
            place=lambda _: None,
            words=("name",),
            order=("name",),
        )
    )
