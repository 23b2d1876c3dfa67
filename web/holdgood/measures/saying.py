"""What a measure's page says, in words that a ward manager uses. Plain values in, sentences out."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from holdgood.measures import periods
from holdgood.measures.models import Measure

FEWEST = 3  # points of which anything is said
MORE = 2  # digits that a target is told with beyond those of the measure, if it has them

IN_WORDS = {"ward": "on", "team": "in", "division": "in", "specialty": "in"}


@dataclass(frozen=True)
class Signal:
    """The run of marked points at a series' end: which way, good or bad, since when, how many."""

    way: str  # "high" or "low"
    judged: str  # "improvement", "concern" or "neutral"
    since: dt.date
    points: int


@dataclass(frozen=True)
class Stretch:
    """A phase: from when, around what average, between which limits."""

    since: dt.date
    points: int
    centre: float
    lower: float
    upper: float


def figure(measure: Measure, value: float | None) -> str:
    """A value as the measure is written: its decimals, thousands commas, a percent sign."""
    if value is None or value != value:
        return "no data"
    text = f"{value:,.{measure.decimals}f}".replace("-", "−")
    if text.strip("−0.,") == "":
        text = text.lstrip("−")
    return text + ("%" if measure.unit == "%" else "")


def where(name: str, kind: str) -> str:
    """on Ward 7, in Medicine, at Fenmoor NHS Trust."""
    return f"{IN_WORDS.get(kind, 'at')} {name}"


def signal(
    dates: Sequence[dt.date], points: Sequence[str], values: Sequence[float | None], variation: str
) -> Signal | None:
    """What is marked at the end, if the latest point is."""
    known = [(day, point) for day, point, value in zip(dates, points, values, strict=True) if value is not None]
    if not known or known[-1][1] == "common_cause" or variation in ("", "common_cause"):
        return None
    judged, _, way = variation.partition("_")
    run = list(takewhile(lambda each: each[1] == known[-1][1], reversed(known)))
    return Signal(way, judged, run[-1][0], len(run))


def title(
    measure: Measure, place: str, n: int, phases: Sequence[Stretch], now: Signal | None, assurance: str, aim: str
) -> str:
    """The page's title: the answer."""
    head = f"{measure.short} {place}"
    if n == 0:
        return f"{head}: no numbers yet"
    if n < FEWEST:
        return f"{head}: too few numbers to say anything yet"
    parts = [part for part in (_step(measure, phases), _signal(measure, phases, now)) if part]
    if not parts and phases[-1].points < FEWEST:
        parts = [f"too few numbers since {month(measure, phases[-1].since)} to say anything yet"]
    if not parts:
        parts = ["no change beyond chance" + (" since " + month(measure, phases[-1].since) if len(phases) > 1 else "")]
    promised = {
        "pass": f"and keeps to {aim}",
        "fail": f"and as it is cannot reach {aim}",
        "inconsistent": f"and {aim} lies inside the usual range",
    }.get(assurance)
    return f"{head}: {', '.join(parts)}" + (f", {promised}" if promised and aim else "")


def _step(measure: Measure, phases: Sequence[Stretch]) -> str:
    """The step that people made, as far as there are numbers on both sides of it, and they differ as they are shown."""
    if len(phases) < 2 or min(phases[-1].points, phases[-2].points) < FEWEST:
        return ""
    if figure(measure, phases[-1].centre) == figure(measure, phases[-2].centre):
        return ""
    return f"{more(measure, phases[-1].centre > phases[-2].centre)} since {month(measure, phases[-1].since)}"


def _signal(measure: Measure, phases: Sequence[Stretch], now: Signal | None) -> str:
    if now is None:
        return ""
    step = _step(measure, phases)
    word = more(measure, now.way == "high")
    again = " again" if step.startswith(word) else ""
    if now.points == 1:
        return f"{word}{again} than chance explains in {month(measure, now.since)}"
    return f"{word}{again} since {month(measure, now.since)}"


def more(measure: Measure, up: bool) -> str:
    """more or fewer of what is counted; higher or lower of everything else."""
    counts = measure.whole and measure.unit != "%"
    return ("more" if up else "fewer") if counts else ("higher" if up else "lower")


def month(measure: Measure, day: dt.date) -> str:
    return periods.name(day, measure.granularity)


def aim(measure: Measure, value: float) -> str:
    """5 or fewer, 95% or more, or just the value where neither way is better."""
    side = {"increase": " or more", "decrease": " or fewer" if measure.whole and measure.unit != "%" else " or less"}
    shown = f"{value:,.{measure.decimals}f}"
    if float(shown.replace(",", "")) != value:  # 7.46 is not 7.5: whoever has 7.48 has missed it
        shown = f"{value:,.{measure.decimals + MORE}f}"
    plain = shown.replace("-", "−")
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    end = {"increase": measure.maximum, "decrease": measure.minimum}.get(measure.direction)
    none_beyond = end is not None and float(end) == value  # nobody can have more than 100%, or fewer than none
    return plain + ("%" if measure.unit == "%" else "") + ("" if none_beyond else side.get(measure.direction, ""))


def meets(measure: Measure, value: float, target: float) -> bool:
    return value >= target if measure.direction == "increase" else value <= target


def kept(measure: Measure, values: Sequence[float | None], targets: Sequence[float | None], last: int = 13) -> str:
    """How often the target was met of late: "in 10 of the last 13 months, and in all of the last 7"."""
    pairs = [(v, t) for v, t in zip(values, targets, strict=True) if v is not None and t is not None][-last:]
    if not pairs or measure.direction == "neutral":
        return ""
    met = [meets(measure, value, target) for value, target in pairs]
    run = len(list(takewhile(bool, reversed(met))))
    every = f"{measure.granularity}s"
    if len(met) == 1:
        return f"It was {'met' if met[0] else 'missed'} in the one {measure.granularity} there is."
    if all(met) or not any(met):
        return (
            f"It was {'met' if met[0] else 'missed'} in {'all' if met[0] else 'each'} of the last {len(met)} {every}."
        )
    recent = f", and in all of the last {run}" if run > 1 else ""
    return f"It was met in {sum(met)} of the last {len(met)} {every}{recent}."


def chance(share: float) -> str:
    """8 in 10; never certain, never impossible."""
    tenths = round(share * 10)
    if share <= 0.05 or tenths == 0:
        return "less than 1 in 20" if share < 0.05 else "1 in 20"
    if share >= 0.95 or tenths == 10:
        return "more than 19 in 20" if share > 0.95 else "19 in 20"
    return f"{tenths} in 10"
