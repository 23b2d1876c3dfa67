"""Data frames in and out: the only module that knows data frame libraries.

Columns are taken as Arrow arrays through narwhals, put in order (series, then date) and given back
in the type of frame that came in.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from plotthedots import dates, numerals
from plotthedots.columns import columns_like
from plotthedots.constants import Flags, Floats, Whole, names
from plotthedots.errors import BadInput


@dataclass(slots=True)
class Table:
    """The columns that are needed, as Arrow arrays, and how to give back the type that came in."""

    kind: str  # "dict", "pyarrow", or a narwhals backend
    columns: dict[str, pa.Array]
    all_names: list[str]
    rows: int
    lazy: bool
    said: list[str]


def read(frame: Any, wanted: Sequence[str]) -> Table:
    """Take the wanted columns out of a frame. BadInput: a column that is not there, with what was probably meant."""
    if isinstance(frame, Mapping):
        return _read_dict(frame, wanted)
    import narwhals as nw

    held = _held(frame)
    if not all(isinstance(name, str) for name in held.collect_schema().names()):
        raise BadInput("frame: some columns are named by numbers, expected text: rename them.")
    lazy = isinstance(held, nw.LazyFrame)
    all_names = list(held.collect_schema().names())
    _require(wanted, all_names)
    # Of a lazy frame only the columns that are needed are worked out.
    eager = held.select(*dict.fromkeys(wanted)).collect() if isinstance(held, nw.LazyFrame) else held
    kind = str(eager.implementation.value)
    if kind == "pyarrow":
        arrow = eager.to_native()
    else:
        arrow = _as_arrow(eager, wanted)
    return Table(kind, {name: _flat(arrow[name]) for name in wanted}, all_names, len(eager), lazy, [])


def column_names(frame: Any) -> list[str]:
    """Names of a frame's columns."""
    if isinstance(frame, Mapping):
        return list(frame)
    return list(_held(frame).collect_schema().names())


def _held(frame: Any) -> Any:
    """The frame as narwhals holds it."""
    import narwhals as nw

    try:
        return nw.from_native(frame)
    except TypeError:
        raise BadInput(
            f"frame: found {type(frame).__name__}, expected a pandas, polars or pyarrow table, or a dict of arrays."
        ) from None
    except nw.exceptions.NarwhalsError as problem:  # such as two columns of one name
        raise BadInput(f"frame: {' '.join(str(problem).split())}.") from None


def _as_arrow(eager: Any, wanted: Sequence[str]) -> Any:
    columns = {}
    for name in dict.fromkeys(wanted):
        try:
            columns[name] = eager.get_column(name).to_arrow()
        except (pa.ArrowInvalid, pa.ArrowTypeError):
            raise _several_kinds(eager.get_column(name).to_list(), name) from None
    return columns


def _several_kinds(values: Sequence[Any], name: str) -> BadInput:
    """Which row of a column is the first of another kind than the rest."""
    kinds = [type(value) for value in values]
    usual = max(dict.fromkeys(kinds), key=kinds.count)
    such = values[kinds.index(usual)]
    for row, value in enumerate(values):
        missing = value is None or value != value
        if not missing and type(value) is not usual:
            return BadInput(f"found {value!r} among values such as {such!r}; expected one kind.", row=row, column=name)
    return BadInput(f"found values of type {usual.__name__}, expected numbers, text or dates.", column=name)


def _read_dict(frame: Mapping[str, Any], wanted: Sequence[str]) -> Table:
    _require(wanted, list(frame))
    columns = {}
    for name in wanted:
        values = frame[name]
        if (
            isinstance(values, (str, set, frozenset))
            or not hasattr(values, "__len__")
            or getattr(values, "ndim", 1) != 1
        ):
            raise BadInput(f"found {values!r}, expected an array or list with a value a row.", column=name)
        if isinstance(values, (list, tuple)) and values and isinstance(values[0], np.generic):
            values = np.array(values)  # Arrow does not take NumPy's scalars one by one
        try:
            columns[name] = _flat(pa.array(values, from_pandas=True))
        except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError):
            raise _several_kinds(list(values), name) from None
    lengths = {name: len(column) for name, column in columns.items()}
    if len(set(lengths.values())) > 1:
        raise BadInput(f"columns differ in length: {lengths}; expected a value a row in each.")
    return Table("dict", columns, list(frame), next(iter(lengths.values()), 0), False, [])


def _require(wanted: Sequence[str], present: Sequence[str]) -> None:
    for name in wanted:
        if name not in present:
            import difflib

            close = difflib.get_close_matches(str(name), [str(own) for own in present], n=1, cutoff=0.6)
            guess = f' Did you mean "{close[0]}"?' if close else ""
            raise BadInput(f'no column "{name}": the columns are {", ".join(map(str, present)) or "none"}.{guess}')


