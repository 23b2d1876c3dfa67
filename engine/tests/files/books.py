"""Workbooks of every kind made byte by byte, for no program that the tests have writes them."""

import datetime as dt
import struct
import zipfile
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from .reading import workbook

Sheets = Mapping[str, list[list[Any]]]
ERRORS = {"#NULL!": 0, "#DIV/0!": 7, "#VALUE!": 15, "#REF!": 23, "#NAME?": 29, "#NUM!": 36, "#N/A": 42}
_EPOCH = dt.datetime(1899, 12, 30)
_CFB = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def made(folder: Path, sheets: Sheets, kind: str, hidden: Collection[str] = ()) -> Path:
    """A workbook of these sheets: numbers, texts, dates, moments, truth values, errors by their word, None."""
    path = folder / f"ae.{kind}"
    if kind == "xlsx":
        return workbook(folder, sheets)
    path.write_bytes(b"")
    {"xls": _xls, "xlsb": _xlsb, "ods": _ods}[kind](path, sheets, hidden)
    return path


def serial(value: dt.date) -> float:
    moment = value if isinstance(value, dt.datetime) else dt.datetime(value.year, value.month, value.day)
    return (moment - _EPOCH) / dt.timedelta(days=1)


def cells(rows: list[list[Any]]) -> Iterator[tuple[int, int, Any]]:
    return ((r, c, value) for r, row in enumerate(rows) for c, value in enumerate(row) if value is not None)


def record(kind: int, body: bytes = b"") -> bytes:
    """A record of a .xls file."""
    return struct.pack("<HH", kind, len(body)) + body


def _xls(path: Path, sheets: Sheets, hidden: Collection[str]) -> None:
    path.write_bytes(compound({"Workbook": xls_stream(sheets, hidden)}))


def xls_stream(sheets: Sheets, hidden: Collection[str] = (), extra: bytes = b"") -> bytes:
    start = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 6)) + extra
    for number_format in (0, 14, 22):
        start += record(0x00E0, struct.pack("<HHHHHHIIH", 0, number_format, 0, 0, 0, 0, 0, 0, 0))
    bodies = [_xls_sheet(rows) for rows in sheets.values()]
    titles = [struct.pack("<BB", len(title), 1) + title.encode("utf-16-le") for title in sheets]
    place = len(start) + sum(10 + len(title) for title in titles) + 4
    globals_ = start
    for name, title, body in zip(sheets, titles, bodies, strict=True):
        globals_ += record(0x0085, struct.pack("<IBB", place, name in hidden, 0) + title)
        place += len(body)
    return globals_ + record(0x000A) + b"".join(bodies)


def _xls_sheet(rows: list[list[Any]]) -> bytes:
    return (
        record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 6))
        + b"".join(_xls_cell(*cell) for cell in cells(rows))
        + record(0x000A)
    )


def _xls_cell(row: int, column: int, value: Any) -> bytes:
    if isinstance(value, dt.date):
        style = 2 if isinstance(value, dt.datetime) else 1
        return record(0x0203, struct.pack("<HHHd", row, column, style, serial(value)))
    if isinstance(value, bool):
        return record(0x0205, struct.pack("<HHHBB", row, column, 0, value, 0))
    if value in ERRORS:
        return record(0x0205, struct.pack("<HHHBB", row, column, 0, ERRORS[value], 1))
    if isinstance(value, str):
        letters = struct.pack("<HB", len(value), 1) + value.encode("utf-16-le")
        return record(0x0204, struct.pack("<HHH", row, column, 0) + letters)
    return record(0x0203, struct.pack("<HHHd", row, column, 0, value))


