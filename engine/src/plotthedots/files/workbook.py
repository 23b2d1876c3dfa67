"""Rows from workbooks: cells as a workbook stores them, so that dates are dates and 95% is 0.95."""

import warnings
from collections.abc import Generator, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa

from plotthedots.errors import BadInput
from plotthedots.files import columns, paths
from plotthedots.files.source import BadFile, Reading, Role, Rows, closest, header_below, in_column, no_rows

Cell = Any
_OLE = b"\xd0\xcf\x11\xe0"
_ROWS_LOOKED_AT = 50


class WorkbookFile:
    """One sheet of a workbook, its header read."""

    def __init__(self, path: str, how: Reading) -> None:
        self.name = paths.spoken(path)
        self._path = path
        self._how = how
        with self._sheets() as book:
            self._sheet_names = [sheet.title for sheet in book.worksheets]
            self._sheet = self._chosen(book)
            self._header_row, self.columns = self._header(book)

    def read(self, roles: Mapping[str, Role]) -> Rows:
        """The named columns; BadInput with row and column where a cell is not what its role expects."""
        cells = self._cells(list(roles))
        if not cells:
            raise no_rows(self.name)
        self._refuse_unsaved(list(roles), cells)
        rows = Rows(pa.table({}))
        table = {}
        for (name, role), values in zip(roles.items(), zip(*cells, strict=True), strict=True):
            with in_column(name):
                table[name], said = columns.convert(_column(values, role), role, self._how)
            if said:
                rows.said.append(f'Column "{name}": {said}')
        rows.table = pa.table(table)
        return rows

    def row_number(self, row: int) -> int:
        """The number that the spreadsheet shows beside the row."""
        return row + self._header_row + 1

    def elsewhere(self, column: str) -> str:
        """Where else in the workbook a column of that name is, as a sentence; empty if nowhere."""
        with self._sheets() as book:
            for sheet in [self._sheet, *self._sheet_names]:
                for number, row in enumerate(_texts(book[sheet], _ROWS_LOOKED_AT), 1):
                    if column in row:
                        other = f" --sheet '{sheet}'" if sheet != self._sheet else ""
                        return f'Row {number} of sheet "{sheet}" has it: say{other} --header-row {number}'
            below = header_below(enumerate(_texts(book[self._sheet], _ROWS_LOOKED_AT), 1), self.columns)
        others = [f'"{sheet}"' for sheet in self._sheet_names if sheet != self._sheet]
        listed = f'This is sheet "{self._sheet}"; others (--sheet) are {", ".join(others)}.' if others else ""
        return f"{below} {listed}".strip()

    @contextmanager
    def _sheets(self, *, stored: bool = True) -> Iterator[Any]:
        # Loaded here, for the rest of the program does not need it and it takes a while.
        from openpyxl import load_workbook

        with warnings.catch_warnings():
            # What openpyxl leaves aside (validation, slicers) is nothing that holds a value.
            warnings.simplefilter("ignore")
            try:
                with closing(load_workbook(self._path, read_only=True, data_only=stored)) as book:
                    for sheet in book.worksheets:
                        # The size that a sheet says it has is often wrong.
                        sheet.reset_dimensions()
                    yield book
            except (BadInput, MemoryError):
                raise
            except Exception as failure:
                # A damaged workbook ends in any of dozens of errors of zip, XML and openpyxl.
                raise BadFile(f"{self.name} {_what_it_is(self._path)}") from failure

    def _chosen(self, book: Any) -> str:
        wanted = self._how.sheet
        shown = [s.title for s in book.worksheets if s.sheet_state == "visible"]
        names = [s.title for s in book.worksheets]
        if not wanted:
            return str((shown or names)[0])
        if wanted in names:
            return wanted
        if wanted.isdecimal() and 1 <= int(wanted) <= len(names):
            return str(names[int(wanted) - 1])
        guess = closest(wanted, names)
        meant = f'did you mean "{guess}"? ' if guess else ""
        listed = ", ".join(f'"{name}"' for name in names)
        raise BadInput(f'{self.name} has no sheet "{wanted}": {meant}Its sheets are {listed}.')

    def _header(self, book: Any) -> tuple[int, list[str]]:
        first = self._how.header_row
        for number, row in enumerate(_texts(book[self._sheet], first + _ROWS_LOOKED_AT), 1):
            if number >= first and any(row):
                return number, row
        if first == 1:
            raise BadInput(f'{self.name}, sheet "{self._sheet}" is empty.')
        raise BadInput(f'{self.name}, sheet "{self._sheet}" has no row {first} to be the header.')

    def _grid(self, book: Any, *, values: bool = True) -> Generator[tuple[Cell, ...]]:
        """The rows below the header, as values or as cells."""
        rows: Generator[tuple[Cell, ...]] = book[self._sheet].iter_rows(
            min_row=self._header_row + 1, max_col=len(self.columns), values_only=values
        )
        return rows

    def _cells(self, names: list[str]) -> list[tuple[Cell, ...]]:
        """A tuple a row with the values of the named columns, without the blank rows at the end."""
        places = [self.columns.index(name) for name in names]
        with self._sheets() as book:
            rows = [tuple(_value(row, place) for place in places) for row in self._grid(book)]
        while rows and not any(value is not None for value in rows[-1]):
            rows.pop()
        return rows

    def _refuse_unsaved(self, names: list[str], cells: list[tuple[Cell, ...]]) -> None:
        """Refuse formulas whose results the workbook does not hold: read as missing, they would pass unseen."""
        if all(value is not None for row in cells for value in row):
            return
        with (
            self._sheets() as results,
            self._sheets(stored=False) as formulas,
            closing(self._grid(results, values=False)) as stored_rows,
            closing(self._grid(formulas)) as written_rows,
        ):
            pairs = zip(stored_rows, written_rows, strict=False)
            for number, (stored, written) in enumerate(islice(pairs, len(cells))):
                for name in names:
                    place = self.columns.index(name)
                    if place < min(len(stored), len(written)) and _unsaved(stored[place], written[place]):
                        formula = getattr(written[place], "text", written[place])
                        raise BadInput(
                            f'found the formula "{formula}" without a result: '
                            "open the workbook, save it, and try again.",
                            row=number,
                            column=name,
                        )


