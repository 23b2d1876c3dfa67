"""Columns of a file, from what the file holds to what their roles expect."""

import re
from collections.abc import Collection
from typing import TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from plotthedots import dates, numerals
from plotthedots.errors import BadInput
from plotthedots.files.source import Reading, Role

Column: TypeAlias = pa.Array | pa.ChunkedArray

_TRUE = ("true", "yes", "y", "t", "1", "1.0")
_FALSE = ("false", "no", "n", "f", "0", "0.0")
_WHOLE = re.compile(r"[+-]?[0-9]{1,18}", re.ASCII)
# Days since 1900 as spreadsheets count them, 1954 to 2119.
_SERIALS = re.compile(r"[2-7][0-9]{4}(?:\.[0-9]+)?", re.ASCII)
_SERIAL = "if they are serial numbers of days, give the cells the format of a date in the spreadsheet"
_WAYS = (
    dates.MONTH_FIRST,
    *("%Y/%m/%d", "%Y/%m/%d %H:%M", "%Y/%m/%d %H:%M:%S", "%d%b%Y", "%a %d %b %Y", "%A %d %B %Y"),
    *("%b %d, %Y", "%B %d, %Y", "%b %d %Y", "%B %d %Y"),
)


def convert(column: Column, role: Role, how: Reading) -> tuple[Column, str | None]:
    """The column as its role expects it, and a sentence on what was converted, if anything."""
    if role is Role.NUMBER:
        return _numbers(column, how.missing)
    if role is Role.DATE:
        return _dates(column, how.dates)
    if role is Role.FLAG:
        return _flags(column), None
    return column, None


def has_blank_rows(table: pa.Table) -> bool:
    """Whether there is a row that holds nothing."""
    return bool(table.num_rows) and not _held(table).all()


def without_blank_end(table: pa.Table) -> pa.Table:
    """The table without the rows at its end that hold nothing: spreadsheets leave such rows behind."""
    rows = table.num_rows
    if not rows or any(column[rows - 1].is_valid for column in table.columns):
        return table
    held = _held(table)
    return table.slice(0, rows - int(np.argmax(held[::-1])) if held.any() else 0)


def _held(table: pa.Table) -> NDArray[np.bool_]:
    """For each row whether it holds anything."""
    held = np.zeros(table.num_rows, dtype=np.bool_)
    for column in table.columns:
        held |= pc.is_valid(column).to_numpy()
    return held


def is_text(kind: pa.DataType) -> bool:
    """Whether values of that type are text, plain or by dictionary."""
    if pa.types.is_dictionary(kind):
        return is_text(kind.value_type)
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind))


def _numbers(column: Column, missing: Collection[str]) -> tuple[Column, str | None]:
    kind = column.type
    if is_text(kind):
        values, said = numerals.parse(pc.cast(column, pa.string()), missing=missing)
        return pa.array(values, from_pandas=True), said
    if pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        return pc.cast(column, pa.float64(), safe=False), None
    if pa.types.is_null(kind):
        return pc.cast(column, pa.float64()), None
    raise BadInput(f"found {_kind(kind)}, expected numbers.")


def _dates(column: Column, written: str) -> tuple[Column, str | None]:
    if pa.types.is_floating(column.type):
        column = _without_decimals(column)
    if written and pa.types.is_integer(column.type):
        column = pc.cast(column, pa.string())
    if not is_text(column.type):
        texts = pc.unique(column).to_pylist() if pa.types.is_integer(column.type) else []
        return column, _order_said([f"{text}" for text in texts if text is not None])
    if column.null_count:
        raise BadInput(f"the date is missing; {dates.EXPECTED}.", row=_first(pc.is_null(column)))
    coded = _coded(column)
    texts = coded.dictionary.to_pylist()
    try:
        if not written and all(map(_WHOLE.fullmatch, texts)):
            return pc.take(pa.array(np.array(texts, dtype=np.int64)), coded.indices), _order_said(texts)
        moments = pa.array(dates.parse(texts, written=written))
    except BadInput as error:
        row = None if error.row is None else _first(pc.equal(coded.indices, error.row))
        raise BadInput(error.problem + ("" if written else _way(texts)), row=row) from error
    return pc.take(moments, coded.indices), None


