"""When the level changed: the probability of each date, against whole matrices, and the stretch that holds 95 %."""

import math

import numpy as np
import pytest

from plotthedots.gains import dating

from . import twins
from .series import Floats, levels, noise


def probabilities(values: Floats, white: Floats, before: int) -> dict[int, float]:
    """Of every date within twelve periods of the claim that has three values on either side."""
    there = np.flatnonzero(values == values)
    likely = {}
    for date in range(max(before - 12, 0), min(before + 13, len(values))):
        step = (there >= date).astype(np.float64)
        if 3 <= step.sum() <= len(there) - 3:
            given = [
                twins.weigh(
                    values[there], step, twins.covariance(there, white[there], *model),
                    math.log(twins.prior(*model)), 1.5,
                )[1]
                for model in twins.MODELS
            ]  # fmt: skip
            likely[date] = twins.log_sum(given)
    whole = twins.log_sum(list(likely.values()))
    return {date: math.exp(one - whole) for date, one in likely.items()}


@pytest.mark.parametrize(("n", "before", "gone"), [(34, 16, [5, 20]), (20, 9, [1, 16]), (16, 14, [])])
def test_dates_are_as_probable_as_whole_matrices_have_them(n: int, before: int, gone: list[int]) -> None:
    values, white = noise(n, n, 0.3), np.random.default_rng(n).uniform(0.5, 2, n)
    values[before:] += 1.5
    values[gone] = np.nan
    expected = probabilities(values, white, before)
    found, first = dating.dates(values, white, before)
    assert first == min(expected)
    np.testing.assert_allclose(found, [expected[date] for date in sorted(expected)], rtol=1e-7)


def test_a_step_is_dated_where_it_is_whenever_it_was_claimed() -> None:
    values = levels((24, 0), (16, 3))
    for claimed in (18, 24, 30):
        found, first = dating.dates(values, np.ones(40), claimed)
        assert first + dating.interval(found)[1] == 24
        assert found.sum() == pytest.approx(1)


def test_the_unit_does_not_move_the_date() -> None:
    values = noise(160, 3)
    values[80:] += 1
    plain, small = (dating.dates(scale * values, np.ones(160), 80)[0] for scale in (1, 1e-4))
    np.testing.assert_allclose(small, plain, rtol=1e-6, atol=1e-12)


def test_without_three_values_on_either_side_there_is_no_date() -> None:
    values = np.array([1.0, 2.0, 1.5, 9.0, 8.0])
    found, first = dating.dates(values, np.ones(5), 3)
    assert (len(found), first) == (0, 3)
    assert len(dating.dates(np.append(values, 8.5), np.ones(6), 3)[0]) == 1


@pytest.mark.parametrize(
    ("probability", "stretch"),
    [
        ([1.0], (0, 0, 0)),
        ([0.5, 0.5], (0, 0, 1)),
        ([0.01, 0.02, 0.9, 0.05, 0.02], (2, 2, 3)),  # exactly 95 %
        ([0.1, 0.3, 0.55, 0.05], (0, 2, 2)),
        ([0.02, 0.02, 0.4, 0.56], (2, 3, 3)),
        ([0.04, 0.96], (1, 1, 1)),
        ([0.05] * 20, (0, 0, 18)),  # the first of those as short
        ([0.03, 0.94, 0.03], (0, 1, 1)),
        ([0.04, 0.46, 0.46, 0.04], (0, 1, 2)),
        ([0.005, 0.03, 0.92, 0.02, 0.02, 0.005], (1, 2, 2)),  # and not the longer one that begins later
    ],
)
def test_the_interval_is_the_shortest_that_holds_95_per_cent(
    probability: list[float], stretch: tuple[int, int, int]
) -> None:
    assert dating.interval(np.array(probability)) == stretch
