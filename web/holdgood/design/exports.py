"""A list as a file: every row that the filter leaves, one by one; no cell is taken for a formula."""

import csv
import datetime as dt
import re
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.html import strip_tags

from holdgood.design import words
from holdgood.design.lists import Column, List, Page

ROWS_AT_ONCE = 2000
MOST_ROWS = 1_048_575  # of an Excel sheet, without its header
_TAKEN_FOR_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Export:
    """What the trail notes of it, and the answer."""

    response: HttpResponse | StreamingHttpResponse | FileResponse
    name: str
    count: int


def export(page: Page, kind: str, *, on: dt.date, about: str = "") -> Export:
    """All rows of the list as it is filtered and sorted. `about` names the place; `on` is the day of the export."""
    name = f"{filename(page.lst.name, about, on)}.{kind}"
    return Export(_MADE[kind](page, name), name, page.shown)


def filename(name: str, about: str, on: dt.date) -> str:
    """falls-ward-7-2026-03-03: what, where and of which day, in letters that every system takes."""
    told = re.sub(r"[^a-z0-9]+", "-", f"{name} {about}".lower()).strip("-")
    return f"{told[:80] or 'list'}-{on.isoformat()}"


def safe(value: Any) -> Any:
    """Text that a spreadsheet would run as a formula gets an apostrophe before it; numbers and dates stay."""
    if not isinstance(value, str):
        return value
    return f"'{value}" if value.startswith(_TAKEN_FOR_FORMULA) else value


def plain(column: Column, row: Any) -> Any:
    """The cell as data: numbers and dates as they are, all else as text without markup."""
    value = (column.export or column.value)(row)
    if isinstance(value, bool) or value is None:
        return words.said(value)
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).replace(tzinfo=None) if timezone.is_aware(value) else value
    if isinstance(value, (int, float, Decimal, dt.date)):
        return value
    return safe(strip_tags(str(value)) if hasattr(value, "__html__") else str(value))


def rows(page: Page) -> Iterator[list[Any]]:
    """Read in portions, so that a long list does not stand in memory."""
    for row in page.queryset.iterator(chunk_size=ROWS_AT_ONCE):
        yield [plain(column, row) for column in page.lst.columns]


class _Line:
    """What csv writes to: it hands the line on."""

    def write(self, text: str) -> str:
        return text


def _csv(page: Page, name: str) -> StreamingHttpResponse:
    writer = csv.writer(_Line())

    def lines() -> Iterator[str]:
        yield "\ufeff" + writer.writerow(titles(page.lst))  # Excel takes it for UTF-8 only with the mark
        for row in rows(page):
            yield writer.writerow([_iso(cell) for cell in row])

    return StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8", headers=attachment(name))


def _iso(cell: Any) -> Any:
    return cell.isoformat(" ", "seconds") if isinstance(cell, dt.datetime) else cell


def titles(lst: List) -> list[str]:
    return [safe(column.title) for column in lst.columns]


def _xlsx(page: Page, name: str) -> FileResponse:
    file = tempfile.TemporaryFile()  # noqa: SIM115  # the answer closes it
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "nan_inf_to_errors": True,
    }
    book = xlsxwriter.Workbook(file, options)
    sheet = book.add_worksheet(re.sub(r"[\[\]:*?/\\']", " ", page.lst.name)[:31] or "List")
    bold = book.add_format({"bold": True})
    formats: dict[type[dt.date], Any] = {dt.datetime: book.add_format({"num_format": "d mmmm yyyy hh:mm"}),
               dt.date: book.add_format({"num_format": "d mmmm yyyy"})}  # fmt: skip
    sheet.freeze_panes(1, 0)
    for across, title in enumerate(titles(page.lst)):
        sheet.write_string(0, across, title, bold)
        sheet.set_column(across, across, max(12, min(40, len(title) + 4)))
    for down, row in enumerate(rows(page), 1):
        if down == MOST_ROWS and page.shown > MOST_ROWS:
            sheet.write_string(down, 0, "A sheet holds no more rows than these. Download all of them as CSV.")
            break
        for across, cell in enumerate(row):
            _write(sheet, down, across, cell, formats)
    book.close()
    file.seek(0)
    return FileResponse(file, content_type=XLSX, headers=attachment(name))


def _write(sheet: Any, down: int, across: int, cell: Any, formats: dict[type[dt.date], Any]) -> None:
    if isinstance(cell, dt.date):
        sheet.write_datetime(down, across, cell, formats[type(cell)])
    elif isinstance(cell, str):
        sheet.write_string(down, across, cell[:32_767])  # the most a cell takes
    else:
        sheet.write_number(down, across, cell)


def attachment(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}


_MADE: dict[str, Callable[[Page, str], Any]] = {"csv": _csv, "xlsx": _xlsx}
