"""A funnel as arguments of its drawing and of its sentences."""

from typing import TYPE_CHECKING, Any

import numpy as np

from plotthedots.constants import Floats, Signs
from plotthedots.funnel import words
from plotthedots.funnel.areas import Areas
from plotthedots.funnel.limits import Limits, exact, transformed, widened

if TYPE_CHECKING:
    from plotthedots.funnel.result import Judged

LEVELS_TOLD = ("95%", "99.8%")
STEPS = 120  # places at which the lines of a drawing are worked out


def told(read: Areas, made: "Judged") -> words.Told:
    """What there is to say."""
    names = spoken(read)
    far = far_out(read, made)
    order = np.argsort(-far, kind="stable")
    known = read.value == read.value
    lower = made.limits.lower[made.level][made.judged]
    return words.Told(
        areas=len(names), valued=int(known.sum()), judged=int(made.judged.sum()), centre=made.centre * made.multiply,
        given=made.given, chart=made.chart, level=LEVELS_TOLD[made.level],
        high=[names[row] for row in order if made.out[row] > 0], low=[names[row] for row in order if made.out[row] < 0],
        expected=expected(made, made.level), dispersion=made.spread.dispersion, wide=made.wide, better=read.better,
        percent=percent(made), whole=read.whole, lowless=float((lower <= 0).mean()) if len(lower) else 0.0,
    )  # fmt: skip


def expected(made: "Judged", level: int) -> float:
    """How many of the judged areas chance alone puts beyond the limits of a level, were all alike."""
    return float(made.limits.chance[level][made.judged].sum())


def far_out(read: Areas, made: "Judged") -> Floats:
    """How far each area is from the centre, in standard deviations; 0 where it has no value."""
    sigma = np.sqrt(
        0.25 / np.where(read.denominator > 0, read.denominator, np.nan) + (made.spread.tau**2 if made.wide else 0)
    )
    far = np.abs(transformed(made.chart, read.value) - transformed(made.chart, np.array(made.centre))) / sigma
    return np.where(far == far, far, 0.0)


def spoken(read: Areas) -> list[str]:
    """Names of the areas as a person reads them."""
    return [" · ".join(map(str, name)) if isinstance(name, tuple) else str(name) for name in read.labels]


def percent(made: "Judged") -> bool:
    """Whether values are shares, shown as percentages."""
    return made.chart == "p" and made.multiply == 1


def arguments(read: Areas, made: "Judged", value: str, denominator: str) -> dict[str, Any]:
    """Arguments of `svg.funnel`."""
    at = _places(read, made)
    curves = exact(made.chart, at, made.centre)
    inner = curves if made.wide else None
    if made.wide:
        curves = widened(made.chart, at, made.centre, made.spread.tau, curves)
    return {
        "size": read.denominator,
        "value": read.value * made.multiply,
        "point": _point(made.out, read.better, read.value == read.value),
        "judged": made.judged,
        "names": spoken(read),
        "far": far_out(read, made),
        "at": at,
        "centre": made.centre * made.multiply,
        "lower": _lines(curves, made)[0],
        "upper": _lines(curves, made)[1],
        "faint": None if inner is None else _lines(inner, made),
        "percent": percent(made),
        "size_title": _plain(denominator),
        "value_title": _title(made, _plain(value), _plain(denominator)),
        "centre_title": "Centre" if made.given else "Expected" if made.chart == "smr" else "Average",
    }


def _lines(limits: Limits, made: "Judged") -> tuple[Floats, Floats]:
    return limits.lower * made.multiply, limits.upper * made.multiply


def _point(out: Signs, better: int, known: Any) -> Signs:
    """Codes of points as control charts have them: 1 improvement, 2 concern, 3 high, 4 low, −1 missing."""
    judged = np.where(out * better > 0, 1, 2) if better else np.where(out > 0, 3, 4)
    return np.where(known, np.where(out == 0, 0, judged), -1).astype(np.int8)


def _places(read: Areas, made: "Judged") -> Floats:
    """Denominators at which the lines are drawn: closer where they bend, whole numbers on p."""
    sizes = read.denominator[(read.value == read.value) & (read.denominator > 0)]
    if not len(sizes):
        return np.zeros(0)
    last = float(sizes.max()) * 1.04
    first = min(float(sizes.min()), last / 60)
    at = np.geomspace(first, last, STEPS)
    return np.unique(np.maximum(np.round(at), 1.0)) if made.chart == "p" else at


def _plain(column: str) -> str:
    return column.replace("_", " ")


def _title(made: "Judged", value: str, denominator: str) -> str:
    """What the values are."""
    if made.chart == "smr":
        return f"{value} over {denominator}" + (f", times {made.multiply:,.10g}" if made.multiply != 1 else "")
    if percent(made):
        return f"{value} as a share of {denominator}"
    return f"{value} per {made.multiply:,.10g} {denominator}" if made.multiply != 1 else f"{value} per {denominator}"
