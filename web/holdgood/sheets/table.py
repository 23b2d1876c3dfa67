"""What a file holds once it is read: a header, rows with their numbers, and cells that are what they were."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

MOST_BYTES = 10_000_000
MOST_ROWS = 1_000_000
MOST_COLUMNS = 1_000
MOST_CELLS = 2_000_000  # of a whole file: what a job can still hold
MOST_TEXT = 65_536  # characters of one cell
BLANK_ROWS = 1_000  # after so many empty ones, nothing more is looked for
PASTED = "pasted cells"  # the name of what comes from a clipboard: tabs between its cells
TITLE_ROWS = 50  # above the header, at most


class Refused(ValueError):
    """The file is not read: where, what was found, what was expected, what to do."""


class Fault(NamedTuple):
    """A cell in which the spreadsheet itself shows an error, such as #REF!."""

    name: str


Cell = str | Decimal | dt.datetime | dt.date | dt.time | bool | Fault | None


class Row(NamedTuple):
    """A row as the file numbers it. Cells at its end that are empty are left out."""

    number: int
    cells: tuple[Cell, ...]

    def at(self, column: int) -> Cell:
        return self.cells[column] if column < len(self.cells) else None


class Tab(NamedTuple):
    """A sheet as a workbook lists it."""

    name: str
    hidden: bool = False


class Span(NamedTuple):
    """Cells that are merged into their first: rows as the file numbers them, columns from 0, the last ones included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Grid:
    """One sheet as it is, nothing chosen for a header: for a person to point at cells, and for what knows the place."""

    name: str
    tabs: tuple[Tab, ...]  # none for what has no sheets
    sheet: str
    rows: list[Row]
    merged: tuple[Span, ...] = ()
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Table:
    """One sheet of a file. `notes` say what was decided or left aside while it was read."""

    name: str
    sheets: tuple[str, ...]  # all that the workbook has; none for a CSV file
    sheet: str
    header: tuple[Cell, ...]
    header_row: int
    rows: list[Row]
    notes: list[str] = field(default_factory=list)


def said(cell: Cell) -> str:
    """The cell as its file shows it, near enough to be found again there."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, Fault):
        return cell.name
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(" ", "seconds")
    return cell.isoformat() if isinstance(cell, (dt.date, dt.time)) else cell


def letters(column: int) -> str:
    """A column as spreadsheets name it: 0 is A, 26 is AA."""
    name, left = "", column + 1
    while left:
        left, here = divmod(left - 1, 26)
        name = chr(65 + here) + name
    return name


def filled(cells: Iterable[Cell]) -> int:
    return sum(1 for cell in cells if cell is not None and cell != "")


def lay_out(rows: Sequence[Row], *, skip: int | None, header: int) -> tuple[tuple[Cell, ...], int, list[Row]]:
    """The header, its row's number, and the rows below it. Without `skip`, titles above the header are passed over."""
    if header == 0:
        return (), 0, [row for row in rows if skip is None or row.number > skip]
    left = [row for row in rows if row.number > (skip or 0) and filled(row.cells)]
    if not left:
        raise Refused("The file has no rows: expected a row of column names and rows below it. Look at the file.")
    place = 0 if skip is not None else _first_of_table(left)
    return left[place].cells, left[place].number, left[place + 1 :]


def _first_of_table(rows: Sequence[Row]) -> int:
    """The first row more than half as wide as the widest: titles and notes above a table fill a cell or two."""
    widths = [filled(row.cells) for row in rows[:TITLE_ROWS]]
    return next(place for place, width in enumerate(widths) if 2 * width > max(widths))
