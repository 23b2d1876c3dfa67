"""Reading a backup: what it holds, line by line, and whether that is what it says it holds."""

import base64
import gzip
import hashlib
import io
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from holdgood.operations.backups import keys
from holdgood.operations.backups.rows import Sum
from holdgood.operations.backups.sealed import Reader, UnableToOpen

DAMAGED = "What is in the backup is not what it says it holds: {what}. Take another copy of it, or an older backup."


@dataclass(frozen=True)
class Line:
    """A row of a table, or a piece of a file; `columns` on the first line of a table."""

    table: str = ""
    file: str = ""
    columns: tuple[str, ...] = ()
    row: str = ""
    piece: bytes = b""


def check(path: Path) -> dict[str, Any]:
    """Read it all: every chunk's seal, and each table's and file's sum. The manifest."""
    sums: dict[str, Sum] = {}
    files: dict[str, Any] = {}
    manifest: dict[str, Any] = {}
    for one in _all(path):
        if isinstance(one, dict):
            manifest = one
        elif one.table:
            whole = sums.setdefault(one.table, Sum())
            if one.row:
                whole.add(one.row)
        else:
            files.setdefault(one.file, hashlib.sha256()).update(one.piece)
    for name, told in manifest["tables"].items():
        if name not in sums or sums[name].told() != told:
            raise UnableToOpen(DAMAGED.format(what=f"table {name}"))
    for name, told in manifest["files"].items():
        if name not in files or files[name].hexdigest() != told["sha256"]:
            raise UnableToOpen(DAMAGED.format(what=f"file {name}"))
    return manifest


def contents(path: Path) -> Iterator[Line]:
    """The lines of tables and files."""
    return (one for one in _all(path) if isinstance(one, Line))


def _all(path: Path) -> Iterator[Line | dict[str, Any]]:
    """The lines, and last the manifest. What was sealed is trusted to have our form; what was not never gets here."""
    table = file = ""
    ended = False
    for text in _texts(path):
        if text[:1] == "[":
            yield Line(table=table, row=text)
            continue
        told = json.loads(text)
        if "table" in told:
            table, file = told["table"], ""
            yield Line(table=table, columns=tuple(told["columns"]))
        elif "file" in told:
            table, file = "", told["file"]
            yield Line(file=file)
        elif "piece" in told:
            yield Line(file=file, piece=base64.b64decode(told["piece"]))
        elif "end" in told:
            ended = True
            yield told["end"]
    if not ended:
        raise UnableToOpen(DAMAGED.format(what="its end is missing"))


def _texts(path: Path) -> Iterator[str]:
    with path.open("rb") as file:
        vault = io.BufferedReader(Reader(file, keys.opening), 1 << 18)
        try:
            with gzip.GzipFile(fileobj=vault, mode="rb") as packed:
                for line in packed:
                    yield line.decode().removesuffix("\n")
        except (EOFError, zlib.error, gzip.BadGzipFile):
            raise UnableToOpen(DAMAGED.format(what="it cannot be unpacked")) from None
