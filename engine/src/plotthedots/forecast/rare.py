"""Rare events: counts of a few a period, forecast as counts and not as measurements.

A rate that forgets slowly, and a negative binomial count around it: Poisson, made wider by what is not known of the
rate and by what the counts varied beyond Poisson.
"""

from dataclasses import dataclass

import numpy as np

from plotthedots.constants import Flags, Floats, Signs

FEWER_THAN = 5.0  # events a period, in the mean, that are called rare: above, a count is near enough to normal
FORGETTING = (0.02, 0.05, 0.1, 0.2)  # weight that the rate gives the latest period
HALF = 0.5  # events added to those seen, as Jeffreys' prior for a rate has it
STEADY = 12.0  # periods that Poisson counts are worth when the dispersion is judged
DEEPEST = 400  # counts whose probability is computed


@dataclass(frozen=True, slots=True)
class Counts:
    """Predictive distribution of counts (any shape), each event worth `unit` in the value; series come first."""

    mean: Floats
    size: Floats  # of the negative binomial: the smaller, the wider
    unit: Floats

    def _cumulative(self) -> Floats:
        """Probability of up to 0, 1, 2 … events, along a last axis."""
        share = self.mean / (self.mean + self.size)
        deviation = np.sqrt(self.mean + self.mean**2 / self.size)
        deepest = int(min(DEEPEST, 30 + 12 * np.ceil(np.max(deviation + self.mean, initial=0.0))))
        made = np.empty((*self.mean.shape, deepest + 1))
        probability = np.exp(self.size * np.log1p(-share))
        made[..., 0] = probability
        for count in range(1, deepest + 1):
            probability = probability * (share * (self.size + count - 1) / count)
            made[..., count] = made[..., count - 1] + probability
        return made

    def limits(self, level: float) -> tuple[Floats, Floats]:
        """Lowest and highest of the counts between which the value lies with at least the probability `level`."""
        reached = self._cumulative()
        beyond = (1 - level) / 2
        lower = (reached <= beyond).sum(axis=-1)
        upper = (reached < 1 - beyond).sum(axis=-1)
        return lower * self.unit, upper * self.unit

    def at_or_beyond(self, target: Floats, better: Signs) -> Floats:
        """Probability of a value at the target or beyond it the better way; nan without a target or a way."""
        way = better.reshape((-1,) + (1,) * (self.mean.ndim - 1))
        reached = self._cumulative()
        events = target / np.where(self.unit > 0, self.unit, np.nan)
        known = events == events
        events = np.where(known, events, 0.0)
        last = np.where(way > 0, np.ceil(events - 1e-9) - 1, np.floor(events + 1e-9))
        place = np.clip(last, 0, reached.shape[-1] - 1).astype(np.int64)
        up_to = np.take_along_axis(reached, place[..., None], axis=-1)[..., 0]
        up_to = np.where(last < 0, 0.0, np.minimum(up_to, 1.0))
        return np.asarray(np.where(known & (way != 0), np.where(way > 0, 1 - up_to, up_to), np.nan))


def is_rare(counts: Floats) -> Flags:
    """Series (rows) whose mean count of a period is under `FEWER_THAN`, and not all 0."""
    there = counts == counts
    total = np.where(there, counts, 0.0).sum(axis=1)
    return np.asarray((total > 0) & (total < FEWER_THAN * there.sum(axis=1)))


def rates(counts: Floats, exposure: Floats) -> tuple[Floats, Floats, Floats]:
    """Rate after the last column of each window (rows), events and exposure that it rests on, and dispersion.

    Rates of several speeds of forgetting are weighed by how probable they made each count before it came. The
    dispersion is the mean of squared errors over what Poisson gives, at least 1.
    """
    there = (counts == counts) & (exposure > 0)
    counts, exposure = np.where(there, counts, 0.0), np.where(there, exposure, 0.0)
    usual = counts.sum(axis=1) / np.maximum(exposure.sum(axis=1), 1e-300)
    period = exposure.sum(axis=1) / np.maximum(there.sum(axis=1), 1)
    kept = 1 - np.array(FORGETTING)[:, None]
    # Each rate begins with one period's worth of the window's own mean.
    events, seen = np.repeat((usual * period)[None], len(kept), 0), np.repeat(period[None], len(kept), 0)
    likelihood, squares = np.zeros_like(events), np.zeros_like(events)
    for column in range(counts.shape[1]):
        expected = np.maximum(events / np.maximum(seen, 1e-300) * exposure[:, column], 1e-12)
        here, error = there[:, column], counts[:, column] - expected
        likelihood += np.where(here, counts[:, column] * np.log(expected) - expected, 0.0)
        squares += np.where(here, error * error / expected, 0.0)
        events = np.where(here, kept * events + counts[:, column], events)
        seen = np.where(here, kept * seen + exposure[:, column], seen)
    weights = np.exp(likelihood - likelihood.max(axis=0))
    weights /= weights.sum(axis=0)
    n = there.sum(axis=1)
    dispersion = np.maximum(1.0, (STEADY + (weights * squares).sum(axis=0)) / (STEADY + n))
    return np.asarray((weights * events).sum(axis=0)), np.asarray((weights * seen).sum(axis=0)), dispersion


def predicted(counts: Floats, exposure: Floats, season: int, worth: Floats) -> tuple[Floats, Counts]:
    """Mean value and distribution of the counts after each window (rows), at the mean exposure of its last season.

    `worth` is the value of an event at an exposure of 1.
    """
    events, seen, dispersion = rates(counts, exposure)
    recent = exposure[:, -max(season, 4) :]
    known = recent == recent
    ahead = np.where(known, recent, 0.0).sum(axis=1) / np.maximum(known.sum(axis=1), 1)
    ahead = np.where(ahead > 0, ahead, seen / np.maximum((counts == counts).sum(axis=1), 1))
    mean = events / np.maximum(seen, 1e-300) * ahead
    likely = (events + HALF) / np.maximum(seen, 1e-300) * ahead
    variance = dispersion * likely + likely**2 / (events + HALF)
    unit = worth / np.maximum(ahead, 1e-300)
    return mean * unit, Counts(likely, likely**2 / np.maximum(variance - likely, 1e-300), unit)
