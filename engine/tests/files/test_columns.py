"""Columns of a CSV file by their roles: across blocks, and with advice on how dates are written."""

import datetime as dt
from pathlib import Path

import pyarrow as pa
import pytest

from plotthedots.files import Role, columns

from .reading import refused, rows, table, text

LINES = 250_000  # more than the 4 MB that are read at once


def long(folder: Path, row: str, last: str) -> Path:
    """A file of several blocks whose last row is another."""
    path = text(folder, f"date,value,note\n{row * LINES}{last}")
    assert path.stat().st_size > 4 << 20
    return path


def test_a_cell_in_a_later_block_is_told_by_its_row(tmp_path: Path) -> None:
    path = long(tmp_path, "2024-01-01,1.25,note\n", "2024-01-01,abc,\n")
    assert refused(path).startswith(f'ae.csv, row {LINES + 2}, column "value": found "abc"')
    path = long(tmp_path, "2024-01-01,1.25,note\n", "01/02/2024,1,\n")
    assert refused(path).startswith(f'ae.csv, row {LINES + 2}, column "date": found "01/02/2024"')


def test_per_cent_signs_and_commas_in_a_later_block_alone_are_refused(tmp_path: Path) -> None:
    path = long(tmp_path, "2024-01-01,1.25,note\n", "2024-01-01,95%,\n")
    assert f'row {LINES + 2}, column "value": found "95%" where "1.25" came before' in refused(path)
    path = long(tmp_path, "2024-01-01,1250,note\n", '2024-01-01,"1,250",\n')
    assert f'row {LINES + 2}, column "value": found "1,250" where "1250" came before' in refused(path)


def test_per_cent_signs_in_every_block_are_read_and_empty_cells_have_none(tmp_path: Path) -> None:
    path = long(tmp_path, "2024-01-01,,note ... ...\n", "2024-01-01,95%,\n")
    found = rows(path)
    assert found.table.column("value")[-1].as_py() == 0.95
    assert found.table.column("value").null_count == LINES
    assert len(found.said) == 1


@pytest.mark.parametrize(
    ("written", "way", "day"),
    [
        ("2024/04/13", "%Y/%m/%d", dt.date(2024, 4, 13)),
        ("04/13/2024", "month-first", dt.date(2024, 4, 13)),
        ("13Apr2024", "%d%b%Y", dt.date(2024, 4, 13)),
        ("Sat 13 Apr 2024", "'%a %d %b %Y'", dt.date(2024, 4, 13)),
        ('"April 13, 2024"', "'%B %d, %Y'", dt.date(2024, 4, 13)),
    ],
)
def test_dates_of_another_shape_are_refused_with_how_to_say_it(
    tmp_path: Path, written: str, way: str, day: dt.date
) -> None:
    path = text(tmp_path, f"date,value\n{written},1\n")
    assert refused(path).endswith(f"say --dates {way}")
    assert table(path, dates=way.strip("'")).column("date").to_pylist() == [day]


@pytest.mark.parametrize("written", ["yesterday", "29/02/2025", "24-04-01", "2024-04-01T10:00+01:00"])
def test_where_nobody_can_tell_how_dates_are_written_there_is_no_such_advice(tmp_path: Path, written: str) -> None:
    assert "say --dates" not in refused(text(tmp_path, f"date,value\n{written},1\n"))


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        (["1", "2"], "not as dates: 1."),
        (["20240101", "20240201"], "(if they are dates, say --dates %Y%m%d)."),
        (["45292", "45323"], "(if they are serial numbers of days, give the cells the format of a date"),
    ],
)
def test_whole_numbers_are_an_order_and_what_they_may_be_is_said(tmp_path: Path, written: list[str], hint: str) -> None:
    found = rows(text(tmp_path, "date,value\n" + "".join(f"{number},1\n" for number in written)))
    assert found.table.column("date").to_pylist() == [int(number) for number in written]
    assert hint in found.said[0]


@pytest.mark.parametrize(
    ("values", "kept"),
    [([1, None, 3], 3), ([1, None, None], 1), ([None, None], 0), ([], 0)],
)
def test_blank_rows_at_the_end_alone_are_left_out(values: list[int | None], kept: int) -> None:
    made = pa.table({"a": pa.array(values, pa.int64()), "b": pa.nulls(len(values), pa.string())})
    assert columns.without_blank_end(made).num_rows == kept


def test_a_row_is_blank_only_where_every_column_asked_for_is(tmp_path: Path) -> None:
    path = text(tmp_path, "date,value,ward\n2024-01-01,1,A\n2024-02-01,,\n,,B\n")
    assert table(path).num_rows == 2
    roles = {"ward": Role.LABEL, "value": Role.NUMBER}
    assert table(path, roles).column("ward").to_pylist() == ["A", None, "B"]


def test_a_long_text_is_cut_in_the_sentence(tmp_path: Path) -> None:
    said = refused(text(tmp_path, f"date,value\n2024-01-01,{'x' * 5000}\n"))
    assert f'found "{"x" * 80}…", expected a number' in said


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("date,value\n2024-01-01,1,\n", 'The row ends with a "," too many: take it away'),
        ("date\tvalue\n2024-01-01\t1\t\n", "The row ends with a tab too many"),
        ("date,value,\n2024-01-01,1\n", 'The header ends with a "," too many: take it away.'),
        ("date,value\n2024-01-01,1,234\n", 'A "," inside a value needs quotes around the value.'),
        ("date,value\n2024-01-01\n", "found 1 column, expected 2 as in the header."),
    ],
)
def test_a_row_longer_or_shorter_than_the_header_is_refused_with_what_to_do(
    tmp_path: Path, content: str, said: str
) -> None:
    assert said in refused(text(tmp_path, content))


def test_delimiters_at_the_end_of_every_row_are_a_column_without_a_name(tmp_path: Path) -> None:
    assert table(text(tmp_path, "date,value,\n2024-01-01,1,\n")).num_rows == 1


def test_a_row_of_megabytes_is_told(tmp_path: Path) -> None:
    path = text(tmp_path, f'date,value,note\n2024-01-01,1,"{"x" * (9 << 20)}"\n')
    assert "has a row of over 4 MB" in refused(path)
