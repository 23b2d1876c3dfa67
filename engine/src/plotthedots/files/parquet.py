"""Rows from Parquet files."""

from collections.abc import Mapping

import pyarrow as pa
import pyarrow.parquet as arrow

from plotthedots.files import columns, paths
from plotthedots.files.left_out import LeftOut
from plotthedots.files.source import BadFile, Reading, Role, Rows, in_column, no_rows


class ParquetFile:
    """A Parquet file whose schema was read."""

    def __init__(self, path: str, how: Reading) -> None:
        self.name = paths.spoken(path)
        self.apart = ""
        self._how = how
        try:
            self._file = arrow.ParquetFile(path)
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError, OSError) as failure:
            raise self._damaged() from failure
        self.columns: list[str] = self._file.schema_arrow.names
        self._left_out = LeftOut(self, how)
        self._kept: list[int] | None = None

    def read(self, roles: Mapping[str, Role]) -> Rows:
        """The named columns; BadInput with row and column where a value is not what its role expects."""
        try:
            table = self._file.read(columns=list(dict.fromkeys([*roles, *self._left_out.columns])))
            table.validate(full=True)
            table = self._without(table).select(list(roles))
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError, OSError) as failure:
            raise self._damaged() from failure
        if not table.num_rows:
            raise no_rows(self.name)
        rows = Rows(table, self._left_out.said())
        for position, (name, role) in enumerate(roles.items()):
            with in_column(name):
                column, said = columns.convert(table.column(name), role, self._how)
            rows.table = rows.table.set_column(position, name, column)
            if said:
                rows.said.append(f'Column "{name}": {said}')
        return rows

    def _without(self, table: pa.Table) -> pa.Table:
        """The table without the rows that are left out."""
        if not self._left_out:
            return table
        held = zip(*(table.column(name).to_pylist() for name in self._left_out.columns), strict=True)
        takes = self._left_out.takes_value
        names = self._left_out.columns
        self._kept = [row for row, values in enumerate(held) if not any(map(takes, names, values))]
        self._left_out.count = table.num_rows - len(self._kept)
        return table.take(pa.array(self._kept, pa.int64()))

    def _damaged(self) -> BadFile:
        return BadFile(f"{self.name} is not a Parquet file, or a damaged one.")

    def row_number(self, row: int) -> int:
        """Rows of a Parquet file count from 1: it has no header."""
        return (self._kept[row] if self._kept is not None and row < len(self._kept) else row) + 1

    def elsewhere(self, column: str) -> str:
        """Nowhere: a Parquet file has its columns in one place."""
        del column
        return ""
