"""Round numbers for an axis, and numbers as a person writes them."""

import math
from collections.abc import Callable

from plotthedots.constants import Floats


def ticks(low: float, high: float, about: int = 5) -> tuple[list[float], float]:
    """Round values that cover low … high, some of `about`, and the step between them."""
    if high <= low:
        spread = abs(low) * 0.1 or 1.0
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
    places = max(0, -math.floor(math.log10(shown) + 1e-9)) if shown > 0 else 0
    if places and round(shown * 10**places, 6) != round(shown * 10**places):
        places += 1  # a step of 2.5 has one place more than its power of ten
    if finer:
        places = max(0, math.ceil(1.29 - math.log10(shown))) if shown > 0 else 0
    ending = "%" if percent else unit

    def write(value: float) -> str:
        value = value * 100 if percent else value
        if abs(value) >= 1e9 or (places > 6):
            return f"{value:.3g}".replace("-", "−") + ending
        written = f"{value:,.{places}f}"
        return ("0" if float(written.replace(",", "")) == 0 else written.replace("-", "−")) + ending

    return write


def line(low: float, high: float, start: float, end: float) -> Callable[[Floats], Floats]:
    """Values low … high to pixels start … end."""
    spread = high - low
    factor = (end - start) / spread if spread else 0.0
    middle = (start + end) / 2 if not spread else start
    return lambda values: middle + (values - low) * factor
