"""Forecasts with a track record: the one door, `forecast`."""

import sys
from collections.abc import Sequence
from types import ModuleType
from typing import Any

import numpy as np

from plotthedots import frame as frames
from plotthedots.constants import names
from plotthedots.errors import BadInput
from plotthedots.forecast.foresee import Asked, foresee
from plotthedots.forecast.methods import METHODS
from plotthedots.forecast.past import past
from plotthedots.forecast.result import Forecast, percent
from plotthedots.prepare import prepare
from plotthedots.wanted import Wanted

__all__ = ["Forecast", "forecast"]

FURTHEST = 366  # steps: a year of days
RESERVED = ("date", "step", "mean", "chance", "status", "method", "origins", "n_forecasts", "mase", "brier")


def forecast(
    frame: Any,
    *,
    value: str = "value",
    date: str = "date",
    by: str | list[str] | tuple[str, ...] | None = None,
    horizon: int = 12,
    target: Any = None,
    direction: str | None = None,
    bounds: tuple[float | None, float | None] | None = None,
    method: str = "auto",
    levels: Sequence[float] = (0.8, 0.95),
    denominator: str | None = None,
    multiply: float = 1,
    rebase: Any = None,
    exclude: str | None = None,
    aggregate: str | None = None,
) -> Forecast:
    """Forecasts of the series in a frame, how far off they may be, and how good they have been.

    `frame` is a pandas, polars or pyarrow table (anything narwhals reads) or a dict of arrays, with a row per
    observation in any order. A missing value is not learnt from. The period (days, working days, weeks, months,
    quarters, years, times of day, whole numbers) is that of each series' dates.

    value, date, by, denominator: names of columns, as in `spc`; with a denominator the ratio is forecast.
    horizon: how many periods ahead, 1 to 366.
    target: number, or column (which may change with time, and may have rows beyond the last value).
    direction: which way is better: "increase", "decrease", "neutral" (as None), or the name of a column.
    bounds: lowest and highest possible value, None for no bound: (0, 1) for proportions, (0, None) for counts.
        Without it a denominator that no value passes gives (0, multiply), whole numbers of 0 or more (0, None).
    method: "auto", or one of combination, naive, seasonal_naive, damped, seasonal_damped, theta, seasonal_theta.
    levels: probabilities of the limits, each above 0 and below 1.
    multiply: scales the values (per 100, per 1,000), never target or bounds.
    rebase: as in `spc`; nothing before the latest phase is learnt from.
    exclude: column of true and false: ghosts, which are not learnt from.
    aggregate: "sum", "mean" or "median" of rows that share a date; without it they are an error.

    Raises BadInput with a sentence that names row and column. Sources and measured accuracy: docs/methods/forecast.md.
    """
    by = (by,) if isinstance(by, str) else tuple(by or ())
    asked = Asked(_horizon(horizon), _levels(levels), _method(method), _multiply(multiply))
    sides = [f"{side}_{percent(level)}" for level in asked.levels for side in ("lower", "upper", "coverage")]
    frames.refuse_names(by, (*RESERVED, *sides))
    limits = _bounds(bounds)
    wanted = Wanted(value, date, by, "xmr", denominator, target, direction, rebase, None, exclude, aggregate)
    with np.errstate(all="ignore"):  # what overflows or has nothing to divide ends as a missing number
        known = past(prepare(frame, wanted), limits, asked.multiply, value)
        return Forecast(known, asked, foresee(known, asked))


class _Door(ModuleType):
    """The package under the name of its function: whichever was loaded first, `plotthedots.forecast(…)` works."""

    def __call__(self, *arguments: Any, **options: Any) -> Forecast:
        return forecast(*arguments, **options)


sys.modules[__name__].__class__ = _Door


def _number(given: Any) -> bool:
    return isinstance(given, (int, float, np.integer, np.floating)) and not isinstance(given, bool)


def _horizon(given: Any) -> int:
    if not _number(given) or not 1 <= given <= FURTHEST or given != int(given):
        raise BadInput(f"horizon: found {given!r}, expected a whole number of periods from 1 to {FURTHEST}.")
    return int(given)


def _levels(given: Any) -> tuple[float, ...]:
    levels = tuple(given) if isinstance(given, (list, tuple, np.ndarray)) else (given,)
    good = all(_number(level) and 0 < level < 1 for level in levels)
    if not levels or not good or len(set(levels)) < len(levels):
        raise BadInput(f"levels: found {given!r}, expected different probabilities above 0 and below 1.")
    return tuple(float(level) for level in levels)


def _method(given: Any) -> str:
    if given not in ("auto", *METHODS):
        raise BadInput(f"method: found {given!r}, expected {names(('auto', *METHODS))}.")
    return str(given)


def _multiply(given: Any) -> float:
    if not _number(given) or not 0 < given < 1e15:
        raise BadInput(f"multiply: found {given!r}, expected a number above 0.")
    return float(given)


def _bounds(given: Any) -> tuple[float | None, float | None] | None:
    if given is None:
        return None
    pair = tuple(given) if isinstance(given, (list, tuple)) else ()
    good = len(pair) == 2 and all(bound is None or (_number(bound) and np.isfinite(bound)) for bound in pair)
    if not good or (None not in pair and not pair[0] < pair[1]):
        raise BadInput(f"bounds: found {given!r}, expected a lowest and a highest value (None for no bound).")
    return tuple(None if bound is None else float(bound) for bound in pair)  # type: ignore[return-value]
