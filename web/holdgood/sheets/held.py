"""Workbooks of the kinds XLS, XLSB and ODS: the engine looks at them first, then calamine reads. In the child alone."""

import datetime as dt
import io
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from python_calamine import CalamineError, CalamineWorkbook

from holdgood.sheets import cells
from holdgood.sheets.gate import SAVE_AGAIN
from holdgood.sheets.table import Cell, Fault, Refused, Span, Tab, letters
from plotthedots.files import biff, gate, ods, xlsb
from plotthedots.files.compound import Compound
from plotthedots.files.seen import Seen
from plotthedots.files.source import BadFile

_LOOKS: dict[str, Callable[[BinaryIO, str], list[Seen]]] = {"xls": biff.look, "xlsb": xlsb.look, "ods": ods.look}


class Book:
    """One workbook. calamine leaves cells with errors empty: the look says where they are."""

    def __init__(self, data: bytes, name: str, kind: str) -> None:
        self.name = name
        file = io.BytesIO(data)
        try:
            gate.check(file, name, kind)
            self._seen = [(place, seen) for place, seen in enumerate(_LOOKS[kind](file, name)) if seen.has_rows]
            if kind == "xls" and "_VBA_PROJECT" in Compound(file):
                raise Refused(f"{name} holds macros, which are never run and not accepted. {SAVE_AGAIN}")
            file.seek(0)
            self._book = CalamineWorkbook.from_filelike(file)
        except Refused:
            raise
        except BadFile as problem:
            raise Refused(f"{problem} {SAVE_AGAIN}" if "damaged" in str(problem) else str(problem)) from None
        except (CalamineError, OSError, ValueError):
            raise Refused(f"{name} cannot be read as a workbook: a part of it is damaged. {SAVE_AGAIN}") from None
        self.tabs = [Tab(seen.title, not seen.shown) for _, seen in self._seen]

    def unsaved(self, place: int) -> str:
        """The first cell of a sheet whose formula has no result in the file: an OpenDocument sheet alone tells."""
        found = min(self._seen[place][1].unsaved, default=None)
        return "" if found is None else f"{letters(found[1])}{found[0] + 1}"

    def merged(self, place: int) -> list[Span]:
        spans = self._sheet(place).merged_cell_ranges or []
        return [Span(top + 1, left, bottom + 1, right) for (top, left), (bottom, right) in spans]

    def rows(self, place: int) -> Iterator[tuple[int, list[Cell]]]:
        """Every row with its number, up to the last that the sheet has."""
        sheet, errors = self._sheet(place), self._seen[place][1].errors
        if sheet.start is None:
            return
        marked = {row for row, _ in errors}
        before: list[Cell] = [None] * sheet.start[1]  # columns are counted from the first that holds something
        for number, values in enumerate(sheet.iter_rows()):
            row = before + [_cell(value, number + 1, column) for column, value in enumerate(values, len(before))]
            if number in marked:
                row = [
                    Fault(errors[number, column]) if (number, column) in errors else cell
                    for column, cell in enumerate(row)
                ]
            yield number + 1, row

    def _sheet(self, place: int) -> Any:
        at, seen = self._seen[place]
        try:
            sheet = self._book.get_sheet_by_index(at)
        except (CalamineError, ValueError, IndexError):
            sheet = None
        if sheet is None or sheet.name != seen.title:
            raise Refused(f"{self.name}, {seen.title}: the sheet is damaged. {SAVE_AGAIN}")
        return sheet


def _cell(value: Any, row: int, column: int) -> Cell:
    if isinstance(value, str):
        return cells.text(value, row, column)
    if value is None or isinstance(value, (bool, dt.datetime, dt.date, dt.time)):
        return value
    if isinstance(value, dt.timedelta):
        return cells.hours(value.total_seconds())
    return cells.number(value, "", row, column)
