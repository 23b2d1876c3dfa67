"""Rows from workbooks: cells as a workbook stores them, so that dates are dates and 95% is 0.95."""

from array import array
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import closing
from itertools import islice
from typing import Protocol

import pyarrow as pa

from plotthedots.errors import BadInput
from plotthedots.files import cells, columns, heads, paths
from plotthedots.files.cells import Cell
from plotthedots.files.held import Held
from plotthedots.files.left_out import LeftOut
from plotthedots.files.openxml import OpenXml
from plotthedots.files.source import BadFile, Reading, Role, Rows, closest, in_column, no_rows


class Book(Protocol):
    """A workbook, whichever program wrote it."""

    sheets: dict[str, bool]
    """The sheets that hold rows, and whether each is shown."""

    def rows(self, sheet: str) -> Generator[tuple[Cell, ...]]:
        """The rows of a sheet, from its first."""

    def refuse_unsaved(self, sheet: str, first: int, last: int, places: list[tuple[str, int]]) -> None:
        """Refuse formulas without a result in those rows and columns, where that can be told."""


_BOOKS: dict[str, Callable[[str, str], Book]] = {
    "xlsx": OpenXml,
    "xls": lambda path, name: Held(path, name, "xls"),
    "xlsb": lambda path, name: Held(path, name, "xlsb"),
    "ods": lambda path, name: Held(path, name, "ods"),
}


class WorkbookFile:
    """One sheet of a workbook, its header read."""

    def __init__(self, path: str, how: Reading, kind: str = "xlsx") -> None:
        self.name = paths.spoken(path)
        self._how = how
        self._book = _BOOKS[kind](path, self.name)
        if not self._book.sheets:
            raise BadFile(f"{self.name} has no sheet of rows.")
        self._sheet = self._chosen()
        self._last_head, self.columns, self.apart = self._header()
        self._numbers = array("l")
        self._left_out = LeftOut(self, how)

    def read(self, roles: Mapping[str, Role]) -> Rows:
        """The named columns; BadInput with row and column where a cell is not what its role expects."""
        places = {name: self.columns.index(name) for name in roles}
        found, said = self._body(list(places.values()))
        if not found:
            raise no_rows(self.name)
        if any(value is None for row in found for value in row):
            self._book.refuse_unsaved(self._sheet, self._last_head + 1, self._numbers[-1], list(places.items()))
        rows = Rows(pa.table({}), said)
        table = {}
        for (name, role), values in zip(roles.items(), zip(*found, strict=True), strict=True):
            with in_column(name):
                table[name], converted = columns.convert(cells.column(values, role), role, self._how)
            if converted:
                rows.said.append(f'Column "{name}": {converted}')
        rows.table = pa.table(table)
        return rows

    def row_number(self, row: int) -> int:
        """The number that the spreadsheet shows beside the row."""
        return self._numbers[row] if row < len(self._numbers) else row + self._last_head + 1

    def elsewhere(self, column: str) -> str:
        """Where else in the workbook a column of that name is, as a sentence; empty if nowhere."""
        for sheet in [self._sheet, *self._book.sheets]:
            for number, row in self._texts(sheet, heads.ROWS_LOOKED_AT):
                if column in row:
                    other = f" --sheet '{sheet}'" if sheet != self._sheet else ""
                    return f'Row {number} of sheet "{sheet}" has it: say{other}{heads.skipping(number)}'
        below = heads.header_below(self._texts(self._sheet, self._how.skip + heads.ROWS_LOOKED_AT), self.columns)
        others = [f'"{sheet}"' for sheet in self._book.sheets if sheet != self._sheet]
        listed = f'This is sheet "{self._sheet}"; others (--sheet) are {", ".join(others)}.' if others else ""
        return f"{below} {listed}".strip()

    def _chosen(self) -> str:
        wanted, names = self._how.sheet, list(self._book.sheets)
        if not wanted:
            return next((name for name, shown in self._book.sheets.items() if shown), names[0])
        if wanted in names:
            return wanted
        if wanted.isdecimal() and 1 <= int(wanted) <= len(names):
            return names[int(wanted) - 1]
        guess = closest(wanted, names)
        meant = f'did you mean "{guess}"? ' if guess else ""
        listed = ", ".join(f'"{name}"' for name in names)
        raise BadInput(f'{self.name} has no sheet "{wanted}": {meant}Its sheets are {listed}.')

    def _header(self) -> tuple[int, list[str], str]:
        """The row of the last head, the names, and how names that repeat may be told apart."""
        skip, count = self._how.skip, self._how.header
        above: list[str] = []
        found: list[list[str]] = []
        number = 0
        for number, row in self._texts(self._sheet, skip + heads.ROWS_LOOKED_AT):
            if number <= skip or not (found or any(row)):
                above = row
                continue
            found.append(row)
            if len(found) == count:
                return number, heads.joined(found), heads.apart(above, number) if count == 1 else ""
        if found:
            raise BadInput(
                f'{self.name}, sheet "{self._sheet}" has {number - skip} rows, too few for --header {count}.'
            )
        if not skip:
            raise BadInput(f'{self.name}, sheet "{self._sheet}" is empty.')
        raise BadInput(f'{self.name}, sheet "{self._sheet}" has no row below row {skip} to be the header.')

    def _texts(self, sheet: str, count: int) -> Iterator[heads.Numbered]:
        """The first rows of a sheet with their numbers, as texts without the blank ones at their end."""
        with closing(self._book.rows(sheet)) as rows:
            for number, row in enumerate(islice(rows, count), 1):
                texts = ["" if value is None else " ".join(cells.text(value).split()) for value in row]
                while texts and not texts[-1]:
                    texts.pop()
                yield number, texts

    def _body(self, places: list[int]) -> tuple[list[tuple[Cell, ...]], list[str]]:
        """A tuple a row with the values of those columns, and what is said of rows that are left out.

        Blank rows are nothing, notes below the table are left out, and so are rows at the end that hold nothing here.
        """
        width = len(self.columns)
        kept: list[tuple[Cell, ...]] = []
        weights, numbers = bytearray(), array("l")
        ones: dict[int, str] = {}
        with closing(self._book.rows(self._sheet)) as rows:
            last = self._last_head + self._how.rows if self._how.rows else None
            for number, row in enumerate(islice(rows, self._last_head, last), self._last_head + 1):
                row = tuple(map(cells.blankless, row[:width]))
                held = [value for value in row if value is not None]
                weights.append(min(2, len(held)))
                if not held:
                    continue
                if self._left_out.takes(row, cells.text):
                    self._left_out.count += 1
                    continue
                if len(held) == 1 and isinstance(held[0], str):
                    weights[-1] = heads.weight(held)
                    ones[number] = held[0]
                kept.append(tuple(row[place] if place < len(row) else None for place in places))
                numbers.append(number)
        end = self._last_head + heads.end_of_table(weights) if width > 1 else self._last_head + len(weights)
        notes = [(number, [" ".join(words.split())]) for number, words in ones.items() if number > end]
        del kept[len(kept) - len(notes) :], numbers[len(numbers) - len(notes) :]
        while kept and not any(value is not None for value in kept[-1]):
            kept.pop()
        self._numbers = numbers[: len(kept)]
        return kept, [*([heads.notes_said(notes)] if notes else []), *self._left_out.said()]
