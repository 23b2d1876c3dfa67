"""Heads of published tables: which rows they are, what each column is called, and the same words however written."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache

from holdgood.measures.mapping import when
from holdgood.measures.mapping.plan import SUPPRESSED
from holdgood.sheets import Cell, Grid, Row, said
from holdgood.sheets.table import filled
from plotthedots.files import heads

LOOKED_AT = 80  # rows, for the heads
NEAR = 6  # rows between the heads and the first row of numbers, at most
_SIGNS = {"<": " under ", ">": " over ", "+": " plus ", "%": " percent ", "&": " and ", "≥": " at least "}
_HUMPS = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])")
_NOT_A_WORD = re.compile(r"[\W_]+")
_NUMBER = re.compile(r"[-+−]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?([eE][-+]?\d+)?%?", re.ASCII)
_FOOTNOTE = re.compile(r"(?<=[A-Za-z])\s*\(\d{1,2}\)")
_TRUST = re.compile(r"R[A-Z0-9]{2}", re.ASCII)
_SAME = {
    "hrs": "hours", "hr": "hours", "hour": "hours", "hs": "hours", "pct": "percent", "perc": "percent",
    "percentage": "percent", "attendance": "attendances", "admission": "admissions", "avg": "average",
    "org": "organisation", "no": "number", "num": "number", "week": "weeks", "wks": "weeks", "day": "days",
    "four": "4", "six": "6", "twelve": "12", "gt": "over", "greater": "over", "more": "over", "than": "",
    "less": "under", "bed": "beds", "patient": "patients",
}  # fmt: skip


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """Letters and digits alone, in one case, signs as words: what is the same so is the same head or value."""
    text = unicodedata.normalize("NFKC", _FOOTNOTE.sub("", text))
    for sign, word in _SIGNS.items():
        text = text.replace(sign, word)
    return _NOT_A_WORD.sub("", text.casefold())


@lru_cache(maxsize=20_000)
def words(text: str) -> str:
    """A head as plain words: “AttendancesOver4hrs”, “attendances > 4 hours” are both “attendances over 4 hours”."""
    text = unicodedata.normalize("NFKC", _FOOTNOTE.sub("", text))
    for sign, word in _SIGNS.items():
        text = text.replace(sign, word)
    found = _NOT_A_WORD.sub(" ", _HUMPS.sub(" ", text)).casefold().split()
    return " ".join(filter(None, (_SAME.get(word, word) for word in found)))


def is_number(cell: Cell) -> bool:
    return isinstance(cell, Decimal) or (isinstance(cell, str) and bool(_NUMBER.fullmatch(cell.strip())))


def is_mark(cell: Cell) -> bool:
    """Whether a cell says that there is no number."""
    return isinstance(cell, str) and cell.strip().casefold() in SUPPRESSED


def find(grid: Grid) -> tuple[int, ...]:
    """The rows of heads, one or two, by the shape of the table; none where nothing looks like one."""
    rows = [row for row in grid.rows[: LOOKED_AT * 2] if row.number <= LOOKED_AT * 2]
    for place, row in enumerate(rows):
        width = filled(row.cells)
        numbers = sum(map(is_number, row.cells))
        if not numbers or 6 * numbers < width:
            continue
        near = [above for above in rows[max(0, place - NEAR) : place] if row.number - above.number <= NEAR]
        heads_like = [above for above in reversed(near) if _is_head(above, row)]
        if heads_like:
            # A first row of which every number is suppressed looks like heads, and has a code or a date.
            named = next((above for above in heads_like if not _is_like_data(above)), heads_like[0])
            return (*_upper(grid, named), named.number)
    return ()


def _is_like_data(row: Row) -> bool:
    """Marks for no number, codes of trusts, or a date or two among words."""
    periods = sum(map(when.is_period, row.cells))
    codes = any(isinstance(cell, str) and _TRUST.fullmatch(cell.strip()) for cell in row.cells)
    marks = any(isinstance(cell, str) and cell.strip() in ("*", "-", "–", "..") for cell in row.cells)
    return marks or codes or 0 < periods < 3


def _is_head(row: Row, below: Row) -> bool:
    """Words or periods over most of what is filled below, and hardly a number among them."""
    held = [column for column, cell in enumerate(below.cells) if cell is not None and cell != ""]
    own = [cell for cell in row.cells if cell is not None and cell != ""]
    over = sum(1 for column in held if row.at(column) not in (None, ""))
    return len(own) >= min(2, len(held)) and 2 * over >= len(held) and 3 * sum(map(is_number, own)) <= len(own)


def _upper(grid: Grid, row: Row) -> tuple[int, ...]:
    """The row of heads over the heads: merged over several columns and down to them, over heads that repeat, or
    over some of the heads and none of the first."""
    across = [span for span in grid.merged if span.bottom == row.number - 1 and span.right > span.left]
    across = [span for span in across if any(row.at(column) for column in range(span.left, span.right + 1))]
    across = [span for span in across if said(_cell(grid, span.top, span.left)).strip() and span.left > 0]
    if across:
        return (max(span.top for span in across),)
    above = next((each for each in grid.rows if each.number == row.number - 1), None)
    own = {at: plain(said(cell)) for at, cell in enumerate(row.cells) if said(cell).strip()}
    if above is None or filled(above.cells) < 2 or any(map(is_number, above.cells)):
        return ()
    over = {at: said(cell).strip() for at, cell in enumerate(above.cells) if said(cell).strip()}
    labels = any(text.endswith(":") or when.is_period(text) for text in over.values())
    groups = len(over) < len(own) and min(over) > min(own) and set(over) <= set(own)
    return (above.number,) if len(set(own.values())) < len(own) or (groups and not labels) else ()


def _cell(grid: Grid, number: int, column: int) -> Cell:
    return next((row.at(column) for row in grid.rows if row.number == number), None)


def texts(grid: Grid, numbers: Sequence[int]) -> list[str]:
    """One name a column, the upper head before the lower; the columns at the end that have rows and no name too."""
    below = [row for row in grid.rows if row.number > max(numbers)]
    width = max((len(row.cells) for row in below[:200]), default=0)
    found = []
    for number in numbers:
        row = next((row for row in grid.rows if row.number == number), Row(number, ()))
        own = [_title(cell) for cell in row.cells]
        own += [""] * (width - len(own))
        if number != max(numbers):
            _carry(grid, number, own)
        found.append(own)
    joined = heads.joined(found) if any(map(any, found)) else []
    return [*joined, *[""] * (width - len(joined))]


def _carry(grid: Grid, number: int, own: list[str]) -> None:
    """What stands in merged cells stands over each of their columns; before the first of them stands a title."""
    first = min((span.left for span in grid.merged if span.top == number and span.right > span.left > 0), default=0)
    own[:first] = [""] * first
    for span in grid.merged:
        if span.top == number and span.left < len(own) and own[span.left]:
            for column in range(span.left, min(span.right + 1, len(own))):
                own[column] = own[span.left]


def _title(cell: Cell) -> str:
    if isinstance(cell, dt.datetime):
        cell = cell.date()
    return " ".join(said(cell).split())


def periods_across(names: Iterable[str]) -> list[int]:
    """The columns whose heads are periods; the lower head counts."""
    return [column for column, name in enumerate(names) if when.is_period(lower(name))]


def periods_above(names: Sequence[str]) -> list[tuple[str, dict[str, int]]]:
    """Upper heads that are periods, and the columns of each by their lower heads."""
    found: dict[str, dict[str, int]] = {}
    for column, name in enumerate(names):
        upper, _, own = name.rpartition(heads.JOINED_BY)
        if upper and own and not when.is_period(own) and when.is_period(upper):
            found.setdefault(upper, {}).setdefault(plain(own), column)
    return list(found.items())


def below_periods(names: Sequence[str]) -> list[str]:
    """The heads without the periods over them: the same columns for each period have the same."""
    return [lower(name) if when.is_period(name.rpartition(heads.JOINED_BY)[0]) else name for name in names]


def lower(head: str) -> str:
    """The last of the heads that stand over a column."""
    return head.rpartition(heads.JOINED_BY)[2]
