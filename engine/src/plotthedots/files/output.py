"""Files written whole or not at all.

Nobody finds half a table, and an output that was there stays until its successor is done.
"""

import contextlib
import io
import os
import re
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.compute as pc

from plotthedots.errors import BadInput
from plotthedots.files import paths

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # XML, and so a workbook, cannot hold these.
_LIKE_FORMULAS = ("=", "+", "-", "@")
MOST_ROWS = 1_048_576  # of a worksheet, the header included


@contextlib.contextmanager
def whole(path: str) -> Iterator[BinaryIO]:
    """A file to write to that takes the place of `path` when all went well, and is gone otherwise."""
    if path == paths.STANDARD:
        out = _standard_output()
        yield out
        out.flush()
        return
    place = _place(path)
    if place.exists() and not place.is_file():
        # A pipe or a device is written to: a file must not take its place.
        with place.open("wb") as file:
            yield file
        return
    handle, name = _beside(place, path)
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


def _standard_output() -> BinaryIO:
    # None where whoever started the command had closed it.
    if sys.stdout is None:
        raise BadInput("standard output is closed: name a file to write.")
    return sys.stdout.buffer


def _beside(place: Path, path: str) -> tuple[int, str]:
    """A new file in the folder of the output: a rename is whole only within one file system."""
    try:
        return tempfile.mkstemp(prefix=f".{place.name[:80]}.", suffix=".part", dir=place.parent)
    except OSError as failure:
        raise OSError(failure.errno, failure.strerror, path) from failure


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

    One that is there is replaced only where it holds nothing but files whose names match the pattern `ours`,
    those that the same command makes: nobody loses a file of their own.
    """
    place = _folder(path, ours)
    made = Path(tempfile.mkdtemp(prefix=f".{place.name[:80]}.", suffix=".part", dir=place.parent))
    former = made.with_suffix(".former")
    try:
        yield made
        made.chmod(0o777 & ~_umask())
        if place.exists():
            place.rename(former)
        made.rename(place)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        if former.exists() and not place.exists():
            former.rename(place)
        raise
    shutil.rmtree(former, ignore_errors=True)


def _folder(path: str, ours: str) -> Path:
    """Where a link leads to; BadInput for a file, a folder in which other files are, or one without a parent."""
    place = Path(os.path.realpath(path))
    if place.exists() and not place.is_dir():
        raise BadInput(f"{path} is a file: name a folder, or a file that ends with .svg.")
    if not place.parent.is_dir():
        raise BadInput(f"{path}: there is no folder {place.parent} to write to: make it first.")
    entries = sorted(place.iterdir()) if place.is_dir() else []
    others = [entry.name for entry in entries if not (entry.is_file() and re.fullmatch(ours, entry.name))]
    if others:
        raise BadInput(f"{path} holds other files, such as {others[0]}: name an empty folder, or a new one.")
    return place


def write_each(tables: dict[str, pa.Table], places: dict[str, str], format: str = "") -> None:
    """Write the tables to the files that `places` names for them: all of them, or none.

    Tables that share a place are the sheets of one workbook. `format` is that of standard output.
    """
    shared: dict[str, dict[str, pa.Table]] = {}
    # Standard output comes last, for what is written there cannot be taken back.
    for title, path in sorted(places.items(), key=lambda item: item[1] == paths.STANDARD):
        shared.setdefault(path, {})[title] = tables[title]
    kinds = {path: _checked(path, sheets, format) for path, sheets in shared.items()}
    with contextlib.ExitStack() as outputs:
        files = {path: outputs.enter_context(whole(path)) for path in shared}
        for path, file in files.items():
            _write(kinds[path], shared[path], file)
            file.flush()


def check(path: str, format: str = "") -> None:
    """BadInput, before any work is done, for a name that no table can be written to."""
    paths.kind(path, format)
    if path != paths.STANDARD:
        _place(path)


def write_tables(tables: dict[str, pa.Table], path: str, format: str = "") -> None:
    """Write a table as `.csv`, `.parquet` or `.xlsx`, by the ending of the name; a workbook takes several as sheets."""
    write_each(tables, dict.fromkeys(tables, path), format)


def _checked(path: str, tables: dict[str, pa.Table], format: str) -> str:
    """The kind of file that the name asks for; BadInput where it cannot hold these tables."""
    kind = paths.kind(path, format)
    if kind != "xlsx" and len(tables) > 1:
        raise BadInput(f"{path}: only a workbook (.xlsx) holds several tables.")
    if kind == "xlsx":
        _refuse_long(tables, path)
    return kind


def _write(kind: str, tables: dict[str, pa.Table], file: BinaryIO) -> None:
    if kind == "xlsx":
        _write_workbook(tables, file)
    else:
        write = write_csv if kind == "csv" else _write_parquet
        write(next(iter(tables.values())), file)


def write_csv(table: pa.Table, file: BinaryIO) -> None:
    """Dates as ISO, numbers with as many figures as it takes to read them back, missing values as nothing."""
    from pyarrow import csv

    csv.write_csv(_plain(table), file, csv.WriteOptions(quoting_style="needed", quoting_header="needed"))


def _plain(table: pa.Table) -> pa.Table:
    """Times without a fraction of a second are written without one."""
    for position, field in enumerate(table.schema):
        if pa.types.is_timestamp(field.type):
            column = table.column(position).cast(pa.timestamp(field.type.unit))
            if pc.all(pc.equal(column, pc.floor_temporal(column, unit="second")), min_count=0).as_py():
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
        sheet.append([_cell(sheet, name, WriteOnlyCell) for name in table.column_names])
        for batch in table.to_batches(max_chunksize=10_000):
            for row in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                sheet.append([_cell(sheet, value, WriteOnlyCell) for value in row])
    # Into memory first: a zip file that cannot be finished complains when it is thrown away.
    finished = io.BytesIO()
    book.save(finished)
    file.write(finished.getbuffer())


def _cell(sheet: Any, value: Any, made: Any) -> Any:
    """Text stays text: what begins like a formula is never one. Moments lose their zone, which is UTC."""
    if not isinstance(value, str):
        return value.replace(tzinfo=None) if isinstance(value, datetime) else value
    cell = made(sheet, _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", value))
    cell.data_type = "s"
    # So that it is text still when a person opens the cell to edit it.
    cell.quotePrefix = value.startswith(_LIKE_FORMULAS)
    return cell
