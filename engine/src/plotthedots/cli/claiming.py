"""Claims of improvement as a file holds them, or one date for every series."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from plotthedots.errors import BadInput
from plotthedots.files import Reading, Role, Source, named, open_source, require
from plotthedots.files.columns import convert, is_text
from plotthedots.files.source import BadFile, in_column

TEXTS = ("gain", "direction")
DATES = ("baseline_from", "entered_on", "withdrawn_on")


@dataclass(frozen=True)
class Claiming:
    """Where the claims are: a file (and its sheet), or a date; and which columns may split survival."""

    file: str | None
    date: str | None
    sheet: str
    conditions: list[str]

    def __post_init__(self) -> None:
        if (self.file is None) == (self.date is None):
            found = "neither" if self.file is None else "both"
            raise BadInput(f"--claims FILE or --claimed DATE: found {found}, expected one of them.")
        if self.date is not None and self.conditions:
            raise BadInput(
                f"--conditions: found {self.conditions[0]!r}, but --claimed makes claims without columns: say --claims FILE."
            )


@contextmanager
def about_itself() -> Iterator[None]:
    """Sentences from inside name the file already: that of the measures has nothing to do with them."""
    try:
        yield
    except BadInput as problem:
        raise BadFile(str(problem)) from problem


def claims_of(
    asked: Claiming, measures: pa.Table, by: list[str], how: Reading, sources: dict[str | None, Source], said: list[str]
) -> pa.Table:
    """The claims of a file; the file joins `sources`, so that sentences can name it and its rows."""
    own = Reading(sheet=asked.sheet, encoding=how.encoding, delimiter=how.delimiter, dates=how.dates)
    with about_itself():
        source = sources["claims"] = open_source(str(asked.file), own)
        labels = [require(source, column) for column in by]
        roles = {require(source, "claimed"): Role.DATE} | dict.fromkeys(labels, Role.LABEL)
        roles |= {name: Role.LABEL for name in (*TEXTS, *DATES) if name in source.columns}
        roles |= {require(source, name, option="--conditions"): Role.LABEL for name in asked.conditions}
    with named(source):
        rows = source.read(roles)
        table = rows.table
        for name in DATES:
            if name in roles:
                with in_column(name):
                    table = _with(table, name, _dates(table.column(name), own))
    for name in labels:
        table = _with(table, name, _alike(table.column(name), measures.column(name).type))
    for name in (*TEXTS, *asked.conditions):
        if name in roles:
            table = _with(table, name, _labels(table.column(name)))
    said += rows.said
    return table


def every_series(measures: pa.Table, by: list[str], date: str, claimed: str) -> pa.Table:
    """A claim of each series at one date."""
    moment: Any = claimed
    if pa.types.is_integer(measures.column(date).type):
        if not claimed.lstrip("-").isdecimal():
            raise BadInput(f'--claimed: found "{claimed}", expected a whole number as in the column "{date}".')
        moment = int(claimed)
    if not by:
        return pa.table({"claimed": [moment]})
    series = measures.select(by).group_by(by, use_threads=False).aggregate([])
    return series.append_column("claimed", pa.array([moment] * series.num_rows))


def _with(table: pa.Table, name: str, column: Any) -> pa.Table:
    return table.set_column(table.column_names.index(name), name, column)


def _dates(column: Any, how: Reading) -> Any:
    """A column of dates that may be empty here and there."""
    column = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    column = pa.concat_arrays(column.chunks) if isinstance(column, pa.ChunkedArray) else column
    there = np.flatnonzero(column.is_valid().to_numpy(zero_copy_only=False))
    if not len(there):
        return column
    try:
        dates, _ = convert(column.take(pa.array(there)), Role.DATE, how)
    except BadInput as problem:
        row = None if problem.row is None else int(there[problem.row])
        raise BadInput(problem.problem, row=row) from problem
    place = np.full(len(column), -1)
    place[there] = np.arange(len(there))
    return dates.take(pa.array(place, mask=place < 0))


def _alike(column: Any, kind: pa.DataType) -> Any:
    """Names of series as the measures hold them: the number 7 of a workbook is the "7" of a CSV file."""
    if is_text(kind) == is_text(column.type):
        return column
    if is_text(kind):
        return pc.cast(column, pa.string())
    try:
        return pc.cast(pc.cast(column, pa.string()), kind)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        return column


def _labels(column: Any) -> Any:
    """Words, whatever a workbook made of them."""
    return pc.cast(column, pa.string())
