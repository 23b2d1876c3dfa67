"""The test and the monitor: against twins from whole matrices, and how often they are fooled."""

import numpy as np
import pytest

from plotthedots.gains import evidence, monitor
from plotthedots.gains.judge import FEWEST_SINCE, ODDS
from plotthedots.gains.noise import KEPT, PRIOR, SHARE, mean_variance

from . import twins
from .series import Floats, noise

BEFORE = 14


def gappy(seed: int, correlation: float = 0.4, up: float = 1.0) -> Floats:
    values = noise(30, seed, correlation)
    values[BEFORE:] += up
    values[[3, 9, 17, 18]] = np.nan
    return values


def test_the_models_are_the_21_of_the_docs() -> None:
    assert list(zip(SHARE.tolist(), KEPT.tolist(), strict=True)) == twins.MODELS
    np.testing.assert_allclose(np.exp(PRIOR), [twins.prior(*model) for model in twins.MODELS], rtol=1e-12)
    assert np.exp(PRIOR).sum() == pytest.approx(1)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("up", [-1.0, 0.0, 3.0])
def test_odds_and_change_are_those_of_whole_matrices(seed: int, up: float) -> None:
    values = gappy(seed, up=up)
    white = np.ones(30)
    found = evidence.evidence(values[None, :], white[None, :], BEFORE)
    for period in (14, 15, 17, 20, 29):
        for name, figure in twins.odds(values, white, BEFORE, period).items():
            assert getattr(found, name)[0, period - BEFORE] == pytest.approx(figure, rel=1e-8, abs=1e-8), name


@pytest.mark.parametrize("seed", range(3))
def test_the_same_where_values_differ_in_their_own_noise(seed: int) -> None:
    values = gappy(seed)
    white = np.random.default_rng(seed).uniform(0.2, 5, 30)
    found = evidence.evidence(values[None, :], white[None, :], BEFORE)
    for period in (14, 16, 18, 29):
        for name, figure in twins.odds(values, white, BEFORE, period).items():
            assert getattr(found, name)[0, period - BEFORE] == pytest.approx(figure, rel=1e-8, abs=1e-8), name


def test_series_beside_it_do_not_matter() -> None:
    many = np.stack([gappy(seed) for seed in range(4)])
    white = np.ones_like(many)
    whole = evidence.evidence(many, white, BEFORE)
    alone = evidence.evidence(many[2:3], white[2:3], BEFORE)
    np.testing.assert_array_equal(whole.log_odds[2], alone.log_odds[0])


def test_a_missing_value_says_nothing() -> None:
    found = evidence.evidence(gappy(1)[None, :], np.ones((1, 30)), BEFORE).log_odds[0]
    assert found[3] == pytest.approx(found[2], abs=1e-12)
    assert found[4] == pytest.approx(found[2], abs=1e-12)


def test_students_distribution_is_close_enough() -> None:
    """Against the closed forms at 1, 2 and 4 degrees of freedom."""
    t = np.linspace(-6, 6, 49)
    four = 0.5 + (t / np.sqrt(4 + t**2)) * (1 + 2 / (4 + t**2)) / 2
    np.testing.assert_allclose(evidence.below(t, np.full_like(t, 4.0)), four, atol=0.005)
    large = evidence.below(np.array([1.6448536, 1.9599640, -1.2815516]), np.full(3, 1e6))
    np.testing.assert_allclose(large, [0.95, 0.975, 0.1], atol=0.0005)


@pytest.mark.parametrize("correlation", [0.0, 0.3, 0.6, 0.8])
def test_few_are_fooled_within_36_values(correlation: float) -> None:
    """The stated chance is 5 %; of 400 series, with two standard errors, under 7.2 %."""
    values = np.stack([noise(60, seed, correlation) for seed in range(400)])
    found = evidence.evidence(values, np.ones_like(values), 24)
    fooled = (found.log_odds[:, FEWEST_SINCE - 1 :] >= ODDS).any(axis=1).mean()
    assert fooled < 0.072


@pytest.mark.parametrize(("correlation", "least"), [(0.0, 0.95), (0.6, 0.7)])
def test_a_gain_of_two_standard_deviations_is_seen_within_two_years(correlation: float, least: float) -> None:
    values = np.stack([noise(48, seed, correlation) for seed in range(300)])
    values[:, 24:] += 2
    found = evidence.evidence(values, np.ones_like(values), 24)
    assert (found.log_odds[:, FEWEST_SINCE - 1 :] >= ODDS).any(axis=1).mean() > least


def gone(seed: int) -> Floats:
    """A gain at 14 that goes at 26, with values missing."""
    values = noise(44, seed, 0.3)
    values[14:26] += 2.5
    values[[8, 20, 30]] = np.nan
    return values


def further() -> Floats:
    values = noise(50, 9)
    values[14:] += 2.5
    values[34:] += 3
    return values


def same_as_matrices(values: Floats, before: int, established: int) -> dict[str, Floats]:
    """Every figure of the watch, at every period from establishment on."""
    told = twins.watch(values, before, established, monitor.CAP)
    seen = monitor.watch(values[None, :], np.ones((1, len(values))), before, np.array([established]), monitor.CAP)
    expected = {name: np.array([row[name] for row in told]) for name in told[0]}
    assert set(expected) == set(monitor.Watch.__slots__)
    for name, figures in expected.items():
        found = getattr(seen, name)[0]
        assert np.isnan(found[: established - before]).all()
        np.testing.assert_allclose(found[established - before :], figures, rtol=1e-7, atol=1e-7, err_msg=name)
    return expected


