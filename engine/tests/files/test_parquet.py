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
