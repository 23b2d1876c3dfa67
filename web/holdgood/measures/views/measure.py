"""A measure at a place: the chart, what it says, what happened, and every number behind it."""

from collections.abc import Sequence
from typing import Any

from django.core.cache import caches
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from holdgood.measures import exporting, presenting, reading
from holdgood.measures.models import Batch, Observation, Series, Target
from holdgood.measures.views import drawn, finding
from holdgood.measures.views.finding import Here
from holdgood.places import naming, telling
from holdgood.places.permissions import Permission
from holdgood.trail import words as trail
from holdgood.trail.models import Entry

TABS = {
    "data": "Data",
    "places": "Compare places",
    "forecast": "Forecast",
    "definition": "Definition",
    "history": "History of changes",
}
SHOWN = 13
LATELY = 20
FEW = 6  # rows of numbers, the latest first


def measure(request: HttpRequest, code: str, slug: str) -> HttpResponse:
    """The page of a chart, with its tabs."""
    found = finding.here(request, code, slug)
    wanted = request.GET.get("as", "")
    if wanted in ("csv", "svg"):
        return _export(found, wanted)
    tab = request.GET.get("tab", "data")
    tab = tab if tab in TABS else "data"
    every = request.GET.get("all") == "1"
    read, ahead = read_of(found)
    return render(
        request,
        "measures/measure.html",
        {
            "here": found, "read": read, "ahead": ahead, "tab": tab, "tabs": TABS, "shown": SHOWN,
            "all": every, "may": _may(found), "words": presenting, **_of_tab(found, read, tab, every),
        },
    )  # fmt: skip


def _export(found: Here, wanted: str) -> HttpResponse:
    """The series as CSV or as a picture; that it was taken away is told in the trail."""
    read, _ = read_of(found)
    with transaction.atomic():
        telling.record(
            event="measure.chart.exported", by=found.actor, at=found.actor.at, place=found.place, thing=found.series,
            new={"measure": found.measure.slug, "as": wanted, "rows": len(read.rows)},
        )  # fmt: skip
    if wanted == "csv":
        response = HttpResponse(exporting.table(found.measure, read), content_type="text/csv; charset=utf-8")
    else:
        response = HttpResponse(exporting.picture(finding.asked(found), read), content_type="image/svg+xml")
        response["Content-Security-Policy"] = exporting.ALONE
    name = f"{found.place.code}-{found.measure.slug}-{found.actor.on.isoformat()}.{wanted}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def read_of(found: Here) -> tuple[reading.Reading, reading.Ahead | None]:
    """The reading of a series, kept until anything on it changes; those who may see its notes have one with them."""
    notes = finding.notes_of(found)
    if found.series is None:
        return reading.read(finding.asked(found), found.where, notes), None
    named = f"{found.place.pk.hex}.{found.place.version}"  # a place that is called otherwise is told otherwise
    notes_too = "notes" if found.may(Permission.MEASURE_VIEW) else "bare"
    key = f"{found.series.pk.hex}:{found.series.revision}:{named}:{notes_too}"
    kept = caches["charts"].get(key)
    if kept is None:
        asked = finding.asked(found)
        read = reading.read(asked, found.where, notes)
        kept = (read, reading.ahead(asked, read.aim))
        caches["charts"].set(key, kept)
    return kept  # type: ignore[no-any-return]


def _may(found: Here) -> dict[str, bool]:
    return {
        "add": found.may(Permission.OBSERVATION_ADD) and found.measure.retired_on is None,
        "note": found.may(Permission.NOTE_ADD),
        "rebase": found.may(Permission.REBASE),
        "target": found.may(Permission.TARGET_SET),
        "share": found.may(Permission.SHARE_GIVE) and found.series is not None,
        "area": found.may(Permission.MEASURE_VIEW),
        "define": found.actor.may(Permission.MEASURE_DEFINE, found.place),
    }


def _of_tab(found: Here, read: reading.Reading, tab: str, every: bool) -> dict[str, Any]:
    if tab == "places":
        return {"others": places(found)}
    if tab == "definition":
        return {"targets": targets(found)}
    if tab == "history":
        rows = entries(found, 200 if every else LATELY)
        return {"entries": rows, "lately": LATELY, "people": naming.names(row.actor for row in rows), "say": trail.say}
    if tab != "data":
        return {}
    latest = read.rows[::-1] if every else read.rows[: -FEW - 1 : -1]
    return {"latest": latest, "sources": sources(found, latest)}


def sources(found: Here, latest: Sequence[reading.Row]) -> dict[Any, Observation]:
    """Where the rows came from: the file, the row in it, who brought it; of a place that reports itself."""
    if found.series is None or not found.series.own:
        return {}
    rows = Observation.objects.all().visible_to(found.actor, Permission.MEASURE_VIEW).known()
    mine = rows.filter(measure=found.measure, place=found.place, period_on__in=[row.period for row in latest])
    mine = mine.select_related("batch")
    return {row.period_on: row for row in mine}


def places(found: Here) -> list[tuple[Series, str]]:
    """The places right below, or those beside it where nothing lies below, with their charts at the size of a word."""
    seen = Series.objects.all().visible_to(found.actor, Permission.MEASURE_VIEW)
    seen = seen.filter(measure=found.measure).select_related("place", "measure")
    below = list(seen.filter(place__parent=found.place).order_by("place__name"))
    rows = below or list(seen.filter(place__parent=found.place.parent_id).order_by("place__name"))
    sparks = drawn.many(rows, drawn.SPARK)
    return [(row, sparks[row.pk]) for row in rows]


def targets(found: Here) -> list[Target]:
    """Every target that was ever set here or above, the latest first."""
    rows = Target.objects.all().visible_to(found.actor, Permission.MEASURE_VIEW).filter(measure=found.measure)
    return list(rows.filter(place__in=finding.above(found)).select_related("place").order_by("ended_at", "-from_on"))


def entries(found: Here, most: int) -> list[Entry]:
    """What was done to this series: numbers, notes, targets, the definition."""
    if not found.may(Permission.MEASURE_VIEW):
        return []  # with whom a chart is shared sees its numbers, not who did what to it and why
    keys = [found.measure.pk.hex, *(batch.hex for batch in _batches(found))]
    keys += [each.hex for name in ("notes", "targets") for each in _ids(found, name)]
    return list(Entry.objects.filter(thing__in=keys).order_by("-at", "-id")[:most])


def _ids(found: Here, name: str) -> list[Any]:
    return list(getattr(found.measure, name).filter(place=found.place).values_list("pk", flat=True))


def _batches(found: Here) -> list[Any]:
    rows = Observation.objects.filter(measure=found.measure, place__path__startswith=found.place.path)
    seen = Batch.objects.all().visible_to(found.actor, Permission.MEASURE_VIEW)
    return list(seen.filter(pk__in=rows.values("batch")).values_list("pk", flat=True))
