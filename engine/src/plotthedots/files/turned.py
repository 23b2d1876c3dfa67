"""Tables with a column for each date, turned so that each value has a row with its date."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from plotthedots import dates
from plotthedots.errors import BadInput
from plotthedots.files.columns import is_text
from plotthedots.files.source import Reading, Role, Rows, Source

DATE, VALUE = "date", "value"


class Turned:
    """A file whose columns with dates for heads are read as two, `date` and `value`; the others as they are."""

    def __init__(self, source: Source, how: Reading) -> None:
        self._source, self._how = source, how
        self.name, self.apart = source.name, source.apart
        self._dated = [name for name in source.columns if name and self._is_date(name)]
        if not self._dated:
            listed = ", ".join(f'"{name}"' for name in source.columns[:5] if name)
            raise BadInput(
                f"{self.name} has no column whose name is a date, as --across needs; its columns begin {listed}. "
                f"{source.elsewhere(DATE)}".rstrip()
            )
        self._dates = _days(self._dated, how.dates)
        twice = next((name for name in self._dated if source.columns.count(name) > 1), None)
        if twice:
            raise BadInput(f'{self.name} has several columns named "{twice}": rename all but one{self.apart}.')
        self.columns = [name for name in source.columns if name not in self._dated] + [DATE, VALUE]
        self._width = len(self._dated)
        self._places: NDArray[np.intp] = np.arange(0)

    def read(self, roles: Mapping[str, Role]) -> Rows:
        """The named columns; rows without a value under any date are left out."""
        kept = {name: role for name, role in roles.items() if name not in (DATE, VALUE)}
        # The first date may not be the first column: errors name the column, and what is said is said once.
        rows = self._source.read(kept | dict.fromkeys(self._dated, roles.get(VALUE, Role.NUMBER)))
        table = rows.table
        values = np.stack([_floats(table.column(name)) for name in self._dated], axis=1)
        self._places = np.flatnonzero(~np.isnan(values).all(axis=1))
        if not len(self._places):
            raise BadInput(f"{self.name} has no value under any date.")
        found: dict[str, Any] = {
            name: pc.take(table.column(name), pa.array(np.repeat(self._places, self._width))) for name in kept
        }
        found[DATE] = pa.array(np.tile(self._dates, len(self._places)))
        found[VALUE] = pa.array(values[self._places].ravel(), from_pandas=True)
        return Rows(pa.table({name: found[name] for name in roles}), rows.said)

    def row_number(self, row: int) -> int:
        """The number that a person sees beside the row from which that one was made."""
        place = row // self._width
        # What is refused while the file is read is a row of the file.
        return self._source.row_number(int(self._places[place]) if len(self._places) else row)

    def elsewhere(self, column: str) -> str:
        """Where else in the file a column of that name is, as a sentence; empty if nowhere."""
        return self._source.elsewhere(column)

    def _is_date(self, name: str) -> bool:
        try:
            dates.parse([name], written=self._how.dates)
        except BadInput:
            return False
        return True


def _days(heads: list[str], written: str) -> Any:
    try:
        return dates.parse(heads, written=written)
    except BadInput as error:
        where = "" if error.row is None else f', column "{heads[error.row]}"'
        raise BadInput(f"The heads of the columns are dates of several kinds{where}: {error.problem}") from error


def _floats(column: Any) -> NDArray[np.float64]:
    if is_text(column.type):
        raise BadInput("found text under a date, expected numbers.")
    numbers = pc.cast(column, pa.float64())
    return np.asarray(
        numbers.to_numpy() if isinstance(numbers, pa.ChunkedArray) else numbers.to_numpy(zero_copy_only=False)
    )
