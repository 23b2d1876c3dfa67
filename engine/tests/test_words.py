import datetime as dt
from typing import Any

import pytest

import plotthedots as ptd
from plotthedots import advice, words


def said(values: list[float], **options: Any) -> str:
    months = [f"{2023 + i // 12}-{i % 12 + 1:02}-01" for i in range(len(values))]
    return str(ptd.spc({"date": months, "value": values}, **options).sentence())


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1234.5, "1,234"),
        (3.6, "3.6"),
        (0.30000000000000004, "0.3"),
        (-2, "−2"),
        (1.5e-7, "1.5 × 10⁻⁷"),
        (-2e15, "−2 × 10¹⁵"),
        (0, "0"),
    ],
)
def test_numbers_are_written_as_a_person_writes_them(value: float, text: str) -> None:
    assert words.number(value) == text


def test_shares_are_percentages() -> None:
    write = words.writer([0.9499999999, 0.8, 0.99], percent=True)
    assert write(0.9499999999) == "95%"
    assert words.writer([0.0002, 0.0004], percent=True)(0.0003) == "0.03%"


@pytest.mark.parametrize(
    ("date", "first", "text"),
    [
        (dt.date(2026, 3, 1), dt.date(2025, 3, 1), "in March 2026"),
        (dt.date(2026, 3, 2), dt.date(2025, 3, 1), "on 2 March 2026"),
        (dt.datetime(2026, 3, 2, 14, 30), None, "on 2 March 2026 at 14:30"),
        (12, 1, "at 12"),
    ],
)
def test_dates_are_said_as_a_person_says_them(date: Any, first: Any, text: str) -> None:
    assert words.moment(date, first) == text


def test_numbers_that_stand_together_are_written_alike() -> None:
    write = words.writer([0.874, 3.68, 9.74])
    assert [write(0.874), write(9.74)] == ["0.9", "9.7"]


def test_common_cause_is_said_with_the_usual_range() -> None:
    text = said([10.0, 12, 11, 13] * 4)
    assert text == "13 in April 2024: no change beyond chance from the average of 11.5; 6.4 to 16.6 is the usual range."


def test_a_point_beyond_a_limit_is_said_with_what_it_means() -> None:
    text = said([10.0, 12, 11, 13] * 4 + [40.0], direction="decrease", baseline=16)
    assert "above the upper limit of" in text
    assert text.endswith("a concern.")


def test_a_target_is_said_in_words() -> None:
    assert "is met every time unless something changes" in said([10.0, 12, 11, 13] * 4, target=1, direction="increase")
    assert "is hit or missed by chance" in said([10.0, 12, 11, 13] * 4, target=12, direction="increase")


def test_runs_are_said_with_what_chance_gives() -> None:
    text = said([1.0] * 12 + [9.0] * 12, rules="anhoej")
    assert "Runs have changed: the longest has 12 points (chance gives up to 8), with 1 crossing" in text


def test_every_rule_has_words_for_both_ways() -> None:
    for kind in ("outside", "shift", "trend", "two_of_three", "beyond", "alternating", "stratification", "mixture"):
        assert words.rule(kind, (2, 3, 2.0), 1)
        assert words.rule(kind, (2, 3, 2.0), -1)


def test_every_code_of_advice_has_a_sentence_and_a_criterion() -> None:
    assert list(words.ADVICE) == list(advice.JUDGES)
    for judge in advice.JUDGES.values():
        assert judge.__doc__


def test_no_sentence_shouts() -> None:
    for sentence in words.ADVICE.values():
        assert sentence.endswith(".")
        assert "!" not in sentence
