"""Spoilt files: each is charted or refused in one sentence, whatever was done to it."""

import random
import sys
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from plotthedots.cli import _run

from . import books
from .reading import text, workbook

CASES = 300
PIECES = [b",", b";", b"\t", b"|", b'"', b'""', b"\n", b"\r", b"\0", b",,", b"%", b"\xff\xfe", b"\xef\xbb\xbf", b"  "]
STARTS = [b"\xef\xbb\xbf", b"\xff\xfe", b"\n\n", b"Title\n", b"PK\x03\x04", b"PAR1", b"sep=;\n", b'"']
DAYS = ["2024-{0:02}-{1:02}", "{1}/{0}/2024", "{1}.{0}.24", "{1} May 20{0}", "2024-{0:02}-{1:02}T10:30Z"]
WORDS = [
    *([[]] * 6),
    ["--encoding", "cp1252"],
    ["--encoding", "utf-16"],
    ["--delimiter", ";"],
    ["--skip", "1"],
    ["--header", "2"],
    ["--rows", "9"],
    ["--across"],
    ["--missing", "x"],
    ["--dates", "month-first"],
    ["--aggregate", "mean"],
]


def good(chance: random.Random) -> bytes:
    """A file that can be charted, of one shape of dates and of numbers."""
    day = chance.choice(
        ["2024-{0:02}-{1:02}", "{1}/{0}/2024", "{1}.{0}.24", "{1} May 20{0}", "2024-{0:02}-{1:02}T10:30Z"]
    )
    number = chance.choice(["{0}", "{0}.5", "{0}%", '"{0},125"', "{0}e-3", ""])
    names = ["A", "Café", '"Ward 7, upper"', '"""Q"" \n ward"']
    rows = [
        f"{chance.choice(names)},{day.format(10 + n // 28, 1 + n % 28)},{number.format(1 + n)},{'x' * (n % 3)}"
        for n in range(chance.randrange(1, 56))
    ]
    return "\n".join(["series,date,value,note", *rows, ""]).encode(chance.choice(["utf-8"] * 5 + ["utf-16", "cp1252"]))


def spoilt(content: bytes, chance: random.Random) -> bytes:
    """The file with one thing done to it."""
    place, other = chance.randrange(len(content)), chance.randrange(len(content))
    ways = [
        content[:place] + bytes([content[place] ^ 1 << chance.randrange(8)]) + content[place + 1 :],
        content[:place] + bytes([chance.randrange(256)]) + content[place + 1 :],
        content[:place],
        content[:place] + chance.choice(PIECES) + content[place:],
        content[:place] + content[place + chance.randrange(30) :],
        content[:place] + content[other : other + 40] + content[place:],
        content.replace(b",", chance.choice([b";", b"\t", b"|", b",,"])),
        content.replace(b"\n", chance.choice([b"\r", b"\r\n", b"\n\n", b""])),
        chance.choice(STARTS) + content,
    ]
    return chance.choice(ways)


def charted(words: list[str], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> int:
    """The exit code of the command, whose answer is a table or one sentence."""
    monkeypatch.setattr(sys, "argv", ["plotthedots", "spc", *words])
    code = _run()
    out, err = capfd.readouterr()
    said = [line for line in err.splitlines() if not line.startswith("plotthedots: note: ")]
    assert (code, bool(out), len(said)) in [(0, True, 0), (2, False, 1)], (words, err)
    assert all(line.isprintable() for line in said)
    return code


def test_a_spoilt_csv_file_is_charted_or_refused_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    chance = random.Random(2024)
    codes = []
    for _ in range(CASES):
        content = good(chance)
        for _ in range(chance.choice([0, 1, 1, 1, 2, 5])):
            content = spoilt(content, chance) or b"\n"
        path = text(tmp_path, content)
        codes.append(charted([str(path), *chance.choice(WORDS)], monkeypatch, capfd))
    assert 0.1 < codes.count(0) / CASES < 0.9


@pytest.mark.parametrize("kind", ["xlsx", "xls", "xlsb", "ods", "parquet"])
def test_a_damaged_workbook_or_parquet_file_is_charted_or_refused_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], kind: str
) -> None:
    rows = [[f"2024-01-{day:02}", float(day), "Ward 7"] for day in range(1, 20)]
    sheets = {"Data": [["date", "value", "series"], *rows]}
    path = (
        books.made(tmp_path, sheets, kind)
        if kind in ("xls", "xlsb", "ods")
        else workbook(tmp_path, sheets, f"ae.{kind}")
    )
    if kind == "parquet":
        parquet.write_table(pa.table(list(map(list, zip(*rows, strict=True))), ["date", "value", "series"]), path)
    whole, chance = path.read_bytes(), random.Random(7)
    for _ in range(40):
        content = whole
        for _ in range(chance.randrange(1, 12)):
            place = chance.randrange(len(content))
            content = content[:place] + bytes([chance.randrange(256)]) + content[place + 1 :]
        path.write_bytes(content[: chance.choice([None, None, None, len(content) // 2])])
        charted([str(path)], monkeypatch, capfd)
