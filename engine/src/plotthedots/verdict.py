"""What the signals mean: each point, and each series' variation and assurance. Signs stay signs; words come later."""

import numpy as np

from plotthedots.constants import Floats, Signs
from plotthedots.signals import choose

# Codes of `point`; −1 is a missing value.
POINTS = ("common_cause", "improvement", "concern", "neutral_high", "neutral_low")
VARIATIONS = (
    "common_cause",
    "improvement_high",
    "improvement_low",
    "concern_high",
    "concern_low",
    "neutral_high",
    "neutral_low",
)
ASSURANCES = ("pass", "fail", "inconsistent")
MISSING = np.int8(-1)

# Rules without a better or a worse side: they mark a special cause, which is shown as neither.
SIDELESS = frozenset({"alternating", "stratification", "mixture"})

# Row: way −1, 0, 1; column: better −1 (lower), 0 (neither), 1 (higher).
_POINT = np.array([[1, 4, 2], [0, 0, 0], [2, 3, 1]], dtype=np.int8)
_VARIATION = np.array([[2, 6, 4], [0, 0, 0], [3, 5, 1]], dtype=np.int8)


def way_of(signals: dict[str, Signs], precedence: tuple[str, ...]) -> tuple[Signs, Signs | None]:
    """The way of the first rule that fires at each point, and where that rule has no side (None: nowhere)."""
    names = [name for name in precedence if name in signals]
    way = np.zeros_like(next(iter(signals.values())))
    sideless: Signs | None = None
    for name in reversed(names):
        fired = signals[name]
        way = choose(fired != 0, fired, way)
        if name in SIDELESS:
            sideless = (fired != 0).view(np.int8) | (np.int8(0) if sideless is None else sideless)
        elif sideless is not None:
            sideless = sideless & (fired == 0).view(np.int8)
    return way, sideless


def point_codes(way: Signs, better: Signs, missing: Signs) -> Signs:
    """Code of each point from its way (−1, 0, 1) and the better way (−1, 0, 1)."""
    if np.ndim(better) == 0:
        low, high = _POINT[0, better + 1], _POINT[2, better + 1]
        codes = (way < 0).view(np.int8) * low + (way > 0).view(np.int8) * high
    else:
        codes = _POINT.ravel().take((way + np.int8(1)) * np.int8(3) + (better + np.int8(1)))
    return np.asarray(codes | -missing)


def variation_codes(way: Signs, better: Signs) -> Signs:
    """Code of `VARIATIONS` from the way of the latest point and the better way."""
    return _VARIATION[way + 1, better + 1]


def assurance_codes(target: Floats, lower: Floats, upper: Floats, better: Signs) -> Signs:
    """Code of `ASSURANCES`, −1 where there is no target, no limit or no better way.

    A target on a limit may be hit or missed, so it is inconsistent.
    """
    known = (target == target) & (lower == lower) & (upper == upper) & (better != 0)
    all_above = np.where(target < lower, 1, 0)
    all_below = np.where(target > upper, 1, 0)
    side = (all_above - all_below) * better
    codes = np.where(side > 0, 0, np.where(side < 0, 1, 2)).astype(np.int8)
    return np.where(known, codes, MISSING)
