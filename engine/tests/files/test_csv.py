"""CSV files as they come: marks, encodings, delimiters, quotes, blank lines, and their errors by row."""

import datetime as dt
from pathlib import Path

import pyarrow as pa
import pytest

from plotthedots.errors import BadInput
from plotthedots.files import Role, open_source, require

from .reading import refused, rows, table, text

GOOD = "date,value\n2024-01-01,1.5\n2024-02-01,\n2024-03-01,3\n"
DAYS = [dt.date(2024, 1, 1), dt.date(2024, 2, 1), dt.date(2024, 3, 1)]


@pytest.mark.parametrize(
    "content",
    [
        GOOD.encode(),
        b"\xef\xbb\xbf" + GOOD.encode(),
        GOOD.encode("utf-16"),
        b"\xfe\xff" + GOOD.encode("utf-16-be"),
        GOOD.replace("\n", "\r\n").encode(),
        GOOD.replace(",", ";").encode(),
        GOOD.replace(",", "\t").encode(),
        GOOD.replace(",", "|").encode(),
        GOOD.rstrip("\n").encode(),
        GOOD.replace("\n2024-02", "\n\n\n2024-02").encode(),
        ("\n\n" + GOOD + "\n\n").encode(),
        (GOOD + ",\n,\n").encode(),
        GOOD.replace("date,value", '"date"," value "').replace("1.5", '"1.5"').encode(),
        GOOD.replace("2024-02-01", '"2024-02-01"').encode(),
    ],
)
def test_the_same_rows_are_read_however_they_are_written(tmp_path: Path, content: bytes) -> None:
    found = table(text(tmp_path, content))
    assert found.to_pydict() == {"date": DAYS, "value": [1.5, None, 3]}


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "utf-16-le"])
def test_another_encoding_is_read_where_it_is_named(tmp_path: Path, encoding: str) -> None:
    path = text(tmp_path, "date,value,ward\n2024-01-01,1,Café\n".encode(encoding))
    assert table(path, {"ward": Role.LABEL}, encoding=encoding).column("ward").to_pylist() == ["Café"]


def test_text_that_is_not_utf_8_names_its_line_and_the_way_out(tmp_path: Path) -> None:
    path = text(tmp_path, "date,value,ward\n2024-01-01,1,a\n2024-01-01,1,Nurse’s\n".encode("cp1252"))
    assert refused(path) == (
        "ae.csv, line 3: this is not UTF-8 (byte 0x92), but probably text of Windows: say --encoding cp1252, "
        'or save the file as "CSV UTF-8".'
    )


@pytest.mark.parametrize(
    ("content", "how", "said"),
    [
        (GOOD.encode("utf-16-le"), {}, "say --encoding utf-16-le"),
        (GOOD.encode("utf-16-be"), {}, "say --encoding utf-16-be"),
        (GOOD.encode(), {"encoding": "klingon"}, 'there is no encoding "klingon"'),
        (GOOD.encode(), {"encoding": "base64"}, 'there is no encoding "base64"'),
        (b"date,value\n\xff\xfe,1\n", {"encoding": "ascii"}, "line 2: this is not ascii (byte 0xFF)"),
        (b"PK\x03\x04" + b"x" * 40, {}, "let its name end with .xlsx"),
        (b"PAR1" + b"x" * 40, {}, "let its name end with .parquet"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 40, {}, "let its name end with .xls"),
        (b"date,value\n\x00,1\n", {}, "line 2: this is not text"),
        (b"", {}, "ae.csv is empty."),
        (b"\xef\xbb\xbf", {}, "ae.csv is empty."),
        (b"date,value", {}, "ae.csv holds a header and no rows."),
        (b"date,value\n\n\n", {}, "ae.csv holds a header and no rows."),
        (b"date,value\n,\n", {}, "ae.csv holds a header and no rows."),
        (b"date,value\n2024-01-01,1\n2024-02-01\n", {}, "row 3: found 1 column, expected 2 as in the header."),
        (b"date,value\n\n2024-01-01,1,200\n", {}, 'row 3: found 3 columns, expected 2 as in the header. A ","'),
        (b'date,value\n"2024-01-01",1\n2024-02-01,"2\n2024-03-01,3\n', {}, 'row 3: a quote (") is opened'),
        (b'date,value\n"2024-01-01,1\n2024-02-01,2\n', {}, 'row 2: a quote (") is opened'),
        (GOOD.encode(), {"delimiter": ";"}, "it looks as if , does: say --delimiter ','"),
        (GOOD.replace(",", "\t").encode(), {"delimiter": ","}, "it looks as if tab does"),
        (GOOD.encode(), {"delimiter": "::"}, "cannot separate columns"),
        (b"a^b^c\n1^2^3\n", {}, 'it looks as if "^" separates columns'),
        (GOOD.encode(), {"skip": 8}, "no row below row 8"),
        (b"date,value\n2024-01-01,1\n\n2024-02-01,abc\n", {}, 'ae.csv, row 4, column "value": found "abc"'),
        (b'date,value\n"2024-01-01",1\n"2024-02-01",\n"2024-0\n3-01",x\n', {}, 'ae.csv, row 4, column "value"'),
        (b"date,value\n2024-01-01,1\n,2\n", {}, 'ae.csv, row 3, column "date": the date is missing'),
        (b"date,value\n01/04/2024,1\n01/04/2024,1\n31/04/2024,1\n", {}, 'ae.csv, row 4, column "date"'),
        (b"title,\n\ndate,value\n2024-01-01,x\n", {"skip": 2}, 'ae.csv, row 4, column "value"'),
    ],
)
def test_a_wrong_file_is_refused_in_a_sentence(tmp_path: Path, content: bytes, how: dict[str, str], said: str) -> None:
    assert said in refused(text(tmp_path, content), **how)


