"""From the latest phase of each series to values that are near to normal with one spread, whatever the chart."""

from dataclasses import dataclass

import numpy as np

from plotthedots.batch import Batch
from plotthedots.budget.change import residuals
from plotthedots.budget.grids import MOST
from plotthedots.constants import T_POWER, Flags, Floats, Whole
from plotthedots.phases import Stretches
from plotthedots.segments import Segments

TAME = 3.0  # spreads from the median beyond which a value counts as if it stood there
SPREAD_OF_NORMAL = 1.4826  # standard deviation of a normal, as a multiple of its median distance from the median


@dataclass(frozen=True, slots=True)
class Judged:
    """Rows of a batch that can be judged, series by series: of the latest phase, neither ghosted nor missing."""

    rows: Whole
    series: Segments

    def last(self, count: int) -> "Judged":
        """At most so many of each series, its latest."""
        kept = np.minimum(self.series.lengths, count)
        ends = self.series.starts + self.series.lengths
        series = Segments.of(kept)
        return Judged(self.rows[_ranges(ends - kept, kept)], series)


def _ranges(starts: Whole, lengths: Whole) -> Whole:
    """start, start + 1, … of each, one after another."""
    begin = np.cumsum(lengths) - lengths
    return np.asarray(np.repeat(starts - begin, lengths) + np.arange(int(lengths.sum())))


def judged(batch: Batch, stretches: Stretches, *, without_last_row: bool = False) -> Judged:
    """The rows of each series' latest phase; or of what that would be had its last row been left out."""
    latest = stretches.last_of_series
    lengths = stretches.phases.lengths
    if not without_last_row:
        kept = lengths[latest]
    else:
        gone = (lengths[latest] == 1) & (stretches.number[latest] > 1)
        latest = latest - gone
        kept = lengths[latest] - ~gone
    rows = _ranges(stretches.phases.starts[latest], kept)
    there = batch.value[rows] == batch.value[rows]
    if batch.ghost is not None:
        there &= ~batch.ghost[rows]
    return Judged(rows[there], Segments.of(kept).keeping(there))


@dataclass(frozen=True, slots=True)
class Scores:
    """`values` (series, points): latest at the right, mean 0 and spread 1, 0 to the left of the first `n` of each;
    tamed.

    `flat` marks series that are constant, or of which one value is more than half; `constant` the former alone.
    `wild` is the share of points far out once the likeliest change is taken out.
    `scale` is what one spread was, in the units in which the limits of p, u, c, xbar and s take it to be 1;
    `events` how many a point has on average, of counts.
    """

    values: Floats
    n: Whole
    flat: Flags
    constant: Flags
    scale: Floats
    events: Floats
    wild: Floats


def scores(batch: Batch, family: str, here: Judged) -> Scores:
    """Each series made comparable along its length."""
    here = here.last(MOST)
    series, n = here.series, here.series.lengths
    raw = batch.value[here.rows]
    values = np.zeros((len(n), max(int(n.max(initial=0)), 1)))
    with np.errstate(all="ignore"):
        made = _score(batch, family, here)
        values[_there(values, n)] = made - series.spread(series.mean(made))
        wild = wild_share(values, n)
        values, scale = tamed(values, n)
    common = _commonest(raw, series)
    broken = ~np.isfinite(values).all(axis=1)
    values[broken] = 0.0
    events = np.full(len(n), np.inf)
    if family in ("p", "u", "c"):
        with np.errstate(all="ignore"):
            events = series.mean(_events(batch, family, here.rows))
    constant = common >= n
    return Scores(values, n, broken | constant | (2 * common > n), constant, scale, events, wild)


def _there(values: Floats, n: Whole) -> Flags:
    return np.asarray(np.arange(values.shape[1]) >= values.shape[1] - n[:, None])


def tamed(values: Floats, n: Whole) -> tuple[Floats, Floats]:
    """Series with no value further than 3 spreads from the median, mean 0 and standard deviation 1; and what that was.

    The spread is 1.4826 times the median distance from the median. A single wild month is then no evidence of a new
    level, several are; the null tables are of series tamed alike. Source: Hampel, The influence curve and its role in
    robust estimation, Journal of the American Statistical Association 69 (1974).
    """
    there = _there(values, n)
    from_middle = values - _median(values, there, n)[:, None]
    reach = TAME * SPREAD_OF_NORMAL * _median(np.abs(from_middle), there, n)
    made = np.where(there, np.clip(from_middle / reach[:, None], -1, 1), 0.0)
    made = np.where(there, made - made.sum(axis=1, keepdims=True) / n[:, None], 0.0)
    scale = np.sqrt((made * made).sum(axis=1) / n)
    return made / scale[:, None], scale * reach


