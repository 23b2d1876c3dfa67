"""CSV files: which encoding, which delimiter, no row lost to a quote that nobody closed."""

import csv
import io
from collections.abc import Iterator

from holdgood.sheets.table import BLANK_ROWS, MOST_CELLS, MOST_COLUMNS, MOST_ROWS, MOST_TEXT, Refused, filled, letters

DELIMITERS = {",": "a comma", ";": "a semicolon", "\t": "a tab", "|": "a bar"}
LOOKED_AT = 20  # rows, to find the delimiter


def rows(data: bytes, notes: list[str], *, pasted: bool = False) -> Iterator[tuple[int, list[str]]]:
    """Rows with their numbers, as a spreadsheet would number them; between cells that were pasted stand tabs."""
    text = _text(data, notes)
    csv.field_size_limit(MOST_TEXT)
    delimiter = "\t" if pasted else _delimiter(text)
    if delimiter != "," and not pasted:
        notes.append(f"Columns are separated by {DELIMITERS[delimiter]}.")
    yield from _checked(text, delimiter, notes)


def _checked(text: str, delimiter: str, notes: list[str]) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = blank = cells = 0
    try:
        for number, row in enumerate(reader, 1):
            blank = 0 if filled(row) else blank + 1
            cells += filled(row)
            if blank >= BLANK_ROWS:
                notes.append(f"After row {number - blank:,}, {BLANK_ROWS:,} rows are empty: nothing was read below.")
                return
            _check_size(number, len(row), cells)
            if not blank:
                yield number, row
    except csv.Error as problem:
        raise Refused(_why(str(problem), number + 1)) from None


def _check_size(number: int, columns: int, cells: int) -> None:
    if number > MOST_ROWS:
        raise Refused(f"The file has more than {MOST_ROWS:,} rows. Split it, by year for example.")
    if columns > MOST_COLUMNS:
        raise Refused(
            f"Row {number:,} has {columns:,} columns, to {letters(columns - 1)}; at most {MOST_COLUMNS:,} can be "
            "read. Leave out those that are not needed."
        )
    if cells > MOST_CELLS:
        raise Refused(f"The file has more than {MOST_CELLS:,} filled cells. Split it, by year for example.")


def _why(problem: str, number: int) -> str:
    if "field larger" in problem:
        return (
            f"Row {number:,} has a cell of more than {MOST_TEXT:,} characters. A quotation mark that is opened and "
            "not closed makes one: look there, and save the file as CSV again."
        )
    return (
        f"From row {number:,} on, quotation marks or line ends are not as in a CSV file ({problem}). "
        "Open the file in a spreadsheet and save it as CSV again."
    )


def _text(data: bytes, notes: list[str]) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise Refused("The file is saved as UTF-16 (“Unicode text”). Save it as “CSV UTF-8”.")
    if b"\0" in data:
        row = data[: data.index(b"\0")].count(b"\n") + 1
        raise Refused(f"Row {row:,} holds a byte that no text has (NUL). Save the file as “CSV UTF-8” again.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as problem:
        row = data[: problem.start].count(b"\n") + 1
        raise Refused(
            f"Row {row:,} holds characters of an unknown encoding; UTF-8 or Windows-1252 was expected. "
            "Save the file as “CSV UTF-8”."
        ) from None
    notes.append("The file is not UTF-8, so it was read as Windows-1252: look whether accents and dashes are right.")
    return text


def _delimiter(text: str) -> str:
    """The one by which the first rows fall into most columns; of a file of one column, the comma."""
    best, most = ",", 1
    for delimiter in DELIMITERS:
        reader = csv.reader(io.StringIO(text[: MOST_TEXT * 4], newline=""), delimiter=delimiter)
        try:
            widths = [len(row) for row, _ in zip(reader, range(LOOKED_AT), strict=False) if row]
        except csv.Error:
            continue
        width = sorted(widths)[len(widths) // 2] if widths else 0
        if width > most:
            best, most = delimiter, width
    return best
