"""Round numbers for an axis, and numbers as a person writes them."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plotthedots.svg import scale

SIZES = st.floats(-1e15, 1e15, allow_nan=False)
ANY = st.floats(allow_nan=False, allow_infinity=False)


@given(ANY, ANY, st.integers(1, 8))
def test_ticks_cover_what_they_are_made_for(first: float, second: float, about: int) -> None:
    low, high = sorted((first, second))
    made, step = scale.ticks(low, high, about)
    assert 2 <= len(made) <= 2 * about + 3
    low, high = (min(max(end, -scale.LARGEST), scale.LARGEST) for end in (low, high))
    assert made[0] <= low + 1e-6 * step
    assert made[-1] >= high - 1e-6 * step
    assert step > 0
    assert all(math.isfinite(tick) for tick in made)


def test_ticks_are_round() -> None:
    assert scale.ticks(0, 47) == ([0, 10, 20, 30, 40, 50], 10)
    assert scale.ticks(0, 1, 4) == ([0, 0.25, 0.5, 0.75, 1], 0.25)


def test_one_value_has_ticks_around_it() -> None:
    made, _ = scale.ticks(7.0, 7.0)
    assert made[0] < 7 < made[-1]


@given(SIZES, SIZES)
def test_no_two_ticks_are_written_alike(first: float, second: float) -> None:
    low, high = sorted((first, second))
    made, step = scale.ticks(low, high)
    if step < max(abs(low), abs(high)) * 1e-9:
        return  # further figures than a person reads
    write = scale.writer(step, percent=False)
    assert len({write(tick) for tick in made}) == len(made)


@pytest.mark.parametrize(
    ("value", "step", "written"),
    [
        (1200, 200, "1,200"),
        (-2.5, 2.5, "−2.5"),
        (7.5, 2.5, "7.5"),
        (0.4, 0.1, "0.4"),
        (-1e-12, 1, "0"),
        (1.25e10, 2.5e9, "1.25 × 10¹⁰"),
        (-4e-8, 2e-8, "−4 × 10⁻⁸"),
        (0.0, 2e-8, "0"),
    ],
)
def test_a_tick_has_the_places_of_its_step(value: float, step: float, written: str) -> None:
    assert scale.writer(step, percent=False)(value) == written


@pytest.mark.parametrize(("value", "step", "written"), [(0.95, 0.05, "95%"), (0.975, 0.025, "97.5%"), (0, 0.2, "0%")])
def test_shares_are_written_in_per_cent(value: float, step: float, written: str) -> None:
    assert scale.writer(step, percent=True)(value) == written


def test_a_limit_is_written_finer_than_the_ticks() -> None:
    write = scale.writer(5, percent=False, finer=True, unit=" days")
    assert write(6.943) == "6.9 days"
    assert write(0) == "0 days"


def test_a_line_maps_its_ends() -> None:
    across = scale.line(2, 4, 100, 300)
    assert (across(2), across(3), across(4)) == (100, 200, 300)


def test_a_line_without_spread_gives_the_middle() -> None:
    assert scale.line(2, 2, 100, 300)(2) == 200
