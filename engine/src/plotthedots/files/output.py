"""Files written whole or not at all.

Nobody finds half a table, and an output that was there stays until its successor is done.
"""

import contextlib
import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa

from plotthedots.errors import BadInput
from plotthedots.files import paths

MOST_ROWS = 1_048_576  # of a worksheet, the header included


@contextlib.contextmanager
def whole(path: str) -> Iterator[BinaryIO]:
    """A file to write to that takes the place of `path` when all went well, and is gone otherwise."""
    if path == paths.STANDARD:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    place = _place(path)
    handle, name = tempfile.mkstemp(prefix=f".{place.name[:80]}.", suffix=".part", dir=place.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(stat.S_IMODE(place.stat().st_mode) if place.exists() else 0o666 & ~_umask())
        Path(name).replace(place)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _place(path: str) -> Path:
    """Where a link leads to; BadInput for a folder, or one that is not there."""
    place = Path(path)
    if place.is_dir():
        raise BadInput(f"{path} is a folder: name the file to write.")
    place = Path(os.path.realpath(place))
    if not place.parent.is_dir():
        raise BadInput(f"{path}: there is no folder {place.parent} to write to: make it first.")
    return place


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


@contextlib.contextmanager
def whole_folder(path: str, *, ours: str) -> Iterator[Path]:
    """A folder to fill that takes the place of `path` when all went well.

    One that is there is replaced only where it holds the file named `ours`, which says that it was made by the
    same command, or nothing at all.
    """
    place = Path(os.path.realpath(path))
    if place.exists() and not place.is_dir():
        raise BadInput(f"{path} is a file: name a folder, or a file that ends with .svg.")
    if not place.parent.is_dir():
        raise BadInput(f"{path}: there is no folder {place.parent} to write to: make it first.")
    if place.is_dir() and any(place.iterdir()) and not (place / ours).is_file():
        raise BadInput(f"{path} holds other files: name an empty folder, or a new one.")
    made = Path(tempfile.mkdtemp(prefix=f".{place.name[:80]}.", suffix=".part", dir=place.parent))
    try:
        yield made
        made.chmod(0o777 & ~_umask())
        former = made.with_suffix(".former")
        if place.exists():
            place.rename(former)
        made.rename(place)
        shutil.rmtree(former, ignore_errors=True)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise


def write_tables(tables: dict[str, pa.Table], path: str, format: str = "") -> None:
    """Write a table as `.csv`, `.parquet` or `.xlsx`, by the ending of the name; a workbook takes several as sheets."""
    kind = paths.kind(path, format)
    if kind != "xlsx" and len(tables) > 1:
        raise BadInput(f"{path}: only a workbook (.xlsx) holds several tables.")
    if kind == "xlsx":
        _refuse_long(tables, path)
    with whole(path) as file:
        if kind == "csv":
            write_csv(next(iter(tables.values())), file)
        elif kind == "parquet":
            _write_parquet(next(iter(tables.values())), file)
        else:
            _write_workbook(tables, file)


def write_csv(table: pa.Table, file: BinaryIO) -> None:
    """Dates as ISO, numbers with as many figures as it takes to read them back, missing values as nothing."""
    from pyarrow import csv

    csv.write_csv(_plain(table), file, csv.WriteOptions(quoting_style="needed", quoting_header="needed"))


def _plain(table: pa.Table) -> pa.Table:
    """Times without a fraction of a second are written without one."""
    for position, field in enumerate(table.schema):
        if pa.types.is_timestamp(field.type):
            column = table.column(position).cast(pa.timestamp("us"))
            if not any(moment.microsecond for moment in column.unique().to_pylist() if moment):
                column = column.cast(pa.timestamp("s"))
            table = table.set_column(position, field.name, column)
    return table


def _write_parquet(table: pa.Table, file: BinaryIO) -> None:
    from pyarrow import parquet

    parquet.write_table(table, file)


def _refuse_long(tables: dict[str, pa.Table], path: str) -> None:
    for table in tables.values():
        if table.num_rows >= MOST_ROWS:
            raise BadInput(
                f"{path}: a worksheet holds {MOST_ROWS - 1:,} rows and this table has {table.num_rows:,}: "
                "write .csv or .parquet."
            )


def _write_workbook(tables: dict[str, pa.Table], file: BinaryIO) -> None:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    for title, table in tables.items():
        sheet = book.create_sheet(title[:31])
        sheet.freeze_panes = "A2"
        sheet.append(table.column_names)
        for batch in table.to_batches(max_chunksize=10_000):
            for row in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                sheet.append([_cell(sheet, value, WriteOnlyCell) for value in row])
    book.save(file)


def _cell(sheet: Any, value: Any, made: Any) -> Any:
    """Text stays text: what begins like a formula is never one."""
    if not isinstance(value, str):
        return value
    cell = made(sheet, value)
    cell.data_type = "s"
    return cell
