"""A look at binary workbooks of Excel (.xlsb): their records, for what their reader does not tell ([MS-XLSB])."""

import posixpath
import re
import struct
import zipfile
from collections.abc import Iterator

from plotthedots.files.compound import File
from plotthedots.files.seen import LAST_COLUMN, LAST_ROW, Seen, refuse_wide
from plotthedots.files.source import BadFile

_ROW, _ERROR, _FORMULA_ERROR, _SHEET = 0, 3, 11, 156
_CELLS = range(2, 12)  # 1 is a cell without content
_PARTS = re.compile(rb"<Relationship\b[^>]*>")
_ATTRIBUTE = re.compile(rb"\b(Id|Target)\s*=\s*[\"']([^\"']*)[\"']")


def look(path: File, name: str) -> list[Seen]:
    """The sheets in their order. BadFile where the workbook is damaged or too large."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            sheets = _sheets(archive)
            for part, seen in sheets:
                if seen.has_rows and part in names:
                    _look(archive.read(part), seen, name)
                    refuse_wide([seen], name)
    except BadFile:
        raise
    except (zipfile.BadZipFile, KeyError, struct.error, IndexError, EOFError, ValueError, OSError) as failure:
        raise BadFile(f"{name} is not a workbook, or a damaged one.") from failure
    return [seen for _, seen in sheets]


def _sheets(archive: zipfile.ZipFile) -> list[tuple[str, Seen]]:
    """The part of each sheet, and what is known of it there."""
    relations = archive.read("xl/_rels/workbook.bin.rels")
    parts = [dict(_ATTRIBUTE.findall(found)) for found in _PARTS.findall(relations)]
    targets = {part[b"Id"]: part[b"Target"].decode() for part in parts if b"Id" in part and b"Target" in part}
    found = []
    for kind, body in _records(archive.read("xl/workbook.bin")):
        if kind == _SHEET:
            state, _, length = struct.unpack_from("<III", body)
            relation = body[12 : 12 + 2 * length].decode("utf-16-le")
            title = body[16 + 2 * length :].decode("utf-16-le", "replace")
            part = posixpath.normpath(posixpath.join("xl", targets.get(relation.encode(), "")))
            found.append((part, Seen(title, shown=not state, has_rows="worksheets/" in part)))
    return found


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Kind and body of each record: the kind in one or two bytes, the length in one to four, seven bits each."""
    place = 0
    while place < len(data):
        kind = data[place]
        place += 1
        if kind & 0x80:
            kind = kind & 0x7F | (data[place] & 0x7F) << 7
            place += 1
        length = 0
        for shift in range(0, 28, 7):
            length |= (data[place] & 0x7F) << shift
            place += 1
            if not data[place - 1] & 0x80:
                break
        yield kind, data[place : place + length]
        place += length


def _look(data: bytes, seen: Seen, name: str) -> None:
    row = 0
    for kind, body in _records(data):
        if kind == _ROW:
            (row,) = struct.unpack_from("<I", body)
        elif kind in _CELLS:
            (column,) = struct.unpack_from("<I", body)
            if row >= LAST_ROW or column >= LAST_COLUMN:
                raise BadFile(f'{name}, sheet "{seen.title}" has a cell beyond the last one that a sheet can have.')
            seen.cell(row, column)
            if kind in (_ERROR, _FORMULA_ERROR):
                seen.error(row, column, body[8])
