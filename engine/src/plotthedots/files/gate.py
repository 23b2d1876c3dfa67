"""Before a workbook is opened: is it what its name says, and no larger than it may be?

What is in a zip file may unpack to a thousand times its size, and the sizes that are written in it may be false: every
part is unpacked once, in pieces and to no place, and counted. Markup that defines words of its own, and rows and
columns that no sheet has, are refused on the way. Nothing is run, and nothing fetched from elsewhere.
"""

import re
import zipfile
import zlib
from copy import copy
from os import SEEK_END

from plotthedots.files.compound import MAGIC, Compound, Damaged, File, at_start
from plotthedots.files.seen import LAST_COLUMN, LAST_ROW
from plotthedots.files.source import BadFile

MOST_PARTS = 5_000
MOST_UNPACKED = 500_000_000  # bytes of all parts
MOST_HELD = 40_000_000  # bytes of a part that is held in memory whole, as all but the sheets of .xlsx are
MOST_TEXTS = 1_000_000  # that differ, in a .xlsx workbook
MOST_RATIO = 150
SMALL = 2_000_000  # bytes: below, a ratio says nothing
_PIECE = 1 << 18
_OVERLAP = 64
_ZIP = b"PK\x03\x04"
_PROTECTED = "is protected by a password: open it, save it without one, and try again."
_DAMAGED = "is not a workbook, or a damaged one."
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError, ValueError)

_ROOT = re.compile(rb"(?:\s|<\?.*?\?>|<!--.*?-->|\xef\xbb\xbf)*<(?:[\w.-]+:)?(\w+)", re.DOTALL)
_DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_REFERENCE = re.compile(
    rb"""\br\s*=\s*["'](?:([A-Za-z]{4,}|[Xx][Ff][E-Ze-z]|[Xx][G-Zg-z][A-Za-z]|[Y-Zy-z][A-Za-z]{2})\d|[A-Za-z]*(\d{7,}))"""
)
_ROW = re.compile(rb"<(?:\w+:)?row\b")
_CELL = re.compile(rb"<(?:\w+:)?c\b")
_TEXT = re.compile(rb"<(?:\w+:)?si\b")


def check(path: File, name: str, kind: str) -> None:
    """BadFile where the file is no workbook of that kind, or one that would do harm."""
    with at_start(path) as file:
        start = file.read(4096)
    if start.startswith(MAGIC):
        if kind != "xls":
            raise BadFile(f"{name} {_compound(path)}")
    elif start.startswith(_ZIP):
        _check_zip(path, name, kind)
    else:
        raise BadFile(f"{name} {_text(start)}")


def _compound(path: File) -> str:
    try:
        encrypted = "EncryptedPackage" in Compound(path)
    except Damaged:
        return _DAMAGED
    return _PROTECTED if encrypted else "is an old workbook of Excel by its content: let its name end with .xls."


def _text(start: bytes) -> str:
    """What is told of a file that is no workbook by its first bytes."""
    words = start.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if words.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<table", b"<meta", b"<style", b"<div")):
        return "is a web page that is named like a workbook: open it in a spreadsheet and save it as .xlsx."
    if words.startswith(b"mime-version"):
        return "is a web archive that is named like a workbook: open it in a spreadsheet and save it as .xlsx."
    if words.startswith(b"<?xml") and b"urn:schemas-microsoft-com:office:spreadsheet" in words:
        return "is an XML spreadsheet of 2003: open it in a spreadsheet and save it as .xlsx."
    if words and all(byte >= 32 or byte in b"\t\r\n" for byte in start) and any(mark in start for mark in b"\t,;|"):
        return "is text that is named like a workbook: let its name end with .csv."
    return _DAMAGED


def _check_zip(path: File, name: str, kind: str) -> None:
    try:
        with at_start(path) as file, zipfile.ZipFile(file) as archive:
            whole = file.seek(0, SEEK_END)
            parts = archive.infolist()
            _check_parts(parts, name, kind)
            left = MOST_UNPACKED
            for part in parts:
                left = _Part(archive, part, name, kind, whole).walk(left)
    except BadFile:
        raise
    except _BROKEN as failure:
        raise BadFile(f"{name} {_DAMAGED}") from failure


