"""What lapses when somebody leaves: each app says what of its own hangs on a person, and who can take it over."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from holdgood.people.models import User
from holdgood.places.access import Actor
from holdgood.places.permissions import Permission

HandOver = Callable[[Actor, dt.datetime, list[Any], User, str], int]


@dataclass(frozen=True)
class Lapse:
    """Things of one kind that hang on a person."""

    name: str
    noun: tuple[str, str]
    things: Callable[[Actor], QuerySet[Any]]  # of everybody, as far as the actor may see them
    user: str  # the field that names the person
    said: Callable[[Any], str]
    after: str  # what becomes of it when nobody acts
    address: Callable[[Any], str] = lambda _: ""
    permission: Permission | None = None  # to hand over
    hand_over: HandOver | None = None  # how many were handed over

    def of(self, actor: Actor, user: User) -> QuerySet[Any]:
        return self.things(actor).filter(**{self.user: user})

    def may_hand_over(self, actor: Actor) -> bool:
        return self.hand_over is not None and self.permission is not None and actor.may_anywhere(self.permission)


@dataclass(frozen=True)
class Row:
    """What of one kind a person has."""

    lapse: Lapse
    things: list[Any]

    @property
    def words(self) -> list[tuple[str, str]]:
        return [(self.lapse.said(thing), self.lapse.address(thing)) for thing in self.things]


_lapses: dict[str, Lapse] = {}


def register(lapse: Lapse) -> None:
    """Called from an app's `ready`; the same name again takes the place of the first."""
    _lapses[lapse.name] = lapse


def known() -> Iterable[Lapse]:
    return _lapses.values()


def of(actor: Actor, user: User) -> list[Row]:
    """What a person has, kind by kind: one question a kind."""
    rows = [Row(lapse, list(lapse.of(actor, user))) for lapse in known()]
    return [row for row in rows if row.things]


def holders(actor: Actor) -> Q:
    """People on whom anything hangs."""
    found = Q(pk__in=[])
    for lapse in known():
        found |= Q(pk__in=lapse.things(actor).order_by().values(lapse.user))
    return found


def counts(actor: Actor, people: QuerySet[User]) -> dict[str, dict[UUID, int]]:
    """How many things of each kind each of the people has: one question a kind."""
    found = {}
    for lapse in known():
        rows = lapse.things(actor).filter(**{f"{lapse.user}__in": people.order_by().values("pk")}).order_by()
        found[lapse.name] = dict(rows.values_list(lapse.user).annotate(Count("pk")))
    return found
