"""Workbooks: cells as they are stored, sheets by name, and their errors by the row a person sees."""

import datetime as dt
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.chart import LineChart, Reference
from openpyxl.utils.datetime import to_excel

from plotthedots import spc
from plotthedots.errors import BadInput
from plotthedots.files import Reading, Role, named, open_source, require

from .reading import refused, rows, table, text, workbook

HEADER = ["date", "value"]
JANUARY, FEBRUARY = dt.datetime(2024, 1, 1), dt.datetime(2024, 2, 1)


def one(folder: Path, *cells: list[object]) -> Path:
    return workbook(folder, {"Sheet": [HEADER, *cells]})


def test_date_cells_are_dates_and_numbers_are_as_stored(tmp_path: Path) -> None:
    path = one(tmp_path, [JANUARY, 0.95], [FEBRUARY, None], [dt.datetime(2024, 3, 1), 3])
    book = openpyxl.load_workbook(path)
    book.active["B2"].number_format = "0%"
    book.save(path)
    found = table(path)
    assert found.to_pydict() == {
        "date": [dt.date(2024, 1, 1), dt.date(2024, 2, 1), dt.date(2024, 3, 1)],
        "value": [0.95, None, 3],
    }


def test_a_time_of_day_is_kept(tmp_path: Path) -> None:
    moment = dt.datetime(2024, 1, 1, 9, 30)
    assert table(one(tmp_path, [moment, 1])).column("date").to_pylist() == [moment]


def test_text_is_judged_as_in_any_file(tmp_path: Path) -> None:
    found = rows(one(tmp_path, ["Apr-24", "95%"], ["May-24", "5%"]))
    assert found.table.to_pydict() == {"date": [dt.date(2024, 4, 1), dt.date(2024, 5, 1)], "value": [0.95, 0.05]}
    assert found.said == ['Column "value": percentages were read as fractions of 1: "95%" is 0.95.']


def test_serial_numbers_count_only_in_date_cells(tmp_path: Path) -> None:
    found = table(one(tmp_path, [to_excel(JANUARY), 1]))
    assert found.column("date").to_pylist() == [45292]


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ([[JANUARY, 1], [FEBRUARY, "abc"]], 'ae.xlsx, row 3, column "value": found "abc", expected a number'),
        ([[JANUARY, 1], [FEBRUARY, True]], 'row 3, column "value": found "TRUE"'),
        ([[JANUARY, True], [FEBRUARY, False]], 'column "value": found true and false, expected numbers'),
        ([[JANUARY, JANUARY]], 'column "value": found dates or times, expected numbers'),
        ([[JANUARY, "NA"], [FEBRUARY, 2.5]], "--missing NA"),
        ([[JANUARY, 1], [None, None], ["Apr-24", 2]], 'row 4, column "date": found the text "Apr-24" where the date'),
        ([["Apr-24", 1], [JANUARY, 2]], "row 3, column \"date\": found the date 2024-01-01 where the text"),
        ([["Apr-24", 1], [7, 2]], "found the number 7 where the text"),
        ([[JANUARY, "95%"], [FEBRUARY, 90]], "% sign, or none"),
        ([], "ae.xlsx holds a header and no rows."),
        ([[None, None]], "ae.xlsx holds a header and no rows."),
    ],
)  # fmt: skip
def test_a_wrong_cell_is_named_by_row_and_column(tmp_path: Path, cells: list[list[object]], said: str) -> None:
    assert said in refused(one(tmp_path, *cells))


def test_error_cells_are_refused_among_numbers(tmp_path: Path) -> None:
    path = one(tmp_path, [JANUARY, 1], [FEBRUARY, "#DIV/0!"])
    assert openpyxl.load_workbook(path).active["B3"].data_type == "e"
    assert 'row 3, column "value": found "#DIV/0!", expected a number: a spreadsheet\'s error' in refused(path)


def test_formulas_without_a_stored_result_are_not_taken_for_missing(tmp_path: Path) -> None:
    path = one(tmp_path, [JANUARY, "=1+1"], [FEBRUARY, 2])
    assert 'row 2, column "value": found the formula "=1+1" without a result' in refused(path)


