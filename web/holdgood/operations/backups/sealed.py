"""A file that only the holder of a key can read, and that shows any change, cut or swap of its parts.

AES-256-GCM in chunks, each with its number and whether it is the last in its nonce, bound to the header: the STREAM
construction. A chunk is checked before a byte of it is given out.
"""

import io
import json
import os
from collections.abc import Callable
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MAGIC = b"HOLDGOOD BACKUP 1\n"
CHUNK = 1 << 20
TAG = 16
LONGEST_HEADER = 1000


class UnableToOpen(Exception):
    """The file cannot be read: a sentence that says why and what to do."""


def _nonce(prefix: bytes, number: int, last: bool) -> bytes:
    return prefix + number.to_bytes(4, "big") + (b"\1" if last else b"\0")


class Writer(io.RawIOBase):
    """Seals what is written; `close` seals the last chunk, without which nobody can read the file as whole."""

    def __init__(self, file: BinaryIO, secret: bytes, key: str) -> None:
        self._file, self._cipher = file, AESGCM(secret)
        self._prefix, self._number, self._waiting = os.urandom(7), 0, bytearray()
        self._header = MAGIC + json.dumps({"key": key, "nonce": self._prefix.hex()}).encode() + b"\n"
        file.write(self._header)

    def writable(self) -> bool:
        return True

    def write(self, data) -> int:  # type: ignore[no-untyped-def]  # whatever holds bytes
        self._waiting += data
        while len(self._waiting) > CHUNK:
            self._seal(bytes(self._waiting[:CHUNK]), last=False)
            del self._waiting[:CHUNK]
        return len(data)

    def finish(self) -> None:
        """Seal what is left: called only when all was written, so that a dump that broke off stays unreadable."""
        self._seal(bytes(self._waiting), last=True)
        self._waiting.clear()

    def _seal(self, part: bytes, *, last: bool) -> None:
        self._file.write(self._cipher.encrypt(_nonce(self._prefix, self._number, last), part, self._header))
        self._number += 1


class Reader(io.RawIOBase):
    """Gives out what was sealed, after checking it."""

    def __init__(self, file: BinaryIO, secret_of: Callable[[str], bytes]) -> None:
        self._file = file
        self._header, told = _header(file)
        self._cipher, self._prefix = AESGCM(secret_of(told["key"])), bytes.fromhex(told["nonce"])
        self._number, self._open, self._ended = 0, b"", False
        self._next = file.read(CHUNK + TAG)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:  # type: ignore[no-untyped-def]
        while not self._open and not self._ended:
            self._advance()
        count = min(len(buffer), len(self._open))
        buffer[:count], self._open = self._open[:count], self._open[count:]
        return count

    def _advance(self) -> None:
        part, self._next = self._next, self._file.read(CHUNK + TAG)
        self._ended = not self._next
        try:
            self._open = self._cipher.decrypt(_nonce(self._prefix, self._number, self._ended), part, self._header)
        except InvalidTag:
            raise UnableToOpen(
                f"The backup is damaged, cut off or changed near byte {self._number * (CHUNK + TAG):,}. "
                "Take another copy of it, or an older backup."
            ) from None
        self._number += 1


def key_of(file: BinaryIO) -> str:
    """The name of the key that a backup was sealed with."""
    return str(_header(file)[1]["key"])


def _header(file: BinaryIO) -> tuple[bytes, dict[str, str]]:
    magic, line = file.readline(LONGEST_HEADER), file.readline(LONGEST_HEADER)
    try:
        told = json.loads(line)
        if magic == MAGIC and len(bytes.fromhex(told["nonce"])) == 7 and isinstance(told["key"], str):
            return magic + line, told
    except (ValueError, KeyError, TypeError):
        pass
    raise UnableToOpen("This is no backup of Holdgood, or its beginning is damaged. Name a file that “backup” made.")
