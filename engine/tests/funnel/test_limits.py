"""Limits of funnels against tables, published limits and twins."""

import csv
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import plotthedots as ptd
from plotthedots.funnel import limits

from . import twins

TAILS = (Fraction(1, 40), Fraction(1, 1000))


def shmi() -> dict[str, Any]:
    """The published table, a column each."""
    with (Path(__file__).parent / "shmi_2014_april.csv").open() as file:
        rows = list(csv.DictReader(file))
    numbers = {name: np.array([float(row[name]) for row in rows]) for name in rows[0] if name != "PROVIDER"}
    return {"area": [row["PROVIDER"] for row in rows]} | numbers


# Tables and published limits


def test_a_poisson_limit_is_that_of_the_printed_table() -> None:
    # Cumulative Poisson, mean 10 (any printed table; typed from memory): P(R ≤ 3) = 0.0103, P(R ≤ 4) = 0.0293.
    made = limits.exact("u", np.array([10.0]), 1.0)
    assert made.lower[0, 0] * 10 == pytest.approx(4 - (0.0293 - 0.025) / (0.0293 - 0.0103), abs=0.01)


def test_a_binomial_limit_is_that_of_the_printed_table() -> None:
    # Cumulative binomial, n 20, share 0.5 (any table; typed from memory): P(R ≤ 5) = 0.0207, P(R ≤ 6) = 0.0577.
    made = limits.exact("p", np.array([20.0]), 0.5)
    lower = 6 - (0.0577 - 0.025) / (0.0577 - 0.0207)
    assert made.lower[0, 0] * 20 == pytest.approx(lower, abs=0.01)
    assert made.upper[0, 0] * 20 == pytest.approx(20 - lower, abs=0.01)


def test_poisson_limits_are_near_those_published_with_the_mortality_indicator() -> None:
    # Those published are χ² confidence limits of a mean of which E deaths were seen; these hold the deaths seen where E
    # are expected. They part by the skewness of the Poisson: some 2 of 400 to 5,000 deaths.
    table = shmi()
    made = limits.exact("smr", table["EXPECTED"], 1.0)
    assert np.abs((made.lower[1] - table["PO_LL"]) * table["EXPECTED"]).max() < 2.6
    assert np.abs((made.upper[1] - table["PO_UL"]) * table["EXPECTED"]).max() < 2.6


def test_wider_limits_are_near_those_published_which_trim_where_these_winsorise() -> None:
    table = shmi()
    made = ptd.funnel(table, value="OBSERVED", denominator="EXPECTED", chart="smr", out=0.95)
    order = np.argsort(table["area"])
    assert made.summary["limits"].tolist() == ["overdispersed"]
    assert made.points["lower_95"] == pytest.approx(table["OD_LL"][order], abs=0.025)
    assert made.points["upper_95"] == pytest.approx(table["OD_UL"][order], abs=0.025)
    published = np.select([table["OD_BANDING"] == 1, table["OD_BANDING"] == 3], [1, -1], 0)[order]
    # A trimmed variance is smaller: all that is out here is out there, on the same side.
    assert (made.points["out"][made.points["out"] != 0] == published[made.points["out"] != 0]).all()
    assert (made.points["out"] == published).mean() > 0.93


# Twins


@given(n=st.integers(1, 70), percent=st.integers(1, 99))
@settings(max_examples=120, deadline=None)
def test_binomial_limits_are_those_of_whole_fractions(n: int, percent: int) -> None:
    made = limits.exact("p", np.array([float(n)]), percent / 100)
    chances = twins.binomial(n, Fraction(percent / 100))
    for row, tail in enumerate(TAILS):
        lower, upper = twins.limits(chances, tail)
        assert made.lower[row, 0] * n == pytest.approx(lower, abs=1e-7)
        assert made.upper[row, 0] * n == pytest.approx(upper, abs=1e-7)


@given(mean=st.floats(0.01, 60))
@settings(max_examples=80, deadline=None)
def test_poisson_limits_are_those_of_summing(mean: float) -> None:
    made = limits.exact("u", np.array([1.0]), mean)
    chances = twins.poisson(mean)
    for row, tail in enumerate(TAILS):
        lower, _ = twins.limits(chances, tail)
        upper = _upper(chances, tail)
        assert (made.lower[row, 0], made.upper[row, 0]) == pytest.approx((lower, upper), abs=1e-6)


def _upper(chances: list[Fraction], tail: Fraction) -> float:
    """From above, the end of the chances cut off where they are nothing."""
    return len(chances) - 1 - twins.limits(chances[::-1], tail)[0]


