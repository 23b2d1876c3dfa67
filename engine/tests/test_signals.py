"""Rules on rows made by hand, one rule at a time, and the passes that they are built of."""

from collections.abc import Sequence as Row

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plotthedots import signals
from plotthedots.segments import Segments

NAN = float("nan")

flags = st.lists(st.booleans(), max_size=40)
windows = st.integers(1, 12)


def rows(values: Row[float], *, phases: Row[int] = ()) -> signals.Sequence:
    """Rows about a centre of 0 with a sigma of 1."""
    value = np.array(values, dtype=np.float64)
    centre = np.zeros_like(value)
    lengths = Segments.of(np.array(phases or [len(value)]))
    return signals.Sequence.of(value, centre, lengths, lambda k: (centre - k, centre + k))


# The passes


@given(flags, windows)
def test_all_of_looks_at_a_row_and_those_before_it(marks: list[bool], window: int) -> None:
    expected = [place >= window - 1 and all(marks[place - window + 1 : place + 1]) for place in range(len(marks))]
    assert signals.all_of(np.array(marks, dtype=bool), window).tolist() == expected


@given(flags, windows)
def test_any_ahead_looks_at_a_row_and_those_after_it(marks: list[bool], window: int) -> None:
    expected = [any(marks[place : place + window]) for place in range(len(marks))]
    assert signals.any_ahead(np.array(marks, dtype=bool), window).tolist() == expected


@given(flags, st.integers(2, 12))
def test_a_run_is_marked_whole_or_not_at_all(linked: list[bool], length: int) -> None:
    if linked:
        linked[0] = False
    runs = np.cumsum(~np.array(linked, dtype=bool))
    expected = [int((runs == run).sum()) >= length for run in runs]
    assert signals.whole_runs(np.array(linked, dtype=bool), length).tolist() == expected


@given(st.lists(st.tuples(st.booleans(), st.integers(-1, 1), st.integers(-1, 1))))
def test_masks_choose_as_a_condition_does(drawn: list[tuple[bool, int, int]]) -> None:
    given_flags, yes, no = (
        np.array([row[place] for row in drawn], dtype=kind) for place, kind in enumerate((bool, np.int8, np.int8))
    )
    chosen = signals.choose(given_flags, yes, no)
    assert chosen.tolist() == [y if flag else n for flag, y, n in drawn]
    assert signals.where(given_flags, yes).tolist() == [y if flag else 0 for flag, y, _ in drawn]
    assert chosen.dtype == np.int8


def test_a_sign_is_nought_on_the_line_and_where_a_value_is_missing() -> None:
    left, right = np.array([2.0, 1, 1, NAN, 1]), np.array([1.0, 2, 1, 1, NAN])
    assert signals.sign(left, right).tolist() == [1, -1, 0, 0, 0]


def test_values_that_differ_by_the_last_place_are_on_different_sides() -> None:
    assert signals.sign(np.array([1e300]), np.array([np.nextafter(1e300, 0)])).tolist() == [1]
    assert signals.sign(np.array([1e-320]), np.array([0.0])).tolist() == [1]


# The rules


def test_a_point_on_a_limit_is_not_outside_it() -> None:
    lower, upper = np.array([-3.0] * 5), np.array([3.0] * 5)
    value = np.array([3.0, 3.1, -3.0, -3.1, NAN])
    assert signals.outside(value, lower, upper).tolist() == [0, 1, 0, -1, 0]


def test_seven_points_above_the_centre_are_a_shift() -> None:
    assert signals.shift(rows([1.0] * 6 + [-1.0]), 7).tolist() == [0] * 7
    assert signals.shift(rows([-1.0] + [1.0] * 7 + [-1.0]), 7).tolist() == [0] + [1] * 7 + [0]
    assert signals.shift(rows([-1.0] * 9), 7).tolist() == [-1] * 9


@pytest.mark.parametrize("between", [0.0, NAN, -0.5])
def test_a_point_on_the_centre_or_missing_or_below_it_ends_a_shift(between: float) -> None:
    assert not signals.shift(rows([1.0] * 4 + [between] + [1.0] * 4), 7).any()


@pytest.mark.parametrize("rule", [signals.shift, signals.trend, signals.trend_making_data_count])
def test_a_run_never_crosses_into_another_phase(rule: object) -> None:
    rising = [float(value) for value in range(1, 9)]
    assert callable(rule)
    assert rule(rows(rising, phases=[8]), 7).all()
    assert not rule(rows(rising, phases=[4, 4]), 7).any()
    assert rule(rows(rising * 2, phases=[8, 8]), 7).all()


def test_a_trend_of_seven_points_has_six_steps() -> None:
    assert not signals.trend(rows([1, 2, 3, 4, 5, 6]), 7).any()
    assert signals.trend(rows([1, 2, 3, 4, 5, 6, 7, 7]), 7).tolist() == [1] * 7 + [0]
    assert signals.trend(rows([7, 6, 5, 4, 3, 2, 1]), 7).tolist() == [-1] * 7


@pytest.mark.parametrize("between", [4.0, NAN])
def test_a_level_step_or_a_missing_value_ends_a_trend(between: float) -> None:
    assert not signals.trend(rows([1, 2, 3, 4, between, 5, 6, 7]), 7).any()


