"""The back-test knows at each origin what had come to pass by then, and no more."""

import numpy as np
import pytest

from plotthedots.forecast import backtest, breaks, scores
from plotthedots.forecast.backtest import known, origins, track
from plotthedots.forecast.bounds import Bounds
from plotthedots.forecast.intervals import spreads
from plotthedots.forecast.methods import CHOOSABLE

from .series import Floats, seasonal, wandering

HORIZON = 6
FREE = Bounds(np.full(1, -np.inf), np.full(1, np.inf))


def tracked(values: Floats, method: str = "auto", season: int = 12) -> backtest.Track:
    return track(values[None], season, HORIZON, method, FREE)


def spread(made: backtest.Track) -> tuple[Floats, Floats]:
    return spreads(made, FREE, np.zeros(1), np.zeros(1, dtype=np.bool_))


def test_origins_are_the_latest_periods_further_apart_for_a_long_horizon() -> None:
    assert origins(12).tolist() == list(range(24, -1, -1))
    assert origins(36).tolist() == list(range(48, -1, -2))


def test_an_error_is_known_once_its_period_has_come() -> None:
    made = known(np.array([2, 1, 0]), 2).reshape(3, 2, 3)  # origin, lead; by origin
    assert made[0, 0].tolist() == [0, 1, 1]
    assert made[0, 1].tolist() == [0, 0, 1]
    assert made[1, 0].tolist() == [0, 0, 1]
    assert made[1, 1].tolist() == [0, 0, 0]


@pytest.mark.parametrize("seed", range(4))
def test_what_comes_after_an_origin_changes_nothing_at_it(seed: int) -> None:
    values = seasonal(72, seed) if seed % 2 else wandering(72, seed)
    changed = values.copy()
    changed[-10:] += np.arange(10)
    one, other = tracked(values), tracked(changed)
    before = one.offsets >= 10
    assert other.means[0, before] == pytest.approx(one.means[0, before])
    for ours, others in zip(spread(one), spread(other), strict=True):
        assert others[0, before] == pytest.approx(ours[0, before])
    assert other.means[0, -1] != pytest.approx(one.means[0, -1])


@pytest.mark.parametrize("method", ["auto", "theta", "seasonal_naive"])
def test_the_forecast_of_an_origin_is_that_of_a_series_which_ends_there(method: str) -> None:
    values = seasonal(72, 3)
    whole, cut = tracked(values, method), tracked(values[:-7], method)
    place = whole.offsets.tolist().index(7)
    assert whole.means[0, place] == pytest.approx(cut.means[0, -1])
    assert whole.noise[0, place] == pytest.approx(cut.noise[0, -1])


def test_actual_values_are_those_of_the_leads() -> None:
    made = tracked(np.arange(40.0))
    place = made.offsets.tolist().index(4)
    assert made.actual[0, place][:4].tolist() == [36, 37, 38, 39]
    assert np.isnan(made.actual[0, place][4:]).all()
    assert np.isnan(made.actual[0, -1]).all()


def test_an_origin_with_too_few_values_before_it_makes_no_record() -> None:
    made = tracked(seasonal(20, 1))
    assert made.origins.tolist() == [8]


def test_another_method_is_chosen_where_it_has_clearly_done_better() -> None:
    risen = np.minimum(np.arange(100.0), 60) + np.random.default_rng(1).normal(0, 0.1, 100)
    assert CHOOSABLE[int(tracked(risen, season=1).method[0])] == "naive"
    assert tracked(seasonal(72, 1)).method.tolist() == [0]


def test_a_break_is_found_where_a_level_ends_at_once_and_for_good() -> None:
    noise = np.random.default_rng(5).normal(0, 1, (3, 40))
    noise[0, 30:] += 30
    noise[1, 30] += 30  # one value alone is no level
    noise[2, 15:] += np.arange(25)  # nor is a slope
    assert breaks.begins(noise, 12).tolist() == [30, 0, 0]


def test_ordinary_series_hardly_ever_break() -> None:
    random, shape = np.random.default_rng(6), (4000, 60)
    for drawn in (random.normal(size=shape), random.exponential(size=shape), random.normal(size=shape).cumsum(axis=1)):
        assert (breaks.begins(drawn, 12) > 0).mean() < 0.01


def test_nothing_before_a_break_is_learnt_from() -> None:
    values = np.concatenate([np.full(30, 500.0) + seasonal(30, 1), seasonal(30, 2)])
    changed = values.copy()
    changed[:30] += 777
    assert tracked(changed).means[0, -1] == pytest.approx(tracked(values).means[0, -1])


def test_tails_are_as_heavy_as_the_errors_say_and_heavy_where_little_is_known() -> None:
    random = np.random.default_rng(7)
    normal, wild = random.normal(size=(40, 90)), random.standard_t(1.5, (40, 90))
    limits = Bounds(np.full(40, -np.inf), np.full(40, np.inf))

    def heavy(values: Floats, wide: bool = False) -> Floats:
        made = track(values, 1, HORIZON, "auto", limits)
        return spreads(made, limits, np.zeros(40), np.full(40, wide))[1]

    assert heavy(normal)[:, -1].mean() < 0.5
    assert heavy(wild)[:, -1].mean() > 0.6
    assert heavy(normal)[:, 0] == pytest.approx(np.full((40, 1), 0.5))
    assert heavy(normal, wide=True)[:, -1].min() == 1


def test_scores_are_those_of_the_textbook() -> None:
    values = np.array([[1.0, 3, 2, 5, 4, 6, 5, 7]])
    actual, mean = np.array([[[4.0, 6], [np.nan, 2]]]), np.array([[[3.0, 6], [9, 4]]])
    assert scores.mase(actual, mean, values, 2)[0] == pytest.approx(1 / np.mean([1, 2, 2, 1, 1, 1]))
    for season in (5, 12):  # under two seasons are known
        assert scores.mase(actual, mean, values, season)[0] == pytest.approx(1 / np.mean([2, 1, 3, 1, 2, 1, 2]))
    inside = scores.coverage(actual, mean - 1, mean + 1)
    assert inside[0] == pytest.approx(2 / 3)


def test_brier_looks_at_contested_periods_alone() -> None:
    chance = np.array([[[0.8], [0.5]]])
    actual, goal = np.array([[[7.0], [3.0]]]), np.full((1, 2, 1), 5.0)
    up = np.array([1], dtype=np.int8)
    assert scores.brier(chance, actual, goal, up, np.array([[0.5, 0.5]]))[0] == pytest.approx((0.04 + 0.25) / 2)
    assert scores.brier(chance, actual, goal, up, np.array([[0.5, 1.0]]))[0] == pytest.approx(0.04)
    assert np.isnan(scores.brier(chance, actual, goal, up, np.array([[0.0, 1.0]]))[0])


def test_the_past_share_counts_periods_up_to_the_origin() -> None:
    values, goal = np.array([[1.0, 9, np.nan, 9, 1]]), np.full((1, 5), 5.0)
    share = scores.past_share(values, goal, np.array([1], dtype=np.int8), np.array([3, 1, 0]))
    assert share[0] == pytest.approx([1 / 2, 2 / 3, 2 / 4])
