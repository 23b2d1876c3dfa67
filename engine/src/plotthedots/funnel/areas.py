"""Areas as a funnel takes them: one row each, checked, in the order of their names."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from plotthedots import frame as frames
from plotthedots import ordering
from plotthedots.constants import Flags, Floats, names
from plotthedots.errors import BadInput

BETTER = {"increase": 1, "decrease": -1, "neutral": 0}
COLUMNS = (
    "value", "numerator", "denominator", "centre", "lower_95", "upper_95", "lower_998", "upper_998", "out", "judged",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which column is what, and how it is meant."""

    value: str
    denominator: str
    by: tuple[str, ...]
    chart: str
    direction: str | None
    aggregate: str | None


@dataclass(frozen=True, slots=True)
class Areas:
    """A row an area. `value` is numerator over denominator, nan where either is missing or there is none to count."""

    table: frames.Table
    by: tuple[str, ...]
    keys: list[Any]
    labels: list[Any]
    value: Floats
    numerator: Floats
    denominator: Floats
    better: int
    whole: bool


def areas(frame: Any, wanted: Wanted) -> Areas:
    """Read, check and order a frame. BadInput names the row and column of the frame as it was given."""
    frames.refuse_names(wanted.by, COLUMNS)
    asked = [wanted.value, wanted.denominator, *wanted.by]
    if wanted.direction is not None and wanted.direction not in BETTER:
        asked.append(wanted.direction)
    table = frames.read(frame, list(dict.fromkeys(asked)))
    if not table.rows:
        raise BadInput("the table has no rows, expected at least one.")
    ordered = ordering.order(table, wanted.by, np.zeros(table.rows, dtype=np.int64))
    numerator = ordered.take(frames.floats(table, wanted.value))
    denominator = ordered.take(frames.floats(table, wanted.denominator))
    _check(numerator, denominator, wanted, ordered)
    numerator, denominator = _one_row_an_area(numerator, denominator, wanted, ordered)
    usable = denominator > 0
    with np.errstate(all="ignore"):
        value = np.where(usable, numerator / np.where(usable, denominator, np.nan), np.nan)
    known = value == value
    whole = bool((numerator[known] % 1 == 0).all() and (wanted.chart != "p" or (denominator[known] % 1 == 0).all()))
    labels = ordering.labels(ordered, wanted.by)
    better = _better(table, wanted.direction)
    return Areas(table, wanted.by, ordered.keys, labels, value, numerator, denominator, better, whole)


def _check(numerator: Floats, denominator: Floats, wanted: Wanted, ordered: ordering.Order) -> None:
    _refuse(numerator < 0, wanted.value, numerator, "a count of 0 or more", ordered)
    _refuse(denominator < 0, wanted.denominator, denominator, "a denominator of 0 or more", ordered)
    if wanted.chart == "p":
        expected = (
            f'no more than the denominator beside it ("{wanted.denominator}"); '
            "events that can happen more than once want chart u"
        )
        _refuse((numerator > denominator) & (denominator > 0), wanted.value, numerator, expected, ordered)


def _refuse(bad: Flags, column: str, values: Floats, expected: str, ordered: ordering.Order) -> None:
    if bad.any():
        row = int(np.flatnonzero(bad)[0])
        raise BadInput(f"found {values[row]:.15g}, expected {expected}.", row=ordered.original(row), column=column)


def _one_row_an_area(
    numerator: Floats, denominator: Floats, wanted: Wanted, ordered: ordering.Order
) -> tuple[Floats, Floats]:
    """Both numbers of each area or neither; its rows added up where that was asked for."""
    both = (numerator == numerator) & (denominator == denominator)
    series = ordered.series
    if (series.lengths == 1).all():
        return np.where(both, numerator, np.nan), np.where(both, denominator, np.nan)
    if wanted.aggregate is None:
        place = int(np.flatnonzero(series.lengths > 1)[0])
        again = int(series.lengths.sum() - len(series.lengths))
        name = ", ".join(str(key[place].as_py()) for key in ordered.keys)
        raise BadInput(
            f'found "{name}" a second time ({again} such rows), expected one row an area. '
            "To add the rows of an area up say aggregate: sum.",
            row=ordered.original(int(series.starts[place]) + 1),
            column=wanted.by[0],
        )
    there = series.count(both) > 0
    sums = (series.sum(np.where(both, one, 0.0)) for one in (numerator, denominator))
    made, out_of = (np.where(there, one, np.nan) for one in sums)
    return made, out_of


def _better(table: frames.Table, direction: str | None) -> int:
    """Which way is better: a word, or a column in which all say the same."""
    if direction is None or direction in BETTER:
        return BETTER[direction or "neutral"]
    coded = frames.coded_text(table.columns[direction], direction)
    said = [word for word in coded.words if word is not None]
    for word in said:
        if word not in BETTER or word != said[0]:
            expected = f'"{said[0]}" as above: a funnel has one direction' if word in BETTER else names(BETTER)
            row = coded.first_row(coded.words.index(word))
            raise BadInput(f'found "{word}", expected {expected}.', row=row, column=direction)
    return BETTER[said[0]] if said else 0