def test_a_sheet_is_chosen_by_name_or_number_and_is_the_first_shown_otherwise(tmp_path: Path) -> None:
    sheets = {f"20{year}": [HEADER, [JANUARY, year]] for year in (22, 23, 24)}
    path = workbook(tmp_path, sheets)
    book = openpyxl.load_workbook(path)
    book["2022"].sheet_state = "hidden"
    book.save(path)
    assert [table(path, sheet=sheet).column("value")[0].as_py() for sheet in ("", "2024", "1")] == [23, 24, 22]
    assert 'no sheet "2042": did you mean "2024"?' in refused(path, sheet="2042")
    assert 'Its sheets are "2022", "2023", "2024"' in refused(path, sheet="wards")


def test_a_header_below_titles_or_on_another_sheet_is_pointed_to(tmp_path: Path) -> None:
    path = workbook(tmp_path, {"Notes": [["Title"], []], "Data": [["Period", "June"], [], HEADER, [JANUARY, 4]]})
    with pytest.raises(BadInput, match="Row 3 of sheet \"Data\" has it: say --sheet 'Data' --skip 2"):
        require(open_source(str(path)), "value")
    with pytest.raises(BadInput, match='This is sheet "Notes"; others \\(--sheet\\) are "Data"'):
        require(open_source(str(path)), "nothing like it")
    assert table(path, sheet="Data", skip=2).num_rows == 1
    assert "has no row below row 8" in refused(path, sheet="Data", skip=8)


def test_names_of_series_keep_their_kind(tmp_path: Path) -> None:
    cells = [["n", "mixed", "day"], [3, "3A", JANUARY], [10.0, 3, FEBRUARY]]
    path = workbook(tmp_path, {"Sheet": cells})
    found = table(path, dict.fromkeys(cells[0], Role.LABEL))
    assert found.to_pydict() == {"n": [3, 10], "mixed": ["3A", "3"], "day": [JANUARY.date(), FEBRUARY.date()]}


def test_yes_and_no_come_as_cells_or_words(tmp_path: Path) -> None:
    path = workbook(tmp_path, {"Sheet": [["a", "b", "c"], [True, "yes", 1], [False, None, 0]]})
    found = table(path, dict.fromkeys("abc", Role.FLAG))
    assert all(found.column(name).to_pylist() == [True, False] for name in "abc")


def test_what_is_no_workbook_is_said(tmp_path: Path) -> None:
    assert "is not a workbook, or a damaged one" in refused(text(tmp_path, "date", "ae.xlsx"))
    assert 'sheet "Empty" is empty' in refused(workbook(tmp_path, {"Empty": []}))


def test_a_column_of_a_workbook_is_asked_for_once(tmp_path: Path) -> None:
    path = workbook(tmp_path, {"Sheet": [["date", "value", "value"], [JANUARY, 1, 2]]})
    with pytest.raises(BadInput, match="2 columns named"):
        require(open_source(str(path), Reading()), "value")


def changed(path: Path, old: bytes, new: bytes) -> Path:
    """The workbook with its sheets' markup changed, as other programs write it."""
    with zipfile.ZipFile(path) as book:
        parts = {part.filename: book.read(part) for part in book.infolist()}
    with zipfile.ZipFile(path, "w") as book:
        for name, content in parts.items():
            book.writestr(name, re.sub(old, new, content) if "worksheets/" in name else content)
    return path


@pytest.mark.parametrize("size", [b'<dimension ref="A1"/>', b'<dimension ref="A1:B2"/>', b""])
def test_the_size_that_a_sheet_says_it_has_is_not_believed(tmp_path: Path, size: bytes) -> None:
    path = changed(one(tmp_path, [JANUARY, 1], [FEBRUARY, 2]), rb"<dimension [^>]*>", size)
    assert table(path).column("value").to_pylist() == [1, 2]


def test_a_formula_whose_result_is_an_empty_text_is_a_missing_value(tmp_path: Path) -> None:
    """As =IF(A2="","",A2) is stored by a spreadsheet that has worked it out."""
    path = one(tmp_path, [JANUARY, '=""'], [FEBRUARY, 2])
    changed(path, rb'<c r="B2"[^>]*><f>.*?</c>', b'<c r="B2" t="str"><f>""</f><v></v></c>')
    assert table(path).column("value").to_pylist() == [None, 2]


