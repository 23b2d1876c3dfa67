"""Rows that a person leaves out by what a column says: totals among the rows, one place of many."""

from collections.abc import Callable, Collection, Sequence
from typing import Any

from plotthedots.errors import BadInput
from plotthedots.files.source import Reading, Source, require

Pairs = tuple[tuple[str, str], ...]


def pairs(words: Collection[str]) -> Pairs:
    """Columns and texts as they were typed: `Name=England`.

    >>> pairs(["Name=England", "Org Code = -"])
    (('Name', 'England'), ('Org Code', '-'))
    """
    found = []
    for word in words:
        column, sign, text = word.partition("=")
        if not sign or not column.strip() or not text.strip():
            raise BadInput(f'--leave-out: found "{word}", expected a column and what it says, such as Name=England.')
        found.append((column.strip(), text.strip()))
    return tuple(found)


class LeftOut:
    """Which rows of a file are left out, and how many have been."""

    def __init__(self, source: Source, how: Reading) -> None:
        self.columns = list(dict.fromkeys(require(source, name, option="--leave-out") for name, _ in how.leave_out))
        self._texts: dict[str, set[str]] = {name: set() for name in self.columns}
        for name, text in how.leave_out:
            self._texts[require(source, name)].add(_plain(text))
        self._at = [(source.columns.index(name), self._texts[name]) for name in self.columns]
        self.count = 0

    def __bool__(self) -> bool:
        return bool(self.columns)

    def takes(self, row: Sequence[Any], text: Callable[[Any], str] = str) -> bool:
        """Whether a row of the whole file is left out."""
        held = ((row[at], texts) for at, texts in self._at if at < len(row))
        return any(cell is not None and _plain(text(cell)) in texts for cell, texts in held)

    def takes_value(self, column: str, value: Any) -> bool:
        """Whether a row is left out for what one column says."""
        return value is not None and _plain(str(value)) in self._texts[column]

    def said(self) -> list[str]:
        """How many rows were left out, or that none was."""
        if not self:
            return []
        told = " or ".join(f'"{name}" says {", ".join(sorted(texts))}' for name, texts in self._texts.items())
        if not self.count:
            return [f"No row was left out: none has what --leave-out names ({told})."]
        return [f"{self.count:,} {'row was' if self.count == 1 else 'rows were'} left out, where {told}."]


def _plain(text: str) -> str:
    """Without what the eye does not tell apart."""
    return " ".join(text.split()).casefold()
