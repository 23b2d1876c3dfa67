import datetime as dt

import pytest

from holdgood.measures import periods

DAY = dt.date(2026, 3, 18)


@pytest.mark.parametrize(
    ("granularity", "first", "name", "short", "last"),
    [
        ("day", DAY, "18 March 2026", "18 Mar 2026", DAY),
        ("week", dt.date(2026, 3, 16), "week of 16 March 2026", "16 Mar 2026", dt.date(2026, 3, 22)),
        ("month", dt.date(2026, 3, 1), "March 2026", "Mar 2026", dt.date(2026, 3, 31)),
        ("quarter", dt.date(2026, 1, 1), "January to March 2026", "Jan 2026", dt.date(2026, 3, 31)),
        ("year", dt.date(2025, 4, 1), "2025/26", "2025/26", dt.date(2026, 3, 31)),
    ],
)
def test_a_day_lies_in_a_period_that_has_a_name(granularity, first, name, short, last):
    assert periods.first_day(DAY, granularity) == first
    assert periods.name(first, granularity) == name
    assert periods.short(first, granularity) == short
    assert periods.last_day(first, granularity) == last


@pytest.mark.parametrize("granularity", ["day", "week", "month", "quarter", "year"])
def test_steps_forward_and_back_end_where_they_began(granularity):
    first = periods.first_day(dt.date(2024, 2, 29), granularity)
    assert periods.following(periods.following(first, granularity, 25), granularity, -25) == first
    every = periods.between(first, periods.following(first, granularity, 9), granularity)
    assert len(every) == 10
    assert all(periods.first_day(each, granularity) == each for each in every)
