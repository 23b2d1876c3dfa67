"""Places open, change, move, merge and close. What is written is what is so from a day on; the past stays as it was."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import F, Q, Value
from django.db.models.functions import Concat, Substr
from django.utils.text import slugify

from holdgood.places import ending, guard, telling
from holdgood.places.access import Actor
from holdgood.places.models import ABOVE, Facts, Kind, Place, Spell
from holdgood.places.permissions import Permission
from holdgood.trail.versions import Changed, change

CHANGEABLE = ("name", "ods", "beds", "staff", "remote", "open_at_night")


class UnableToPlace(ValueError):
    """The tree cannot be so: what is wrong, and what to do."""


@transaction.atomic
def open_place(
    *, by: Actor, at: dt.datetime, name: str, kind: str, parent: Place | None, on: dt.date, code: str = "", **facts: Any
) -> Place:
    """A new place, from a day on."""
    if parent is None:
        _top(by, kind)
    else:
        guard.require(by, Permission.PLACE_CHANGE, parent)
    place = planned(name=name, kind=kind, parent=parent, on=on, code=code or free_code(name, parent), facts=facts)
    not_in_future(on, by)
    place.save(force_insert=True)
    _spell(place, on).save(force_insert=True)
    telling.record(event="place.place.opened", by=by, at=at, place=place, thing=place, new=_told(place))
    return place


@transaction.atomic
def open_many(*, by: Actor, at: dt.datetime, places: Iterable[Place], root: Place, reason: str = "") -> int:
    """Many new places of one import, each made by `planned`; one entry in the trail."""
    if not by.name:
        guard.require(by, Permission.PLACE_CHANGE, root)
    made = list(places)
    Place.objects.bulk_create(made)
    Spell.objects.bulk_create([_spell(place, place.opened_on) for place in made])
    told = (_told(place) for place in made)
    telling.record_many(event="place.places.opened", by=by, at=at, place=root, rows=told, reason=reason)
    return len(made)


@transaction.atomic
def change_place(
    *, by: Actor, at: dt.datetime, place: Place, version: int, on: dt.date, reason: str = "", **facts: Any
) -> Place:
    """What is known of a place is different from a day on."""
    guard.require(by, Permission.PLACE_CHANGE, place)
    unknown = set(facts) - {*CHANGEABLE, "led_since", "coach"}
    if unknown:
        raise UnableToPlace(f"{', '.join(sorted(unknown))}: not a fact of a place that can be changed.")
    _after_latest(place, on)
    old = {name: getattr(place, name) for name in facts}
    changed = change(place, version=version, **facts)
    if any(name in CHANGEABLE for name in facts):
        _turn(changed, on, by)
    telling.record(
        event="place.place.changed", by=by, at=at, place=changed, thing=changed, old=_plain(old), new=_plain(facts),
        reason=reason,
    )  # fmt: skip
    return changed


@transaction.atomic
def move(
    *, by: Actor, at: dt.datetime, place: Place, version: int, parent: Place, on: dt.date, reason: str = ""
) -> Place:
    """A place, with all below it, lies somewhere else from a day on."""
    guard.require(by, Permission.PLACE_CHANGE, place)
    guard.require(by, Permission.PLACE_CHANGE, parent)
    _may_lie_in(place.kind, parent, on)
    _after_latest(place, on)
    if place.holds(parent):
        raise UnableToPlace(f"{parent.name} lies in {place.name}: choose a place outside it.")
    if parent.root_id != place.root_id:
        raise UnableToPlace(f"{parent.name} is of another trust: close {place.name} here and open it there.")
    old, was = place.path, place.parent
    moved = change(place, version=version, parent=parent, path=f"{parent.path}{place.key}/")
    below = Place.objects.filter(path__startswith=old).exclude(pk=place.pk)
    below.update(path=Concat(Value(moved.path), Substr("path", len(old) + 1)), version=F("version") + 1)
    for each in Place.objects.within(moved).filter(spells__until_on__isnull=True):  # the past of closed ones stays
        _turn(each, on, by)
    telling.record(
        event="place.place.moved", by=by, at=at, place=moved, thing=moved, old={"in": was and was.code},
        new={"in": parent.code, "on": on.isoformat()}, reason=reason,
    )  # fmt: skip
    ending.tell(by, at, moved)
    return moved


@transaction.atomic
def close(
    *, by: Actor, at: dt.datetime, place: Place, version: int, on: dt.date, into: Place | None = None, reason: str = ""
) -> Place:
    """A place is no more from a day on; if it merged, what lay in it lies in the other from then."""
    guard.require(by, Permission.PLACE_CHANGE, place)
    not_in_future(on, by)
    _check_closing(place, on, into)
    inside = Place.objects.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=on), parent=place)  # also opened later
    if into is None and inside.exists():
        raise UnableToPlace(f"{place.name} has open places in it: move or close them first, or merge it into another.")
    if into is not None:
        guard.require(by, Permission.PLACE_CHANGE, into)
        for child in list(inside):
            move(by=by, at=at, place=child, version=child.version, parent=into, on=on, reason=reason)
    closed = change(place, version=version, closed_on=on, merged_into=into)
    Spell.objects.filter(place=place, from_on__gte=on).delete()
    Spell.objects.filter(Q(until_on__isnull=True) | Q(until_on__gt=on), place=place).update(until_on=on)
    new = {"on": on.isoformat(), "into": into and into.code}
    telling.record(event="place.place.closed", by=by, at=at, place=closed, thing=closed, new=new, reason=reason)
    ending.tell(by, at, closed)
    return closed


def planned(
    *, name: str, kind: str, parent: Place | None, on: dt.date, code: str, facts: Mapping[str, Any], key: Any = None
) -> Place:
    """A place that is not saved yet; raises if it cannot lie there."""
    if kind not in Kind.values:
        raise UnableToPlace(f'kind is "{kind}", expected one of: {", ".join(Kind.values)}.')
    _may_lie_in(kind, parent, on)
    place = Place(id=key or uuid.uuid4(), name=name, kind=kind, parent=parent, code=code, opened_on=on, **facts)
    place.path = f"{parent.path if parent else ''}{place.key}/"
    place.root_id = place.pk if parent is None or kind == Kind.TRUST else parent.root_id
    return place


def free_code(name: str, parent: Place | None) -> str:
    """A code for addresses that no place has: its name, with the parent's before it where the name alone is taken."""
    code = slugify(name)[:40] or "place"
    wanted = [code, f"{slugify(parent.name)[:18]}-{code}"] if parent else [code]
    wanted += [f"{code}-{n}" for n in range(2, 1000)]
    taken = set(Place.objects.filter(code__in=wanted).values_list("code", flat=True))
    return next(each for each in wanted if each not in taken)


