"""The process in which a file is read: `python -m holdgood.sheets.child`, bytes in, lines of JSON out.

It has little memory and time, no settings, no secrets, and, once its modules are there, cannot open a file or socket.
"""

import codecs
import datetime as dt
import json
import resource
import sys
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from holdgood.sheets import delimited, gate
from holdgood.sheets.table import MOST_BYTES, Cell, Fault, Refused, letters

MEMORY = 512 * 1024 * 1024
SECONDS = 60  # of the processor


def main() -> None:
    """Read standard input as the arguments say: the file's name, and the sheet that is wanted."""
    name, sheet = sys.argv[1], sys.argv[2] or None
    limit()
    try:
        data = sys.stdin.buffer.read(MOST_BYTES + 1)
        for line in lines(data, name, sheet):
            sys.stdout.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")
    except Refused as problem:
        sys.stdout.write(json.dumps({"refused": str(problem)}) + "\n")
    except MemoryError:
        sys.stdout.write(json.dumps({"refused": f"{name} takes more memory than a table of numbers. Split it."}) + "\n")
    sys.stdout.flush()


def limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def shut() -> None:
    """From here on nothing can be opened: no file, no socket."""
    for encoding in ("utf-8-sig", "cp1252"):
        codecs.lookup(encoding)  # Python loads them when they are first asked for
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))


def lines(data: bytes, name: str, sheet: str | None) -> Iterator[Any]:
    """What it was read as, the rows, and last the notes."""
    if len(data) > MOST_BYTES:
        raise Refused(f"{name} has more than {MOST_BYTES:,} bytes. Split it, by year for example.")
    if not data.strip():
        raise Refused(f"{name} is empty. Choose a file with something in it.")
    gate.refuse_other_kinds(data, name)
    yield from _workbook(data, name, sheet) if data.startswith(b"PK") else _delimited(data, sheet)


def _delimited(data: bytes, sheet: str | None) -> Iterator[Any]:
    shut()
    notes = ["A CSV file has no sheets, so the sheet that was named was left aside."] if sheet else []
    yield {"sheets": [], "sheet": ""}
    for number, row in delimited.rows(data, notes):
        yield [number, [_plain(cell, number, column) for column, cell in enumerate(row)]]
    yield {"notes": notes}


def _workbook(data: bytes, name: str, sheet: str | None) -> Iterator[Any]:
    seen = gate.check(data, name)
    from holdgood.sheets.workbook import Book

    shut()
    book = Book(data, name, seen, sheet)
    yield {"sheets": book.sheets, "sheet": book.sheet.title}
    notes = book.notes(seen)
    for number, row in book.rows(notes):
        yield [number, [_plain(cell, number, column) for column, cell in enumerate(row)]]
    yield {"notes": notes}


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
