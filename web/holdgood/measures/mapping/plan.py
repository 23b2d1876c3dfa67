"""A mapping: where in a published table the places, periods and numbers are. Plain values, made once."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

SUPPRESSED = ("*", "-", "–", "—", "..", ":", "c", "z", "x", "[c]", "[x]", "[z]", "[low]", "n/a", "na", "nan", "null",
              "no data", "not available", "suppressed")  # fmt: skip
TOTALS = ("total", "totals", "grand total", "all", "england", "national", "all english providers", "england total",
          "total england", "all providers", "all trusts", "all organisations")  # fmt: skip
PERIODS = {
    "column": "a column",
    "year and month": "two columns, of years and of months",
    "cell": "a cell",
    "across": "the heads of columns",
    "above": "the upper heads, over the same columns for each period",
    "sheet": "the name of the sheet",
    "file": "the name of the file",
    "told": "whoever brings the file",
}
SUCCESSORS = ("no", "from the day", "always")
OUT_OF, COUNT, SCORE = "number out of number", "count", "score"


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its head, the upper one before the lower (“A / B”), and where it stood: the first is 0."""

    head: str
    at: int


@dataclass(frozen=True, slots=True)
class Amount:
    """Columns that are added up, less others. None at all: the cells under heads that are periods."""

    plus: tuple[Column, ...] = ()
    less: tuple[Column, ...] = ()

    @property
    def columns(self) -> tuple[Column, ...]:
        return self.plus + self.less


@dataclass(frozen=True, slots=True)
class Value:
    """Numbers of one measure. `called`: what the rows of the measure say in the column of names, if there is one."""

    measure: str
    granularity: str
    kind: str  # "number out of number", "count", "score"
    numerator: Amount
    denominator: Amount | None = None
    times: Decimal = Decimal(1)
    called: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Places:
    """Of which place a row is: a column of codes or names, and the one of names beside it; or one place for all."""

    column: Column | None = None
    names: Column | None = None
    one: str = ""


@dataclass(frozen=True, slots=True)
class When:
    """Where the period stands: `kind` is a key of PERIODS."""

    kind: str
    column: Column | None = None  # of periods, or of years
    month: Column | None = None
    cell: tuple[int, int] | None = None  # row as the file numbers it, column from 0
    beside: str = ""  # the label before that cell, by which it is found when rows move


@dataclass(frozen=True, slots=True)
class Only:
    """Rows that are kept, by what a column says."""

    column: Column
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mapping:
    """How rows of numbers are read out of a table as it is published."""

    name: str
    sheet: str  # empty where the file has none
    heads: tuple[int, ...]  # rows of heads, the upper one first
    columns: tuple[str, ...]  # every head as it was, to say later what changed
    places: Places
    when: When
    values: tuple[Value, ...]
    only: tuple[Only, ...] = ()
    names: Column | None = None  # of measures, where each row is of another
    no_data: tuple[str, ...] = SUPPRESSED
    nought: tuple[str, ...] = ()  # marks that stand for 0
    totals: tuple[str, ...] = TOTALS
    ends: str = ""  # the first words of the row before which the table ends
    add_up: bool = False  # several rows of one place and period are parts of one number
    successors: str = "no"

    @property
    def used(self) -> Iterator[Column]:
        """Every column without which the mapping cannot be used."""
        yield from (column for column in (self.places.column, self.when.column, self.when.month, self.names) if column)
        yield from (only.column for only in self.only)
        for value in self.values:
            yield from value.numerator.columns
            yield from value.denominator.columns if value.denominator else ()
