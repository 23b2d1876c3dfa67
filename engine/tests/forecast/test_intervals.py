"""Predictive distributions: their shapes, their bounds, and that limits cover what they say."""

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plotthedots.constants import Signs
from plotthedots.forecast import forecast, rare
from plotthedots.forecast.bounds import Bounds
from plotthedots.forecast.intervals import Continuous, cumulative, log_density, quantile
from plotthedots.forecast.rare import Counts

from .series import Floats, months

UP, DOWN, NEITHER = (np.array([way], dtype=np.int8) for way in (1, -1, 0))


def bounds(lower: float = -np.inf, upper: float = np.inf) -> Bounds:
    return Bounds(np.array([lower]), np.array([upper]))


def likely(mean: float, spread: float, within: Bounds, unit: float = 0.0, heavy: float = 0.5) -> Continuous:
    middle, apart, tails = (np.array([[value]]) for value in (mean, spread, heavy))
    return Continuous(middle, apart, tails, within, np.array([unit]))


def chance(of: Continuous | Counts, target: float, better: Signs) -> float:
    return float(of.at_or_beyond(np.array([[target]]), better).ravel()[0])


@pytest.mark.parametrize("heavy", [0.0, 0.3, 1.0])
def test_density_is_the_slope_of_the_distribution_and_quantiles_undo_it(heavy: float) -> None:
    points = np.linspace(-6, 6, 25)
    slope = (cumulative(points + 1e-5, np.array(heavy)) - cumulative(points - 1e-5, np.array(heavy))) / 2e-5
    logistic, student = np.exp(log_density(points))
    assert heavy * student + (1 - heavy) * logistic == pytest.approx(slope, rel=1e-6)
    for level in (0.5, 0.8, 0.95, 0.999):
        reach = quantile(level, np.array(heavy))
        assert 2 * cumulative(reach, np.array(heavy)) - 1 == pytest.approx(level, abs=2e-4)


def test_the_student_tail_is_the_one_in_tables() -> None:
    assert quantile(0.95, np.array(1.0)) == pytest.approx(3.182, abs=5e-4)
    assert quantile(0.8, np.array(1.0)) == pytest.approx(1.638, abs=5e-4)


@pytest.mark.parametrize("within", [bounds(), bounds(0), bounds(upper=9), bounds(-1, 9)])
def test_the_even_scale_is_undone_and_its_slope_is_its_slope(within: Bounds) -> None:
    values = np.linspace(0.5, 8.5, 9)[None]
    evened = within.even(values)
    assert within.back(evened) == pytest.approx(values)
    step = (within.even(values + 1e-6) - within.even(values - 1e-6)) / 2e-6
    assert within.slope(values, np.full_like(values, 1e-9)) == pytest.approx(step, rel=1e-5)


@given(st.floats(0, 1), st.floats(0, 3), st.sampled_from([0.5, 0.8, 0.95, 0.999]))
def test_limits_of_proportions_stay_within_0_and_1_and_contain_the_mean(
    mean: float, spread: float, level: float
) -> None:
    lower, upper = likely(mean, spread, bounds(0, 1)).limits(level)
    assert 0 <= lower[0, 0] <= mean + 1e-9
    assert mean - 1e-9 <= upper[0, 0] <= 1


def test_the_chance_agrees_with_the_limits() -> None:
    for within in (bounds(), bounds(0), bounds(0, 100)):
        made = likely(40.0, 0.2, within)
        lower, upper = (float(side[0, 0]) for side in made.limits(0.8))
        assert chance(made, upper, UP) == pytest.approx(0.1, abs=1e-3)
        assert chance(made, lower, DOWN) == pytest.approx(0.1, abs=1e-3)
        assert chance(made, 40.0, UP) == pytest.approx(0.5)


def test_a_target_at_or_past_a_bound_is_certain_or_out_of_reach() -> None:
    made = likely(0.5, 0.1, bounds(0, 1))
    assert chance(made, 0.0, UP) == 1
    assert chance(made, 1.0, DOWN) == 1
    assert chance(made, 1.2, UP) == 0
    assert chance(made, -0.1, DOWN) == 0
    assert math.isnan(chance(made, 0.5, NEITHER))
    assert math.isnan(chance(made, math.nan, UP))


