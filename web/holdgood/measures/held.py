"""What this app holds about a person: what they wrote and brought in. It stays as work done, without their name."""

from collections.abc import Iterable

from holdgood.measures.models import Batch, Note
from holdgood.people.models import User
from holdgood.people.records import Kind, Row, register


def notes(user: User) -> Iterable[Row]:
    rows = Note.objects.filter(made_by=user).order_by("made_at", "pk")
    yield from map(dict, rows.values("kind", "on", "title", "text", "made_at", "place__name", "measure__name"))


def batches(user: User) -> Iterable[Row]:
    rows = Batch.objects.filter(made_by=user.pk.hex).order_by("made_at", "pk")
    yield from map(dict, rows.values("source", "file", "rows", "made_at", "state"))


def register_all() -> None:
    register(Kind("Notes on charts", notes, lambda _: 0))
    register(Kind("Numbers brought in", batches, lambda _: 0))
