"""From a frame to a batch: columns checked, rows in order, several rows a date brought together, phases found."""

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pyarrow as pa

from plotthedots import asked, ordering, phases, rows
from plotthedots import frame as frames
from plotthedots.batch import Batch
from plotthedots.constants import Flags, Floats, Signs, Whole
from plotthedots.errors import BadInput
from plotthedots.rows import Rows, finite
from plotthedots.segments import Segments
from plotthedots.wanted import Wanted


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


def prepare(frame: Any, wanted: Wanted) -> Prepared:
    """Read, check and order a frame. BadInput names the row and column of the frame as it was given."""
    wanted.check()
    present = frames.column_names(frame)
    table = frames.read(frame, wanted.columns(present))
    if not table.rows:
        raise BadInput("the table has no rows, expected at least one.")
    date_column, moments = frames.read_dates(table, wanted.date)
    ordered = ordering.order(table, wanted.by, moments)
    found = rows.read(table, ordered, wanted, date_column, moments)
    rows.check(found, wanted, ordered)
    # Arithmetic that overflows or has nothing to divide ends as missing numbers.
    with np.errstate(all="ignore"):
        positions = rows.bring_together(found, wanted, ordered)
        return _with_phases(found, wanted, table, ordered, positions)


def _with_phases(
    found: Rows, wanted: Wanted, table: frames.Table, ordered: ordering.Order, positions: Whole | None
) -> Prepared:
    numerator, value, denominator = _ratio(found)
    ordered_series = ordering.Order(ordered.rows, found.series, ordered.keys)
    calendar = asked.Calendar(found.dates.type, found.moments, ordered_series, wanted.by)
    begins, unused = found.begins, list[tuple[int, int]]()
    if wanted.rebase is not None and not found.begins_given:
        begins, unused = asked.begins(wanted.rebase, calendar)
    stretches = phases.Stretches.single(found.series) if begins is None else phases.Stretches.of(found.series, begins)
    baseline, short = asked.baseline(wanted.baseline, calendar, stretches)
    ghost = found.ghost if found.open is None else (found.open if found.ghost is None else found.ghost | found.open)
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
        size=found.size,
        spread=found.spread,
        counted=counted,
        ghost=ghost,
        centre=found.centre,
    )
    shown = denominator
    if denominator is not None and found.denominator is not None:
        zero = (found.denominator == 0) & (numerator == numerator)
        shown = np.where(zero, 0.0, denominator) if zero.any() else denominator
    ordered_series.rows = ordered.rows if positions is None else _positions(ordered, positions)
    return Prepared(
        table, ordered_series, wanted.by, found.dates, found.moments, numerator, shown, found.better,
        found.target, ghost, found.open,        stretches, batch, unused, short,
    )  # fmt: skip


def _positions(ordered: ordering.Order, positions: Whole) -> Whole:
    return positions if ordered.rows is None else ordered.rows[positions]


def _ratio(found: Rows) -> tuple[Floats | None, Floats, Floats | None]:
    """Numerator, plotted value and denominator: both or none of a pair; no value where the denominator is 0."""
    if found.denominator is None:
        return None, found.value, None
    both = (found.denominator == found.denominator) & (found.value == found.value)
    usable = both & (found.denominator > 0)
    if usable.all():
        return found.value, finite(found.value / found.denominator), found.denominator
    denominator = np.where(usable, found.denominator, np.nan)
    return np.where(both, found.value, np.nan), finite(found.value / denominator), denominator


def _moving_ranges(values: Floats, stretches: Segments) -> Floats:
    ranges = np.full_like(values, np.nan)
    np.abs(values[1:] - values[:-1], out=ranges[1:])
    ranges[stretches.starts] = np.nan
    return finite(ranges)
