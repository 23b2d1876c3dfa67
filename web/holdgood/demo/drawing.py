"""The demonstration's numbers, drawn from a seed. Plain values; no database, no clock."""

import datetime as dt
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from holdgood.measures import periods
from holdgood.measures.definitions import Definition

MONTHS = 60
COLDEST, TWELVE = 1, 12


@dataclass(frozen=True)
class Drawn:
    """A place's numbers of one measure, a value a period; None is "no data"."""

    numerators: list[float | None]
    denominators: list[float | None]


@dataclass(frozen=True)
class Change:
    """From a position on, a factor on the level; for some periods, or to stay."""

    back: int
    factor: float
    periods: int | None


def months(last: dt.date) -> list[dt.date]:
    """The first days of the months that end with `last`."""
    return [periods.following(last, "month", step - MONTHS + 1) for step in range(MONTHS)]


def draw(
    seed: int,
    made: Definition,
    shape: Mapping[str, Any],
    place: str,
    beds: int,
    days: list[dt.date],
    told: list[Change],
) -> Drawn:
    """Numbers of a measure at a place, as they are counted: whole where they are counts, within their denominator."""
    random = np.random.default_rng([seed, zlib.crc32(made.slug.encode()), zlib.crc32(place.encode())])
    level = shape["level"] * np.exp(random.normal(0, 1) * shape.get("spread", 0.0))
    if made.numerator_within_denominator and made.per == 100:
        level = min(level, 99.0)
    season = np.cos((np.array([day.month for day in days]) - COLDEST) / TWELVE * 2 * np.pi)
    curve = 1 + shape.get("season", 0.0) * season + shape.get("trend", 0.0) * np.linspace(-1, 0, len(days))
    wanted = level * curve * np.exp(random.normal(0, 1, len(days)) * shape.get("noise", 0.0))
    for change in told:
        start = len(days) - 1 - change.back
        end = len(days) if change.periods is None else start + change.periods
        wanted[max(start, 0) : end] *= change.factor
    if not made.denominator:
        return Drawn(_counts(random, wanted, made), [None] * len(days))
    sizes = _sizes(random, shape["size"], beds, days)
    return _rate(random, made, wanted, sizes)


def _sizes(random: np.random.Generator, size: Any, beds: int, days: list[dt.date]) -> Any:
    """Denominators: bed days of beds that are nearly full, or about so many."""
    if size == "beds":
        length = np.array([(periods.following(day, "month") - day).days for day in days])
        return np.round(beds * length * random.uniform(0.9, 0.99, len(days)))
    return np.maximum(np.round(size * np.exp(random.normal(0, 0.06, len(days)))), 1)


def _counts(random: np.random.Generator, wanted: Any, made: Definition) -> list[float | None]:
    if not made.whole:
        return [round(float(value), 3) for value in wanted]
    drawn = random.poisson(np.maximum(wanted, 0)) if made.chart == "c" else np.round(np.maximum(wanted, 0))
    return [float(value) for value in drawn]


def _rate(random: np.random.Generator, made: Definition, wanted: Any, sizes: Any) -> Drawn:
    share = np.maximum(wanted, 0) / made.per
    if made.adds_up == "weighted":
        return Drawn([round(float(value), 2) for value in wanted], [float(size) for size in sizes])
    if made.numerator_within_denominator:
        drawn = random.binomial(sizes.astype(int), np.minimum(share, 0.999))
    elif made.whole:
        drawn = random.poisson(share * sizes)
    else:
        drawn = np.round(share * sizes, 1)
    return Drawn([float(value) for value in drawn], [float(size) for size in sizes])
