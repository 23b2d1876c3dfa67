"""Search over every kind of thing that has registered; each shows what the one who asks may see, and nothing else."""

from dataclasses import dataclass

from holdgood.places.access import Actor
from holdgood.places.here import above
from holdgood.places.kinds import KINDS, LONGEST_SEARCH, Kind

LONGEST = LONGEST_SEARCH
SHOWN = 20  # of each kind


@dataclass(frozen=True)
class Hit:
    title: str
    where: str
    address: str


@dataclass(frozen=True)
class Found:
    """Things of one kind: the first of them, and how many there are."""

    noun: tuple[str, str]
    count: int
    hits: list[Hit]


def find(actor: Actor, asked: str) -> list[Found]:
    """By kind, in the order in which apps registered; kinds without a hit are left out."""
    if not asked:
        return []
    found = [_of(kind, actor, asked) for kind in KINDS.values() if kind.words]
    return [each for each in found if each.count]


def _of(kind: Kind, actor: Actor, asked: str) -> Found:
    rows = kind.search(actor, asked)
    first = list(rows[:SHOWN])
    count = len(first) if len(first) < SHOWN else rows.count()
    return Found(kind.noun, count, [_hit(kind, thing) for thing in first])


def _hit(kind: Kind, thing: object) -> Hit:
    place = kind.place(thing)
    where = "" if place is None else " · ".join(each for each in (place.name, above(place)) if each)
    return Hit(kind.title(thing), where, kind.address(thing))
