"""Each code of advice on a series made for it, and not on a quiet one."""

from typing import Any

import numpy as np
import pytest

import plotthedots as ptd
from plotthedots import words

RNG = np.random.default_rng(20)
QUIET = RNG.normal(50, 5, 36)


def months(count: int) -> Any:
    return np.arange("2020-01", np.datetime64("2020-01") + count, dtype="datetime64[M]").astype("datetime64[D]")


def codes(values: Any, **options: Any) -> set[str]:
    values = np.asarray(values, dtype=float)
    table = {"date": options.pop("dates", months(len(values))), "value": values} | options.pop("columns", {})
    return set(filter(None, ptd.spc(table, **options).summary["advice"][0].split(";")))


def correlated(r: float, count: int = 48) -> Any:
    made = np.zeros(count)
    noise = np.random.default_rng(4).normal(size=count)
    for i in range(1, count):
        made[i] = r * made[i - 1] + noise[i]
    return made + 50


def test_a_quiet_series_has_no_advice() -> None:
    assert codes(QUIET) == set()


def test_few_points_are_provisional() -> None:
    assert "provisional" in codes(QUIET[:12])
    assert "provisional" not in codes(QUIET[:13])


def test_a_constant_series_is_flat() -> None:
    assert "flat" in codes([5.0] * 20)


def test_a_series_without_a_value_is_empty() -> None:
    assert "empty" in codes([np.nan] * 3)


def test_strong_correlation_is_told_and_taints_assurance() -> None:
    assert "correlated" in codes(correlated(0.9))
    assert "assurance_correlated" in codes(correlated(0.9), target=50, direction="increase")


def test_a_season_is_told() -> None:
    season = 10 * np.sin(np.arange(48) * 2 * np.pi / 12) + RNG.normal(0, 2, 48)
    assert "seasonal" in codes(season)
    assert "seasonal" not in codes(season, dates=np.arange(48))


def test_mostly_zeros_are_told() -> None:
    assert "zeros" in codes([0.0, 0, 0, 1, 0] * 5, chart="c")


def test_spread_beyond_the_denominators_is_told_on_p_and_u() -> None:
    n = np.full(36, 10_000.0)
    share = np.clip(RNG.normal(0.2, 0.05, 36), 0, 1)
    assert "overdispersed" in codes(np.round(n * share), columns={"n": n}, denominator="n", chart="p")
    within = RNG.binomial(10_000, 0.2, 36)
    assert "overdispersed" not in codes(within, columns={"n": n}, denominator="n", chart="p")


def test_spread_below_the_denominators_is_told_on_p_prime() -> None:
    n = np.full(36, 10_000.0)
    assert "underdispersed" in codes(2000 + np.arange(36) % 2, columns={"n": n}, denominator="n", chart="pprime")


def test_small_whole_numbers_on_xmr_are_told() -> None:
    assert "whole_numbers" in codes(RNG.poisson(1.5, 36))


def test_counts_that_are_not_whole_are_told() -> None:
    assert "not_counts" in codes([1.5, 2.0, 3.0], chart="c")


def test_a_lower_limit_below_nought_is_told() -> None:
    assert "below_zero" in codes([1.0, 9.0] * 8)
    assert "below_zero" not in codes([1.0, 9.0] * 8, floor=0)


def test_assurance_on_an_unstable_process_is_told() -> None:
    assert "unstable" in codes([*QUIET, 99.0], target=50, direction="increase")


def test_a_step_that_lasts_is_suggested_and_not_applied() -> None:
    values = [*RNG.normal(50, 2, 20), *RNG.normal(60, 2, 12)]
    made = ptd.spc({"date": months(32), "value": values})
    assert "step" in made.summary["advice"][0].split(";")
    assert made.summary["phases"].tolist() == [1]


def test_a_series_whose_last_values_are_missing_is_stale() -> None:
    assert "stale" in codes([*QUIET, np.nan, np.nan, np.nan, np.nan])
    assert "stale" not in codes([*QUIET, np.nan])


def test_a_series_long_before_the_day_asked_about_is_stale() -> None:
    assert "stale" in codes(QUIET, as_of="2023-06-01")
    assert "stale" not in codes(QUIET, as_of="2023-01-15")


def test_many_gaps_are_told() -> None:
    values = QUIET.copy()
    values[::5] = np.nan
    assert "gaps" in codes(values)
    assert "gaps" not in codes(QUIET, chart="mr")


def test_rules_that_mean_nothing_here_are_told() -> None:
    assert "rules_left_out" in codes(QUIET, chart="run")


def test_changed_runs_are_told() -> None:
    assert "runs" in codes([1.0] * 12 + [9.0] * 12, rules="anhoej")


@pytest.mark.parametrize("chart", ["xmr", "mr", "run", "c", "g", "t", "xbar", "s"])
def test_advice_is_given_on_every_family_without_an_error(chart: str) -> None:
    values = np.round(np.abs(QUIET)) + 1
    dates = np.repeat(months(18), 2) if chart in ("xbar", "s") else months(36)
    assert codes(values, chart=chart, dates=dates, target=3, direction="increase") <= set(words.ADVICE)
