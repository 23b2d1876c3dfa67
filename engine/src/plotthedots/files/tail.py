"""The end of a CSV file: notes below its table, found without reading what is above."""

import csv
import io
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice
from typing import Any, BinaryIO

from plotthedots.files import heads
from plotthedots.files.encodings import Text

_LOOKED_AT = 1 << 16


def end_of_table(text: Text, start: int, delimiter: str) -> int | None:
    """How many bytes of the text are before its notes, blank row and all; None where it has none.

    A record whose quotes hold a line break ends in a line with an odd number of quotes, so that no such record is cut.
    """
    lines = _last_lines(text, start)
    weights = bytearray(_weight(line, delimiter) for _, line in lines)
    end = heads.end_of_table(weights)
    return lines[end][0] if any(weights[end:]) else None


def after_rows(text: Text, start: int, delimiter: str, count: int) -> int:
    """How many bytes of the text are before the end of that many rows below the header."""
    end = start

    file = text.open()
    file.seek(start, io.SEEK_CUR)

    def measured(lines: Iterable[str]) -> Iterator[str]:
        nonlocal end
        for line in lines:
            end += len(line.encode())
            yield line

    with io.TextIOWrapper(file, encoding="utf-8", newline="") as lines, suppress(csv.Error):
        for _ in islice(csv.reader(measured(lines), delimiter=delimiter), count):
            pass
    return end


def _last_lines(text: Text, start: int) -> list[tuple[int, bytes]]:
    """The last lines below the header, each with its place in the text."""
    with text.open() as file:
        begin = file.tell()
        size = file.seek(0, os.SEEK_END) - begin
        place = max(start, size - _LOOKED_AT)
        file.seek(begin + place)
        lines = file.read().splitlines(keepends=True)
    found = []
    for line in lines:
        found.append((place, line))
        place += len(line)
    # The first one may have begun before.
    return found if found and found[0][0] == start else found[1:]


def _weight(line: bytes, delimiter: str) -> int:
    words = line.decode(errors="replace").rstrip("\r\n")
    if words.count('"') % 2 or len(words) > 10_000:
        return 2
    return heads.weight(next(csv.reader([words], delimiter=delimiter), []))


class Part(io.RawIOBase):
    """The next bytes of a file, and no more, as a file."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        self._file, self._left = file, size

    def readable(self) -> bool:
        return True

    def readinto(self, into: Any) -> int:
        piece = self._file.read(min(len(into), self._left))
        into[: len(piece)] = piece
        self._left -= len(piece)
        return len(piece)

    def close(self) -> None:
        self._file.close()
        super().close()
