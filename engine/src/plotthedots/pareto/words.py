"""Sentences and advice about Pareto charts. Plain values in, British English out."""

from dataclasses import dataclass

ADVICE = {
    "no_events": "No cause has an event: there is nothing to count.",
    "one_cause": "Only one cause is told apart: there is nothing to rank.",
    "missing": "Some counts are missing: what they would add is not known, so shares are of what was counted.",
    "few_events": "Fewer than 30 events: the order of the causes is mostly chance.",
    "even": "The causes are about equally common, within what chance gives: their order says nothing, and a Pareto chart cannot say where to begin.",
    "flat": "More than half of the causes are needed to make up 80%: there are no vital few to begin with, so choose by severity or by what can be changed.",
    "catch_all": "Much of it stands under a name that tells no cause, such as other or unknown: look into that first.",
    "not_counts": "Some numbers are not whole: whether chance explains their differences was judged as if they were counts.",
}  # fmt: skip
NAMED = 3  # causes named in the sentence


@dataclass(frozen=True, slots=True)
class Told:
    """What there is to say of a Pareto chart; `names` and `shares` from the most common cause down."""

    names: list[str]
    shares: list[float]
    total: float
    vital: int
    vital_share: float
    codes: list[str]
    counted: str


def sentence(told: Told) -> str:
    """How few causes make up 80 %, and which; and whether that means anything."""
    if "no_events" in told.codes:
        return f"None of {_causes(len(told.names))} has an event: there is nothing to count."
    if "one_cause" in told.codes:
        return f"All {told.counted} are under one cause, {told.names[0]}."
    return f"{heading(told)}: {_listed(told)}.{_caution(told)}"


def heading(told: Told) -> str:
    """How few make up how much."""
    if told.total <= 0 or len(told.names) < 2:
        return sentence(told).rstrip(".")
    make = "makes" if told.vital == 1 else "make"
    return f"{told.vital:,} of {_causes(len(told.names))} {make} up {share(told.vital_share)} of {told.counted}"


def _listed(told: Told) -> str:
    named = [
        f"{name} ({share(own)})" for name, own in zip(told.names[: told.vital], told.shares[: told.vital], strict=True)
    ]
    if len(named) > NAMED + 1:
        return f"{', '.join(named[:NAMED])} and {len(named) - NAMED:,} more"
    return named[0] if len(named) == 1 else f"{', '.join(named[:-1])} and {named[-1]}"


def _caution(told: Told) -> str:
    if "even" in told.codes:
        return " The causes differ no more than chance gives, so their order says nothing."
    if "flat" in told.codes:
        return " That is more than half of the causes: there are no vital few."
    return ""


def share(value: float) -> str:
    """A share as whole per cent, without calling some none or not all all."""
    if 0 < value < 0.01:
        return "under 1%"
    return "over 99%" if 0.99 < value < 1 else f"{value:.0%}"


def _causes(count: int) -> str:
    return f"{count:,} cause{'' if count == 1 else 's'}"
