"""What this app holds about a person. What was asked and answered stays as work done, without their name."""

from collections.abc import Iterable

from django.db.models import Q

from holdgood.people.models import User
from holdgood.people.records import Kind, Row, register
from holdgood.tasks.models import Letters, Task


def tasks(user: User) -> Iterable[Row]:
    mine = Q(user=user) | Q(asked_by=user.pk.hex) | Q(ended_by=user.pk.hex)
    rows = Task.objects.filter(mine).order_by("asked_at", "pk")
    yield from map(dict, rows.values("title", "text", "asked_at", "due_on", "ended_at", "end", "answer"))


def letters(user: User) -> Iterable[Row]:
    yield from map(dict, Letters.objects.filter(user=user).values("often"))


def register_all() -> None:
    register(Kind("Things asked", tasks, lambda _: 0))
    register(Kind("How often letters come", letters, lambda user: int(Letters.objects.filter(user=user).delete()[0])))
