"""Workbooks of Excel since 2007 (.xlsx, .xlsm), read by openpyxl a row at a time."""

import warnings
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from itertools import islice
from typing import Any
from weakref import finalize

from plotthedots.errors import BadInput
from plotthedots.files import gate
from plotthedots.files.cells import Cell
from plotthedots.files.source import BadFile


class OpenXml:
    """A workbook whose sheets are known by name."""

    def __init__(self, path: str, name: str) -> None:
        self._path, self._name = path, name
        gate.check(path, name, "xlsx")
        with self._told():
            self._book = self._opened()
            self.sheets = {sheet.title: sheet.sheet_state == "visible" for sheet in self._book.worksheets}

    def rows(self, sheet: str) -> Generator[tuple[Cell, ...]]:
        """The rows of a sheet, from its first."""
        with self._told():
            yield from self._book[sheet].iter_rows(values_only=True)

    def refuse_unsaved(self, sheet: str, first: int, last: int, places: list[tuple[str, int]]) -> None:
        """Refuse formulas whose results the workbook does not hold: read as missing, they would pass unseen."""
        with (
            self._told(),
            closing(self._book[sheet].iter_rows(min_row=first)) as stored_rows,
            closing(self._opened(stored=False)[sheet].iter_rows(min_row=first, values_only=True)) as written_rows,
        ):
            pairs = zip(stored_rows, written_rows, strict=False)
            for number, (stored, written) in enumerate(islice(pairs, last - first + 1), first):
                for column, place in places:
                    if place < min(len(stored), len(written)) and _unsaved(stored[place], written[place]):
                        formula = getattr(written[place], "text", written[place])
                        raise BadFile(
                            f'{self._name}, row {number}, column "{column}": found the formula "{formula}" without a '
                            "result: open the workbook, save it, and try again."
                        )

    def _opened(self, *, stored: bool = True) -> Any:
        # Loaded here, for the rest of the program does not need it and it takes a while.
        from openpyxl import load_workbook

        book = load_workbook(self._path, read_only=True, data_only=stored, keep_links=False)
        # It reads from the file as long as it is used, for texts and styles take long to read again.
        finalize(self, book.close)
        for sheet in book.worksheets:
            # The size that a sheet says it has is often wrong.
            sheet.reset_dimensions()
        return book

    @contextmanager
    def _told(self) -> Iterator[None]:
        """What goes wrong inside is told in a sentence."""
        with warnings.catch_warnings():
            # What openpyxl leaves aside (validation, slicers) is nothing that holds a value.
            warnings.simplefilter("ignore")
            try:
                yield
            except (BadInput, MemoryError):
                raise
            except Exception as failure:
                # A damaged workbook ends in any of dozens of errors of zip, XML and openpyxl.
                raise BadFile(f"{self._name} is not a workbook, or a damaged one.") from failure


def _unsaved(stored: Cell, written: Cell) -> bool:
    """Whether a cell holds a formula and no result; an empty text is one."""
    return stored.value is None and stored.data_type != "str" and written is not None
