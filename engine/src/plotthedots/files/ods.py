"""A look at OpenDocument sheets (.ods): their markup, for what their reader does not tell (OpenDocument 1.3)."""

import zipfile
from dataclasses import dataclass, field
from xml.parsers import expat

from plotthedots.files.compound import File
from plotthedots.files.seen import LAST_COLUMN, LAST_ROW, Seen, refuse_wide
from plotthedots.files.source import BadFile

_PIECE = 1 << 18
_ERROR_SHOWN = ("#", "Err:")


def look(path: File, name: str) -> list[Seen]:
    """The sheets in their order. BadFile where the workbook is damaged, encrypted or too large."""
    walk = _Walk(name)
    parser = expat.ParserCreate()
    parser.StartElementHandler = walk.start
    parser.EndElementHandler = walk.end
    parser.CharacterDataHandler = walk.text
    parser.buffer_text = True
    try:
        with zipfile.ZipFile(path) as archive:
            with archive.open("META-INF/manifest.xml") as manifest:
                if b"encryption-data" in manifest.read(1 << 20):
                    raise BadFile(f"{name} is protected by a password: open it, save it without one, and try again.")
            with archive.open("content.xml") as content:
                while piece := content.read(_PIECE):
                    parser.Parse(piece, False)
        parser.Parse(b"", True)
    except BadFile:
        raise
    except (zipfile.BadZipFile, KeyError, EOFError, ValueError, OSError, RuntimeError, expat.ExpatError) as failure:
        raise BadFile(f"{name} is not a workbook, or a damaged one.") from failure
    refuse_wide(walk.sheets, name)
    return walk.sheets


@dataclass
class _Walk:
    """Where in the sheets the markup is: rows and cells may stand for many of their kind."""

    name: str
    sheets: list[Seen] = field(default_factory=list)
    style: str = ""
    away: set[str] = field(default_factory=set)
    row: int = 0
    rows: int = 1
    column: int = 0
    copies: int = 1
    filled: bool = False
    cell: dict[str, str] = field(default_factory=dict)
    shown: str | None = None
    row_errors: list[tuple[int, str]] = field(default_factory=list)
    row_unsaved: list[tuple[int, str]] = field(default_factory=list)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "table" and "table:name" in attributes:
            shown = attributes.get("table:style-name") not in self.away
            self.sheets.append(Seen(attributes["table:name"], shown=shown))
            self.row = 0
        elif tag == "style":
            self.style = attributes.get("style:name", "")
        elif tag == "table-properties" and attributes.get("table:display") == "false":
            self.away.add(self.style)
        elif tag == "table-row":
            self.rows = self._times(attributes.get("table:number-rows-repeated"), LAST_ROW - self.row)
            self.column, self.filled = 0, False
        elif tag in ("table-cell", "covered-table-cell"):
            self.copies = self._times(attributes.get("table:number-columns-repeated"), LAST_COLUMN - self.column)
            self.cell, self.shown = attributes, ""

    def text(self, words: str) -> None:
        if self.shown is not None and len(self.shown) < 100:
            self.shown += words

    def end(self, tag: str) -> None:
        tag = tag.rpartition(":")[2]
        if tag in ("table-cell", "covered-table-cell"):
            self._cell()
            self.column += self.copies
            self.shown = None
        elif tag == "table-row" and self.sheets:
            self._row()

    def _cell(self) -> None:
        shown = (self.shown or "").strip()
        kind = self.cell.get("office:value-type", "")
        formula = self.cell.get("table:formula", "")
        if not kind and not shown and not formula:
            return
        self.filled = True
        if self.sheets:
            self.sheets[-1].cell(self.row + self.rows - 1, self.column, self.copies)
        if self.cell.get("calcext:value-type") == "error" or (formula and shown.startswith(_ERROR_SHOWN)):
            self.row_errors += [(self.column + copy, shown or "#ERROR!") for copy in range(self.copies)]
        elif formula and not kind and not shown:
            self.row_unsaved.append((self.column, formula))

    def _row(self) -> None:
        sheet = self.sheets[-1]
        for found, into in ((self.row_errors, sheet.errors), (self.row_unsaved, sheet.unsaved)):
            if found:
                refuse_wide([sheet], self.name)
                into.update({(self.row + copy, column): said for column, said in found for copy in range(self.rows)})
                found.clear()
        self.row += self.rows

    def _times(self, written: str | None, most: int) -> int:
        if written is None:
            times = 1
        else:
            times = int(written[:12]) if written.isascii() and written.isdecimal() else 0
        if not 1 <= times <= most:
            raise BadFile(f"{self.name} has more rows or columns than a sheet can have, or says so.")
        return times
