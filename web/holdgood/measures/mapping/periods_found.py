"""Where the period of a published table stands: in a column, heads, a cell above, the sheet's or the file's name."""

import re
from collections.abc import Callable, Sequence

from holdgood.measures.mapping import heads, profile, when
from holdgood.measures.mapping.plan import Column, When
from holdgood.measures.mapping.profile import Profile
from holdgood.measures.mapping.ways import Named
from holdgood.sheets import Grid, Row, said
from holdgood.sheets.table import letters

Say = Callable[[str], None]
_LABEL = re.compile(r"period|month|quarter|reporting|week|as at|date of data", re.IGNORECASE)
_NOT_THE_PERIOD = re.compile(r"publish|revis|releas|updat|creat|next|contact|copyright", re.IGNORECASE)
ACROSS = 3  # heads that are periods, at least
LONGEST = 400  # characters of a title
LABELLED, ALONE, WITHIN = "beside a label", "alone in its cell", "within a title"  # the surest first


def find(
    grid: Grid,
    rows: Sequence[int],
    columns: Sequence[str],
    found: Sequence[Profile],
    measures: Sequence[Named],
    say: Say,
) -> tuple[When, set[int]]:
    """Where it stands, and the columns that say it."""
    granularity = measures[0].granularity if measures else "month"
    across = heads.periods_across(columns)
    if len(across) >= ACROSS:
        say(f"The heads from {letters(across[0])} to {letters(across[-1])} are periods: “{columns[across[0]][:30]}” …")
        return When("across"), set(across)
    above = heads.periods_above(columns)
    if len(above) > 1:
        say(f"The upper heads are periods, “{above[0][0][:30]}” first, over the same columns for each.")
        return When("above"), {at for _, own in above for at in own.values()}
    one = profile.period(found)
    if one is not None:
        example = next(iter(one.values))
        say(f"Column {letters(one.at)} (“{one.head[:40]}”) holds the periods, such as “{example[:30]}”.")
        return When("column", Column(one.head, one.at)), {one.at}
    two = profile.year_and_month(found)
    if two is not None:
        say(f"Columns {letters(two[0].at)} and {letters(two[1].at)} hold the years and the months.")
        return When("year and month", Column(two[0].head, two[0].at), Column(two[1].head, two[1].at)), {
            each.at for each in two
        }
    return _outside(grid, rows, granularity, say), set()


def length(grid: Grid, at: When, found: Sequence[Profile], columns: Sequence[str]) -> str:
    """How long the periods of a file are: day, week, month, quarter or year; empty where that is not said."""
    if at.kind == "column" and at.column is not None:
        texts = list(found[at.column.at].values)[:20]
    elif at.kind == "cell" and at.cell is not None:
        texts = [said(row.at(at.cell[1])) for row in grid.rows if row.number == at.cell[0]]
    elif at.kind == "above":
        texts = [upper for upper, _ in heads.periods_above(columns)]
    else:
        texts = {"sheet": [grid.sheet], "file": [grid.name]}.get(at.kind, [])
    spelled = [each.length for text in texts if (each := when.find(text)) is not None]
    return max(set(spelled), key=spelled.count, default="")


def _outside(grid: Grid, rows: Sequence[int], granularity: str, say: Say) -> When:
    """Above the table, else in a name; a cell beside a label such as “Period:” before any other."""
    above = [row for row in grid.rows if row.number < max(rows)]
    for sure in (LABELLED, ALONE, WITHIN):
        for row in above:
            cell = _in_row(row, sure, granularity)
            if cell is not None:
                text = said(row.at(cell))
                say(f"Cell {letters(cell)}{row.number} says the period: “{text.strip()[:60]}”.")
                return When("cell", cell=(row.number, cell), beside=_label(row, cell))
    if when.find(grid.sheet, granularity):
        say(f"The name of the sheet says the period: “{grid.sheet[:60]}”.")
        return When("sheet")
    if when.find(grid.name, granularity):
        say(f"The name of the file says the period: “{grid.name[:60]}”.")
        return When("file")
    say("Nothing in the table says the period. Say it with each file.")
    return When("told")


def _in_row(row: Row, sure: str, granularity: str) -> int | None:
    for column, cell in enumerate(row.cells):
        text = said(cell)
        label = _label(row, column)
        if cell is None or _NOT_THE_PERIOD.search(label) or _NOT_THE_PERIOD.search(text[:40]):
            continue
        if sure == LABELLED and not (_LABEL.search(label) or (_LABEL.search(text) and not text[:1].isdigit())):
            continue
        if when.is_period(cell) or (sure != ALONE and len(text) <= LONGEST and when.find(text, granularity)):
            return column
    return None


def _label(row: Row, column: int) -> str:
    """The words before a cell in its row."""
    before = [said(row.at(each)).strip() for each in range(column)]
    return next((text[:60] for text in reversed(before) if text), "")
