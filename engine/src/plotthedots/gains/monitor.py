"""Does an established gain hold? A monitor that starts anew whenever nothing is amiss, and the share retained.

From the row after establishment on, each value is predicted from those that are taken to belong to the established
level. Two accounts of the values since the last fresh start are weighed: the level holds, or it fell back (rose
further) by `fall` (`rise`). Their ratio, a cumulative sum of logarithms that begins anew at zero (Page, Biometrika 41,
1954; Lorden 1971), is the monitor. While it is up, nothing new is learnt of the established level, so that a decay
cannot drag its own yardstick along.
"""

from dataclasses import dataclass

import numpy as np

from plotthedots.constants import Flags, Floats, Whole
from plotthedots.gains.evidence import Sums, change
from plotthedots.gains.levels import Left, Since, left
from plotthedots.gains.noise import Filter, lag_one, log_sum, mean_variance, mixed

LATEST = 12  # values that say where the level is now
FEWEST = 8  # values since the monitor left zero from which they are taken for a level of their own
WIDE = 1.3  # prior spread of an established change, in standard deviations of the noise
YOUNG = 12  # periods since establishment in which a better level than thought is learnt, not called a further gain
SMALLEST = 1.0  # standard deviations of the noise: a change smaller than this is not looked for
FURTHER = 4.0  # what the monitor of a further gain must pass
CAP = 12.0  # the monitors go no higher
TINY = 1e-12


@dataclass(slots=True)
class Level:
    """The established level as last learnt: by comparison and model, of the level before and of the change."""

    before: Floats
    change: Floats
    var_before: Floats
    var_change: Floats
    covariance: Floats
    scale: Floats  # of the noise
    freedom: Floats
    log_weights: Floats

    def take(self, other: "Level", which: Flags) -> None:
        """Learn anew where nothing is amiss."""
        for name in Level.__slots__:
            getattr(self, name)[which] = getattr(other, name)[which]


def threshold(strength: Floats) -> Floats:
    """What the monitor must pass: more where the gain is small beside the noise, as it then flatters itself more."""
    return np.asarray(4.2 + 2.5 * np.clip(2.1 - strength, 0, 1))


def learn(sums: Sums) -> Level:
    """Levels before and since, from the sums: least squares, the change shrunk by its prior."""
    found = change(sums, WIDE)
    determinant = np.maximum(sums.ll * (sums.ss + WIDE**-2) - sums.ls**2, TINY)
    scale = found.scale * np.sqrt(determinant / sums.ll)
    before = (sums.y1 - sums.ls * found.mean) / sums.ll
    unit = scale**2 / determinant
    return Level(
        before, found.mean.copy(), unit * (sums.ss + WIDE**-2), unit * sums.ll, -unit * sums.ls, scale,
        np.broadcast_to(found.freedom, scale.shape).copy(), found.given.copy(),
    )  # fmt: skip


@dataclass(slots=True)
class Watch:
    """By comparison and period since the claim; nan before the gain was established."""

    worse: Floats  # the monitor for a fall, and that for a further gain
    better: Floats
    before: Floats
    change: Floats
    spread: Floats  # of the change: a standard deviation
    now: Floats
    var_now: Floats
    freedom: Floats
    correlation: Floats
    strength: Floats  # of the change, in standard deviations of the noise
    above: Floats  # of the level now, over the one before
    under: Floats  # of the level established, over the one before, by all that is known by now
    var_above: Floats
    var_under: Floats
    together: Floats  # covariance of the two


class _Side:
    """Odds of a shift one way since the last fresh start."""

    def __init__(self, sign: float, shape: tuple[int, int]) -> None:
        self.sign = sign
        self.holds = np.zeros(shape)
        self.shifted = np.zeros(shape)
        self.odds = np.zeros(shape[0])

    def add(self, error: Floats, response: Floats, size: Floats, variance: Floats, freedom: Floats) -> None:
        self.holds += _log_density(error, variance, freedom)
        self.shifted += _log_density(error - self.sign * size * response, variance, freedom)

    def weigh(self, log_weights: Floats, cap: float, which: Flags) -> None:
        odds = log_sum(log_weights + self.shifted) - log_sum(log_weights + self.holds)
        self.odds = np.where(which, odds, self.odds)  # without a value nothing moves
        # Beyond the cap more of the same says no more, so that a recovery is seen as soon as a relapse.
        over = np.maximum(self.odds - cap, 0)
        self.shifted -= over[:, None]
        self.odds -= over

    def restart(self) -> Flags:
        begun: Flags = self.odds <= 0
        self.holds[begun] = 0
        self.shifted[begun] = 0
        self.odds[begun] = 0
        return begun


def _log_density(error: Floats, variance: Floats, freedom: Floats) -> Floats:
    """Student's, but for what does not depend on the error."""
    return np.asarray(-(freedom + 1) / 2 * np.log1p(error**2 / (freedom * variance)))


def _sizes(level: Level) -> tuple[Floats, Floats]:
    """The fall that is looked for, all of the gain, and the rise, half of it again; neither too small to tell."""
    weights = mixed(level.log_weights)
    gain, least = (weights * level.change).sum(axis=1), SMALLEST * (weights * level.scale).sum(axis=1)
    return np.maximum(gain, least), np.maximum(gain / 2, least)


