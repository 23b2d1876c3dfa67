"""The track record: what the whole procedure, the choice of its method included, would have forecast before.

Each origin is a window that ends there. From each the same procedure forecasts that makes the final forecast, and at
each it knows only what had come to pass: `known` says which error (of which origin, at which lead) that was.
"""

from dataclasses import dataclass, field

import numpy as np

from plotthedots.constants import Flags, Floats, Whole
from plotthedots.forecast import breaks
from plotthedots.forecast.bounds import Bounds
from plotthedots.forecast.methods import CHOOSABLE, forecasts

ORIGINS = 24  # at most, of each series
FULL = 12  # origins at which the longest lead has come to pass, where the series is long enough
LEAST = 12  # usable values before an origin
GROWTH = 0.26  # errors grow as this power of the lead: median over the development series, docs/methods/forecast.md
BEATEN = 0.85  # a method is chosen over the combination if its errors so far are this share of the combination's
ENOUGH = 24  # forecasts that must have come to pass before there is a choice
SEASONS_HELD = 5
PERIODS_HELD = 120  # periods of history that a forecast looks back on, or five seasons if that is longer
CELLS_AT_ONCE = 1 << 17  # what threads share out evenly, and caches hold in part


@dataclass(slots=True)
class Track:
    """Forecasts of series (first axis) from each origin (second; the last is now) for each lead (third)."""

    offsets: Whole  # periods of each origin before now
    means: Floats
    actual: Floats  # nan where it has not come to pass, or was never to be forecast
    noise: Floats  # size of one-step errors within the window of each origin
    usable: Whole  # values in it
    deviation: Floats  # of the values in the window of now
    broke: Flags  # series whose window of now was cut where a former level ended
    method: Whole  # position among the methods wanted
    known: Floats = field(init=False)

    def __post_init__(self) -> None:
        self.known = known(self.offsets, self.means.shape[2])

    @classmethod
    def joined(cls, parts: "list[Track]") -> "Track":
        """Tracks of other series under one another."""
        names = ("means", "actual", "noise", "usable", "deviation", "broke", "method")
        return cls(parts[0].offsets, *(np.concatenate([getattr(part, name) for part in parts]) for name in names))

    @property
    def origins(self) -> Whole:
        """Origins of each series with a forecast that has come to pass."""
        return np.asarray((self.actual == self.actual).any(axis=2).sum(axis=1))

    def so_far(self, errors: Floats) -> tuple[Floats, Floats]:
        """Sum and number of the errors (series, origins, leads) known at each origin (nan: none)."""
        there = errors == errors
        flat = (len(errors), -1)
        sums = np.where(there, errors, 0.0).reshape(flat) @ self.known
        return sums, there.reshape(flat).astype(np.float64) @ self.known


def origins(horizon: int) -> Whole:
    """Periods of each origin before now, the latest last; now itself is 0."""
    apart = -(-(horizon + FULL) // ORIGINS)
    return np.arange(ORIGINS, -1, -1) * apart


def known(offsets: Whole, horizon: int) -> Floats:
    """1 where the forecast of an origin and lead (rows) has come to pass by an origin (columns), else 0."""
    lands = offsets[:, None] - np.arange(1, horizon + 1)
    return (lands.ravel()[:, None] >= offsets).astype(np.float64)


def held(season: int) -> int:
    """Periods of history that a forecast looks back on."""
    return max(PERIODS_HELD, SEASONS_HELD * season)


def track(values: Floats, season: int, horizon: int, method: str, bounds: Bounds) -> Track:
    """Forecasts of each series from each origin; `values` (series, periods) end with the last value."""
    wanted = CHOOSABLE if method == "auto" else (method,)
    offsets = origins(horizon)
    whole = windows_of(values, offsets, held(season))
    windows = breaks.without_former_levels(whole, whole[:, -1], season)
    count, number, width = windows.shape
    rows = windows.reshape(-1, width)
    lowest = np.where(rows == rows, rows, np.inf).min(axis=1)
    multiplying = np.repeat(bounds.lower == 0, number) & ~np.isfinite(np.repeat(bounds.upper, number)) & (lowest > 0)
    made = forecasts(rows, season, horizon, multiplying, wanted)
    means = made.means.reshape(len(wanted), count, number, horizon)
    means = np.stack([bounds.clip(each) for each in means])
    noise, usable = made.noise.reshape(count, number), (windows == windows).sum(axis=2)
    actual = actual_of(values, offsets, horizon)
    actual[usable < LEAST] = np.nan
    chosen = _choice(means, actual, noise, offsets)
    picked = np.take_along_axis(means, chosen[None, :, :, None], axis=0)[0]
    broke = usable[:, -1] < (whole[:, -1] == whole[:, -1]).sum(axis=1)
    return Track(offsets, picked, actual, noise, usable, _deviation(windows[:, -1]), broke, chosen[:, -1])


def _deviation(window: Floats) -> Floats:
    there = window == window
    n = np.maximum(there.sum(axis=1), 2)
    mean = np.where(there, window, 0.0).sum(axis=1) / n
    squares = np.where(there, window - mean[:, None], 0.0) ** 2
    return np.asarray(np.sqrt(squares.sum(axis=1) / (n - 1)))


def windows_of(values: Floats, offsets: Whole, longest: int) -> Floats:
    """The window of each origin (series, origins, columns): what its series held by then."""
    there = values == values
    span = values.shape[1] - int(there.any(axis=0).argmax())
    width = min(longest, max(span, 1))
    padded = np.concatenate([np.full((len(values), width + int(offsets.max())), np.nan), values], axis=1)
    end = padded.shape[1]
    return np.stack([padded[:, end - offset - width : end - offset] for offset in offsets], axis=1)


def actual_of(values: Floats, offsets: Whole, horizon: int) -> Floats:
    """What came at each lead after each origin (series, origins, leads)."""
    columns = values.shape[1] - 1 - offsets[:, None] + np.arange(1, horizon + 1)
    come = (columns < values.shape[1]) & (columns >= 0)
    return np.asarray(np.where(come, values[:, np.where(come, columns, 0)], np.nan))


def _choice(means: Floats, actual: Floats, noise: Floats, offsets: Whole) -> Whole:
    """The method of each series at each origin: the combination (0), unless another has clearly done better so far."""
    methods, count, number, horizon = means.shape
    if methods == 1:
        return np.zeros((count, number), dtype=np.int64)
    size = np.maximum(noise, np.finfo(np.float64).tiny)[:, :, None] * np.arange(1, horizon + 1) ** GROWTH
    errors = np.abs(actual - means) / size
    there = errors == errors
    flat = np.where(there, errors, 0.0).reshape(methods, count, -1)
    sums = flat @ known(offsets, horizon)
    enough = there[0].reshape(count, -1).astype(np.float64) @ known(offsets, horizon) >= ENOUGH
    best = sums.argmin(axis=0)
    better: Flags = enough & (np.take_along_axis(sums, best[None], axis=0)[0] < BEATEN * sums[0])
    return np.where(better, best, 0)
