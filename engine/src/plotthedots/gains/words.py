"""Sentences and advice about gains: codes become words here. Plain values in, British English out."""

from dataclasses import dataclass
from typing import Any

from plotthedots import words

ADVICE = {
    "baseline_short": "Fewer than 12 values before the claim: the level before is hardly known, and only a large gain can be told.",
    "baseline_too_short": "Fewer than 8 values before the claim, or all of them alike: there is nothing to compare with, so nothing can be established.",
    "baseline_unstable": "The measure was already changing before the claim, so that what came after may not be the claim's doing.",
    "season": "The season was taken out, as the values before the claim show it.",
    "season_borrowed": "The season was taken out as the other series have it, as this one is too short to show its own.",
    "stock": "The measure moves like a stock, such as a waiting list: each value is mostly the one before. Only a step at the date of the claim can be told from its drift; a measure of flow would see more.",
    "overlapping": "Another claim on this measure lies so near that both share its values: which of them did it cannot be told.",
    "worst_before": "This place was among the worst tenth before the claim. Places chosen for that move towards the others by themselves (regression to the mean), so some of the gain may be that.",
    "no_placebos": "There was nothing to compare the claim with where nothing was done, so that drift may pass for a gain.",
    "few_placebos": "Under 20 comparisons where nothing was done: too few to count, so that drift may pass for a gain.",
    "cannot_tell": "Whether anything changed cannot be told yet: more time, weekly values, a measure of the ward or of the process itself would tell sooner.",
    "too_small": "The gain is too small to measure a share of.",
    "wide": "How much of the gain is left cannot be told yet: the interval holds both all of it and under half.",
    "prior_only": "The chance of slipping is the usual one of gains: too few of the gains here have ended for a chance of their own.",
}


@dataclass(frozen=True, slots=True)
class Told:
    """What there is to say of one claim, in plain values (None where there is none)."""

    status: str
    claimed: Any
    since: Any
    first: Any
    signalled_on: Any
    established_on: Any
    before: float | None
    after: float | None
    size: float | None
    lower: float | None
    upper: float | None
    retained: float | None
    retained_lower: float | None
    retained_upper: float | None
    observations: int
    as_strong: int
    placebos: int
    percent: bool


def sentence(told: Told) -> str:
    """One claim in two to four sentences: what it is now, how large, how much of it is left, where nothing was done."""
    made = _status(told) + _size(told) + _left(told) + _placebo(told)
    return made[0].upper() + made[1:]


def _when(told: Told, date: Any) -> str:
    return words.moment(date, told.first)


def _status(told: Told) -> str:
    claimed = f"claimed {_when(told, told.claimed)}"
    values = "1 value" if told.observations == 1 else f"{told.observations} values"
    since = _when(told, told.since)
    established = "" if told.established_on is None else f", established {_when(told, told.established_on)}"
    if told.status == "withdrawn":
        return f"{claimed}, withdrawn {since}."
    if told.status == "unwatched":
        return f"{claimed}{established}; unwatched: the latest value is from {since.split(' ', 1)[1]}."
    if told.status == "claimed":
        seen = "no value since" if not told.observations else f"{values} since show no special cause the right way yet"
        return f"{claimed}: {seen}."
    if told.status == "signalled":
        signal = _when(told, told.signalled_on)
        return f"{claimed}; a special cause the right way {signal}, not yet established after {values}."
    if told.status == "not_shown":
        return f"{claimed}: {values} since show no special cause the right way."
    if told.status == "established":
        return f"{claimed}, established {since}."
    reads = {
        "holding": "holding",
        "improving": "better still than when it was established",
        "slipping": "slipping",
        "lost": "lost: nearer the former level than the one established",
    }[told.status]
    return f"{claimed}{established}; {reads} since {since.split(' ', 1)[1]}."


def _size(told: Told) -> str:
    if told.size is None or told.before is None or told.after is None:
        return ""
    write = words.writer((told.before, told.after, told.lower, told.upper), told.percent)
    unit = words.writer((told.size, told.lower, told.upper), told.percent)
    interval = ""
    if told.lower is not None and told.upper is not None:
        interval = f", 95 % interval {_signed(unit, told.lower)} to {_signed(unit, told.upper)}"
    return f" {write(told.before)} before, {write(told.after)} after ({_signed(unit, told.size)}{interval})."


def _signed(write: Any, value: float) -> str:
    text = write(value)
    return f"+{text}" if value > 0 and text != "0" else str(text)


def _left(told: Told) -> str:
    if told.status not in ("holding", "improving", "slipping", "lost"):
        return ""
    if told.retained is None or told.retained_lower is None or told.retained_upper is None:
        return " Too small to measure a share of." if told.established_on is not None else ""
    share = f"{told.retained * 100:.0f}".replace("-", "−")
    low, high = (f"{value * 100:.0f}".replace("-", "−") for value in (told.retained_lower, told.retained_upper))
    return f" {share} % of it is left (95 % interval {low} to {high} %)."


def _placebo(told: Told) -> str:
    if not told.placebos:
        return " Nothing to compare it with where nothing was done."
    return f" Evidence as strong was seen in {told.as_strong} of {told.placebos} comparisons where nothing was done."
