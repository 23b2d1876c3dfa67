"""Periods in every spelling of the published tables."""

import datetime as dt
from decimal import Decimal

import pytest

from holdgood.measures.mapping import when
from holdgood.measures.written import Unread


@pytest.mark.parametrize(
    ("cell", "granularity", "first"),
    [
        ("Apr-24", "month", "2024-04-01"),
        ("April 2021", "month", "2021-04-01"),
        ("2024-04", "month", "2024-04-01"),
        ("MSitAE-APRIL-2024", "month", "2024-04-01"),
        ("RTT-April-2026", "month", "2026-04-01"),
        ("01/04/2024", "month", "2024-04-01"),
        ("30/04/2024", "month", "2024-04-01"),
        ("2016-04-30", "month", "2016-04-01"),
        ("45383", "month", "2024-04-01"),
        ("45383.0", "day", "2024-04-01"),
        (Decimal(45383), "month", "2024-04-01"),
        ("202404", "month", "2024-04-01"),
        (dt.date(2019, 1, 4), "week", "2018-12-31"),
        (dt.datetime(2024, 4, 1), "month", "2024-04-01"),
        ("Week ended 4 January 2019", "week", "2018-12-31"),
        ("2023/24 Q1", "quarter", "2023-04-01"),
        ("2018-19 Q4", "quarter", "2019-01-01"),
        ("202122Q4", "quarter", "2022-01-01"),
        ("202122Q4.xlsx", "quarter", "2022-01-01"),
        ("Quarter 4 2021/22", "quarter", "2022-01-01"),
        ("Apr-24", "quarter", "2024-04-01"),
        ("2023/24", "year", "2023-04-01"),
        ("FY 2011-12", "year", "2011-04-01"),
        ("2011-12", "month", "2011-12-01"),
        ("Period: February 2025", "month", "2025-02-01"),
        ("as at 30 September 2016, headcount", "month", "2016-09-01"),
        ("shmi-2013-april.csv", "month", "2013-04-01"),
        ("nhs_sickness_absence_2024-04.csv", "month", "2024-04-01"),
        ("Monthly-AE-April-2019-revised-220720-632O5.xls", "month", "2019-04-01"),
        ("20260430-RTT-April-2026-full-extract.csv", "month", "2026-04-01"),
        ("April-2020-AE-by-provider-revised-260421-M70yN.xls", "month", "2020-04-01"),
    ],
)
def test_a_period_is_read_however_it_is_written(cell: object, granularity: str, first: str) -> None:
    assert when.read(cell, granularity) == dt.date.fromisoformat(first)


@pytest.mark.parametrize(
    ("cell", "granularity", "said"),
    [
        ("2023/24 Q1", "month", "is a quarter, and the measure is counted by month"),
        ("2018-19", "month", "is a year, and the measure is counted by month"),
        ("April 2024", "week", "is a month, and the measure is counted by week"),
        ("Total", "month", "is not a month"),
        (None, "month", "There is no month"),
        (Decimal(12), "month", "is a number, not a month"),
        ("31/02/2024", "month", "There is no date"),
        ("Q1", "quarter", "is not a quarter"),
    ],
)
def test_what_says_no_period_of_that_length_is_a_sentence(cell: object, granularity: str, said: str) -> None:
    with pytest.raises(Unread, match=said):
        when.read(cell, granularity)


@pytest.mark.parametrize("cell", ["Apr-24", "2023/24 Q1", dt.date(2024, 1, 1), "30/04/2024", "w/e 5 January 2020"])
def test_heads_that_are_periods(cell: object) -> None:
    assert when.is_period(cell)


@pytest.mark.parametrize(
    "cell", ["WITHIN 28 DAYS", "Type 1", None, Decimal(2024), "May", "Total", True, "4-12 hs", "RGT"]
)
def test_heads_that_are_none(cell: object) -> None:
    assert not when.is_period(cell)
