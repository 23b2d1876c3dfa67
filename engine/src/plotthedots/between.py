"""From dates of rare events to the frame that g and t charts draw."""

from typing import Any

import numpy as np
import pyarrow as pa

from plotthedots import frame as frames
from plotthedots import ordering
from plotthedots.constants import Flags, Floats, Whole
from plotthedots.errors import BadInput
from plotthedots.segments import Segments

UNITS = {"days": 86_400.0, "hours": 3_600.0, "minutes": 60.0, "weeks": 604_800.0}  # seconds


def between(
    frame: Any,
    *,
    date: str = "date",
    by: str | list[str] | tuple[str, ...] | None = None,
    unit: str = "days",
    opportunities: str | None = None,
    until: Any = None,
) -> Any:
    """Time, or chances, between neighbouring events: a row per event that closes a run.

    `frame` has a row per event, in any order. unit: "days", "hours", "minutes" or "weeks" (whole-number dates
    are taken as they are). opportunities: column with the number of chances since the event before (on the
    first row of each series it is not used); the value is then their number, for a g chart.

    Gives a frame of the type that came in: the `by` columns, `date` of the closing event, `value`, `open`. With
    `until`, a date, each series ends with a row whose `open` is true: the run that no event has closed yet (with
    opportunities its value is missing, as nothing says how many there were). Raises BadInput for an `until`
    before an event, an unknown unit, negative opportunities.
    """
    by = (by,) if isinstance(by, str) else tuple(by or ())
    frames.refuse_names(by, ("date", "value", "open"))
    if unit not in UNITS:
        raise BadInput(f'unit: found "{unit}", expected "days", "hours", "minutes" or "weeks".')
    wanted = [date, *by] + ([opportunities] if opportunities else [])
    table = frames.read(frame, list(dict.fromkeys(wanted)))
    column, moments = frames.read_dates(table, date)
    ordered = ordering.order(table, by, moments)
    column, moments = ordered.take(column), ordered.take(moments)
    closes = np.ones(len(moments), dtype=np.bool_)
    closes[ordered.series.starts] = False
    values = _chances(table, ordered, opportunities) if opportunities else _times(moments, column.type, unit)
    last = (
        None if until is None else _open_rows(until, column, moments, ordered.series, unit, opportunities is not None)
    )
    return frames.like(table, _columns(by, ordered, column, closes, values, last))


def _times(moments: Whole, kind: pa.DataType, unit: str) -> Floats:
    values = np.full(len(moments), np.nan)
    values[1:] = np.diff(moments) / _ticks(kind, unit)
    return values


def _ticks(kind: pa.DataType, unit: str) -> float:
    """How many steps of the date column make one unit."""
    if pa.types.is_integer(kind):
        return 1.0
    if pa.types.is_date32(kind):
        return UNITS[unit] / 86_400.0
    return UNITS[unit] * {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}[kind.unit]


def _chances(table: frames.Table, ordered: ordering.Order, column: str) -> Floats:
    values = ordered.take(frames.floats(table, column))
    if (values < 0).any():
        row = int(np.flatnonzero(values < 0)[0])
        raise BadInput(f"found {values[row]:g}, expected 0 or more chances.", row=ordered.original(row), column=column)
    return values  # type: ignore[no-any-return]


def _open_rows(
    until: Any, column: Any, moments: Whole, series: Segments, unit: str, chances: bool
) -> tuple[Any, Floats]:
    """Date and value of each series' open run."""
    end = frames.as_date_key(until, column.type, "until")
    last = moments[series.starts + series.lengths - 1]
    if (last > end).any():
        row = int(series.starts[int(np.flatnonzero(last > end)[0])])
        raise BadInput(f"until: found {until}, but there are events after it, such as {column[row + 0]}.")
    count = len(last)
    values = np.full(count, np.nan) if chances else (end - last) / _ticks(column.type, unit)
    width = pa.int32() if pa.types.is_date32(column.type) else pa.int64()
    days = pa.array(np.full(count, end), pa.int64()).cast(width).cast(column.type)
    return days, values


def _columns(
    by: tuple[str, ...],
    ordered: ordering.Order,
    column: Any,
    closes: Flags,
    values: Floats,
    last: tuple[Any, Floats] | None,
) -> dict[str, Any]:
    """Closing events of each series, followed by its open run where there is one."""
    count = len(ordered.series.starts)
    owner = np.repeat(np.arange(count), ordered.series.lengths)[closes]
    kept = np.flatnonzero(closes)
    dates = column.take(pa.array(kept))
    values = values[kept]
    still_open = np.zeros(len(kept), dtype=np.bool_)
    if last is not None:
        place = np.argsort(np.concatenate([owner, np.arange(count)]), kind="stable")
        dates = pa.concat_arrays([dates, last[0]]).take(pa.array(place))
        values = np.concatenate([values, last[1]])[place]
        still_open = np.concatenate([still_open, np.ones(count, dtype=np.bool_)])[place]
        owner = np.concatenate([owner, np.arange(count)])[place]
    keys = {name: key.take(pa.array(owner)) for name, key in zip(by, ordered.keys, strict=True)}
    return keys | {"date": dates, "value": values, "open": still_open}
