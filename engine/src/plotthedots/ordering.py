"""Rows by series, then date: grouped and sorted without a loop over series."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from plotthedots.constants import Whole
from plotthedots.errors import BadInput
from plotthedots.frame import Table
from plotthedots.segments import Segments
from plotthedots.threads import shares, side_by_side

MICROSECONDS_A_DAY = 86_400_000_000
SAMPLE = 1 << 12  # rows that tell whether rows are mixed
PLACES_A_ROW = 4  # room that may be taken to put rows in their places instead of sorting them


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
            return _gathered(values, self.rows)
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
        rows = None if _ascending(moments) else sorted_rows(np.zeros(count, dtype=np.int64), moments)
        return Order(rows, Segments.of(np.array([count] if count else [], dtype=np.int64)), [])
    columns = [table.columns[name] for name in by]
    if _mixed(columns, count):
        starts, firsts = np.arange(count), columns
    else:
        starts = _starts(columns, count)
        firsts = [column.take(pa.array(starts)) for column in columns]
        if _rising(firsts):
            return _by_date(Order(None, Segments(starts, np.diff(starts, append=count)), firsts), moments)
    codes, keys = _codes(firsts)
    owner = codes if len(starts) == count else np.repeat(codes, np.diff(starts, append=count))
    series = Segments.of(np.bincount(owner, minlength=len(keys[0])).astype(np.int64))
    return Order(sorted_rows(owner, moments), series, keys)


def sorted_rows(owner: Whole, moments: Whole) -> Whole:
    """Rows by owner, then moment, then as they stood: each put in its place, or by one sort of one packed number.

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
    last_offset, last_owner = int(offsets.max()), int(owner.max())
    placed = _placed_rows(owner, offsets, last_owner, last_offset)
    if placed is not None:
        return placed
    row_bits, moment_bits = (len(owner) - 1).bit_length(), last_offset.bit_length()
    if row_bits + moment_bits + last_owner.bit_length() > 63:
        return np.lexsort((moments, owner))
    packed = ((owner << moment_bits | offsets) << row_bits) | np.arange(len(owner))
    packed.sort()
    packed &= (1 << row_bits) - 1
    return packed


def _placed_rows(owner: Whole, offsets: Whole, last_owner: int, last_offset: int) -> Whole | None:
    """The same without a sort, as most series share their dates: every owner has a place for every date there is.

    None where that is too many places, or where two rows want one place.
    """
    count = len(owner)
    most = PLACES_A_ROW * count
    if last_offset >= most or last_owner >= most:
        return None
    there = np.zeros(last_offset + 1, dtype=np.bool_)
    there[offsets] = True
    dates = int(np.count_nonzero(there))
    if (last_owner + 1) * dates > most:
        return None
    place = owner * dates
    place += _gathered(np.cumsum(there) - 1, offsets)
    whole = np.int32 if count < 1 << 31 else np.int64  # the less memory is jumped about in, the better
    row_at = np.full((last_owner + 1) * dates, -1, dtype=whole)
    row_at[place] = np.arange(count, dtype=whole)
    taken = np.greater_equal(row_at, 0)
    if np.count_nonzero(taken) < count:
        return None
    return (row_at if len(row_at) == count else row_at[taken]).astype(np.int64)


def _gathered(values: Any, rows: Whole) -> Any:
    """`values[rows]`, each core its share: what takes time is waiting for memory."""
    out = np.empty(len(rows), dtype=values.dtype)
    # Rows are known to be there, and without "clip" NumPy writes to a copy first.
    side_by_side(
        [partial(np.take, values, rows[part], out=out[part], mode="clip") for part in shares(len(rows))], len(rows)
    )
    return out


def _ascending(values: Whole) -> bool:
    return bool((values[1:] >= values[:-1]).all())


def _by_date(ordered: Order, moments: Whole) -> Order:
    """Series that stand one after another, each sorted by date where that is not so already."""
    falls = np.zeros(len(moments), dtype=np.bool_)
    np.less(moments[1:], moments[:-1], out=falls[1:])
    falls[ordered.series.starts] = False
    if not falls.any():
        return ordered
    owner = np.repeat(np.arange(len(ordered.series.starts)), ordered.series.lengths)
    return Order(sorted_rows(owner, moments), ordered.series, ordered.keys)


