"""Before a workbook is opened: nothing in it may be more than it says, or do more than hold cells.

Every part is inflated once, in small pieces, and every XML part is walked without building a tree, so that what is
hostile is refused in little time and memory. What passes is small enough for openpyxl. The other kinds of workbook have
the engine's gate: this one stands beside it for it learns on the same walk what openpyxl does not tell.
"""

import io
import re
import zipfile
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from holdgood.sheets.table import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, MOST_TEXT, Refused, Span

MOST_PARTS = 200
MOST_INFLATED = 100_000_000
MOST_RATIO = 100
SMALL = 1_000_000  # bytes: below, a ratio says nothing
MOST_ELEMENTS = 8_000_000
MOST_STRINGS = 200_000
MOST_STRING_BYTES = 30_000_000
LAST_ROW = 1_048_576
PIECE = 65_536
DEEPEST = 60
LONGEST_TOKEN = 1_000_000  # bytes without a tag or text: no workbook has such a comment or attribute
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PARQUET = b"PAR1"
_WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})", re.ASCII)
MOST_MERGED = 5_000  # of one sheet: more are no heads
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
SAVE_AGAIN = "Open it in Excel, save it as “Excel workbook (.xlsx)”, and bring that."


@dataclass
class Seen:
    """What the gate found out that the reader needs: of each sheet's part, the first formula without a result, and the
    cells that are merged."""

    unsaved: dict[str, str] = field(default_factory=dict)
    merged: dict[str, list[Span]] = field(default_factory=dict)
    links: bool = False
    elements: int = 0
    cells: int = 0


def kind(data: bytes, name: str) -> str:
    """What a file is by its first bytes, whatever its name: "xlsx", "xlsb", "ods", "xls", "parquet" or "text"."""
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise Refused(f"{name} is protected by a password. Save it without one, and bring that.")
        return "xls"
    if data.startswith(b"PK"):
        return _kind_of_archive(data)
    if data.startswith(_PARQUET):
        return "parquet"
    if name.lower().endswith(_WORKBOOKS):
        raise Refused(f"{name} is called a workbook and is none: its first bytes are of another kind. {SAVE_AGAIN}")
    return "text"


def _kind_of_archive(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, NotImplementedError, OSError, RuntimeError):
        return "xlsx"  # its gate says what is wrong
    if "content.xml" in names:
        return "ods"
    return "xlsb" if "xl/workbook.bin" in names else "xlsx"


def refuse_macros(data: bytes, name: str) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if any(each.lower().endswith("vbaproject.bin") for each in archive.namelist()):
            raise Refused(f"{name} holds macros, which are never run and not accepted. {SAVE_AGAIN}")


