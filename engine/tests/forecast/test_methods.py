"""Each method against its twin in plain Python, and the laws that shifting and stretching obey."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plotthedots.forecast import seasons
from plotthedots.forecast.methods import METHODS, forecasts

from . import twins
from .series import Floats, seasonal, wandering, with_gaps

HORIZON = 15
SHAPES = [(40, 12), (61, 12), (29, 4), (37, 7), (24, 12), (11, 12), (8, 1), (50, 1)]


def drawn(length: int, seed: int) -> Floats:
    values = seasonal(length, seed) if seed % 2 else wandering(length, seed)
    return with_gaps(values, seed) if seed % 3 else values


def window(*series: Floats) -> Floats:
    """Series under one another, all ending in the last column."""
    width = max(map(len, series))
    return np.array([np.concatenate([np.full(width - len(values), np.nan), values]) for values in series])


def made(rows: Floats, season: int, multiplying: bool = False) -> dict[str, Floats]:
    flags = np.full(len(rows), multiplying)
    with np.errstate(all="ignore"):
        means = forecasts(rows, season, HORIZON, flags, METHODS).means
    return dict(zip(METHODS, means, strict=True))


def plain(values: Floats) -> twins.Series:
    return [None if value != value else float(value) for value in values]


@pytest.mark.parametrize(("length", "season"), SHAPES)
@pytest.mark.parametrize("multiplying", [False, True])
def test_methods_are_what_plain_python_makes_of_them(length: int, season: int, multiplying: bool) -> None:
    series = [drawn(length - seed % 3, seed) for seed in range(8)]
    ours = made(window(*series), season, multiplying)
    for row, values in enumerate(map(plain, series)):
        expected = {name: twins.seasonal(values, season, HORIZON, name, multiplying) for name in ("damped", "theta")}
        assert ours["seasonal_damped"][row] == pytest.approx(expected["damped"], rel=1e-9)
        assert ours["seasonal_theta"][row] == pytest.approx(expected["theta"], rel=1e-9)
        both = [(one + other) / 2 for one, other in zip(*expected.values(), strict=True)]
        assert ours["combination"][row] == pytest.approx(both, rel=1e-9)
        assert ours["damped"][row] == pytest.approx(twins.damped(values, HORIZON), rel=1e-9)
        assert ours["theta"][row] == pytest.approx(twins.theta(values, HORIZON), rel=1e-9)


def test_naive_repeats_the_last_value_and_seasonal_naive_the_last_season() -> None:
    values = np.array([1.0, 2, 3, 4, 5, np.nan, 7, 8])
    ours = made(values[None], 4)
    assert ours["naive"][0].tolist() == [8.0] * HORIZON
    assert ours["seasonal_naive"][0].tolist() == [5, 5, 7, 8, 5, 5, 7, 8, 5, 5, 7, 8, 5, 5, 7]


def test_seasonal_naive_of_less_than_a_season_is_naive_where_nothing_is_known() -> None:
    ours = made(np.array([[np.nan, np.nan, 3.0, 4.0, 5.0]]), 4)
    assert ours["seasonal_naive"][0][:4].tolist() == [5.0, 3.0, 4.0, 5.0]


@pytest.mark.parametrize(("length", "season"), SHAPES)
def test_effects_are_those_of_plain_python(length: int, season: int) -> None:
    for seed in range(6):
        values = drawn(length, seed)
        ours, belief = seasons.effects(values[None], season)
        expected, believed = twins.effects(plain(values), season)
        assert ours[0] == pytest.approx(expected, abs=1e-9)
        assert belief[0] == pytest.approx(believed, abs=1e-9)


def test_effects_of_noise_are_hardly_believed_and_those_of_a_wave_are() -> None:
    noise = np.random.default_rng(1).normal(50, 5, (400, 60))
    wave = noise + 10 * np.sin(np.arange(60) * 2 * np.pi / 12)
    assert seasons.effects(noise, 12)[1].mean() < 0.2
    assert seasons.effects(wave, 12)[1].mean() > 0.8


numbers = st.lists(st.one_of(st.none(), st.integers(-400, 400).map(lambda n: n / 4)), min_size=6, max_size=45)


@given(numbers, st.sampled_from([-64.0, 0.25, 1024.0]), st.sampled_from([0.5, 2.0, 4.0]), st.sampled_from([1, 4, 12]))
def test_shifted_and_stretched_series_have_shifted_and_stretched_forecasts(
    drawn_numbers: list[float | None], shift: float, stretch: float, season: int
) -> None:
    values = np.array([*drawn_numbers, 7.0], dtype=np.float64)
    one, other = made(values[None], season), made(shift + stretch * values[None], season)
    size = np.nanmax(np.abs(values)) * stretch + abs(shift)
    for method in METHODS:
        assert other[method] == pytest.approx(shift + stretch * one[method], abs=1e-6 * size)


@given(numbers)
def test_a_mirrored_series_has_mirrored_forecasts(drawn_numbers: list[float | None]) -> None:
    values = np.array([*drawn_numbers, 7.0], dtype=np.float64)
    one, other = made(values[None], 4), made(-values[None], 4)
    for method in METHODS:
        assert other[method] == pytest.approx(-one[method], abs=1e-6 * np.nanmax(np.abs(values)))


def test_a_row_is_forecast_as_it_would_be_alone() -> None:
    series = [drawn(30 + 7 * seed, seed) for seed in range(6)]
    together = made(window(*series), 12)
    for row, values in enumerate(series):
        alone = made(values[None], 12)
        for method in METHODS:
            assert together[method][row] == pytest.approx(alone[method][0], rel=1e-9)


def test_a_straight_line_is_carried_on_by_damped_and_theta() -> None:
    ours = made(np.arange(60.0)[None], 1)
    assert (np.diff(ours["damped"][0]) > 0).all()
    assert ours["damped"][0][:3] == pytest.approx([60, 61, 62], abs=1)
    # Theta keeps half of the slope.
    assert np.diff(ours["theta"][0]) == pytest.approx(np.full(HORIZON - 1, 0.5))
