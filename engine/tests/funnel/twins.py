"""The limits of a funnel as plainly as they can be written: whole probabilities by fractions, loops, no arrays."""

import math
from fractions import Fraction
from statistics import NormalDist


def binomial(n: int, share: Fraction) -> list[Fraction]:
    """Chances of 0 … n events of n."""
    return [math.comb(n, count) * share**count * (1 - share) ** (n - count) for count in range(n + 1)]


def poisson(mean: float) -> list[Fraction]:
    """Chances of 0, 1, … events, as far as they matter."""
    last = int(mean + 40 * (math.sqrt(mean) + 1))
    return [Fraction(math.exp(count * math.log(mean) - mean - math.lgamma(count + 1))) for count in range(last)]


def limits(chances: list[Fraction], tail: Fraction) -> tuple[float, float]:
    """Lower and upper limit in events: interpolated between counts, each from its own end."""
    return _from_below(chances, tail), len(chances) - 1 - _from_below(chances[::-1], tail)


def _from_below(chances: list[Fraction], tail: Fraction) -> float:
    total = Fraction(0)
    for count, chance in enumerate(chances):
        total += chance
        if total >= tail:
            return max(float(count - (total - tail) / chance), 0.0)
    raise AssertionError("the chances do not add up to the tail")


def out(chances: list[Fraction], count: int, tail: Fraction) -> int:
    """Whether a count is so far out that its own tail is rarer than asked for."""
    if sum(chances[: count + 1]) < tail:
        return -1
    return int(sum(chances[count:]) < tail)


def spread(chart: str, pairs: list[tuple[float, float]], centre: float) -> tuple[float, float]:
    """Dispersion and variance between areas of (events, denominator), a tenth of z-scores winsorised on each side."""

    def moved(value: float) -> float:
        return math.asin(math.sqrt(value)) if chart == "p" else math.sqrt(value)

    scores = [(moved(events / n) - moved(centre)) * 2 * math.sqrt(n) for events, n in pairs]
    low, high = quantile(scores, 0.1), quantile(scores, 0.9)
    kept = [min(max(score, low), high) for score in scores]
    count = len(pairs)
    dispersion = sum(score * score for score in kept) / count
    weights = [4 * n for _, n in pairs]
    total = sum(weights)
    variance = (count * dispersion - (count - 1)) / (total - sum(weight**2 for weight in weights) / total)
    return dispersion, max(variance, 0.0)


def quantile(values: list[float], share: float) -> float:
    """Between the two nearest, as R's type 7."""
    ranked = sorted(values)
    place = share * (len(ranked) - 1)
    low = int(place)
    high = min(low + 1, len(ranked) - 1)
    return ranked[low] + (place - low) * (ranked[high] - ranked[low])


def widened(chart: str, n: float, centre: float, variance: float, level: float) -> tuple[float, float]:
    """Limits that allow for variance between areas, as shares or rates."""
    reach = NormalDist().inv_cdf((1 + level) / 2) * math.sqrt(1 / (4 * n) + variance)
    if chart == "p":
        middle = math.asin(math.sqrt(centre))
        ends = max(middle - reach, 0.0), min(middle + reach, math.pi / 2)
        return math.sin(ends[0]) ** 2, math.sin(ends[1]) ** 2
    return max(math.sqrt(centre) - reach, 0.0) ** 2, (math.sqrt(centre) + reach) ** 2