def wild_share(values: Floats, n: Whole) -> Floats:
    """Share of each series' points that taming would move, were the likeliest change of the last 12 taken out."""
    there = _there(values, n)
    left = residuals(values, n, 12)
    left = np.abs(left - _median(left, there, n)[:, None])
    far = there & (left > TAME * SPREAD_OF_NORMAL * _median(left, there, n)[:, None])
    return np.asarray(far.sum(axis=1) / n)


def _median(values: Floats, there: Flags, n: Whole) -> Floats:
    ordered = np.sort(np.where(there, values, np.inf), axis=1)
    rows = np.arange(len(n))
    return np.asarray((ordered[rows, np.maximum(n - 1, 0) // 2] + ordered[rows, n // 2]) / 2)


def _commonest(values: Floats, series: Segments) -> Whole:
    """How many of each series' values are its commonest."""
    owner = np.repeat(np.arange(len(series.lengths)), series.lengths)
    order = np.lexsort((values, owner))
    values, owner = values[order], owner[order]
    begins = np.ones(len(values), dtype=np.bool_)
    begins[1:] = (values[1:] != values[:-1]) | (owner[1:] != owner[:-1])
    starts = np.flatnonzero(begins)
    most = np.zeros(len(series.lengths), dtype=np.int64)
    np.maximum.at(most, owner[starts], np.diff(starts, append=len(values)))
    return most


def _events(batch: Batch, family: str, rows: Whole) -> Floats:
    if family == "c":
        return batch.value[rows]
    assert batch.numerator is not None
    events = batch.numerator[rows]
    return np.minimum(events, batch.exposure[rows] - events) if family == "p" else events


def _score(batch: Batch, family: str, here: Judged) -> Floats:
    rows, series = here.rows, here.series
    value = batch.value[rows]
    if family == "c":
        return np.asarray(2 * np.sqrt(value + 3 / 8))  # Anscombe, Biometrika 35 (1948)
    if family in ("g", "t"):
        return np.asarray((value + (0.5 if family == "g" else 0)) ** (1 / T_POWER))
    if family == "mr":
        return np.sqrt(value)  # fourth root of a squared normal: Hawkins and Wixley, American Statistician 40 (1986)
    if family in ("xbar", "s"):
        assert batch.size is not None
        assert batch.spread is not None
        return _of_subgroups(value, batch.spread[rows], batch.size[rows], family, series)
    if family in ("xmr", "run") or batch.numerator is None:
        return value
    events, n = batch.numerator[rows], batch.exposure[rows]
    share = series.spread(series.sum(events) / series.sum(n))
    if family == "iprime":
        return np.asarray((value - share) * np.sqrt(n))
    if family in ("u", "uprime"):
        return np.asarray(2 * (np.sqrt(events + 3 / 8) - np.sqrt(share * n + 1 / 8)))
    # Anscombe, the same.
    angle = np.arcsin(np.sqrt(np.clip((events + 3 / 8) / (n + 3 / 4), 0, 1)))
    return np.asarray(2 * np.sqrt(n + 1 / 2) * (angle - np.arcsin(np.sqrt(share))))


def _of_subgroups(value: Floats, spread: Floats, size: Floats, family: str, series: Segments) -> Floats:
    free = np.maximum(size - 1, 0)
    squares = np.where(free > 0, free * np.nan_to_num(spread) ** 2, 0.0)
    pooled = series.spread(np.sqrt(series.sum(squares) / series.sum(free)))
    if family == "s":  # Wilson and Hilferty, Proceedings of the National Academy of Sciences 17 (1931)
        return np.asarray(((value / pooled) ** (2 / 3) - (1 - 2 / (9 * free))) * np.sqrt(9 * free / 2))
    centred = value - series.spread(series.sum(size * value) / series.sum(size))
    # One a subgroup leaves no spread within; then that of the values alone counts.
    return np.asarray(centred * np.sqrt(size) / np.where(pooled > 0, pooled, 1.0))
