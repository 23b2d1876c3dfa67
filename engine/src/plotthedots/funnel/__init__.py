"""Funnel plots: areas of different size compared, the one door, `funnel`."""

import math
import sys
from types import ModuleType
from typing import Any

import numpy as np

from plotthedots.constants import Floats, names
from plotthedots.errors import BadInput
from plotthedots.funnel.areas import Areas, Wanted, areas
from plotthedots.funnel.limits import ENOUGH, LEVELS, exact, spread, widened
from plotthedots.funnel.result import Funnel, Judged

__all__ = ["Funnel", "funnel"]

CHARTS = ("p", "u", "smr")


def funnel(
    frame: Any,
    *,
    value: str = "value",
    denominator: str = "denominator",
    by: str | list[str] | tuple[str, ...] = "area",
    chart: str = "p",
    centre: float | None = None,
    minimum: float | None = None,
    out: float = 0.998,
    multiply: float = 1,
    direction: str | None = None,
    aggregate: str | None = None,
) -> Funnel:
    """Areas (wards, trusts, surgeons) compared at one time, allowing for their size.

    `frame` is a pandas, polars or pyarrow table (anything narwhals reads) or a dict of arrays, with a row per area in
    any order. value: column of counts; denominator: column of what they are out of; by: column, or columns, of names.

    chart: "p", a share of all; "u", a rate of events per exposure; "smr", observed over expected (the denominator is
        what was expected).
    centre: what the areas are compared with, in plotted units. Without it all counts over all denominators; 1 on smr.
    minimum: least denominator at which an area is judged; smaller ones are drawn hollow, and count in the centre alone.
    out: 0.998, or 0.95: the limits beyond which an area is out.
    multiply: scales values, centre and limits (per 100, per 1,000).
    direction: which way is better: "increase", "decrease", "neutral" (as None), or a column in which all say the same.
    aggregate: "sum" adds up rows that share an area; without it they are an error.

    A missing number, or a denominator of 0, leaves the area without a value. Limits are exact where the dispersion is
    1 or less or fewer than 10 areas are judged, else additive random effects. Raises BadInput with a sentence that
    names row and column. Source: Spiegelhalter, Statistics in Medicine 24 (2005) 1185-1202; docs/methods/funnel.md.
    """
    by = (by,) if isinstance(by, str) else tuple(by or ())
    _check(by, chart, out, aggregate)
    scale = _number(multiply, "multiply", least=0.0)
    least = 0.0 if minimum is None else _number(minimum, "minimum", least=-1.0)
    given = None if centre is None else _centre(centre, chart, scale)
    read = areas(frame, Wanted(value, denominator, by, chart, direction, aggregate))
    with np.errstate(all="ignore"):  # what overflows or has nothing to divide ends as a missing number
        return Funnel(read, _judged(read, chart, given, least, LEVELS.index(out), scale), value, denominator)


class _Door(ModuleType):
    """The package under the name of its function: whichever was loaded first, `plotthedots.funnel(…)` works."""

    def __call__(self, *arguments: Any, **options: Any) -> Funnel:
        return funnel(*arguments, **options)


sys.modules[__name__].__class__ = _Door


def _judged(read: Areas, chart: str, given: float | None, least: float, level: int, scale: float) -> Judged:
    """The centre, the limits of each area, and which are beyond them."""
    known = read.value == read.value
    centre = _pooled(read, chart) if given is None else given
    drawn = exact(chart, np.where(known, read.denominator, np.nan), centre)
    judged = known & (read.denominator >= least) & (drawn.lower[0] == drawn.lower[0])
    found = spread(chart, read.value[judged], read.denominator[judged], centre)
    wide = bool(judged.sum() >= ENOUGH and found.dispersion > 1)
    used = widened(chart, np.where(known, read.denominator, np.nan), centre, found.tau, drawn) if wide else drawn
    above = judged & (read.value > used.upper)
    below = judged & (read.value < used.lower)
    return Judged(
        chart=chart, centre=centre, given=given is not None, limits=used, wide=wide, spread=found, judged=judged,
        beyond=above.astype(np.int8) - below.astype(np.int8), level=level, minimum=least, multiply=scale,
    )  # fmt: skip


def _pooled(read: Areas, chart: str) -> float:
    """All events over all denominators: 1 for observed over expected, nan where there is nothing."""
    if chart == "smr":
        return 1.0
    known = read.value == read.value
    total: Floats = read.denominator[known]
    return float(read.numerator[known].sum() / total.sum()) if len(total) else math.nan


def _check(by: tuple[str, ...], chart: str, out: Any, aggregate: str | None) -> None:
    if not by:
        raise BadInput("by: found nothing, expected the column that names the areas.")
    if chart not in CHARTS:
        raise BadInput(f'chart: found "{chart}", expected {names(CHARTS)}.')
    if out not in LEVELS:
        raise BadInput(f"out: found {out!r}, expected 0.998 or 0.95.")
    if aggregate not in (None, "sum"):
        raise BadInput(f'aggregate: found "{aggregate}", expected "sum", as counts are added up.')


def _number(given: Any, what: str, *, least: float) -> float:
    number = isinstance(given, (int, float, np.integer, np.floating)) and not isinstance(given, bool)
    if not number or not max(least, -1.0) < given < 1e15 or given < 0:
        raise BadInput(f"{what}: found {given!r}, expected a number {'above 0' if least == 0 else 'of 0 or more'}.")
    return float(given)


def _centre(given: Any, chart: str, scale: float) -> float:
    centre = _number(given, "centre", least=0.0) / scale
    if chart == "p" and centre >= 1:
        raise BadInput(f"centre: found {given!r}, expected a share above 0 and below {scale:g}.")
    return centre
