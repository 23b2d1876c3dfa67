"""Wrong files and wrong words: one sentence that names file, row and column, exit 2, nothing written."""

from pathlib import Path

import pytest

from .terminal import months, run, write

GOOD = months([10, 12, 11, 13])

# What is in the file, what is said of it.
WRONG = {
    "empty": ("", "data.csv is empty."),
    "header only": ("date,value\n", "data.csv holds a header and no rows."),
    "only blank lines": ("\n\n", "data.csv is empty."),
    "wrong delimiter": ("date^value\n2024-01-01^1\n", 'Its only column is "date^value"'),
    "cp1252": ("series,date,value\nCaf\xe9,2024-01-01,1\n".encode("cp1252"), "say --encoding cp1252"),
    "not text": (b"date,value\n\x00\x01\x02\n", "not text"),
    "unclosed quote": ('date,value\n2024-01-01,"1\n2024-02-01,2\n', "row 2: a quote (\") is opened and never closed"),
    "ragged row": ("date,value\n2024-01-01,1\n2024-02-01,2,3\n", "data.csv, row 3: found 3 columns, expected 2"),
    "duplicate header": ("date,value,value\n2024-01-01,1,2\n", 'data.csv has 2 columns named "value"'),
    "text among numbers": ("date,value\n2024-01-01,1\n2024-02-01,abc\n", 'data.csv, row 3, column "value": found "abc"'),
    "underscore": ("date,value\n2024-01-01,1_000\n", 'row 2, column "value": found "1_000"'),
    "nan": ("date,value\n2024-01-01,nan\n", 'row 2, column "value": found "nan"'),
    "infinity": ("date,value\n2024-01-01,inf\n", 'row 2, column "value": found "inf"'),
    "too large": ("date,value\n2024-01-01,1e999\n", 'row 2, column "value"'),
    "other digits": ("date,value\n2024-01-01,१२\n", 'row 2, column "value"'),
    "truth value": ("date,value\n2024-01-01,TRUE\n", 'row 2, column "value"'),
    "error cell": ("date,value\n2024-01-01,#DIV/0!\n", 'row 2, column "value"'),
    "decimal comma": ('date,value\n2024-01-01,"1,5"\n', 'row 2, column "value"'),
    "mixed percent": ("date,value\n2024-01-01,95%\n2024-02-01,90\n", 'column "value"'),
    "unnamed missing": ("date,value\n2024-01-01,NA\n", "--missing"),
    "no such day": ("date,value\n29/02/2025,1\n", 'row 2, column "date": found "29/02/2025"'),
    "mixed dates": ("date,value\n13/01/2024,1\n01/14/2024,2\n", 'column "date"'),
    "two shapes": ("date,value\n2024-01-01,1\n01/02/2024,2\n", "one shape"),
    "month first": ("date,value\n04/13/2024,1\n", "month/day/year"),
    "time zone": ("date,value\n2024-01-01T00:00+01:00,1\n", 'row 2, column "date"'),
    "missing date": ("date,value\n2024-01-01,1\n,2\n", "row 3, column \"date\": the date is missing"),
    "date twice": ("date,value\n2024-01-01,1\n2024-01-01,2\n", "row 3, column \"date\": found 2024-01-01 a second time"),
    "no date column": ("day,value\n2024-01-01,1\n", 'no column "date"'),
}  # fmt: skip


@pytest.mark.parametrize("kind", WRONG)
def test_a_wrong_file_gets_a_sentence_and_writes_nothing(tmp_path: Path, kind: str) -> None:
    content, said = WRONG[kind]
    write(tmp_path, content)
    (tmp_path / "summary.csv").write_text("as it was")
    ended = run("spc", "data.csv", "--summary", "summary.csv", cwd=tmp_path)
    assert ended.code == 2
    assert said in ended.err
    assert ended.err.count("\n") == 1
    assert ended.out == ""
    assert (tmp_path / "summary.csv").read_text() == "as it was"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data.csv", "summary.csv"]


COUNTS = "date,value,n\n2024-01-01,1,10\n2024-02-01,{0},{1}\n"


@pytest.mark.parametrize(
    ("row", "chart", "said"),
    [
        (("-1", "10"), "p", 'data.csv, row 3, column "value": found -1, expected a count of 0 or more'),
        (("11", "10"), "p", 'data.csv, row 3, column "value": found 11 of 10'),
        (("1", "-5"), "u", 'data.csv, row 3, column "n": found -5'),
    ],
)
def test_counts_that_cannot_be_are_named_by_row(tmp_path: Path, row: tuple[str, str], chart: str, said: str) -> None:
    write(tmp_path, COUNTS.format(*row))
    ended = run("spc", "data.csv", "--chart", chart, "--denominator", "n", cwd=tmp_path)
    assert (ended.code, ended.out) == (2, "")
    assert said in ended.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["spc", "data.csv", "--chart", "xmrr"], "xmrr"),
        (["spc", "data.csv", "--rules", "nelsen"], 'found "nelsen"'),
        (["spc", "data.csv", "--rules", "shift:seven"], "shift:8"),
        (["spc", "data.csv", "--baseline", "many"], "--baseline"),
        (["spc", "data.csv", "--rebase", "soon"], "rebase"),
        (["spc", "data.csv", "--value", "vlaue"], 'did you mean "value"'),
        (["spc", "dta.csv"], 'Did you mean "data.csv"'),
        (["spc", "data.xls"], "not a workbook, or a damaged one"),
        (["spc", "."], ""),
        (["spc"], "Missing argument"),
        (["spcc", "data.csv"], "spcc"),
        (["spc", "data.csv", "--summary", "nowhere/out.csv"], "there is no folder"),
        (["spc", "data.csv", "--summary", "out.txt2"], "expected .csv, .parquet or .xlsx"),
        (["spc", "data.csv", "--summary", "data.csv"], "is the file that is read"),
        (["spc", "data.csv", "--summary", "a.csv", "--points", "a.csv"], "same name"),
        (["chart", "data.csv", "-o", "out.pptx"], ".svg, .png or .pdf"),
        (["chart", "data.csv", "-o", "out.jpg"], ".svg"),
        (["report", "-o", "out.pdf"], "there is no FILE to report on"),
        (["report", "data.csv", "-o", "out.doc"], ".html"),
        (["chart", "data.csv", "--series", "A", "-o", "out.svg"], "no series"),
        (["between", "data.csv", "--until", "2020-01-15"], "events after it"),
    ],
)
def test_wrong_words_get_a_sentence_and_write_nothing(tmp_path: Path, words: list[str], said: str) -> None:
    write(tmp_path, GOOD)
    write(tmp_path, b"\xd0\xcf\x11\xe0", "data.xls")
    ended = run(*words, cwd=tmp_path)
    assert ended.code == 2
    assert said in ended.err
    assert "Traceback" not in ended.err
    assert ended.out == ""
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data.csv", "data.xls"]
