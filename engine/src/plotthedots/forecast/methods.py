"""The methods of forecasting, each for many windows at once.

A window is a row of values up to an origin (nan: missing; the origin in the last column). Every method gives the
means of the next `horizon` periods. All are equivariant: shifted or scaled data give shifted or scaled means
(seasonal effects that multiply, used where values have a natural zero, are equivariant to scale alone).
"""

from dataclasses import dataclass

import numpy as np

from plotthedots.constants import Flags, Floats
from plotthedots.forecast import seasons
from plotthedots.forecast.smoothing import Grid, Smoothed, slope, smooth

METHODS = ("combination", "naive", "seasonal_naive", "damped", "seasonal_damped", "theta", "seasonal_theta")
CHOOSABLE = ("combination", "naive", "seasonal_naive", "seasonal_damped", "seasonal_theta")


@dataclass(frozen=True, slots=True)
class Made:
    """Means of each method asked for (methods, rows, horizon), and the size of one-step errors in each window."""

    means: Floats
    noise: Floats


def forecasts(window: Floats, season: int, horizon: int, multiplying: Flags, wanted: tuple[str, ...]) -> Made:
    """Means by each of the methods wanted.

    `multiplying` marks rows whose seasonal effects may multiply: values with a natural zero, all above it.
    """
    plain = seasons.filled(window)
    naive = np.repeat(plain[:, -1:], horizon, axis=1)
    seasonal = season > 1 and window.shape[1] > season
    adjusted, put_back, factor = _seasonal(window, season, horizon, multiplying) if seasonal else (window, 0.0, 1.0)
    damped, theta, noise = _smoothed(adjusted, horizon)
    damped, theta = (factor * mean + put_back for mean in (damped, theta))
    made = {"combination": (damped + theta) / 2, "naive": naive, "seasonal_damped": damped, "seasonal_theta": theta}
    last = seasons.ahead(plain[:, -season:], horizon) if seasonal else naive
    made["seasonal_naive"] = np.where(last == last, last, naive)
    if {"damped", "theta"} & set(wanted):
        made["damped"], made["theta"], noise = _smoothed(window, horizon)
    return Made(np.stack([made[name] for name in wanted]), noise)


def _seasonal(window: Floats, season: int, horizon: int, multiplying: Flags) -> tuple[Floats, Floats, Floats]:
    """The window without its season, and what the means are multiplied by and added to afterwards."""
    per_phase, belief = seasons.effects(window, season)
    adjusted = window - seasons.behind(per_phase, window.shape[1])
    put_back, factor = seasons.ahead(per_phase, horizon), np.ones((len(window), horizon))
    rows = np.flatnonzero(multiplying)
    if len(rows):
        in_logs, stronger = seasons.effects(np.log(window[rows]), season)
        chosen = stronger > belief[rows]
        rows, in_logs = rows[chosen], in_logs[chosen]
        adjusted[rows] = window[rows] / np.exp(seasons.behind(in_logs, window.shape[1]))
        put_back[rows], factor[rows] = 0.0, np.exp(seasons.ahead(in_logs, horizon))
    return adjusted, put_back, factor


def _smoothed(window: Floats, horizon: int) -> tuple[Floats, Floats, Floats]:
    """Means by damped exponential smoothing and by Theta; the size of the former's one-step errors."""
    grid = Grid.damped()
    made = smooth(window, grid)
    weights = made.weights()
    damped = damped_mean(made, weights, horizon)
    flat = len(Grid.level().alpha)
    level = Smoothed(Grid.level(), made.level[:flat], made.trend[:flat], made.squares[:flat], made.seen)
    noise = np.sqrt((weights * made.squares).sum(axis=0) / np.maximum(made.seen, 1))
    return damped, theta_mean(window, level, horizon), noise


def damped_mean(made: Smoothed, weights: Floats, horizon: int) -> Floats:
    """Level and damped trend carried on: ℓ + (φ + … + φʰ) b (Gardner and McKenzie, Management Science 31, 1985)."""
    carried = np.cumsum(made.grid.phi[:, None] ** np.arange(1, horizon + 1), axis=1)
    level: Floats = (weights * made.level).sum(axis=0)
    return level[:, None] + (weights * made.trend).T @ carried


def theta_mean(window: Floats, made: Smoothed, horizon: int) -> Floats:
    """Simple smoothing with half the slope of a line through all values as its drift.

    That is what the Theta method of Assimakopoulos and Nikolopoulos (2000) comes to: Hyndman and Billah,
    International Journal of Forecasting 19 (2003), equation 14.
    """
    weights, alpha = made.weights(), made.grid.alpha[:, None]
    level: Floats = (weights * made.level).sum(axis=0)
    behind = (weights * (1 - (1 - alpha) ** made.seen) / alpha).sum(axis=0)
    steps = np.arange(horizon) + behind[:, None]
    return np.asarray(level[:, None] + slope(window)[:, None] / 2 * steps)
