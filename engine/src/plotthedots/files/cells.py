"""Cells of a workbook, from what it stores to columns, whichever program wrote it."""

from datetime import date, datetime, time
from typing import Any

import pyarrow as pa

from plotthedots.errors import BadInput
from plotthedots.files.source import Role

Cell = Any


def blankless(value: Cell) -> Cell:
    """The value, or None where the cell shows nothing."""
    return None if isinstance(value, str) and not value.strip() else value


def column(values: tuple[Cell, ...], role: Role) -> pa.Array:
    """Cells as one Arrow column: of their own type where they share it, else of texts, which the role judges."""
    held = [value for value in values if value is not None]
    if all(_is_number(value) for value in held):
        return _numbers(values, role)
    if all(isinstance(value, bool) for value in held):
        return pa.array(values, pa.bool_())
    if all(isinstance(value, date) for value in held):
        if any(isinstance(value, datetime) and value.time() != time() for value in held):
            return pa.array([_moment(value) for value in values], pa.timestamp("us"))
        return pa.array(values, pa.date32())
    if role is Role.DATE:
        _refuse_mixed(values)
    return pa.array([None if value is None else text(value) for value in values], pa.string())


def _moment(value: Cell) -> datetime | None:
    return value if value is None or isinstance(value, datetime) else datetime.combine(value, time())


def _numbers(values: tuple[Cell, ...], role: Role) -> pa.Array:
    whole = all(value is None or float(value).is_integer() for value in values)
    if role is Role.NUMBER or not whole:
        return pa.array([None if value is None else float(value) for value in values], pa.float64())
    return pa.array([None if value is None else int(value) for value in values], pa.int64())


def _refuse_mixed(values: tuple[Cell, ...]) -> None:
    """Refuse a column in which dates are of several kinds, by the first cell that is unlike the first one."""
    held = [(row, value) for row, value in enumerate(values) if value is not None]
    for row, value in held:
        if isinstance(value, str) and value.startswith("#"):
            raise BadInput(f'found "{value}", a spreadsheet\'s error, expected a date: mend it.', row=row)
        if _kind(value) != _kind(held[0][1]):
            raise BadInput(
                f"found {_spoken(value)} where {_spoken(held[0][1])} came before: "
                "make every cell of the column a date, or every one text.",
                row=row,
            )


def _kind(value: Cell) -> str:
    if isinstance(value, str):
        return "text"
    if isinstance(value, date):
        return "date"
    if isinstance(value, bool):
        return "truth value"
    return "number" if _is_number(value) else "time"


def _spoken(value: Cell) -> str:
    return f'the text "{value}"' if isinstance(value, str) else f"the {_kind(value)} {text(value)}"


def _is_number(value: Cell) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def text(value: Cell) -> str:
    """The value as it would stand in a CSV file."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value)