def _without_decimals(column: Column) -> Column:
    """Numbers that order, where all of them are whole."""
    values = column.to_numpy() if isinstance(column, pa.ChunkedArray) else column.to_numpy(zero_copy_only=False)
    with_decimals = np.flatnonzero((values != np.round(values)) & (values == values))
    if len(with_decimals):
        row = int(with_decimals[0])
        found = f"{values[row]:.15g}"
        serial = f"; {_SERIAL}" if _SERIALS.fullmatch(found) else ""
        raise BadInput(f"found the number {found}, expected a date, or a whole number that orders{serial}.", row=row)
    return pc.cast(pc.if_else(pc.is_nan(column), None, column), pa.int64())


def _order_said(texts: list[str]) -> str | None:
    """What is said of whole numbers, for they are often dates that a program wrote."""
    if not texts:
        return None
    said = f"whole numbers were taken as an order, not as dates: {texts[0]}"
    if all(re.fullmatch(r"(?:19|20)\d{6}", text, re.ASCII) for text in texts):
        said += " (if they are dates, say --dates %Y%m%d)"
    elif all(map(_SERIALS.fullmatch, texts)):
        said += f" ({_SERIAL})"
    return f"{said}."


def _way(texts: list[str]) -> str:
    """How dates that have no shape of ours seem to be written, as advice; nothing where that cannot be told."""
    for way in _WAYS:
        try:
            dates.parse(texts, written=way)
        except BadInput:
            continue
        spoken = repr(way) if " " in way else way
        return f" If that is how all of them are written, say --dates {spoken}"
    return ""


def _coded(column: Column) -> pa.DictionaryArray:
    """Texts by dictionary, in the order in which they first appear; a file's own dictionary may have another."""
    if not pa.types.is_dictionary(column.type):
        return _one_chunk(pc.dictionary_encode(column))
    coded = _one_chunk(column)
    if pc.unique(coded.indices).to_pylist() == list(range(len(coded.dictionary))):
        return coded
    return pc.dictionary_encode(pc.cast(coded, pa.string()))


def _flags(column: Column) -> Column:
    if pa.types.is_boolean(column.type):
        return pc.fill_null(column, False)
    if pa.types.is_null(column.type):
        return pc.fill_null(pc.cast(column, pa.bool_()), False)
    if not (is_text(column.type) or pa.types.is_integer(column.type) or pa.types.is_floating(column.type)):
        raise BadInput(f"found {_kind(column.type)}, expected yes or no.")
    words = pc.fill_null(pc.utf8_lower(pc.utf8_trim_whitespace(pc.cast(column, pa.string()))), "")
    true = pc.is_in(words, pa.array(_TRUE))
    known = pc.or_(true, pc.is_in(words, pa.array(["", *_FALSE])))
    if not pc.all(known, min_count=0).as_py():
        row = _first(pc.invert(known))
        raise BadInput(f'found "{column[row].as_py()}", expected yes or no, true or false, 1 or 0.', row=row)
    return true


def _first(where: Column) -> int:
    return int(pc.index(where, True).as_py())


def _one_chunk(column: Column) -> pa.DictionaryArray:
    if isinstance(column, pa.ChunkedArray):
        column = column.unify_dictionaries().combine_chunks()
        if isinstance(column, pa.ChunkedArray):
            column = column.chunk(0) if column.num_chunks else pa.array([], column.type)
    return column


def _kind(kind: pa.DataType) -> str:
    if pa.types.is_boolean(kind):
        return "true and false"
    if pa.types.is_temporal(kind):
        return "dates or times"
    return f"values of type {kind}"
