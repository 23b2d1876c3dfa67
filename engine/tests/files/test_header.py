"""Where a table begins and ends: --skip, --header, and notes below it, in text and in workbooks."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from plotthedots.errors import BadInput
from plotthedots.files import Reading, heads, open_source, require

from . import books
from .reading import refused, rows, table, text

JANUARY, FEBRUARY = dt.date(2024, 1, 1), dt.date(2024, 2, 1)
KINDS = ["csv", "xlsx", "xls", "ods"]
RAW: list[list[Any]] = [
    ["Title:", "A&E attendances", None, None, None],
    [None] * 5,
    [None, "Attendances", None, "Over 4 hours", None],
    ["date", "Type 1", "Type 2", "Type 1", "Type 2"],
    [JANUARY, 10, 1, 5, 0],
    [None] * 5,
    [FEBRUARY, 11, 2, 6, 1],
    [None] * 5,
    ["Source: a collection of 2024", None, None, None, None],
    [None] * 5,
    ["Notes", None, None, None, None],
]


def file(folder: Path, kind: str, cells: list[list[Any]] = RAW) -> Path:
    if kind != "csv":
        return books.made(folder, {"Data": cells}, kind)
    return text(folder, "\n".join(",".join("" if c is None else f"{c}" for c in row) for row in cells))


@pytest.mark.parametrize("kind", KINDS)
def test_a_raw_table_is_read_alike_through_every_door(tmp_path: Path, kind: str) -> None:
    path = file(tmp_path, kind)
    source = open_source(str(path), Reading(skip=2, header=2))
    names = ["Attendances / Type 1", "Attendances / Type 2", "Over 4 hours / Type 1", "Over 4 hours / Type 2"]
    assert source.columns == ["date", *names]
    from plotthedots.files import Role

    found = rows(path, {"date": Role.DATE, names[2]: Role.NUMBER}, skip=2, header=2)
    assert found.table.to_pydict() == {"date": [JANUARY, FEBRUARY], names[2]: [5, 6]}
    said = 'Rows 9 to 11, notes below the table, were left out; they begin "Source: a collection of 2024".'
    assert found.said == [said]


@pytest.mark.parametrize("kind", KINDS)
def test_the_header_below_titles_is_offered(tmp_path: Path, kind: str) -> None:
    source = open_source(str(file(tmp_path, kind)))
    with pytest.raises(BadInput, match=r"Row 4 looks like the header \(date, Type 1, Type 2 …\): say --skip 3\."):
        require(source, "period")
    with pytest.raises(BadInput, match=r"Row 4 .*has it: say --skip 3"):
        require(source, "date")


@pytest.mark.parametrize("kind", KINDS)
def test_heads_that_repeat_may_be_told_apart_by_the_row_above(tmp_path: Path, kind: str) -> None:
    source = open_source(str(file(tmp_path, kind)), Reading(skip=3))
    with pytest.raises(BadInput, match=r'2 columns named "Type 1": rename all but one, or .* say --skip 2 --header 2'):
        require(source, "Type 1")


@pytest.mark.parametrize("kind", KINDS)
def test_rows_are_numbered_as_a_spreadsheet_does_past_blank_ones(tmp_path: Path, kind: str) -> None:
    cells = [["date", "value"], [JANUARY, 1], [None, None], [FEBRUARY, 2], [None, None], [FEBRUARY, "x"]]
    assert 'row 6, column "value": found "x"' in refused(file(tmp_path, kind, cells))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "last",
    [
        ["Notes", None, None],  # no blank row before it
        [None, "after a blank row, a row with two", "texts"],
    ],
)
def test_what_may_be_a_row_of_the_table_is_not_taken_for_a_note(tmp_path: Path, kind: str, last: list[Any]) -> None:
    cells = [["date", "value", "ward"], [JANUARY, 1, "A"], last]
    if last[1]:
        cells.insert(2, [None] * 3)
    assert f"row {len(cells)}" in refused(file(tmp_path, kind, cells))


@pytest.mark.parametrize("kind", KINDS)
def test_a_date_without_a_value_below_a_blank_row_is_a_row(tmp_path: Path, kind: str) -> None:
    cells = [["date", "value"], ["Jan-24", 1], [None, None], ["Feb-24", None]]
    assert table(file(tmp_path, kind, cells)).num_rows == 2


@pytest.mark.parametrize("kind", KINDS)
def test_too_few_rows_of_heads_are_said(tmp_path: Path, kind: str) -> None:
    path = file(tmp_path, kind, [["date", "value"], [JANUARY, 1]])
    assert "too few" in refused(path, header=3)
    assert "has no row below row 7 to be the header" in refused(path, skip=7)


@pytest.mark.parametrize("kind", KINDS)
def test_rows_below_those_that_are_asked_for_are_not_looked_at(tmp_path: Path, kind: str) -> None:
    cells = [["date", "value"], [JANUARY, 1], [None, None], [FEBRUARY, 2], ["TOTAL", 3], ["x", "y"]]
    assert table(file(tmp_path, kind, cells), rows=3)["value"].to_pylist() == [1, 2]
    assert "TOTAL" in refused(file(tmp_path, kind, cells), rows=4)
    assert "holds a header and no rows" in refused(file(tmp_path, kind, [["date", "value"], [None, None]]), rows=1)


def test_rows_that_hold_line_breaks_are_counted_as_one(tmp_path: Path) -> None:
    content = 'date,value,note\r\n2024-01-01,1,"a\r\nb"\r\n2024-02-01,2,é\r\nTOTAL,3,\r\n'
    assert table(text(tmp_path, content), rows=2)["value"].to_pylist() == [1, 2]


def test_a_note_that_quotes_lines_is_not_cut_in_two(tmp_path: Path) -> None:
    content = 'date,value,note\n2024-01-01,1,"one\n\nSource: two"\n2024-02-01,2,"a\n\n""b"" c"\n'
    assert table(text(tmp_path, content)).num_rows == 2
    found = rows(text(tmp_path, content + "\nSource: three\n"))
    assert found.table.num_rows == 2
    assert found.said == ['Row 5, a note below the table, was left out: "Source: three".']


def test_notes_of_a_long_file_are_found_at_its_end(tmp_path: Path) -> None:
    lines = "".join(f"{1000 + n},{n}\n" for n in range(20_000))
    found = rows(text(tmp_path, f"date,value\n{lines},\nNotes: all of it\n"))
    assert found.table.num_rows == 20_000
    assert "Row 20003, a note below the table" in found.said[0]


@pytest.mark.parametrize(
    ("above", "below", "names"),
    [
        (["", "", "A", "", "B"], ["x", "y", "p", "q", "p"], ["x", "y", "A / p", "A / q", "B / p"]),
        (["Code", "Name", "A", ""], ["", "", "p", "q"], ["Code", "Name", "A / p", "A / q"]),
        (["A", "", "", "B"], ["p", "", "q", "r"], ["A / p", "", "q", "B / r"]),
        (["A"], ["p", "q"], ["A / p", "A / q"]),
    ],
)
def test_heads_of_two_rows_are_joined(above: list[str], below: list[str], names: list[str]) -> None:
    assert heads.joined([above, below]) == names


def test_heads_of_three_rows_span_what_is_below_them() -> None:
    assert heads.joined([["A", "", "", "B"], ["a", "", "b", ""], ["1", "2", "1", "1"]]) == [
        "A / a / 1",
        "A / a / 2",
        "A / b / 1",
        "B / 1",
    ]