def test_the_result_of_a_formula_counts_as_it_is_stored(tmp_path: Path) -> None:
    path = one(tmp_path, [JANUARY, "=1+1"], [FEBRUARY, 2])
    changed(path, rb'<c r="B2"[^>]*><f>.*?</c>', b'<c r="B2"><f>1+1</f><v>2</v></c>')
    assert table(path).column("value").to_pylist() == [2, 2]


def test_a_sheet_that_is_a_chart_is_no_sheet_of_rows(tmp_path: Path) -> None:
    path = one(tmp_path, [JANUARY, 1], [FEBRUARY, 2])
    book = openpyxl.load_workbook(path)
    drawn = LineChart()
    drawn.add_data(Reference(book["Sheet"], min_col=2, min_row=1, max_row=3))
    book.create_chartsheet("Chart", 0).add_chart(drawn)
    book.save(path)
    assert table(path).num_rows == table(path, sheet="1").num_rows == 2
    assert 'has no sheet "Chart"' in refused(path, sheet="Chart")
    with pytest.raises(BadInput, match=r'Its columns are "date", "value"\.$'):
        require(open_source(str(path)), "ward")


def test_a_row_that_looks_like_the_header_is_pointed_to(tmp_path: Path) -> None:
    title = [["Title:", "A&E attendances"], [], ["Period", "Code", "Name", "Type 1"], [JANUARY, "RGT", "Cambridge", 4]]
    source = open_source(str(workbook(tmp_path, {"Data": title})))
    with pytest.raises(BadInput, match=r"Row 3 looks like the header \(Period, Code, Name …\): say --skip 2\."):
        require(source, "date")


def test_names_in_a_header_are_read_without_line_breaks_and_numbers_and_dates_as_text(tmp_path: Path) -> None:
    path = workbook(tmp_path, {"Sheet": [["A&E\nattendances ", 2024, JANUARY], [1, 2, 3]]})
    assert open_source(str(path)).columns == ["A&E attendances", "2024", "2024-01-01"]
    assert require(open_source(str(path)), "A&E\nattendances") == "A&E attendances"


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (["#N/A", JANUARY], 'row 2, column "date": found "#N/A", a spreadsheet\'s error'),
        ([JANUARY, 45323], 'row 3, column "date": found the number 45323 where the date 2024-01-01 came before'),
        ([dt.time(10, 30), dt.time(11, 30)], 'row 2, column "date": found "10:30:00", expected a date'),
        ([JANUARY, dt.time(11, 30)], "found the time 11:30:00 where the date"),
        ([True, False], "expected dates"),
        ([45292.5, 45323], 'row 2, column "date": found the number 45292.5, expected a date'),
        ([JANUARY, None], "the date is missing"),
    ],
)
def test_what_is_no_date_in_a_workbook_is_said(tmp_path: Path, cells: list[object], said: str) -> None:
    source = open_source(str(one(tmp_path, *([cell, 1] for cell in cells))))
    with pytest.raises(BadInput) as problem, named(source):
        spc(source.read({"date": Role.DATE, "value": Role.NUMBER}).table)
    assert said in str(problem.value)


def test_days_and_moments_in_one_column_are_moments(tmp_path: Path) -> None:
    moment = dt.datetime(2024, 2, 1, 9, 30)
    assert table(one(tmp_path, [JANUARY.date(), 1], [moment, 2])).column("date").to_pylist() == [JANUARY, moment]


def test_whole_numbers_for_dates_are_told_and_may_be_read_by_a_pattern(tmp_path: Path) -> None:
    [said] = rows(one(tmp_path, [45292, 1], [45323, 2])).said
    assert "serial numbers of days" in said
    path = one(tmp_path, [20240101, 1], [20240201, 2])
    assert "say --dates %Y%m%d" in rows(path).said[0]
    assert table(path, dates="%Y%m%d").column("date").to_pylist() == [JANUARY.date(), FEBRUARY.date()]
