"""The workbook: a summary and a sheet a measure, numbers as numbers, texts as texts, nothing hidden."""

import datetime as dt
import io
import re
import zipfile
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import plotthedots as ptd
from plotthedots import report
from plotthedots.report.pack import Measure, Pack
from plotthedots.report.xlsx import FIRST_ROW, sheet_names

from .measures import MONTHS, SHAPES, result, workbook


@pytest.fixture(scope="module")
def made() -> Any:
    return result(rebase={"0003 failing": "2025-10-01"})


@pytest.fixture(scope="module")
def data(made: Any) -> bytes:
    return report.xlsx(made, title="Performance", made_on=dt.date(2026, 4, 21), source="the trust")


@pytest.fixture(scope="module")
def book(data: bytes) -> Any:
    return workbook(data)


def parts(data: bytes, pattern: str) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [archive.read(name).decode() for name in sorted(archive.namelist()) if re.search(pattern, name)]


def test_the_summary_has_a_row_a_measure_with_a_link_to_its_sheet(book: Any, made: Any) -> None:
    rows = list(book["Summary"].iter_rows(min_row=7))
    assert [row[0].value for row in rows] == made.series
    for row, name in zip(rows, made.series, strict=True):
        place = made.series.index(name)
        assert row[2].value == pytest.approx(made.plotted(place)["value"][-1])
        assert row[12].value == made.sentence(name)
        assert row[0].hyperlink.location == f"'{book.sheetnames[place + 1]}'!A1"
    failing = rows[SHAPES.index("failing and worse")]
    assert failing[4].value == "Concerning: lower than chance explains"
    assert failing[5].value.startswith("Will fail: the target of 90")
    assert failing[6].value == 90


def test_a_sheet_has_a_row_a_point_with_its_limits_and_its_signals(book: Any, made: Any) -> None:
    place = SHAPES.index("worse")
    sheet = book.worksheets[place + 1]
    rows = list(sheet.iter_rows(min_row=FIRST_ROW + 1, values_only=True))
    drawn = made.plotted(place)
    assert [row[0].date() for row in rows] == MONTHS
    for column, name in enumerate(("value", "centre", "lower", "upper", "target"), 1):
        assert [row[column] for row in rows] == pytest.approx(drawn[name].tolist())
    assert rows[-1][9].startswith("below the lower limit")
    assert sheet.cell(FIRST_ROW + 1, 1).number_format == "mmm yyyy"


def test_the_chart_is_native_told_and_coloured(data: bytes, made: Any) -> None:
    drawings = parts(data, r"xl/drawings/drawing\d")
    assert len(drawings) == len(SHAPES)
    assert all(re.search(f'descr="Control chart. {re.escape(name)}: ', "".join(drawings)) for name in made.series)
    charts = parts(data, r"xl/charts/chart\d")
    colours = {shape: any(colour in chart for chart in charts) for shape, colour in
               (("better", "0081C6"), ("worse", "D95F02"), ("neither", "6A3D7C"))}  # fmt: skip
    assert all(colours.values())
    assert all('<c:dispBlanksAs val="gap"/>' in chart or "dispBlanksAs" not in chart for chart in charts)


def test_lines_break_off_where_a_phase_begins(book: Any) -> None:
    rows = list(book.worksheets[SHAPES.index("failing") + 1].iter_rows(min_row=FIRST_ROW + 1, values_only=True))
    assert [row[6] for row in rows] == [1] * 30 + [2] * 6
    assert [row[10] is None for row in rows] == [False] * 30 + [True] * 6
    assert [row[11] is None for row in rows] == [True] * 30 + [False] * 6


def test_nothing_is_hidden_and_nothing_is_a_formula(book: Any, data: bytes) -> None:
    for sheet in book:
        assert sheet.sheet_state == "visible"
        assert not any(size.hidden for size in [*sheet.row_dimensions.values(), *sheet.column_dimensions.values()])
        assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    names = re.findall(r"<definedName ([^>]*)>", "".join(parts(data, "xl/workbook.xml")))
    assert all("Print" in name or "_FilterDatabase" in name for name in names)


@pytest.mark.parametrize(
    "name", ["=1+1", "+cmd|' /C calc'!A0", "@SUM(A1)", "-1", "http://example.org", "{=1}", "a\x00b", "12"]
)
def test_text_stays_text(name: str) -> None:
    rows = {"measure": [name] * 15, "date": list(range(15)), "value": [float(value % 4) for value in range(15)]}
    plain = name.replace("\x00", "")
    pack = Pack(title=name, measures=(Measure(plain, plain, plain),))
    data = report.xlsx(ptd.spc(rows, by="measure"), pack=pack)
    book = workbook(data)
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    row = book["Summary"][7]
    assert (row[0].value, row[13].value) == (plain, plain)
    assert "<f>" not in "".join(parts(data, "worksheets/sheet"))
    assert "External" not in "".join(parts(data, "_rels"))


@given(st.lists(st.text(max_size=40), max_size=30))
def test_names_of_sheets_are_safe_and_unique(names: list[str]) -> None:
    made = sheet_names(names)
    assert len({name.casefold() for name in [*made, "Summary", "History"]}) == len(names) + 2
    for name in made:
        assert 0 < len(name.encode("utf-16-le", "surrogatepass")) <= 62
        assert not re.search(r"[\[\]:*?/\\]", name)
        assert not name.startswith("'")
        assert not name.endswith("'")


def test_a_hundred_measures_of_one_name_but_for_the_end_have_their_sheets() -> None:
    made = sheet_names(["Waits over four hours in the emergency department"] * 100)
    assert len(set(made)) == 100
    assert max(map(len, made)) == 31


def test_missing_values_and_missing_targets_are_empty_cells() -> None:
    rows = {"date": [*MONTHS[:20]], "value": [float("nan") if month == 3 else float(month % 5) for month in range(20)]}
    sheet = workbook(report.xlsx(ptd.spc(rows))).worksheets[1]
    row = [cell.value for cell in sheet[FIRST_ROW + 4]]
    assert row[1] is None
    assert row[5] is None


@pytest.mark.parametrize(
    ("dates", "first", "written"),
    [
        (list(range(20)), "0", "General"),
        ([dt.date(2026, 3, day) for day in range(1, 21)], dt.datetime(2026, 3, 1), "d mmm yyyy"),
        ([dt.datetime(2026, 3, 1, hour) for hour in range(20)], dt.datetime(2026, 3, 1), "d mmm yyyy hh:mm"),
        ([dt.date(1850 + year, 1, 1) for year in range(20)], "Jan 1850", "General"),
    ],
)
def test_dates_of_every_kind_are_written(dates: list[Any], first: Any, written: str) -> None:
    rows = {"date": dates, "value": [float(value % 4) for value in range(20)]}
    cell = workbook(report.xlsx(ptd.spc(rows))).worksheets[1].cell(FIRST_ROW + 1, 1)
    assert (cell.value, cell.number_format) == (first, written)


def test_the_same_report_gives_the_same_bytes(made: Any, data: bytes) -> None:
    assert report.xlsx(made, title="Performance", made_on=dt.date(2026, 4, 21), source="the trust") == data


def test_numerators_and_denominators_have_their_columns() -> None:
    rows = {"date": MONTHS, "value": [float(40 + month % 7) for month in range(36)], "n": [100.0] * 36}
    sheet = workbook(report.xlsx(ptd.spc(rows, denominator="n", chart="p"))).worksheets[1]
    assert [cell.value for cell in sheet[FIRST_ROW + 1]][7:9] == [40, 100]
    assert sheet.cell(FIRST_ROW + 1, 2).number_format == "0.0%"
