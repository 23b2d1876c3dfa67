"""The trail of an area as people read it: who, what, where, when and why."""

import datetime as dt
from collections.abc import Iterator
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Cast, Replace
from django.db.models.query import ModelIterable

from holdgood.design.lists import Choice, Column, List, Words
from holdgood.people.models import User
from holdgood.places import naming
from holdgood.places.access import Actor
from holdgood.places.models import Place
from holdgood.places.permissions import Permission
from holdgood.trail import words
from holdgood.trail.models import Entry

AT_ONCE = 500


def of(place: Place, actor: Actor) -> QuerySet[Entry]:
    """Entries of the area's places as far as one may read them; of a whole trust, all that is on its chain."""
    seen = Place.objects.visible_to(actor, Permission.TRAIL_VIEW).within(place)
    wanted = Q(place__in=seen.annotate(hex=_hex()).values("hex"))
    if place.chain == place.pk.hex:
        wanted |= Q(chain=place.chain)
    rows = Entry.objects.filter(wanted)
    rows._iterable_class = _Named
    return rows


def _hex() -> Replace:
    """A place's id as the trail has it: PostgreSQL writes it with strokes, SQLite without."""
    return Replace(Cast("pk", CharField()), Value("-"), Value(""))


class _Named(ModelIterable):  # type: ignore[type-arg]
    """Entries that know the names of those they tell of: two questions for five hundred entries."""

    def __iter__(self) -> Iterator[Any]:
        waiting: list[Entry] = []
        for entry in super().__iter__():
            waiting.append(entry)
            if len(waiting) == AT_ONCE:
                yield from _told(waiting)
                waiting = []
        yield from _told(waiting)


def _told(entries: list[Entry]) -> list[Entry]:
    people = naming.names(entry.actor for entry in entries)
    ids = {UUID(entry.place) for entry in entries if entry.place}
    places = {place.pk.hex: place for place in Place.objects.filter(pk__in=ids)} if ids else {}
    for entry in entries:
        place = places.get(entry.place)
        entry.who, entry.where = people[entry.actor], place.name if place else ""  # type: ignore[attr-defined]
    return entries


def shown(place: Place) -> List:
    return List(
        name="Trail",
        noun=("entry", "entries"),
        columns=[
            Column("at", "When", lambda row: row.at, sort=("at", "id")),
            Column("who", "Who", lambda row: row.who),
            Column("what", "What", words.say, sort=("event",)),
            Column("where", "Where", lambda row: row.where),
            Column("why", "Why", lambda row: row.reason),
        ],
        filters=[
            Choice("event", "Kind", kinds, "event"),
            Who("who", "Who", ()),
            Day("from", "From (day)", ("at__gte",)),
            Day("to", "To (day)", ("at__lt",)),
        ],
        order="-at",
        empty=(f"Nothing has been done at {place.name} yet.", "", ""),
    )


def kinds() -> list[tuple[str, str]]:
    """Kinds of events that this version tells of, as words: role holding given."""
    return [(event, event.replace(".", " ").replace("-", " ")) for event in sorted(words.known())]


class Who(Words):
    """People whose name has the words, or what the program calls its own parts."""

    def narrow(self, rows: Any, text: str) -> tuple[Any, str]:
        people = User.objects.all()
        for word in text.split():
            people = people.filter(name__icontains=word)
        ids = [pk.hex for pk in people.values_list("pk", flat=True)[: AT_ONCE + 1]]
        ids += [part for part, said in naming.PARTS.items() if text.lower() in said.lower()]
        note = f"More than {AT_ONCE} people have that name: give more of it." if len(ids) > AT_ONCE else ""
        return rows.filter(actor__in=ids[:AT_ONCE]), note


class Day(Words):
    """On or after a day, or up to its end, by the clock on the wall."""

    def narrow(self, rows: Any, text: str) -> tuple[Any, str]:
        day = _day(text)
        if day is None:
            return rows, f"“{text[:40]}” is no day such as 3/4/2026, so it was left aside."
        last = self.fields[0] == "at__lt"
        day += dt.timedelta(days=1) if last else dt.timedelta()
        begins = dt.datetime.combine(day, dt.time(), ZoneInfo(settings.TIME_ZONE))
        return rows.filter(**{self.fields[0]: begins}), ""


def _day(text: str) -> dt.date | None:
    for form in ("%d/%m/%Y", "%Y-%m-%d", "%d %B %Y", "%d %b %Y"):
        try:
            found = dt.datetime.strptime(text.strip(), form).date()
        except ValueError:
            continue
        return found if found.year >= 1900 and found < dt.date(9999, 12, 31) else None
    return None
