"""From charts of every family to values that can be judged alike."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import plotthedots as ptd
from plotthedots.budget.scores import Judged, Scores, judged, scores, tamed

from .boards import autocorrelated


def of(frame: dict[str, Any], without_last_row: bool = False, **options: Any) -> tuple[Judged, Scores]:
    result = ptd.spc(frame, **options)
    prepared = result._prepared
    here = judged(prepared.batch, prepared.stretches, without_last_row=without_last_row)
    return here, scores(prepared.batch, options.get("chart", "xmr"), here)


def test_ghosts_missing_values_and_former_phases_are_not_judged() -> None:
    values = np.arange(20.0)
    values[12] = np.nan
    ghost = np.arange(20) == 15
    here, made = of({"date": range(20), "value": values, "left_out": ghost}, exclude="left_out", rebase=[5])
    assert here.rows.tolist() == [5, 6, 7, 8, 9, 10, 11, 13, 14, 16, 17, 18, 19]
    assert made.n.tolist() == [13]


def test_without_its_last_row_a_phase_of_one_point_gives_way_to_the_phase_before() -> None:
    frame = {"date": range(20), "value": autocorrelated(1, 20, 1)[0]}
    assert of(frame, True)[0].rows.tolist() == list(range(19))
    assert of(frame, True, rebase=[19])[0].rows.tolist() == list(range(19))
    assert of(frame, True, rebase=[18])[0].rows.tolist() == [18]
    assert of({"date": [1], "value": [2.0]}, True)[0].rows.tolist() == []


def test_a_wild_value_counts_as_if_it_stood_three_spreads_out() -> None:
    values = np.array([[1.0, 2, 3, 4, 5, 6, 7, 8, 1_000.0]])
    made, scale = tamed(values, np.array([9]))
    back = made[0] * scale[0]
    assert back[-1] - back[4] == pytest.approx(3 * 1.4826 * 2)
    assert back[:-1] - back[0] == pytest.approx(np.arange(8.0))
    assert made.mean() == pytest.approx(0, abs=1e-12)
    assert made.std() == pytest.approx(1)


@given(st.integers(0, 1_000), st.integers(2, 15))
def test_taming_is_that_of_each_series_by_itself(seed: int, length: int) -> None:
    values = autocorrelated(3, 15, seed) ** 3
    values[1, : 15 - length] = 0
    made, _ = tamed(values, np.array([15, length, 15]))
    own = values[1, 15 - length :]
    middle = np.median(own)
    reach = 3 * 1.4826 * np.median(np.abs(own - middle))
    own = np.clip(own, middle - reach, middle + reach)
    assert made[1, 15 - length :] == pytest.approx((own - own.mean()) / own.std())
    assert (made[1, : 15 - length] == 0).all()


RANDOM = np.random.default_rng(4)
N = RANDOM.integers(50, 500, 4_000)
FAMILIES: dict[str, tuple[Any, Any]] = {
    "xmr": (RANDOM.normal(size=4_000), None),
    "run": (RANDOM.normal(size=4_000), None),
    "mr": (np.cumsum(RANDOM.normal(size=4_000)), None),
    "iprime": (7 * N + np.sqrt(N) * RANDOM.normal(size=4_000), N),
    "p": (RANDOM.binomial(N, 0.1), N),
    "pprime": (RANDOM.binomial(N, 0.1), N),
    "u": (RANDOM.poisson(0.04 * N), N),
    "uprime": (RANDOM.poisson(0.04 * N), N),
    "c": (RANDOM.poisson(5, 4_000), None),
    "g": (RANDOM.geometric(0.03, 4_000) - 1, None),
    "t": (RANDOM.exponential(size=4_000), None),
}


@pytest.mark.parametrize("family", FAMILIES)
def test_scores_of_every_family_are_near_to_normal(family: str) -> None:
    value, n = FAMILIES[family]
    frame = {"by": np.repeat(range(40), 100), "date": np.tile(range(100), 40), "value": value}
    options = {} if n is None else {"denominator": "n"}
    if n is not None:
        frame["n"] = n
    _, made = of(frame, by="by", chart=family, **options)
    there = made.values[made.values != 0]
    assert abs((there**3).mean()) < 0.25
    assert abs((there**4).mean() - 3) < 0.6


@pytest.mark.parametrize(("family", "value"), [("p", RANDOM.binomial(N, 0.1)), ("u", RANDOM.poisson(0.04 * N))])
def test_the_scale_of_counts_is_one_where_theory_has_their_spread(family: str, value: Any) -> None:
    frame = {"by": np.repeat(range(40), 100), "date": np.tile(range(100), 40), "value": value, "n": N}
    _, made = of(frame, by="by", chart=family, denominator="n")
    assert made.scale.mean() == pytest.approx(1, abs=0.05)


@pytest.mark.parametrize("family", ["xbar", "s"])
def test_subgroups_are_near_to_normal_with_a_scale_of_one(family: str) -> None:
    values = np.random.default_rng(5).normal(size=40 * 100 * 6)
    frame = {"by": np.repeat(range(40), 600), "date": np.tile(np.repeat(range(100), 6), 40), "value": values}
    _, made = of(frame, by="by", chart=family)
    assert abs((made.values**3).mean()) < 0.25
    assert made.scale.mean() == pytest.approx(1, abs=0.05)


def test_what_hardly_varies_is_flat() -> None:
    half = [1.0] * 10 + [2.0] * 11
    frame = {"by": ["a"] * 21 + ["b"] * 21, "date": [*range(21)] * 2, "value": [3.0] * 21 + half}
    _, made = of(frame, by="by")
    assert made.constant.tolist() == [True, False]
    assert made.flat.tolist() == [True, True]
    _, varied = of({"date": range(21), "value": np.arange(21.0)})
    assert not varied.flat[0]
