"""What was counted comes in: staged, looked at, committed as a whole, undone as a whole. Nothing is written over."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from holdgood.measures import periods, plausible
from holdgood.measures.models import Batch, Measure, Observation, Series
from holdgood.measures.refresh import refresh
from holdgood.places import guard, telling
from holdgood.places.access import Actor
from holdgood.places.models import Place
from holdgood.places.permissions import Permission
from holdgood.trail.versions import change

AT_ONCE = 2000  # rows of one statement


class UnableToCount(ValueError):
    """What came in cannot be taken, or not be undone: why, and what to do."""


@dataclass(frozen=True)
class Counted:
    """One checked row: what was counted where, over which period; a numerator of None is "no data"."""

    measure: UUID
    place: UUID
    period: dt.date
    numerator: Decimal | None
    denominator: Decimal | None = None
    sheet: str = ""
    row: int | None = None
    raw: str = ""

    @property
    def key(self) -> tuple[UUID, UUID, dt.date]:
        return (self.measure, self.place, self.period)


@dataclass
class Difference:
    """What committing would do: rows that are new, that change what is known, that say the same again."""

    new: list[Counted] = field(default_factory=list)
    changed: list[tuple[Counted, Observation]] = field(default_factory=list)
    same: list[Counted] = field(default_factory=list)


def difference(rows: Sequence[Counted]) -> Difference:
    """Compare rows with what is known now. Reads only."""
    found, known = Difference(), _known(rows)
    for row in rows:
        there = known.get(row.key)
        if there is None:
            found.new.append(row)
        elif (there.numerator, there.denominator) == (row.numerator, row.denominator):
            found.same.append(row)
        else:
            found.changed.append((row, there))
    return found


@transaction.atomic
def stage(
    *, by: Actor, at: dt.datetime, place: Place, rows: Sequence[Counted], file: str, digest: str, report: dict[str, Any]
) -> Batch:
    """Keep checked rows of a file until somebody has looked at what they would change."""
    guard.require(by, Permission.OBSERVATION_IMPORT, place)
    _may_count(by, Permission.OBSERVATION_IMPORT, rows)
    batch = Batch(
        place=place, source="file", file=file, digest=digest, state=Batch.State.STAGED, rows=len(rows),
        staged=[_plain(row) for row in rows], report=report, made_by=by.id, made_at=at,
    )  # fmt: skip
    batch.save(force_insert=True)
    new = {"file": file, "rows": len(rows), "sha256": digest}
    telling.record(event="observation.batch.staged", by=by, at=at, place=place, thing=batch, new=new)
    return batch


@transaction.atomic
def commit(*, by: Actor, at: dt.datetime, batch: Batch, version: int) -> Batch:
    """Take a staged batch: all its rows, or none."""
    guard.require(by, Permission.OBSERVATION_IMPORT, batch.place)
    if batch.state != Batch.State.STAGED:
        raise UnableToCount(f"This batch is {batch.get_state_display()}: bring the file in again.")
    rows = staged(batch)
    _may_count(by, Permission.OBSERVATION_IMPORT, rows)
    _still_defined_so(rows)
    changed = change(batch, version=version, state=Batch.State.COMMITTED, committed_at=at, staged=[])
    _take(rows, changed, at)
    _tell("observation.batch.committed", by, at, changed, rows)
    return changed


@transaction.atomic
def discard(*, by: Actor, at: dt.datetime, batch: Batch, version: int) -> Batch:
    """Throw a staged batch away: nothing was brought in."""
    guard.require(by, Permission.OBSERVATION_IMPORT, batch.place)
    if batch.state != Batch.State.STAGED:
        raise UnableToCount(f"This batch is {batch.get_state_display()}: it cannot be thrown away.")
    changed = change(batch, version=version, state=Batch.State.DISCARDED, staged=[])
    telling.record(event="observation.batch.discarded", by=by, at=at, place=batch.place, thing=batch)
    return changed


@transaction.atomic
def add(*, by: Actor, at: dt.datetime, place: Place, rows: Sequence[Counted], source: str = "form") -> Batch:
    """Take rows at once: from the form, a command, the demonstration."""
    _may_add(by, place, rows)
    batch = Batch(
        place=place, source=source, state=Batch.State.COMMITTED, rows=len(rows), made_by=by.id, made_at=at,
        committed_at=at,
    )  # fmt: skip
    batch.save(force_insert=True)
    _take(rows, batch, at)
    _tell("observation.batch.added", by, at, batch, rows)
    return batch


@dataclass(frozen=True)
class Past:
    """What came in at one time of the past, in a file, brought by somebody (their id)."""

    at: dt.datetime
    file: str
    rows: Sequence[Counted]
    made_by: str


@transaction.atomic
def add_past(*, by: Actor, at: dt.datetime, place: Place, past: Sequence[Past]) -> int:
    """Take years of batches at once, in the order in which they came, each known from its own time on.

    For a part of the program that brings in a past; a row is of the place's area, and new or a correction.
    """
    if not by.name:
        raise guard.NotAllowed(str(Permission.OBSERVATION_IMPORT))
    written: dict[tuple[UUID, UUID, dt.date], Observation] = {}
    every: list[Observation] = []
    for each in past:
        batch = Batch(
            place=place, source="past", file=each.file, state=Batch.State.COMMITTED, rows=len(each.rows),
            made_by=each.made_by, made_at=each.at, committed_at=each.at,
        )  # fmt: skip
        batch.save(force_insert=True)
        for row in each.rows:
            made = _observation(row, batch, each.at)
            if row.key in written:
                written[row.key].known_until = each.at
            written[row.key] = made
            every.append(made)
        _tell("observation.batch.committed", by, at, batch, each.rows)
    Observation.objects.bulk_create(every, batch_size=AT_ONCE)
    refresh(Measure.objects.filter(pk__in={key[0] for key in written}).select_related("place"), at=at)
    return len(every)


@transaction.atomic
def undo(*, by: Actor, at: dt.datetime, batch: Batch, version: int) -> Batch:
    """What a batch brought in is no longer known, and what stood before is known again."""
    permission = Permission.OBSERVATION_ADD if batch.source == "form" else Permission.OBSERVATION_IMPORT
    guard.require(by, permission, batch.place)
    if batch.state != Batch.State.COMMITTED:
        raise UnableToCount(f"This batch is {batch.get_state_display()}: there is nothing to undo.")
    every = Observation.objects.filter(batch=batch).select_related("place", "measure")
    mine = [row for row in every if row.known_until is None]
    if len(mine) < len({row.key for row in every}):  # one that was corrected and known again has two rows
        raise UnableToCount("Later corrections stand on this batch: undo those first, or enter the right numbers.")
    changed = change(batch, version=version, state=Batch.State.UNDONE, undone_at=at, undone_by=by.id)
    Observation.objects.known().filter(batch=batch).update(known_until=at)
    _bring_back(mine, batch, at)
    refresh({row.measure for row in mine}, at=at, places={row.place for row in mine})
    telling.record(event="observation.batch.undone", by=by, at=at, place=batch.place, thing=batch)
    return changed


def staged(batch: Batch) -> list[Counted]:
    """The rows that a batch holds until it is committed."""
    return [_counted(row) for row in batch.staged]


def _take(rows: Sequence[Counted], batch: Batch, at: dt.datetime) -> None:
    found = difference(rows)
    write = found.new + [row for row, _ in found.changed]
    old = [there.pk for _, there in found.changed]
    for start in range(0, len(old), AT_ONCE):
        Observation.objects.filter(pk__in=old[start : start + AT_ONCE]).update(known_until=at)
    Observation.objects.bulk_create([_observation(row, batch, at) for row in write], batch_size=AT_ONCE)
    places = Place.objects.in_bulk({row.place for row in write})
    measures = Measure.objects.in_bulk({row.measure for row in write})
    refresh(measures.values(), at=at, places=places.values())


def _bring_back(mine: Iterable[Observation], batch: Batch, at: dt.datetime) -> None:
    """What a batch had superseded ended when the batch's own rows began."""
    before = Observation.objects.filter(
        measure__in={row.measure_id for row in mine}, known_until=batch.committed_at
    ).exclude(batch=batch)
    keys = {row.key for row in mine}
    again = [row for row in before if row.key in keys]
    for row in again:
        row.pk, row.known_from, row.known_until = None, at, None
    Observation.objects.bulk_create(again, batch_size=AT_ONCE)


