"""The catalogue of a trust: what it measures, by which definition; what ships with Holdgood and can be taken."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify

from holdgood.design import conflict, messages
from holdgood.design.lists import Choice, Column, List, Words
from holdgood.design.typed import typed
from holdgood.measures import definitions, forms
from holdgood.measures.actions import defining
from holdgood.measures.models import Measure
from holdgood.places import guard, listing
from holdgood.places.models import Place
from holdgood.places.permissions import Permission
from holdgood.trail.versions import Changed

SHOWN = [name for name in defining.DEFINED if name != "aliases"]


def catalogue(request: HttpRequest, code: str) -> HttpResponseBase:
    """Every measure of the area's trust."""
    place = guard.area(request, code, Permission.MEASURE_VIEW)
    actor = guard.actor_of(request)
    rows = Measure.objects.all().visible_to(actor, Permission.MEASURE_VIEW).filter(place=place.root_id or place.pk)
    may = {"define": actor.may(Permission.MEASURE_DEFINE, trust_of(place))}
    return listing.respond(request, "measures/catalogue.html", _list(place), rows, place=place, may=may)


def shipped(request: HttpRequest, code: str) -> HttpResponse:
    """Definitions that ship with Holdgood and that the trust has not taken yet."""
    place = guard.area(request, code, Permission.MEASURE_DEFINE)
    trust = _trust(request, place)
    actor = guard.actor_of(request)
    there = set(
        Measure.objects.all()
        .visible_to(actor, Permission.MEASURE_VIEW)
        .filter(place=trust)
        .values_list("slug", flat=True)
    )
    left = [each for slug, each in definitions.load().items() if slug not in there]
    if request.method == "POST":
        wanted = set(request.POST.getlist("slug"))
        made = defining.adopt(by=actor, at=actor.at, trust=trust, definitions=[d for d in left if d.slug in wanted])
        messages.done(request, f"{len(made)} measures are in the catalogue now." if made else "No measure was ticked.")
        return redirect("catalogue", place.code)
    groups: dict[str, list[definitions.Definition]] = {}
    for each in left:
        groups.setdefault(each.domain_title, []).append(each)
    return render(
        request, "measures/catalogue-shipped.html", {"area": place, "groups": groups, "left": left, "there": len(there)}
    )


def measure_define(request: HttpRequest, code: str) -> HttpResponse:
    """A measure of the trust's own."""
    place = guard.area(request, code, Permission.MEASURE_DEFINE)
    trust, actor = _trust(request, place), guard.actor_of(request)
    form = forms.DefineMeasure(
        typed(request), new=True, initial={"per": 1, "decimals": 1, "lag_days": 0, "chart": "xmr"}
    )
    if request.method == "POST" and form.is_valid():
        try:
            slug = slugify(form.cleaned_data["short"])[:60] or "measure"
            made = defining.define(by=actor, at=actor.at, trust=trust, slug=slug, **form.cleaned_data)
        except defining.UnableToDefine as problem:
            form.add_error("short", str(problem))
        else:
            messages.done(request, f"{made.name} is in the catalogue.")
            return redirect("measure", place.code, made.slug)
    return render(
        request,
        "measures/define.html",
        {"area": place, "form": form, "title": "Define a measure", "button": "Define it"},
    )


def measure_change(request: HttpRequest, code: str, slug: str) -> HttpResponse:
    """Change a definition: every chart of it is drawn anew, and the trail says why."""
    place, measure = _measure(request, code, slug)
    actor = guard.actor_of(request)
    start = {name: getattr(measure, name) for name in SHOWN} | {"version": measure.version}
    form = forms.DefineMeasure(typed(request), new=False, initial=start)
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        version, reason = data.pop("version"), data.pop("reason")
        try:
            defining.redefine(by=actor, at=actor.at, measure=measure, version=version or 0, reason=reason, **data)
        except Changed as problem:
            rows = {str(form[name].label): (getattr(problem.current, name), data[name]) for name in SHOWN}
            return conflict.page(request, form, rows, version=getattr(problem.current, "version", None))
        except defining.UnableToDefine as problem:
            form.add_error("granularity" if data["granularity"] != measure.granularity else "chart", str(problem))
        else:
            messages.done(request, "The definition is changed, and every chart of it is drawn anew.")
            return redirect("measure", place.code, measure.slug)
    title = f"Change what {measure.short} is"
    context = {"area": place, "form": form, "measure": measure, "title": title, "button": "Save"}
    return render(request, "measures/define.html", context)


def measure_retire(request: HttpRequest, code: str, slug: str) -> HttpResponse:
    """The measure is no longer counted."""
    place, measure = _measure(request, code, slug)
    form = forms.Why(typed(request))
    actor = guard.actor_of(request)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        defining.retire(by=actor, at=actor.at, measure=measure, version=measure.version, on=actor.on, reason=reason)
        messages.done(request, f"{measure.short} is retired. What was counted stays.")
        return redirect("catalogue", place.code)
    context = {
        "area": place,
        "form": form,
        "title": f"Retire {measure.short}: it is no longer counted",
        "button": "Retire it",
    }
    return render(request, "measures/define.html", context)


def trust_of(place: Place) -> Place:
    """The trust whose catalogue holds at a place."""
    return place.root or place


def _trust(request: HttpRequest, place: Place) -> Place:
    """The catalogue is the trust's: to change it one needs the permission there, not on a ward alone."""
    trust = trust_of(place)
    found: Place = guard.find(request, Place.objects.all(), Permission.MEASURE_DEFINE, pk=trust.pk)
    return found


def _measure(request: HttpRequest, code: str, slug: str) -> tuple[Place, Measure]:
    place = guard.area(request, code, Permission.MEASURE_VIEW)
    rows = Measure.objects.filter(place=trust_of(place)).select_related("place")
    return place, guard.find(request, rows, Permission.MEASURE_DEFINE, slug=slug)


def _list(place: Place) -> List:
    return List(
        name="Catalogue of measures",
        noun=("measure", "measures"),
        columns=[
            Column("name", "Measure", lambda row: row.name, link=lambda row: _address(place, row), sort=("name",)),
            Column("sentence", "What it is", lambda row: row.sentence),
            Column("unit", "Unit", lambda row: row.unit, sort=("unit",)),
            Column("every", "Every", lambda row: row.granularity, sort=("granularity",)),
            Column("source", "Source", lambda row: row.source),
            Column("state", "State", _state, sort=("retired_on",)),
        ],
        filters=[
            Words("q", "Words", ("name", "short", "sentence", "source", "slug")),
            Choice("every", "Every", [(g, g) for g in ("day", "week", "month", "quarter", "year")], "granularity"),
            Choice("retired", "State", [("no", "In use"), ("yes", "Retired")], _retired),
        ],
        order="name",
        empty=(
            "No measures have been taken from the catalogue yet.",
            reverse("catalogue-shipped", args=[place.code]),
            "Choose the first",
        ),
    )


def _retired(rows: Any, value: str) -> Any:
    return rows.filter(retired_on__isnull=value == "no")


def _state(row: Measure) -> str:
    return "retired" if row.retired_on else "in use"


def _address(place: Place, row: Measure) -> str:
    return reverse("measure", args=[place.code, row.slug])
