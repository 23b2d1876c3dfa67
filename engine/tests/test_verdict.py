"""What signals mean, for every way, better way and place of a target."""

import numpy as np
import pytest

from plotthedots import verdict

NAN = float("nan")


def bytes_of(*codes: int) -> np.ndarray:
    return np.array(codes, dtype=np.int8)


@pytest.mark.parametrize(
    ("way", "better", "point", "variation"),
    [
        (1, 1, "improvement", "improvement_high"),
        (1, -1, "concern", "concern_high"),
        (1, 0, "neutral_high", "neutral_high"),
        (-1, 1, "concern", "concern_low"),
        (-1, -1, "improvement", "improvement_low"),
        (-1, 0, "neutral_low", "neutral_low"),
        (0, 1, "common_cause", "common_cause"),
        (0, 0, "common_cause", "common_cause"),
        (0, -1, "common_cause", "common_cause"),
    ],
)
def test_a_signal_is_good_or_bad_by_the_better_way(way: int, better: int, point: str, variation: str) -> None:
    for one_better in (np.int8(better), bytes_of(better, better)):  # the same for all rows, and row by row
        codes = verdict.point_codes(bytes_of(way, way), one_better, bytes_of(0, 0))  # type: ignore[arg-type]
        assert [verdict.POINTS[code] for code in codes] == [point, point]
    assert verdict.VARIATIONS[verdict.variation_codes(bytes_of(way), bytes_of(better))[0]] == variation


def test_a_missing_value_is_no_point_whatever_the_way() -> None:
    codes = verdict.point_codes(bytes_of(-1, 0, 1), bytes_of(1, 1, 1), bytes_of(1, 1, 1))
    assert codes.tolist() == [verdict.MISSING] * 3


@pytest.mark.parametrize(
    ("target", "better", "assurance"),
    [
        (1.0, 1, "pass"),
        (1.0, -1, "fail"),
        (9.0, 1, "fail"),
        (9.0, -1, "pass"),
        (5.0, 1, "inconsistent"),
        (2.0, 1, "inconsistent"),
        (8.0, -1, "inconsistent"),
        (1.0, 0, None),
        (NAN, 1, None),
    ],
)
def test_a_target_is_passed_failed_or_met_by_chance(target: float, better: int, assurance: str | None) -> None:
    [code] = verdict.assurance_codes(np.array([target]), np.array([2.0]), np.array([8.0]), bytes_of(better))
    assert (None if code < 0 else verdict.ASSURANCES[code]) == assurance


@pytest.mark.parametrize(("lower", "upper"), [(NAN, 8.0), (2.0, NAN), (NAN, NAN)])
def test_there_is_no_assurance_without_both_limits(lower: float, upper: float) -> None:
    codes = verdict.assurance_codes(np.array([1.0]), np.array([lower]), np.array([upper]), bytes_of(1))
    assert codes.tolist() == [verdict.MISSING]


def test_the_first_rule_that_fires_gives_the_way() -> None:
    signals = {"shift": bytes_of(1, 1, 0, 0), "outside": bytes_of(-1, 0, 0, -1)}
    assert verdict.way_of(signals, ("outside", "shift"))[0].tolist() == [-1, 1, 0, -1]
    assert verdict.way_of(signals, ("shift", "outside"))[0].tolist() == [1, 1, 0, -1]
    assert verdict.way_of(signals, ("outside", "trend", "shift"))[0].tolist() == [-1, 1, 0, -1]


def test_a_rule_without_a_side_is_told_where_it_is_the_first_to_fire() -> None:
    signals = {"outside": bytes_of(1, 0, 0), "mixture": bytes_of(1, 1, 0), "shift": bytes_of(0, 1, 1)}
    way, sideless = verdict.way_of(signals, ("outside", "mixture", "shift"))
    assert way.tolist() == [1, 1, 1]
    assert sideless is not None
    assert sideless.tolist() == [0, 1, 0]
    assert verdict.way_of(signals, ("outside", "shift"))[1] is None


def test_two_rules_without_a_side_are_both_told() -> None:
    signals = {"stratification": bytes_of(1, 0, 0, 1), "mixture": bytes_of(0, -1, 0, 1)}
    for names in (("stratification", "mixture"), ("mixture", "stratification")):
        way, sideless = verdict.way_of(signals, names)
        assert way.tolist() == [1, -1, 0, 1]
        assert sideless is not None
        assert sideless.tolist() == [1, 1, 0, 1]
