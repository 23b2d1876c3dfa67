"""Compound files, in which old workbooks and encrypted ones are kept: sectors, chained by a table ([MS-CFB])."""

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TypeAlias

File: TypeAlias = str | BinaryIO
"""A path, or what is open already: a process that may open nothing more still reads."""

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# No workbook of this kind that a person keeps is larger; it is read whole.
MOST_BYTES = 60_000_000
_END = 0xFFFFFFFA  # and above: no sector
_HEADER = 512


@contextmanager
def at_start(file: File) -> Iterator[BinaryIO]:
    """The file from its first byte; what was open before stays open."""
    if isinstance(file, str):
        with Path(file).open("rb") as stream:
            yield stream
    else:
        file.seek(0)
        yield file


class Damaged(Exception):
    """A chain that leads nowhere, or in a circle."""


class Compound:
    """The streams of a compound file, by name."""

    def __init__(self, file: File) -> None:
        with at_start(file) as stream:
            self._data = stream.read(MOST_BYTES + 1)
        try:
            self._open()
        except (struct.error, IndexError) as failure:
            raise Damaged from failure

    def stream(self, name: str) -> bytes | None:
        """The bytes of a stream, whatever the case of its name; None where there is none."""
        if name.lower() not in self._streams:
            return None
        start, size = self._streams[name.lower()]
        try:
            if size < self._cutoff:
                return self._chain(start, self._small, self._holder, 64)[:size]
            return self._chain(start, self._next, memoryview(self._data)[self._size :], self._size)[:size]
        except (struct.error, IndexError) as failure:
            raise Damaged from failure

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._streams

    def _open(self) -> None:
        data = self._data
        (shift,) = struct.unpack_from("<H", data, 30)
        if shift not in (9, 12):
            raise Damaged
        self._size = 1 << shift
        directory, _, self._cutoff, small, _, more, _ = struct.unpack_from("<7I", data, 48)
        tables = [sector for sector in struct.unpack_from("<109I", data, 76) if sector < _END]
        while more < _END and len(tables) * self._size <= len(data):
            *found, more = struct.unpack(f"<{self._size // 4}I", self._sector(more))
            tables += [sector for sector in found if sector < _END]
        if len(tables) * self._size > len(data):
            raise Damaged
        self._next = self._numbers(b"".join(map(self._sector, tables)))
        sectors = memoryview(self._data)[self._size :]
        self._small = self._numbers(self._chain(small, self._next, sectors, self._size)) if small < _END else ()
        self._streams: dict[str, tuple[int, int]] = {}
        self._holder = b""
        entries = self._chain(directory, self._next, sectors, self._size)
        for place in range(0, len(entries) - 127, 128):
            self._entry(entries[place : place + 128], sectors)

    def _entry(self, entry: bytes, sectors: memoryview) -> None:
        length, kind = struct.unpack_from("<HB", entry, 64)
        start, size = struct.unpack_from("<II", entry, 116)
        if kind == 5 and start < _END:
            self._holder = self._chain(start, self._next, sectors, self._size)
        elif kind == 2:
            name = entry[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace").lower()
            self._streams.setdefault(name, (start, size))

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        sector = self._data[start : start + self._size]
        if len(sector) < self._size:
            raise Damaged
        return sector

    def _numbers(self, table: bytes) -> tuple[int, ...]:
        return struct.unpack(f"<{len(table) // 4}I", table[: len(table) // 4 * 4])

    def _chain(self, start: int, following: tuple[int, ...], sectors: bytes | memoryview, size: int) -> bytes:
        """The sectors from `start` on, one after another."""
        found: list[bytes | memoryview] = []
        while start < _END:
            if len(found) > len(following):
                raise Damaged
            found.append(sectors[start * size : (start + 1) * size])
            start = following[start]
        return b"".join(found)
