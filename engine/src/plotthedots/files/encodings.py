"""Text files as UTF-8: what else they are written in is told by a byte order mark, or by the person."""

import codecs
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkstemp
from typing import BinaryIO
from weakref import finalize

from plotthedots.errors import BadInput
from plotthedots.files.paths import STANDARD

_BLOCK = 1 << 20
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_OTHER_FILES = (
    (b"PK\x03\x04", "a workbook or another zip file", "if it is a workbook, let its name end with .xlsx"),
    (b"PAR1", "a Parquet file", "let its name end with .parquet"),
    (b"\xd0\xcf\x11\xe0", "an old workbook of Excel", "let its name end with .xls"),
)


@dataclass(eq=False)
class Text:
    """A file of UTF-8 that can be read from its start again and again."""

    path: Path
    start: int
    quotes: int

    def open(self) -> BinaryIO:
        """The text from its start, after any byte order mark."""
        file = self.path.open("rb")
        file.seek(self.start)
        return file


def open_text(path: str, name: str, encoding: str) -> Text:
    """The text of a file, checked to be what it says it is, from end to end."""
    with opened(path) as file:
        blocks = iter(lambda: file.read(_BLOCK), b"")
        first = next(blocks, b"")
        if not first.strip():
            raise BadInput(f"{name} is empty.")
        codec = _codec(first, name, encoding)
        decoded = _decoded(first, blocks, codec, name)
        if not Path(path).is_file() or codec not in ("utf-8", "utf-8-sig"):
            return _kept(decoded)
        quotes = sum(piece.count('"') for piece in decoded)
        return Text(Path(path), len(codecs.BOM_UTF8) if first.startswith(codecs.BOM_UTF8) else 0, quotes)


def opened(path: str) -> BinaryIO:
    """The bytes of a file, or those that come in."""
    if path != STANDARD:
        return Path(path).open("rb")
    # None where whoever started the command had closed it.
    if sys.stdin is None:
        raise BadInput("standard input is closed: name a file to read.")
    return sys.stdin.buffer


def _codec(first: bytes, name: str, encoding: str) -> str:
    for start, found, advice in _OTHER_FILES:
        if first.startswith(start):
            raise BadInput(f"{name} is {found}: {advice}.")
    marked = next((codec for mark, codec in _MARKS if first.startswith(mark)), "")
    if not encoding:
        if not marked and b"\0" in first[:4]:
            guess = "utf-16-be" if first.startswith(b"\0") else "utf-16-le"
            raise BadInput(f"{name} is probably UTF-16 without its mark: say --encoding {guess}")
        return marked or "utf-8"
    try:
        "a".encode(encoding)
    except (LookupError, UnicodeError) as failure:
        raise BadInput(f'there is no encoding "{encoding}": expected one such as utf-8, utf-16 or cp1252.') from failure
    named = codecs.lookup(encoding).name
    if named == "utf-16" and not marked:
        return "utf-16-be" if first.startswith(b"\0") else "utf-16-le"
    # A mark is right whatever was said: no text in another encoding begins so. UTF-32 alone has the same start.
    return marked if marked and named != "utf-32" else named


def _decoded(first: bytes, blocks: Iterator[bytes], codec: str, name: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(codec)()
    lines = 1
    block: bytes | None = first
    try:
        while block is not None:
            piece = decoder.decode(block)
            if "\0" in piece:
                raise BadInput(f"{name}, line {lines + piece[: piece.index(chr(0))].count(chr(10))}: this is not text.")
            lines += piece.count("\n")
            yield piece
            block = next(blocks, None)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as failure:
        line = lines + failure.object[: failure.start].count(b"\n")
        raise BadInput(f"{name}, line {line}: {_not_in(codec, failure)}") from failure
    except UnicodeError as failure:
        raise BadInput(f"{name}: this is not {codec}: say another --encoding.") from failure


def _not_in(codec: str, failure: UnicodeDecodeError) -> str:
    byte = f"(byte 0x{failure.object[failure.start]:02X})"
    if codec in ("utf-8", "utf-8-sig"):
        return (
            f"this is not UTF-8 {byte}, but probably text of Windows: say --encoding cp1252, "
            'or save the file as "CSV UTF-8".'
        )
    if failure.reason == "truncated data":
        return "the file breaks off in the middle of a character."
    return f"this is not {codec} {byte}: say another --encoding."


def _kept(decoded: Iterator[str]) -> Text:
    """Text from standard input, or in another encoding, in a file that goes when nobody needs it any more."""
    handle, name = mkstemp(prefix="plotthedots-", suffix=".csv")
    os.close(handle)
    path = Path(name)
    text = Text(path, 0, 0)
    finalize(text, path.unlink, missing_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        for piece in decoded:
            text.quotes += piece.count('"')
            file.write(piece)
    return text
