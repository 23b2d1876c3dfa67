import pytest

from plotthedots import BadInput, rules, spc
from plotthedots.limits import FAMILIES

FLAT = [0.0, 1.0] * 20


def chart(values: list[float], **options: object):  # type: ignore[no-untyped-def]
    return spc({"date": list(range(len(values))), "value": values}, **options).points  # type: ignore[arg-type]


def test_nelson_has_eight_tests() -> None:
    assert len(rules.RULE_SETS["nelson"].columns) == 8


def test_every_family_says_of_every_rule_whether_it_means_something() -> None:
    for family in FAMILIES:
        for kind in rules.RULES:
            assert rules.meaning(family, kind)


def test_a_rule_without_meaning_keeps_its_column_at_nought() -> None:
    points = chart([1.0, 2, 3, 4, 5, 6, 7, 8, 9], chart="run")
    assert not points["outside"].any()
    assert points["trend"].all()


def test_a_rule_without_meaning_named_in_a_tuple_is_refused_with_the_reason() -> None:
    with pytest.raises(BadInput, match="a run chart has no limits"):
        chart(FLAT, chart="run", rules=("outside",))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("nelsen", 'found "nelsen"'),
        ((), "empty tuple"),
        (("outside", "outside"), "twice"),
        ((("shift", 1),), "at least 2"),
        ((("shift", 7.5),), "whole number"),
        ((("shift", "seven"),), "positive numbers"),
        ((("two_of_three", 4, 3, 2.0),), "cannot be"),
        ((("stratification", 1, 1.0),), "at least 2"),
        (("jump",), 'found "jump"'),
    ],
)
def test_a_rule_that_cannot_be_is_refused_in_a_sentence(given: object, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        chart(FLAT, rules=given)


def test_lengths_in_a_tuple_count_points() -> None:
    rising = [5.0, 1, 2, 3, 4, 0, 5, 1]
    assert chart(rising, rules=(("trend", 4),))["trend"].tolist() == [0, 1, 1, 1, 1, 0, 0, 0]
    assert not chart(rising, rules=(("trend", 5),))["trend"].any()


def test_alternating_marks_all_fourteen_points_by_the_step_that_leads_to_them() -> None:
    values = [3.0, 3.0] + [5.0, 1.0] * 7 + [1.0]
    marked = chart(values, rules=("alternating",))["alternating"].tolist()
    assert marked == [0, -1, 1, -1, 1, -1, 1, -1, 1, -1, 1, -1, 1, -1, 1, -1, 0]


def test_a_rule_without_a_better_side_makes_a_point_neither_good_nor_bad() -> None:
    values = [10.0, -10.0, 10.0, -10.0] + [0.1, -0.1] * 10
    points = chart(values, rules="nelson", direction="increase")
    hugging = [point for point, flag in zip(points["point"], points["stratification"], strict=True) if flag]
    assert hugging
    assert set(hugging) <= {"neutral_high", "neutral_low"}


def test_two_of_three_by_western_electric_counts_a_point_outside_the_limits() -> None:
    values = [0.0, 1, 0, -1, 0, 1, 0, -1, 0, 1, 0, -1, 0, 9.0, 9.0, 0.0, 1, 0, -1]
    assert chart(values, rules="western-electric")["two_of_three"].any()
    assert not chart(values)["two_of_three"].any()


def test_short_series_have_no_windows_and_no_errors() -> None:
    for name in rules.RULE_SETS:
        for count in range(1, 6):
            points = chart([float(i) for i in range(count)], rules=name)
            runs = [column for column in ("shift", "trend", "alternating", "mixture") if column in points]
            assert not any(points[column].any() for column in runs)
