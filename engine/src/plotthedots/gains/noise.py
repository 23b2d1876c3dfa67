"""What a measure does by itself: a mixture of models of noise, and one filter for all of them.

A value is a level, plus a part that drifts (autoregressive, a share `SHARE` of the variance, with the correlation
`KEPT` from period to period), plus white noise. Which of the models of the grid a series follows is not chosen but
weighed by how likely each made the data: ordinary autocorrelation, slow drift under noise, and near random walks are
all in it. Real series need the latter two: a model of first-order autocorrelation alone takes slow drift for a gain.
"""

from dataclasses import dataclass

import numpy as np

from plotthedots.constants import Flags, Floats

_MODELS = [(0.0, 0.0)] + [(share, kept) for kept in (0.3, 0.6, 0.8, 0.9, 0.97) for share in (0.25, 0.5, 0.75, 1.0)]
SHARE = np.array([share for share, _ in _MODELS])
KEPT = np.array([kept for _, kept in _MODELS])
WHITE = 0.3  # odds of pure white noise before any data; the other models share the rest,
SLOW = 0.5  # those that drift slowly (0.9 and more) half as likely each as the others
_LIKELY = np.where(SHARE == 0, 0.0, np.where(KEPT >= 0.9, SLOW, 1.0))
PRIOR = np.log(np.where(SHARE == 0, WHITE, (1 - WHITE) * _LIKELY / _LIKELY.sum()))
NEAR_RANDOM_WALK: Flags = (KEPT > 0.95) & (SHARE >= 0.75)


@dataclass(slots=True)
class Filter:
    """One-step prediction errors of columns that are known a period at a time (Kalman's filter, all models at once).

    Arrays are (columns, series, models); a variance is in units of the variance of the noise.
    """

    predicted: Floats
    variance: Floats

    @classmethod
    def begin(cls, columns: int, series: int) -> "Filter":
        shape = (series, len(SHARE))
        return cls(np.zeros((columns, *shape)), np.broadcast_to(SHARE, shape).copy())

    def step(self, values: Floats, there: Flags, white: Floats) -> tuple[Floats, Floats]:
        """Errors of the columns' values (columns, series) and the inverse of their variance, 0 where none is there.

        `white` is the variance of this period's white noise beside the usual one (series).
        """
        errors = values[:, :, None] - self.predicted
        total = self.variance + (1 - SHARE) * white[:, None]
        inverse = there[:, None] / total
        gain = self.variance * inverse
        self.predicted += gain * errors
        self.predicted *= KEPT
        self.variance *= KEPT**2 * (1 - gain)
        self.variance += SHARE * (1 - KEPT**2)
        return errors, inverse


def mixed(log_weights: Floats) -> Floats:
    """Weights of the models, a row each, that add up to 1."""
    weights = np.exp(log_weights - log_weights.max(axis=-1, keepdims=True))
    return np.asarray(weights / weights.sum(axis=-1, keepdims=True))


def log_sum(log_weights: Floats) -> Floats:
    """Logarithm of the sum over models."""
    highest = log_weights.max(axis=-1)
    return np.asarray(highest + np.log(np.exp(log_weights - highest[..., None]).sum(axis=-1)))


def mean_variance(values: int) -> Floats:
    """Variance of the mean of so many neighbouring values under each model."""
    apart = np.arange(1, values)
    correlated = 1 + 2 * ((1 - apart / values) * KEPT[:, None] ** apart).sum(axis=1)
    return np.asarray((SHARE * correlated + 1 - SHARE) / values)


def lag_one(weights: Floats) -> Floats:
    """Correlation from one period to the next."""
    return np.asarray((weights * SHARE * KEPT).sum(axis=-1))