def compound(streams: Mapping[str, bytes]) -> bytes:
    """A compound file of sectors of 512 bytes; streams are padded so that none is short."""
    padded = {name: content + bytes(max(0, 4096 - len(content))) for name, content in streams.items()}
    counts = [-(-len(content) // 512) for content in padded.values()]
    tables = 1
    while tables * 128 < 1 + tables + sum(counts):
        tables += 1
    following, starts, place = [0xFFFFFFFD] * tables + [0xFFFFFFFE], [], tables + 1
    for count in counts:
        starts.append(place)
        following += [*range(place + 1, place + count), 0xFFFFFFFE]
        place += count
    following += [0xFFFFFFFF] * (tables * 128 - len(following))
    entries = _entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1)
    for number, (name, content) in enumerate(padded.items(), 1):
        entries += _entry(name, 2, starts[number - 1], len(content), right=number + 1 if number < len(padded) else -1)
    entries += bytes(512 - len(entries))
    head = _CFB + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<IIIIIIIII", 0, tables, tables, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    head += struct.pack("<109I", *range(tables), *[0xFFFFFFFF] * (109 - tables))
    body = b"".join(content + bytes(-len(content) % 512) for content in padded.values())
    return head + struct.pack(f"<{len(following)}I", *following) + entries + body


def _entry(name: str, kind: int, start: int, size: int, *, child: int = -1, right: int = -1) -> bytes:
    letters = name.encode("utf-16-le") + b"\0\0"
    entry = letters.ljust(64, b"\0") + struct.pack("<HBBiii", len(letters), kind, 1, -1, right, child)
    return entry + bytes(36) + struct.pack("<III", start, size, 0)


def binary(kind: int, body: bytes = b"") -> bytes:
    """A record of a part of a .xlsb file."""
    start = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length = len(body)
    while length > 127:
        start += bytes([length & 0x7F | 0x80])
        length >>= 7
    return start + bytes([length]) + body


def _wide(words: str) -> bytes:
    return struct.pack("<I", len(words)) + words.encode("utf-16-le")


def _xlsb(path: Path, sheets: Sheets, hidden: Collection[str]) -> None:
    listed, relations = b"", ""
    parts: dict[str, bytes | str] = {}
    for number, (title, rows) in enumerate(sheets.items(), 1):
        listed += binary(156, struct.pack("<II", title in hidden, number) + _wide(f"rId{number}") + _wide(title))
        relations += (
            f'<Relationship Id="rId{number}" Type="{_RELATION}/worksheet" Target="worksheets/sheet{number}.bin"/>'
        )
        parts[f"xl/worksheets/sheet{number}.bin"] = xlsb_sheet(rows)
    relations += f'<Relationship Id="rId9" Type="{_RELATION}/styles" Target="styles.bin"/>'
    package = "http://schemas.openxmlformats.org/package/2006"
    parts |= {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"/>',
        "xl/_rels/workbook.bin.rels": f'<Relationships xmlns="{package}/relationships">{relations}</Relationships>',
        "xl/workbook.bin": binary(131) + binary(143) + listed + binary(144) + binary(132),
        "xl/styles.bin": _xlsb_styles(),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)


def _xlsb_styles() -> bytes:
    styles = b"".join(
        binary(47, struct.pack("<HHHHHHHH", 0, number_format, 0, 0, 0, 0, 0, 0)) for number_format in (0, 14, 22)
    )
    return binary(278) + binary(617, struct.pack("<I", 3)) + styles + binary(618) + binary(279)


def xlsb_sheet(rows: list[list[Any]], last: tuple[int, int] | None = None) -> bytes:
    """A sheet's part; `last` is the row and column of its last cell as it says itself."""
    width = max(map(len, rows), default=1)
    row, column = last or (max(0, len(rows) - 1), max(0, width - 1))
    content = binary(129) + binary(148, struct.pack("<IIII", 0, row, 0, column)) + binary(145)
    now = -1
    for row, column, value in cells(rows):
        if row != now:
            content += binary(0, struct.pack("<IIHHBI", row, 0, 300, 0, 0, 0))
            now = row
        content += _xlsb_cell(column, value)
    return content + binary(146) + binary(130)


def _xlsb_cell(column: int, value: Any) -> bytes:
    start = struct.pack("<II", column, 0)
    if isinstance(value, dt.date):
        style = 2 if isinstance(value, dt.datetime) else 1
        return binary(5, struct.pack("<IId", column, style, serial(value)))
    if isinstance(value, bool):
        return binary(4, start + bytes([value]))
    if value in ERRORS:
        return binary(3, start + bytes([ERRORS[value]]))
    if isinstance(value, str):
        return binary(6, start + _wide(value))
    return binary(5, start + struct.pack("<d", value))


def _ods(path: Path, sheets: Sheets, hidden: Collection[str]) -> None:
    tables = "".join(
        f'<table:table table:name="{escape(title)}" table:style-name="{"away" if title in hidden else "shown"}">'
        + "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)
        + "</table:table>"
        for title, rows in sheets.items()
    )
    ods_of(path, tables)


def ods_of(path: Path, tables: str, before: str = "", manifest: str = "") -> Path:
    """An .ods file with that markup in its body."""
    spaces = " ".join(f'xmlns:{name}="{_OFFICE}{name}:1.0"' for name in ("office", "table", "text", "style"))
    styles = "".join(
        f'<style:style style:name="{name}" style:family="table"><style:table-properties table:display="{shown}"/>'
        "</style:style>"
        for name, shown in (("shown", "true"), ("away", "false"))
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<office:document-content {spaces} xmlns:calcext="calcext">'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", f'<manifest xmlns="{_OFFICE}manifest:1.0">{manifest}</manifest>')
        archive.writestr("content.xml", content)
    return path


def _ods_cell(value: Any) -> str:
    if value is None:
        return "<table:table-cell/>"
    if value in ERRORS and isinstance(value, str):
        kind = 'table:formula="of:=1" office:value-type="string" office:string-value="" calcext:value-type="error"'
    elif isinstance(value, bool):
        kind = f'office:value-type="boolean" office:boolean-value="{str(value).lower()}"'
    elif isinstance(value, dt.date):
        kind = f'office:value-type="date" office:date-value="{value.isoformat()}"'
    elif isinstance(value, str):
        kind = 'office:value-type="string"'
    else:
        kind = f'office:value-type="float" office:value="{value!r}"'
    return f"<table:table-cell {kind}><text:p>{escape(str(value))}</text:p></table:table-cell>"


def zip_of(path: Path, parts: Mapping[str, bytes]) -> Path:
    """A zip file of these parts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return path
