"""The table of kinds of things: an app registers its own at start-up; tasks, shares and search find them by it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from holdgood.places.access import Actor
from holdgood.places.models import Place

LONGEST_SEARCH = 100


@dataclass(frozen=True)
class Kind:
    """How things of one kind are found, named, addressed and seen."""

    name: str  # as rows keep it
    noun: tuple[str, str]
    seen: Callable[[Actor], QuerySet[Any]]  # what the actor may see: nothing else is ever found
    title: Callable[[Any], str]
    address: Callable[[Any], str]
    place: Callable[[Any], Place | None] = lambda thing: thing.place
    words: tuple[str, ...] = ()  # the fields that a search looks in; none: it is not searched for
    order: tuple[str, ...] = ("pk",)

    def find(self, actor: Actor, thing: UUID) -> Any | None:
        """The thing, if the actor may see it."""
        return self.seen(actor).filter(pk=thing).first()

    def search(self, actor: Actor, asked: str) -> QuerySet[Any]:
        """Things that the actor may see in which every word of the question stands."""
        found = self.seen(actor)
        for word in asked[:LONGEST_SEARCH].replace("\0", "").split():
            anywhere = Q()
            for field in self.words:
                anywhere |= Q(**{f"{field}__icontains": word})
            found = found.filter(anywhere)
        return found.order_by(*self.order)


KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Called from an app's `ready`; the same kind again takes the place of the first."""
    KINDS[kind.name] = kind


def find(actor: Actor, name: str, thing: UUID) -> Any | None:
    """A thing of a kind; None if it is gone, may not be seen, or its app is not here: the three look alike."""
    kind = KINDS.get(name)
    return None if kind is None else kind.find(actor, thing)