def check(data: bytes, name: str) -> Seen:
    """Look at every part; raise Refused, or tell what the reader must know."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            _check_parts(parts, name)
            refuse_macros(data, name)
            seen = Seen(links=any(part.filename.startswith("xl/externalLinks/") for part in parts))
            for part in parts:
                _Walk(archive, part, seen, name).run()
            return seen
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, NotImplementedError, OSError, RuntimeError) as problem:
        raise Refused(f"{name} is damaged or says wrong sizes of its parts ({problem}). {SAVE_AGAIN}") from None
    except expat.ExpatError as problem:
        raise Refused(f"{name} is damaged: a part of it is not XML ({problem}). {SAVE_AGAIN}") from None


def _check_parts(parts: list[zipfile.ZipInfo], name: str) -> None:
    names = [part.filename for part in parts]
    if "[Content_Types].xml" not in names or not any(each.startswith("xl/") for each in names):
        raise Refused(f"{name} is no Excel workbook: it holds other things. {SAVE_AGAIN}")
    if len(parts) > MOST_PARTS:
        raise Refused(f"{name} has {len(parts):,} parts, expected at most {MOST_PARTS}. Bring the one sheet alone.")
    if len(set(names)) < len(names):
        raise Refused(f"{name} holds two parts of one name, so that nobody can say which counts. {SAVE_AGAIN}")
    if any(part.flag_bits & 1 for part in parts):
        raise Refused(f"{name} is protected by a password. Save it without one, and bring that.")
    if any(part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for part in parts):
        raise Refused(f"{name} is packed in a way that Excel does not use. {SAVE_AGAIN}")
    whole = sum(part.file_size for part in parts)
    if whole > MOST_INFLATED:
        raise Refused(f"{name} unpacks to {whole:,} bytes, expected at most {MOST_INFLATED:,}. Bring fewer rows.")
    for part in parts:
        if part.file_size > SMALL and part.file_size > MOST_RATIO * max(part.compress_size, 1):
            raise Refused(
                f"{name}: {part.filename} unpacks to more than {MOST_RATIO} times its size, as files made to do harm "
                f"do. {SAVE_AGAIN}"
            )


class _Walk:
    """One part: inflated piece by piece, and walked if it is XML."""

    def __init__(self, archive: zipfile.ZipFile, part: zipfile.ZipInfo, seen: Seen, name: str) -> None:
        self.archive, self.part, self.seen, self.name = archive, part, seen, name
        self.root = ""
        self.rows = self.in_row = self.strings = 0
        self.cell, self.formula, self.result = "", False, False
        self.depth = self.text = self.events = 0

    def run(self) -> None:
        is_xml = self.part.filename.lower().endswith((".xml", ".rels", ".vml"))
        parser = self._parser() if is_xml else None
        left, silent = MOST_INFLATED, 0
        with self.archive.open(self.part) as stream:
            while piece := stream.read(PIECE):
                left, before = left - len(piece), self.events
                if parser is not None:
                    parser.Parse(piece, False)
                silent = silent + len(piece) if parser is not None and self.events == before else 0
                if left < 0 or silent > LONGEST_TOKEN:
                    raise Refused(f"{self.name}: {self.part.filename} is longer than what it holds. {SAVE_AGAIN}")
        if parser is not None:
            parser.Parse(b"", True)

    def _parser(self) -> Any:
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = self._doctype
        parser.EntityDeclHandler = self._doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        return parser

    def _doctype(self, *_: Any) -> None:
        raise Refused(f"{self.name}: {self.part.filename} defines words of its own (DOCTYPE), as no workbook does.")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self.seen.elements += 1
        self.events, self.depth, self.text = self.events + 1, self.depth + 1, 0
        if self.seen.elements > MOST_ELEMENTS or self.depth > DEEPEST:
            raise Refused(f"{self.name} has more parts within parts than a workbook. Bring the one sheet alone.")
        tag = tag.rpartition(":")[2]
        if not self.root:
            self.root = tag
        elif self.root == "worksheet":
            self._in_sheet(tag, attributes)
        elif self.root == "sst" and tag == "si":
            self._string()

    def _in_sheet(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "row":
            self._row(attributes.get("r"))
        elif tag == "c":
            self._cell(attributes.get("r", ""))
        elif tag == "f":
            self.formula = True
        elif tag == "mergeCell":
            self._merged(attributes.get("ref", ""))
        elif tag in ("v", "is"):
            self.result = True

    def _merged(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        spans = self.seen.merged.setdefault(self.part.filename, [])
        if len(spans) < MOST_MERGED and _column(first) and _column(last):
            top, bottom = (int(each.lstrip(_LETTERS)) for each in (first, last))
            spans.append(Span(top, _column(first) - 1, bottom, _column(last) - 1))

    def _characters(self, text: str) -> None:
        self.events += 1
        self.text += len(text)
        if self.text > MOST_TEXT and not text.isspace():
            raise Refused(f"{self.name} has a text of more than {MOST_TEXT:,} characters. Shorten it.")

    def _end(self, tag: str) -> None:
        self.depth, self.text = self.depth - 1, 0
        if self.formula and tag.rpartition(":")[2] == "c":
            if not self.result:
                self.seen.unsaved.setdefault(self.part.filename, self.cell)
            self.formula = False

    def _row(self, number: str | None) -> None:
        self.rows, self.in_row = self.rows + 1, 0
        if self.rows > MOST_ROWS:
            raise Refused(f"{self.name} has more than {MOST_ROWS:,} rows. Split it, by year for example.")
        if number is not None and not (number.isascii() and number.isdigit() and 1 <= _small(number) <= LAST_ROW):
            raise Refused(f"{self.name} has a row with the number {number[:20]}, which no sheet has. {SAVE_AGAIN}")

    def _cell(self, reference: str) -> None:
        self.in_row += 1
        self.seen.cells += 1
        self.cell, self.formula, self.result = reference, False, False
        column = _column(reference) if reference else self.in_row
        if column == 0:
            raise Refused(f"{self.name} has a cell called {reference[:20]}, which no sheet has. {SAVE_AGAIN}")
        if max(column, self.in_row) > MOST_COLUMNS:
            raise Refused(
                f"{self.name} has cells beyond column {MOST_COLUMNS:,} ({reference or 'in row ' + str(self.rows)}). "
                "Delete the columns to the right of the table, even if they look empty, and save."
            )
        if self.seen.cells > MOST_CELLS:
            raise Refused(f"{self.name} has more than {MOST_CELLS:,} cells. Bring the one sheet alone, or split it.")

    def _string(self) -> None:
        self.strings += 1
        if self.strings > MOST_STRINGS or self.part.file_size > MOST_STRING_BYTES:
            raise Refused(
                f"{self.name} holds more than {MOST_STRINGS:,} different texts, or longer ones than tables of numbers "
                "have. Leave out columns of text that are not needed."
            )


def _small(digits: str) -> int:
    return int(digits) if len(digits) < 10 else LAST_ROW + 1


def _column(reference: str) -> int:
    """The number of a cell's column; 0 if it is no reference."""
    found = _REFERENCE.fullmatch(reference)
    if not found or not 1 <= int(found[2]) <= LAST_ROW:
        return 0
    number = 0
    for letter in found[1]:
        number = number * 26 + ord(letter) - 64
    return number
