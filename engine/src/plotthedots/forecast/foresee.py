"""From the past of many series to their forecasts and track records, group by group of equal season."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from plotthedots.batch import cores
from plotthedots.constants import Flags, Floats, Whole
from plotthedots.forecast import rare, scores
from plotthedots.forecast.backtest import (
    CELLS_AT_ONCE,
    ORIGINS,
    Track,
    actual_of,
    held,
    origins,
    track,
    windows_of,
)
from plotthedots.forecast.intervals import WIDE, Continuous, spreads
from plotthedots.forecast.methods import CHOOSABLE
from plotthedots.forecast.past import Past, targets
from plotthedots.forecast.rare import Counts

STATUSES = ("ok", "short", "constant", "broken")
OK, SHORT, CONSTANT, BROKEN = range(4)
METHODS_TOLD = (*CHOOSABLE, "damped", "theta", "rare_events")
RARE = METHODS_TOLD.index("rare_events")
FEWEST = 6  # usable values for any forecast
FEW = 20  # usable values below which a series is short
STILL = 24  # like values in a row that make a series constant


@dataclass(frozen=True, slots=True)
class Asked:
    """What a forecast was asked for."""

    horizon: int
    levels: tuple[float, ...]
    method: str
    multiply: float


@dataclass(slots=True)
class Foreseen:
    """Forecasts (series, steps) and records (series) in the units of the values; nan where there is nothing to say."""

    mean: Floats
    lower: Floats  # levels first
    upper: Floats
    chance: Floats
    status: Whole
    method: Whole  # −1: none
    origins: Whole
    forecasts: Whole
    mase: Floats
    coverage: Floats  # levels first
    brier: Floats


def foresee(past: Past, asked: Asked) -> Foreseen:
    """Forecasts of all series."""
    count, levels, horizon = len(past.n), len(asked.levels), asked.horizon
    made = Foreseen(
        *(np.full(shape, np.nan) for shape in ((count, horizon), *[(levels, count, horizon)] * 2, (count, horizon))),
        *(np.full(count, code) for code in (SHORT, -1, 0, 0)),
        *(np.full(shape, np.nan) for shape in (count, (levels, count), count)),
    )
    enough = past.n >= FEWEST
    for season in np.unique(past.periods.season[enough]).tolist():
        _group(past, asked, np.flatnonzero(enough & (past.periods.season == season)), season, made)
    return made


@dataclass(slots=True)
class _Group:
    """Series of one season, shortest first, and what is known of them."""

    which: Whole
    season: int
    values: Floats
    targets: Floats  # of the periods of `values`
    goal: Floats  # the target of the period of each forecast (series, origins, leads)
    track: Track
    rare: Flags
    status: Whole

    @property
    def wide(self) -> Flags:
        return np.asarray(self.status != OK)


def _group(past: Past, asked: Asked, which: Whole, season: int, made: Foreseen) -> None:
    reach = held(season) + int(origins(asked.horizon).max())
    which = which[np.argsort(np.minimum(past.span()[which], reach), kind="stable")]
    width = int(min(past.span()[which].max(), reach))
    values = past.matrix(past.values, which, width)
    counts, exposure = (past.matrix(column, which, width) for column in past.exposure())
    few = past.whole[which] & (past.bounds.lower[which] == 0) & rare.is_rare(counts)
    few &= asked.method == "auto"
    goals = np.full_like(values, np.nan)
    if past.prepared.target is not None:
        goals = past.matrix(past.prepared.target * past.scale[past.owner], which, width)
    tracks = _tracks(values, past, which, season, asked)
    goal = actual_of(goals, tracks.offsets, asked.horizon)
    goal[:, -1] = targets(past, asked.horizon)[which] * past.scale[which][:, None]
    group = _Group(which, season, values, goals, goal, tracks, few, np.zeros_like(which))
    group.status = _status(past, group)
    _tell(past, asked, group, counts, exposure, made)


def _tracks(values: Floats, past: Past, which: Whole, season: int, asked: Asked) -> Track:
    """Back-tests of all series, in blocks of about equal length, on all cores."""
    blocks, first = [], 0
    while first < len(which):
        size = max(1, CELLS_AT_ONCE // (ORIGINS * _span(values[first:][:1])))
        blocks.append(slice(first, first + size))
        first += size

    def one(block: slice) -> Track:
        held_back = values[block][:, -_span(values[block]) :]
        with np.errstate(all="ignore"):  # each thread has its own
            return track(held_back, season, asked.horizon, asked.method, past.bounds.take(which[block]))

    if len(blocks) == 1:
        return one(blocks[0])
    with ThreadPoolExecutor(min(cores(), len(blocks))) as pool:
        return Track.joined(list(pool.map(one, blocks)))


def _span(values: Floats) -> int:
    """Columns from the first that has any value."""
    return int(values.shape[1] - (values == values).any(axis=0).argmax())


def _status(past: Past, group: _Group) -> Whole:
    window = group.values[:, -held(group.season) :]
    there = window == window
    n = there.sum(axis=1)
    span = window.shape[1] - there.argmax(axis=1)
    last = np.take_along_axis(window, window.shape[1] - 1 - there[:, ::-1].argmax(axis=1)[:, None], axis=1)
    other = there & (window != last)
    # Values alike since the last that was another: all of them where there was none.
    since = (there & (np.cumsum(other[:, ::-1], axis=1)[:, ::-1] == 0)).sum(axis=1)
    still = (n >= FEWEST) & (~other.any(axis=1) | ((since >= STILL) & ~group.rare))
    usable = np.where(group.rare, n, group.track.usable[:, -1])
    broke = group.track.broke & ~group.rare & (usable < FEW)
    status = np.where(past.n[group.which] < FEW, SHORT, OK)
    status = np.where(broke | (2 * n < span), BROKEN, status)
    return np.where(still, CONSTANT, status)


def _tell(past: Past, asked: Asked, group: _Group, counts: Floats, exposure: Floats, made: Foreseen) -> None:
    """Write forecasts and records of a group where they belong."""
    which, track = group.which, group.track
    made.status[which] = group.status
    told = (group.status != CONSTANT) & (track.usable[:, -1] >= FEWEST)
    plain, few = np.flatnonzero(told & ~group.rare), np.flatnonzero(told & group.rare)
    gap = (group.values == group.values)[:, ::-1].argmax(axis=1).astype(np.float64)
    spread, heavy = spreads(track, past.bounds.take(which), gap, group.wide)
    if len(plain):
        named = CHOOSABLE if asked.method == "auto" else (asked.method,)
        made.method[which[plain]] = np.array([METHODS_TOLD.index(name) for name in named])[track.method[plain]]
        whole = past.whole[which[plain]] & (past.prepared.denominator is None)
        unit = np.where(whole, asked.multiply * past.scale[which[plain]], 0.0)
        likely = Continuous(track.means[plain], spread[plain], heavy[plain], past.bounds.take(which[plain]), unit)
        _write(past, asked, group, plain, track.means[plain], likely, made)
    if len(few):
        made.method[which[few]] = RARE
        _write(past, asked, group, few, *_few(past, asked, group, few, counts[few], exposure[few]), made)


def _few(
    past: Past, asked: Asked, group: _Group, few: Whole, counts: Floats, exposure: Floats
) -> tuple[Floats, Counts]:
    """Means (series, origins, leads) and distributions of rare events, alike at all leads: the rate is held."""
    offsets = group.track.offsets
    windows, seen = (windows_of(column, offsets, held(group.season)) for column in (counts, exposure))
    width = windows.shape[2]
    worth = np.repeat(asked.multiply * past.scale[group.which[few]], len(offsets))
    mean, made = rare.predicted(windows.reshape(-1, width), seen.reshape(-1, width), group.season, worth)
    shape = (len(few), len(offsets), 1)
    size = made.size.reshape(shape)
    size[group.wide[few], -1] /= WIDE**2
    spread = np.broadcast_to(mean.reshape(shape), (len(few), len(offsets), asked.horizon))
    return spread, Counts(made.mean.reshape(shape), size, made.unit.reshape(shape))


def _write(
    past: Past, asked: Asked, group: _Group, rows: Whole, mean: Floats, likely: Continuous | Counts, made: Foreseen
) -> None:
    which = group.which[rows]
    scale, bounds, better = past.scale[which][:, None], past.bounds.take(which), past.better[which]
    actual = group.track.actual[rows]
    made.mean[which] = bounds.clip(mean[:, -1]) / scale
    made.origins[which] = group.track.origins[rows]
    made.forecasts[which] = (actual == actual).sum(axis=(1, 2))
    made.mase[which] = scores.mase(actual, mean, group.values[rows], group.season)
    for position, level in enumerate(asked.levels):
        lower, upper = (bounds.clip(np.broadcast_to(side, mean.shape)) for side in likely.limits(level))
        made.lower[position, which], made.upper[position, which] = lower[:, -1] / scale, upper[:, -1] / scale
        made.coverage[position, which] = scores.coverage(actual, lower, upper)
    if past.prepared.target is None or not better.any():
        return
    goal = group.goal[rows]
    chance = likely.at_or_beyond(goal, better)
    made.chance[which] = chance[:, -1]
    share = scores.past_share(group.values[rows], group.targets[rows], better, group.track.offsets)
    made.brier[which] = scores.brier(chance, actual, goal, better, share)
