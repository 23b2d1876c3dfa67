"""Where a table begins and ends: titles above its names, names in several rows, notes below it."""

import re
from collections.abc import Iterable, Sequence

from plotthedots import dates
from plotthedots.errors import BadInput

ROWS_LOOKED_AT = 50
JOINED_BY = " / "
_LETTER = re.compile(r"[^\W\d_]")
_NUMBER = re.compile(r"[-+]?[\d.,]+(?:[eE][-+]?\d+)?%?", re.ASCII)
_SHOWN = 3

Numbered = tuple[int, list[str]]


def joined(rows: Sequence[list[str]]) -> list[str]:
    """One name a column from the rows of heads, the upper before the lower.

    A head stands for the columns to its right too, as in merged cells, up to the next head of its row or to a column
    that has no head in the last row; a column without a head of its own has no name.
    """
    width = max(map(len, rows))
    own = [[*row, *[""] * (width - len(row))] for row in rows]
    spread = [""] * (len(rows) - 1)
    names = []
    for column in zip(*own, strict=True):
        *upper, last = column
        for place, head in enumerate(upper):
            if head:
                # What a wider head spans is divided anew below it.
                spread[place:] = [head, *[""] * (len(spread) - place - 1)]
        if last:
            names.append(JOINED_BY.join(head for head in [*spread, last] if head))
        else:
            names.append(JOINED_BY.join(head for head in upper if head))
            spread = [""] * len(spread)
    return names


def weight(cells: Sequence[str]) -> int:
    """How much a row holds: 0 nothing, 1 one text with letters that is no date, as notes are, 2 anything else."""
    held = [cell for cell in cells if cell and not cell.isspace()]
    return min(len(held), 2) if len(held) != 1 else 1 if _is_note(held[0]) else 2


def end_of_table(weights: bytes | bytearray) -> int:
    """How many of the rows are the table's: what follows a blank row and has one text a row alone is notes."""
    last = weights.rfind(2) + 1
    blank = weights.find(0, last)
    return blank if last and blank >= 0 else len(weights)


def notes_said(rows: Sequence[Numbered]) -> str:
    """The sentence on rows that were left out below the table."""
    (first, cells), (last, _) = rows[0], rows[-1]
    shown = next(cell for cell in cells if cell)
    begins = f'"{shown[:60]}…"' if len(shown) > 60 else f'"{shown}"'
    if len(rows) == 1:
        return f"Row {first}, a note below the table, was left out: {begins}."
    return f"Rows {first} to {last}, notes below the table, were left out; they begin {begins}."


def header_below(rows: Iterable[Numbered], names: list[str]) -> str:
    """Which of the first rows looks like the header, where the one that was taken is a title, as a sentence."""
    held = [(number, cells, [cell for cell in cells if cell]) for number, cells in rows]
    widest = max((len(filled) for _, _, filled in held), default=0)
    if 2 * sum(map(bool, names)) > widest:
        return ""
    likely = [(number, filled) for number, _, filled in held if 5 * len(filled) >= 3 * widest and _is_words(filled)]
    if not likely:
        return ""
    number, filled = likely[0]
    more = " …" if len(filled) > _SHOWN else ""
    shown = ", ".join(cell if len(cell) <= 40 else f"{cell[:40]}…" for cell in filled[:_SHOWN])
    return f"Row {number} looks like the header ({shown}{more}): say --skip {number - 1}."


def skipping(number: int) -> str:
    """The words that make that row the first of the heads."""
    return f" --skip {number - 1}" if number > 1 else ""


def apart(above: list[str], first: int) -> str:
    """How heads that repeat may be told apart by the row above them, as the end of a sentence."""
    if first < 2 or sum(map(bool, above)) < 2:
        return ""
    return f", or let the row above tell them apart: say --skip {first - 2} --header 2"


def _is_note(cell: str) -> bool:
    if cell.startswith("#") or not _LETTER.search(cell):
        return False
    try:
        dates.parse([cell])
    except BadInput:
        return True
    return False


def _is_words(filled: list[str]) -> bool:
    """Whether a row is of names rather than of values: at most a third of it are numbers."""
    return 3 * sum(bool(_NUMBER.fullmatch(cell)) for cell in filled) <= len(filled)
