"""Stretches of a flat array: sums, means and medians of each without a loop."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from plotthedots.constants import Flags, Floats, Whole


@dataclass(frozen=True, slots=True)
class Segments:
    """Where each stretch of a flat array begins and how long it is (a stretch may be empty)."""

    starts: Whole
    lengths: Whole

    @classmethod
    def of(cls, lengths: Whole) -> "Segments":
        starts = np.cumsum(lengths)
        starts -= lengths
        return cls(starts, lengths)

    @property
    def rows(self) -> int:
        return int(self.starts[-1] + self.lengths[-1]) if len(self.starts) else 0

    def keeping(self, mask: Flags) -> "Segments":
        """The same stretches once the rows outside `mask` are taken away."""
        return Segments.of(self.count(mask))

    def sum(self, values: Floats) -> Floats:
        full = self.lengths > 0
        if full.all():
            return np.add.reduceat(values, self.starts) if len(self.starts) else np.zeros(0)
        sums = np.zeros(len(self.starts))
        if full.any():
            sums[full] = np.add.reduceat(values, self.starts[full])
        return sums

    def count(self, mask: Flags) -> Whole:
        running = np.zeros(len(mask) + 1, dtype=np.int64)
        np.cumsum(mask, out=running[1:])
        counts: Whole = running[self.starts + self.lengths] - running[self.starts]
        return counts

    def spread(self, per_segment: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """One value a stretch, repeated on each of its rows."""
        return np.repeat(per_segment, self.lengths)

    def first(self) -> Flags:
        """True on the first row of each stretch."""
        mask = np.zeros(self.rows, dtype=np.bool_)
        mask[self.starts[self.lengths > 0]] = True
        return mask

    def mean(self, values: Floats) -> Floats:
        """Two-pass mean of each stretch, nan left out; nan where nothing is left.

        The second pass adds the mean of the residuals: it settles ties as R's 80-bit mean does.
        """
        holes = np.flatnonzero(values != values)
        n = self.lengths
        if len(holes):
            values = values.copy()
            values[holes] = 0.0
            n = n - np.bincount(np.searchsorted(self.starts + self.lengths, holes, side="right"), minlength=len(n))
        means = self.sum(values) / n
        residuals = values - self.spread(means)
        residuals[holes] = 0.0
        means += self.sum(residuals) / n
        return np.asarray(means)

    def median(self, values: Floats) -> Floats:
        """Median of each stretch, nan left out; nan where nothing is left."""
        owner = np.repeat(np.arange(len(self.lengths)), self.lengths)
        there = values == values
        n = self.count(there)
        values, owner = values[there], owner[there]
        values = values[np.lexsort((values, owner))]
        starts = np.cumsum(n) - n
        medians = np.full(len(n), np.nan)
        full = n > 0
        low = starts[full] + (n[full] - 1) // 2
        high = starts[full] + n[full] // 2
        medians[full] = (values[low] + values[high]) / 2
        return medians
