"""The chart of a measure as plain columns, for charts that others draw: on slides and in workbooks."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from plotthedots.card import Card
from plotthedots.constants import Floats
from plotthedots.report.plan import Plan

# As in `svg/style.py`: of chance, improvement, concern, neither (high and low).
COLOURS = ("768692", "0081C6", "D95F02", "6A3D7C", "6A3D7C")
JOINED, CENTRE, LIMIT, TARGET = "8A99A3", "425563", "4C6272", "212B32"

Column = list[float | None]


@dataclass(frozen=True, slots=True)
class Lines:
    """A value a point, None where there is none. `moments`: dates, or plain numbers. `marks`: 0 chance, 1 improvement, 2 concern, 3 and 4 neither, −1 none.

    `phases` has a stretch of positions a phase. `hollow`: points left out of the limits.
    """

    labels: list[str]
    moments: list[Any]
    numerator: Column
    denominator: Column
    value: Column
    centre: Column
    lower: Column
    upper: Column
    target: Column
    marks: list[int]
    hollow: list[bool]
    phases: list[range]
    percent: bool
    middle: str

    def stretches(self, line: Column) -> list[Column]:
        """A line as two that take turns: where a phase ends one breaks off and the other begins, as on the chart."""
        turns: list[Column] = [[None] * len(line), [None] * len(line)]
        for number, phase in enumerate(self.phases):
            for place in phase:
                turns[number % 2][place] = line[place]
        return turns if len(self.phases) > 1 else turns[:1]


def lines(made: Plan, card: Card) -> Lines:
    """What a measure's chart shows."""
    drawn = made.result.plotted(card.position)
    count = len(drawn["value"])
    turns = np.flatnonzero(np.diff(drawn["phase"])) + 1
    starts = [0, *turns.tolist(), count]
    ghost = drawn["ghost"]
    prepared = made.result._prepared
    first = int(prepared.stretches.series.starts[card.position])
    here = slice(first, first + count)
    counts = {name: getattr(prepared, name) for name in ("numerator", "denominator")}
    return Lines(
        moments=prepared.dates[first : first + count].to_pylist(),
        **{name: _column(None if whole is None else whole[here], count) for name, whole in counts.items()},
        labels=[row.when for row in card.rows],
        **{name: _column(drawn[name], count) for name in ("value", "centre", "lower", "upper", "target")},
        marks=[int(code) for code in drawn["point"]],
        hollow=[False] * count if ghost is None else [bool(flag) for flag in ghost],
        phases=[range(*ends) for ends in pairwise(starts)],
        percent=bool(drawn["percent"]),
        middle="Median" if drawn["median"] else "Average",
    )


def _column(values: Floats | None, count: int) -> Column:
    if values is None:
        return [None] * count
    return [float(value) if np.isfinite(value) else None for value in values]


def series(shown: Lines) -> list[tuple[str, str, Column]]:
    """Every line of the chart: its kind, its name, its values; those without a value are left out."""
    found: list[tuple[str, str, Column]] = [("value", "Value", shown.value)]
    for kind, name, line in (
        ("centre", shown.middle, shown.centre),
        ("limit", "Upper limit", shown.upper),
        ("limit", "Lower limit", shown.lower),
    ):
        for turn, stretch in enumerate(shown.stretches(line)):
            found.append((kind, name if turn == 0 else f"{name}, every other phase", stretch))
    found.append(("target", "Target", shown.target))
    return [one for one in found if one[0] == "value" or any(value is not None for value in one[2])]


def coloured(shown: Lines) -> dict[int, tuple[int, bool]]:
    """Points that are not of the common kind: their mark, and whether they are hollow."""
    return {
        place: (max(mark, 0), hollow)
        for place, (mark, hollow) in enumerate(zip(shown.marks, shown.hollow, strict=True))
        if shown.value[place] is not None and (mark > 0 or hollow)
    }


def spaced(count: int, room: int) -> int:
    """Every how many points the axis has a label, so that at most `room` fit."""
    return max(1, -(-count // room))


def described(made: Plan, card: Card) -> str:
    """What those hear who do not see a chart."""
    return f"Control chart. {made.said(card)}"
