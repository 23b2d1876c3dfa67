"""Which rows of a published table count: one kind of several, parts that add up, marks and labels in notes."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from holdgood.measures.mapping import heads, profile
from holdgood.measures.mapping.plan import SCORE, Column, Mapping, Only
from holdgood.measures.mapping.profile import Profile
from holdgood.sheets import Grid, Row, said

Say = Callable[[str], None]
FEW_PARTS = 12  # kinds of rows, where figures tell them apart
_NOUGHT = re.compile(
    r"['\"‘’“”]?\s*([-–—*.]{1,2})\s*['\"‘’“”]?\s*(?:denotes|means|represents|=|is)\s*(?:zero|nought|nil|0)\b",
    re.IGNORECASE,
)


def keep(
    grid: Grid,
    mapping: Mapping,
    found: Sequence[Profile],
    patterns: Sequence[tuple[str, str]],
    taken: set[int],
    say: Say,
) -> Mapping:
    """The mapping with its rows narrowed to those of one kind, and with what notes say of marks."""
    used = {column.at for column in mapping.used} | taken
    only = [made for pattern in patterns if (made := _by_pattern(found, *pattern)) is not None]
    for column in found:
        whole = profile.whole_of(column)
        beside = mapping.places.names is not None and mapping.places.names.at == column.at
        if not whole or beside or column.at in used | {each.column.at for each in only}:
            continue
        # One of a pair of columns, code and name, is enough.
        if _covers(grid, mapping, column, whole) and not any(
            _same_rows(grid, mapping, column, whole, each) for each in only
        ):
            only.append(Only(Column(column.head, column.at), (whole,)))
    mapping = replace(mapping, only=tuple(only))
    for each in mapping.only:
        say(f"Of “{each.column.head[:40]}”, only rows that say “{each.values[0][:40]}” are taken.")
    mapping = replace(mapping, nought=(*mapping.nought, *_nought(grid)))
    for mark in mapping.nought:
        say(f"“{mark}” stands for 0, as a note says." if mark else "An empty cell among numbers stands for 0.")
    repeats = _repeats(grid, mapping)
    if repeats and _are_parts(repeats, found, mapping):
        may = all(value.kind != SCORE or value.denominator is not None for value in mapping.values)
        mapping = replace(mapping, add_up=may)
        say(f"Several rows are of one place and period, parts by “{_parting(repeats, found, mapping)[:40]}”: added up.")
    elif repeats:
        say("Some rows are of the same place and period. Choose which of them are taken.")
    return mapping


def _by_pattern(found: Sequence[Profile], head: str, value: str) -> Only | None:
    for column in found:
        if re.fullmatch(head, heads.words(column.head)):
            values = tuple(text for text in column.values if re.fullmatch(value, heads.words(text)))
            return Only(Column(column.head, column.at), values) if values else None
    return None


def _covers(grid: Grid, mapping: Mapping, column: Profile, whole: str) -> bool:
    """Whether most places have a row that is the whole of theirs: else it is the total of them all."""
    if mapping.places.column is None:
        return False
    at = mapping.places.column.at
    below = [row for row in grid.rows if row.number > max(mapping.heads)][: profile.LOOKED_AT]
    every = {said(row.at(at)).strip() for row in below}
    own = {said(row.at(at)).strip() for row in below if heads.plain(said(row.at(column.at))) == heads.plain(whole)}
    return 2 * len(own) > len(every)


def _same_rows(grid: Grid, mapping: Mapping, column: Profile, whole: str, other: Only) -> bool:
    """Whether the rows that one keeps are exactly those that another keeps already."""
    below = [row for row in grid.rows if row.number > max(mapping.heads)][: profile.LOOKED_AT]
    ours = {row.number for row in below if heads.plain(said(row.at(column.at))) == heads.plain(whole)}
    return ours == {row.number for row in below if kept(row, (other,), {other.column: other.column.at})}


def kept(row: Row, only: Sequence[Only], at: dict[Column, int]) -> bool:
    """Whether a row says what it must in every column by which rows are kept."""
    return all(
        heads.plain(said(row.at(at[each.column]))) in {heads.plain(value) for value in each.values} for each in only
    )


def _nought(grid: Grid) -> tuple[str, ...]:
    """Marks of which a note says that they stand for nought."""
    ends = [*grid.rows[:40], *grid.rows[-60:]]
    texts = [cell for row in ends for cell in row.cells if isinstance(cell, str) and len(cell) < 300]
    found = [match[1] for text in texts if (match := _NOUGHT.match(text.strip()))]
    return tuple(dict.fromkeys(found))


def _repeats(grid: Grid, mapping: Mapping) -> list[list[Row]]:
    """Rows that are kept and of the same place, period and measure as others, together."""
    at = {column: column.at for column in mapping.used}
    keys = [each for each in (mapping.places.column, mapping.when.column, mapping.when.month, mapping.names) if each]
    if mapping.places.column is None and mapping.when.kind not in ("column", "year and month"):
        return []
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row in grid.rows:
        if row.number > max(mapping.heads) and kept(row, mapping.only, at) and row.at(keys[0].at) is not None:
            groups.setdefault(tuple(heads.plain(said(row.at(column.at))) for column in keys), []).append(row)
    return [rows for key, rows in groups.items() if len(rows) > 1 and all(key)]


def _kinds(found: Sequence[Profile], mapping: Mapping) -> list[Profile]:
    """Columns that may say which part of a number a row is."""
    used = {column.at for column in mapping.used} | ({mapping.places.names.at} if mapping.places.names else set())
    return [
        each for each in found
        if each.at not in used and (each.mostly_words or each.mostly_codes or 1 < len(each.values) <= FEW_PARTS)
    ]  # fmt: skip


def _are_parts(repeats: Sequence[Sequence[Row]], found: Sequence[Profile], mapping: Mapping) -> bool:
    """Whether rows of one place and period are told apart by what they say besides: else they are there twice."""
    kinds = _kinds(found, mapping)
    for rows in repeats:
        said_of = {tuple(heads.plain(said(row.at(each.at))) for each in kinds) for row in rows}
        if len(said_of) < len(rows):
            return False
    return True


def _parting(repeats: Sequence[Sequence[Row]], found: Sequence[Profile], mapping: Mapping) -> str:
    """The head of the column that tells most of such rows apart."""
    kinds = _kinds(found, mapping)
    return max(kinds, key=lambda each: sum(len({said(row.at(each.at)) for row in rows}) for rows in repeats)).head
