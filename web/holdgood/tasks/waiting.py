"""What waits for a person, as pages and digests show it."""

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse

from holdgood.design import words
from holdgood.places import naming
from holdgood.places.access import Actor
from holdgood.places.models import Place
from holdgood.tasks import kinds
from holdgood.tasks.models import Task

SOON = dt.timedelta(days=1)
DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Waiting:
    """One thing that is asked of somebody."""

    task: Task
    noun: str
    verb: str
    title: str
    who: str
    since: dt.date
    due_on: dt.date | None
    due_soon: bool
    due_words: str
    address: str


def waiting(actor: Actor, place: Place | None = None) -> list[Waiting]:
    """What is asked of the actor, in an area or everywhere, most urgent first."""
    if actor.user is None:
        return []
    rows = Task.objects.open().of(actor).urgent_first().select_related("place")
    if place is not None:
        rows = rows.filter(place__path__startswith=place.path)
    tasks = list(rows)
    names = naming.names(task.asked_by for task in tasks) if tasks else {}
    return [as_shown(task, names, actor.on) for task in tasks]


def as_shown(task: Task, names: dict[str, str], on: dt.date) -> Waiting:
    kind = kinds.of(task)
    soon = task.due_on is not None and task.due_on <= on + SOON
    address = kind.address(task) if kind.address else reverse("task", args=[task.pk])
    return Waiting(
        task, kind.noun, kind.verb, task.title, f"{names.get(task.asked_by, 'Holdgood')} asks",
        words.local(task.asked_at).date(), task.due_on, soon, _due(task.due_on, on), address,
    )  # fmt: skip


def _due(due: dt.date | None, on: dt.date) -> str:
    if due is None:
        return ""
    if due == on:
        return "due today"
    if due == on + DAY:
        return "due tomorrow"
    if due < on:
        days = (on - due).days
        return f"{days} day{'' if days == 1 else 's'} late"
    return f"due {due.day} {due:%B}"