def test_a_point_between_two_trends_goes_the_way_of_the_one_on_its_right() -> None:
    peak = [1, 2, 3, 4, 3, 2, 1]
    assert signals.trend(rows(peak), 4).tolist() == [1, 1, 1, -1, -1, -1, -1]
    assert signals.trend_making_data_count(rows(peak), 4).tolist() == [1, 1, 1, -1, -1, -1, -1]


def test_a_plateau_between_two_trends_reads_as_falling_under_making_data_count_alone() -> None:
    two_trends = [1, 2, 3, 4, 4, 5, 6, 7]
    assert signals.trend(rows(two_trends), 4).tolist() == [1] * 8
    assert signals.trend_making_data_count(rows(two_trends), 4).tolist() == [1, 1, 1, -1, 1, 1, 1, 1]


def test_two_of_three_near_a_limit_are_marked_and_the_third_is_not() -> None:
    assert signals.two_of_three(rows([0.5, 2.5, 0.5, 2.5, 0.5]), 2, 3, 2.0).tolist() == [0, 1, 0, 1, 0]
    assert signals.two_of_three(rows([-0.5, -2.5, -2.5]), 2, 3, 2.0).tolist() == [0, -1, -1]


@pytest.mark.parametrize(
    "values",
    [
        [2.5, 0.5, 0.5, 2.5],  # a window of four
        [2.5, -0.5, 2.5],  # not all on one side
        [2.5, 0.0, 2.5],  # one on the centre
        [2.5, NAN, 2.5],  # one missing
        [2.5, 2.0, 0.5],  # on the near limit is not beyond it
        [2.5, 3.5, 0.5],  # outside does not count as near
        [2.5, 2.5],  # no window of three
    ],
)
def test_two_of_three_needs_a_window_on_one_side_with_two_near_a_limit(values: list[float]) -> None:
    assert not signals.two_of_three(rows(values), 2, 3, 2.0).any()
    assert not signals.two_of_three(rows([-value for value in values]), 2, 3, 2.0).any()


def test_a_point_outside_may_stand_in_the_window_of_two_others() -> None:
    assert signals.two_of_three(rows([2.5, 3.5, 2.5]), 2, 3, 2.0).tolist() == [1, 0, 1]


def test_a_point_on_the_limit_counts_as_near_it() -> None:
    assert signals.two_of_three(rows([3.0, 3.0, 1.0]), 2, 3, 2.0).tolist() == [1, 1, 0]
    assert signals.two_of_three(rows([-3.0, -3.0, -1.0]), 2, 3, 2.0).tolist() == [-1, -1, 0]


def test_beyond_counts_points_outside_too_and_looks_past_the_other_side() -> None:
    assert signals.beyond(rows([3.5, -0.5, 2.5]), 2, 3, 2.0).tolist() == [1, 0, 1]
    assert signals.beyond(rows([1.5, 1.5, -0.5, 1.5, 1.5]), 4, 5, 1.0).tolist() == [1, 1, 0, 1, 1]
    assert not signals.beyond(rows([2.5, NAN, 2.5]), 2, 3, 2.0).any()
    for side in (1, -1):
        assert not signals.beyond(rows([side * 2.0, side * 2.5, 0.5]), 2, 3, 2.0).any()
    assert not signals.beyond(rows([2.5, -2.5, 0.5]), 2, 3, 2.0).any()


def test_windows_never_cross_into_another_phase() -> None:
    for near in ([2.5, 2.5, 1.0, 1.0], [1.0, 2.5, 2.5, 1.0]):
        assert signals.two_of_three(rows(near), 2, 3, 2.0).any()
        assert not signals.two_of_three(rows(near, phases=[2, 2]), 2, 3, 2.0).any()
        assert not signals.beyond(rows(near, phases=[2, 2]), 2, 3, 2.0).any()


def test_fourteen_points_up_and_down_in_turn_are_alternating() -> None:
    turns = [1.0, -1.0] * 7
    assert signals.alternating(rows(turns), 14).tolist() == [1, -1] * 7
    assert not signals.alternating(rows(turns[:-1]), 14).any()
    assert not signals.alternating(rows(turns, phases=[7, 7]), 14).any()


def test_points_that_hug_the_centre_are_marked_by_side() -> None:
    hugging = [0.5, -0.5, 0.0] * 5
    assert signals.stratification(rows(hugging), 15, 1.0).tolist() == [1, -1, 1] * 5
    for outer in (1.0, -1.0):  # on the line is not within it
        assert not signals.stratification(rows([outer, *hugging[1:]]), 15, 1.0).any()
    assert not signals.stratification(rows([NAN, *hugging[1:]]), 15, 1.0).any()


def test_points_that_shun_the_centre_are_marked_by_side() -> None:
    shunning = [1.5, -1.5] * 4
    assert signals.mixture(rows(shunning), 8, 1.0).tolist() == [1, -1] * 4
    for inner in (1.0, -1.0):  # nor beyond it
        assert not signals.mixture(rows([inner, *shunning[1:]]), 8, 1.0).any()


@pytest.mark.parametrize("count", range(5))
def test_rows_too_few_for_a_rule_are_quiet(count: int) -> None:
    few = rows([2.5] * count, phases=[count] if count else [0])
    assert signals.shift(few, 7).tolist() == [0] * count
    assert signals.trend(few, 7).tolist() == [0] * count
    assert signals.trend_making_data_count(few, 7).tolist() == [0] * count
    assert signals.alternating(few, 14).tolist() == [0] * count
    assert signals.beyond(few, 4, 5, 1.0).tolist() == [0] * count
