"""CSV files and workbooks as people have them."""

import datetime as dt
import io
import subprocess
import sys
from decimal import Decimal

import pytest
import xlsxwriter

from holdgood import sheets
from holdgood.sheets import Fault, Refused, said
from holdgood.sheets.table import Row, letters
from holdgood.sheets.tests import books


def cells(data: bytes, name: str = "falls.csv", **options: object) -> list[tuple]:
    return [row.cells for row in sheets.read(data, name, **options).rows]


def workbook(write, **options: object) -> bytes:
    kept = io.BytesIO()
    book = xlsxwriter.Workbook(kept, {"in_memory": True, **options})
    write(book)
    book.close()
    return kept.getvalue()


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_found(delimiter: str) -> None:
    data = "\n".join(delimiter.join(row) for row in (["Place", "Period", "Value"], ["Ward 7", "Apr-23", "12"])).encode()
    table = sheets.read(data, "falls.csv")
    assert table.header == ("Place", "Period", "Value")
    assert table.rows == [Row(2, ("Ward 7", "Apr-23", "12"))]
    assert any("separated" in note for note in table.notes) == (delimiter != ",")


def test_a_mark_of_utf_8_is_no_part_of_the_first_title() -> None:
    assert sheets.read("\ufeffPlace,Value\nW,1\n".encode(), "f.csv").header == ("Place", "Value")


def test_windows_1252_is_read_and_said() -> None:
    table = sheets.read("Place,Value\nSt John’s – café,1\n".encode("cp1252"), "f.csv")
    assert table.rows[0].cells[0] == "St John’s – café"
    assert "Windows-1252" in table.notes[0]


def test_rows_are_numbered_as_a_spreadsheet_numbers_them() -> None:
    data = b'Title\n\nPlace,Period,Value\n"Ward\n7",Apr-23,1\n\nWard 8,Apr-23,2\n'
    table = sheets.read(data, "f.csv")
    assert (table.header_row, [row.number for row in table.rows]) == (3, [4, 6])


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (b"  \n", "is empty"),
        (b"Place,Value\nWard\0 7,1\n", "Row 2 holds a byte"),
        ("Place,Value\n".encode("utf-16"), "UTF-16"),
        (b"Place,Value\n\x81,1\n", "Row 2 holds characters of an unknown encoding"),
        (b'Place,Value\n"Ward 7,1\nWard 8,2\n', "quotation marks"),
        (b'Place,Value\n"Ward" 7,1\n', "From row 2 on"),
        (b'Place,Value\n"' + b"x" * 70_000 + b'",1\n', "Row 2 has a cell of more than"),
        (b"a," * 1001 + b"a\n" + b"1," * 1001 + b"1\n", "has 1,002 columns"),
        (b"Place,Value\nWard\x07 7,1\n", "Cell A2 has a character that cannot be stored"),
    ],
)
def test_a_csv_file_that_cannot_be_trusted_is_refused_with_a_sentence(data: bytes, said: str) -> None:
    with pytest.raises(Refused, match=said):
        sheets.read(data, "falls.csv")


def test_too_many_bytes_are_refused_before_they_are_read() -> None:
    with pytest.raises(Refused, match="Split it"):
        sheets.read(b"x" * 10_000_001, "falls.csv")


def test_a_header_is_found_below_titles_or_where_one_is_told() -> None:
    data = b"Falls by ward\nTrust:,Fenmoor\nPlace,Period,Value,Out of\nW,April 2023,1,2\n"
    assert sheets.read(data, "f.csv").header_row == 3
    assert sheets.read(data, "f.csv", skip=1).header_row == 2
    assert [row.number for row in sheets.read(data, "f.csv", header=0).rows] == [1, 2, 3, 4]


