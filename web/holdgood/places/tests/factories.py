"""A small cast and two trusts: what tests of all apps stand on."""

import datetime as dt
import uuid

from holdgood.people.models import User
from holdgood.places.access import Actor
from holdgood.places.actions import roles, tree
from holdgood.places.models import Place

AT = dt.datetime(2026, 4, 21, 9, 30, tzinfo=dt.UTC)
OPENED = dt.date(2020, 4, 1)
SETTING_UP = Actor.machine("set-up", AT)


def person(name: str, **more: object) -> User:
    """Somebody who can sign in."""
    return User.objects.create(name=name, subject=uuid.uuid4().hex, **more)


def place(name: str, kind: str, parent: Place | None = None, **facts: object) -> Place:
    on = facts.pop("on", OPENED)
    return tree.open_place(by=SETTING_UP, at=AT, name=name, kind=kind, parent=parent, on=on, **facts)


def give(user: User, role: str, at_place: Place, **more: object) -> User:
    roles.give(by=SETTING_UP, at=AT, user=user, role=role, place=at_place, from_on=more.pop("from_on", OPENED), **more)
    return user


def actor(user: User, at: dt.datetime = AT) -> Actor:
    return Actor(user, at)


class Trust:
    """Fenmoor with a division, two wards and a team; Highweald beside it, which may not be seen from here."""

    def __init__(self) -> None:
        self.trust = place("Fenmoor NHS Trust", "trust", ods="RZZ")
        self.medicine = place("Medicine", "division", self.trust)
        self.surgery = place("Surgery", "division", self.trust)
        self.ward7 = place("Ward 7", "ward", self.medicine, beds=28)
        self.ward8 = place("Ward 8", "ward", self.medicine, beds=24)
        self.team = place("7A Older people", "team", self.ward7)
        self.other = place("Highweald NHS Trust", "trust", ods="RZY")
        self.other_ward = place("Elm Ward", "ward", self.other)
        self.manager = give(person("Amina", email="amina@fenmoor.example"), "ward-manager", self.ward7)
        self.staff = give(person("Tomasz"), "staff", self.trust)
        self.administrator = give(person("Ros"), "administrator", self.trust)
        self.auditor = give(person("Quentin"), "auditor", self.trust)
        self.stranger = give(person("Imogen"), "administrator", self.other)
        self.partner = give(
            person("Priya", outside=True, ends_on=dt.date(2027, 3, 31)),
            "partner",
            self.trust,
            from_on=dt.date(2026, 4, 1),
        )
