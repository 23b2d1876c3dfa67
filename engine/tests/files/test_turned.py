"""Tables with a column for each date: the same series as the table with a row for each."""

import datetime as dt
from pathlib import Path

import pytest

from plotthedots.errors import BadInput
from plotthedots.files import Reading, Role, open_source, require

from . import books
from .reading import refused, table, text

ROLES = {"ward": Role.LABEL, "date": Role.DATE, "value": Role.NUMBER}
JANUARY, FEBRUARY = dt.date(2024, 1, 1), dt.date(2024, 2, 1)
WIDE = [["ward", JANUARY, FEBRUARY], ["A", 1, 2], ["Part B", None, None], ["B", None, 4]]
LONG = {"ward": ["A", "A", "B", "B"], "date": [JANUARY, FEBRUARY] * 2, "value": [1, 2, None, 4]}


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_columns_of_dates_become_rows(tmp_path: Path, kind: str) -> None:
    path = books.made(tmp_path, {"Sheet": WIDE}, kind)
    assert table(path, ROLES, across=True).to_pydict() == LONG


def test_heads_may_be_written_in_any_shape_of_a_date(tmp_path: Path) -> None:
    content = "ward,{},{},note\nA,1,2,x\nPart B,,,\nB,,4,y\n"
    for shape in (("Jan-24", "Feb-24"), ("2024-01-01", "2024-02-01"), ("January 2024", "February 2024")):
        path = text(tmp_path, content.format(*shape))
        assert table(path, ROLES, across=True).to_pydict() == LONG
    path = text(tmp_path, content.format("20240101", "20240201"))
    assert table(path, ROLES, across=True, dates="%Y%m%d").to_pydict() == LONG


def test_columns_beside_the_dates_are_kept_as_they_are(tmp_path: Path) -> None:
    path = text(tmp_path, "ward,Jan-24,note,Feb-24\nA,1,x,2\n")
    source = open_source(str(path), Reading(across=True))
    assert source.columns == ["ward", "note", "date", "value"]
    assert table(path, {"note": Role.LABEL, "value": Role.NUMBER}, across=True)["note"].to_pylist() == ["x", "x"]
    with pytest.raises(BadInput, match='has no column "wards"'):
        require(source, "wards")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("ward,value\nA,1\n", "has no column whose name is a date"),
        ("ward,Jan-24,Feb-24\nA,1,x\n", 'ae.csv, row 2, column "Feb-24": found "x", expected a number'),
        ("ward,Jan-24,2024-02-01\nA,1,2\n", "dates of several kinds"),
        ("ward,Jan-24,Jan-24\nA,1,2\n", 'several columns named "Jan-24"'),
        ("ward,Jan-24,Feb-24\nA,,\n", "has no value under any date"),
    ],
)
def test_what_cannot_be_turned_is_said(tmp_path: Path, content: str, said: str) -> None:
    assert said in refused(text(tmp_path, content), ROLES, across=True)


def test_a_row_is_named_as_it_stands_in_the_file(tmp_path: Path) -> None:
    path = books.made(tmp_path, {"Sheet": WIDE}, "xlsx")
    source = open_source(str(path), Reading(across=True))
    source.read(ROLES)
    assert [source.row_number(row) for row in range(4)] == [2, 2, 4, 4]
