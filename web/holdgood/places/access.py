"""Who asks, when, and where they may do what. Asked of the database once a request."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q, QuerySet

from holdgood.people.models import User
from holdgood.places.models import Cover, Holding, Kind, Place, Share
from holdgood.places.permissions import Permission
from holdgood.places.roles import ROLES

EVERYWHERE = ("",)  # every path begins with it


@dataclass(frozen=True)
class Held:
    """A role that the actor has: their own, or of one they stand in for."""

    role: str
    place: UUID
    path: str
    root: UUID
    own: bool
    joint: bool  # at a system: joint work, beside what one does in a trust


@dataclass(frozen=True)
class Actor:
    """A person at a time, or a part of the program that is named in the trail."""

    user: User | None
    at: dt.datetime
    name: str = ""  # of the part of the program

    @classmethod
    def machine(cls, name: str, at: dt.datetime) -> "Actor":
        """A job, a command, the demonstration: it may do all, and the trail names it."""
        return cls(None, at, name)

    @property
    def id(self) -> str:
        """As the trail names them."""
        if self.user is not None:
            return self.user.pk.hex
        return self.name or "nobody"

    @property
    def on(self) -> dt.date:
        return self.at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()

    @cached_property
    def absent(self) -> tuple[UUID, ...]:
        """Those whom they stand in for that day."""
        if self.user is None:
            return ()
        rows = Cover.objects.filter(Cover.running(self.on), deputy=self.user)
        return tuple(rows.values_list("absent", flat=True).distinct())

    @cached_property
    def shared(self) -> frozenset[str]:
        """The kinds of which any row is shared with them: of others, `visible_to` need not look among the shares."""
        if self.user is None:
            return frozenset()
        receiver = Q(to_user=self.user)
        for path in outermost(held.path for held in self.held):
            receiver |= Q(to_place__path__startswith=path)
        running = Share.objects.filter(Share.running(self.on), receiver)
        return frozenset(running.values_list("kind", flat=True).distinct())

    @cached_property
    def held(self) -> tuple[Held, ...]:
        """Roles on that day; none for somebody whose account has ended."""
        if self.user is None or self.user.has_ended(self.on):
            return ()
        rows = Holding.objects.reaching(self.user, self.on, absent=self.absent).order_by("place__path", "role")
        told = rows.values_list("role", "place", "place__path", "place__root", "user", "place__kind")
        return tuple(
            Held(role, place, path, root or place, user == self.user.pk, kind == Kind.SYSTEM)
            for role, place, path, root, user, kind in told
        )

    def paths(self, permission: Permission) -> tuple[str, ...]:
        """The areas in which the actor has the permission, none of them inside another."""
        if self.name:
            return EVERYWHERE
        roles = ((held.path, ROLES.get(held.role)) for held in self.held)
        return outermost(path for path, role in roles if role is not None and permission in role.permissions)

    def may(self, permission: Permission, place: Place) -> bool:
        return any(place.path.startswith(path) for path in self.paths(permission))

    def may_anywhere(self, permission: Permission) -> bool:
        return bool(self.paths(permission))

    @property
    def home(self) -> UUID | None:
        """The place of the role that says most of where one works: one's own, in a trust, the lowest in the tree."""
        ranked = sorted(self.held, key=lambda held: (not held.own, held.joint, -held.path.count("/")))
        return ranked[0].place if ranked else None

    @property
    def chain(self) -> str:
        """The trail of the trust that one belongs to."""
        return self.held[0].root.hex if self.held else "people"


def outermost(paths: Iterable[str]) -> tuple[str, ...]:
    """Those of the paths that lie in no other; they come in their order, an area before what lies in it."""
    found: list[str] = []
    for path in paths:
        if not found or not path.startswith(found[-1]):
            found.append(path)
    return tuple(found)


def chain_of(user: User) -> str:
    """The trail of the trust where a person first held a role; the people's own while they hold none."""
    first = Holding.objects.filter(user=user).select_related("place").order_by("from_on", "given_at").first()
    return "people" if first is None else first.place.chain


def people_seen(actor: Actor) -> QuerySet[User]:
    """People whom the actor may see: those with a role, now or once, where the actor may see people."""
    held = Holding.objects.visible_to(actor, Permission.PERSON_VIEW)
    seen: QuerySet[User] = User.objects.filter(pk__in=held.values("user"))
    return seen