def not_in_future(on: dt.date, by: Actor) -> None:
    if on > by.on:
        raise UnableToPlace(f"{on:%d/%m/%Y} is in the future: record a change when it has happened.")


def _top(by: Actor, kind: str) -> None:
    """Only the program itself opens a tree: at set-up, or from the national list of organisations."""
    if not by.name:
        raise guard.NotAllowed(str(Permission.PLACE_CHANGE))
    if kind not in (Kind.SYSTEM, Kind.TRUST):
        raise UnableToPlace(f"A {kind} must lie in another place: only a system or a trust can stand at the top.")


def _may_lie_in(kind: str, parent: Place | None, on: dt.date) -> None:
    if parent is None:
        return
    if parent.kind not in ABOVE[kind]:
        allowed = ", ".join(sorted(ABOVE[kind])) or "nothing"
        raise UnableToPlace(f"A {kind} cannot lie in a {parent.kind} ({parent.name}): it can lie in {allowed}.")
    if not parent.is_open(on):
        raise UnableToPlace(f"{parent.name} is not open on {on:%d/%m/%Y}: choose another place or day.")


def _check_closing(place: Place, on: dt.date, into: Place | None) -> None:
    if place.closed_on is not None:
        raise UnableToPlace(f"{place.name} closed on {place.closed_on:%d/%m/%Y} already.")
    if on < place.opened_on:
        raise UnableToPlace(f"{place.name} opened on {place.opened_on:%d/%m/%Y}: it cannot close before.")
    if into is not None and (place.holds(into) or not into.is_open(on)):
        raise UnableToPlace(f"{into.name} lies in {place.name} or is closed: choose an open place outside it.")


def _after_latest(place: Place, on: dt.date) -> None:
    """History is written forwards: a change from before the latest one would leave it untrue."""
    latest = Spell.objects.filter(place=place, until_on__isnull=True).first()
    if latest is not None and on < latest.from_on:
        raise UnableToPlace(
            f"What is known of {place.name} changed on {latest.from_on:%d/%m/%Y} last: choose that day or a later one."
        )


def _turn(place: Place, on: dt.date, by: Actor) -> None:
    """Begin a new spell with what is known of the place now; one that began that day or later is written over."""
    not_in_future(on, by)
    current = Spell.objects.filter(place=place, until_on__isnull=True).first()
    if current is None:
        raise Changed(place)
    if current.from_on >= on:
        current.delete()
        on = current.from_on
    else:
        Spell.objects.filter(pk=current.pk).update(until_on=on)
    _spell(place, on).save(force_insert=True)


def _spell(place: Place, on: dt.date) -> Spell:
    return Spell(place=place, from_on=on, **{name: getattr(place, name) for name in Facts.FACTS})


def _told(place: Place) -> dict[str, Any]:
    return {"code": place.code, "name": place.name, "kind": place.kind, "path": place.path, "ods": place.ods}


def _plain(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: value if isinstance(value, (str, int, bool)) else value and str(value) for name, value in facts.items()
    }
