"""Columns that hold what is one patient's."""

from decimal import Decimal

import pytest

from holdgood.sheets import patients
from holdgood.sheets.table import Row, Table


def table(title: str, *cells: object) -> Table:
    rows = [Row(number, ("Ward 7", cell)) for number, cell in enumerate(cells, 2)]
    return Table("f.csv", (), "", ("Place", title), 1, rows)


@pytest.mark.parametrize("cell", ["943 476 5919", "943-476-5919", "9434765919", Decimal("9434765919")])
def test_an_nhs_number_is_known_however_it_is_written(cell: object) -> None:
    assert patients.is_nhs_number(cell)


@pytest.mark.parametrize("cell", ["943 476 5918", "0000000000", "943476591", "12", None, True, "94347659190"])
def test_what_fails_its_check_is_none(cell: object) -> None:
    assert not patients.is_nhs_number(cell)


def test_a_column_of_nhs_numbers_is_told_by_its_letter() -> None:
    (sentence,) = patients.columns(table("Value", "943 476 5919", "9434765919", None))
    assert sentence.startswith("Column B (“Value”) looks like NHS numbers.")


@pytest.mark.parametrize("title", ["NHS Number", "nhs_no", "Date of birth", "DOB", "Surname", "Hospital number"])
def test_titles_are_enough(title: str) -> None:
    assert patients.columns(table(title, "x"))


def test_large_counts_are_no_nhs_numbers() -> None:
    assert patients.columns(table("Value", "1200000000", "9434765919", "1300000000", "1400000000")) == []