@pytest.mark.parametrize(("n", "percent"), [(10, 90), (41, 90), (25, 50), (60, 4), (7, 50)])
def test_a_count_is_out_just_where_its_own_tail_is_rarer_than_the_limit_says(n: int, percent: int) -> None:
    chances = twins.binomial(n, Fraction(percent, 100))
    made = limits.exact("p", np.array([float(n)]), percent / 100)
    for row, tail in enumerate(TAILS):
        beyond = [(count / n > made.upper[row, 0]) - int(count / n < made.lower[row, 0]) for count in range(n + 1)]
        assert beyond == [twins.out(chances, count, tail) for count in range(n + 1)]
        chance = sum(own for own, side in zip(chances, beyond, strict=True) if side)
        assert made.chance[row, 0] == pytest.approx(float(chance), abs=1e-12)
        assert made.chance[row, 0] <= 2 * tail


@given(n=st.integers(1, 500), percent=st.integers(1, 99))
@settings(max_examples=60, deadline=None)
def test_what_did_not_happen_has_the_same_limits_upside_down(n: int, percent: int) -> None:
    made = limits.exact("p", np.array([float(n)]), percent / 100)
    other = limits.exact("p", np.array([float(n)]), 1 - percent / 100)
    assert other.upper == pytest.approx(1 - made.lower, abs=1e-7)


@pytest.mark.parametrize(("chart", "centre"), [("u", 1.0), ("p", 0.2), ("p", 0.01), ("p", 0.97)])
def test_limits_of_very_large_areas_go_on_from_those_that_are_summed(chart: str, centre: float) -> None:
    share = centre if chart == "p" else 0.0
    n = limits.LARGE**2 / (centre * (1 - share))
    low, high = (limits.exact(chart, np.array([n * factor]), centre) for factor in (1 - 1e-9, 1 + 1e-9))
    assert low.lower * n == pytest.approx(high.lower * n, abs=0.002)
    assert low.upper * n == pytest.approx(high.upper * n, abs=0.002)


@pytest.mark.parametrize("chart", ["p", "u", "smr"])
def test_dispersion_and_the_variance_between_areas_are_those_of_plain_loops(chart: str) -> None:
    rng = np.random.default_rng(4)
    n = rng.integers(50, 900, 40).astype(float)
    events = rng.binomial(n.astype(int), np.clip(rng.normal(0.2, 0.05, 40), 0.01, 0.9)).astype(float)
    centre = float(events.sum() / n.sum())
    made = limits.spread(chart, events / n, n, centre)
    dispersion, variance = twins.spread(chart, list(zip(events.tolist(), n.tolist(), strict=True)), centre)
    assert made.dispersion == pytest.approx(dispersion)
    assert made.tau**2 == pytest.approx(variance)
    inner = limits.exact(chart, n, centre)
    wide = limits.widened(chart, n, centre, made.tau, inner)
    for row, level in enumerate(limits.LEVELS):
        expected = [twins.widened(chart, size, centre, variance, level) for size in n.tolist()]
        assert wide.lower[row] == pytest.approx(np.minimum([low for low, _ in expected], inner.lower[row]))
        assert wide.upper[row] == pytest.approx(np.maximum([high for _, high in expected], inner.upper[row]))


def test_areas_alike_are_out_as_seldom_as_expected() -> None:
    rng = np.random.default_rng(11)
    n = np.full(20_000, 80.0)
    made = limits.exact("p", n[:1], 0.1)
    value = rng.binomial(80, 0.1, 20_000) / 80
    for row in range(2):
        beyond = ((value < made.lower[row, 0]) | (value > made.upper[row, 0])).mean()
        chance = made.chance[row, 0]
        assert abs(beyond - chance) < 4 * np.sqrt(chance * (1 - chance) / 20_000)


def test_wider_limits_are_never_within_the_exact_ones() -> None:
    n = np.arange(1.0, 200.0)
    for chart, centre in (("p", 0.05), ("p", 0.95), ("u", 0.1)):
        inner = limits.exact(chart, n, centre)
        wide = limits.widened(chart, n, centre, 0.001, inner)
        assert (wide.lower <= inner.lower).all()
        assert (wide.upper >= inner.upper).all()


def test_nothing_that_can_vary_has_no_limits() -> None:
    for chart, centre in (("p", 0.0), ("p", 1.0), ("u", 0.0), ("u", np.nan)):
        assert np.isnan(limits.exact(chart, np.array([10.0]), centre).lower).all()
    assert np.isnan(limits.exact("p", np.array([0.0, np.nan]), 0.5).upper).all()
