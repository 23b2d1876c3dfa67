"""Rows left out by what a column says, in every kind of file, before anything else is read of them."""

import datetime as dt
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as arrow
import pytest

from plotthedots.errors import BadInput
from plotthedots.files import Role, pairs

from . import books
from .reading import refused, rows, table, text

DAY = dt.date(2024, 1, 1)
ROLES = {"name": Role.LABEL, "date": Role.DATE, "value": Role.NUMBER}
CELLS: list[list[Any]] = [
    ["name", "date", "value", "kind"],
    ["Ward 7", DAY, 5, "ward"],
    ["Total", "all", "-", "sum"],
    ["Ward 8", DAY, 6, "ward"],
    ["england ", DAY, 11, "Sum"],
]
KINDS = ["csv", "xlsx", "xls", "xlsb", "ods"]


def file(folder: Path, kind: str, cells: list[list[Any]] = CELLS) -> Path:
    if kind == "csv":
        return text(folder, "\n".join(",".join(f"{cell}" for cell in row) for row in cells))
    return books.made(folder, {"Data": cells}, kind)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "xlsb"])
@pytest.mark.parametrize(
    ("leave_out", "left"),
    [
        ((("name", "Total"), ("name", "England")), 2),
        ((("kind", "sum"),), 2),
        ((("name", "TOTAL"), ("kind", "Sum")), 2),
    ],
)
def test_rows_are_left_out_before_their_other_cells_are_read(
    tmp_path: Path, kind: str, leave_out: Any, left: int
) -> None:
    found = rows(file(tmp_path, kind), ROLES, leave_out=leave_out)
    assert found.table.to_pydict() == {"name": ["Ward 7", "Ward 8"], "date": [DAY, DAY], "value": [5, 6]}
    assert next(said for said in found.said if "left out" in said).startswith(f"{left} rows were left out, where ")


def test_parquet_files_too(tmp_path: Path) -> None:
    path = tmp_path / "data.parquet"
    arrow.write_table(pa.table({"name": ["a", "Total", "b"], "date": [DAY] * 3, "value": [1.0, 3.0, None]}), path)
    made = table(path, ROLES, leave_out=(("name", "total"),))
    assert made.column("name").to_pylist() == ["a", "b"]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_rows_below_those_left_out_are_named_as_a_person_sees_them(tmp_path: Path, kind: str) -> None:
    cells = [*CELLS, ["Ward 9", DAY, "many", "ward"]]
    said = refused(file(tmp_path, kind, cells), ROLES, leave_out=(("kind", "sum"),))
    assert 'row 6, column "value": found "many"' in said


def test_a_row_of_a_parquet_file_is_named_by_its_place_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "data.parquet"
    arrow.write_table(pa.table({"name": ["a", "Total", "b"], "date": [DAY] * 3, "value": ["1", "3", "many"]}), path)
    assert 'row 3, column "value": found "many"' in refused(path, ROLES, leave_out=(("name", "Total"),))


def test_where_none_was_left_out_that_is_said(tmp_path: Path) -> None:
    found = rows(file(tmp_path, "csv", CELLS[:2]), ROLES, leave_out=(("name", "Totals"),))
    assert found.said[-1] == 'No row was left out: none has what --leave-out names ("name" says totals).'


def test_a_column_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    said = refused(file(tmp_path, "csv"), ROLES, leave_out=(("nam", "Total"),))
    assert 'no column "nam": did you mean "name" (--leave-out name)?' in said


def test_where_all_rows_are_left_out_there_are_none(tmp_path: Path) -> None:
    assert "no rows" in refused(file(tmp_path, "csv", CELLS[:2]), ROLES, leave_out=(("kind", "ward"),))


def test_weeks_across_leave_out_rows_of_the_file(tmp_path: Path) -> None:
    path = text(tmp_path, "ward,Jan-24,Feb-24\nA,1,2\nTotal,3,4\n")
    made = table(path, {"ward": Role.LABEL, "value": Role.NUMBER}, across=True, leave_out=(("ward", "Total"),))
    assert made.to_pydict() == {"ward": ["A", "A"], "value": [1.0, 2.0]}


@pytest.mark.parametrize("word", ["Total", "=Total", "name=", " = "])
def test_a_word_that_names_no_column_and_text_is_an_error(word: str) -> None:
    with pytest.raises(BadInput, match="expected a column and what it says, such as Name=England"):
        pairs([word])
