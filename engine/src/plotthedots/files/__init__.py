"""Files of rows: CSV, Parquet and workbooks, read by what their columns are for and written whole or not at all."""

from collections.abc import Callable

from plotthedots.errors import BadInput
from plotthedots.files import paths
from plotthedots.files.csv import CsvFile
from plotthedots.files.parquet import ParquetFile
from plotthedots.files.source import Reading, Role, Rows, Source, closest, named, require
from plotthedots.files.workbook import WorkbookFile

__all__ = ["Reading", "Role", "Rows", "Source", "closest", "named", "open_source", "require"]

_KINDS: dict[str, Callable[[str, Reading], Source]] = {"csv": CsvFile, "parquet": ParquetFile, "xlsx": WorkbookFile}


def open_source(path: str, how: Reading = Reading()) -> Source:  # noqa: B008
    """The file, its header read. BadInput where it is not there, is not what its name says, or is empty."""
    if path != paths.STANDARD:
        paths.check_readable(path)
    kind = paths.kind(path, how.format)
    if path == paths.STANDARD and kind != "csv":
        raise BadInput(f"standard input can only be CSV: give the name of the {kind} file.")
    return _KINDS[kind](path, how)
