"""Round numbers for an axis, and numbers as a person writes them."""

import math
from collections.abc import Callable
from typing import Any

LARGEST = 8e307  # twice this is still a number

_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def ticks(low: float, high: float, about: int = 5) -> tuple[list[float], float]:
    """Round values that cover low … high, some of `about`, and the step between them."""
    low, high = (min(max(end, -LARGEST), LARGEST) for end in (low, high))
    size = max(abs(low), abs(high))
    if high - low <= max(size * 1e-12, 1e-300):  # nothing, or rounding, lies between
        spread = max(size * 0.1, 1e-290) if size else 1.0
        low, high = low - spread, high + spread
    rough = (high - low) / max(about, 1)
    power = 10.0 ** math.floor(math.log10(rough))
    step = next((factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= rough * 0.999), 10 * power)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [index * step for index in range(first, last + 1)], step


def writer(step: float, *, percent: bool, unit: str = "", finer: bool = False) -> Callable[[float], str]:
    """How the values of an axis with this step are written: no more places than the step has.

    `finer` is for values between the ticks, such as limits: about a tenth to a hundredth of a step.
    """
    shown = step * 100 if percent else step
    least = _finer(shown) if finer else _least(shown)  # the power of ten of the last figure
    places = max(0, -least)
    factor, ending = (100.0, "%") if percent else (1.0, unit)
    tiny, nothing = places > 6, 0.5 * 10.0**-places

    def write(value: float) -> str:
        value *= factor
        if tiny or abs(value) >= 1e9:
            return _powers(value, least) + ending
        if abs(value) <= nothing:
            return "0" + ending
        return f"{value:,.{places}f}".replace("-", "−") + ending

    return write


def _least(step: float) -> int:
    """Power of ten of the last figure of a step: 0 for 2, −1 for 2.5."""
    power = math.floor(math.log10(step) + 1e-9)
    figure = step / 10.0**power
    return power if abs(figure - round(figure)) < 1e-6 else power - 1


def _finer(step: float) -> int:
    return -math.ceil(1.29 - math.log10(step))


def _powers(value: float, least: int) -> str:
    """Very large and very small numbers, as 1.5 × 10⁻⁷, as far as the power of ten `least`."""
    if abs(value) <= 0.5 * 10.0**least:
        return "0"
    places = min(max(math.floor(math.log10(abs(value)) + 1e-9) - least, 0), 15)
    figures, raised = f"{value:.{places}e}".split("e")
    figures = (figures.rstrip("0").rstrip(".") if "." in figures else figures).replace("-", "−")
    return f"{figures} × 10{str(int(raised)).translate(_RAISED)}"


def line(low: float, high: float, start: float, end: float) -> Callable[[Any], Any]:
    """Values low … high (numbers or arrays) to pixels start … end."""
    spread = high - low
    factor = (end - start) / spread if spread else 0.0
    middle = start if spread else (start + end) / 2
    return lambda values: middle + (values - low) * factor