def _flat(column: Any) -> pa.Array:
    """One contiguous array, text in categories as plain text."""
    if isinstance(column, pa.ChunkedArray):
        column = column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()
    if isinstance(column, pa.ChunkedArray):  # combine_chunks keeps several where offsets would overflow
        column = pa.concat_arrays(column.chunks)
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if pa.types.is_string_view(column.type):  # which Arrow cannot sort or take from
        column = column.cast(pa.string())
    return column


def floats(table: Table, name: str) -> Floats:
    """A column of numbers as float64, nan where missing. Text is read as in files (engine reference, "Numbers")."""
    column = table.columns[name]
    kind = column.type
    if pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind):
        values, said = _in_column(name, numerals.parse, column.cast(pa.string()))
        if said:
            table.said.append(f'Column "{name}": {said}')
        return values  # type: ignore[no-any-return]
    if pa.types.is_null(kind):
        return np.full(len(column), np.nan)
    if pa.types.is_decimal(kind) or pa.types.is_integer(kind) or pa.types.is_floating(kind):
        values = column.cast(pa.float64(), safe=False).to_numpy(zero_copy_only=False)
    else:
        raise BadInput(f"found {_kind(kind)}, expected numbers.", column=name)
    if np.isinf(values).any():
        row = int(np.flatnonzero(np.isinf(values))[0])
        raise BadInput(f"found {values[row]}, expected a number or an empty cell.", row=row, column=name)
    return values  # type: ignore[no-any-return]


def as_float(text: str) -> float | None:
    """A number that a person typed, None where it is none."""
    try:
        values, _ = numerals.parse(pa.array([text]))
    except BadInput:
        return None
    return float(values[0]) if values[0] == values[0] else None


def flags(table: Table, name: str) -> Flags:
    """A column of true and false (also 0 and 1); missing is false."""
    column = table.columns[name]
    if pa.types.is_null(column.type):
        return np.zeros(len(column), dtype=np.bool_)
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        return _flags_from_text(column, name)
    if pa.types.is_integer(column.type) or pa.types.is_floating(column.type):
        values = pc.fill_null(column, 0).to_numpy(zero_copy_only=False)
        odd = np.flatnonzero((values != 0) & (values != 1) & (values == values))
        if len(odd):
            raise BadInput(f"found {values[odd[0]]:g}, expected true or false.", row=int(odd[0]), column=name)
        return values == 1  # type: ignore[no-any-return]
    if not pa.types.is_boolean(column.type):
        raise BadInput(f"found {_kind(column.type)}, expected true or false.", column=name)
    return pc.fill_null(column, False).to_numpy(zero_copy_only=False)  # type: ignore[no-any-return]


_TRUE, _FALSE = {"true", "yes", "1", "t", "y"}, {"false", "no", "0", "f", "n", ""}


def _flags_from_text(column: pa.Array, name: str) -> Flags:
    found = np.zeros(len(column), dtype=np.bool_)
    for row, text in enumerate(column.to_pylist()):
        word = (text or "").strip().lower()
        if word not in _TRUE | _FALSE:
            raise BadInput(f'found "{text}", expected true or false (or 1 and 0).', row=row, column=name)
        found[row] = word in _TRUE
    return found


@dataclass(slots=True)
class CodedText:
    """A text column as its distinct words and, a row each, which of them it is."""

    words: list[str | None]
    codes: Whole

    def first_row(self, position: int) -> int:
        return int(np.flatnonzero(self.codes == position)[0])


def coded_text(column: pa.Array, name: str) -> CodedText:
    if pa.types.is_null(column.type):
        return CodedText([None], np.zeros(len(column), dtype=np.int64))
    if not (
        pa.types.is_string(column.type) or pa.types.is_large_string(column.type) or pa.types.is_string_view(column.type)
    ):
        raise BadInput(f"found {_kind(column.type)}, expected text.", column=name)
    coded = column.cast(pa.string()).dictionary_encode(null_encoding="encode")
    return CodedText(coded.dictionary.to_pylist(), coded.indices.to_numpy(zero_copy_only=False).astype(np.int64))


def _kind(kind: pa.DataType) -> str:
    if pa.types.is_boolean(kind):
        return "true and false"
    if pa.types.is_temporal(kind):
        return "dates"
    return f"values of type {kind}"


def _in_column(name: str, parse: Any, *values: Any) -> Any:
    try:
        return parse(*values)
    except BadInput as problem:
        raise BadInput(problem.problem, row=problem.row, column=name) from None


