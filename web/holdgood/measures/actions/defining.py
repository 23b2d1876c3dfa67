"""Measures are taken from the shipped catalogue or defined anew; targets are set and ended."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db import transaction

from holdgood.design import words
from holdgood.measures import periods, plausible
from holdgood.measures.definitions import Definition
from holdgood.measures.models import Measure, Observation, Target
from holdgood.measures.refresh import refresh
from holdgood.places import guard, telling
from holdgood.places.access import Actor
from holdgood.places.models import Place
from holdgood.places.permissions import Permission
from holdgood.trail.versions import change

DEFINED = (
    "name", "short", "sentence", "numerator", "denominator", "unit", "per", "decimals", "chart", "direction",
    "granularity", "adds_up", "lag_days", "owner", "source", "whole", "within", "minimum", "maximum", "aliases",
)  # fmt: skip


class UnableToDefine(ValueError):
    """The measure or target cannot be so: what is wrong, and what to do."""


@transaction.atomic
def adopt(*, by: Actor, at: dt.datetime, trust: Place, definitions: Iterable[Definition]) -> list[Measure]:
    """Take shipped definitions into a trust's catalogue, with their national targets; those it has stay as they are."""
    guard.require(by, Permission.MEASURE_DEFINE, trust)
    there = set(Measure.objects.filter(place=trust).values_list("slug", flat=True))
    taken = [each for each in definitions if each.slug not in there]
    made = Measure.objects.bulk_create([_from(each, trust) for each in taken])
    Target.objects.bulk_create(
        [
            Target(
                place=trust, measure=measure, value=Decimal(str(aim.value)), from_on=aim.starts, until_on=aim.ends,
                kind="national", source=aim.source, set_by=by.id, set_at=at,
            )
            for measure, each in zip(made, taken, strict=True)
            for aim in each.targets
        ]
    )  # fmt: skip
    slugs = [measure.slug for measure in made]
    telling.record_many(event="measure.measures.adopted", by=by, at=at, place=trust, rows=slugs)
    return made


@transaction.atomic
def define(*, by: Actor, at: dt.datetime, trust: Place, slug: str, **fields: Any) -> Measure:
    """A measure of the trust's own."""
    guard.require(by, Permission.MEASURE_DEFINE, trust)
    if Measure.objects.filter(place=trust, slug=slug).exists():
        raise UnableToDefine(f'There is a measure at the address "{slug}" already: choose another name.')
    measure = Measure(place=trust, slug=slug, **_checked(fields))
    measure.save(force_insert=True)
    telling.record(event="measure.measure.defined", by=by, at=at, place=trust, thing=measure, new=_told(fields))
    return measure


@transaction.atomic
def redefine(*, by: Actor, at: dt.datetime, measure: Measure, version: int, reason: str, **fields: Any) -> Measure:
    """Change a definition, saying why; every chart of it is made anew."""
    guard.require(by, Permission.MEASURE_DEFINE, measure)
    old = {name: getattr(measure, name) for name in fields}
    changed = change(measure, version=version, **_checked(fields, measure))
    _fits(changed, old.get("granularity", changed.granularity))
    refresh([changed], at=at)
    telling.record(
        event="measure.measure.redefined", by=by, at=at, place=measure.place, thing=measure, old=_told(old),
        new=_told(fields), reason=reason,
    )  # fmt: skip
    return changed


@transaction.atomic
def retire(*, by: Actor, at: dt.datetime, measure: Measure, version: int, on: dt.date, reason: str) -> Measure:
    """The measure is no longer counted from a day on; what was counted stays."""
    guard.require(by, Permission.MEASURE_DEFINE, measure)
    changed = change(measure, version=version, retired_on=on)
    new = {"on": on.isoformat()}
    telling.record(
        event="measure.measure.retired", by=by, at=at, place=measure.place, thing=measure, new=new, reason=reason
    )
    return changed


