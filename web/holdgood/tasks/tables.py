"""Lists of what is asked: of oneself, and in an area."""

import datetime as dt
from typing import Any

from django.urls import reverse

from holdgood.design import words
from holdgood.design.lists import Choice, Column, List, Words
from holdgood.places.access import Actor
from holdgood.tasks import kinds
from holdgood.tasks.models import Task, TaskQuerySet
from holdgood.tasks.waiting import as_shown

WEEK = dt.timedelta(days=7)
_KINDS = [("late", "Late"), ("week", "Due within a week"), ("later", "Later, or no date")]


def mine(actor: Actor, names: dict[str, str], rows: TaskQuerySet) -> List:
    """Most urgent first; each leads to where the one thing is done."""
    stands_in = any(not held.own for held in actor.held)
    instead = [Column("for", "In place of", lambda row: _instead(row, actor))] if stands_in else []
    places = list(rows.order_by("place__name").values_list("place__path", "place__name").distinct())
    return List(
        name="My work",
        noun=("thing", "things"),
        columns=[
            Column("what", "What", lambda row: row.title, link=lambda row: as_shown(row, names, actor.on).address,
                   sort=("title",)),
            Column("kind", "Kind", lambda row: kinds.of(row).noun, sort=("kind",)),
            Column("who", "Who asks", lambda row: names.get(row.asked_by, "")),
            Column("since", "Since", lambda row: words.local(row.asked_at).date(), sort=("asked_at",)),
            Column(
                "due", "Due", lambda row: _due(row, actor), sort=("due_on", "asked_at"), export=lambda row: row.due_on
            ),
            Column("place", "Place", lambda row: row.place.name, sort=("place__name",)),
            *instead,
        ],
        filters=[
            Words("q", "Words", ("title", "text")),
            Choice("when", "When", _KINDS, _when(actor)),
            Choice("kind", "Kind", [(kind.name, kind.noun) for kind in kinds.KINDS.values()], "kind"),
            Choice("area", "Place", places, "place__path"),
        ],
        order="due",
        empty=("What somebody asks of you, and what your roles ask of you, stands here.", "", ""),
    )  # fmt: skip


def of_area(actor: Actor, names: dict[str, str]) -> List:
    """Everybody's, open and done."""
    states = [("open", "Open"), ("late", "Late"), ("over", "Done, or no longer needed")]
    return List(
        name="What is asked",
        noun=("thing", "things"),
        columns=[
            Column("what", "What", lambda row: row.title, link=_address, sort=("title",)),
            Column("kind", "Kind", lambda row: kinds.of(row).noun, sort=("kind",)),
            Column("of", "Of whom", lambda row: row.asked_of),
            Column("who", "Who asks", lambda row: names.get(row.asked_by, "")),
            Column("since", "Since", lambda row: words.local(row.asked_at).date(), sort=("asked_at",)),
            Column("due", "Due", lambda row: row.due_on, sort=("due_on", "asked_at")),
            Column("place", "Place", lambda row: row.place.name, sort=("place__name",)),
            Column("state", "State", lambda row: row.get_end_display() or ("late" if row.overdue(actor.on) else "open"),
                   sort=("end",)),
        ],
        filters=[
            Words("q", "Words", ("title", "text", "user__name")),
            Choice("state", "State", states, _state(actor)),
            Choice("kind", "Kind", [(kind.name, kind.noun) for kind in kinds.KINDS.values()], "kind"),
        ],
        order="due",
        empty=("Nothing has been asked of anybody in this area.", "", ""),
    )  # fmt: skip


def _address(row: Task) -> str:
    return reverse("task", args=[row.pk])


def _when(actor: Actor) -> Any:
    def narrow(rows: Any, value: str) -> Any:
        late, week = {"due_on__lt": actor.on}, {"due_on__gte": actor.on, "due_on__lte": actor.on + WEEK}
        if value == "later":
            return rows.exclude(due_on__isnull=False, due_on__lte=actor.on + WEEK)
        return rows.filter(**(late if value == "late" else week))

    return narrow


def _state(actor: Actor) -> Any:
    def narrow(rows: Any, value: str) -> Any:
        if value == "over":
            return rows.filter(ended_at__isnull=False)
        rows = rows.filter(ended_at__isnull=True)
        return rows.filter(due_on__lt=actor.on) if value == "late" else rows

    return narrow


def _due(row: Task, actor: Actor) -> str:
    """27 November 2026, and how late it is."""
    if row.due_on is None or not row.overdue(actor.on):
        return words.day(row.due_on)
    return f"{words.day(row.due_on)}, {words.count((actor.on - row.due_on).days, 'day')} late"


def _instead(row: Task, actor: Actor) -> str:
    """Of the one who is away."""
    return row.user.name if row.user is not None and row.user != actor.user else ""
