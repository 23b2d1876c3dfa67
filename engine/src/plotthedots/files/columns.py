"""Columns of a file, from what the file holds to what their roles expect."""

import re
from collections.abc import Collection
from typing import TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from plotthedots import dates, numerals
from plotthedots.errors import BadInput
from plotthedots.files.source import Reading, Role

Column: TypeAlias = pa.Array | pa.ChunkedArray

_TRUE = ("true", "yes", "y", "t", "1", "1.0")
_FALSE = ("false", "no", "n", "f", "0", "0.0")
_WHOLE = re.compile(r"[+-]?[0-9]{1,18}", re.ASCII)


def convert(column: Column, role: Role, how: Reading) -> tuple[Column, str | None]:
    """The column as its role expects it, and a sentence on what was converted, if anything."""
    if role is Role.NUMBER:
        return _numbers(column, how.missing)
    if role is Role.DATE:
        return _dates(column, how.dates)
    if role is Role.FLAG:
        return _flags(column), None
    return column, None


def without_blank_end(table: pa.Table) -> pa.Table:
    """The table without the rows at its end that hold nothing: spreadsheets leave such rows behind."""
    rows = table.num_rows
    while rows and all(not column[rows - 1].is_valid for column in table.columns):
        rows -= 1
    return table.slice(0, rows)


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
    if not is_text(column.type):
        return column, None
    if column.null_count:
        raise BadInput(f"the date is missing; {dates.EXPECTED}.", row=_first(pc.is_null(column)))
    coded = column if pa.types.is_dictionary(column.type) else pc.dictionary_encode(column)
    coded = _one_chunk(coded)
    texts = coded.dictionary.to_pylist()
    try:
        if not written and all(map(_WHOLE.fullmatch, texts)):
            return _in_order(coded, texts)
        moments = pa.array(dates.parse(texts, written=written))
    except BadInput as error:
        row = None if error.row is None else _first(pc.equal(coded.indices, error.row))
        raise BadInput(error.problem, row=row) from error
    return pc.take(moments, coded.indices), None


def _in_order(coded: pa.DictionaryArray, texts: list[str]) -> tuple[Column, str]:
    numbers = pa.array(np.array(texts, dtype=np.int64))
    said = f"whole numbers were taken as an order, not as dates: {texts[0]}"
    if all(re.fullmatch(r"(?:19|20)\d{6}", text, re.ASCII) for text in texts):
        said += " (if they are dates, say --dates %Y%m%d)"
    return pc.take(numbers, coded.indices), f"{said}."


def _flags(column: Column) -> Column:
    if pa.types.is_boolean(column.type):
        return pc.fill_null(column, False)
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
