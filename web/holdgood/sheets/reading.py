"""The near side of the reading process: start it, believe nothing it says that has not the agreed shape, end it."""

import datetime as dt
import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

from holdgood.sheets.table import MOST_BYTES, Cell, Fault, Grid, Refused, Row, Span, Tab, Table, lay_out
from holdgood.sheets.tabs import ALL

SECONDS = 90  # on the wall
_KINDS: dict[str, Callable[[str], Cell]] = {
    "n": Decimal,
    "e": Fault,
    "d": dt.date.fromisoformat,
    "m": dt.datetime.fromisoformat,
    "t": dt.time.fromisoformat,
}


def read(
    file: Path | bytes,
    name: str,
    *,
    sheet: str | None = None,
    skip: int | None = None,
    header: int = 1,
    told: Callable[[int], None] | None = None,
) -> Table:
    """The table of a file, or Refused with a sentence. `told` hears how many rows have been read."""
    found = grid(file, name, sheet=sheet, told=told)
    heads, number, below = lay_out(found.rows, skip=skip, header=header)
    return Table(name, tuple(tab.name for tab in found.tabs), found.sheet, heads, number, below, found.notes)


def grid(file: Path | bytes, name: str, *, sheet: str | None = None, told: Callable[[int], None] | None = None) -> Grid:
    """A whole sheet as it is, no header chosen: the one that is named, or the first that is shown."""
    with _opened(file, name) as source:
        (found,) = _collect(source, name, (sheet or "").replace(ALL, ""), "", told)
    return found


def grids(file: Path | bytes, name: str, *, most: int = 100) -> list[Grid]:
    """Every sheet of a file, as far as its row `most`: enough to see what each is."""
    with _opened(file, name) as source:
        return list(_collect(source, name, ALL, str(most), None))


@contextmanager
def _opened(file: Path | bytes, name: str) -> Iterator[IO[bytes]]:
    if isinstance(file, bytes):
        if len(file) > MOST_BYTES:
            raise Refused(f"{name} has {len(file):,} bytes, expected at most {MOST_BYTES:,}. Split it, by year.")
        with tempfile.TemporaryFile() as kept:
            kept.write(file)
            kept.seek(0)
            yield kept
        return
    try:
        stream = file.open("rb")
    except OSError as problem:
        raise Refused(f"{name} cannot be opened: {problem.strerror}. Look at the name.") from None
    with stream:
        if os.fstat(stream.fileno()).st_size > MOST_BYTES:
            raise Refused(f"{name} has more than {MOST_BYTES:,} bytes. Split it, by year.")
        yield stream


def _collect(source: IO[bytes], name: str, sheet: str, most: str, told: Callable[[int], None] | None) -> Iterator[Grid]:
    about: dict[str, Any] = {}
    rows: list[Row] = []
    ended = False
    with _process(source, name, sheet, most) as lines:
        for line in lines:
            found = json.loads(line)
            if isinstance(found, list):
                rows.append(Row(int(found[0]), tuple(_cell(cell) for cell in found[1])))
                if told is not None and len(rows) % 1000 == 0:
                    told(len(rows))
            elif "refused" in found:
                raise Refused(str(found["refused"]))
            elif "tabs" in found:
                about, rows = found, []
            elif "notes" in found:
                yield _grid(name, about, found, rows)
            else:
                ended = True
    if not ended:
        raise Refused(f"{name} could not be read to its end: it takes more time or memory than a table. Split it.")


def _grid(name: str, about: dict[str, Any], last: dict[str, Any], rows: list[Row]) -> Grid:
    tabs = tuple(Tab(str(title), bool(hidden)) for title, hidden in about["tabs"])
    merged = tuple(Span(*map(int, span)) for span in last["merged"])
    return Grid(name, tabs, str(about["sheet"]), rows, merged, [str(note) for note in last["notes"]])


@contextmanager
def _process(source: IO[bytes], name: str, sheet: str, most: str) -> Iterator[IO[str]]:
    """The child's lines. It has this program's modules and nothing else of its surroundings."""
    environment = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONIOENCODING": "utf-8", "TZ": "UTC"}
    told = [each[:200].replace("\0", "") for each in (name, sheet, most)]
    child = subprocess.Popen(
        [sys.executable, "-P", "-m", "holdgood.sheets.child", *told],
        stdin=source, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment, cwd="/", text=True,
        encoding="utf-8",
    )  # fmt: skip
    clock = threading.Timer(SECONDS, child.kill)
    clock.start()
    try:
        assert child.stdout is not None
        yield child.stdout
    finally:
        clock.cancel()
        child.kill()
        child.wait()
        if child.stdout is not None:
            child.stdout.close()


def _cell(found: Any) -> Cell:
    if isinstance(found, dict):
        ((kind, text),) = found.items()
        return _KINDS[kind](str(text))
    if found is None or isinstance(found, bool):
        return found
    return str(found) or None