def watch(values: Floats, white: Floats, before: int, established: Whole, cap: float) -> Watch:
    """Watch comparisons established at the column `established` (counted as `values` has them).

    `values`, `white`, `before` as in `evidence.evidence`. Each period depends on those up to it alone.
    """
    series, periods = values.shape
    there = values == values
    known = np.where(there, values, 0.0)
    one = np.ones(series)
    filtered, sums = Filter.begin(5, series), Sums.none(series)
    shape = (series, len(filtered.variance[0]))
    sides = _Side(-1.0, shape), _Side(1.0, shape)
    began = [np.zeros(series, dtype=np.bool_) for _ in sides]
    made = Watch(*(np.full((series, periods - before), np.nan) for _ in Watch.__slots__))
    since = Since.none(series)
    level: Level | None = None
    up = np.zeros(series, dtype=np.int64)  # values since the monitor left zero
    start = int(established.min())
    for period in range(periods):
        rows = np.stack([known[:, period], one, np.full(series, float(period >= before)), *(began[0], began[1])])
        there_now = there[:, period]
        errors, inverse = filtered.step(rows, there_now, white[:, period])
        watched = (period > established) & there_now
        if level is not None and watched.any():
            value, ones, step, *responses = errors
            error = value - ones * level.before - step * level.change
            variance = level.scale**2 / np.maximum(inverse, TINY)
            sizes = _sizes(level)
            error[~watched] = 0
            variance[~watched] = 1
            for side, response, size in zip(sides, responses, sizes, strict=True):
                side.add(error, np.where(watched[:, None], response, 0), size[:, None], variance, level.freedom)
                side.weigh(level.log_weights, cap, watched)
        sums.add(errors, inverse)
        since.add(errors, inverse)
        if period < start:
            continue
        learnt = learn(sums)
        calm = []
        for side, response in zip(sides, (3, 4), strict=True):
            calm.append(side.restart())
            filtered.predicted[response][calm[-1]] = 0
        since.restart(calm[0])
        began = [np.ones(series, dtype=np.bool_) for _ in sides]
        up = np.where(calm[0], 0, up + there_now)
        fresh = (calm[0] & (calm[1] | (period <= established + YOUNG))) | (period <= established)
        if level is None:
            level = learnt
        else:
            level.take(learnt, fresh)
        at = period - before
        _note(made, at, level, sides, fresh, values[:, before : period + 1], up)
        risen = up >= FEWEST
        if risen.any():
            found = left(sums, since, risen, WIDE)
            for name in Left.__slots__:
                getattr(made, name)[risen, at] = getattr(found, name)
    unknown = np.arange(periods - before) < established[:, None] - before
    for name in Watch.__slots__:
        getattr(made, name)[unknown] = np.nan
    return made


def _note(
    made: Watch, at: int, level: Level, sides: tuple[_Side, _Side], fresh: Flags, since: Floats, up: Whole
) -> None:
    weights = mixed(level.log_weights)

    def mean(of: Floats) -> Floats:
        return np.asarray((weights * of).sum(axis=1))

    before, moved = mean(level.before), mean(level.change)
    wider = level.freedom / np.maximum(level.freedom - 2, 1)
    var_change = np.maximum(mean(level.var_change * wider + level.change**2) - moved**2, 0)
    var_before = mean(level.var_before * wider + level.before**2) - before**2
    covariance = mean(level.covariance * wider + level.before * level.change) - before * moved
    now, count = latest(since, np.where(up > 0, FEWEST, LATEST))
    var_now = mean(level.scale**2 * wider * VARIANCES[np.maximum(count, 1) - 1])
    # Values that say where the level is now also belong to what is known of it.
    shared = np.where(fresh, np.minimum(var_now, np.maximum(var_change - var_before, 0)), 0.0)
    seen = Watch(
        sides[0].odds, sides[1].odds, before, moved, np.sqrt(var_change), now, var_now, mean(level.freedom),
        lag_one(weights), mean(level.change / level.scale), now - before, moved, var_now + var_before, var_change,
        shared - covariance,
    )  # fmt: skip
    for name in Watch.__slots__:
        getattr(made, name)[:, at] = getattr(seen, name)


VARIANCES = np.stack([mean_variance(values) for values in range(1, LATEST + 1)])


def latest(since: Floats, wanted: Whole) -> tuple[Floats, Whole]:
    """Mean of each row's last values that are there, and how many they are: as many as wanted."""
    there = since == since
    after = np.cumsum(there[:, ::-1], axis=1)[:, ::-1]
    chosen = there & (after <= wanted[:, None])
    count = chosen.sum(axis=1)
    return np.where(chosen, since, 0.0).sum(axis=1) / np.maximum(count, 1), count


def retained(seen: Watch) -> tuple[Floats, Floats, Floats]:
    """Share of the gain that is left, and its 95 % interval (Fieller, Quarterly Journal of Pharmacy 17, 1944).

    nan where the change itself may be none: a share of it means nothing.
    """
    above, under, z = seen.above, seen.under, student_quantile(seen.freedom)
    a = under**2 - z**2 * seen.var_under
    b = above * under - z**2 * seen.together
    c = above**2 - z**2 * seen.var_above
    measurable = (a > 0) & (under > 0)
    root = np.sqrt(np.maximum(b**2 - a * c, 0))
    a = np.where(measurable, a, np.nan)
    return np.where(measurable, above / under, np.nan), (b - root) / a, (b + root) / a


def student_quantile(freedom: Floats) -> Floats:
    """The 97.5 % point of Student's distribution (Cornish and Fisher), to a hundredth from 4 degrees of freedom on.

    Below 3 it is that of 3.
    """
    z = 1.959964
    nu = np.maximum(freedom, 3)
    return np.asarray(
        z + (z**3 + z) / (4 * nu) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * nu**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * nu**3)
    )  # fmt: skip