def _mixed(columns: Sequence[pa.Array], count: int) -> bool:
    """Whether hardly two neighbours are alike among the first rows, so that rows are best ordered one by one."""
    sample = min(count, SAMPLE)
    return len(_starts([column.slice(0, sample) for column in columns], sample)) > max(sample // 2, 1)


def _starts(columns: Sequence[pa.Array], count: int) -> Whole:
    """Rows at which any of the columns differs from the row before."""
    changes = np.ones(count, dtype=np.bool_)
    changes[1:] = False

    def compare(part: slice) -> None:
        length = part.stop - part.start
        for column in columns:
            differs = pc.not_equal(column.slice(part.start + 1, length), column.slice(part.start, length))
            changes[part.start + 1 : part.stop + 1] |= differs.to_numpy(zero_copy_only=False)

    if count > 1:
        side_by_side([partial(compare, part) for part in shares(count - 1)], count)
    return np.flatnonzero(changes)


def _rising(columns: Sequence[pa.Array]) -> bool:
    """Whether the names of each row come after those of the row before."""
    count = len(columns[0]) - 1
    later = np.zeros(max(count, 0), dtype=np.bool_)
    for column in reversed(columns):
        before, after = column.slice(0, max(count, 0)), column.slice(1)
        same = pc.equal(before, after).to_numpy(zero_copy_only=False)
        later = pc.less(before, after).to_numpy(zero_copy_only=False) | (same & later)
    return bool(later.all())


def _codes(columns: Sequence[pa.Array]) -> tuple[Whole, list[pa.Array]]:
    """The position of each row's key among the sorted distinct keys, and those keys, a column each."""
    ranks, distinct = zip(*map(_ranked, columns), strict=True)
    codes, count = ranks[0], len(distinct[0])
    if len(columns) == 1:
        return codes, list(distinct)
    for rank, values in zip(ranks[1:], distinct[1:], strict=True):
        # Dense again after each column, so that many cannot overflow.
        codes, rows = _dense(codes * len(values) + rank, count * len(values))
        count = len(rows)
    return codes, [values.take(pa.array(rank[rows])) for rank, values in zip(ranks, distinct, strict=True)]


def _ranked(column: pa.Array) -> tuple[Whole, pa.Array]:
    """The position of each row's value among the sorted distinct values, and those values; each core its share."""
    parts = shares(len(column))
    coded = side_by_side(
        [column.slice(part.start, part.stop - part.start).dictionary_encode for part in parts], len(column)
    )
    together = pa.concat_arrays([part.dictionary for part in coded]).dictionary_encode()
    order_of = pc.sort_indices(together.dictionary).to_numpy()
    rank = np.empty(len(order_of), dtype=np.int64)
    rank[order_of] = np.arange(len(order_of))
    ends = np.cumsum([len(part.dictionary) for part in coded])
    rank_of = np.split(rank[together.indices.to_numpy()], ends[:-1])
    jobs = [partial(pa.array(own).take, part.indices) for own, part in zip(rank_of, coded, strict=True)]
    codes = np.concatenate(side_by_side(jobs, len(column)))
    return codes, together.dictionary.take(pa.array(order_of))


def _dense(codes: Whole, span: int) -> tuple[Whole, Whole]:
    """Codes below `span` as positions among those that occur, and a row at which each of these occurs."""
    if span > PLACES_A_ROW * len(codes):
        _, rows, positions = np.unique(codes, return_index=True, return_inverse=True)
        return positions, rows
    row_of = np.full(span, -1)
    row_of[codes] = np.arange(len(codes))
    there = row_of >= 0
    return (np.cumsum(there) - 1)[codes], row_of[there]


def labels(ordered: Order, by: Sequence[str]) -> list[Any]:
    """Names of the series: text, number or date; a tuple for several `by` columns; "" without any."""
    if not by:
        return [""] * len(ordered.series.starts)
    columns = [column.to_pylist() for column in ordered.keys]
    return columns[0] if len(by) == 1 else list(zip(*columns, strict=True))