def test_whole_numbers_are_at_5_from_4_and_a_half_on() -> None:
    made, smooth = likely(4.5, 0.3, bounds(0), unit=1.0), likely(4.5, 0.3, bounds(0))
    assert chance(made, 5, UP) == pytest.approx(0.5)
    assert chance(made, 4.2, UP) == pytest.approx(0.5)
    assert chance(made, 4, DOWN) == pytest.approx(0.5)
    assert chance(smooth, 5, UP) < 0.5


def test_counts_have_the_distribution_of_a_plain_sum() -> None:
    mean, size = 1.7, 2.5
    share = mean / (mean + size)
    pmf = [math.exp(math.lgamma(size + k) - math.lgamma(size) - math.lgamma(k + 1)) for k in range(60)]
    pmf = [one * (1 - share) ** size * share**k for k, one in enumerate(pmf)]
    made = Counts(*(np.array([[value]]) for value in (mean, size, 1.0)))
    assert chance(made, 3, UP) == pytest.approx(1 - sum(pmf[:3]))
    assert chance(made, 3, DOWN) == pytest.approx(sum(pmf[:4]))
    assert chance(made, 0, UP) == 1
    lower, upper = (int(side[0, 0]) for side in made.limits(0.8))
    assert sum(pmf[: lower + 1]) > 0.1 >= sum(pmf[:lower])
    assert sum(pmf[: upper + 1]) >= 0.9 > sum(pmf[:upper])


def test_rates_are_those_of_a_plain_loop() -> None:
    random = np.random.default_rng(3)
    counts, exposure = random.poisson(1.2, 30).astype(float), random.integers(80, 120, 30).astype(float)
    counts[7] = np.nan
    events, seen, dispersion = rare.rates(counts[None], exposure[None])
    there = ~np.isnan(counts)
    usual, period = counts[there].sum() / exposure[there].sum(), exposure[there].mean()
    sums, likelihoods, squares = [], [], []
    for forgetting in rare.FORGETTING:
        a, b, log, square = usual * period, period, 0.0, 0.0
        for y, n in zip(counts[there], exposure[there], strict=True):
            expected = a / b * n
            log, square = log + y * math.log(expected) - expected, square + (y - expected) ** 2 / expected
            a, b = (1 - forgetting) * a + y, (1 - forgetting) * b + n
        sums.append((a, b))
        likelihoods.append(log)
        squares.append(square)
    weights = np.exp(np.array(likelihoods) - max(likelihoods))
    weights /= weights.sum()
    assert events[0] == pytest.approx(weights @ [a for a, _ in sums])
    assert seen[0] == pytest.approx(weights @ [b for _, b in sums])
    assert dispersion[0] == pytest.approx(max(1, (12 + weights @ squares) / (12 + 29)))


N, SERIES, HORIZON = 60, 300, 12
SHAPES: dict[str, Callable[[np.random.Generator, tuple[int, int]], Floats]] = {
    "stable": lambda random, shape: random.normal(50, 5, shape),
    "seasonal": lambda random, shape: random.normal(50, 3, shape) + 5 * np.sin(np.arange(shape[1]) * np.pi / 6),
    "wandering": lambda random, shape: random.normal(0, 1, shape).cumsum(axis=1),
    "counts": lambda random, shape: random.poisson(20, shape).astype(float),
    "shares": lambda random, shape: random.binomial(200, 0.9, shape) / 200,
    "rare": lambda random, shape: random.poisson(1.5, shape).astype(float),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_limits_cover_what_they_say_on_simulated_series(shape: str) -> None:
    values = SHAPES[shape](np.random.default_rng(11), (SERIES, N + HORIZON))
    frame = {
        "by": np.repeat(np.arange(SERIES), N),
        "date": np.tile(months(N), SERIES),
        "value": values[:, :N].ravel(),
    }
    points = forecast(frame, by="by", bounds=(0, 1) if shape == "shares" else None).points
    for level, low, high in ((80, 0.76, 0.86), (95, 0.93, 0.99)):
        lower, upper = (points[f"{side}_{level}"].reshape(SERIES, -1) for side in ("lower", "upper"))
        covered = ((lower <= values[:, N:]) & (values[:, N:] <= upper)).mean()
        # Limits of whole numbers must reach at least as far as the level, and cannot stop short of the next one.
        assert low <= covered <= (1.0 if shape == "rare" else high), (level, covered)
