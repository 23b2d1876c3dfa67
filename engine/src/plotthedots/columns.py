"""Columns of a result as each kind of frame keeps them.

A column comes as a NumPy array (nan is missing), an Arrow array, a `Repeated`, or a function that makes a NumPy array
which nobody else holds.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from plotthedots.threads import side_by_side


@dataclass(frozen=True, slots=True)
class Repeated:
    """A column of few values: which of them each row has (−1: none)."""

    values: pa.Array
    codes: npt.NDArray[np.signedinteger[Any]]

    def written_out(self) -> pa.Array:
        return self.values.take(self._indices())

    def views(self) -> pa.Array:
        """Text as polars keeps it and takes it over: 16 bytes a row, the length and the text or where it stands."""
        if not (pa.types.is_string(self.values.type) or pa.types.is_large_string(self.values.type)):
            return self.written_out()
        _, views, *longer = self.values.cast(pa.string_view()).buffers()
        of_each = np.frombuffer(views, dtype=np.complex128, count=len(self.values))  # any type of 16 bytes
        of_rows = of_each.take(self.codes, mode="clip")
        missing = self._indices().buffers()[0]
        return pa.Array.from_buffers(pa.string_view(), len(of_rows), [missing, pa.py_buffer(of_rows), *longer])

    def _indices(self) -> pa.Array:
        some_missing = len(self.codes) > 0 and self.codes.min() < 0
        return pa.array(self.codes, mask=self.codes < 0) if some_missing else pa.array(self.codes)


def columns_like(kind: str, columns: Mapping[str, Any], rows: int) -> dict[str, Any]:
    """Columns for a frame of a kind ("dict", or a narwhals backend), made side by side on all cores."""
    convert: Callable[[Any], Any] = _to_arrow
    if kind == "dict":
        convert = _to_numpy
    elif kind == "pandas":
        convert = _to_pandas
    elif kind == "polars":
        convert = _to_polars
    # What takes longest comes first, so that no core waits for another at the end.
    names = sorted(columns, key=lambda name: not isinstance(columns[name], Repeated))
    made = dict(zip(names, side_by_side([partial(convert, columns[name]) for name in names], rows), strict=True))
    return {name: made[name] for name in columns}


def _to_arrow(values: Any) -> Any:
    if isinstance(values, Repeated):
        return values.written_out()
    if callable(values):
        values = values()
    if not isinstance(values, np.ndarray):
        return values
    if values.dtype.kind != "f":
        return pa.array(values)
    if values.strides == (0,) and len(values):  # one value for all rows
        if values[0] != values[0]:
            return pa.nulls(len(values), pa.float64())
        return pa.array(np.full(len(values), values[0]))
    # Looking for missing numbers first is cheaper than a mask of which all is set.
    return pa.array(values, from_pandas=bool((values != values).any()))


def _to_polars(values: Any) -> Any:
    return values.views() if isinstance(values, Repeated) else _to_arrow(values)


def _to_numpy(values: Any) -> Any:
    if isinstance(values, np.ndarray) or callable(values):
        return _own(values)
    values = values.written_out() if isinstance(values, Repeated) else values
    if pa.types.is_date32(values.type):
        return values.to_numpy(zero_copy_only=False).astype("datetime64[D]")
    return _own(values.to_numpy(zero_copy_only=False))


def _to_pandas(values: Any) -> Any:
    """A column for pandas; plain numbers, flags and times as arrays that can be written to."""
    if isinstance(values, np.ndarray) or callable(values):
        return _own(values)
    made = (values.written_out() if isinstance(values, Repeated) else values).to_pandas()
    return made.copy() if made.dtype.kind in "biufM" else made


def _own(values: Any) -> Any:
    """An array that its new owner may write to: not the caller's column, nor one of the result or of Arrow."""
    return values() if callable(values) else np.array(values)
