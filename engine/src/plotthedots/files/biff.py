"""A look at old workbooks of Excel (.xls): their records, for what their reader does not tell ([MS-XLS])."""

import struct
from collections.abc import Iterator

from plotthedots.files.compound import MOST_BYTES, Compound, Damaged, File
from plotthedots.files.seen import Seen, refuse_wide
from plotthedots.files.source import BadFile

_SHEET, _PASSWORD, _END = 0x0085, 0x002F, 0x000A
_FORMULA, _ERROR = 0x0006, 0x0205
# Records of one cell: number, RK number, text in two ways, and the two above; of several cells in a row: MULRK.
_CELLS = {0x0203, 0x027E, 0x00FD, 0x0204, 0x00D6, _FORMULA, _ERROR}
_MANY = 0x00BD
_IS_ERROR = 2


def look(path: File, name: str) -> list[Seen]:
    """The sheets in their order. BadFile where the workbook is damaged, encrypted or too large."""
    try:
        book = _stream(path, name)
        starts = _starts(book, name)
        sheets = [_sheet(book, start, seen) if seen.has_rows else seen for start, seen in starts]
    except (Damaged, struct.error, IndexError) as failure:
        raise BadFile(f"{name} is not a workbook, or a damaged one.") from failure
    refuse_wide(sheets, name)
    return sheets


def _stream(path: File, name: str) -> bytes:
    file = Compound(path)
    if "EncryptedPackage" in file:
        raise BadFile(f"{name} is protected by a password: open it, save it without one, and try again.")
    book = file.stream("Workbook") or file.stream("Book")
    if not book:
        raise BadFile(f"{name} is a file of an Office program, but no workbook.")
    if len(book) > MOST_BYTES:
        raise BadFile(f"{name} is larger than {MOST_BYTES:,} bytes: save it as .xlsx or .csv.")
    return book


def _records(book: bytes, start: int) -> Iterator[tuple[int, int, int]]:
    """Kind, place and length of each record from `start` to the end of its part."""
    while start + 4 <= len(book):
        kind, length = struct.unpack_from("<HH", book, start)
        yield kind, start + 4, length
        if kind == _END:
            return
        start += 4 + length


def _starts(book: bytes, name: str) -> list[tuple[int, Seen]]:
    """Where each sheet begins, and what is known of it there."""
    found = []
    since_97 = struct.unpack_from("<H", book, 4)[0] == 0x0600
    for kind, place, length in _records(book, 0):
        if kind == _PASSWORD:
            raise BadFile(f"{name} is protected by a password: open it, save it without one, and try again.")
        if kind == _SHEET:
            start, state, type_ = struct.unpack_from("<IBB", book, place)
            title = _title(book[place + 6 : place + length], since_97)
            found.append((start, Seen(title, shown=not state & 3, has_rows=not type_)))
    return found


def _title(written: bytes, since_97: bool) -> str:
    """A length, since Excel 97 a flag for two bytes a letter, and the letters."""
    if not since_97:
        return written[1 : 1 + written[0]].decode("cp1252", "replace")
    wide = written[1] & 1
    return written[2 : 2 + written[0] * (1 + wide)].decode("utf-16-le" if wide else "latin-1", "replace")


def _sheet(book: bytes, start: int, seen: Seen) -> Seen:
    for kind, place, length in _records(book, start):
        if kind not in _CELLS and kind != _MANY:
            continue
        row, column = struct.unpack_from("<HH", book, place)
        seen.cell(row, column, max(1, (length - 6) // 6) if kind == _MANY else 1)
        if kind == _ERROR and book[place + 7]:
            seen.error(row, column, book[place + 6])
        elif kind == _FORMULA and book[place + 12 : place + 14] == b"\xff\xff" and book[place + 6] == _IS_ERROR:
            seen.error(row, column, book[place + 8])
    return seen
