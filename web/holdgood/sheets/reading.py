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

from holdgood.sheets.table import MOST_BYTES, Cell, Fault, Refused, Row, Table, lay_out

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
    with _opened(file, name) as source:
        sheets, chosen, rows, notes = _collect(source, name, sheet or "", told)
    heads, number, below = lay_out(rows, skip=skip, header=header)
    return Table(name, sheets, chosen, heads, number, below, notes)


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


def _collect(
    source: IO[bytes], name: str, sheet: str, told: Callable[[int], None] | None
) -> tuple[tuple[str, ...], str, list[Row], list[str]]:
    sheets: tuple[str, ...] = ()
    chosen, rows, notes, ended = "", [], [], False
    with _process(source, name, sheet) as lines:
        for line in lines:
            found = json.loads(line)
            if isinstance(found, list):
                rows.append(Row(int(found[0]), tuple(_cell(cell) for cell in found[1])))
                if told is not None and len(rows) % 1000 == 0:
                    told(len(rows))
            elif "refused" in found:
                raise Refused(str(found["refused"]))
            elif "notes" in found:
                notes, ended = [str(each) for each in found["notes"]], True
            else:
                sheets, chosen = tuple(found["sheets"]), str(found["sheet"])
    if not ended:
        raise Refused(f"{name} could not be read to its end: it takes more time or memory than a table. Split it.")
    return sheets, chosen, rows, notes


@contextmanager
def _process(source: IO[bytes], name: str, sheet: str) -> Iterator[IO[str]]:
    """The child's lines. It has this program's modules and nothing else of its surroundings."""
    environment = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONIOENCODING": "utf-8", "TZ": "UTC"}
    child = subprocess.Popen(
        [sys.executable, "-P", "-m", "holdgood.sheets.child", name[:200].replace("\0", ""), sheet.replace("\0", "")],
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