@transaction.atomic
def set_target(
    *,
    by: Actor,
    at: dt.datetime,
    measure: Measure,
    place: Place,
    value: Decimal,
    from_on: dt.date,
    until_on: dt.date | None = None,
    end_value: Decimal | None = None,
    source: str,
) -> Target:
    """Promise a value from a day on, at a place and below it. With an end value it is a trajectory."""
    guard.require(by, Permission.TARGET_SET, place)
    guard.require(by, Permission.MEASURE_VIEW, measure)
    if end_value is not None and until_on is None:
        raise UnableToDefine("A trajectory has a last day: fill it in, or leave the end value empty.")
    if until_on is not None and until_on < from_on:
        raise UnableToDefine("The last day is before the first: change one of them.")
    kind = "trust" if place.pk == measure.place_id else "place"
    target = Target(
        place=place, measure=measure, value=value, end_value=end_value, from_on=from_on, until_on=until_on, kind=kind,
        source=source, set_by=by.id, set_at=at,
    )  # fmt: skip
    target.save(force_insert=True)
    _redraw(measure, place, at)
    new = {"value": str(value), "end": end_value and str(end_value), "from": from_on.isoformat()}
    telling.record(event="measure.target.set", by=by, at=at, place=place, thing=target, new=new, reason=source)
    return target


@transaction.atomic
def end_target(*, by: Actor, at: dt.datetime, target: Target, reason: str) -> None:
    """Take a target back: it was never promised. (One that changes gets a later one beside it.)"""
    guard.require(by, Permission.TARGET_SET, target.place)
    Target.objects.filter(pk=target.pk, ended_at__isnull=True).update(ended_at=at)
    _redraw(target.measure, target.place, at)
    telling.record(event="measure.target.ended", by=by, at=at, place=target.place, thing=target, reason=reason)


def _redraw(measure: Measure, place: Place, at: dt.datetime) -> None:
    """A target holds below its place: every chart of the measure may change."""
    refresh([measure], at=at, places=None if place.pk == measure.place_id else Place.objects.within(place))


def _from(each: Definition, trust: Place) -> Measure:
    fields = {name: getattr(each, name) for name in DEFINED if name not in ("source", "within", "aliases")}
    source = each.sources[0]
    fields["minimum"], fields["maximum"] = _decimal(each.minimum), _decimal(each.maximum)
    return Measure(
        place=trust, slug=each.slug, catalogue=each.slug, source=f"{source.publisher}: {source.title}",
        within=each.numerator_within_denominator, aliases=list(each.aliases), **fields,
    )  # fmt: skip


def _checked(fields: dict[str, Any], now: Measure | None = None) -> dict[str, Any]:
    unknown = set(fields) - set(DEFINED)
    if unknown:
        raise UnableToDefine(f"{', '.join(sorted(unknown))}: not part of a definition.")
    chart, below, adds_up = (fields.get(name, getattr(now, name, "")) for name in ("chart", "denominator", "adds_up"))
    for said in plausible.contradictions(chart, below, adds_up):
        raise UnableToDefine(said)
    return fields


def _fits(measure: Measure, granularity: str) -> None:
    """What was counted must be shown by the new definition as well."""
    rows = Observation.objects.known().filter(measure=measure, numerator__isnull=False)
    if measure.granularity != granularity and rows.exists():
        raise UnableToDefine(
            f"There are numbers for each {granularity} already, and a chart by the {measure.granularity} would leave "
            f"them out. Leave it as it is, or define another measure for each {measure.granularity} and retire this "
            "one."
        )
    for row in rows.select_related("place").order_by("period_on").iterator():
        if row.numerator is not None and plausible.not_shown(measure, row.numerator, row.denominator):
            of = "" if row.denominator is None else f" of {words.number(row.denominator)}"
            raise UnableToDefine(
                f"This chart cannot show {words.number(row.numerator)}{of}, which {row.place.name} has for "
                f"{periods.name(row.period_on, measure.granularity)}. Correct that number first, or choose another "
                "chart."
            )


def _told(fields: dict[str, Any]) -> dict[str, Any]:
    plain = (str, int, bool, list, type(None))
    return {name: value if isinstance(value, plain) else str(value) for name, value in fields.items()}


def _decimal(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))
