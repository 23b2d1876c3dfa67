import datetime as dt

import numpy as np
import pandas as pd
import polars as pl
import pytest

import plotthedots as ptd
from plotthedots import BadInput

EVENTS = {
    "ward": ["A", "A", "B", "A", "B"],
    "date": ["2024-01-01", "2024-01-11", "2024-02-01", "2024-03-01", "2024-02-04"],
}


def test_each_event_closes_a_run_since_the_one_before() -> None:
    made = ptd.between(EVENTS, by="ward")
    assert made["ward"].tolist() == ["A", "A", "B"]
    assert made["value"].tolist() == [10.0, 50.0, 3.0]
    assert made["date"].tolist() == [dt.date(2024, 1, 11), dt.date(2024, 3, 1), dt.date(2024, 2, 4)]


def test_until_adds_the_run_that_is_still_open() -> None:
    made = ptd.between(EVENTS, by="ward", until="2024-03-11")
    assert made["open"].tolist() == [False, False, True, False, True]
    assert made["value"].tolist() == [10.0, 50.0, 10.0, 3.0, 36.0]


def test_a_chart_of_such_a_frame_tells_of_the_open_run_and_does_not_judge_it() -> None:
    events = [dt.date(2024, 1, 1) + dt.timedelta(days=10 * i + i % 3) for i in range(12)]
    made = ptd.spc(ptd.between({"date": events}, until="2025-12-01"), chart="t", direction="increase")
    assert made.summary["n"].tolist() == [11]
    assert "open run" in made.sentence()
    assert "already passes the upper limit" in made.sentence()
    assert made.points["outside"][-1] == 1


def test_an_open_run_of_no_time_at_all_is_left_without_a_value() -> None:
    made = ptd.spc(ptd.between({"date": ["2024-01-01", "2024-01-05"]}, until="2024-01-05"), chart="t")
    assert np.isnan(made.points["value"][-1])


def test_units_and_whole_number_dates() -> None:
    stamps = pd.DataFrame({"date": pd.to_datetime(["2024-01-01 00:00", "2024-01-01 12:00"])})
    assert ptd.between(stamps, unit="hours")["value"].tolist() == [12.0]
    assert ptd.between({"date": [3, 10]})["value"].tolist() == [7.0]
    assert ptd.between({"date": ["2024-01-01", "2024-01-15"]}, unit="weeks")["value"].tolist() == [2.0]


def test_opportunities_are_counted_for_a_g_chart() -> None:
    frame = pl.DataFrame({"date": [dt.date(2024, 1, 1), dt.date(2024, 1, 5)], "operations": [7, 40]})
    made = ptd.between(frame, opportunities="operations")
    assert isinstance(made, pl.DataFrame)
    assert made["value"].to_list() == [40.0]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"unit": "years"}, "unit"),
        ({"until": "2024-01-15"}, "events after it"),
        ({"opportunities": "n"}, 'no column "n"'),
    ],
)
def test_what_cannot_be_is_refused(options: dict[str, str], said: str) -> None:
    with pytest.raises(BadInput, match=said):
        ptd.between(EVENTS, by="ward", **options)  # type: ignore[arg-type]
