"""Between which bounds values lie, and the scale on which their spread is even.

Counts are taken by their square root and proportions by the arcsine of theirs, as their spread is then about the
same at every level (Anscombe, Biometrika 35, 1948). Forecasts are made on the scale of the values; only their
uncertainty is measured here, so that limits never pass a bound and lean the way the data lean.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from plotthedots.constants import Flags, Floats


@dataclass(frozen=True, slots=True)
class Bounds:
    """Lowest and highest possible value of each series (−inf, inf: none)."""

    lower: Floats
    upper: Floats

    def take(self, rows: Any) -> "Bounds":
        return Bounds(self.lower[rows], self.upper[rows])

    def scaled(self, scale: Floats) -> "Bounds":
        return Bounds(self.lower * scale, self.upper * scale)

    def columns(self, dimensions: int) -> tuple[Floats, Floats, Flags, Flags]:
        """Both bounds and whether they are there, shaped to go with an array of so many dimensions."""
        shape = (-1,) + (1,) * (dimensions - 1)
        lower, upper = self.lower.reshape(shape), self.upper.reshape(shape)
        return lower, upper, np.isfinite(lower), np.isfinite(upper)

    def clip(self, values: Floats) -> Floats:
        lower, upper, _, _ = self.columns(values.ndim)
        return np.asarray(np.clip(values, lower, upper))

    def even(self, values: Floats) -> Floats:
        """Values (series first) on the scale of even spread; what lies beyond a bound is taken as on it."""
        lower, upper, above, below = self.columns(values.ndim)
        inside = self.clip(values)
        from_below = np.sqrt(inside - np.where(above, lower, inside))
        from_above = -np.sqrt(np.where(below, upper, inside) - inside)
        width = np.where(above & below, upper - lower, 1.0)
        between = np.arcsin(np.clip(from_below / np.sqrt(width), 0.0, 1.0))
        return _by_kind(above, below, inside, from_below, from_above, between)

    def back(self, evened: Floats) -> Floats:
        """From the scale of even spread to that of values, within the bounds."""
        lower, upper, above, below = self.columns(evened.ndim)
        from_below = np.where(above, lower, 0.0) + np.maximum(evened, 0.0) ** 2
        from_above = np.where(below, upper, 0.0) - np.minimum(evened, 0.0) ** 2
        width = np.where(above & below, upper - lower, 1.0)
        between = np.where(above, lower, 0.0) + width * np.sin(np.clip(evened, 0.0, np.pi / 2)) ** 2
        return _by_kind(above, below, evened, from_below, from_above, between)

    def slope(self, values: Floats, noise: Floats) -> Floats:
        """How much the even scale changes for a small change of the value, no nearer to a bound than the noise."""
        lower, upper, above, below = self.columns(values.ndim)
        low = np.maximum(np.where(above, values - lower, 1.0), noise)
        high = np.maximum(np.where(below, upper - values, 1.0), noise)
        least = np.finfo(np.float64).tiny
        from_below, from_above = 0.5 / np.sqrt(np.maximum(low, least)), 0.5 / np.sqrt(np.maximum(high, least))
        between = 0.5 / np.sqrt(np.maximum(low * high, least))
        return _by_kind(above, below, np.ones_like(values), from_below, from_above, between)


def _by_kind(above: Flags, below: Flags, free: Floats, low: Floats, high: Floats, both: Floats) -> Floats:
    return np.asarray(np.where(above, np.where(below, both, low), np.where(below, high, free)))
