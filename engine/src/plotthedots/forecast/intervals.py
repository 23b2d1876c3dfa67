"""How far off a forecast may be: its predictive distribution, from the errors of the back-test by lead.

On the scale of even spread (`bounds.Bounds`) an error is a standard variable times a spread: the size of one-step
errors in the window, times a power of the lead, times what the series' own errors so far were beside that. The
variable is logistic or, with heavier tails, Student's of three degrees of freedom, each as likely as it made the
errors so far. Where nothing is known yet the usual counts, measured on the development series
(docs/methods/forecast.md).
"""

from dataclasses import dataclass
from math import pi, sqrt

import numpy as np

from plotthedots.constants import Flags, Floats, Signs
from plotthedots.forecast.backtest import GROWTH, ORIGINS, Track
from plotthedots.forecast.bounds import Bounds

TYPICAL = 1.0  # mean size of an error at a lead of one beside that of one-step errors, none counted as more than
CAP = 5.6
LIGHT, HEAVY = 0.77, 1.0  # scale of the logistic and the Student variable whose size is, in the mean, 1 and a little
PRIOR = 4.0  # origins that the usual size of errors counts for beside the series' own
NEAR_PRIOR = 3.0  # the same of errors at all leads beside those at leads near by
NEAR = 1.65  # leads near by: up to so many times longer or shorter
POOL_PRIOR = 24.0  # origins of other series that the usual size counts for beside them
DEPENDENT = 0.5  # errors of one origin at h leads are worth this power of h independent ones
EVEN = 0.0  # logarithm of the odds of heavy tails before any error is known
WIDE = 1.6  # what is learnt from too little, or across a break, is taken to be so much less sure


@dataclass(frozen=True, slots=True)
class Continuous:
    """A predictive distribution of each forecast (series first), within bounds.

    `heavy` is the probability of heavy tails; `unit` that by which values step (0 where they are not whole numbers).
    """

    mean: Floats
    spread: Floats
    heavy: Floats
    bounds: Bounds
    unit: Floats

    def limits(self, level: float) -> tuple[Floats, Floats]:
        """Lower and upper limit between which the value lies with the probability `level`."""
        middle, reach = self.bounds.even(self.mean), quantile(level, self.heavy) * self.spread
        return self.bounds.back(middle - reach), self.bounds.back(middle + reach)

    def at_or_beyond(self, target: Floats, better: Signs) -> Floats:
        """Probability of a value at the target or beyond it the better way; nan without a target or a way."""
        shape = (-1,) + (1,) * (self.mean.ndim - 1)
        way, unit = better.reshape(shape).astype(np.float64), self.unit.reshape(shape)
        lower, upper, _, _ = self.bounds.columns(self.mean.ndim)
        # A whole number is at or above 5 where the line that rounds to it is above 4.5.
        step = np.where(unit > 0, unit, 1.0)
        events = np.where(way < 0, np.floor(target / step + 1e-9) + 0.5, np.ceil(target / step - 1e-9) - 0.5)
        line = np.where(unit > 0, events * step, target)
        away = self.bounds.even(line) - self.bounds.even(self.mean)
        beyond = cumulative(way * away / np.maximum(self.spread, np.finfo(np.float64).tiny), self.heavy)
        sure = np.where(way > 0, line <= lower, line >= upper)
        never = np.where(way > 0, target > upper, target < lower)
        chance = np.where(sure, 1.0, np.where(never, 0.0, 1 - beyond))
        return np.asarray(np.where((way != 0) & (target == target), chance, np.nan))


def cumulative(values: Floats, heavy: Floats) -> Floats:
    """Distribution function of a standard error: logistic, or Student's with three degrees of freedom if `heavy`."""
    x = values / HEAVY / sqrt(3)
    student = 0.5 + (x / (1 + x * x) + np.arctan(x)) / pi  # Abramowitz and Stegun 26.7.3
    logistic = 0.5 + 0.5 * np.tanh(values / LIGHT / 2)
    return np.asarray(heavy * student + (1 - heavy) * logistic)