@pytest.mark.parametrize("seed", range(3))
def test_the_watch_of_a_gain_that_goes_is_that_of_whole_matrices(seed: int) -> None:
    assert same_as_matrices(gone(seed), 14, 18)["worse"].max() > 2  # the gain is gone, and the monitor knows


def test_the_watch_of_a_further_gain_is_that_of_whole_matrices() -> None:
    assert same_as_matrices(further(), 14, 17)["better"][-1] > monitor.FURTHER


def test_the_watch_of_a_gain_that_holds_for_long_is_that_of_whole_matrices() -> None:
    values = noise(46, 5, 0.5)
    values[14:] += 1.2
    assert same_as_matrices(values, 14, 17)["worse"].min() == 0


def test_the_monitors_of_several_are_those_of_each() -> None:
    many = np.stack([noise(44, seed, 0.3) for seed in range(4)])
    many[:, 14:26] += 2.5
    established = np.array([18, 16, 25, 19])
    whole = monitor.watch(many, np.ones_like(many), 14, established, monitor.CAP)
    for row in range(4):
        alone = monitor.watch(many[row : row + 1], np.ones((1, 44)), 14, established[row : row + 1], monitor.CAP)
        for name in monitor.Watch.__slots__:
            np.testing.assert_allclose(getattr(whole, name)[row], getattr(alone, name)[0], rtol=1e-12, atol=1e-12)


def test_the_monitors_stand_still_where_a_value_is_missing() -> None:
    """Whatever is seen beside it in that period."""
    many = np.stack([noise(60, seed, 0.3) for seed in range(60)])
    many[:, 20:] += 2.5
    many[np.random.default_rng(0).random(many.shape) < 0.25] = np.nan
    seen = monitor.watch(many, np.ones_like(many), 20, np.full(60, 24), monitor.CAP)
    gone = np.isnan(many[:, 25:])
    for side in (seen.worse, seen.better):
        np.testing.assert_array_equal(side[:, 5:][gone], side[:, 4:-1][gone])


def test_the_monitor_goes_no_higher_than_its_cap() -> None:
    values = noise(120, 2)
    values[14:40] += 4
    seen = monitor.watch(values[None, :], np.ones((1, 120)), 14, np.array([18]), monitor.CAP)
    assert np.nanmax(seen.worse) == pytest.approx(monitor.CAP)


def test_the_mean_of_neighbours_is_as_sure_as_their_covariances_say() -> None:
    for count in (1, 2, 3, 8, 12):
        expected = [twins.covariance(np.arange(count), np.ones(count), *model).mean() for model in twins.MODELS]
        np.testing.assert_allclose(mean_variance(count), expected, rtol=1e-12)
        np.testing.assert_allclose(monitor.VARIANCES[count - 1], expected, rtol=1e-12)


def watched() -> monitor.Watch:
    values = np.stack([noise(60, seed, 0.3) for seed in range(12)])
    values[:6, 20:] += 3
    values[6:, 20:34] += 2
    return monitor.watch(values, np.ones_like(values), 20, np.full(12, 24), monitor.CAP)


def test_fiellers_interval_is_the_set_of_shares_that_the_data_do_not_refute() -> None:
    seen = watched()
    share, lower, upper = monitor.retained(seen)
    z = monitor.student_quantile(seen.freedom)
    tried = 0
    for row, column in zip(*np.nonzero(np.isfinite(lower)), strict=True):
        if column % 7:
            continue
        at = row, column
        grid = np.linspace(lower[at] - 1, upper[at] + 1, 4001)
        spread = seen.var_above[at] - 2 * grid * seen.together[at] + grid**2 * seen.var_under[at]
        kept = grid[(seen.above[at] - grid * seen.under[at]) ** 2 <= z[at] ** 2 * spread]
        step = grid[1] - grid[0]
        assert abs(kept[0] - lower[at]) <= step
        assert abs(kept[-1] - upper[at]) <= step
        assert lower[at] <= share[at] <= upper[at]
        tried += 1
    assert tried > 30


def test_no_share_is_told_of_a_gain_that_may_be_none() -> None:
    seen = watched()
    share, lower, upper = monitor.retained(seen)
    z = monitor.student_quantile(seen.freedom)
    none = seen.under <= z * np.sqrt(seen.var_under)
    known = np.isfinite(seen.under)
    np.testing.assert_array_equal(np.isnan(share)[known], none[known])
    np.testing.assert_array_equal(np.isnan(lower), np.isnan(share))
    np.testing.assert_array_equal(np.isnan(upper), np.isnan(share))


@pytest.mark.parametrize(
    ("freedom", "quantile", "within"),
    [
        (4, 2.776445, 8e-3),
        (10, 2.228139, 2e-4),
        (20, 2.085963, 2e-5),
        (40, 2.021075, 2e-6),
        (100, 1.9839715185, 5e-9),
        (1e6, 1.959964, 4e-6),
    ],
)
def test_students_quantile(freedom: float, quantile: float, within: float) -> None:
    """The tabled 97.5 % points; under three degrees of freedom it is that of three."""
    assert monitor.student_quantile(np.array([freedom]))[0] == pytest.approx(quantile, abs=within)
    low = monitor.student_quantile(np.array([0.0, 2.9, 3.0, 3.1]))
    assert low[0] == low[1] == low[2] > low[3]


def test_a_small_gain_asks_more_of_its_monitor() -> None:
    assert monitor.threshold(np.array([0.5, 1.1, 1.6, 2.1, 9.0])).tolist() == pytest.approx([6.7, 6.7, 5.45, 4.2, 4.2])
