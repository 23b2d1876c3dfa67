"""From a frame to a batch: columns checked, rows in order, several rows a date brought together, phases found."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pyarrow as pa

from plotthedots import asked, ordering, phases
from plotthedots import frame as frames
from plotthedots.batch import Batch
from plotthedots.constants import Flags, Floats, Signs, Whole, names
from plotthedots.errors import BadInput
from plotthedots.limits import FAMILIES, Family
from plotthedots.segments import Segments

BETTER = {"increase": 1, "neutral": 0, "decrease": -1}
AGGREGATES = ("sum", "mean", "median")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What `spc` was asked for, as it was said."""

    value: str
    date: str
    by: tuple[str, ...]
    chart: str
    denominator: str | None = None
    target: Any = None
    direction: str | None = None
    rebase: Any = None
    baseline: Any = None
    exclude: str | None = None
    aggregate: str | None = None
    centre: Any = None

    @property
    def family(self) -> Family:
        return FAMILIES[self.chart]

    def columns(self, present: Sequence[str]) -> list[str]:
        """The columns that must be read from a frame that holds `present`."""
        found = [self.value, self.date, *self.by]
        optional = (self.denominator, self.exclude, self.target, self.centre)
        found += [name for name in optional if isinstance(name, str)]
        if self.direction is not None and self.direction not in BETTER:
            found.append(self.direction)
        if isinstance(self.rebase, str) and self.rebase in present:
            found.append(self.rebase)
        if self.chart in ("g", "t") and "open" in present:
            found.append("open")
        return list(dict.fromkeys(found))


@dataclass(slots=True)
class Prepared:
    """Rows in order (series, then date), one a date, with all that charts need."""

    table: frames.Table
    order: ordering.Order
    by: tuple[str, ...]
    dates: Any
    moments: Whole
    numerator: Floats | None
    denominator: Floats | None
    better: Signs
    target: Floats | None
    ghost: Flags | None
    open: Flags | None
    stretches: phases.Stretches
    batch: Batch
    unused_rebase: list[tuple[int, int]] = field(default_factory=list)
    short_baseline: Flags | None = None

    def labels(self) -> list[Any]:
        """Names of the series: text, number or date; a tuple for several `by` columns; "" without any."""
        return ordering.labels(self.order, self.by)

    def without_last(self, left_out: int) -> "Prepared":
        """The same had the last rows of each series not been there; series that have no others are left out."""
        if not left_out:
            return self
        series = self.stretches.series
        lengths = np.maximum(series.lengths - left_out, 0)
        there = lengths > 0
        kept = np.arange(series.rows) < np.repeat(series.starts + lengths, series.lengths)
        begins = np.zeros(series.rows, dtype=np.bool_)
        begins[self.stretches.phases.starts] = True
        stretches = phases.Stretches.of(Segments.of(lengths[there]), begins[kept])

        def part(column: Any) -> Any:
            return None if column is None else column[kept]

        rows = np.flatnonzero(kept) if self.order.rows is None else self.order.rows[kept]
        keys = [key.filter(pa.array(there)) for key in self.order.keys]
        position = np.cumsum(there) - 1  # of a series among those that are left
        return replace(
            self,
            order=ordering.Order(rows, stretches.series, keys),
            dates=self.dates.filter(pa.array(kept)),
            moments=self.moments[kept],
            numerator=part(self.numerator),
            denominator=part(self.denominator),
            better=part(self.better) if np.ndim(self.better) else self.better,
            target=part(self.target),
            ghost=part(self.ghost),
            open=part(self.open),
            stretches=stretches,
            batch=self.batch.keeping(kept, stretches.phases),
            unused_rebase=[(int(position[own]), date) for own, date in self.unused_rebase if there[own]],
            short_baseline=None if self.short_baseline is None else self.short_baseline[there],
        )


@dataclass(slots=True)
class _Rows:
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


def prepare(frame: Any, wanted: Wanted) -> Prepared:
    """Read, check and order a frame. BadInput names the row and column of the frame as it was given."""
    _check(wanted)
    present = frames.column_names(frame)
    table = frames.read(frame, wanted.columns(present))
    if not table.rows:
        raise BadInput("the table has no rows, expected at least one.")
    date_column, moments = frames.read_dates(table, wanted.date)
    ordered = ordering.order(table, wanted.by, moments)
    rows = _read_rows(table, ordered, wanted, date_column, moments)
    _check_values(rows, wanted, ordered)
    # Arithmetic that overflows or has nothing to divide ends as missing numbers.
    with np.errstate(all="ignore"):
        positions = _one_row_a_date(rows, wanted, ordered)
        return _with_phases(rows, wanted, table, ordered, positions)


def _check(wanted: Wanted) -> None:
    if wanted.chart not in FAMILIES:
        raise BadInput(f'chart: found "{wanted.chart}", expected {names(FAMILIES)}.')
    family = wanted.family
    if family.denominator == "needed" and wanted.denominator is None:
        raise BadInput(f"a {wanted.chart} chart needs denominator=, the column of what each value is out of.")
    if family.denominator == "refused" and wanted.denominator is not None:
        instead = {"c": " Say u for counts with a denominator."}.get(wanted.chart, "")
        raise BadInput(f"a {wanted.chart} chart takes no denominator.{instead}")
    if wanted.aggregate is not None and wanted.aggregate not in AGGREGATES:
        raise BadInput(f'aggregate: found "{wanted.aggregate}", expected {names(AGGREGATES)}.')
    if wanted.aggregate is not None and family.subgroups:
        raise BadInput(f"a {wanted.chart} chart takes rows that share a date as its subgroup; leave out aggregate.")


