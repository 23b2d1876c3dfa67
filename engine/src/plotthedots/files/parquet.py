"""Rows from Parquet files."""

from collections.abc import Mapping

import pyarrow as pa
import pyarrow.parquet as arrow

from plotthedots.files import columns, paths
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

    def read(self, roles: Mapping[str, Role]) -> Rows:
        """The named columns; BadInput with row and column where a value is not what its role expects."""
        try:
            table = self._file.read(columns=list(roles)).select(list(roles))
            table.validate(full=True)
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError, OSError) as failure:
            raise self._damaged() from failure
        if not table.num_rows:
            raise no_rows(self.name)
        rows = Rows(table)
        for position, (name, role) in enumerate(roles.items()):
            with in_column(name):
                column, said = columns.convert(table.column(name), role, self._how)
            rows.table = rows.table.set_column(position, name, column)
            if said:
                rows.said.append(f'Column "{name}": {said}')
        return rows

    def _damaged(self) -> BadFile:
        return BadFile(f"{self.name} is not a Parquet file, or a damaged one.")

    def row_number(self, row: int) -> int:
        """Rows of a Parquet file count from 1: it has no header."""
        return row + 1

    def elsewhere(self, column: str) -> str:
        """Nowhere: a Parquet file has its columns in one place."""
        del column
        return ""
