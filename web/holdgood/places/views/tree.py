"""The tree of places, now and as it was, and the page of one."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from holdgood.design.lists import Choice, Column, List, Words
from holdgood.places import forms, guard, here, history, listing
from holdgood.places.access import Actor
from holdgood.places.models import Holding, Kind, Place, Spell
from holdgood.places.permissions import Permission
from holdgood.places.views.around import tabs

MOST_IN_TREE = 400
P = Permission


def place_list(request: HttpRequest) -> HttpResponseBase:
    """Every place that one may see; on another day, the tree as it was then."""
    actor = guard.anywhere(request, P.PLACE_VIEW)
    seen = Place.objects.visible_to(actor, P.PLACE_VIEW)
    form = forms.AsAt(request.GET if request.GET.get("on") else None, today=actor.on)
    on = form.cleaned_data["on"] if form.is_bound and form.is_valid() else None
    area = here.of(request).place or seen[:1].get()
    context: dict[str, Any] = {"form": form, "on": on, "branches": [] if on else _branches(seen.open(actor.on))}
    if on:
        then = Spell.objects.all().visible_to(actor, P.PLACE_VIEW).as_at(on).select_related("place", "parent")
        names = dict(then.order_by().values_list("place", "name"))
        return listing.respond(request, "places/place-list.html", _then(names), then, place=area, **context)
    rows = seen.select_related("parent")
    return listing.respond(request, "places/place-list.html", _now(actor), rows, place=area, **context)


def place(request: HttpRequest, code: str) -> HttpResponse:
    """What is known of a place, what was, what lies in it, and who holds roles in it."""
    area = guard.area(request, code, P.PLACE_VIEW)
    actor = guard.actor_of(request)
    inside = Place.objects.visible_to(actor, P.PLACE_VIEW).filter(parent=area).select_related("parent")
    held = Holding.objects.visible_to(actor, P.ROLE_VIEW).filter(place=area).current(actor.on)
    spells = Spell.objects.all().visible_to(actor, P.PLACE_VIEW).filter(place=area).select_related("parent")
    context = {
        "area": area,
        "now": history.whole(area),
        "inside": inside.order_by("closed_on", "name"),
        "held": held.select_related("user").order_by("role", "user__name"),
        "stretches": history.told(list(spells)),
        "tabs": tabs(request, area, "place"),
        "may": {"change": actor.may(P.PLACE_CHANGE, area), "roles": actor.may(P.ROLE_VIEW, area),
                "people": actor.may(P.PERSON_VIEW, area), "give": may_give(actor, area)},
    }  # fmt: skip
    return render(request, "places/place.html", context)


def may_give(actor: Actor, place: Place) -> bool:
    return any(actor.may(each, place) for each in (P.ROLE_GIVE_EVERYDAY, P.ROLE_GIVE_SENIOR, P.ROLE_GIVE_ADMINISTRATOR))


def _branches(seen: QuerySet[Place]) -> list[tuple[int, Place]]:
    """The open places in the order of the tree, each with how deep it lies; none if there are too many to read."""
    rows = list(seen.only("name", "code", "kind", "parent").order_by("name", "code")[: MOST_IN_TREE + 1])
    if len(rows) > MOST_IN_TREE:
        return []
    there = {row.pk for row in rows}
    below: dict[Any, list[Place]] = {}
    for row in rows:
        below.setdefault(row.parent_id if row.parent_id in there else None, []).append(row)
    return list(_down(below, None, 0))


def _down(below: dict[Any, list[Place]], above: Any, depth: int) -> Any:
    for row in below.get(above, []):
        yield depth, row
        yield from _down(below, row.pk, depth + 1)


def _area(row: Place) -> str:
    return reverse("area", args=[row.code])


def _page(row: Spell) -> str:
    return reverse("place", args=[row.place.code])


def _now(actor: Actor) -> List:
    return List(
        name="Places",
        noun=("place", "places"),
        columns=[
            Column("name", "Place", lambda row: row.name, link=_area, sort=("name",)),
            Column("kind", "Kind", lambda row: row.get_kind_display(), sort=("kind",)),
            Column("in", "Lies in", _above, sort=("parent__name",)),
            Column("code", "Code", lambda row: row.code, sort=("code",)),
            Column("ods", "ODS code", lambda row: row.ods, sort=("ods",)),
            Column("beds", "Beds", lambda row: row.beds, sort=("beds",), numeric=True),
            Column("state", "State", lambda row: _state(row, actor.on), sort=("closed_on",)),
        ],
        filters=[
            Words("q", "Words", ("name", "code", "ods")),
            Choice("kind", "Kind", list(Kind.choices), "kind"),
            Choice("state", "State", [("open", "Open"), ("closed", "Closed")], _by_state),
        ],
        order="name",
    )  # fmt: skip


def _then(names: dict[UUID, str]) -> List:
    """The same of another day."""
    return List(
        name="Places as they were",
        noun=("place", "places"),
        columns=[
            Column("name", "Place", lambda row: row.name, link=_page, sort=("name",)),
            Column("kind", "Kind", lambda row: row.get_kind_display(), sort=("kind",)),
            Column("in", "Lay in", lambda row: names.get(row.parent_id) or _above(row), sort=("parent__name",)),
            Column("code", "Code", lambda row: row.place.code, sort=("place__code",)),
            Column("ods", "ODS code", lambda row: row.ods, sort=("ods",)),
            Column("beds", "Beds", lambda row: row.beds, sort=("beds",), numeric=True),
            Column("since", "So since", lambda row: row.from_on, sort=("from_on",)),
        ],
        filters=[
            Words("q", "Words", ("name", "place__code", "ods")),
            Choice("kind", "Kind", list(Kind.choices), "kind"),
        ],
        order="name",
        empty=("No place was there on that day.", reverse("place-list"), "See the places of today"),
    )  # fmt: skip


def _above(row: Any) -> str:
    return row.parent.name if row.parent is not None else ""


def _state(row: Place, on: dt.date) -> str:
    if row.closed_on is None:
        return "open"
    return "closed" if row.closed_on <= on else "closes"


def _by_state(rows: Any, value: str) -> Any:
    return rows.filter(closed_on__isnull=value == "open")
