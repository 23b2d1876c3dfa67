"""Did the level change at the date of the claim? A sequential test, and how large the change is.

Of each comparison the test weighs two accounts of the values so far: one level throughout, or a better one since the
claim. Their ratio (a Bayes factor) may be looked at after every value: where nothing changed it ever passes 1/a in a
share a of cases at most, whatever the look, on average over the models of noise (Ville 1939; Robbins, Annals of
Mathematical Statistics 41, 1970). The level before has a flat prior, the variance Jeffreys', the change in units of
the noise a half-normal one of spread `SPREAD` (docs/methods/gains.md).
"""

from dataclasses import dataclass

import numpy as np

from plotthedots.constants import Floats
from plotthedots.gains.noise import NEAR_RANDOM_WALK, PRIOR, Filter, lag_one, log_sum, mixed

SPREAD = 1.5  # of the change that is looked for, in standard deviations of the noise
TINY = 1e-12


@dataclass(slots=True)
class Sums:
    """Weighted sums of squares and products of the values y, the level 1 and the step s, by comparison and model."""

    yy: Floats
    y1: Floats
    ys: Floats
    ll: Floats
    ls: Floats
    ss: Floats
    log_variance: Floats
    count: Floats

    @classmethod
    def none(cls, series: int) -> "Sums":
        return cls(*(np.zeros((series, len(PRIOR) if name != "count" else 1)) for name in cls.__slots__))

    def add(self, errors: Floats, inverse: Floats) -> None:
        value, level, step = errors[:3]
        self.yy += value * value * inverse
        self.y1 += value * level * inverse
        self.ys += value * step * inverse
        self.ll += level * level * inverse
        self.ls += level * step * inverse
        self.ss += step * step * inverse
        self.log_variance -= np.where(inverse > 0, np.log(np.maximum(inverse, TINY)), 0.0)
        self.count += inverse[:, :1] > 0


@dataclass(slots=True)
class Change:
    """What is known of a change: by comparison and model, its mean, scale (of Student's t), degrees of freedom, and
    the logarithm of how likely the model made the data, without and with the change."""

    mean: Floats
    scale: Floats
    freedom: Floats
    without: Floats
    given: Floats

    @property
    def log_odds(self) -> Floats:
        return np.asarray(log_sum(self.given) - log_sum(self.without))

    @property
    def weights(self) -> Floats:
        return mixed(self.given)

    def moments(self) -> tuple[Floats, Floats]:
        """Mean and standard deviation over the models."""
        weights = self.weights
        mean = (weights * self.mean).sum(axis=1)
        wider = self.freedom / np.maximum(self.freedom - 2, 1)
        square = (weights * (self.scale**2 * wider + self.mean**2)).sum(axis=1)
        return mean, np.sqrt(np.maximum(square - mean**2, 0))


def change(sums: Sums, spread: float = SPREAD) -> Change:
    """The change that the sums speak of, its prior a half-normal one of `spread`; better is up."""
    freedom = np.maximum(sums.count - 1, 1)
    left = np.maximum(sums.yy - sums.y1**2 / sums.ll, TINY)
    product = sums.ys - sums.ls * sums.y1 / sums.ll
    weight = np.maximum(sums.ss - sums.ls**2 / sums.ll, 0)
    shrunk = weight + spread**-2
    explained = np.minimum(product**2 / (shrunk * left), 1 - TINY)
    without = PRIOR - (sums.log_variance + np.log(sums.ll) + freedom * np.log(left)) / 2
    mean = product / shrunk
    scale = np.sqrt(left * (1 - explained) / freedom / shrunk)
    better = np.log(2 * np.maximum(below(mean / scale, freedom), 1e-300))
    given = without - np.log1p(spread**2 * weight) / 2 - freedom / 2 * np.log1p(-explained) + better
    return Change(mean, scale, freedom, without, given)


def below(values: Floats, freedom: Floats) -> Floats:
    """Student's distribution function, to about a thousandth (Wallace 1959; Page 1977): for the sign of a change."""
    normal = np.sign(values) * np.sqrt(np.maximum(freedom - 0.5, 0.5) * np.log1p(values**2 / freedom))
    return np.asarray(0.5 + 0.5 * np.tanh(np.sqrt(2 / np.pi) * (normal + 0.044715 * normal**3)))


@dataclass(slots=True)
class Evidence:
    """By comparison and period since the claim: logarithm of the odds for a change, its size, the noise."""

    log_odds: Floats
    mean: Floats
    spread: Floats
    correlation: Floats  # from one period to the next, without what the change explains
    stock: Floats  # probability that the noise is nearly a random walk

    @property
    def highest(self) -> Floats:
        """The highest odds so far."""
        return np.asarray(np.fmax.accumulate(self.log_odds, axis=1))


def evidence(values: Floats, white: Floats, before: int) -> Evidence:
    """Evidence at each period from column `before` on, from the periods up to it alone.

    `values` (comparisons, periods), better is up, centred on the level before, nan where missing; `white` the
    variance of each value's own noise beside the usual.
    """
    series, periods = values.shape
    made = [np.full((series, periods - before), np.nan) for _ in range(5)]
    filtered, sums = Filter.begin(3, series), Sums.none(series)
    there = values == values
    known = np.where(there, values, 0.0)
    one = np.ones(series)
    for period in range(periods):
        columns = np.stack([known[:, period], one, np.full(series, float(period >= before))])
        sums.add(*filtered.step(columns, there[:, period], white[:, period]))
        if period < before:
            continue
        found = change(sums)
        weights = found.weights
        mean, spread = found.moments()
        seen = (found.log_odds, mean, spread, lag_one(weights), stock(weights))
        for target, column in zip(made, seen, strict=True):
            target[:, period - before] = column
    return Evidence(*made)


def stock(weights: Floats) -> Floats:
    """Probability of the models that are nearly random walks, as those of waiting lists are."""
    return np.asarray(weights[..., NEAR_RANDOM_WALK].sum(axis=-1))