def test_cells_of_a_workbook_are_what_they_were() -> None:
    def write(book) -> None:
        sheet = book.add_worksheet("Data")
        day = book.add_format({"num_format": "d mmm yyyy"})
        share = book.add_format({"num_format": "0.0%"})
        sheet.write_row(0, 0, ["Place", "Number", "Date", "Share", "Wrong", "Yes", "Text"])
        sheet.write_string(1, 0, "Ward 7")
        sheet.write_number(1, 1, 0.1 + 0.2)
        sheet.write_datetime(1, 2, dt.datetime(2023, 4, 1), day)
        sheet.write_number(1, 3, 0.955, share)
        sheet.write_formula(1, 4, "=1/0", None, "#DIV/0!")
        sheet.write_boolean(1, 5, True)
        sheet.write_string(1, 6, "12")

    row = cells(workbook(write), "f.xlsx")[0]
    assert row == ("Ward 7", Decimal("0.3"), dt.datetime(2023, 4, 1), "95.5%", Fault("#DIV/0!"), True, "12")
    assert [said(cell) for cell in row] == ["Ward 7", "0.3", "2023-04-01", "95.5%", "#DIV/0!", "TRUE", "12"]


def test_dates_that_count_from_1904_are_right() -> None:
    def write(book) -> None:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Date", "Value"])
        sheet.write_datetime(1, 0, dt.datetime(2023, 4, 1), book.add_format({"num_format": "dd/mm/yyyy"}))
        sheet.write_number(1, 1, 1)

    data = workbook(write, date_1904=True)
    assert cells(data, "f.xlsx")[0][0] == dt.datetime(2023, 4, 1)


def test_the_first_sheet_that_is_shown_is_read_or_the_one_that_is_named() -> None:
    def write(book) -> None:
        for name in ("Hidden", "Notes", "Data"):
            book.add_worksheet(name).write_row(0, 0, [name, "Value"])
        book.get_worksheet_by_name("Notes").activate()
        book.get_worksheet_by_name("Hidden").hide()

    data = workbook(write)
    table = sheets.read(data, "f.xlsx")
    assert (table.sheet, table.sheets) == ("Notes", ("Hidden", "Notes", "Data"))
    assert "“Data”" in table.notes[0]
    assert sheets.read(data, "f.xlsx", sheet=" data ").header == ("Data", "Value")
    with pytest.raises(Refused, match=r"has no sheet “Falls”\. It has “Hidden”, “Notes”, “Data”"):
        sheets.read(data, "f.xlsx", sheet="Falls")


def test_a_formula_whose_result_was_not_saved_is_not_taken_for_nothing() -> None:
    data = books.book(books.HEADER + books.row(books.text("W", "A2"), '<c r="C2"><f>1+1</f></c>', at=2))
    with pytest.raises(Refused, match="Data, cell C2: the result of its formula was not saved"):
        sheets.read(data, "f.xlsx")


def test_a_formula_whose_result_is_nothing_is_nothing() -> None:
    cell = '<c r="C2" t="str"><f>""</f><v></v></c>'
    data = books.book(books.HEADER + books.row(books.text("W", "A2"), books.number(1, "B2"), cell, at=2))
    assert cells(data, "f.xlsx") == [("W", Decimal(1))]


def test_links_to_other_files_are_not_followed_and_that_is_said() -> None:
    data = books.book(books.HEADER, parts={"xl/externalLinks/externalLink1.xml": "<externalLink/>"})
    assert "They were not followed" in sheets.read(data, "f.xlsx").notes[0]


def test_a_wrong_dimension_is_not_believed() -> None:
    rows = books.HEADER + books.row(books.text("W"), books.number(1), books.number(2))
    data = books.book(parts={"xl/worksheets/sheet1.xml": books.sheet(rows, '<dimension ref="A1:XFD1048576"/>')})
    assert cells(data, "f.xlsx") == [("W", Decimal(1), Decimal(2))]


def test_what_lies_far_below_is_not_looked_for_and_that_is_said() -> None:
    table = sheets.read(books.sparse_rows(), "f.xlsx")
    assert (table.rows, table.notes) == ([], ["After row 1, 1,000 rows are empty: nothing was read below."])


def test_a_file_that_is_gone_is_a_sentence(tmp_path) -> None:
    with pytest.raises(Refused, match="cannot be opened"):
        sheets.read(tmp_path / "gone.csv", "gone.csv")


def test_the_near_side_never_imports_openpyxl() -> None:
    code = (
        "import sys; from holdgood import sheets; sheets.read(b'a,b\\n1,2\\n', 'x.csv'); "
        "print([m for m in sys.modules if m.startswith(('openpyxl', 'holdgood.sheets.workbook'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_columns_are_named_as_spreadsheets_do() -> None:
    assert [letters(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
