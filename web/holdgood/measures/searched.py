"""Measures, as the shell, shares and search find them."""

from django.http import HttpRequest
from django.urls import reverse

from holdgood.design import shell
from holdgood.measures.models import Measure, Series
from holdgood.places import here
from holdgood.places.kinds import Kind
from holdgood.places.kinds import register as add
from holdgood.places.permissions import Permission


def register() -> None:
    shell.section(20, "Measures", url=_menu, app="measures")
    add(
        Kind(
            name="measure",  # what is shared and worked on: a measure at a place
            noun=("chart", "charts"),
            seen=lambda actor: (
                Series.objects.all()
                .visible_to(actor, Permission.MEASURE_VIEW)
                .select_related("measure", "place__parent", "place__root")
            ),
            title=lambda series: f"{series.measure.short}, {series.place.name}",
            address=lambda series: reverse("measure", args=[series.place.code, series.measure.slug]),
        )
    )
    add(
        Kind(
            name="definition",
            noun=("measure", "measures"),
            seen=lambda actor: (
                Measure.objects.all()
                .visible_to(actor, Permission.MEASURE_VIEW)
                .select_related("place__parent", "place__root")
            ),
            title=lambda measure: measure.name,
            address=lambda measure: reverse("measure", args=[measure.place.code, measure.slug]),
            words=("name", "short", "sentence", "slug"),
            order=("retired_on", "name"),
        )
    )


def _menu(request: HttpRequest) -> str | None:
    """The measures of the area one is in."""
    if not hasattr(request, "here"):
        return None
    found = here.of(request)
    place = found.place
    if place is None or not found.actor.may(Permission.MEASURE_VIEW, place):
        return None
    return reverse("measure-list", args=[place.code])