def _known(rows: Sequence[Counted]) -> dict[tuple[UUID, UUID, dt.date], Observation]:
    if not rows:
        return {}
    periods = [row.period for row in rows]
    known = Observation.objects.known().filter(
        measure__in={row.measure for row in rows}, period_on__range=(min(periods), max(periods))
    )
    return {row.key: row for row in known}


def _may_count(by: Actor, permission: Permission, rows: Sequence[Counted]) -> None:
    """Every place and measure that rows name is one where the actor may do this; each key stands there once."""
    if len({row.key for row in rows}) != len(rows):
        raise UnableToCount("Two rows are of the same measure, place and period: leave one of them out.")
    places = Place.objects.all().visible_to(by, permission).filter(pk__in={row.place for row in rows})
    measures = Measure.objects.all().visible_to(by, Permission.MEASURE_VIEW)
    roots = dict(places.values_list("pk", "root"))
    homes = dict(measures.filter(pk__in={row.measure for row in rows}).values_list("pk", "place"))
    for row in rows:
        if row.place not in roots or row.measure not in homes:
            raise guard.NotVisible("place or measure")
        if homes[row.measure] != roots[row.place]:
            raise guard.NotVisible("measure")


def _still_defined_so(rows: Sequence[Counted]) -> None:
    """A definition may have changed since the file was read: what no longer fits it is not taken."""
    measures = Measure.objects.in_bulk({row.measure for row in rows})
    for row in rows:
        measure = measures[row.measure]
        fits = periods.first_day(row.period, measure.granularity) == row.period
        gone = measure.retired_on is not None and row.period >= measure.retired_on
        counted = row.numerator is not None
        if not fits or gone or (counted and plausible.problems(measure, row.numerator, row.denominator)):
            raise UnableToCount(
                f"The definition of {measure.short} was changed after this file was read, and its numbers do not fit "
                "it any more. Throw the file away, and bring it in again."
            )