def _read_rows(table: frames.Table, ordered: ordering.Order, wanted: Wanted, dates: Any, moments: Whole) -> _Rows:
    def numbers(name: Any) -> Floats | None:
        return ordered.take(frames.floats(table, name)) if isinstance(name, str) else None

    def marks(name: str | None) -> Flags | None:
        marked = None if name is None else ordered.take(frames.flags(table, name))
        return None if marked is None or not marked.any() else marked

    value = numbers(wanted.value)
    assert value is not None
    moments = ordered.take(moments)
    rebase = wanted.rebase if isinstance(wanted.rebase, str) and wanted.rebase in table.columns else None
    return _Rows(
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


def _check_values(rows: _Rows, wanted: Wanted, ordered: ordering.Order) -> None:
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


def _one_row_a_date(rows: _Rows, wanted: Wanted, ordered: ordering.Order) -> Whole | None:
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


def _refuse_shared_date(same: Flags, wanted: Wanted, ordered: ordering.Order, rows: _Rows) -> None:
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


def _into_subgroups(rows: _Rows, groups: Segments, chart: str) -> None:
    """Mean, standard deviation (n − 1) and size of each subgroup."""
    values = rows.value
    there = values == values
    size = groups.count(there)
    means = groups.mean(values)
    squares = np.where(there, (values - groups.spread(means)) ** 2, 0.0)
    spread = np.where(size > 1, np.sqrt(groups.sum(squares) / (size - 1)), np.nan)
    rows.size, rows.spread = size.astype(np.float64), _finite(spread)
    rows.value = _finite(means) if chart == "xbar" else rows.spread


def _with_phases(
    rows: _Rows, wanted: Wanted, table: frames.Table, ordered: ordering.Order, positions: Whole | None
) -> Prepared:
    numerator, value, denominator = _ratio(rows)
    ordered_series = ordering.Order(ordered.rows, rows.series, ordered.keys)
    calendar = asked.Calendar(rows.dates.type, rows.moments, ordered_series, wanted.by)
    begins, unused = rows.begins, list[tuple[int, int]]()
    if wanted.rebase is not None and not rows.begins_given:
        begins, unused = asked.begins(wanted.rebase, calendar)
    stretches = phases.Stretches.single(rows.series) if begins is None else phases.Stretches.of(rows.series, begins)
    baseline, short = asked.baseline(wanted.baseline, calendar, stretches)
    ghost = rows.ghost if rows.open is None else (rows.open if rows.ghost is None else rows.ghost | rows.open)
    if wanted.chart == "mr":
        value = _moving_ranges(value, stretches.phases)
    counted = baseline
    if ghost is not None:
        counted = ~ghost if baseline is None else baseline & ~ghost
    batch = Batch(
        phases=stretches.phases,
        value=value,
        numerator=numerator,
        denominator=denominator,
        size=rows.size,
        spread=rows.spread,
        counted=counted,
        ghost=ghost,
        centre=rows.centre,
    )
    shown = denominator
    if denominator is not None and rows.denominator is not None:
        zero = (rows.denominator == 0) & (numerator == numerator)
        shown = np.where(zero, 0.0, denominator) if zero.any() else denominator
    ordered_series.rows = ordered.rows if positions is None else _positions(ordered, positions)
    return Prepared(
        table, ordered_series, wanted.by, rows.dates, rows.moments, numerator, shown, rows.better,
        rows.target, ghost, rows.open,        stretches, batch, unused, short,
    )  # fmt: skip


def _positions(ordered: ordering.Order, positions: Whole) -> Whole:
    return positions if ordered.rows is None else ordered.rows[positions]


def _ratio(rows: _Rows) -> tuple[Floats | None, Floats, Floats | None]:
    """Numerator, plotted value and denominator: both or none of a pair; no value where the denominator is 0."""
    if rows.denominator is None:
        return None, rows.value, None
    both = (rows.denominator == rows.denominator) & (rows.value == rows.value)
    usable = both & (rows.denominator > 0)
    if usable.all():
        return rows.value, _finite(rows.value / rows.denominator), rows.denominator
    denominator = np.where(usable, rows.denominator, np.nan)
    return np.where(both, rows.value, np.nan), _finite(rows.value / denominator), denominator


def _finite(values: Floats) -> Floats:
    """What is too large for a number is undefined."""
    infinite = np.isinf(values)
    return np.where(infinite, np.nan, values) if infinite.any() else values


def _moving_ranges(values: Floats, stretches: Segments) -> Floats:
    ranges = np.full_like(values, np.nan)
    np.abs(values[1:] - values[:-1], out=ranges[1:])
    ranges[stretches.starts] = np.nan
    return _finite(ranges)