def test_footnotes_below_the_rows_are_no_rows(tmp_path: Path) -> None:
    path = text(tmp_path, "note,date,value\n,2024-01-01,1\n,,\nSource: NHS England,,\n")
    assert table(path).num_rows == 1


@pytest.mark.parametrize("start", ['2024-01-01,"1\n', '"2024-01-01,1\n'])
def test_a_quote_left_open_at_the_start_of_a_long_file_is_found(tmp_path: Path, start: str) -> None:
    path = text(tmp_path, "date,value\n" + start + "2024-01-01,1\n" * 30_000)
    assert refused(path) == 'ae.csv, row 2: a quote (") is opened and never closed.'
    path = text(tmp_path, '"date,value\n' + "2024-01-01,1\n" * 30_000)
    assert refused(path) == 'ae.csv: a quote (") in the header is opened and never closed.'


def test_a_cell_of_many_characters_is_a_cell(tmp_path: Path) -> None:
    path = text(tmp_path, f'date,value,note\n2024-01-01,1,"{"x" * 300_000}"\n2024-02-01,2,\n')
    assert table(path).num_rows == 2


def test_a_mark_for_inches_is_no_open_quote(tmp_path: Path) -> None:
    path = text(tmp_path, 'date,value,pipe\n2024-01-01,1,5" wide\n2024-02-01,2,\n')
    assert table(path).num_rows == 2


def test_quotes_keep_delimiters_and_line_breaks_inside(tmp_path: Path) -> None:
    path = text(tmp_path, 'ward,date,value\n"A, ""upper""\nfloor",2024-01-01,1\nB,2024-01-01,2\n')
    assert table(path, {"ward": Role.LABEL}).column("ward").to_pylist() == ['A, "upper"\nfloor', "B"]


def test_two_columns_of_one_name_matter_only_where_the_name_is_asked_for(tmp_path: Path) -> None:
    path = text(tmp_path, "date,value,note,note\n2024-01-01,1,a,b\n")
    assert table(path).num_rows == 1
    with pytest.raises(BadInput, match='2 columns named "note": rename all but one'):
        require(open_source(str(path)), "note")


def test_a_column_that_is_not_there_brings_a_guess(tmp_path: Path) -> None:
    source = open_source(str(text(tmp_path, "Date,Valeu\n2024-01-01,1\n")))
    with pytest.raises(
        BadInput, match='no column "value": did you mean "Valeu" \\(--value Valeu\\)\\? Its columns are "Date", "Valeu"'
    ):
        require(source, "value", option="--value")
    with pytest.raises(BadInput, match="name the column with --by"):
        require(source, "hospital", option="--by")


