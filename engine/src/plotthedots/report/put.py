"""What is put into a cell of a workbook: texts that stay texts, numbers, and how a sheet is printed."""

from typing import Any

FULL = 32_000  # characters of a cell, of 32,767


def said(sheet: Any, row: int, column: int, text: str, format: Any) -> None:
    """A text, whatever it begins with."""
    if text:
        sheet.write_string(row, column, text[:FULL], format)


def number(sheet: Any, row: int, column: int, value: float | None, format: Any) -> None:
    if value is not None:
        sheet.write_number(row, column, value, format)


def printed(sheet: Any, *, landscape: bool) -> None:
    if landscape:
        sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