def _value(row: tuple[Cell, ...], place: int) -> Cell:
    value = row[place] if place < len(row) else None
    return None if isinstance(value, str) and not value.strip() else value


def _unsaved(stored: Cell, written: Cell) -> bool:
    """Whether a cell holds a formula and no result; an empty text is one."""
    return stored.value is None and stored.data_type != "str" and written is not None


def _texts(sheet: Any, rows: int) -> Iterator[list[str]]:
    for row in islice(sheet.iter_rows(values_only=True), rows):
        texts = ["" if value is None else " ".join(_text(value).split()) for value in row]
        while texts and not texts[-1]:
            texts.pop()
        yield texts


def _column(values: tuple[Cell, ...], role: Role) -> pa.Array:
    """Cells as one Arrow column: of their own type where they share it, else of texts, which the role judges."""
    held = [value for value in values if value is not None]
    if all(_is_number(value) for value in held):
        return _numbers(values, role)
    if all(isinstance(value, bool) for value in held):
        return pa.array(values, pa.bool_())
    if all(isinstance(value, date) for value in held):
        timed = any(isinstance(value, datetime) and value.time() != time() for value in held)
        return pa.array(values, pa.timestamp("us") if timed else pa.date32())
    if role is Role.DATE:
        _refuse_mixed(values)
    return pa.array([None if value is None else _text(value) for value in values], pa.string())


def _numbers(values: tuple[Cell, ...], role: Role) -> pa.Array:
    whole = all(value is None or float(value).is_integer() for value in values)
    if role is Role.NUMBER or not whole:
        return pa.array([None if value is None else float(value) for value in values], pa.float64())
    return pa.array([None if value is None else int(value) for value in values], pa.int64())


def _refuse_mixed(values: tuple[Cell, ...]) -> None:
    """Refuse a column in which dates are of several kinds, by the first cell that is unlike the first one."""
    held = [(row, value) for row, value in enumerate(values) if value is not None]
    for row, value in held:
        if isinstance(value, str) and value.startswith("#"):
            raise BadInput(f'found "{value}", a spreadsheet\'s error, expected a date: mend it.', row=row)
        if _kind(value) != _kind(held[0][1]):
            raise BadInput(
                f"found {_spoken(value)} where {_spoken(held[0][1])} came before: "
                "make every cell of the column a date, or every one text.",
                row=row,
            )


def _kind(value: Cell) -> str:
    if isinstance(value, str):
        return "text"
    if isinstance(value, date):
        return "date"
    if isinstance(value, bool):
        return "truth value"
    return "number" if _is_number(value) else "time"


def _spoken(value: Cell) -> str:
    return f'the text "{value}"' if isinstance(value, str) else f"the {_kind(value)} {_text(value)}"


def _is_number(value: Cell) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _text(value: Cell) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value)


def _what_it_is(path: str) -> str:
    with Path(path).open("rb") as file:
        if file.read(4) == _OLE:
            return "is an old workbook or protected by a password: open it and save it as .xlsx without one."
    return "is not a workbook, or a damaged one."