def read_dates(table: Table, name: str) -> tuple[pa.Array, Whole]:
    """The date column in the type it will have in the result, and as whole numbers that order.

    Dates, datetimes (naive or UTC) and whole numbers stay what they are; text becomes dates.
    BadInput: missing dates, other zones, numbers with decimals.
    """
    column = table.columns[name]
    if column.null_count:
        row = int(np.flatnonzero(column.is_null().to_numpy(zero_copy_only=False))[0])
        raise BadInput("the date is missing; expected a date in every row.", row=row, column=name)
    kind = column.type
    if pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind):
        column = _dates_from_text(column.cast(pa.string()), name)
        kind = column.type
    if pa.types.is_date64(kind):
        column = column.cast(pa.date32())
        kind = column.type
    if pa.types.is_timestamp(kind) and kind.tz not in (None, "UTC", "Etc/UTC", "+00:00", "Z"):
        raise BadInput(f"found times in zone {kind.tz}, expected no zone or UTC.", column=name)
    if pa.types.is_null(kind) and not len(column):
        column = column.cast(pa.date32())
        kind = column.type
    if pa.types.is_unsigned_integer(kind):
        column = column.cast(pa.int64())
        kind = column.type
    if pa.types.is_date32(kind):
        return column, column.cast(pa.int32()).to_numpy(zero_copy_only=False).astype(np.int64)
    if pa.types.is_timestamp(kind) or pa.types.is_integer(kind):
        return column, column.cast(pa.int64()).to_numpy(zero_copy_only=False)
    raise BadInput(f"found {_kind(kind)}, expected dates, text such as 2024-04-01, or whole numbers.", column=name)


def dates_of(moments: Whole, kind: pa.DataType) -> pa.Array:
    """The date column, of a type that `read_dates` gives, from its whole numbers."""
    if pa.types.is_date32(kind):
        return pa.array(moments.astype(np.int32)).view(kind)
    numbers = pa.array(moments)
    return numbers.view(kind) if pa.types.is_timestamp(kind) else numbers.cast(kind)


def _dates_from_text(column: pa.Array, name: str) -> pa.Array:
    coded = column.dictionary_encode()
    codes = coded.indices.to_numpy(zero_copy_only=False)
    try:
        parsed = dates.parse(coded.dictionary.to_pylist())
    except BadInput as problem:
        row = None if problem.row is None else int(np.flatnonzero(codes == problem.row)[0])
        raise BadInput(problem.problem, row=row, column=name) from None
    return pa.array(parsed[codes])


def _without_zone(value: Any) -> Any:
    """A moment in UTC without its zone; BadInput for another zone."""
    offset = value.utcoffset() if hasattr(value, "utcoffset") else None
    if offset:
        raise BadInput(f"found {value}, expected a time without a zone, or in UTC.")
    return value if offset is None else value.replace(tzinfo=None)


def as_date_key(value: Any, like: pa.DataType, what: str) -> int:
    """A date given in a call (date, datetime, text, whole number) on the scale of the column it is compared with."""
    if isinstance(value, bool) or value is None:
        raise BadInput(f"{what}: found {value!r}, expected a date.")
    if pa.types.is_integer(like):
        if not isinstance(value, (int, np.integer)):
            raise BadInput(f"{what}: found {value!r}, expected a whole number as in the date column.")
        return int(value)
    if isinstance(value, (int, float, np.integer, np.floating)):
        raise BadInput(f"{what}: found {value!r}, expected a date.")
    try:
        moment = dates.parse([value])[0] if isinstance(value, str) else np.datetime64(_without_zone(value))
    except BadInput as problem:
        raise BadInput(f"{what}: {problem.problem}") from None
    except ValueError:
        raise BadInput(f"{what}: found {value!r}, expected a date.") from None
    if np.isnat(moment):
        raise BadInput(f"{what}: found a missing date, expected a date.")
    if pa.types.is_date32(like):
        day = moment.astype("datetime64[D]")
        # A time later than midnight begins on the next day of a column that holds whole days.
        return int(day.astype(np.int64)) + int(moment > day)
    return int(moment.astype(f"datetime64[{like.unit}]").astype(np.int64))


def like(table: Table, columns: Mapping[str, Any]) -> Any:
    """A frame of the type that came in; what a column may be is told in `columns`."""
    made = columns_like(table.kind, columns, table.rows)
    if table.kind == "dict":
        return made
    if table.kind == "pandas":
        import pandas as pd

        return pd.DataFrame(made, copy=False)
    arrow = pa.table(made)
    if table.kind == "pyarrow":
        return arrow
    import narwhals as nw

    given = nw.from_arrow(arrow, backend=table.kind)  # type: ignore[arg-type]
    return given.lazy().to_native() if table.lazy else given.to_native()


def refuse_names(by: Sequence[str], outputs: Sequence[str]) -> None:
    """BadInput where a column that names series is named like a column of the result, or is named twice."""
    for name in by:
        if name in outputs:
            raise BadInput(
                f'by: found "{name}", which the result has a column of its own for; rename it. '
                f"(Taken: {names(outputs)}.)"
            )
    if len(set(by)) < len(by):
        raise BadInput(f"by: found {list(by)}, expected each column once.")
