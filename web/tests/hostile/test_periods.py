"""Moments of files that name their time zone, around midnight of British Summer Time."""

import datetime as dt

import pytest

from holdgood.measures import written

JUNE, JULY = dt.date(2023, 6, 1), dt.date(2023, 7, 1)


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("2023-06-30T23:00:00Z", JULY),  # midnight in London, as a program writes it
        ("2023-06-30T22:59:59Z", JUNE),
        ("2023-07-01T00:00:00+01:00", JULY),
        ("2023-07-01 00:00:00+00:00", JULY),
        ("2023-07-01T00:00:00", JULY),
        ("2023-07-01", JULY),
    ],
)
def test_a_moment_is_of_the_day_that_it_is_here(text, month):
    assert written.period(text, "month").first == month


@pytest.mark.parametrize("text", ["2023-02-30T23:00:00Z", "0001-01-01T00:00:00+23:59"])
def test_what_is_no_moment_is_not_read_as_one(text):
    with pytest.raises(written.Unread):
        written.period(text, "month")