def _may_add(by: Actor, place: Place, rows: Sequence[Counted]) -> None:
    """In the area one counts for; or to the numbers of a series that is shared with one for that."""
    if not by.name and not by.may(Permission.OBSERVATION_ADD, place):
        series = Series.objects.all().visible_to(by, Permission.OBSERVATION_ADD)
        shared = set(series.filter(place=place).values_list("measure", "place"))
        if rows and {(row.measure, row.place) for row in rows} <= shared:
            return
    guard.require(by, Permission.OBSERVATION_ADD, place)
    _may_count(by, Permission.OBSERVATION_ADD, rows)


def _observation(row: Counted, batch: Batch, at: dt.datetime) -> Observation:
    return Observation(
        measure_id=row.measure, place_id=row.place, period_on=row.period, numerator=row.numerator,
        denominator=row.denominator, known_from=at, batch=batch, sheet=row.sheet, row=row.row, raw=row.raw[:300],
    )  # fmt: skip


def _tell(event: str, by: Actor, at: dt.datetime, batch: Batch, rows: Sequence[Counted]) -> None:
    told = (_plain(row) for row in rows)
    telling.record_many(event=event, by=by, at=at, place=batch.place, thing=batch, rows=told)


def _plain(row: Counted) -> dict[str, Any]:
    return {
        "measure": row.measure.hex,
        "place": row.place.hex,
        "period": row.period.isoformat(),
        "numerator": None if row.numerator is None else str(row.numerator),
        "denominator": None if row.denominator is None else str(row.denominator),
        "sheet": row.sheet,
        "row": row.row,
        "raw": row.raw,
    }


def _counted(row: dict[str, Any]) -> Counted:
    number = {name: None if row[name] is None else Decimal(row[name]) for name in ("numerator", "denominator")}
    return Counted(
        UUID(row["measure"]), UUID(row["place"]), dt.date.fromisoformat(row["period"]), number["numerator"],
        number["denominator"], row["sheet"], row["row"], row["raw"],
    )  # fmt: skip
