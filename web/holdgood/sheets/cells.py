"""Cells of workbooks as what they are, whichever reader found them. Imported in the child process alone."""

import math
from decimal import Decimal

from holdgood.sheets.table import MOST_TEXT, Cell, Refused, letters


def text(value: str, row: int, column: int) -> str | None:
    if len(value) > MOST_TEXT:
        raise Refused(f"Cell {letters(column)}{row} has more than {MOST_TEXT:,} characters. Shorten it.")
    return value if value.strip() else None


def number(value: int | float | Decimal, shape: str, row: int, column: int) -> Cell:
    """To the 15 digits that Excel keeps; where the cell shows per cent, the text that one sees."""
    try:
        finite = math.isfinite(value)
    except OverflowError:
        finite = False
    if not finite or not -1e15 < value < 1e15:
        raise Refused(f"Cell {letters(column)}{row} holds a number that is too large to count with. Correct it.")
    found = Decimal(f"{value:.15g}") if isinstance(value, float) else Decimal(value)
    if "%" in (shape or ""):
        return f"{(found * 100).normalize():f}%"
    return found.normalize() + 0


def hours(seconds: float) -> str:
    return f"{seconds / 3600:.6g} hours"
