"""One table through every door: .csv, .xlsx, .xls, .xlsb and .ods give the same frame and the same sentences."""

import datetime as dt
import random
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from plotthedots.errors import BadInput
from plotthedots.files import Role, open_source, require

from . import books
from .reading import refused, rows, table, text

BOOKS = ["xlsx", "xls", "xlsb", "ods"]
HELD = BOOKS[1:]
HEADER = ["date", "value", "moment", "ghost", "series"]
ROLES = {"date": Role.DATE, "value": Role.NUMBER, "moment": Role.DATE, "ghost": Role.FLAG, "series": Role.LABEL}
JANUARY, FEBRUARY, MARCH = dt.date(2024, 1, 1), dt.date(2024, 2, 1), dt.date(2024, 3, 1)
MOMENT = dt.datetime(2024, 1, 1, 9, 30)
ROWS: list[list[Any]] = [
    HEADER,
    [JANUARY, 0.95, MOMENT, True, "Ward 7, “upper” & Ä"],
    [FEBRUARY, None, MOMENT + dt.timedelta(hours=3), False, "Ward 8"],
    [MARCH, -12345.5, MOMENT + dt.timedelta(hours=5), True, "Ward 8"],
]
REAL = Path(__file__).parent / "data" / "staff_nationality.xls"


def csv(folder: Path, cells: list[list[Any]]) -> Path:
    """The same table as text."""
    written = [
        ",".join("" if c is None else f'"{c}"' if isinstance(c, str) else f"{c}".replace(" ", "T") for c in row)
        for row in cells
    ]
    return text(folder, "\n".join(written))


def one(folder: Path, kind: str, *cells: list[Any]) -> Path:
    return books.made(folder, {"Sheet": [["date", "value"], *cells]}, kind)


@pytest.mark.parametrize("kind", BOOKS)
def test_the_same_table_gives_the_same_frame_through_every_door(tmp_path: Path, kind: str) -> None:
    expected = table(csv(tmp_path, ROWS), ROLES)
    found = table(books.made(tmp_path, {"Sheet": ROWS}, kind), ROLES)
    assert found.to_pydict() == {name: expected[name].to_pylist() for name in HEADER}
    assert found.schema.field("date").type == pa.date32()


@pytest.mark.parametrize("kind", BOOKS)
@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ([[JANUARY, 1], [FEBRUARY, "#DIV/0!"]], 'row 3, column "value": found "#DIV/0!", expected a number: a spread'),
        ([["#N/A", 1], [FEBRUARY, 2]], 'row 2, column "date": found "#N/A", a spreadsheet\'s error'),
        ([[JANUARY, "#REF!"]], 'row 2, column "value": found "#REF!"'),
        ([[JANUARY, 1], [FEBRUARY, True]], 'row 3, column "value": found "TRUE"'),
        ([[JANUARY, 1], ["Apr-24", 2]], 'row 3, column "date": found the text "Apr-24" where the date'),
        ([[JANUARY, 1], [], [FEBRUARY, "abc"]], 'row 4, column "value": found "abc", expected a number'),
        ([[JANUARY, "95%"], [FEBRUARY, 90]], "% sign, or none"),
        ([], "holds a header and no rows."),
    ],
)
def test_a_wrong_cell_is_named_alike(tmp_path: Path, kind: str, cells: list[list[Any]], said: str) -> None:
    assert said in refused(one(tmp_path, kind, *cells))


@pytest.mark.parametrize("kind", BOOKS)
def test_bare_serial_numbers_are_no_dates(tmp_path: Path, kind: str) -> None:
    found = rows(one(tmp_path, kind, [45292, 1], [45323, 2]))
    assert found.table["date"].to_pylist() == [45292, 45323]
    assert "serial numbers of days" in found.said[0]


@pytest.mark.parametrize("kind", BOOKS)
def test_days_and_moments_in_one_column_are_moments(tmp_path: Path, kind: str) -> None:
    midnight = dt.datetime(2024, 1, 1)
    assert table(one(tmp_path, kind, [JANUARY, 1], [MOMENT, 2]))["date"].to_pylist() == [midnight, MOMENT]


@pytest.mark.parametrize("kind", HELD)
def test_sheets_are_chosen_as_in_any_workbook(tmp_path: Path, kind: str) -> None:
    sheets = {f"20{year}": [["date", "value"], [JANUARY, year]] for year in (22, 23, 24)}
    path = books.made(tmp_path, sheets, kind, hidden=["2022"])
    assert [table(path, sheet=sheet)["value"][0].as_py() for sheet in ("", "2024", "1")] == [23, 24, 22]
    assert 'no sheet "2042": did you mean "2024"?' in refused(path, sheet="2042")


