"""Sentences and advice: signs become words here and nowhere else. Plain values in, British English out."""

import datetime as dt
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

ADVICE = {
    "empty": "There is no value here yet.",
    "provisional": "Fewer than 13 points: the limits are provisional and will move with each new one.",
    "stale": "The latest value is old: more than three of the usual gaps have gone by without a new one.",
    "flat": "All values are the same: nothing varies, so there are no limits to judge by.",
    "gaps": "More than a tenth of the rows have no value; runs are broken at each gap.",
    "unstable": "There was a special cause among the last twelve points: until it is understood, the limits do not tell whether the target will be met.",
    "assurance_correlated": "Neighbouring values are alike, so the limits are too narrow to tell whether the target will be met.",
    "correlated": "Neighbouring values are strongly correlated: limits are too narrow and runs come by themselves; look at changes, or at a slower rhythm.",
    "seasonal": "The season shows: the same time of year repeats itself; compare with the same season, or take the season out first.",
    "zeros": "More than half of the values are 0: a chart of the time or the number between events (t or g) would see more.",
    "overdispersed": "Values spread more than their denominators explain: p′ or u′ (pprime, uprime) allows for that.",
    "underdispersed": "Laney's sigma is below 1: limits are narrower than the denominators alone explain; check how the data were made, or use p or u.",
    "whole_numbers": "Small whole numbers: a chart of counts (c), or of the time or number between events (t or g), suits them better.",
    "not_counts": "Some numbers of events are not whole: a chart of counts assumes that they are.",
    "below_zero": "The lower limit is below 0 though no value is; floor=0 draws it at 0.",
    "step": "The last points lie on one side of the average for long enough that a new phase may be warranted, once the reason is known; nothing has been changed.",
    "short_baseline": "The baseline asks for more points than this phase has; its limits use what there is.",
    "unused_rebase": "A date for a new phase lies after the last row and was ignored.",
    "rules_left_out": "Some rules of this set mean nothing on this kind of chart; their columns stay 0.",
    "runs": "Runs about the centre line are not what chance gives: the process has changed within this phase.",
}

_RULES = {
    "outside": ("above the upper limit of {upper}", "below the lower limit of {lower}"),
    "shift": ("one of {0} or more points running above the {middle} of {centre}", "one of {0} or more points running below the {middle} of {centre}"),
    "trend": ("one of {0} or more points rising without a break", "one of {0} or more points falling without a break"),
    "two_of_three": ("{0} of {1} neighbouring points are close to the upper limit of {upper}", "{0} of {1} neighbouring points are close to the lower limit of {lower}"),
    "beyond": ("{0} of {1} neighbouring points lie far above the {middle} of {centre}", "{0} of {1} neighbouring points lie far below the {middle} of {centre}"),
    "alternating": ("one of {0} or more points that swing up and down by turns",) * 2,
    "stratification": ("one of {0} or more points that hug the {middle} of {centre}",) * 2,
    "mixture": ("one of {0} or more points that all avoid the {middle} of {centre}",) * 2,
}  # fmt: skip

_SHORT = {
    "outside": ("above the upper limit", "below the lower limit"),
    "shift": ("one of {0} or more above the centre", "one of {0} or more below the centre"),
    "trend": ("one of {0} or more rising", "one of {0} or more falling"),
    "two_of_three": ("{0} of {1} close to the upper limit", "{0} of {1} close to the lower limit"),
    "beyond": ("{0} of {1} far above the centre", "{0} of {1} far below the centre"),
    "alternating": ("one of {0} or more up and down by turns",) * 2,
    "stratification": ("one of {0} or more that hug the centre",) * 2,
    "mixture": ("one of {0} or more that avoid the centre",) * 2,
}

_MEANS = {
    "improvement": "an improvement",
    "concern": "a concern",
    "neutral": "a change, by itself neither good nor bad",
}

VARIATIONS = {
    "common_cause": "Common cause: no change beyond chance",
    "improvement_high": "Improving: higher than chance explains",
    "improvement_low": "Improving: lower than chance explains",
    "concern_high": "Concerning: higher than chance explains",
    "concern_low": "Concerning: lower than chance explains",
    "neutral_high": "Higher than chance explains, neither good nor bad",
    "neutral_low": "Lower than chance explains, neither good nor bad",
}

ASSURANCES = {
    "pass": "Will pass: the target is met every time unless something changes",
    "fail": "Will fail: the target is missed every time unless something changes",
    "inconsistent": "Hit and miss: the target lies within the limits",
}


@dataclass(frozen=True, slots=True)
class Said:
    """What there is to say of one phase, in plain values (None where there is none)."""

    value: float | None
    date: Any
    first_date: Any
    centre: float | None
    lower: float | None
    upper: float | None
    target: float | None
    way: int
    variation: str | None
    assurance: str | None
    rule: str | None
    settings: tuple[Any, ...]
    median: bool
    percent: bool
    runs: tuple[int, int, int, int] | None
    open_run: float | None
    open_passes: bool


