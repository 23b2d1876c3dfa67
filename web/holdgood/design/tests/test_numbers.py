from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdgood.design import numbers


@pytest.mark.parametrize(
    ("text", "value"),
    [("12", "12"), (" 4.50 ", "4.50"), ("1,204", "1204"), ("-3", "-3"), ("−3", "-3"), ("+7", "7"),
     ("1,234,567.8", "1234567.8")],
)  # fmt: skip
def test_what_people_write_is_read_exactly(text, value):
    assert str(numbers.parse(text)) == value


@pytest.mark.parametrize(
    "text",
    ["", "1_000", "१२", "１２", "1e3", "nan", "inf", "1,2",
     "12,34", "1,,000", "1.", ".5", "0x1f", "1 000", "--1", "1" * 16, "TRUE"],
)  # fmt: skip
def test_what_only_a_computer_takes_for_a_number_is_refused(text):
    with pytest.raises(numbers.NotANumber):
        numbers.parse(text)


def test_a_percentage_is_taken_only_where_one_is_asked_for():
    assert numbers.parse("81 %", percent=True) == Decimal(81)
    with pytest.raises(numbers.NotANumber, match="is a percentage"):
        numbers.parse("81%")


def test_the_refusal_says_what_was_found_and_what_to_write():
    with pytest.raises(numbers.NotANumber, match=r"“four” is not a number\. Write digits, such as 12 or 4\.5"):
        numbers.parse("four")


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9))
def test_every_decimal_comes_back_from_its_text_with_commas(value):
    assert numbers.parse(f"{value:,f}") == value


@given(st.text(max_size=20))
def test_any_text_is_read_or_refused_and_never_breaks(text):
    try:
        found = numbers.parse(text, percent=True)
    except numbers.NotANumber:
        return
    assert found.is_finite()
