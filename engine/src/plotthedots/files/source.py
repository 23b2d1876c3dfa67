"""What any file is once it is open: its columns by name, and rows that can be named in a sentence."""

import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import Enum
from typing import Protocol

import pyarrow as pa

from plotthedots.errors import BadInput

_LONG = re.compile(r'"([^"]{80})[^"]{20,}"')


class BadFile(BadInput):
    """A sentence that names the file, and the place in it, already."""


class Role(Enum):
    """What a column is read as."""

    NUMBER = "number"
    DATE = "date"
    LABEL = "label"
    FLAG = "flag"


@dataclass(frozen=True)
class Reading:
    """How a file is to be read, where its ending and its content do not say."""

    format: str = ""
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    skip: int = 0
    """Rows to leave out at the top."""
    header: int = 1
    """Rows of heads, the first of them the first that is not blank."""
    rows: int = 0
    """Rows to read below the heads, blank ones counted; 0 is all."""
    across: bool = False
    """Whether columns whose heads are dates are to become rows, with columns `date` and `value`."""
    leave_out: tuple[tuple[str, str], ...] = ()
    """Columns and texts: a row in which one of them says that is left out before anything else is read of it."""
    dates: str = ""
    missing: Collection[str] = ()


@dataclass
class Rows:
    """The rows of a file, columns as they were asked for, and sentences on what was converted."""

    table: pa.Table
    said: list[str] = field(default_factory=list)


class Source(Protocol):
    """An open file of rows and columns."""

    name: str
    """As a sentence names the file."""
    apart: str
    """How columns of one name may be told apart, as the end of a sentence; empty where nothing is known."""

    @property
    def columns(self) -> list[str]:
        """The names in the header, in order."""

    def read(self, roles: Mapping[str, Role]) -> Rows:
        """The named columns; BadInput with row and column where a cell is not what its role expects."""

    def row_number(self, row: int) -> int:
        """The number that a person sees beside the row of that position."""

    def elsewhere(self, column: str) -> str:
        """Where else in the file a column of that name is, as a sentence; empty if nowhere."""


@contextmanager
def named(source: Source) -> Iterator[None]:
    """Errors from inside name the file and the row as a person sees it there."""
    try:
        yield
    except BadFile:
        raise
    except BadInput as error:
        raise BadFile(_short(_placed(source, error))) from error


@contextmanager
def in_column(name: str) -> Iterator[None]:
    """Errors from inside name the column."""
    try:
        yield
    except BadFile:
        raise
    except BadInput as error:
        raise BadInput(error.problem, row=error.row, column=name) from error


def _placed(source: Source, error: BadInput) -> str:
    places = [source.name]
    if error.row is not None:
        places.append(f"row {source.row_number(error.row)}")
    if error.column is not None:
        places.append(f'column "{error.column}"')
    return f"{', '.join(places)}: {error.problem}"


def _short(sentence: str) -> str:
    """The sentence with long texts of cells cut; the command line sees to marks that break lines."""
    return _LONG.sub(r'"\1…"', sentence)


def require(source: Source, column: str, *, option: str = "") -> str:
    """`column`, if the file has it once; else the sentence that says which it has."""
    column = column if column in source.columns else " ".join(column.split())
    found = source.columns.count(column)
    if found == 1:
        return column
    if found > 1:
        raise BadInput(f'{source.name} has {found} columns named "{column}": rename all but one{source.apart}.')
    guess = closest(column, source.columns)
    said = f" ({option} {_quoted(guess)})" if guess and option else ""
    advice = f'did you mean "{guess}"{said}? ' if guess else f"name the column with {option}. " if option else ""
    sentence = f'{source.name} has no column "{column}": {advice}{_listed(source.columns)} {source.elsewhere(column)}'
    raise BadInput(_short(sentence.rstrip()))


def closest(word: str, names: Collection[str]) -> str | None:
    """The name that was probably meant, or None."""
    folded = {name.casefold(): name for name in names}
    match = get_close_matches(word.casefold(), folded, n=1, cutoff=0.6)
    return folded[match[0]] if match else None


def _quoted(name: str) -> str:
    """A name as a shell takes it."""
    return name if re.fullmatch(r"[\w./-]+", name) else f"'{name}'"


def _listed(names: list[str]) -> str:
    names = [name for name in names if name]
    shown = ", ".join(f'"{name}"' for name in names[:20])
    more = f" and {len(names) - 20} more" if len(names) > 20 else ""
    return f"Its columns are {shown}{more}." if len(names) > 1 else f"Its only column is {shown}."


def no_rows(name: str) -> BadFile:
    """The sentence for a file with a header alone."""
    return BadFile(f"{name} holds a header and no rows.")
