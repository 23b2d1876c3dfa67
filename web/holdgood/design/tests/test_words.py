import datetime as dt
from decimal import Decimal

import pytest

from holdgood.design import words


def test_a_day_is_written_as_people_write_it():
    assert words.day(dt.date(2026, 3, 3)) == "3 March 2026"
    assert words.weekday(dt.date(2026, 3, 3)) == "Tuesday 3 March 2026"
    assert words.month(dt.date(2026, 3, 1)) == "March 2026"


def test_a_moment_is_told_in_the_time_of_the_place_and_not_in_utc():
    assert words.moment(dt.datetime(2026, 7, 1, 23, 30, tzinfo=dt.UTC)) == "2 July 2026, 0:30"
    assert words.day(dt.datetime(2026, 7, 1, 23, 30, tzinfo=dt.UTC)) == "2 July 2026"
    assert words.month(dt.datetime(2026, 6, 30, 23, 30, tzinfo=dt.UTC)) == "July 2026"
    assert words.clock(dt.time(9, 5)) == "9:05"


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [
        (1204, None, "1,204"),
        (0, None, "0"),
        (100, None, "100"),
        (4.30, None, "4.3"),
        (Decimal("4.30"), 2, "4.30"),
        (2.5, 0, "3"),
        (-0.5, None, "−0.5"),
        (-0.001, 1, "0.0"),
        (0.1 + 0.2, 2, "0.30"),
        (None, None, ""),
    ],
)
def test_numbers_have_commas_a_true_minus_and_round_half_up(value, decimals, shown):
    assert words.number(value, decimals) == shown


def test_what_is_no_number_is_refused_rather_than_shown():
    with pytest.raises(ValueError, match="nan"):
        words.number(float("nan"))


def test_counts_are_told_with_their_noun():
    assert words.count(1, "place", "places") == "1 place"
    assert words.count(1204, "place", "places") == "1,204 places"
    assert words.count(0, "idea") == "0 ideas"
    assert words.listed(["one", "two", "three"]) == "one, two and three"
    assert words.percent(0.814) == "81%"


def test_any_value_can_be_said():
    assert [words.said(each) for each in (None, True, 3, dt.date(2026, 3, 3), dt.time(14, 5), "x")] == [
        "", "yes", "3", "3 March 2026", "14:05", "x",
    ]  # fmt: skip
