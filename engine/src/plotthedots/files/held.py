"""Workbooks that are held in memory while they are read: .xls, .xlsb and .ods, by calamine in a process of its own.

calamine leaves error cells empty, and formulas without a result too; a look at the workbook's own records before
tells where they are, and how large the sheets are, for memory is taken for every cell up to the last.
"""

import datetime as dt
import json
import subprocess
import sys
from collections.abc import Callable, Generator, Iterable
from pathlib import Path
from typing import Any

from plotthedots.files import biff, gate, ods, xlsb
from plotthedots.files.cells import Cell
from plotthedots.files.seen import Seen
from plotthedots.files.source import BadFile

_LOOKS: dict[str, Callable[[str, str], list[Seen]]] = {"xls": biff.look, "xlsb": xlsb.look, "ods": ods.look}
_CHILD = Path(__file__).with_name("calamine_child.py")
_KINDS: dict[str, Callable[[Any], Cell]] = {
    "date": dt.date.fromisoformat,
    "datetime": dt.datetime.fromisoformat,
    "time": dt.time.fromisoformat,
    "timedelta": lambda seconds: dt.timedelta(seconds=seconds),
}


class Held:
    """A workbook whose sheets are known by name."""

    def __init__(self, path: str, name: str, kind: str) -> None:
        self._path, self._name = path, name
        gate.check(path, name, kind)
        looked = enumerate(_LOOKS[kind](path, name))
        self._seen = {seen.title: (place, seen) for place, seen in looked if seen.has_rows}
        self.sheets = {title: seen.shown for title, (_, seen) in self._seen.items()}

    def rows(self, sheet: str) -> Generator[tuple[Cell, ...]]:
        """The rows of a sheet, from its first."""
        place, seen = self._seen[sheet]
        # Never the folder of this file first among the places from which modules come: it has a csv.py.
        command = [sys.executable, "-P", str(_CHILD), self._path, str(place), sheet]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as child:
            try:
                yield from self._rows(child.stdout or (), seen.errors)
            finally:
                child.kill()

    def _rows(self, lines: Iterable[bytes], errors: dict[tuple[int, int], str]) -> Generator[tuple[Cell, ...]]:
        marked = {row for row, _ in errors}
        for number, line in enumerate(lines):
            if line.rstrip() == b"end":
                return
            cells = json.loads(line, object_hook=_made)
            if number in marked:
                cells = [errors.get((number, place), value) for place, value in enumerate(cells)]
            yield tuple(cells)
        raise BadFile(f"{self._name} is not a workbook, or a damaged one.")

    def refuse_unsaved(self, sheet: str, first: int, last: int, places: list[tuple[str, int]]) -> None:
        """Refuse formulas without a result, which an OpenDocument sheet alone tells."""
        wanted = {place: name for name, place in places}
        for (row, column), formula in self._seen[sheet][1].unsaved.items():
            if column in wanted and first <= row + 1 <= last:
                raise BadFile(
                    f'{self._name}, row {row + 1}, column "{wanted[column]}": found the formula "{formula}" without a '
                    "result: open the workbook, save it, and try again."
                )


def _made(found: dict[str, Any]) -> Cell:
    [(kind, value)] = found.items()
    return _KINDS[kind](value)
