"""What happened is noted on a chart; a new average begins from a day; a point is set aside."""

import datetime as dt
from typing import Any

from django.db import transaction

from holdgood.measures import periods
from holdgood.measures.models import Measure, Note
from holdgood.measures.refresh import refresh
from holdgood.places import guard, telling
from holdgood.places.access import Actor
from holdgood.places.models import Place
from holdgood.places.permissions import Permission
from holdgood.trail.versions import change

NEEDS = {
    Note.Kind.NOTE: Permission.NOTE_ADD,
    Note.Kind.STEP: Permission.REBASE,
    Note.Kind.GHOST: Permission.REBASE,
}


class UnableToNote(ValueError):
    """The note cannot be so: what is wrong, and what to do."""


@transaction.atomic
def note(
    *, by: Actor, at: dt.datetime, measure: Measure, place: Place, kind: str, on: dt.date, text: str, title: str = ""
) -> Note:
    """Say what happened on a day; a step begins a new average there, a ghost leaves that period out."""
    guard.require(by, NEEDS[Note.Kind(kind)], place)
    guard.require(by, Permission.MEASURE_VIEW, measure)
    made = Note(measure=measure, place=place, kind=kind, text=text, title=title, made_by=by.user, made_at=at)
    made.on = _day(made, on, by)
    made.save(force_insert=True)
    _redraw(made, at)
    telling.record(event="measure.note.added", by=by, at=at, place=place, thing=made, new=_told(made), reason=text)
    return made


@transaction.atomic
def change_note(*, by: Actor, at: dt.datetime, note: Note, version: int, text: str, title: str, on: dt.date) -> Note:
    """Say it better, or move it to its right day."""
    guard.require(by, NEEDS[Note.Kind(note.kind)], note.place)
    changed = change(note, version=version, text=text, title=title, on=_day(note, on, by))
    _redraw(changed, at)
    telling.record(
        event="measure.note.changed", by=by, at=at, place=note.place, thing=note, old=_told(note), new=_told(changed)
    )
    return changed


@transaction.atomic
def remove_note(*, by: Actor, at: dt.datetime, note: Note, version: int, reason: str = "") -> Note:
    """Take it off the chart; it stays in the history."""
    guard.require(by, NEEDS[Note.Kind(note.kind)], note.place)
    changed = change(note, version=version, removed_at=at, removed_by=by.id)
    _redraw(changed, at)
    telling.record(event="measure.note.removed", by=by, at=at, place=note.place, thing=note, reason=reason)
    return changed


@transaction.atomic
def put_back(*, by: Actor, at: dt.datetime, note: Note, version: int) -> Note:
    """Undo the removal."""
    guard.require(by, NEEDS[Note.Kind(note.kind)], note.place)
    changed = change(note, version=version, removed_at=None, removed_by="", on=_day(note, note.on, by))
    _redraw(changed, at)
    telling.record(event="measure.note.put-back", by=by, at=at, place=note.place, thing=note)
    return changed


def _day(note: Note, on: dt.date, by: Actor) -> dt.date:
    """The day as a note of this kind keeps it: one that has been; of a step or a ghost, the one of its period."""
    if on > by.on:
        raise UnableToNote("The day is in the future: note what has happened.")
    if note.kind == Note.Kind.NOTE:
        return on
    day = periods.first_day(on, note.measure.granularity)
    there = Note.objects.filter(measure=note.measure, place=note.place, kind=note.kind, on=day, removed_at__isnull=True)
    if there.exclude(pk=note.pk).exists():
        raise UnableToNote(f"There is a {Note.Kind(note.kind).label} from that day already: change that one.")
    return day


def _redraw(made: Note, at: dt.datetime) -> None:
    refresh([made.measure], at=at, places=[made.place])


def _told(made: Note) -> dict[str, Any]:
    return {"kind": made.kind, "on": made.on.isoformat(), "title": made.title, "text": made.text}