def _check_parts(parts: list[zipfile.ZipInfo], name: str, kind: str) -> None:
    names = [part.filename for part in parts]
    found = _kind(set(names))
    if not found:
        raise BadFile(f"{name} is a zip file, and no workbook.")
    if found != kind:
        raise BadFile(f"{name} is a workbook of another kind by its content: let its name end with .{found}.")
    if len(parts) > MOST_PARTS:
        raise BadFile(f"{name} has {len(parts):,} parts, expected at most {MOST_PARTS:,}: save the one sheet alone.")
    if len(set(names)) < len(names):
        raise BadFile(f"{name} has two parts of one name, so that nobody can say which counts: save it again.")
    if any(part.flag_bits & 1 for part in parts):
        raise BadFile(f"{name} {_PROTECTED}")


def _kind(names: set[str]) -> str:
    if "content.xml" in names:
        return "ods"
    if "xl/workbook.bin" in names:
        return "xlsb"
    # A workbook may have its first part under another name, which its list of contents says.
    return "xlsx" if "[Content_Types].xml" in names and any(name.startswith("xl/") for name in names) else ""


class _Part:
    """One part of a workbook, unpacked piece by piece."""

    def __init__(self, archive: zipfile.ZipFile, part: zipfile.ZipInfo, name: str, kind: str, whole: int) -> None:
        self._archive, self._part, self._name = archive, part, name
        self._is_markup = part.filename.lower().endswith((".xml", ".rels", ".vml"))
        self._packed = min(part.compress_size, whole)
        self._may_be_long = kind == "xlsx"
        self._is_sheet = False
        self._since_row = self._texts = 0

    def walk(self, left: int) -> int:
        """What is left of the bytes that all parts may have."""
        size, before = 0, b""
        # The size in the directory may be false: without it, what is packed is unpacked to its end.
        unsized = copy(self._part)
        unsized.file_size = 1 << 62
        with self._archive.open(unsized) as stream:
            while piece := stream.read(_PIECE):
                if not size:
                    root = _ROOT.match(piece)
                    self._is_markup |= bool(root)
                    self._is_sheet = bool(root and root[1] == b"worksheet")
                size += len(piece)
                self._check_size(size, left)
                if self._is_markup:
                    self._check_markup(before + piece, len(before))
                    before = piece[-_OVERLAP:]
        if size != self._part.file_size:
            raise BadFile(f"{self._name} says wrong sizes of its parts: it is damaged, or made to do harm.")
        return left - size

    def _check_size(self, size: int, left: int) -> None:
        if size > SMALL and size > MOST_RATIO * max(self._packed, 1):
            raise BadFile(
                f"{self._name}: {self._part.filename} unpacks to over {MOST_RATIO} times its size, as in files "
                "that are made to do harm; if this one is not, save it as .csv."
            )
        most = left if self._may_be_long and self._is_sheet else min(left, MOST_HELD)
        if size > most:
            raise BadFile(
                f"{self._name} unpacks to more than is read ({MOST_UNPACKED:,} bytes, {MOST_HELD:,} in parts that are "
                f"held in memory, such as {self._part.filename}): save the one sheet as .csv."
            )

    def _check_markup(self, piece: bytes, old: int) -> None:
        if b"\0" in piece:
            raise BadFile(
                f"{self._name}: {self._part.filename} is not written in UTF-8, as workbooks are: save it again."
            )
        if _DECLARED.search(piece):
            raise BadFile(
                f"{self._name}: {self._part.filename} defines words of its own (DOCTYPE), as no workbook does: "
                "open it in a spreadsheet and save it again."
            )
        if self._is_sheet:
            self._check_places(piece, old)
        self._texts += sum(1 for _ in _TEXT.finditer(piece, max(0, old - 1)))
        if self._texts > MOST_TEXTS:
            raise BadFile(f"{self._name} has more than {MOST_TEXTS:,} different texts: save the one sheet as .csv.")

    def _check_places(self, piece: bytes, old: int) -> None:
        for letters, digits in _REFERENCE.findall(piece):
            if letters or len(digits) > 7 or int(digits) > LAST_ROW:
                raise BadFile(f"{self._name} has a cell beyond the last one that a sheet can have: save it again.")
        # Cells need not say where they stand: more of them than columns, without a new row, stand beyond the last.
        rows = [found.start() for found in _ROW.finditer(piece, max(0, old - 8))]
        self._since_row = 0 if rows else self._since_row
        self._since_row += sum(1 for _ in _CELL.finditer(piece, rows[-1] if rows else old))
        if self._since_row > LAST_COLUMN:
            raise BadFile(f"{self._name} has a row with more cells than a sheet has columns: save it again.")
