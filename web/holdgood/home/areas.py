"""What an area's page shows, as far as the apps that are there reach."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field

from holdgood.measures import periods
from holdgood.measures.board import Board, board
from holdgood.measures.models import Series
from holdgood.places.access import Actor
from holdgood.places.models import Place
from holdgood.places.permissions import Permission
from holdgood.tasks.waiting import Waiting, waiting

NEEDS = 7


@dataclass
class Child:
    """A place right below: how many of its charts are of concern, and how many improve."""

    place: Place
    charts: int = 0
    concern: list[str] = field(default_factory=list)
    improving: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Area:
    """The page of an area."""

    sentence: list[tuple[str, str]]  # words, and the section they jump to
    needs: list[Waiting]
    needs_count: int
    board: Board | None
    children: list[Child]
    known_to: str


def of(actor: Actor, place: Place) -> Area:
    """Everything on the page, in a number of queries that does not grow with what is in the area."""
    sees = actor.may(Permission.MEASURE_VIEW, place)
    judged = board(actor, place) if sees else None
    needs = waiting(actor, place)
    children = _children(actor, place)
    return Area(_sentence(judged, needs), needs[:NEEDS], len(needs), judged, children, _known(judged))


def _sentence(judged: Board | None, needs: list[Waiting]) -> list[tuple[str, str]]:
    parts: list[tuple[str, str]] = []
    if judged is not None and judged.of:
        worse = [row for row in judged.shown if row.variation.startswith("concern")]
        better = [row for row in judged.shown if row.variation.startswith("improvement")]
        other = len(judged.shown) - len(worse) - len(better)
        if worse:
            parts.append((f"{_number(len(worse))} {_thing(len(worse))} got worse", "changed"))
        if better:
            parts.append((f"{_number(len(better))} {_thing(len(better))} got better", "changed"))
        if other:
            parts.append((f"{_number(other)} {_thing(other)} changed", "changed"))
        if not judged.shown:
            parts.append(("nothing stands out" if judged.rest else "nothing changed beyond chance", "changed"))
    if needs:
        parts.append(
            (
                f"{_number(len(needs))} {_thing(len(needs))} {'waits' if len(needs) == 1 else 'wait'} for an answer",
                "needs",
            )
        )
    return parts


def _number(n: int) -> str:
    words = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
    return words[n] if n < len(words) else str(n)


def _thing(n: int) -> str:
    return "thing" if n == 1 else "things"


def _children(actor: Actor, place: Place) -> list[Child]:
    places = Place.objects.visible_to(actor, Permission.PLACE_VIEW).filter(parent=place).open(actor.on).in_order()
    found = {each.pk: Child(each) for each in places}
    rows = Series.objects.all().visible_to(actor, Permission.MEASURE_VIEW).filter(place__in=list(found))
    for pk, short, variation in rows.exclude(latest_on__isnull=True).values_list(
        "place", "measure__short", "variation"
    ):
        child = found[pk]
        child.charts += 1
        if variation.startswith("concern"):
            child.concern.append(short)
        elif variation.startswith("improvement"):
            child.improving.append(short)
    return list(found.values())


def _known(judged: Board | None) -> str:
    """Data to March 2026: the latest month of most of the charts shown."""
    if judged is None:
        return ""
    months: dict[dt.date, int] = defaultdict(int)
    for row in [*judged.shown, *judged.rest]:
        if row.latest_on is not None and row.measure.granularity == "month":
            months[row.latest_on] += 1
    latest = max(months, key=lambda day: (months[day], day), default=None)
    return "" if latest is None else f"data to {periods.name(latest, 'month')}"
