"""What is different in the layout of a file since its mapping was made, and whether the mapping still serves."""

from collections.abc import Iterable
from typing import NamedTuple

from holdgood.measures.mapping import heads, layout, when
from holdgood.measures.mapping.layout import Layout
from holdgood.measures.mapping.plan import Mapping
from holdgood.sheets import Grid
from holdgood.sheets.table import letters


class Changed(NamedTuple):
    """A sentence for each difference, and whether the mapping can be used as it is."""

    sentences: list[str]
    usable: bool


def changed(mapping: Mapping, grid: Grid) -> Changed:
    """What differs; nothing is guessed: what is gone is asked for, with the nearest that is there."""
    found = layout.locate(grid, mapping)
    sentences = [*_sheet(mapping, grid), *_moved(mapping, found)]
    sentences += [gone(column.head, column.at, layout.nearest(column, found)) for column in found.missing]
    sentences += _columns(mapping, found)
    return Changed(sentences, not found.missing and bool(found.rows))


def sheet_for(mapping: Mapping, grids: Iterable[Grid]) -> Grid | None:
    """The sheet of that name; else the one that has most of the columns, if it has them all."""
    every = list(grids)
    for grid in every:
        if heads.plain(grid.sheet) == heads.plain(mapping.sheet):
            return grid
    fit = [grid for grid in every if grid.rows and not layout.locate(grid, mapping).missing]
    shown = [grid for grid in fit if not any(tab.hidden for tab in grid.tabs if tab.name == grid.sheet)]
    return next(iter(shown or fit), None)


def gone(head: str, at: int, near: str) -> str:
    """The sentence on a column that is not there."""
    was = f"“{head[:60]}”" if head else f"{letters(at)}, which had no head,"
    offer = f" The nearest is “{near[:60]}”: point at it if it is the same." if near else " Point at the one it is now."
    return f"The column {was} is not there.{offer}"


def _sheet(mapping: Mapping, grid: Grid) -> list[str]:
    if not mapping.sheet or heads.plain(grid.sheet) == heads.plain(mapping.sheet):
        return []
    return [f"The sheet is called “{grid.sheet[:40]}”; it was called “{mapping.sheet[:40]}”."]


def _moved(mapping: Mapping, found: Layout) -> list[str]:
    if not found.rows:
        return [f"No row has the heads that stood in row {mapping.heads[-1]}. Point at the heads."]
    by = found.rows[-1] - mapping.heads[-1]
    if not by:
        return []
    rows = "row" if abs(by) == 1 else "rows"
    return [f"The heads moved {'down' if by > 0 else 'up'} by {abs(by)} {rows}, to row {found.rows[-1]}: followed."]


def _columns(mapping: Mapping, found: Layout) -> list[str]:
    """Columns that are new, that went, or that stand elsewhere; periods across are other ones each time."""
    if mapping.when.kind in ("across", "above"):
        return []
    before = {heads.plain(head): head for head in mapping.columns if head and not when.is_period(head)}
    now = {heads.plain(head): head for head in found.columns if head and not when.is_period(head)}
    used = {heads.plain(column.head) for column in mapping.used}
    sentences = []
    if new := [head for key, head in now.items() if key not in before]:
        sentences.append(f"New, and not read: {_listed(new)}.")
    if gone_now := [head for key, head in before.items() if key not in now and key not in used]:
        sentences.append(f"No longer there, and not needed: {_listed(gone_now)}.")
    moved = [column for column, place in found.at.items() if place != column.at and column.head]
    if moved:
        shown = ", ".join(f"“{column.head[:40]}” in {letters(found.at[column])}" for column in moved[:5])
        more = f" and {len(moved) - 5} more" if len(moved) > 5 else ""
        sentences.append(f"Columns that stand elsewhere now, and were followed: {shown}{more}.")
    return sentences


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - 8} more" if len(names) > 8 else ""
    return ", ".join(f"“{name[:40]}”" for name in names[:8]) + more
