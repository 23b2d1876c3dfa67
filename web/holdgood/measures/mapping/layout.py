"""Where the columns of a mapping are in a table of today: rows of heads may have moved, and columns changed places."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from holdgood.measures.mapping import heads
from holdgood.measures.mapping.plan import Column, Mapping
from holdgood.sheets import Grid

FARTHEST = 60  # rows that heads may have moved


@dataclass(frozen=True)
class Layout:
    """Rows of heads and their texts as they are now, and where each column of the mapping is."""

    rows: tuple[int, ...]
    columns: list[str]
    at: dict[Column, int]
    missing: tuple[Column, ...]


def locate(grid: Grid, mapping: Mapping) -> Layout:
    """The layout that has most of the mapping's columns: where it was, else as few rows away as can be."""
    best: Layout | None = None
    for rows in _candidates(grid, mapping):
        found = _layout(grid, mapping, rows)
        if best is None or len(found.missing) < len(best.missing):
            best = found
        if not best.missing:
            break
    return best or Layout((), [], {}, tuple(dict.fromkeys(mapping.used)))


def _candidates(grid: Grid, mapping: Mapping) -> Iterable[tuple[int, ...]]:
    numbers = {row.number for row in grid.rows if row.number <= max(mapping.heads) + FARTHEST}
    shifts = sorted(range(-FARTHEST, FARTHEST + 1), key=abs)
    moved = [tuple(number + shift for number in mapping.heads) for shift in shifts]
    yield from (rows for rows in moved if rows[0] > 0 and rows[-1] in numbers)
    found = heads.find(grid)
    if found:
        yield found


def _layout(grid: Grid, mapping: Mapping, rows: tuple[int, ...]) -> Layout:
    columns = heads.texts(grid, rows)
    keys = [heads.plain(head) for head in _own(columns, mapping)]
    at: dict[Column, int] = {}
    missing = []
    for column in dict.fromkeys([*mapping.used, *([mapping.places.names] if mapping.places.names else [])]):
        place = _place(column, mapping, keys)
        if place is not None:
            at[column] = place
        elif column != mapping.places.names:
            missing.append(column)
    return Layout(rows, columns, at, tuple(missing))


def _own(columns: Sequence[str], mapping: Mapping) -> Sequence[str]:
    """Heads as the mapping knows them: without the periods over them, where periods stand there."""
    return heads.below_periods(columns) if mapping.when.kind == "above" else columns


def _place(column: Column, mapping: Mapping, keys: Sequence[str]) -> int | None:
    """Where the head stands now; of several that are the same, the one that was as many-th before."""
    wanted = heads.plain(column.head)
    if not wanted:
        return column.at if column.at < len(keys) and not keys[column.at] else None
    there = [place for place, key in enumerate(keys) if key == wanted]
    before = [place for place, head in enumerate(_own(mapping.columns, mapping)) if heads.plain(head) == wanted]
    which = before.index(column.at) if column.at in before else 0
    return there[which] if which < len(there) else None


def nearest(column: Column, found: Layout) -> str:
    """The head that is most like one that is gone, among those that are not used; empty where none is like it."""
    free = [head for place, head in enumerate(found.columns) if head and place not in found.at.values()]
    close = get_close_matches(column.head.casefold(), [head.casefold() for head in free], 1, 0.6)
    return next((head for head in free if close and head.casefold() == close[0]), "")