def log_density(values: Floats) -> tuple[Floats, Floats]:
    """Logarithm of the density of a standard error, logistic and Student's."""
    x, y = values / HEAVY, np.abs(values) / LIGHT
    student = np.log(2 / (pi * sqrt(3) * HEAVY)) - 2 * np.log1p(x * x / 3)
    logistic = -y - 2 * np.log1p(np.exp(-y)) - np.log(LIGHT)
    return logistic, student


def quantile(level: float, heavy: Floats) -> Floats:
    """How far from 0 the standard errors of probability `level` around it reach."""
    shares = np.linspace(0.0, 1.0, 129)
    low, high = np.zeros_like(shares), np.full_like(shares, 1.0)
    while (_inside(high, shares) < level).any():
        high *= 2
    for _ in range(60):
        middle = (low + high) / 2
        under = _inside(middle, shares) < level
        low, high = np.where(under, middle, low), np.where(under, high, middle)
    return np.interp(heavy, shares, high)


def _inside(reach: Floats, heavy: Floats) -> Floats:
    return 2 * cumulative(reach, heavy) - 1


def spreads(made: Track, bounds: Bounds, gap: Floats, wide: Flags) -> tuple[Floats, Floats]:
    """Spread of each forecast (series, origins, leads) by what was known at its origin, and how heavy its tails are.

    Series with fewer origins than `ORIGINS` lean on the errors of all series given, the others on none but their own.
    `gap` periods since the last usable value lengthen the leads from now. Series marked `wide` are never taken to be
    surer than usual, nor their one-step errors smaller than the deviation of their values.
    """
    made.noise[wide, -1] = np.maximum(made.noise, made.deviation[:, None])[wide, -1]
    leads = np.arange(1, made.means.shape[2] + 1)
    even = made.noise * bounds.slope(made.means[:, :, 0], made.noise)
    size = even[:, :, None] * leads**GROWTH
    error = np.abs(bounds.even(made.actual) - bounds.even(made.means))
    beside = np.divide(error, size, out=np.full_like(error, np.nan), where=size > 0)
    factor = _factor(made, np.minimum(beside, CAP), made.origins >= ORIGINS)
    heavy = _heavy(made, beside / factor)
    factor[wide, -1] = np.maximum(factor[wide, -1], 1.0) * WIDE
    heavy[wide, -1] = 1.0
    longer = np.ones_like(size)
    longer[:, -1] = ((leads + gap[:, None]) / leads) ** GROWTH
    return size * factor * longer, heavy


def _heavy(made: Track, standard: Floats) -> Floats:
    """Probability of heavy tails at each origin (series, origins, 1): how likely both tails made the errors so far."""
    logistic, student = log_density(standard)
    evidence, _ = made.so_far((student - logistic) / made.means.shape[2] ** DEPENDENT)
    return np.asarray(0.5 + 0.5 * np.tanh((evidence + EVEN) / 2))[:, :, None]


def _factor(made: Track, beside: Floats, alone: Flags) -> Floats:
    """How large the errors known at each origin were beside the usual (series, origins, leads), shrunk towards it."""
    horizon = beside.shape[2]
    sums, counts = made.so_far(beside)
    origins = counts / horizon
    pooled = (POOL_PRIOR + sums.sum(axis=0) / horizon / TYPICAL) / (POOL_PRIOR + origins.sum(axis=0))
    usual = np.where(alone[:, None], 1.0, pooled)
    overall = (PRIOR * usual + sums / horizon / TYPICAL) / (PRIOR + origins)
    factor = np.empty_like(beside)
    for lead in range(horizon):
        near = _near(lead + 1, horizon)
        here = np.where(near, beside, np.nan)
        sums, counts = made.so_far(here)
        sums, counts = sums / near.sum(), counts / near.sum()
        factor[:, :, lead] = (NEAR_PRIOR * overall + sums / TYPICAL) / (NEAR_PRIOR + counts)
    return factor


def _near(lead: int, horizon: int) -> Flags:
    leads = np.arange(1, horizon + 1)
    return np.asarray((leads <= lead * NEAR) & (lead <= leads * NEAR))
