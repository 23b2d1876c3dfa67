"""What a batch would change, or has changed: for its page and for the command. Reads only."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from holdgood.design import words
from holdgood.measures import periods
from holdgood.measures.actions import counting
from holdgood.measures.models import Batch, Measure, Observation
from holdgood.places.models import Place

SHOWN = 50  # rows of each kind
GROUPS = 200


@dataclass(frozen=True)
class Line:
    """One number: what it is of, what was known, what is or would be known."""

    measure: Measure
    place: Place
    period: dt.date
    was: str
    now: str
    by: str
    row: int | None

    @property
    def when(self) -> str:
        return periods.name(self.period, self.measure.granularity)


@dataclass
class Group:
    """A measure at a place, and how many of its numbers are new, changed, or the same."""

    measure: Measure
    place: Place
    new: int = 0
    changed: int = 0
    same: int = 0
    first: dt.date = dt.date.max
    last: dt.date = dt.date.min

    @property
    def span(self) -> str:
        first, last = (periods.name(day, self.measure.granularity) for day in (self.first, self.last))
        return first if first == last else f"{first} to {last}"


@dataclass
class Preview:
    """Counts are of all rows; lines are the first of each kind."""

    new: int = 0
    changed: int = 0
    same: int = 0
    new_lines: list[Line] = field(default_factory=list)
    changed_lines: list[Line] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)

    @property
    def said(self) -> str:
        """12 numbers are new, 3 change what is known, 40 say the same again."""
        told = [words.count(self.new, "number is new", "numbers are new")] if self.new else []
        told += [words.count(self.changed, "changes what is known", "change what is known")] if self.changed else []
        told += [words.count(self.same, "says the same again", "say the same again")] if self.same else []
        return words.listed(told) or "there are no rows"


Key = tuple[UUID, UUID, dt.date]


def preview(batch: Batch) -> Preview:
    """What a staged batch would do; what a committed one did."""
    if batch.state == Batch.State.STAGED:
        return _made(_to_come(batch))
    found = _made(_done(batch)) if batch.committed_at else Preview()
    found.same = max(0, batch.rows - found.new - found.changed) if batch.committed_at else 0
    return found


def same_again(batch: Batch, batches: Any) -> Batch | None:
    """An earlier batch of this area that brought the same numbers in."""
    if not batch.digest:
        return None
    rows = batches.filter(place=batch.place, digest=batch.digest, state=Batch.State.COMMITTED)
    found: Batch | None = rows.exclude(pk=batch.pk).order_by("-committed_at").first()
    return found


def _to_come(batch: Batch) -> Iterator[tuple[Any, Any, str]]:
    found = counting.difference(counting.staged(batch))
    yield from ((row, None, "new") for row in found.new)
    yield from ((row, was, "changed") for row, was in found.changed)
    yield from ((row, None, "same") for row in found.same)


def _done(batch: Batch) -> Iterator[tuple[Any, Any, str]]:
    """Rows of the batch, each with what it stood in the place of."""
    every = Observation.objects.filter(batch=batch).order_by("period_on", "-pk")
    mine = list({row.key: row for row in every}.values())  # one that was corrected and known again has two rows
    before = Observation.objects.filter(
        known_until=batch.committed_at, measure__in={row.measure_id for row in mine}
    ).exclude(batch=batch)
    was = {row.key: row for row in before}
    for row in mine:
        old = was.get(row.key)
        yield row, old, "changed" if old else "new"


def _made(rows: Iterable[tuple[Any, Any, str]]) -> Preview:
    found, groups = Preview(), dict[tuple[UUID, UUID], Group]()
    all_rows = list(rows)
    keys = [_key(row) for row, _, _ in all_rows]
    measures = Measure.objects.in_bulk({key[0] for key in keys})
    places = Place.objects.in_bulk({key[1] for key in keys})
    for (row, was, kind), (measure, place, period) in zip(all_rows, keys, strict=True):
        group = groups.setdefault((measure, place), Group(measures[measure], places[place]))
        setattr(group, kind, getattr(group, kind) + 1)
        group.first, group.last = min(group.first, period), max(group.last, period)
        setattr(found, kind, getattr(found, kind) + 1)
        lines = found.new_lines if kind == "new" else found.changed_lines
        if kind != "same" and len(lines) < SHOWN:
            lines.append(_line(measures[measure], places[place], period, row, was))
    found.groups = sorted(groups.values(), key=lambda group: (group.measure.short, group.place.name))
    return found


def _key(row: Any) -> Key:
    found: Key = row.key
    return found


def _line(measure: Measure, place: Place, period: dt.date, row: Any, was: Any) -> Line:
    by = ""
    if was is not None and was.numerator is not None and row.numerator is not None:
        step = row.numerator - was.numerator
        by = f"+{words.number(step)}" if step > 0 else words.number(step) if step else ""
    return Line(measure, place, period, _said(was) if was else "", _said(row), by, row.row)


def _said(row: Any) -> str:
    """12 of 800, or no data."""
    if row.numerator is None:
        return "no data"
    whole = words.number(_decimal(row.numerator))
    return whole if row.denominator is None else f"{whole} of {words.number(_decimal(row.denominator))}"


def _decimal(number: Decimal) -> Decimal:
    return number.normalize() + 0
