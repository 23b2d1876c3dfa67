"""Workbooks of every kind, Parquet and pasted cells: the same cells, whatever holds them."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as parquet
import pytest
import xlsxwriter

from holdgood import sheets
from holdgood.sheets import PASTED, Fault, Refused, Row, Span, Tab

FILES = Path(__file__).with_name("files")
HELD = ["wards.xls", "wards.xlsb", "wards.ods"]


def written(tmp_path: Path, table: pa.Table) -> Path:
    parquet.write_table(table, tmp_path / "wards.parquet")
    return tmp_path / "wards.parquet"


@pytest.mark.parametrize("name", HELD)
def test_cells_of_older_and_other_workbooks_are_what_they_were(name: str) -> None:
    found = sheets.grid(FILES / name, name, sheet="Data")
    assert found.rows[0] == Row(1, ("Falls by ward",))
    heads, first, second = found.rows[1:]
    assert heads == Row(3, ("Place", "Number", "Date", "Share", "Wrong", "Yes"))
    assert first.cells[:2] == ("Ward 7", Decimal("0.3"))
    assert first.cells[2] in (dt.date(2023, 4, 1), dt.datetime(2023, 4, 1))
    assert first.cells[3:] == (Decimal("0.955"), Fault("#DIV/0!"), True)
    assert second.cells[-1] is False


@pytest.mark.parametrize("name", HELD)
def test_sheets_are_listed_and_the_hidden_ones_told(name: str) -> None:
    found = sheets.grid(FILES / name, name)
    assert found.tabs == (Tab("Notes"), Tab("Data"), Tab("Away", hidden=True))
    assert found.sheet == "Notes"
    assert found.notes == ["Of 3 sheets, “Notes” was read; not read: “Data”, “Away”."]
    table = sheets.read(FILES / name, name, sheet="data")
    assert (table.header_row, table.sheets) == (3, ("Notes", "Data", "Away"))


@pytest.mark.parametrize("name", HELD)
def test_the_content_counts_and_not_the_name(name: str) -> None:
    assert sheets.read((FILES / name).read_bytes(), "wards.xlsx", sheet="Data").header[0] == "Place"


def test_parquet_has_its_names_first_and_its_values_below() -> None:
    found = sheets.grid(FILES / "wards.parquet", "wards.parquet")
    assert found.tabs == ()
    assert found.rows == [
        Row(1, ("Place", "Number", "Date", "At", "Kind", "Yes")),
        Row(2, ("Ward 7", Decimal("0.3"), dt.date(2023, 4, 1), "2023-06-30T23:00:00+00:00", "a", True)),
        Row(3, ("Ward 8", Decimal(12), None, None, "b")),
    ]


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (pa.table({"a": [[1, 2]]}), "column “a” is of the kind list"),
        (pa.table({"a": [b"x"]}), "column “a” is of the kind binary"),
        (pa.table({f"c{n}": [1] for n in range(1001)}), "1,001 columns"),
        (pa.table({"a": pa.array([1e300])}), "Cell A2 holds a number that is too large"),
        (pa.table({f"c{n}": pa.nulls(250_000, pa.int8()) for n in range(9)}), "expected at most 2,000,000 cells"),
    ],
)
def test_parquet_that_is_no_table_of_numbers_is_refused(tmp_path: Path, table: pa.Table, said: str) -> None:
    with pytest.raises(Refused, match=said):
        sheets.read(written(tmp_path, table), "wards.parquet")


def test_what_is_no_number_in_parquet_is_nothing(tmp_path: Path) -> None:
    found = sheets.grid(written(tmp_path, pa.table({"a": [1.5, float("nan")], "b": ["x", None]})), "wards.parquet")
    assert [row.cells for row in found.rows] == [("a", "b"), (Decimal("1.5"), "x")]


def test_pasted_cells_are_parted_by_tabs_alone() -> None:
    table = sheets.read(b"Place\tValue\nWard 7, north\t1,204\n", PASTED)
    assert (table.header, table.rows[0].cells, table.notes) == (("Place", "Value"), ("Ward 7, north", "1,204"), [])
    assert sheets.read(b'Place\tNote\nW\t"two\nlines"\n', PASTED).rows[0].cells == ("W", "two\nlines")


def test_a_grid_has_no_header_chosen_and_every_row_its_number() -> None:
    found = sheets.grid(b"Title\n\nPlace,Value\nW,1\n", "f.csv")
    assert found.rows == [Row(1, ("Title",)), Row(3, ("Place", "Value")), Row(4, ("W", "1"))]


def test_every_sheet_as_far_as_a_row(tmp_path: Path) -> None:
    found = sheets.grids(FILES / "wards.xls", "wards.xls", most=3)
    assert [(each.sheet, len(each.rows)) for each in found] == [("Notes", 1), ("Data", 2), ("Away", 1)]
    assert [each.sheet for each in sheets.grids(b"a,b\n1,2\n3,4\n", "f.csv", most=2)] == [""]
    del tmp_path


def test_merged_cells_of_a_workbook_are_told(tmp_path: Path) -> None:
    path = tmp_path / "heads.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Data")
    sheet.merge_range("B1:D1", "Falls")
    sheet.write_row(1, 0, ["Ward", "a", "b", "c"])
    book.close()
    assert sheets.grid(path, "heads.xlsx").merged == (Span(1, 1, 1, 3),)


def test_a_sheet_whose_formulas_have_no_results_does_not_keep_the_others_from_being_seen(tmp_path: Path) -> None:
    path = tmp_path / "two.xlsx"
    book = xlsxwriter.Workbook(str(path))
    book.add_worksheet("Data").write_row(0, 0, ["Ward", "Value"])
    book.close()
    assert [each.sheet for each in sheets.grids(path, "two.xlsx")] == ["Data"]
    with pytest.raises(Refused, match=r"has no sheet “Falls”"):
        sheets.grid(path, "two.xlsx", sheet="Falls")
