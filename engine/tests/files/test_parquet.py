"""Parquet files: values in their own types, text judged as in any file."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from plotthedots.files import Role

from .reading import refused, rows, table, text

DAYS = [dt.date(2024, 1, 1), dt.date(2024, 2, 1)]


def written(folder: Path, **columns: object) -> Path:
    parquet.write_table(pa.table(columns), folder / "ae.parquet")
    return folder / "ae.parquet"


@pytest.mark.parametrize(
    "values",
    [
        [1, 2],
        [1.0, 2.0],
        [Decimal("1.00"), Decimal("2.00")],
        ["1", "2"],
        pa.array(["1", "2"]).dictionary_encode(),
    ],
)
def test_numbers_of_every_type_are_numbers(tmp_path: Path, values: object) -> None:
    assert table(written(tmp_path, date=DAYS, value=values)).column("value").to_pylist() == [1.0, 2.0]


def test_text_is_judged_as_in_any_file(tmp_path: Path) -> None:
    found = rows(written(tmp_path, date=["Jan-24", "Feb-24"], value=["95%", "5%"]))
    assert found.table.to_pydict() == {"date": DAYS, "value": [0.95, 0.05]}
    assert "percentages" in found.said[0]
    assert 'row 2, column "value": found "x"' in refused(written(tmp_path, date=DAYS, value=["1", "x"]))
    assert 'row 2, column "date"' in refused(written(tmp_path, date=["2024-01-01", None], value=[1, 2]))


def test_truth_values_and_dates_are_no_numbers(tmp_path: Path) -> None:
    assert "found true and false, expected numbers" in refused(written(tmp_path, date=DAYS, value=[True, False]))
    assert "found dates or times, expected numbers" in refused(written(tmp_path, date=DAYS, value=DAYS))
    assert "expected yes or no" in refused(written(tmp_path, ghost=DAYS), {"ghost": Role.FLAG})


def test_only_the_columns_asked_for_are_read(tmp_path: Path) -> None:
    path = written(tmp_path, other=[b"\xff", b"\xfe"], value=[1, 2], date=DAYS)
    assert table(path).column_names == ["date", "value"]


def test_what_is_no_parquet_or_has_no_rows_is_said(tmp_path: Path) -> None:
    assert "is not a Parquet file" in refused(text(tmp_path, "date,value\n", "ae.parquet"))
    empty = written(tmp_path, date=pa.array([], pa.date32()), value=pa.array([], pa.float64()))
    assert refused(empty) == "ae.parquet holds a header and no rows."


def test_a_dictionary_counts_by_the_values_in_use(tmp_path: Path) -> None:
    """Words that no row uses are often left behind in a file, and the order of words is not that of the rows."""
    months = pa.DictionaryArray.from_arrays([2, 0, 2], ["01/02/2024", "not in use", "01/01/2024"])
    path = written(tmp_path, date=months, value=[1, 2, 3])
    assert table(path).column("date").to_pylist() == [DAYS[0], DAYS[1], DAYS[0]]
    wrong = pa.DictionaryArray.from_arrays([2, 1, 0], ["2024-01-01", "01/02/2024", "2024-02-01"])
    assert 'row 2, column "date": found "01/02/2024"' in refused(written(tmp_path, date=wrong, value=[1, 2, 3]))


def test_dates_stay_what_they_are(tmp_path: Path) -> None:
    for kind in (pa.date32(), pa.timestamp("ns"), pa.timestamp("us", "UTC"), pa.timestamp("us", "Europe/London")):
        column = pa.array(DAYS).cast(pa.timestamp("us")).cast(kind)
        assert table(written(tmp_path, date=column, value=[1, 2])).column("date").type == kind


def test_numbers_that_order_may_be_stored_with_a_point(tmp_path: Path) -> None:
    found = rows(written(tmp_path, date=[1.0, 2.0], value=[1, 2]))
    assert found.table.column("date").to_pylist() == [1, 2]
    assert found.said == ['Column "date": whole numbers were taken as an order, not as dates: 1.']
    assert 'row 2, column "date": found the number 1.5' in refused(written(tmp_path, date=[1.0, 1.5], value=[1, 2]))


def test_missing_values_and_marks_are_read_from_every_type(tmp_path: Path) -> None:
    path = written(tmp_path, date=DAYS, value=pa.nulls(2), ghost=pa.nulls(2), mark=[1.0, None])
    found = table(path, {"value": Role.NUMBER, "ghost": Role.FLAG, "mark": Role.FLAG})
    assert found.to_pydict() == {"value": [None, None], "ghost": [False, False], "mark": [True, False]}


def test_text_that_is_no_text_is_a_damaged_file(tmp_path: Path) -> None:
    broken = pa.StringArray.from_buffers(1, pa.py_buffer(b"\0\0\0\0\2\0\0\0"), pa.py_buffer(b"\xff\xfe"))
    assert "or a damaged one" in refused(written(tmp_path, date=broken, value=[1]))


@pytest.mark.parametrize("cut", [0.3, 0.9])
def test_half_a_file_is_a_damaged_one(tmp_path: Path, cut: float) -> None:
    path = written(tmp_path, date=DAYS, value=[1, 2])
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * cut)])
    assert "is not a Parquet file, or a damaged one" in refused(path)
