"""Lines worked out by hand where random series do not reach: known centres, empty subgroups, nothing to divide by."""

from typing import Any

import numpy as np
import pytest

import plotthedots as ptd

LINES = ("centre", "lower", "upper", "lower_near", "upper_near")


def lines(values: list[Any], row: int = 0, **options: Any) -> list[float]:
    """Centre and limits at a row."""
    columns = {name: options.pop(name) for name in ("n", "ghost", "date") if name in options}
    points = ptd.spc({"date": range(len(values)), "value": values} | columns, **options).points
    return [float(points[name][row]) for name in LINES]


def test_a_known_centre_on_g_is_the_median_and_limits_are_about_its_mean() -> None:
    mean = 6.93 / 0.693
    upper = [mean + k * (mean * (mean + 1)) ** 0.5 for k in (3, 2)]
    expected = [6.93, 0, upper[0], 0, upper[1]]
    assert lines([2, 10, 3], chart="g", centre=6.93) == pytest.approx(expected, rel=1e-12)


def test_a_known_centre_on_t_is_taken_to_the_transformed_scale_and_back() -> None:
    powers = [value ** (1 / 3.6) for value in (20.0, 26.0, 22.0)]
    middle = 23 ** (1 / 3.6)
    one = (abs(powers[1] - powers[0]) + abs(powers[2] - powers[1])) / 2 / 1.128
    expected = [23.0, *((middle + k * one) ** 3.6 for k in (-3, 3, -2, 2))]
    assert lines([20.0, 26.0, 22.0], 1, chart="t", centre=23) == pytest.approx(expected, rel=1e-12)


def test_on_t_a_limit_that_would_be_negative_stands_at_nought_and_a_near_limit_is_undefined() -> None:
    _, lower, _, near, _ = lines([2.0, 90.0, 3.0], chart="t")
    assert lower == 0
    assert np.isnan(near)
    assert lines([5.0, 5.0], chart="t", centre=0, screen_moving_ranges=False) == [0] * 5


def test_a_known_centre_keeps_the_moving_ranges_of_the_values() -> None:
    assert lines([10.0, 12, 11, 13], 2, centre=20) == pytest.approx(
        [20, 20 - 2.66 * 5 / 3, 20 + 2.66 * 5 / 3, 20 - 2.66 * 10 / 9, 20 + 2.66 * 10 / 9]
    )
    assert lines([10.0, 12, 11, 13], 2, centre=20, rules="nelson")[2] == pytest.approx(20 + 3 * 5 / 3 / 1.128)


def test_events_without_a_denominator_count_under_the_rules_of_qicharts2_alone() -> None:
    for chart in ("u", "uprime"):
        told = {"chart": chart, "denominator": "n", "n": [4, 0, 4]}
        assert lines([6, 2, 10], **told)[0] == 16 / 8
        assert lines([6, 2, 10], **told, rules="anhoej")[0] == 18 / 8


def test_denominators_of_one_and_less_count_as_others_do() -> None:
    centre, lower, upper, *_ = lines([5.0, 12.0, 5.5], 1, chart="iprime", denominator="n", n=[0.5, 1.0, 0.5])
    assert centre == 22.5 / 2
    spread = (np.pi / 2) ** 0.5 * (2 + 1) / 3**0.5 / 2
    assert (lower, upper) == pytest.approx((centre - 3 * spread, centre + 3 * spread))


@pytest.mark.parametrize("chart", ["xmr", "iprime", "t", "mr"])
def test_a_phase_of_ghosts_alone_has_no_lines_and_leaves_the_others_theirs(chart: str) -> None:
    ghost = [False] * 4 + [True] * 2
    options: dict[str, Any] = {"chart": chart, "rules": ("outside",)}
    if chart == "iprime":
        options |= {"denominator": "n", "n": [2] * 6}
    values = [10.0, 14.0, 12.0, 18.0, 30.0, 31.0]
    plain = lines(values[:4], 2, **(options | ({"n": [2] * 4} if chart == "iprime" else {})))
    made = [lines(values, row, ghost=ghost, exclude="ghost", rebase=4, **options) for row in (2, 5)]
    assert made[0] == pytest.approx(plain)
    assert np.isnan(made[1][0])


def test_one_large_range_is_screened_though_another_phase_has_none_at_all() -> None:
    values = [10.0, 11, 10, 11, 10, 11, 30, 31, 30, 31, 50, 51]
    ghost = [False] * 10 + [True] * 2
    options: dict[str, Any] = {"ghost": ghost, "exclude": "ghost"}
    for rebase in (None, 10):
        centre, _, upper, *_ = lines(values, rebase=rebase, **options)
        assert upper - centre == pytest.approx(2.66)
        assert lines(values, rebase=rebase, screen_moving_ranges=False, **options)[2] - centre == pytest.approx(
            2.66 * (8 + 19) / 9
        )


def test_a_date_without_a_value_leaves_the_centre_of_subgroups_alone() -> None:
    values, dates = [4.0, 6, None, None, 7, 9], [1, 1, 2, 2, 3, 3]
    assert lines(values, chart="xbar", date=dates)[0] == 6.5
    assert lines(values, chart="s", date=dates)[0] == pytest.approx(2**0.5)


def test_a_subgroup_of_one_counts_towards_the_centre_by_its_one_value() -> None:
    assert lines([4.0, 6, 11], chart="xbar", date=[1, 1, 2])[0] == 7


def test_an_empty_subgroup_makes_sizes_differ_under_the_rules_of_qicharts2_alone() -> None:
    """Spreads √2 and √8: their mean; or pooled, the empty subgroup being one degree of freedom less."""
    values, dates = [4.0, 6, None, None, 7, 11], [1, 1, 2, 2, 3, 3]
    assert lines(values, chart="s", date=dates)[0] == pytest.approx((2**0.5 + 8**0.5) / 2)
    assert lines(values, chart="s", date=dates, rules="anhoej")[0] == pytest.approx(10**0.5)


@pytest.mark.parametrize(
    ("values", "dates", "spread"),
    [
        ([4.0, 6, 7, 9, 11], [1, 1, 2, 2, 2], (10 / 3) ** 0.5),
        ([4.0, 6, None, 7, 9, 11], [1, 1, 2, 3, 3, 3], (10 / 3) ** 0.5),  # an empty one adds nothing
        ([4.0, 6, 5, 7, 11], [1, 1, 2, 3, 3], 5**0.5),  # nor does one of one, but sizes differ
    ],
)
def test_spreads_of_subgroups_that_differ_in_size_are_pooled(
    values: list[Any], dates: list[int], spread: float
) -> None:
    assert lines(values, chart="s", date=dates)[0] == pytest.approx(spread)
