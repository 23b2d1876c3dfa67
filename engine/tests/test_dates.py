"""Dates as people write them: one shape a column, or a sentence that says what to do."""

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plotthedots import dates
from plotthedots.errors import BadInput

DAYS = st.dates(dt.date(1000, 1, 1), dt.date(9999, 12, 31))
RECENT = st.dates(dt.date(1970, 1, 1), dt.date(2069, 12, 31))
MOMENTS = st.datetimes(dt.datetime(1000, 1, 1), dt.datetime(9999, 12, 31))


def read(*texts: str, written: str = "") -> list[str]:
    return [str(moment) for moment in dates.parse(list(texts), written=written)]


def refused(*texts: str, written: str = "") -> BadInput:
    with pytest.raises(BadInput) as caught:
        dates.parse(list(texts), written=written)
    return caught.value


def attempt(text: str) -> dates.Dates | BadInput:
    try:
        return dates.parse([text])
    except BadInput as problem:
        return problem


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-04-01", "2024-04-01"),
        (" 2024-04-01 ", "2024-04-01"),
        ("2024-04", "2024-04-01"),
        ("01/04/2024", "2024-04-01"),
        ("1/4/2024", "2024-04-01"),
        ("1.4.2024", "2024-04-01"),
        ("01-04-2024", "2024-04-01"),
        ("1/4/24", "2024-04-01"),
        ("31/12/69", "2069-12-31"),
        ("1/1/70", "1970-01-01"),
        ("April 2024", "2024-04-01"),
        ("Apr 2024", "2024-04-01"),
        ("Apr-24", "2024-04-01"),
        ("SEPT-24", "2024-09-01"),
        ("1 April 2024", "2024-04-01"),
        ("01-Apr-2024", "2024-04-01"),
        ("01-apr-24", "2024-04-01"),
        ("29 February 2024", "2024-02-29"),
        ("MSitAE-APRIL-2024", "2024-04-01"),
        ("2024/25", "2024-04-01"),
        ("2024-25", "2024-04-01"),
        ("2024-2025", "2024-04-01"),
        ("1999-00", "1999-04-01"),
        ("2024-25 Q1", "2024-04-01"),
        ("2024/25 Q2", "2024-07-01"),
        ("Q3 2024-25", "2024-10-01"),
        ("2024-25 q4", "2025-01-01"),
    ],
)
def test_a_date_is_read_as_people_write_it(text: str, day: str) -> None:
    assert read(text) == [day]
    assert dates.parse([text]).dtype == np.dtype("datetime64[D]")


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2024-04-01T10:30", "2024-04-01T10:30:00.000000"),
        ("2024-04-01 10:30:05", "2024-04-01T10:30:05.000000"),
        ("2024-04-01T10:30:05.25", "2024-04-01T10:30:05.250000"),
        ("2024-04-01T10:30:05.123456000", "2024-04-01T10:30:05.123456"),
        ("2024-04-01T10:30:00Z", "2024-04-01T10:30:00.000000"),
        ("2024-04-01T10:30+00:00", "2024-04-01T10:30:00.000000"),
        ("2024-04-01 10:30:00+00", "2024-04-01T10:30:00.000000"),
        ("01/04/2024 9:05", "2024-04-01T09:05:00.000000"),
        ("01/04/2024 00:00:01.5", "2024-04-01T00:00:01.500000"),
    ],
)
def test_a_time_of_day_makes_moments(text: str, moment: str) -> None:
    assert read(text) == [moment]
    assert dates.parse([text]).dtype == np.dtype("datetime64[us]")


@pytest.mark.parametrize(
    "pattern", ["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d %B %Y", "%d-%b-%Y", "%d/%m/%Y %H:%M"]
)
@given(days=st.lists(DAYS, min_size=1, unique=True))
def test_what_was_written_is_what_is_read(pattern: str, days: list[dt.date]) -> None:
    texts = [day.strftime(pattern).replace(f"{day:%Y}", f"{day.year:04}") for day in days]
    assert dates.parse(texts, written="day-first").astype("datetime64[D]").tolist() == days


@given(moments=st.lists(MOMENTS, min_size=1))
def test_moments_keep_every_microsecond(moments: list[dt.datetime]) -> None:
    assert dates.parse([moment.isoformat(timespec="microseconds") for moment in moments]).tolist() == moments


@given(days=st.lists(RECENT, min_size=1, unique=True))
def test_years_of_two_digits_are_within_a_hundred_years(days: list[dt.date]) -> None:
    assert dates.parse([day.strftime("%d-%b-%y") for day in days]).tolist() == days


@given(days=st.lists(DAYS, min_size=1))
def test_month_first_is_read_where_it_is_named(days: list[dt.date]) -> None:
    texts = [f"{day.month}/{day.day}/{day.year}" for day in days]
    assert dates.parse(texts, written="month-first").tolist() == days


@given(text=st.text(max_size=12))
def test_any_text_is_a_date_or_a_sentence(text: str) -> None:
    found = attempt(text)
    assert len(found) == 1 if isinstance(found, np.ndarray) else (found.row, found.problem[-1]) == (0, ".")


