"""Files made to do harm: refused with a sentence, in seconds and little memory."""

import os
import subprocess
import sys
import tempfile
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from holdgood import sheets
from holdgood.sheets import child, reading
from holdgood.sheets.tests import books, others

SECONDS, MEGABYTES = 5, 300
# The child as it is run, and what it took at most: its own peak, which no other process is part of.
MEASURED = """
import sys
status = open("/proc/self/status")
from holdgood.sheets import child
child.main()
status.seek(0)
print(next(line.split()[1] for line in status if line.startswith("VmHWM")), file=sys.stderr)
"""


@pytest.mark.parametrize("name", [*books.HOSTILE, *others.HOSTILE])
def test_a_hostile_workbook_is_refused_soon_and_in_little_memory(name: str) -> None:
    with tempfile.TemporaryFile() as file:
        file.write(books.hostile(name) if name in books.HOSTILE else others.HOSTILE[name]())
        file.seek(0)
        began = time.monotonic()
        done = subprocess.run(
            [sys.executable, "-c", MEASURED, "falls.xlsx", ""], stdin=file, capture_output=True, text=True, timeout=60,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )  # fmt: skip
    assert time.monotonic() - began < SECONDS
    assert int(done.stderr.split()[-1]) < MEGABYTES * 1000
    assert '{"refused": ' in done.stdout.splitlines()[-1]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("zip bomb", "unpacks to 150,00.,... bytes, expected at most 100,000,000"),
        ("ratio", "more than 100 times its size"),
        ("a billion cells wide", "cells beyond column 1,000"),
        ("sparse", "beyond column 1,000 .XFD1."),
        ("endless", "a row with the number 1000000000000"),
        ("entity bomb", "defines words of its own"),
        ("entity in UTF-16", "defines words of its own"),
        ("macro", "holds macros"),
        ("encrypted", "protected by a password"),
        ("old format", "is not a workbook, or a damaged one. Open it in Excel"),
        ("lying sizes", "says wrong sizes of its parts"),
        ("many strings", "more than 200,000 different texts"),
        ("many parts", "306 parts, expected at most 200"),
        ("a long text", "a text of more than 65,536 characters"),
    ],
)
def test_the_sentence_says_what_was_found(name: str, said: str) -> None:
    with pytest.raises(sheets.Refused, match=said):
        sheets.read(books.hostile(name), "falls.xlsx")


@pytest.mark.parametrize("cut", [1, 10, 300])
def test_a_workbook_that_arrived_in_part_is_refused(cut: int) -> None:
    with pytest.raises(sheets.Refused, match="damaged"):
        sheets.read(books.book(books.HEADER)[:-cut], "falls.xlsx")


def test_another_kind_of_archive_is_refused() -> None:
    data = books.book(parts={"[Content_Types].xml": books.TYPES}).replace(b"xl/", b"wd/")
    with pytest.raises(sheets.Refused, match="no Excel workbook"):
        sheets.read(data, "falls.xlsx")


def test_a_web_page_that_is_called_a_workbook_is_refused() -> None:
    with pytest.raises(sheets.Refused, match="is called a workbook and is none"):
        sheets.read(b"<html><table></table></html>", "falls.xlsx")


def test_a_reader_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "SECONDS", 0.0)
    with pytest.raises(sheets.Refused, match="could not be read to its end"):
        sheets.read(b"Place,Value\n" + b"Ward 7,12\n" * 300_000, "falls.csv")


def test_the_reader_cannot_open_anything_once_it_reads() -> None:
    code = (
        "import socket\nfrom holdgood.sheets import child\nchild.limit(); child.shut()\n"
        "for what in (lambda: open('/etc/hostname'), socket.socket):\n"
        "    try:\n        what()\n    except OSError as problem:\n        print(problem.errno)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["24", "24"]


def test_the_reader_has_none_of_the_programs_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = {}
    monkeypatch.setenv("HOLDGOOD_SECRET", "do not tell")
    started = subprocess.Popen

    def spy(*args: object, **options: object) -> object:
        seen.update(options["env"])
        return started(*args, **options)

    monkeypatch.setattr(reading.subprocess, "Popen", spy)
    sheets.read(b"a,b\n1,2\n", "x.csv")
    assert set(seen) == {"PYTHONPATH", "PYTHONIOENCODING", "TZ"}
    assert child.MEMORY == 512 * 1024 * 1024


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("far cell in xls", "has cells as far as row 65,536 and column 256"),
        ("far cell in xlsb", "has cells as far as row 1,048,576 and column 16,384"),
        ("long ods", "more rows or columns than a sheet can have"),
        ("ods that defines entities", "defines words of its own"),
        ("encrypted ods", "protected by a password"),
        ("xls with macros", "holds macros"),
        ("xlsb with macros", "holds macros"),
        ("xlsb bomb", "unpacks to over 150 times its size"),
        ("parquet that says it is small", "takes more memory|could not be read"),
        ("parquet of nothing", "is not a Parquet file"),
    ],
)
def test_other_kinds_say_what_was_found(name: str, said: str) -> None:
    with pytest.raises(sheets.Refused, match=said):
        sheets.read(others.HOSTILE[name](), "falls.xlsx")


@pytest.mark.parametrize("name", others.NAMES)
@pytest.mark.parametrize("share", [0.3, 0.7])
def test_a_file_of_another_kind_that_arrived_in_part_is_refused(name: str, share: float) -> None:
    data = others.good(name)
    with pytest.raises(sheets.Refused):
        sheets.read(data[: int(len(data) * share)], name)


def _damaged(name: str, changes: list[tuple[int, int]]) -> None:
    """Either its cells or a sentence: never anything else."""
    data = bytearray(others.good(name))
    for place, value in changes:
        data[place % len(data)] = value
    try:
        sheets.grid(bytes(data), name)
    except sheets.Refused as problem:
        said = str(problem)
    else:
        return
    assert said.endswith(".")


CHANGES = st.lists(st.tuples(st.integers(0, 1_000_000), st.integers(0, 255)), min_size=1, max_size=12)


@given(st.sampled_from(others.NAMES), CHANGES)
@settings(max_examples=8, deadline=None)
def test_a_damaged_file_is_read_or_refused(name: str, changes: list[tuple[int, int]]) -> None:
    _damaged(name, changes)


@pytest.mark.long
@given(st.sampled_from(others.NAMES), CHANGES)
@settings(max_examples=300, deadline=None)
def test_many_damaged_files_are_read_or_refused(name: str, changes: list[tuple[int, int]]) -> None:
    _damaged(name, changes)
