"""Series made anew from observations, in the transaction that changed them, so that pages read one row."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import F

from holdgood.measures import charts, targets
from holdgood.measures.adding import History, Point, Row, totals
from holdgood.measures.models import Measure, Note, Observation, Series, Target
from holdgood.places.models import Place, Spell

FIELDS = ("points", "own", "revision", "known_at", "latest_on", "latest", "variation", "assurance", "sentence")


def refresh(measures: Iterable[Measure], *, at: dt.datetime, places: Iterable[Place] | None = None) -> int:
    """Make the series of these measures anew: those of the given places and all above them, or of all places."""
    wanted = None if places is None else _around(places)
    made: list[tuple[Measure, Place, list[Point], bool]] = []
    for measure in measures:
        made += _points(measure, wanted)
    verdicts = charts.evaluate(asked(made))
    _write(made, verdicts, at)
    return len(made)


def refresh_area(place: Place, *, at: dt.datetime) -> int:
    """Make everything anew that is counted in an area, there and above it, now and where it lay before."""
    inside = list(Place.objects.within(place))
    counted = Observation.objects.filter(place__in=inside).values("measure")
    return refresh(Measure.objects.filter(pk__in=counted), at=at, places=inside)


def _around(places: Iterable[Place]) -> set[str]:
    """The keys of places and of all that they lie in, or lay in once: what is corrected there is of its own time."""
    of = {place.pk: place.path for place in places}
    paths = {*of.values(), *Spell.objects.filter(place__in=of).values_list("path", flat=True)}
    return {key for path in paths for key in path.split("/")[:-1]}


def points_as_known(measure: Measure, place: Place, known: dt.datetime) -> list[Point]:
    """The points of one series as they were known at a time."""
    rows, found = _read(measure, known)
    return totals(rows, _histories(found), measure.adds_up, {place.key}).get(place.key, [])


def _points(measure: Measure, wanted: set[str] | None) -> list[tuple[Measure, Place, list[Point], bool]]:
    rows, places = _read(measure, None)
    added = totals(rows, _histories(places), measure.adds_up, wanted)
    reporting = {row.place for row in rows}
    by_key = {place.key: place for place in Place.objects.filter(root=measure.place)} if added else {}
    by_key |= {place.key: place for place in places.values()}
    # Above the measure's own trust nothing is added: a system sums what trusts share with it, not what they keep.
    found = [(measure, by_key[key], points, key in reporting) for key, points in added.items() if key in by_key]
    there = {place.key for _, place, _, _ in found}
    gone = Series.objects.filter(measure=measure).select_related("place")
    return found + [
        (measure, series.place, [], False)
        for series in gone
        if series.place.key not in there and (wanted is None or series.place.key in wanted)
    ]


def _read(measure: Measure, known: dt.datetime | None) -> tuple[list[Row], dict[Any, Place]]:
    observed = Observation.objects.filter(measure=measure).known(known)
    cells = list(observed.values_list("place", "period_on", "numerator", "denominator"))
    places = Place.objects.in_bulk({cell[0] for cell in cells})
    rows = [
        Row(places[place].key, period, _float(numerator), _float(denominator))
        for place, period, numerator, denominator in cells
    ]
    return rows, places


def _histories(places: dict[Any, Place]) -> dict[str, History]:
    spells: dict[Any, list[Any]] = defaultdict(list)
    for spell in Spell.objects.filter(place__in=list(places)).order_by("from_on"):
        spells[spell.place_id].append(spell)
    return {
        place.key: History(
            [spell.from_on for spell in spells[pk]] or [place.opened_on],
            [spell.path for spell in spells[pk]] or [place.path],
            place.closed_on,
        )
        for pk, place in places.items()
    }


def asked(made: Sequence[tuple[Measure, Place, list[Point], bool]]) -> list[charts.Asked]:
    """What the engine is asked about each series: its points with targets, steps and ghosts."""
    measures = {measure.pk for measure, *_ in made}
    promises, notes = promised(measures), _decided(measures)
    found = []
    for measure, place, points, _ in made:
        here = notes[(measure.pk, place.pk)]
        aims = [targets.on(promises[measure.pk], place.path, point.period) for point in points]
        found.append(
            charts.Asked(
                f"{measure.pk.hex}:{place.pk.hex}",
                measure,
                points,
                tuple(sorted(note.on for note in here if note.kind == Note.Kind.STEP)),
                frozenset(note.on for note in here if note.kind == Note.Kind.GHOST),
                tuple(aim[0] if aim else None for aim in aims),
            )
        )
    return found


def promised(measures: set[Any]) -> dict[Any, list[targets.Promise]]:
    """The targets of measures, by the keys of their places."""
    found: dict[Any, list[targets.Promise]] = defaultdict(list)
    rows = Target.objects.filter(measure__in=measures, ended_at__isnull=True).select_related("place")
    for row in rows:
        end = None if row.end_value is None else float(row.end_value)
        found[row.measure_id].append(
            targets.Promise(row.place.key, row.from_on, row.until_on, float(row.value), end, row.kind, row.source)
        )
    return found


def _decided(measures: set[Any]) -> dict[tuple[Any, Any], list[Note]]:
    found: dict[tuple[Any, Any], list[Note]] = defaultdict(list)
    kinds = [Note.Kind.STEP, Note.Kind.GHOST]
    for note in Note.objects.filter(measure__in=measures, kind__in=kinds, removed_at__isnull=True):
        found[(note.measure_id, note.place_id)].append(note)
    return found


def _write(made: Sequence[tuple[Measure, Place, list[Point], bool]], verdicts: Any, at: dt.datetime) -> None:
    rows = []
    for measure, place, points, own in made:
        said = verdicts.get(f"{measure.pk.hex}:{place.pk.hex}", charts.Verdict())
        rows.append(
            Series(
                measure=measure, place=place, points=[_plain(point) for point in points], own=own, known_at=at,
                latest_on=said.latest_on, latest=said.latest, variation=said.variation, assurance=said.assurance,
                sentence=said.sentence,
            )
        )  # fmt: skip
    fields = [name for name in FIELDS if name != "revision"]
    Series.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["measure", "place"], update_fields=fields, batch_size=500
    )
    pairs = {(measure.pk, place.pk) for measure, place, *_ in made}
    touched = Series.objects.filter(measure__in={measure for measure, _ in pairs}, known_at=at)
    ids = [pk for pk, measure, place in touched.values_list("pk", "measure", "place") if (measure, place) in pairs]
    for start in range(0, len(ids), 1000):
        Series.objects.filter(pk__in=ids[start : start + 1000]).update(revision=F("revision") + 1)


def points_of(series: Series) -> list[Point]:
    """A series' points, as the row keeps them."""
    return _unpacked(series.points)


def points_of_many(rows: Sequence[Series]) -> dict[UUID, list[Point]]:
    """The points of rows that were fetched without them, as lists are: a long one need not read five years of each."""
    stored = Series.objects.filter(pk__in=[row.pk for row in rows]).values_list("pk", "points") if rows else ()
    return {pk: _unpacked(points) for pk, points in stored}


def _unpacked(stored: list[Any]) -> list[Point]:
    return [
        Point(dt.date.fromisoformat(day), numerator, denominator, reported, of)
        for day, numerator, denominator, reported, of in stored
    ]


def _plain(point: Point) -> list[Any]:
    return [point.period.isoformat(), point.numerator, point.denominator, point.reported, point.of]


def _float(value: Any) -> float | None:
    return None if value is None else float(value)
