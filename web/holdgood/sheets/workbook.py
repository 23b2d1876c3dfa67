"""Excel workbooks that have passed the gate: cells as what they are. Imported in the child process alone."""

import datetime as dt
import io
import sys
import warnings
import zipfile
from collections.abc import Iterator
from typing import Any

from holdgood.sheets import cells
from holdgood.sheets.gate import SAVE_AGAIN, Seen
from holdgood.sheets.table import Cell, Fault, Refused, Span, Tab

for unneeded in ("numpy", "pandas", "PIL", "lxml"):  # openpyxl would use them: memory, and another parser
    sys.modules[unneeded] = None  # type: ignore[assignment]

import openpyxl  # noqa: E402
from openpyxl.xml import DEFUSEDXML, LXML  # noqa: E402

if LXML or not DEFUSEDXML:
    raise RuntimeError("openpyxl must read with defusedxml: install it.")


class Book:
    """One workbook."""

    def __init__(self, data: bytes, name: str, seen: Seen) -> None:
        self.name, self.seen = name, seen
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions: no cell depends on them
            try:
                self.book: Any = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            except (ValueError, KeyError, TypeError, AttributeError, IndexError, SyntaxError, zipfile.BadZipFile):
                raise Refused(f"{name} cannot be read as a workbook: a part of it is missing. {SAVE_AGAIN}") from None
        self.tabs = [Tab(sheet.title, sheet.sheet_state != "visible") for sheet in self.book.worksheets]

    def unsaved(self, place: int) -> str:
        """The first cell of a sheet whose formula has no result in the file."""
        return self.seen.unsaved.get(self._part(place), "")

    def merged(self, place: int) -> list[Span]:
        return self.seen.merged.get(self._part(place), [])

    def rows(self, place: int) -> Iterator[tuple[int, list[Cell]]]:
        """Every row with its number, up to the last that the sheet has."""
        sheet, number = self.book.worksheets[place], 0
        sheet.reset_dimensions()
        try:
            for number, row in enumerate(sheet.iter_rows(), 1):
                yield number, [_cell(cell, number, column) for column, cell in enumerate(row)]
        except (ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError, SyntaxError) as problem:
            if isinstance(problem, Refused):
                raise
            raise Refused(
                f"{self.name}, {sheet.title}: row {number + 1:,} or one after it cannot be read. {SAVE_AGAIN}"
            ) from None

    def _part(self, place: int) -> str:
        return str(self.book.worksheets[place]._worksheet_path).lstrip("/")


def _cell(cell: Any, row: int, column: int) -> Cell:
    value = cell.value
    if value is None or value == "":
        return None
    if cell.data_type == "e":
        return Fault(str(value)[:20])
    if isinstance(value, (bool, dt.datetime, dt.date, dt.time)):
        return value
    if isinstance(value, dt.timedelta):
        return cells.hours(value.total_seconds())
    if isinstance(value, str):
        return cells.text(value, row, column)
    return cells.number(value, cell.number_format, row, column)