@pytest.mark.parametrize("kind", HELD)
def test_a_table_that_begins_lower_and_to_the_right_keeps_its_places(tmp_path: Path, kind: str) -> None:
    cells = [[], [None, None, "Title"], [], [None, "date", "value"], [None, JANUARY, 1], [None, FEBRUARY, "#NUM!"]]
    path = books.made(tmp_path, {"Empty": [], "Data": cells}, kind)
    assert 'row 6, column "value": found "#NUM!"' in refused(path, sheet="Data", skip=3)
    with pytest.raises(BadInput, match="Row 4 of sheet \"Data\" has it: say --sheet 'Data' --skip 3"):
        require(open_source(str(books.made(tmp_path, {"Notes": [["Title"]], "Data": cells}, kind))), "value")
    path = books.made(tmp_path, {"Empty": [], "Data": cells}, kind)
    assert 'sheet "Empty" is empty' in refused(path)


@pytest.mark.parametrize("kind", HELD)
def test_whatever_a_random_table_holds_it_is_the_same_through_every_door(tmp_path: Path, kind: str) -> None:
    chance = random.Random(kind)
    for _ in range(5):
        cells = [
            [dt.date(2000 + chance.randrange(60), 1 + chance.randrange(12), 1 + chance.randrange(28)), value]
            for value in (chance.choice([None, chance.gauss(0, 1e6), chance.randrange(10**12)]) for _ in range(40))
        ]
        expected = table(csv(tmp_path, [["date", "value"], *cells])).to_pydict()
        assert table(one(tmp_path, kind, *cells)).to_pydict() == expected


def test_a_formula_that_is_not_worked_out_is_refused_in_an_open_document(tmp_path: Path) -> None:
    row = "<table:table-row><table:table-cell {}/><table:table-cell {}/></table:table-row>"
    head = row.format('office:value-type="string" office:string-value="date"', "").replace(
        "/>", "><text:p>date</text:p></table:table-cell>", 1
    )
    head = head.replace(
        "<table:table-cell />", '<table:table-cell office:value-type="string"><text:p>value</text:p></table:table-cell>'
    )
    body = row.format('office:value-type="date" office:date-value="2024-01-01"', 'table:formula="of:=[.A1]"')
    path = books.ods_of(tmp_path / "ae.ods", f'<table:table table:name="S">{head}{body}</table:table>')
    assert 'row 2, column "value": found the formula "of:=[.A1]" without a result' in refused(path)


def test_rows_and_cells_that_stand_for_many_are_read_as_many(tmp_path: Path) -> None:
    def cell(kind: str, times: int = 1) -> str:
        return (
            f'<table:table-cell table:number-columns-repeated="{times}" {kind}><text:p>date</text:p></table:table-cell>'
        )

    words, day = 'office:value-type="string"', 'office:value-type="date" office:date-value="2024-01-01"'
    wrong = 'table:formula="of:=1/0" office:value-type="string" calcext:value-type="error"'
    far = '<table:table-cell table:number-columns-repeated="16382"/>'
    blank = cell("").replace("date</", "</")
    sheet = (
        f"<table:table-row>{cell(words, 2)}{far}</table:table-row>"
        f'<table:table-row table:number-rows-repeated="3">{cell(day)}{cell(wrong)}{far}</table:table-row>'
        f'<table:table-row table:number-rows-repeated="1048572">{blank}{far}</table:table-row>'
    )
    path = books.ods_of(tmp_path / "ae.ods", f'<table:table table:name="S">{sheet}</table:table>')
    source = open_source(str(path))
    assert source.columns == ["date", "date"]
    found = list(source._book.rows("S"))  # type: ignore[attr-defined]
    assert [row[1] for row in found[1:4]] == ["date"] * 3


def test_the_error_of_a_formula_is_refused_in_an_old_workbook(tmp_path: Path) -> None:
    import struct

    stream = books.xls_stream({"S": [["date", "value"], [JANUARY]]})
    formula = books.record(6, struct.pack("<HHHBBBBHHHIH", 1, 1, 0, 2, 0, 42, 0, 0, 0xFFFF, 0, 0, 0))
    path = text(tmp_path, books.compound({"Workbook": stream[:-4] + formula + books.record(10)}), "ae.xls")
    assert 'row 2, column "value": found "#N/A"' in refused(path)


def test_a_workbook_as_it_was_published_is_read_to_its_notes() -> None:
    name = "European Union1 / All staff"
    found = rows(REAL, {name: Role.NUMBER}, skip=3, header=2, rows=3)
    assert found.table[name].to_pylist() == [62005]
    with pytest.raises(
        BadInput, match=r"Row 5 looks like the header \(All staff, HCHS Doctors, Nurses .* say --skip 4"
    ):
        require(open_source(str(REAL)), "date")
