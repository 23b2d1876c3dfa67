"""Rows by series, then date: grouped and sorted without a loop over series."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from plotthedots.constants import Whole
from plotthedots.errors import BadInput
from plotthedots.frame import Table
from plotthedots.segments import Segments

MICROSECONDS_A_DAY = 86_400_000_000


@dataclass(slots=True)
class Order:
    """Rows by series, then date: `rows` is None where they already stand so. `keys` has a row a series."""

    rows: Whole | None
    series: Segments
    keys: list[pa.Array]

    def take(self, values: Any) -> Any:
        """A NumPy or Arrow column in that order."""
        if self.rows is None:
            return values
        if isinstance(values, np.ndarray):
            return values[self.rows]
        return values.take(pa.array(self.rows))

    def original(self, row: int) -> int:
        """Position in the frame as given of a row in order."""
        return row if self.rows is None else int(self.rows[row])


def order(table: Table, by: Sequence[str], moments: Whole) -> Order:
    """Group rows by the `by` columns and sort by date. Series are sorted: text by code point, numbers by size."""
    for name in by:
        column = table.columns[name]
        if pa.types.is_nested(column.type):
            raise BadInput(f"found values of type {column.type}, expected text, numbers or dates.", column=name)
        if pa.types.is_floating(column.type):
            column = pc.if_else(pc.is_nan(column), None, column)
        if column.null_count:
            row = int(np.flatnonzero(column.is_null().to_numpy(zero_copy_only=False))[0])
            raise BadInput("the name of the series is missing; expected one in every row.", row=row, column=name)
    count = len(moments)
    if not by:
        rows = None if _ascending(moments) else np.argsort(moments, kind="stable")
        return Order(rows, Segments.of(np.array([count] if count else [], dtype=np.int64)), [])
    columns = [table.columns[name] for name in by]
    starts = _starts(columns, count)
    if len(starts) > max(count // 2, 1):
        starts = np.arange(count)  # hardly two neighbours alike: order row by row
    codes, keys = _codes([column.take(pa.array(starts)) for column in columns])
    lengths = np.diff(starts, append=count)
    if len(codes) == len(keys[0]) and _ascending(codes):
        return _by_date(Order(None, Segments(starts, lengths), keys), moments)
    per_row = np.repeat(codes, lengths)
    rows = sorted_rows(per_row, moments)
    series = Segments.of(np.bincount(per_row, minlength=len(keys[0])).astype(np.int64))
    return _by_date(Order(rows, series, keys), moments)


def sorted_rows(owner: Whole, moments: Whole) -> Whole:
    """Rows by owner, then moment, then as they stood; as one sort of one packed number where that has room.

    NumPy sorts whole numbers of 64 bits several times as fast as it sorts rows by two keys.
    """
    first = int(moments.min())
    if int(moments.max()) - first >= 1 << 62:
        return np.lexsort((moments, owner))
    offsets = moments - first
    if int(offsets.max()) >= 1 << 40:
        offsets, left = np.divmod(offsets, MICROSECONDS_A_DAY)
        if left.any():
            return np.lexsort((moments, owner))
    row_bits = (len(owner) - 1).bit_length()
    moment_bits = int(offsets.max()).bit_length()
    if row_bits + moment_bits + int(owner.max()).bit_length() > 63:
        return np.lexsort((moments, owner))
    packed = ((owner << moment_bits | offsets) << row_bits) | np.arange(len(owner))
    packed.sort()
    packed &= (1 << row_bits) - 1
    return packed


def _ascending(values: Whole) -> bool:
    return bool((values[1:] >= values[:-1]).all())


def _by_date(ordered: Order, moments: Whole) -> Order:
    """Sort by date within series where that is not so already."""
    current = ordered.take(moments)
    falls = np.zeros(len(current), dtype=np.bool_)
    falls[1:] = current[1:] < current[:-1]
    falls[ordered.series.starts] = False
    if not falls.any():
        return ordered
    inner = sorted_rows(np.repeat(np.arange(len(ordered.series.starts)), ordered.series.lengths), current)
    rows = inner if ordered.rows is None else ordered.rows[inner]
    return Order(rows, ordered.series, ordered.keys)


def _starts(columns: Sequence[pa.Array], count: int) -> Whole:
    """Rows at which any of the columns differs from the row before."""
    changes = np.ones(count, dtype=np.bool_)
    if count > 1:
        changes[1:] = False
        for column in columns:
            differs = pc.not_equal(column.slice(1), column.slice(0, count - 1))
            changes[1:] |= differs.to_numpy(zero_copy_only=False)
    return np.flatnonzero(changes)


def _codes(columns: Sequence[pa.Array]) -> tuple[Whole, list[pa.Array]]:
    """The position of each row's key among the sorted distinct keys, and those keys, a column each."""
    ranks, distinct = [], []
    for column in columns:
        coded = column.dictionary_encode()
        order_of = pc.sort_indices(coded.dictionary).to_numpy()
        rank = np.empty(len(order_of), dtype=np.int64)
        rank[order_of] = np.arange(len(order_of))
        ranks.append(rank[coded.indices.to_numpy(zero_copy_only=False)])
        distinct.append(coded.dictionary.take(pa.array(order_of)))
    if len(ranks) == 1:
        return ranks[0], distinct
    combined = ranks[0]
    for rank, values in zip(ranks[1:], distinct[1:], strict=True):
        combined = combined * len(values) + rank
        # Dense again, so that many columns cannot overflow.
        combined = np.unique(combined, return_inverse=True)[1]
    found, first = np.unique(combined, return_index=True)
    keys = [values.take(pa.array(rank[first])) for rank, values in zip(ranks, distinct, strict=True)]
    return np.searchsorted(found, combined), keys


def labels(ordered: Order, by: Sequence[str]) -> list[Any]:
    """Names of the series: text, number or date; a tuple for several `by` columns; "" without any."""
    if not by:
        return [""] * len(ordered.series.starts)
    columns = [column.to_pylist() for column in ordered.keys]
    return columns[0] if len(by) == 1 else list(zip(*columns, strict=True))
