"""Files of rows: CSV, Parquet and workbooks, read by what their columns are for and written whole or not at all."""

import shutil
import weakref
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from plotthedots.files import paths
from plotthedots.files.csv import CsvFile
from plotthedots.files.encodings import opened
from plotthedots.files.left_out import pairs
from plotthedots.files.parquet import ParquetFile
from plotthedots.files.source import Reading, Role, Rows, Source, closest, named, require
from plotthedots.files.turned import Turned
from plotthedots.files.workbook import WorkbookFile

__all__ = ["Reading", "Role", "Rows", "Source", "closest", "named", "open_source", "pairs", "require"]

_KINDS: dict[str, Callable[[str, Reading], Source]] = {
    "csv": CsvFile,
    "parquet": ParquetFile,
    **{kind: partial(WorkbookFile, kind=kind) for kind in ("xlsx", *paths.READ_ONLY)},
}


def open_source(path: str, how: Reading = Reading()) -> Source:  # noqa: B008
    """The file, its header read. BadInput where it is not there, is not what its name says, or is empty."""
    if path != paths.STANDARD:
        paths.check_readable(path)
    kind = paths.kind_to_read(path, how.format)
    if kind != "csv" and not Path(path).is_file():
        source = _from_a_pipe(path, kind, how)
    else:
        source = _KINDS[kind](path, how)
    return Turned(source, how) if how.across else source


def _from_a_pipe(path: str, kind: str, how: Reading) -> Source:
    """Parquet files and workbooks are read from their end, so that what comes in is kept in a file first."""
    folder = TemporaryDirectory(prefix="plotthedots-")
    kept = Path(folder.name) / f"standard-input.{kind}"
    with kept.open("wb") as file, opened(path) as coming:
        shutil.copyfileobj(coming, file)
    source = _KINDS[kind](str(kept), how)
    source.name = paths.spoken(path)
    # The folder lives as long as the source that reads from it.
    weakref.finalize(source, folder.cleanup)
    return source