def test_a_header_below_a_title_is_pointed_to(tmp_path: Path) -> None:
    path = text(tmp_path, "A&E attendances,\n\n" + GOOD)
    with pytest.raises(BadInput, match="Row 3 has it: say --skip 2"):
        require(open_source(str(path)), "value")
    assert table(path, skip=2).num_rows == 3


def test_what_was_converted_is_said_by_column(tmp_path: Path) -> None:
    path = text(tmp_path, 'date,value\n1,"1,200"\n2,7\n')
    found = rows(path)
    assert found.table.to_pydict() == {"date": [1, 2], "value": [1200, 7]}
    assert found.said == [
        'Column "date": whole numbers were taken as an order, not as dates: 1.',
        'Column "value": commas were read as separators of thousands: "1,200" is 1200.',
    ]


def test_days_written_as_one_number_are_an_order_until_their_pattern_is_named(tmp_path: Path) -> None:
    path = text(tmp_path, "date,value\n20240101,1\n20240201,2\n")
    found = rows(path)
    assert found.table.column("date").to_pylist() == [20240101, 20240201]
    assert "say --dates %Y%m%d" in found.said[0]
    assert table(path, dates="%Y%m%d").column("date").to_pylist() == DAYS[:2]


def test_words_for_missing_count_where_they_are_named(tmp_path: Path) -> None:
    path = text(tmp_path, "date,value\n2024-01-01,NA\n2024-02-01,*\n2024-03-01,3\n")
    assert "say so: --missing NA" in refused(path)
    assert table(path, missing=("NA", "*")).column("value").to_pylist() == [None, None, 3]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (["TRUE", "false", ""], [True, False, False]),
        (["Yes", "n", "No"], [True, False, False]),
        (["1", "0", " 1 "], [True, False, True]),
    ],
)
def test_yes_and_no_are_read_as_people_write_them(tmp_path: Path, written: list[str], read: list[bool]) -> None:
    path = text(tmp_path, "x,ghost\n" + "".join(f"1,{word}\n" for word in written))
    assert table(path, {"x": Role.NUMBER, "ghost": Role.FLAG}).column("ghost").to_pylist() == read


def test_what_is_neither_yes_nor_no_is_named_by_row(tmp_path: Path) -> None:
    path = text(tmp_path, "x,ghost\n1,yes\n1,perhaps\n")
    assert 'ae.csv, row 3, column "ghost": found "perhaps", expected yes or no' in refused(path, {"ghost": Role.FLAG})


def test_a_file_of_several_blocks_is_one_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("plotthedots.files.csv._BLOCK", 1000)
    days = [dt.date(2020, 1, 1) + dt.timedelta(days=n % 365) for n in range(3000)]
    lines = "".join(f"W{n % 7},{day},{n}.25\n" for n, day in enumerate(days))
    path = text(tmp_path, "ward,date,value\n" + lines)
    found = table(path, {"ward": Role.LABEL, "date": Role.DATE, "value": Role.NUMBER})
    assert found.column("value").to_pylist() == [n + 0.25 for n in range(3000)]
    assert found.column("date").to_pylist() == days
    assert found.column("ward").cast(pa.string()).to_pylist() == [f"W{n % 7}" for n in range(3000)]
    text(tmp_path, "ward,date,value\n" + lines + "W1,2020-01-01,x\n")
    assert 'row 3002, column "value"' in refused(path)
    text(tmp_path, "ward,date,value\n" + lines + "W1,2020-02-30,1\n")
    assert 'row 3002, column "date"' in refused(path)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("ae.cvs", 'there is no such file. Did you mean "{folder}/ae.csv"?'),
        ("hospital.parquet", "there is no such file."),
        ("nowhere/ae.csv", "there is no folder {folder}/nowhere."),
        ("", "is a folder; name the file in it."),
        ("old.xls", "is not a workbook, or a damaged one"),
        ("notes.docx", "expected .csv, .parquet or .xlsx"),
    ],
)
def test_a_name_that_leads_to_no_table_is_answered(tmp_path: Path, name: str, said: str) -> None:
    text(tmp_path, GOOD)
    text(tmp_path, "", "old.xls")
    text(tmp_path, "", "notes.docx")
    assert said.format(folder=tmp_path) in refused(tmp_path / name)


def test_the_format_may_be_named_where_the_ending_is_another(tmp_path: Path) -> None:
    assert table(text(tmp_path, GOOD, "export.dat"), format="csv").num_rows == 3
