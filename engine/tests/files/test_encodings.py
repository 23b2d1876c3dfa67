"""Which encoding a file is in: by its mark, by what the person says, and never by a guess."""

import io
import os
import sys
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from plotthedots.errors import BadInput
from plotthedots.files import encodings
from plotthedots.files.encodings import Text, open_text

from .reading import refused, table, text

GOOD = "date,value\n2024-01-01,1\n2024-02-01,2\n"


def content(found: Text) -> str:
    with found.open() as file:
        return file.read().decode()


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (b"\xef\xbb\xbf" + GOOD.encode(), ""),
        (b"\xef\xbb\xbf" + GOOD.encode(), "utf-8"),
        (b"\xef\xbb\xbf" + GOOD.encode(), "utf-8-sig"),
        (b"\xef\xbb\xbf" + GOOD.encode(), "cp1252"),
        (b"\xff\xfe" + GOOD.encode("utf-16-le"), ""),
        (b"\xff\xfe" + GOOD.encode("utf-16-le"), "utf-16"),
        (b"\xff\xfe" + GOOD.encode("utf-16-le"), "utf-16-le"),
        (b"\xfe\xff" + GOOD.encode("utf-16-be"), "utf-16-be"),
    ],
)
def test_a_mark_is_right_whatever_was_said_and_is_not_read(tmp_path: Path, written: bytes, said: str) -> None:
    assert content(open_text(str(text(tmp_path, written)), "ae.csv", said)) == GOOD


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (GOOD.encode(), "utf-8-sig"),
        (GOOD.encode("utf-16-le"), "utf-16"),
        (GOOD.encode("utf-16-be"), "utf-16"),
        (GOOD.encode("utf-32"), "utf-32"),
        (GOOD.encode("cp037"), "cp037"),
    ],
)
def test_text_without_a_mark_is_in_the_encoding_that_was_said(tmp_path: Path, written: bytes, said: str) -> None:
    assert content(open_text(str(text(tmp_path, written)), "ae.csv", said)) == GOOD


@pytest.mark.parametrize(
    ("written", "how", "said"),
    [
        (b"\xff\xfe" + GOOD.encode("utf-16-le")[:-1], "", "line 3: the file breaks off in the middle of a character"),
        (GOOD.encode(), "undefined", 'there is no encoding "undefined"'),
        (GOOD.encode(), "rot13", 'there is no encoding "rot13"'),
        (GOOD.encode(), "punycode", "this is not punycode: say another --encoding."),
        (GOOD.encode("utf-32"), "", "this is not text"),
    ],
)
def test_what_cannot_be_read_so_is_said(tmp_path: Path, written: bytes, how: str, said: str) -> None:
    assert said in refused(text(tmp_path, written), encoding=how)


@pytest.mark.parametrize("at", [-2, -1, 0, 1])
def test_a_character_or_a_mark_of_the_wrong_kind_at_the_edge_of_a_block_is_told_by_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    monkeypatch.setattr(encodings, "_BLOCK", 64)
    lines = "é,1\n" * 30
    good = ("date,value\n" + lines).encode()
    assert content(open_text(str(text(tmp_path, good)), "ae.csv", "")) == good.decode()
    place = 64 + at
    bad = good[:place] + b"\xff" + good[place:]
    line = good[:place].count(b"\n") + 1
    assert refused(text(tmp_path, bad)).startswith(f"ae.csv, line {line}: this is not UTF-8 (byte 0x")


def test_text_in_another_encoding_is_kept_aside_only_as_long_as_it_is_needed(tmp_path: Path) -> None:
    found = open_text(str(text(tmp_path, GOOD.encode("utf-16"))), "ae.csv", "")
    kept = found.path
    assert kept.is_file()
    del found
    assert not kept.exists()


def test_standard_input_can_be_read_more_than_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(GOOD.encode())))
    found = open_text("-", "standard input", "")
    assert content(found) == content(found) == GOOD


def test_standard_input_that_is_closed_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(BadInput, match="standard input is closed"):
        open_text("-", "standard input", "")


@pytest.mark.parametrize("format", ["csv", "parquet"])
def test_a_pipe_is_read_like_standard_input(format: str) -> None:
    """As a shell gives the output of another command: a name that can be read once."""
    content = io.BytesIO(GOOD.encode())
    if format == "parquet":
        content = io.BytesIO()
        parquet.write_table(pa.table({"date": ["2024-01-01", "2024-02-01"], "value": [1, 2]}), content)
    reading, writing = os.pipe()
    os.write(writing, content.getvalue())
    os.close(writing)
    try:
        assert table(Path(f"/dev/fd/{reading}"), format=format).column("value").to_pylist() == [1, 2]
    finally:
        os.close(reading)


def test_quotes_are_counted_for_the_search_of_an_open_one(tmp_path: Path) -> None:
    assert open_text(str(text(tmp_path, 'a,"b\n"x,5"\n')), "ae.csv", "").quotes == 3
    assert open_text(str(text(tmp_path, 'a,"b\n'.encode("utf-16"))), "ae.csv", "").quotes == 1
