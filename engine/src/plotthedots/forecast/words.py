"""Sentences about forecasts. Plain values in, British English out."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from plotthedots import words
from plotthedots.svg.fan import share

_NOTHING = {
    "short": "Under 6 values: too few to forecast from.",
    "constant": "All values are alike, or the last 24 are: there is nothing to forecast.",
    "broken": "The level broke, or over half of the values are missing, and under 6 are left: too few to go on.",
}
_CAUTION = {
    "short": " Under 20 values: the limits are wide, and their record says little.",
    "broken": " The level broke, or over half the values are missing: limits are wide, and their record says little.",
}
_COUNTED = {
    "ok": ("{} has a forecast", "{} have forecasts"),
    "short": ("{} is short (under 20 values)", "{} are short (under 20 values)"),
    "broken": ("{} is broken", "{} are broken"),
    "constant": ("{} is constant and not forecast", "{} are constant and not forecast"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """A forecast of one period; None where there is none."""

    date: Any
    mean: float
    lower: float
    upper: float
    chance: float | None
    target: float | None


@dataclass(frozen=True, slots=True)
class Told:
    """What there is to say of one series: its first and last step, and how such forecasts have done."""

    status: str
    first_date: Any
    steps: list[Step]
    level: float
    better: int
    forecasts: int
    coverage: float | None
    percent: bool


def sentence(told: Told) -> str:
    """One series in one to four sentences: what is expected, the chance of its target, the record, caution."""
    if not told.steps:
        return _NOTHING.get(told.status, _NOTHING["short"])
    write = _writer(told)
    return _expected(told, write) + _chance(told, write) + _record(told) + _CAUTION.get(told.status, "")


def heading(told: Told) -> str:
    """The last step alone, as the title of a chart."""
    if not told.steps:
        return sentence(told)
    step = told.steps[-1]
    write = _writer(told)
    limits = f"{share(told.level)} between {write(step.lower)} and {write(step.upper)}"
    said = f"{write(step.mean)} expected {_when(told, step)}, {limits}"
    if step.chance is None or step.target is None or not told.better:
        return f"{said}."
    return f"{said}; the chance of {write(step.target)} {_side(told)} is {chance(step.chance)}."


def _writer(told: Told) -> Callable[[float], str]:
    numbers = [number for step in told.steps for number in (step.mean, step.lower, step.upper, step.target)]
    return words.writer(numbers, told.percent)


def _side(told: Told) -> str:
    return "or more" if told.better > 0 else "or less"


def _expected(told: Told, write: Callable[[float], str]) -> str:
    parts = [
        f"{write(step.mean)} {_when(told, step)} ({write(step.lower)} to {write(step.upper)})" for step in told.steps
    ]
    return f"Expected: {' and '.join(parts)}; {share(told.level)} fall within."


def _chance(told: Told, write: Callable[[float], str]) -> str:
    known = [
        (step, step.chance, step.target) for step in told.steps if step.chance is not None and step.target is not None
    ]
    if not known or not told.better:
        return ""
    side = _side(told)
    said = f" The chance of {write(known[0][2])} {side} is {chance(known[0][1])} {_when(told, known[0][0])}"
    for step, likely, target in known[1:]:
        aim = " and" if target == known[0][2] else f", of {write(target)} {side}"
        again = "" if target == known[0][2] and chance(likely) == chance(known[0][1]) else f" {chance(likely)}"
        said += f"{aim}{again} {_when(told, step)}"
    return f"{said}."


def _when(told: Told, step: Step) -> str:
    return words.moment(step.date, told.first_date)


def _record(told: Told) -> str:
    if not told.forecasts or told.coverage is None:
        return ""
    limits = f"within its {told.level * 100:.4g} % limits"
    return f" Of {told.forecasts:,} such forecasts made of its past, {told.coverage * 100:.0f} % came {limits}."


def chance(probability: float) -> str:
    """A chance as a person says it.

    >>> chance(0.01), chance(0.43), chance(0.97)
    ('under 1 in 20', '4 in 10', 'over 19 in 20')
    """
    if probability < 0.05:
        return "under 1 in 20"
    if probability > 0.95:
        return "over 19 in 20"
    return f"{min(max(round(probability * 10), 1), 9)} in 10"


def count(statuses: list[str]) -> str:
    """All series in a sentence: how many are forecast, and why others are not."""
    total = f"{len(statuses):,} series"
    if statuses and statuses.count("ok") == len(statuses):
        return f"All {total} have a forecast."
    parts = []
    for status, (one, more) in _COUNTED.items():
        number = statuses.count(status)
        if number:
            parts.append((one if number == 1 else more).format(f"{number:,}"))
    return f"Of {total}, {', '.join(parts)}."
