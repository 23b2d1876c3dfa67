"""How long gains last: Kaplan and Meier's curve with delayed entry, and the log-rank test. Plain arrays in and out.

Sources: Kaplan and Meier, Journal of the American Statistical Association 53 (1958); Greenwood (1926), on the scale of
log(−log S), as Kalbfleisch and Prentice (The Statistical Analysis of Failure Time Data, 1980) give it; delayed entry as
in Klein and Moeschberger, Survival Analysis, 4.6; Mantel, Cancer Chemotherapy Reports 50 (1966).
"""

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from plotthedots.constants import Flags, Floats, Whole

FEWEST = 5  # at risk: the curve begins where so many are
ROUNDING = 1e-12  # a half that is the product of fractions
Z = 1.959963984540054  # of the normal distribution, for 95 %


@dataclass(frozen=True, slots=True)
class Curve:
    """At each time of an event: how many were at risk, events, the share that survives and its 95 % limits.

    The first row is the time from which `FEWEST` are at risk; all shares are of those who survived to it.
    """

    time: Floats
    at_risk: Whole
    events: Whole
    survival: Floats
    lower: Floats
    upper: Floats

    @property
    def median(self) -> float | None:
        """The time by which half are lost; None where the curve does not come down to a half."""
        under = np.flatnonzero(self.survival <= 0.5 + ROUNDING)
        return float(self.time[under[0]]) if len(under) else None


def kaplan_meier(time: Floats, event: Flags, entry: Floats, *, fewest: int = FEWEST) -> Curve | None:
    """The curve of lives watched from `entry` (exclusive) to `time` (inclusive), which ended in an `event` or not.

    None where `fewest` are never at risk together.
    """
    begin = _begin(time, entry, fewest)
    if begin is None:
        return None
    times = np.unique(time[event & (time > begin)])
    at_risk = np.array([_at_risk(time, entry, moment) for moment in times], dtype=np.int64)
    events = np.array([int((event & (time == moment)).sum()) for moment in times], dtype=np.int64)
    kept = 1 - events / np.maximum(at_risk, 1)
    survival = np.cumprod(kept)
    with np.errstate(divide="ignore", invalid="ignore"):
        greenwood = np.cumsum(events / (at_risk * (at_risk - events)))
        log = np.log(survival)
        spread = np.sqrt(greenwood) / np.abs(log)
        hazard = np.log(-log)
        lower, upper = np.exp(-np.exp(hazard + Z * spread)), np.exp(-np.exp(hazard - Z * spread))
    gone = survival == 0
    lower, upper = np.where(gone, np.nan, lower), np.where(gone, np.nan, upper)
    first = int(((entry <= begin) & (time > begin)).sum())
    return Curve(
        np.concatenate([[begin], times]),
        np.concatenate([[first], at_risk]),
        np.concatenate([[0], events]),
        np.concatenate([[1.0], survival]),
        np.concatenate([[1.0], lower]),
        np.concatenate([[1.0], upper]),
    )


def _begin(time: Floats, entry: Floats, fewest: int) -> float | None:
    """The first moment from which `fewest` are watched."""
    for moment in np.unique(entry[time > entry]):
        if ((entry <= moment) & (time > moment)).sum() >= fewest:
            return float(moment)
    return None


def _at_risk(time: Floats, entry: Floats, moment: float) -> int:
    return int(((entry < moment) & (time >= moment)).sum())


class LogRank(NamedTuple):
    """Do groups differ? The statistic, its degrees of freedom, and the chance of one as large if they do not."""

    statistic: float
    degrees: int
    p_value: float


def log_rank(time: Floats, event: Flags, entry: Floats, group: Whole, strata: Whole | None = None) -> LogRank | None:
    """The log-rank test of groups 0, 1, …, summed over strata; None where there is nothing to compare."""
    count = int(group.max()) + 1 if len(group) else 0
    if count < 2:
        return None
    apart, variance = np.zeros(count), np.zeros((count, count))
    strata = np.zeros(len(time), dtype=np.int64) if strata is None else strata
    for stratum in np.unique(strata):
        own = strata == stratum
        for moment in np.unique(time[event & own]):
            here = own & (entry < moment) & (time >= moment)
            at_risk = np.bincount(group[here], minlength=count).astype(np.float64)
            events = np.bincount(group[here & event & (time == moment)], minlength=count)
            n, d = at_risk.sum(), events.sum()
            share = at_risk / n
            apart += events - d * share
            if n > 1:
                variance += d * (n - d) / (n - 1) * (np.diag(share) - np.outer(share, share))
    # One group of those that were ever at risk together follows from the others; where groups never met there are
    # several such sets.
    degrees = int(np.linalg.matrix_rank(variance, hermitian=True))
    if not degrees:
        return None
    statistic = float(apart @ np.linalg.pinv(variance, rcond=1e-12, hermitian=True) @ apart)
    return LogRank(statistic, degrees, chi_square_above(statistic, degrees))


def chi_square_above(value: float, degrees: int) -> float:
    """Chance that a chi-square variable with whole degrees of freedom passes a value (Abramowitz and Stegun 26.4.4–5).

    >>> round(chi_square_above(3.841458820694124, 1), 12)
    0.05
    """
    half = value / 2
    if degrees % 2 == 0:
        terms = [half**power / math.factorial(power) for power in range(degrees // 2)]
        return math.exp(-half) * sum(terms)
    above = math.erfc(math.sqrt(half))
    for power in range((degrees - 1) // 2):
        above += math.exp(-half + (power + 0.5) * math.log(half) - math.lgamma(power + 1.5)) if half > 0 else 0.0
    return above
