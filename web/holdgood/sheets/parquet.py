"""Parquet files: their columns' names as the first row, and their values below. Imported in the child process alone."""

import datetime as dt
import io
import math
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.compute  # loaded when a column is first converted, and then nothing can be loaded any more
import pyarrow.parquet as arrow

from holdgood.sheets import cells
from holdgood.sheets.table import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, Cell, Refused, letters

MOST_UNPACKED = 100_000_000  # bytes of all columns, as the file says
_STRANGE = (pa.types.is_nested, pa.types.is_binary, pa.types.is_large_binary, pa.types.is_fixed_size_binary)
_AT_ONCE = 2_000  # rows
_DAMAGED = "is not a Parquet file, or a damaged one. Write it again."
_BROKEN = (pa.ArrowException, OSError, ValueError, KeyError, TypeError, OverflowError)


class File:
    """One file whose names and sizes were read."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        pa.set_memory_pool(pa.system_memory_pool())  # the others reserve addresses that this process has not
        try:
            self._file = arrow.ParquetFile(io.BytesIO(data), memory_map=False, pre_buffer=False)
            self._check(self._file.metadata)
            self._schema = self._file.schema_arrow
        except (Refused, MemoryError):  # Arrow has a MemoryError of its own, which is none of damage
            raise
        except _BROKEN:
            raise Refused(f"{name} {_DAMAGED}") from None
        for field in self._schema:
            if any(is_strange(field.type) for is_strange in _STRANGE):
                raise Refused(
                    f"{name}, column “{field.name[:40]}” is of the kind {str(field.type)[:40]}; text, numbers, dates "
                    "and yes or no were expected. Leave the column out."
                )

    def _check(self, about: Any) -> None:
        unpacked = sum(about.row_group(group).total_byte_size for group in range(about.num_row_groups))
        if about.num_columns > MOST_COLUMNS:
            raise Refused(f"{self.name} has {about.num_columns:,} columns; at most {MOST_COLUMNS:,} can be read.")
        if about.num_rows > MOST_ROWS or about.num_rows * about.num_columns > MOST_CELLS:
            raise Refused(
                f"{self.name} has {about.num_rows:,} rows of {about.num_columns:,} columns, expected at most "
                f"{MOST_CELLS:,} cells. Leave columns out, or split it by year."
            )
        if unpacked > MOST_UNPACKED:
            raise Refused(f"{self.name} unpacks to {unpacked:,} bytes, expected at most {MOST_UNPACKED:,}. Split it.")

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """The names, then the rows: numbered as if the names were the first."""
        yield 1, [cells.text(str(name), 1, column) for column, name in enumerate(self._schema.names)]
        number = 1
        try:
            for batch in self._file.iter_batches(batch_size=_AT_ONCE, use_threads=False):
                batch.validate(full=True)
                for values in zip(*map(_values, batch.columns), strict=True):
                    number += 1
                    yield number, [_cell(value, number, column) for column, value in enumerate(values)]
        except (Refused, MemoryError):
            raise
        except _BROKEN:
            raise Refused(f"{self.name} {_DAMAGED}") from None


def _values(column: Any) -> list[Any]:
    """Instants that name a time zone as text in UTC: what the zone's own clock shows is in files that are shut."""
    if not pa.types.is_timestamp(column.type):
        return list(column.to_pylist())
    plain: list[dt.datetime | None] = column.cast(pa.timestamp("us"), safe=False).to_pylist()
    if column.type.tz is None:
        return plain
    return [None if value is None else f"{value.isoformat()}+00:00" for value in plain]


def _cell(value: Any, row: int, column: int) -> Cell:
    if isinstance(value, str):
        return cells.text(value, row, column)
    if value is None or isinstance(value, (bool, dt.datetime, dt.date, dt.time)):
        return value
    if isinstance(value, (float, Decimal)) and math.isnan(value):
        return None
    if isinstance(value, (int, float, Decimal)):
        return cells.number(value, "", row, column)
    if isinstance(value, dt.timedelta):
        return cells.hours(value.total_seconds())
    raise Refused(f"Cell {letters(column)}{row} holds what is no text, number or date. Leave the column out.")
