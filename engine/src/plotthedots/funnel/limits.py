"""Limits of a funnel: exact ones of counts, and those that allow for areas differing by more than chance.

Spiegelhalter, Funnel plots for comparing institutional performance, Statistics in Medicine 24 (2005) 1185-1202.
"""

import math
from dataclasses import dataclass
from functools import lru_cache
from statistics import NormalDist

import numpy as np

from plotthedots.constants import Floats

LEVELS = (0.95, 0.998)
WINSORISED = 0.1  # of the z-scores on each side
ENOUGH = 10  # areas, from which their spread can be told
LARGE = 1_000.0  # standard deviation in events, beyond which the normal with its skewness is within 0.001 events
REACH = 12.0  # standard deviations: what lies beyond has a chance of 10⁻³⁰


@dataclass(frozen=True, slots=True)
class Limits:
    """In shares or rates, (levels, areas); `chance`: that an area like the others is beyond either limit."""

    lower: Floats
    upper: Floats
    chance: Floats


@dataclass(frozen=True, slots=True)
class Spread:
    """How far areas differ: `dispersion` is 1 where by chance alone; `tau`, between areas, on the transformed scale."""

    dispersion: float
    tau: float


def exact(chart: str, denominator: Floats, centre: float) -> Limits:
    """Binomial (p) or Poisson limits for each denominator; nan where nothing can vary or nothing is known.

    The count whose tail first reaches the chance asked for, less what it goes beyond it as a share of the count's own
    probability; from below for the lower limit, from above for the upper. A whole number of events is beyond a limit
    exactly where its own tail is below that chance.
    """
    highest = 1.0 if chart == "p" else math.inf
    made = np.full((3, len(LEVELS), len(denominator)), np.nan)
    if 0 < centre < highest:
        for place, n in enumerate(denominator.tolist()):
            if n > 0:
                made[:, :, place] = _of_one(chart, n, centre)
        made[:2] /= denominator
    return Limits(*made)


@lru_cache(maxsize=4096)  # areas of one size, and charts drawn again
def _of_one(chart: str, n: float, centre: float) -> tuple[tuple[float, ...], ...]:
    """Lower and upper limits in events, and the chance of being beyond, each level's."""
    mean = n * centre
    share = centre if chart == "p" else 0.0
    sigma = math.sqrt(mean * (1 - share))
    if sigma > LARGE:
        found = [_by_normal(mean, sigma, share, (1 - level) / 2) for level in LEVELS]
    else:
        counts, chances = _distribution(n if chart == "p" else math.inf, centre, mean, sigma)
        found = [_by_summing(counts, chances, (1 - level) / 2) for level in LEVELS]
    most = n if chart == "p" else math.inf
    return (
        tuple(max(low, 0.0) for low, _, _ in found),
        tuple(min(high, most) for _, high, _ in found),
        tuple(chance for _, _, chance in found),
    )


def _distribution(n: float, share: float, mean: float, sigma: float) -> tuple[Floats, Floats]:
    """Counts about the mean and their probabilities, by the ratio of each to the one before: Poisson where n is inf."""
    first = max(math.floor(mean - REACH * (sigma + 1)), 0)
    last = min(math.ceil(mean + REACH * (sigma + 3)), n)
    counts = np.arange(first, math.floor(last) + 1, dtype=np.float64)
    after = counts[1:]
    if math.isinf(n):
        steps = np.log(mean / after)
    else:
        steps = np.log((n - after + 1) / after) + math.log(share) - math.log1p(-share)
    logs = np.concatenate([[0.0], np.cumsum(steps)])
    chances = np.exp(logs - logs.max())
    return counts, chances / chances.sum()


def _by_summing(counts: Floats, chances: Floats, tail: float) -> tuple[float, float, float]:
    below, above = np.cumsum(chances), np.cumsum(chances[::-1])
    low, high = int(np.searchsorted(below, tail)), int(np.searchsorted(above, tail))
    lower = counts[low] - (below[low] - tail) / chances[low]
    upper = counts[-1 - high] + (above[high] - tail) / chances[-1 - high]
    beyond = (below[low - 1] if low else 0.0) + (above[high - 1] if high else 0.0)
    return float(lower), float(upper), float(beyond)


def _by_normal(mean: float, sigma: float, share: float, tail: float) -> tuple[float, float, float]:
    """The same for very large counts: the normal with the first term for skewness (Cornish and Fisher)."""
    z = NormalDist().inv_cdf(1 - tail)
    skewed = mean + (z * z - 1) * (1 - 2 * share) / 6
    return skewed - z * sigma - 0.5, skewed + z * sigma + 0.5, 2 * tail


def spread(chart: str, value: Floats, denominator: Floats, centre: float) -> Spread:
    """Dispersion and variance between areas, by winsorised z-scores (appendix A.3 of the paper).

    τ² = (I φ − (I − 1)) / (Σw − Σw²/Σw), w the inverse variances, as DerSimonian and Laird (1986).
    """
    count = len(value)
    if count < 2 or not 0 < centre < (1.0 if chart == "p" else math.inf):
        return Spread(math.nan, math.nan)
    weight = 4.0 * denominator
    scores = (transformed(chart, value) - transformed(chart, np.array(centre))) * np.sqrt(weight)
    scores = np.clip(scores, *np.quantile(scores, [WINSORISED, 1 - WINSORISED]))
    dispersion = float(np.mean(scores**2))
    total = float(weight.sum())
    variance = (count * dispersion - (count - 1)) / (total - float((weight**2).sum()) / total)
    return Spread(dispersion, math.sqrt(max(variance, 0.0)))


def widened(chart: str, denominator: Floats, centre: float, tau: float, inner: Limits) -> Limits:
    """Limits with the variance between areas added to that of chance, on the transformed scale.

    Never within the exact ones, `inner`: where few events are expected the normal is too narrow towards 0 and 1.
    """
    sigma = np.sqrt(0.25 / np.where(denominator > 0, denominator, np.nan) + tau**2)
    z = np.array([[NormalDist().inv_cdf((1 + level) / 2)] for level in LEVELS])
    middle = transformed(chart, np.array(centre))
    chance = np.array([[1 - level] for level in LEVELS]) + 0.0 * sigma
    lower, upper = _back(chart, middle - z * sigma), _back(chart, middle + z * sigma)
    return Limits(np.fmin(lower, inner.lower), np.fmax(upper, inner.upper), chance)


def transformed(chart: str, value: Floats) -> Floats:
    """To a scale on which chance is alike at every level: variance 1/4n for a share and for a rate."""
    root = np.sqrt(value)
    return np.arcsin(np.minimum(root, 1.0)) if chart == "p" else root


def _back(chart: str, value: Floats) -> Floats:
    if chart == "p":
        return np.asarray(np.sin(np.clip(value, 0.0, math.pi / 2)) ** 2)
    return np.asarray(np.maximum(value, 0.0) ** 2)
