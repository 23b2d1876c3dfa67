"""The measures of an area: a list to look through, or forty charts on a page."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.html import format_html

from holdgood.design.lists import Choice, Column, List, Words
from holdgood.measures import presenting
from holdgood.measures.models import Series
from holdgood.measures.views import drawn
from holdgood.places import guard, listing
from holdgood.places.models import Place
from holdgood.places.permissions import Permission

VARIATIONS = [
    ("concern", "Concerning"),
    ("improvement", "Improving"),
    ("neutral", "Changed, neither good nor bad"),
    ("common", "No change beyond chance"),
    ("few", "Too few to tell"),
]
ASSURANCES = [("fail", "Misses its target"), ("inconsistent", "Hit and missed"), ("pass", "Keeps its target")]
CHARTS_A_PAGE = 40


def measure_list(request: HttpRequest, code: str) -> HttpResponseBase:
    """Every measure that has numbers in the area, most urgent first."""
    place = guard.area(request, code, Permission.MEASURE_VIEW)
    actor = guard.actor_of(request)
    rows = Series.objects.all().visible_to(actor, Permission.MEASURE_VIEW).filter(place=place)
    rows = rows.exclude(latest_on__isnull=True).select_related("measure", "place").defer("points")  # drawn reads them
    charts = request.GET.get("view") == "charts"
    may = {
        "bring": actor.may(Permission.OBSERVATION_IMPORT, place),
        "add": actor.may(Permission.OBSERVATION_ADD, place),
    }
    shown = shown_as(place, may["bring"], charts=charts)
    template = "measures/measure-charts.html" if charts else "measures/measure-list.html"
    return listing.respond(
        request, template, shown, rows, place=place, may=may, small=lambda things: drawn.many(things, drawn.SMALL)
    )


def shown_as(place: Place, bring: bool, *, charts: bool) -> List:
    first = ("Bring numbers in", "batch-new") if bring else ("See the catalogue", "catalogue")
    sparks = drawn.Pictures(drawn.SPARK)
    picture = Column("spark", "The last 24", sparks.of, export=lambda _: "")
    return List(
        name="Measures",
        noun=("measure", "measures"),
        columns=[
            Column("measure", "Measure", lambda row: row.measure.short, link=_address, sort=("measure__short",)),
            *([] if charts else [picture]),
            Column("latest", "Latest", _latest, sort=("latest",), numeric=True, export=lambda row: row.latest),
            Column("when", "Of", _when, sort=("latest_on",)),
            Column("says", "What the chart says", lambda row: row.sentence),
        ],
        filters=[
            Words("q", "Name", ("measure__name", "measure__short", "measure__slug")),
            Choice("change", "Is it changing?", VARIATIONS, _changing),
            Choice("target", "Will it meet its target?", ASSURANCES, "assurance"),
        ],
        order="measure",
        empty=(
            f"The measures of {place.name} are listed here once there are numbers.",
            reverse(first[1], args=[place.code]),
            first[0],
        ),
        per_page=CHARTS_A_PAGE if charts else 50,
    )


def _address(row: Series) -> str:
    return reverse("measure", args=[row.place.code, row.measure.slug])


def _latest(row: Series) -> Any:
    return format_html(
        '{} <span class="hg-dot hg-dot--{}"></span>', presenting.figure(row.measure, row.latest), dot(row.variation)
    )


def dot(variation: str) -> str:
    """The class of a dot that says the same as the icon."""
    return variation.split("_")[0].replace("common", "common_cause") or "missing"


def _when(row: Series) -> str:
    return presenting.month(row.measure, row.latest_on) if row.latest_on else ""


def _changing(rows: Any, wanted: str) -> Any:
    if wanted == "few":
        return rows.filter(variation="")
    return rows.filter(variation__startswith=wanted)
