"""Sentences and advice about funnels. Plain values in, British English out."""

from collections.abc import Callable
from dataclasses import dataclass

from plotthedots import words

ADVICE = {
    "no_values": "No area has a value: each needs a count and a denominator above 0.",
    "one_area": "Only one area has a value: there is nothing to compare it with.",
    "no_spread": "Every area has none, or every area has all: nothing varies, so there are no limits to judge by.",
    "not_judged": "Some areas are not judged: they are below the minimum, or have no value.",
    "few_areas": "Fewer than 10 areas are judged: whether they differ by more than chance cannot be told, so the limits allow for chance alone.",
    "overdispersed": "Areas differ by more than chance alone gives, as they do where patients, coding or practice differ: the limits allow for that, and the faint ones do not.",
    "looks": "So many areas are compared that chance alone may put one beyond these limits: being beyond them is a reason to look, not a finding.",
    "not_low": "For half of the areas or more the lower limit is 0: they are too small for any number to be called too low.",
    "not_counts": "Some numbers of events are not whole: the limits assume counts.",
}  # fmt: skip

LOOKS = 0.5  # areas beyond the limits by chance alone, from which advice says so
NAMED = 3  # areas named in the sentence on each side
_MEANS = {1: " (an improvement)", -1: " (a concern)", 0: ""}


@dataclass(frozen=True, slots=True)
class Told:
    """What there is to say of a funnel, in plain values; high and low are names, the furthest first."""

    areas: int
    valued: int
    judged: int
    centre: float
    given: bool
    chart: str
    level: str
    high: list[str]
    low: list[str]
    expected: float
    dispersion: float
    wide: bool
    better: int
    percent: bool
    whole: bool
    lowless: float


def codes(told: Told) -> list[str]:
    """The advice that applies, in the order in which a reader should hear of it (criteria: docs/reference/advice.md)."""
    spread = told.centre > 0 and not (told.chart == "p" and told.centre >= 1)
    found = {
        "no_values": not told.valued,
        "one_area": told.valued == 1 and not told.given,
        "no_spread": told.valued > 0 and not spread,
        "not_judged": told.valued > 0 and told.judged < told.areas and spread,
        "few_areas": 1 < told.judged < 10,
        "overdispersed": told.wide,
        "looks": told.judged > 1 and told.expected >= LOOKS,
        "not_low": told.judged > 1 and told.lowless >= 0.5,
        "not_counts": not told.whole,
    }
    return [code for code in ADVICE if found[code]]


def advice(text: str | None) -> list[str]:
    """Sentences of the codes of an `advice` cell."""
    return [ADVICE[code] for code in (text or "").split(";") if code]


def sentence(told: Told) -> str:
    """A funnel in one to three sentences: who is beyond the limits, how many chance alone puts there, who is not judged."""
    if not told.valued:
        return "No area has a value yet."
    write = words.writer((told.centre,), told.percent)
    if "no_spread" in codes(told):
        all_of = "all" if told.centre > 0 else "none"
        return f"{_counted(told.valued)} {'has' if told.valued == 1 else 'have'} {all_of}: there is nothing to compare."
    if not told.judged:
        return f"None of {_counted(told.areas)} is large enough to be judged."
    if told.valued == 1 and not told.given:
        return f"Only one area has a value, {write(told.centre)}: there is nothing to compare it with."
    return heading(told) + _against(told, write) + _who(told) + _chance(told) + _wide(told) + _left_out(told)


def heading(told: Told) -> str:
    """How many are beyond the limits."""
    if not told.judged or (told.valued == 1 and not told.given):
        return sentence(told).rstrip(".")
    sides = [(len(told.high), "above", _MEANS[told.better]), (len(told.low), "below", _MEANS[-told.better])]
    sides = [side for side in sides if side[0]]
    if not sides:
        return f"{_all(told.judged)} within the {told.level} limits"
    (count, where, means), *other = sides
    are = "is" if count == 1 else "are"
    said = f"{count:,} of {_counted(told.judged)} {are} {where} the {told.level} limits{means}"
    return said + "".join(f" and {more:,} {beyond}{meaning}" for more, beyond, meaning in other)


def _all(count: int) -> str:
    return "The one area judged is" if count == 1 else "Both areas are" if count == 2 else f"All {_counted(count)} are"


def _who(told: Told) -> str:
    """The names of those beyond."""
    return "".join(
        f" {side}: {_listed(names)}." for side, names in (("Above", told.high), ("Below", told.low)) if names
    )


def _listed(names: list[str]) -> str:
    if len(names) > NAMED + 1:
        return f"{', '.join(names[:NAMED])} and {len(names) - NAMED:,} more"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _against(told: Told, write: Callable[[float], str]) -> str:
    """What they are compared with, and by which limits."""
    what = "the centre given" if told.given else "what was expected" if told.chart == "smr" else "the average"
    value = "" if told.chart == "smr" and not told.given else f", {write(told.centre)}"
    return f" about {what}{value}."


def _wide(told: Told) -> str:
    if not told.wide:
        return ""
    return (
        " The limits allow for areas differing by more than chance alone "
        f"(dispersion {words.number(told.dispersion)}, where chance gives 1)."
    )


def _chance(told: Told) -> str:
    """How many of them would be there if all were alike."""
    if told.judged < 2:
        return ""
    about = words.number(round(told.expected, 1 if told.expected < 10 else 0))
    if told.expected < 0.05:
        return " Chance alone puts hardly any beyond them."
    return f" Chance alone puts about {about} beyond them."


def _left_out(told: Told) -> str:
    count = told.areas - told.judged
    return f" {_counted(count)} {'is' if count == 1 else 'are'} not judged." if count else ""


def _counted(count: int) -> str:
    return f"{count:,} area{'' if count == 1 else 's'}"
