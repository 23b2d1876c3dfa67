"""Excel workbooks that have passed the gate: cells as what they are. Imported in the child process alone."""

import datetime as dt
import io
import math
import sys
import warnings
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from holdgood.sheets.gate import SAVE_AGAIN, Seen
from holdgood.sheets.table import BLANK_ROWS, MOST_TEXT, Cell, Fault, Refused, letters

for unneeded in ("numpy", "pandas", "PIL", "lxml"):  # openpyxl would use them: memory, and another parser
    sys.modules[unneeded] = None  # type: ignore[assignment]

import openpyxl  # noqa: E402
from openpyxl.xml import DEFUSEDXML, LXML  # noqa: E402

if LXML or not DEFUSEDXML:
    raise RuntimeError("openpyxl must read with defusedxml: install it.")


class Book:
    """One workbook, and the sheet of it that is read."""

    def __init__(self, data: bytes, name: str, seen: Seen, wanted: str | None) -> None:
        self.name = name
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions: no cell depends on them
            try:
                self.book: Any = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            except (ValueError, KeyError, TypeError, AttributeError, IndexError, SyntaxError, zipfile.BadZipFile):
                raise Refused(f"{name} cannot be read as a workbook: a part of it is missing. {SAVE_AGAIN}") from None
        self.sheet = self._sheet(wanted)
        self.sheet.reset_dimensions()
        unsaved = seen.unsaved.get(str(self.sheet._worksheet_path).lstrip("/"))
        if unsaved:
            raise Refused(
                f"{name}, {self.sheet.title}, cell {unsaved}: the result of its formula was not saved with the file. "
                "Open it in Excel, save it, and bring it again."
            )

    @property
    def sheets(self) -> list[str]:
        return [sheet.title for sheet in self.book.worksheets]

    def notes(self, seen: Seen) -> list[str]:
        found = []
        if len(self.sheets) > 1:
            others = ", ".join(f"“{each}”" for each in self.sheets if each != self.sheet.title)
            found.append(f"Of {len(self.sheets)} sheets, “{self.sheet.title}” was read; not read: {others[:500]}.")
        if seen.links:
            found.append("The workbook refers to other files. They were not followed: what it last showed was read.")
        return found

    def rows(self, notes: list[str]) -> Iterator[tuple[int, list[Cell]]]:
        """Rows that hold something, with their numbers."""
        blank = number = 0
        try:
            for number, cells in enumerate(self.sheet.iter_rows(), 1):
                row = [_cell(cell, number, column) for column, cell in enumerate(cells)]
                while row and row[-1] is None:
                    row.pop()
                blank = 0 if row else blank + 1
                if row:
                    yield number, row
                if blank >= BLANK_ROWS:
                    last = number - blank
                    notes.append(f"After row {last:,}, {BLANK_ROWS:,} rows are empty: nothing was read below.")
                    return
        except (ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError, SyntaxError) as problem:
            if isinstance(problem, Refused):
                raise
            raise Refused(
                f"{self.name}, {self.sheet.title}: row {number + 1:,} or one after it cannot be read. {SAVE_AGAIN}"
            ) from None

    def _sheet(self, wanted: str | None) -> Any:
        sheets = {sheet.title: sheet for sheet in self.book.worksheets}
        if not sheets:
            raise Refused(f"{self.name} has no sheet with cells. {SAVE_AGAIN}")
        if wanted:
            for title, sheet in sheets.items():
                if title.strip().casefold() == wanted.strip().casefold():
                    return sheet
            there = ", ".join(f"“{title}”" for title in sheets)
            raise Refused(f"{self.name} has no sheet “{wanted[:40]}”. It has {there[:500]}: name one of these.")
        shown = [sheet for sheet in sheets.values() if sheet.sheet_state == "visible"]
        return (shown or list(sheets.values()))[0]


def _cell(cell: Any, row: int, column: int) -> Cell:
    value = cell.value
    if value is None or value == "":
        return None
    if cell.data_type == "e":
        return Fault(str(value)[:20])
    if isinstance(value, (bool, dt.datetime, dt.date, dt.time)):
        return value
    if isinstance(value, dt.timedelta):
        return f"{value.total_seconds() / 3600:.6g} hours"
    if isinstance(value, str):
        return _text(value, row, column)
    return _number(value, cell.number_format, row, column)


def _text(value: str, row: int, column: int) -> str | None:
    if len(value) > MOST_TEXT:
        raise Refused(f"Cell {letters(column)}{row} has more than {MOST_TEXT:,} characters. Shorten it.")
    return value if value.strip() else None


def _number(value: float, shape: str, row: int, column: int) -> Cell:
    """To the 15 digits that Excel keeps; where the cell shows per cent, the text that one sees."""
    try:
        finite = math.isfinite(value)
    except OverflowError:
        finite = False
    if not finite or abs(value) >= 1e15:
        raise Refused(f"Cell {letters(column)}{row} holds a number that is too large to count with. Correct it.")
    found = Decimal(f"{value:.15g}") if isinstance(value, float) else Decimal(value)
    if "%" in (shape or ""):
        return f"{(found * 100).normalize():f}%"
    return found.normalize() + 0
