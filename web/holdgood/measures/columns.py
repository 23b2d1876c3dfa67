"""Which column of a file is what: a row for each number, or a column for each period, measure or place."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from holdgood.measures import written
from holdgood.measures.known import Known, key
from holdgood.measures.models import Measure
from holdgood.sheets import Cell, Table, said
from holdgood.sheets.table import letters

PLACE, MEASURE, PERIOD, NUMERATOR, DENOMINATOR = "place", "measure", "period", "numerator", "denominator"
WORDS = {PLACE: "a place", MEASURE: "a measure", PERIOD: "a period", NUMERATOR: "a number", DENOMINATOR: "a number"}
KEYS = (PLACE, MEASURE, PERIOD)

# What people call them, the surest first.
TITLES: dict[str, list[str]] = {
    PLACE: [
        "place code", "ward code", "unit code", "site code", "ods code", "org code", "organisation code",
        "provider code", "provider org code", "trust code", "team code", "place", "ward", "ward name", "unit",
        "unit name", "team", "team name", "site", "site name", "location", "division", "specialty", "organisation",
        "organisation name", "org name", "provider", "provider name", "trust", "trust name", "area", "code",
    ],
    MEASURE: [
        "measure code", "measure", "measure name", "indicator code", "indicator", "indicator name", "metric",
        "metric name", "kpi",
    ],
    PERIOD: [
        "period", "month", "date", "week", "quarter", "year", "day", "reporting period", "month commencing",
        "month ending", "week commencing", "week beginning", "week starting", "week ending", "period start",
        "financial year",
    ],
    NUMERATOR: ["numerator", "counted", "value", "count", "number", "observed", "events", "n", "actual", "result"],
    DENOMINATOR: ["denominator", "out of", "total", "base", "denom", "d", "of"],
}  # fmt: skip
ASIDE = {
    key(title)
    for title in (
        "comment", "comments", "note", "notes", "commentary", "remark", "remarks", "source", "total", "grand total",
        "average", "mean", "median", "target", "rag", "status", "owner",
    )
}  # fmt: skip


@dataclass
class Layout:
    """Columns by what they are. `spread`: what the titles of the other columns name, and which columns those are."""

    at: dict[str, int] = field(default_factory=dict)
    spread: str = ""
    across: list[int] = field(default_factory=list)
    left: list[str] = field(default_factory=list)  # titles of columns that are not read
    mistakes: list[tuple[int | None, str]] = field(default_factory=list)  # column, sentence

    def knows(self, what: str) -> bool:
        return what in self.at or self.spread == what


def find(table: Table, known: Known, measure: Measure | None) -> Layout:
    """The layout of a table. `measure`: the one that all numbers are of, if the form says so."""
    found = Layout()
    _name_columns(table, found, [measure] if measure else known.measures)
    if NUMERATOR not in found.at:
        _spread(table, found, known)
    rest = set(range(len(table.header))) - {*found.at.values(), *found.across}
    found.left = [said(table.header[column]) for column in sorted(rest) if said(table.header[column]).strip()]
    if NUMERATOR not in found.at and not found.across and not found.mistakes:
        found.mistakes.append((None, _no_numbers(table)))
    return found


def _name_columns(table: Table, found: Layout, measures: Sequence[Measure]) -> None:
    """`measures`: those that a column of numbers may be titled after, where it is known which one each row is of."""
    titles = [key(said(cell)) for cell in table.header]
    for what, usual in TITLES.items():
        own = _own_titles(what, measures) if len(measures) == 1 or MEASURE in found.at else []
        wanted = [key(title) for title in (*usual, *own)]
        places = [
            (wanted.index(title), column)
            for column, title in enumerate(titles)
            if title in wanted and column not in found.at.values()
        ]
        if places:
            found.at[what] = min(places)[1]


def _own_titles(what: str, measures: Sequence[Measure]) -> list[str]:
    """A column may be called by what a measure counts."""
    if what == NUMERATOR:
        return [title for each in measures for title in (each.numerator, each.short, each.name, each.slug)]
    return [each.denominator for each in measures if each.is_rate] if what == DENOMINATOR else []


def _spread(table: Table, found: Layout, known: Known) -> None:
    """Columns whose titles name periods, measures or places hold the numbers of those."""
    found.at.pop(DENOMINATOR, None)
    if not any(what in found.at for what in KEYS):
        _guess_first(table, found, known)
    free = [column for column in range(len(table.header)) if column not in found.at.values()]
    named = [column for column in free if said(table.header[column]).strip()]
    best: list[int] = []
    for what in KEYS:
        fits = [column for column in named if what not in found.at and _names(table.header[column], what, known)]
        if len(fits) > len(best):
            best, found.spread = fits, what
    found.across = best
    if best:
        for column in free:
            _refuse_unread(table, column, found)


def _refuse_unread(table: Table, column: int, found: Layout) -> None:
    """A column of numbers whose title was not understood is not passed over in silence."""
    title = said(table.header[column]).strip()
    if column in found.across or key(title) in ASIDE:
        return
    if not title and all(written.is_empty(row.at(column)) for row in table.rows):
        return
    name = f"“{title[:40]}”" if title else "which has no title,"
    found.mistakes.append(
        (column, f"Column {letters(column)}, {name} is not {WORDS[found.spread]}. Correct its title, or take it out.")
    )


def _guess_first(table: Table, found: Layout, known: Known) -> None:
    """The first column of a table that was pivoted often has no title: its cells say what it is."""
    cells = [cell for row in table.rows[:200] if not written.is_empty(cell := row.at(0))]
    for what in KEYS:
        if cells and 2 * sum(_names(cell, what, known) for cell in cells) > len(cells):
            found.at[what] = 0
            return


def _names(cell: Cell, what: str, known: Known) -> bool:
    if what == PERIOD:
        return written.is_period(cell)
    text = said(cell)
    return known.is_place(text) if what == PLACE else known.is_measure(text)


def _no_numbers(table: Table) -> str:
    titles: Sequence[str] = [f"“{said(cell)[:30]}”" for cell in table.header if said(cell).strip()]
    return (
        f"Row {table.header_row} has the titles {', '.join(titles[:12])}. None of them is Value or Numerator, and they "
        "do not name months, measures or places. Title the columns as in the example."
    )
