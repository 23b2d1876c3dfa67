"""Shares with the things that they show: found kind by kind, and only as far as one may see them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q

from holdgood.places.access import Actor
from holdgood.places.kinds import KINDS
from holdgood.places.models import Share


@dataclass(frozen=True)
class Shown:
    """A share and its thing, as a page names it."""

    share: Share
    noun: str
    title: str
    address: str


def things(actor: Actor, shares: Iterable[Share]) -> dict[tuple[str, UUID], Any]:
    """The things of shares that the actor may see: one question a kind."""
    wanted: dict[str, set[UUID]] = defaultdict(set)
    for share in shares:
        wanted[share.kind].add(share.thing)
    found: dict[tuple[str, UUID], Any] = {}
    for kind, ids in wanted.items():
        if kind in KINDS:
            found |= {(kind, thing.pk): thing for thing in KINDS[kind].seen(actor).filter(pk__in=ids)}
    return found


def with_actor(actor: Actor) -> list[Shown]:
    """What is shared with a person, or with places where they hold a role, on the day."""
    mine = Q(to_user=actor.user)
    for held in actor.held:
        mine |= Q(to_place__path__startswith=held.path)
    rows = Share.objects.filter(Share.running(actor.on)).filter(mine)
    shares = list(rows.select_related("place__root", "to_place").order_by("until_on", "given_at"))
    seen = things(actor, shares)
    return [_shown(share, seen[share.kind, share.thing]) for share in shares if (share.kind, share.thing) in seen]


def title(share: Share, seen: dict[tuple[str, UUID], Any]) -> str:
    """The thing's name; that it cannot be seen, if so."""
    thing = seen.get((share.kind, share.thing))
    if thing is not None:
        return KINDS[share.kind].title(thing)
    noun = KINDS[share.kind].noun[0] if share.kind in KINDS else "thing"
    return f"A {noun} that you may not see"


def address(share: Share, seen: dict[tuple[str, UUID], Any]) -> str:
    thing = seen.get((share.kind, share.thing))
    return "" if thing is None else KINDS[share.kind].address(thing)


def _shown(share: Share, thing: Any) -> Shown:
    kind = KINDS[share.kind]
    return Shown(share, kind.noun[0], kind.title(thing), kind.address(thing))
