"""Three levels at once: before the claim, established, and since the monitor left zero.

What came since says as much of the noise as what came before, and so of how sure the levels are: the share of a gain
that is left is measured with all of it.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from plotthedots.constants import Flags, Floats
from plotthedots.gains.evidence import Sums
from plotthedots.gains.noise import PRIOR, mixed

TINY = 1e-12


@dataclass(slots=True)
class Since:
    """Sums of squares and products of the step since the monitor left zero: with the values, the level, the step at
    the claim, and itself."""

    y: Floats
    l: Floats  # noqa: E741 - the level, as in `Sums`
    s: Floats
    r: Floats

    @classmethod
    def none(cls, series: int) -> "Since":
        return cls(*(np.zeros((series, len(PRIOR))) for _ in cls.__slots__))

    def add(self, errors: Floats, inverse: Floats) -> None:
        value, level, step, since = errors[:4]
        self.y += value * since * inverse
        self.l += level * since * inverse
        self.s += step * since * inverse
        self.r += since * since * inverse

    def restart(self, which: Flags) -> None:
        for name in Since.__slots__:
            getattr(self, name)[which] = 0


@dataclass(slots=True)
class Left:
    """By comparison: the change established and how far the level now lies above the one before, over the models."""

    under: Floats
    above: Floats
    var_under: Floats
    var_above: Floats
    together: Floats


def left(sums: Sums, since: Since, which: Flags, spread: float) -> Left:
    """The levels of the comparisons `which`; the change has a normal prior of `spread` standard deviations of noise."""
    product = np.empty((int(which.sum()), len(PRIOR), 3, 3))
    for row, column, part in (
        (0, 0, sums.ll), (0, 1, sums.ls), (0, 2, since.l), (1, 1, sums.ss + spread**-2),
        (1, 2, since.s), (2, 2, since.r + TINY),
    ):  # fmt: skip
        product[..., row, column] = product[..., column, row] = part[which]
    target = np.stack([sums.y1[which], sums.ys[which], since.y[which]], axis=-1)
    inverse = np.linalg.inv(product)
    found = (inverse @ target[..., None])[..., 0]
    freedom = np.maximum(sums.count[which] - 2, 1)
    squares = np.maximum(sums.yy[which] - (found * target).sum(axis=-1), TINY)
    _, size = np.linalg.slogdet(product)
    weights = mixed(PRIOR - (sums.log_variance[which] + size + freedom * np.log(squares)) / 2)
    scale = squares / np.maximum(freedom - 2, 1)  # variance of Student's distribution

    def mean(of: Floats) -> Floats:
        return np.asarray((weights * of).sum(axis=1))

    def covariance(first: Floats, second: Floats, own: Any) -> Floats:
        return mean(own * scale + first * second) - mean(first) * mean(second)

    under = found[..., 1]
    above = under + found[..., 2]
    step, last, both = inverse[..., 1, 1], inverse[..., 2, 2], inverse[..., 1, 2]
    return Left(
        mean(under), mean(above), covariance(under, under, step), covariance(above, above, step + last + 2 * both),
        covariance(under, above, step + both),
    )  # fmt: skip
