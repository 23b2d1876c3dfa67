"""The process in which a file is read: `python -m holdgood.sheets.child`, bytes in, lines of JSON out.

It has little memory and time, no settings, no secrets, and, once its modules are there, cannot open a file or socket.
"""

import codecs
import datetime as dt
import json
import resource
import sys
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, Protocol

from holdgood.sheets import delimited, gate, tabs
from holdgood.sheets.table import (
    BLANK_ROWS,
    MOST_BYTES,
    MOST_COLUMNS,
    PASTED,
    Cell,
    Fault,
    Refused,
    Span,
    Tab,
    filled,
    letters,
)

MEMORY = 512 * 1024 * 1024
# Of the kinds that the engine looks at: it takes 330 MB of addresses (80 of memory) before anything is read.
MEMORY_WITH_ENGINE = 640 * 1024 * 1024
SECONDS = 60  # of the processor


class Book(Protocol):
    """A workbook, whichever reader opened it; sheets are known by their places."""

    tabs: list[Tab]

    def unsaved(self, place: int) -> str: ...

    def merged(self, place: int) -> Sequence[Span]: ...

    def rows(self, place: int) -> Iterator[tuple[int, list[Cell]]]: ...


def main() -> None:
    """Read standard input as the arguments say: the file's name, the sheet, how many rows (none: all)."""
    name, sheet, most = sys.argv[1], sys.argv[2] or None, int(sys.argv[3]) if len(sys.argv) > 3 and sys.argv[3] else 0
    limit()
    try:
        data = sys.stdin.buffer.read(MOST_BYTES + 1)
        for line in lines(data, name, sheet, most):
            sys.stdout.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")
    except Refused as problem:
        sys.stdout.write(json.dumps({"refused": str(problem)}) + "\n")
    except MemoryError:
        sys.stdout.write(json.dumps({"refused": f"{name} takes more memory than a table of numbers. Split it."}) + "\n")
    sys.stdout.flush()


def limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY_WITH_ENGINE))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def limit_with_engine() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_WITH_ENGINE, MEMORY_WITH_ENGINE))


def shut() -> None:
    """From here on nothing can be opened: no file, no socket."""
    for encoding in ("utf-8-sig", "cp1252", "cp437", "utf-16-le"):
        codecs.lookup(encoding)  # Python loads them when they are first asked for
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))


def lines(data: bytes, name: str, sheet: str | None, most: int = 0) -> Iterator[Any]:
    """Of each sheet that is wanted what it was read as, its rows, and its notes; last, that this was all."""
    if len(data) > MOST_BYTES:
        raise Refused(f"{name} has more than {MOST_BYTES:,} bytes. Split it, by year for example.")
    if not data.strip():
        raise Refused(f"{name} is empty. Choose a file with something in it.")
    kind = gate.kind(data, name)
    if kind == "text":
        yield from _delimited(data, name, sheet, most)
    elif kind == "parquet":
        yield from _parquet(data, name, sheet, most)
    else:
        yield from _workbook(data, name, sheet, most, kind)
    yield {"end": True}


def _delimited(data: bytes, name: str, sheet: str | None, most: int) -> Iterator[Any]:
    shut()
    notes = _no_sheets("A CSV file", sheet)
    yield {"tabs": [], "sheet": ""}
    for number, row in delimited.rows(data, notes, pasted=name == PASTED):
        if most and number > most:
            break
        yield [number, [_plain(cell, number, column) for column, cell in enumerate(row)]]
    yield {"notes": notes, "merged": []}


def _parquet(data: bytes, name: str, sheet: str | None, most: int) -> Iterator[Any]:
    limit_with_engine()
    from holdgood.sheets.parquet import File

    shut()
    file, notes = File(data, name), _no_sheets("A Parquet file", sheet)
    yield {"tabs": [], "sheet": ""}
    yield from _rows(file.rows(), notes, most)
    yield {"notes": notes, "merged": []}


def _no_sheets(kind: str, sheet: str | None) -> list[str]:
    return (
        [f"{kind} has no sheets, so the sheet that was named was left aside."] if sheet not in (None, tabs.ALL) else []
    )


def _workbook(data: bytes, name: str, sheet: str | None, most: int, kind: str) -> Iterator[Any]:
    book, links = _opened(data, name, kind)
    for place in tabs.choose(book.tabs, sheet, name):
        tab, notes = book.tabs[place], []
        unsaved = book.unsaved(place)
        if unsaved and sheet != tabs.ALL:
            raise Refused(
                f"{name}, {tab.name}, cell {unsaved}: the result of its formula was not saved with the file. "
                "Open it in Excel, save it, and bring it again."
            )
        if sheet != tabs.ALL and (others := tabs.others_said(book.tabs, place)):
            notes.append(others)
        if links:
            notes.append("The workbook refers to other files. They were not followed: what it last showed was read.")
        yield {"tabs": book.tabs, "sheet": tab.name}
        yield from _rows(book.rows(place), notes, most)
        yield {"notes": notes, "merged": book.merged(place)}


def _opened(data: bytes, name: str, kind: str) -> tuple[Book, bool]:
    """The workbook, and whether it refers to other files."""
    if kind == "xlsx":
        seen = gate.check(data, name)
        from holdgood.sheets import workbook

        shut()
        return workbook.Book(data, name, seen), seen.links
    if kind != "xls":
        gate.refuse_macros(data, name)
    limit_with_engine()
    from holdgood.sheets import held

    shut()
    return held.Book(data, name, kind), False


def _rows(rows: Iterator[tuple[int, list[Cell]]], notes: list[str], most: int) -> Iterator[Any]:
    """Rows that hold something, without the empty cells at their ends."""
    blank = 0
    for number, row in rows:
        if most and number > most:
            return
        while row and row[-1] is None:
            row.pop()
        if len(row) > MOST_COLUMNS:
            raise Refused(
                f"Row {number:,} has cells as far as column {letters(len(row) - 1)}; at most {MOST_COLUMNS:,} columns "
                "can be read. Leave out those that are not needed."
            )
        blank = 0 if filled(row) else blank + 1
        if row:
            yield [number, [_plain(cell, number, column) for column, cell in enumerate(row)]]
        if blank >= BLANK_ROWS:
            last = number - blank
            notes.append(f"After row {last:,}, {BLANK_ROWS:,} rows are empty: nothing was read below.")
            return


def _plain(cell: Cell, row: int, column: int) -> Any:
    """As JSON: text, nothing and yes or no as they are, all else with a letter for its kind."""
    if isinstance(cell, str):
        if not cell.isprintable() and any(ord(each) < 32 and each not in "\t\n\r" for each in cell):
            where = f"Cell {letters(column)}{row}"
            raise Refused(f"{where} has a character that cannot be stored. Type its text again by hand.")
        return cell
    if cell is None or isinstance(cell, bool):
        return cell
    if isinstance(cell, Fault):
        return {"e": cell.name}
    if isinstance(cell, Decimal):
        return {"n": f"{cell:f}"}
    kind = "t" if isinstance(cell, dt.time) else "m" if isinstance(cell, dt.datetime) else "d"
    return {kind: cell.isoformat()}


if __name__ == "__main__":
    main()
