"""The period of a table that no row of it says: in a cell above, a name, or what a person said."""

from holdgood.measures.mapping import heads, when
from holdgood.measures.mapping.layout import Layout
from holdgood.measures.mapping.mapped import Mapped
from holdgood.measures.mapping.plan import Mapping
from holdgood.measures.written import Unread
from holdgood.sheets import Cell, Grid, said
from holdgood.sheets.table import letters


def find(grid: Grid, mapping: Mapping, layout: Layout, file: str, told: str, mapped: Mapped) -> Cell:
    """What says it; a mistake where that is no period. What a person says goes before what the file says."""
    kind = mapping.when.kind
    found: Cell = {"file": file, "sheet": grid.sheet, "told": told}.get(kind)
    if kind == "cell":
        found = _cell(grid, mapping, layout)
    if told and kind != "told":
        _ask_which(mapping, found, told, mapped)
        found = told
    try:
        when.read(found, mapping.values[0].granularity)
    except Unread as problem:
        advice = "Say which period the file is of." if kind == "told" else "Point at the period, or say it."
        mapped.refuse(f"The period was looked for in {_where(mapping)}. {problem} {advice}")
    return found


def _cell(grid: Grid, mapping: Mapping, layout: Layout) -> Cell:
    """The cell beside its label, wherever that is now above the heads; else the cell as many rows away as then."""
    at, label = mapping.when.cell, heads.plain(mapping.when.beside)
    if at is None:
        return None
    above = [row for row in grid.rows if row.number < max(layout.rows)]
    for row in above:
        if label and any(heads.plain(said(cell)) == label for cell in row.cells[: at[1]]):
            return row.at(at[1])
    by = layout.rows[-1] - mapping.heads[-1]
    moved = [row.at(at[1]) for number in (at[0], at[0] + by) for row in above if row.number == number]
    return next((cell for cell in moved if cell is not None and when.is_period(cell)), next(iter(moved), None))


def _ask_which(mapping: Mapping, found: Cell, told: str, mapped: Mapped) -> None:
    """Where a person and the file differ, it is asked."""
    granularity = mapping.values[0].granularity
    try:
        own, other = (when.read(each, granularity) for each in (found, told))
    except Unread:
        return
    if own != other:
        where = _where(mapping)
        mapped.ask(f"In {where}, “{said(found).strip()[:60]}” was found, and “{told[:40]}” was said. Which?")


def _where(mapping: Mapping) -> str:
    if mapping.when.kind == "cell" and mapping.when.cell:
        label = f", beside “{mapping.when.beside}”" if mapping.when.beside else ""
        return f"cell {letters(mapping.when.cell[1])}{mapping.when.cell[0]}{label}"
    names = {"file": "the name of the file", "sheet": "the name of the sheet"}
    return names.get(mapping.when.kind, "what was said with the file")
