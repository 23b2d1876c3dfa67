"""The rows of a frame in order: read, refused where they cannot be counted, one a date."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from plotthedots import frame as frames
from plotthedots import ordering
from plotthedots.constants import Flags, Floats, Signs, Whole, names
from plotthedots.errors import BadInput
from plotthedots.segments import Segments
from plotthedots.wanted import BETTER, Wanted


@dataclass(slots=True)
class Rows:
    """Columns in order, while they are being checked and brought together."""

    series: Segments
    dates: Any
    moments: Whole
    value: Floats
    denominator: Floats | None
    target: Floats | None
    centre: Floats | None
    better: Signs
    ghost: Flags | None
    begins: Flags | None
    open: Flags | None
    begins_given: bool = False
    size: Floats | None = None
    spread: Floats | None = None


def read(table: frames.Table, ordered: ordering.Order, wanted: Wanted, dates: Any, moments: Whole) -> Rows:
    def numbers(name: Any) -> Floats | None:
        return ordered.take(frames.floats(table, name)) if isinstance(name, str) else None

    def marks(name: str | None) -> Flags | None:
        marked = None if name is None else ordered.take(frames.flags(table, name))
        return None if marked is None or not marked.any() else marked

    value = numbers(wanted.value)
    assert value is not None
    moments = ordered.take(moments)
    rebase = wanted.rebase if isinstance(wanted.rebase, str) and wanted.rebase in table.columns else None
    return Rows(
        series=ordered.series,
        dates=dates if ordered.rows is None else frames.dates_of(moments, dates.type),
        moments=moments,
        value=value,
        denominator=numbers(wanted.denominator),
        target=_number_or_column(wanted.target, "target", numbers, len(value)),
        centre=_number_or_column(wanted.centre, "centre", numbers, len(value)),
        better=_better(table, ordered, wanted.direction),
        ghost=marks(wanted.exclude),
        begins=marks(rebase),
        open=marks("open" if "open" in table.columns and wanted.chart in ("g", "t") else None),
        begins_given=rebase is not None,
    )


def _number_or_column(given: Any, what: str, numbers: Any, rows: int) -> Floats | None:
    if given is None:
        return None
    if isinstance(given, str):
        return numbers(given)  # type: ignore[no-any-return]
    if (
        isinstance(given, bool)
        or not isinstance(given, (int, float, np.integer, np.floating))
        or not np.isfinite(given)
    ):
        raise BadInput(f"{what}: found {given!r}, expected a number or the name of a column.")
    return np.broadcast_to(np.float64(given), rows)


def _better(table: frames.Table, ordered: ordering.Order, direction: str | None) -> Signs:
    """The better way: one for all, or a row each from a column (missing is neutral)."""
    if direction is None or direction in BETTER:
        return np.int8(BETTER[direction or "neutral"])  # type: ignore[return-value]
    column = table.columns[direction]
    coded = frames.coded_text(column, direction)
    known = {word: np.int8(sign) for word, sign in BETTER.items()}
    for position, word in enumerate(coded.words):
        if word not in known and word is not None:
            row = coded.first_row(position)
            raise BadInput(f'found "{word}", expected {names(BETTER)}.', row=row, column=direction)
    signs = np.array([known.get(word or "neutral", 0) for word in coded.words], dtype=np.int8)
    return ordered.take(signs[coded.codes])  # type: ignore[no-any-return]


def check(rows: Rows, wanted: Wanted, ordered: ordering.Order) -> None:
    """Refuse what cannot be counted; blank what has no denominator."""
    value, family = rows.value, wanted.family
    if rows.open is not None and family.positive:
        # An open run that began today has no length yet.
        rows.value = value = np.where(rows.open & (value <= 0), np.nan, value)
    if family.counts:
        _refuse(value < 0, wanted.value, value, "a count of 0 or more", ordered)
    if family.positive:
        _refuse(value <= 0, wanted.value, value, "a time of more than 0", ordered)
    n = rows.denominator
    if n is None:
        return
    assert wanted.denominator is not None
    _refuse(n < 0, wanted.denominator, n, "a denominator of 0 or more", ordered)
    if family.highest is not None:
        over = value > n
        if over.any() and (n[over] > 0).any():
            row = int(np.flatnonzero(over & (n > 0))[0])
            raise BadInput(
                f'found {value[row]:.15g} of {n[row]:.15g} ("{wanted.denominator}"), expected no more than all. '
                "Events that can happen more than once want chart u.",
                row=ordered.original(row),
                column=wanted.value,
            )


def _refuse(bad: Flags, column: str, values: Floats, expected: str, ordered: ordering.Order) -> None:
    if bad.any():
        row = int(np.flatnonzero(bad)[0])
        raise BadInput(f"found {values[row]:.15g}, expected {expected}.", row=ordered.original(row), column=column)


def bring_together(rows: Rows, wanted: Wanted, ordered: ordering.Order) -> Whole | None:
    """Bring rows that share a date together, or refuse them.

    Gives the first row of each date, None where nothing changed.
    """
    same = np.zeros(len(rows.moments), dtype=np.bool_)
    same[1:] = rows.moments[1:] == rows.moments[:-1]
    same[rows.series.starts] = False
    if rows.open is not None:
        same &= ~rows.open  # the open run may end on the day of the latest event
    if not wanted.family.subgroups:
        if not same.any():
            return None
        if wanted.aggregate is None:
            _refuse_shared_date(same, wanted, ordered, rows)
    starts = np.flatnonzero(~same)
    groups = Segments(starts, np.diff(starts, append=len(same)))
    value, denominator = rows.value, rows.denominator
    if denominator is not None:
        whole = (value == value) & (denominator == denominator)
        value, denominator = np.where(whole, value, np.nan), np.where(whole, denominator, np.nan)
    if wanted.family.subgroups:
        _into_subgroups(rows, groups, wanted.chart)
    else:
        assert wanted.aggregate is not None
        rows.value = _aggregate(groups, value, wanted.aggregate)
        rows.denominator = None if denominator is None else _aggregate(groups, denominator, wanted.aggregate)
    rows.series = Segments.of(rows.series.count(~same))
    rows.moments, rows.dates = rows.moments[starts], rows.dates.take(pa.array(starts))
    rows.target = None if rows.target is None else rows.target[starts]
    rows.centre = None if rows.centre is None else rows.centre[starts]
    rows.better = rows.better[starts] if np.ndim(rows.better) else rows.better
    for name in ("ghost", "begins", "open"):
        marked = getattr(rows, name)
        if marked is not None:
            setattr(rows, name, groups.count(marked) > 0)
    return starts


def _refuse_shared_date(same: Flags, wanted: Wanted, ordered: ordering.Order, rows: Rows) -> None:
    row = int(np.flatnonzero(same)[0])
    first = ordered.original(row - 1)
    day = rows.dates[row].as_py()
    of = ""
    if wanted.by:
        series = int(np.searchsorted(rows.series.starts, row, side="right")) - 1
        of = " of " + ", ".join(str(key[series].as_py()) for key in ordered.keys)
    more = "" if wanted.by else "; by names the column that tells series apart"
    raise BadInput(
        f"found {day}{of} a second time ({int(same.sum())} such rows), expected one row a date. "
        f"To bring them together say aggregate: sum, mean or median{more}.",
        row=max(first, ordered.original(row)),
        column=wanted.date,
    )


def _aggregate(groups: Segments, values: Floats, how: str) -> Floats:
    """Sum, mean or median of each group, missing ones left out; missing where none is left."""
    if how == "median":
        return groups.median(values)
    means = groups.mean(values)
    if how == "mean":
        return means
    sums = groups.sum(np.where(values == values, values, 0.0))
    return np.where(means == means, sums, np.nan)


def _into_subgroups(rows: Rows, groups: Segments, chart: str) -> None:
    """Mean, standard deviation (n − 1) and size of each subgroup."""
    values = rows.value
    there = values == values
    size = groups.count(there)
    means = groups.mean(values)
    squares = np.where(there, (values - groups.spread(means)) ** 2, 0.0)
    spread = np.where(size > 1, np.sqrt(groups.sum(squares) / (size - 1)), np.nan)
    rows.size, rows.spread = size.astype(np.float64), finite(spread)
    rows.value = finite(means) if chart == "xbar" else rows.spread


def finite(values: Floats) -> Floats:
    """What is too large for a number is undefined."""
    infinite = np.isinf(values)
    return np.where(infinite, np.nan, values) if infinite.any() else values