def sentence(said: Said) -> str:
    """One phase in one to four sentences: its latest value, what the rules saw, the target, an open run."""
    if said.value is None:
        return "No value yet." + _open_run(said)
    write = writer((said.value, said.centre, said.lower, said.upper, said.target), said.percent)
    when = moment(said.date, said.first_date)
    lead = f"{write(said.value)} {when}: "
    return lead + _signal(said, write) + _runs(said) + _target(said, write) + _open_run(said)


def _signal(said: Said, write: Any) -> str:
    middle = "median" if said.median else "average"
    if said.way == 0 or said.rule is None:
        if said.centre is None:
            return "there is nothing yet to compare it with."
        if said.lower is None or said.upper is None:
            return f"no change beyond chance from the {middle} of {write(said.centre)}."
        return (
            f"no change beyond chance from the {middle} of {write(said.centre)}; "
            f"{write(said.lower)} to {write(said.upper)} is the usual range."
        )
    known = {"middle": middle}
    for name, value in (("centre", said.centre), ("lower", said.lower), ("upper", said.upper)):
        known[name] = "" if value is None else write(value)
    reason = _RULES[said.rule][said.way < 0].format(*said.settings, **known)
    return f"{reason}, {_MEANS[(said.variation or 'neutral').split('_')[0]]}."


def rule(kind: str, settings: tuple[Any, ...], way: int) -> str:
    """What a rule saw at a point, for a cell of a table."""
    return _SHORT[kind][way < 0].format(*settings)


def _runs(said: Said) -> str:
    if said.runs is None:
        return ""
    longest, most, crossings, least = said.runs
    many = "crossing" if crossings == 1 else "crossings"
    return (
        f" Runs have changed: the longest has {longest} points (chance gives up to {most}), "
        f"with {crossings} {many} of the centre line (chance gives at least {least})."
    )


def _target(said: Said, write: Any) -> str:
    if said.target is None or said.assurance is None:
        return ""
    target = write(said.target)
    if said.assurance == "pass":
        return f" The target of {target} is met every time unless something changes."
    if said.assurance == "fail":
        return f" The target of {target} is missed every time unless something changes."
    return f" The target of {target} is hit or missed by chance."


def _open_run(said: Said) -> str:
    if said.open_run is None:
        return ""
    passes = ", and already passes the upper limit" if said.open_passes else ""
    return f" The open run since the last event is {number(said.open_run)}{passes}."


def writer(values: Iterable[float | None], percent: bool = False) -> Callable[[float], str]:
    """How numbers that stand together are written: all alike, with about three figures of their widest span."""
    if percent:
        plain = writer([value * 100 for value in values if value is not None])
        return lambda value: plain(value * 100) + "%"
    known = [value for value in values if value is not None and value == value]
    span = max(known) - min(known) if known else 0.0
    largest = max(map(abs, known), default=0.0)
    if span <= 0 or largest >= 1e12 or largest < 1e-3 or span < largest * 1e-6:
        return number
    places = max(0, min(6, 2 - math.ceil(math.log10(span / 4))))

    def write(value: float) -> str:
        text = f"{value:,.{places}f}"
        text = text.rstrip("0").rstrip(".") if places else text
        return "0" if text in ("-0", "0") else text.replace("-", "−")

    return write


def number(value: float) -> str:
    """A number as a person writes it: three to four figures, thousands commas, no trailing zeros.

    >>> number(1234.5), number(3.60000001), number(0.01234), number(-0.0)
    ('1,234', '3.6', '0.0123', '0')
    """
    size = abs(value)
    if size >= 1e15 or 0 < size < 1e-4:
        return _powers(value)
    places = 0 if size >= 100 else 1 if size >= 10 else 2 if size >= 1 else 3 if size >= 0.1 else 4
    text = f"{value:,.{places}f}"
    if places:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "0") else text.replace("-", "−")


_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def _powers(value: float) -> str:
    """Very large and very small numbers, as 1.5 × 10⁻⁷."""
    figures, power = f"{value:.3g}".split("e") if "e" in f"{value:.3g}" else f"{value:.2e}".split("e")
    return f"{figures} × 10{str(int(power)).translate(_RAISED)}".replace("-", "−")


def moment(date: Any, first: Any = None) -> str:
    """When, as a person says it: "in March 2026" where dates are first days of months, "on 3 March 2026", "at 12".

    >>> moment(dt.date(2026, 3, 1), dt.date(2025, 3, 1)), moment(dt.date(2026, 3, 2)), moment(7)
    ('in March 2026', 'on 2 March 2026', 'at 7')
    """
    if not isinstance(date, dt.date):
        return f"at {date}"
    midnight = not isinstance(date, dt.datetime) or date.time() == dt.time()
    if midnight and date.day == 1 and first is not None and first.day == 1 and first < date:
        return f"in {MONTHS[date.month - 1]} {date.year}"
    clock = "" if midnight else f" at {date:%H:%M}"
    return f"on {date.day} {MONTHS[date.month - 1]} {date.year}{clock}"


def advice(codes: str | None) -> list[str]:
    """Sentences of the codes of an `advice` cell."""
    return [ADVICE[code] for code in (codes or "").split(";") if code]
