"""Dates go on as they went: months as months, weeks as weeks, over ends of years and in leap years."""

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from plotthedots.forecast import forecast

from .series import months, seasonal

DAY = dt.date


def continued(dates: Any, horizon: int = 3) -> list[Any]:
    """Dates of a forecast of a series on these dates."""
    dates = list(dates)
    made = forecast({"date": dates, "value": seasonal(len(dates), 1)}, horizon=horizon)
    return list(np.asarray(made.points["date"]).tolist())


def days(first: str, step: int, count: int = 30) -> list[DAY]:
    return [DAY.fromisoformat(first) + dt.timedelta(days=step * i) for i in range(count)]


CASES: dict[str, tuple[list[Any], list[Any]]] = {
    "first days of months": (months(24, "2022-11").tolist(), [DAY(2024, 11, 1), DAY(2024, 12, 1), DAY(2025, 1, 1)]),
    "last days of months in a leap year": (
        [DAY(2023, 10, 31), DAY(2023, 11, 30), DAY(2023, 12, 31)],
        [DAY(2024, 1, 31), DAY(2024, 2, 29), DAY(2024, 3, 31)],
    ),
    "the thirtieth, clipped in February": (
        [DAY(2022, 11, 30), DAY(2022, 12, 30), DAY(2023, 1, 30)],
        [DAY(2023, 2, 28), DAY(2023, 3, 30), DAY(2023, 4, 30)],
    ),
    "months with one missing": (
        [DAY(2024, 1, 15), DAY(2024, 2, 15), DAY(2024, 4, 15)],
        [DAY(2024, 5, 15), DAY(2024, 6, 15), DAY(2024, 7, 15)],
    ),
    "quarters of financial years": (
        ["2023-24 Q2", "2023-24 Q3", "2023-24 Q4"],
        [DAY(2024, 4, 1), DAY(2024, 7, 1), DAY(2024, 10, 1)],
    ),
    "ends of quarters": (
        [DAY(2023, 6, 30), DAY(2023, 9, 30), DAY(2023, 12, 31)],
        [DAY(2024, 3, 31), DAY(2024, 6, 30), DAY(2024, 9, 30)],
    ),
    "financial years": (["2021/22", "2022/23", "2023/24"], [DAY(2024, 4, 1), DAY(2025, 4, 1), DAY(2026, 4, 1)]),
    "leap days every four years": (
        [DAY(2012, 2, 29), DAY(2016, 2, 29), DAY(2020, 2, 29)],
        [DAY(2024, 2, 29), DAY(2028, 2, 29), DAY(2032, 2, 29)],
    ),
    "weeks over a year's end": (days("2024-05-27", 7), [DAY(2024, 12, 23), DAY(2024, 12, 30), DAY(2025, 1, 6)]),
    "four weeks": (days("2023-01-02", 28, 14), [DAY(2024, 1, 29), DAY(2024, 2, 26), DAY(2024, 3, 25)]),
    "days over a leap day": (days("2024-01-29", 1), [DAY(2024, 2, 28), DAY(2024, 2, 29), DAY(2024, 3, 1)]),
    "working days over a weekend": (
        [day for day in days("2024-01-01", 1, 40) if day.weekday() < 5][:29],
        [DAY(2024, 2, 9), DAY(2024, 2, 12), DAY(2024, 2, 13)],
    ),
    "whole numbers": ([3, 5, 9, 11], [13, 15, 17]),
    "whole numbers in tens": (list(range(10, 300, 10)), [300, 310, 320]),
}


@pytest.mark.parametrize("name", CASES)
def test_dates_go_on_as_they_went(name: str) -> None:
    given, expected = CASES[name]
    assert continued(given) == expected


def test_third_fridays_are_months() -> None:
    fridays = pd.date_range("2021-01-01", periods=30, freq="WOM-3FRI")
    made = continued([day.date() for day in fridays])
    assert [(day.year, day.month) for day in made] == [(2023, 7), (2023, 8), (2023, 9)]


def test_times_of_day_go_on_by_their_step_and_dated_times_by_the_day() -> None:
    hours = pl.DataFrame({"date": [dt.datetime(2024, 2, 28, 20) + dt.timedelta(hours=8 * i) for i in range(24)]})
    made = forecast(hours.with_columns(value=pl.Series(seasonal(24, 1))), horizon=2).points
    assert made["date"].to_list() == [dt.datetime(2024, 3, 7, 20), dt.datetime(2024, 3, 8, 4)]
    daily = pl.DataFrame({"date": [dt.datetime(2024, 2, 1, 9, 30) + dt.timedelta(days=i) for i in range(28)]})
    made = forecast(daily.with_columns(value=pl.Series(seasonal(28, 1))), horizon=2).points
    assert made["date"].to_list() == [dt.datetime(2024, 2, 29, 9, 30), dt.datetime(2024, 3, 1, 9, 30)]


@pytest.mark.parametrize("kind", ["int32", "date32[day]", "timestamp[s]", "timestamp[us, tz=UTC]"])
def test_the_type_of_dates_is_kept(kind: str) -> None:
    types = {"int32": pa.int32(), "date32[day]": pa.date32(), "timestamp[s]": pa.timestamp("s")}
    wanted = types.get(kind, pa.timestamp("us", "UTC"))
    dates = pa.array(range(24), pa.int32()) if kind == "int32" else pa.array(months(24)).cast(pa.timestamp("us"))
    dates = dates.cast(pa.timestamp("us", "UTC")) if "UTC" in kind else dates.cast(wanted)
    made = forecast(pa.table({"date": dates, "value": seasonal(24, 1)})).points
    assert made.schema.field("date").type == wanted


def test_each_series_has_its_own_period() -> None:
    frame = {
        "by": ["a"] * 24 + ["b"] * 24,
        "date": [*months(24).tolist(), *days("2024-01-01", 7, 24)],
        "value": np.concatenate([seasonal(24, 1), seasonal(24, 2)]),
    }
    made = forecast(frame, by="by", horizon=2).points["date"].tolist()
    assert made == [DAY(2017, 1, 1), DAY(2017, 2, 1), DAY(2024, 6, 17), DAY(2024, 6, 24)]


def test_a_series_of_one_date_takes_the_period_of_the_others() -> None:
    frame = {"by": [*"aaab"], "date": [*months(3).tolist(), DAY(2015, 1, 1)], "value": [1.0, 2.0, 3.0, 4.0]}
    made = forecast(frame, by="by", horizon=1).points["date"].tolist()
    assert made == [DAY(2015, 4, 1), DAY(2015, 2, 1)]


def test_rows_after_the_last_value_do_not_move_the_forecast() -> None:
    values = np.concatenate([seasonal(36, 1), [np.nan, np.nan]])
    made = forecast({"date": months(38), "value": values}, horizon=2).points
    assert made["date"].tolist() == [DAY(2018, 1, 1), DAY(2018, 2, 1)]
