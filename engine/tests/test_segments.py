"""Sums, means and medians of stretches, held against the same done stretch by stretch."""

import math
import statistics
from collections.abc import Callable
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plotthedots.segments import Segments

Stretches = list[list[float]]

numbers = st.one_of(st.floats(-1e6, 1e6), st.just(math.nan))
stretches: st.SearchStrategy[Stretches] = st.lists(st.lists(numbers, max_size=6), max_size=6)


def flat(parts: Stretches) -> tuple[Segments, np.ndarray]:
    lengths = np.array([len(part) for part in parts], dtype=np.int64)
    return Segments.of(lengths), np.array([value for part in parts for value in part], dtype=np.float64)


def each(parts: Stretches, work: Callable[[list[float]], float]) -> list[float]:
    """`work` on what is there of each stretch; nan where nothing is."""
    there = [[value for value in part if not math.isnan(value)] for part in parts]
    return [work(part) if part else math.nan for part in there]


@given(stretches)
def test_a_mean_is_within_the_last_place_of_the_exact_one(parts: Stretches) -> None:
    segments, values = flat(parts)
    exact = each(parts, lambda part: float(sum(map(Fraction, part)) / len(part)))
    with np.errstate(all="ignore"):
        found = segments.mean(values)
    np.testing.assert_allclose(found, exact, rtol=4e-16, atol=1e-9)


@given(stretches)
def test_a_median_leaves_out_what_is_missing(parts: Stretches) -> None:
    segments, values = flat(parts)
    np.testing.assert_array_equal(segments.median(values), each(parts, statistics.median))


@given(st.lists(st.lists(st.integers(-100, 100).map(float), max_size=6), max_size=6))
def test_a_stretch_of_no_rows_sums_to_nought(parts: Stretches) -> None:
    segments, values = flat(parts)
    assert segments.sum(values).tolist() == [sum(part) for part in parts]


@given(stretches)
def test_rows_are_counted_and_kept_by_stretch(parts: Stretches) -> None:
    segments, values = flat(parts)
    there = ~np.isnan(values)
    counts = [sum(not math.isnan(value) for value in part) for part in parts]
    assert segments.count(there).tolist() == counts
    kept = segments.keeping(there)
    assert kept.lengths.tolist() == counts
    assert kept.starts.tolist() == [sum(counts[:place]) for place in range(len(counts))]


@given(stretches)
def test_first_rows_are_those_at_which_a_stretch_begins(parts: Stretches) -> None:
    segments, _ = flat(parts)
    assert segments.first().tolist() == [place == 0 for part in parts for place in range(len(part))]
    assert segments.rows == sum(map(len, parts))


def test_one_value_a_stretch_stands_on_each_of_its_rows() -> None:
    assert Segments.of(np.array([2, 0, 3])).spread(np.array([7, 8, 9])).tolist() == [7, 7, 9, 9, 9]


def test_the_mean_keeps_what_a_plain_sum_loses() -> None:
    """Three tenths come to a mean just above a tenth, seven to one just below."""
    assert [sum([0.1] * count) / count != 0.1 for count in (3, 7)] == [True, True]
    assert Segments.of(np.array([3, 7])).mean(np.full(10, 0.1)).tolist() == [0.1, 0.1]


def test_the_mean_does_not_write_to_the_values() -> None:
    values = np.array([1.0, np.nan, 3.0])
    values.flags.writeable = False
    assert Segments.of(np.array([3])).mean(values).tolist() == [2.0]


@pytest.mark.parametrize("lengths", [[], [0], [0, 0]])
def test_no_rows_have_no_numbers(lengths: list[int]) -> None:
    segments = Segments.of(np.array(lengths, dtype=np.int64))
    assert segments.rows == 0
    assert segments.sum(np.zeros(0)).tolist() == [0.0] * len(lengths)
    assert np.isnan(segments.median(np.zeros(0))).all()
