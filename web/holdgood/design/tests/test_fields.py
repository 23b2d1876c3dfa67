import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from holdgood.design.fields import DateField, MonthField, NumberField, TimeField


def refusal(field, value):
    with pytest.raises(ValidationError) as refused:
        field.clean(value)
    return refused.value.messages[0]


@pytest.mark.parametrize(
    "text", ["3 March 2026", "3 mar 2026", "3rd March 2026", "3/3/2026", "03.03.2026", "2026-03-03", " 3  March  2026 "]
)
def test_a_date_is_read_as_people_write_it(text):
    assert DateField().clean(text) == dt.date(2026, 3, 3)


def test_a_day_comes_before_its_month():
    assert DateField().clean("2/11/2026") == dt.date(2026, 11, 2)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("31/02/2026", "There is no date “31/02/2026”. Write one that is in the calendar."),
        ("As soon as possible", "“As soon as possible” is not a date. Write the day, such as 3 March 2026."),
        ("3/3/26", "“3/3/26” has a short year. Write it in full, such as 3 March 2026."),
        ("3 Mark 2026", "“3 Mark 2026” names no month. Write it as 3 March 2026."),
        ("3 March 0026", "“3 March 0026” is not between 1900 and 2200. Look at the year."),
        ("３/3/2026", "“３/3/2026” is not a date. Write the day, such as 3 March 2026."),
    ],
)
def test_what_is_no_date_is_told_in_a_sentence(text, said):
    assert refusal(DateField(), text) == said


def test_a_date_keeps_to_its_limits_which_may_be_asked_for_late():
    field = DateField(earliest=dt.date(2026, 1, 1), latest=lambda: dt.date(2026, 12, 31))
    assert refusal(field, "31/12/2025") == "31 December 2025 is before 1 January 2026, the earliest it can be."
    assert refusal(field, "1/1/2027") == "1 January 2027 is after 31 December 2026, the latest it can be."


@pytest.mark.parametrize("text", ["March 2026", "mar 2026", "3/2026", "2026-03"])
def test_a_month_is_its_first_day(text):
    assert MonthField().clean(text) == dt.date(2026, 3, 1)


def test_a_month_that_is_none_is_told_in_a_sentence():
    assert refusal(MonthField(), "spring") == (
        "“spring” is not a month. Write the month and the year, such as March 2026."
    )
    assert refusal(MonthField(), "13/2026") == "There is no date “13/2026”. Write one that is in the calendar."


@pytest.mark.parametrize(
    ("text", "at"),
    [("14:30", (14, 30)), ("2.30pm", (14, 30)), ("9am", (9, 0)), ("12am", (0, 0)), ("12pm", (12, 0)), ("0:05", (0, 5))],
)
def test_a_time_is_read_as_people_write_it(text, at):
    assert TimeField().clean(text) == dt.time(*at)


@pytest.mark.parametrize("text", ["9", "25:00", "9:61", "13pm", "noon"])
def test_what_is_no_time_is_told_in_a_sentence(text):
    assert "Write it as 14:30 or 2.30pm." in refusal(TimeField(), text)


def test_a_number_keeps_to_its_limits_and_says_so():
    field = NumberField(least=0, most=100, decimals=2)
    assert field.clean("12.50") == Decimal("12.50")
    assert refusal(field, "-1") == "−1 is too low: the least it can be is 0."
    assert refusal(field, "101") == "101 is too high: the most it can be is 100."
    assert refusal(field, "1.234") == "1.234 is too exact: give at most 2 digits after the point."
    assert (
        refusal(NumberField(whole=True), "1.5") == "1.5 is not a whole number. Leave out what stands after the point."
    )


def test_a_whole_number_is_an_int_and_nothing_is_none_not_nought():
    assert isinstance(NumberField(whole=True).clean("1,204"), int)
    assert NumberField(required=False).clean("  ") is None
    assert NumberField().clean("0") == 0


def test_stored_values_are_shown_as_they_may_be_typed_again():
    assert DateField().prepare_value(dt.date(2026, 3, 3)) == "3 March 2026"
    assert NumberField().prepare_value(Decimal("-1204.50")) == "-1,204.5"
    assert TimeField().prepare_value(dt.time(9, 5)) == "9:05"
    assert not DateField().has_changed(dt.date(2026, 3, 3), "3/3/2026")
    assert NumberField().has_changed(Decimal(3), "three")
