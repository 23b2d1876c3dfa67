"""Measures and numbers that tests count with."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from holdgood.measures import periods
from holdgood.measures.actions import counting, defining
from holdgood.measures.actions.counting import Counted
from holdgood.measures.models import Batch, Measure, Series
from holdgood.places.models import Place
from holdgood.places.tests.factories import AT, SETTING_UP

FALLS = {
    "name": "Falls for each 1,000 bed days", "short": "Falls", "sentence": "Falls of people in our beds.",
    "numerator": "Falls", "denominator": "Bed days", "unit": "per 1,000 bed days", "per": 1000, "decimals": 1,
    "chart": "uprime", "direction": "decrease", "granularity": "month", "adds_up": "ratio", "source": "NHS England",
    "whole": True, "minimum": Decimal(0),
}  # fmt: skip
APRIL = dt.date(2023, 4, 1)


def measure(trust: Place, slug: str = "falls", **more: object) -> Measure:
    return defining.define(by=SETTING_UP, at=AT, trust=trust, slug=slug, **{**FALLS, **more})


def counted(
    of: Measure,
    at_place: Place,
    numerators: Sequence[int | None],
    denominator: int | None = 800,
    first: dt.date = APRIL,
) -> list[Counted]:
    """A row a period, from the first on; None is "no data"."""
    rows = []
    for step, numerator in enumerate(numerators):
        number = None if numerator is None else Decimal(numerator)
        below = None if denominator is None or number is None else Decimal(denominator)
        rows.append(
            Counted(of.pk, at_place.pk, periods.following(first, of.granularity, step), number, below, row=step + 2)
        )
    return rows


def add(of: Measure, at_place: Place, numerators: Sequence[int | None], at: dt.datetime = AT, **more: object) -> Batch:
    return counting.add(by=SETTING_UP, at=at, place=at_place, rows=counted(of, at_place, numerators, **more))


def series(of: Measure, at_place: Place) -> Series:
    return Series.objects.get(measure=of, place=at_place)