@pytest.mark.parametrize(
    ("texts", "row", "said"),
    [
        (["04/13/2024"], 0, "looks like month/day/year; write 13/04/2024 or 2024-04-13"),
        (["13/04/2024", "04/14/2024"], 1, "looks like month/day/year"),
        (["29/02/2025"], 0, "February 2025 has 28 days"),
        (["2024-02-29", "2025-02-29"], 1, "February 2025 has 28 days"),
        (["31 June 2024"], 0, "June 2024 has 30 days"),
        (["2024-13-01"], 0, "there is no month 13"),
        (["45/45/2024"], 0, "there is no month 45"),
        (["00/01/2024"], 0, "there is no such date"),
        (["2024-04-01T24:00"], 0, "no such time of day"),
        (["2024-04-01T10:00", "2024-04-01T10:60"], 1, "no such time of day"),
        (["01/04/2024 10:61"], 0, "no such time of day"),
        (["2024-04-01T10:30+01:00"], 0, "zone other than UTC"),
        (["2024-04-01T10:30-00:30"], 0, "zone other than UTC"),
        (["2024-04-01", ""], 1, "the date is missing"),
        (["01/04/2024", "2024-05-01"], 1, '"2024-05-01" (year-month-day) where "01/04/2024" (day/month/year)'),
        (["01/04/2024", "01-05-2024"], 1, "in one shape"),
        (["2024-04-01", "2024-05-01T00:00"], 1, "with a time"),
        (["2024-04-01T00:00", "2024-05-01T00:00Z"], 1, "in UTC"),
        (["01/04/2024", "1/5/24"], 1, "year of two digits"),
        (["April 2024", "1 May 2024"], 1, "in one shape"),
        (["2024-04-01", "abc"], 1, 'found "abc", expected a date'),
        (["45383"], 0, "serial number"),
        (["20240401"], 0, "with hyphens"),
        (["2024/04/01"], 0, "with hyphens"),
        (["24-04-01"], 0, "which end the year is"),
        (["April 1, 2024"], 0, "write the day first"),
        (["1 Apr"], 0, "the year is missing"),
        (["2024 Q1"], 0, "with its financial year"),
        (["2024-26"], 0, "a year and the one after it"),
        (["2024-25 Q1", "2024-26 Q2"], 1, "a year and the one after it"),
        (["2010-11", "2011-12"], 0, "can be a month or a financial year"),
        (["April 2024", "TOTAL"], 1, "row of totals"),
        (["٢٠٢٤-٠٤-٠١"], 0, "expected a date"),
        (["0000-01-01"], 0, "expected a date"),
    ],
)
def test_what_is_no_date_is_said_and_where(texts: list[str], row: int, said: str) -> None:
    problem = refused(*texts)
    assert problem.row == row
    assert said in problem.problem
    assert f'"{texts[row]}"' in problem.problem or texts[row] == ""


def test_a_year_of_months_and_the_next_are_months_and_not_financial_years() -> None:
    assert read("2011-11", "2011-12", "2012-01")[1] == "2011-12-01"


def test_first_days_of_months_with_the_month_first_are_not_taken_for_days_of_january() -> None:
    texts = [f"{month}/1/{year}" for year in (2023, 2024) for month in range(1, 13)]
    assert "look like month/day/year" in refused(*texts).problem
    assert read(*texts, written="day-first")[1] == "2023-01-02"
    assert read(*texts, written="month-first")[1] == "2023-02-01"


def test_the_first_of_january_of_many_years_is_no_reason_for_doubt() -> None:
    assert read("01/01/2022", "01/01/2023", "01/01/2024") == ["2022-01-01", "2023-01-01", "2024-01-01"]


def test_a_pattern_reads_what_no_shape_does() -> None:
    assert read("20240401", "20240501", written="%Y%m%d") == ["2024-04-01", "2024-05-01"]
    assert read("2024.04.01 07h", written="%Y.%m.%d %Hh") == ["2024-04-01T07:00:00.000000"]
    assert refused("20240401", "x", written="%Y%m%d").row == 1
    assert "zone other than UTC" in refused("2024-04-01 +0100", written="%Y-%m-%d %z").problem
    assert read("2024-04-01 +0000", written="%Y-%m-%d %z") == ["2024-04-01"]


def test_a_way_of_writing_that_is_not_known_is_refused() -> None:
    assert "month-first or a pattern" in refused("2024-04-01", written="american").problem


def test_no_texts_are_no_dates() -> None:
    assert dates.parse([]).dtype == np.dtype("datetime64[D]")


def test_many_dates_are_read_in_their_order() -> None:
    days = np.datetime64("1900-01-01") + np.arange(50_000)
    for texts in (days.astype(str).tolist(), [f"{day:%d/%m/%Y}" for day in days.tolist()]):
        assert (dates.parse(texts) == days).all()


@pytest.mark.parametrize("text", ["2024-04-01t10:30:00z", "2024-04-01T10:30:00z", "2024-04-01 10:30:00Z"])
def test_the_letters_of_a_moment_may_be_small(text: str) -> None:
    assert read(text) == ["2024-04-01T10:30:00.000000"]


@pytest.mark.parametrize("pattern", ["%d/%m", "%H:%M", "%Q", "%", "100%"])
def test_a_pattern_without_a_year_is_refused(pattern: str) -> None:
    assert refused("01/04", written=pattern).problem.startswith(f'"{pattern}" has no year')


@pytest.mark.parametrize("pattern", ["%Y%Y", "(%Y", "%Y-%Q", "%Y%"])
def test_a_pattern_that_cannot_be_reads_nothing(pattern: str) -> None:
    assert refused("2024", written=pattern).problem == f'found "2024", expected a date written as {pattern}.'


@pytest.mark.parametrize("text", ["NA", "n/a", "NULL", "-", "none"])
def test_a_word_for_missing_is_no_date(text: str) -> None:
    problem = refused("2024-04-01", text)
    assert problem.row == 1
    assert "a row without a date has no place on a chart" in problem.problem
