"""Small files, and what comes of reading them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pytest

from plotthedots.errors import BadInput
from plotthedots.files import Reading, Role, Rows, named, open_source

BOTH = {"date": Role.DATE, "value": Role.NUMBER}


def rows(path: Path, roles: Mapping[str, Role] = BOTH, **how: Any) -> Rows:
    """The columns of a file."""
    source = open_source(str(path), Reading(**how))
    with named(source):
        return source.read(roles)


def table(path: Path, roles: Mapping[str, Role] = BOTH, **how: Any) -> pa.Table:
    """The columns of a file, as a table."""
    return rows(path, roles, **how).table


def refused(path: Path, roles: Mapping[str, Role] = BOTH, **how: Any) -> str:
    """The sentence that a file is refused with."""
    with pytest.raises(BadInput) as caught:
        rows(path, roles, **how)
    return str(caught.value)


def text(folder: Path, content: str | bytes, name: str = "ae.csv") -> Path:
    """A file of text."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def workbook(folder: Path, sheets: Mapping[str, list[list[Any]]], name: str = "ae.xlsx") -> Path:
    """A workbook of these sheets."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, cells in sheets.items():
        sheet = book.create_sheet(title)
        for row in cells:
            sheet.append(row)
    path = folder / name
    book.save(path)
    return path
