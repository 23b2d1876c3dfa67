"""The door: what comes in, what comes out, what is said."""

from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import plotthedots as ptd
from plotthedots import BadInput
from plotthedots.budget.discovery import q_values

from .boards import a_board, autocorrelated, table


def budget(values: Any, **options: Any) -> Any:
    return ptd.signal_budget(ptd.spc(table(values), by="by"), **options)


def test_the_charts_that_changed_are_shown() -> None:
    made = budget(a_board())
    assert list(made.series) == ["by", "p_value", "q_value", "shown", "is_new"]
    assert made.series["shown"][:6].all()
    assert made.series["shown"][6:].sum() <= 1  # one in ten may be false
    assert made.series["by"][0] == "w000"
    assert made.seen >= 6
    assert made.unjudged == 0
    assert made.series["q_value"] == pytest.approx(q_values(made.series["p_value"], "bh"))


@pytest.mark.parametrize("kind", [pd.DataFrame, pl.DataFrame, pa.table, dict])
def test_a_frame_gives_its_own_type_and_the_same_numbers(kind: Any) -> None:
    frame = table([*a_board(8, 2), np.ones(5)])
    made = ptd.signal_budget(ptd.spc(kind(frame), by="by")).series
    assert type(made) is type(kind(frame))
    as_table = made if isinstance(made, pa.Table) else pa.table(made)
    p = as_table["p_value"]
    if kind in (pl.DataFrame, pa.table):
        assert p.null_count == 1
    expected = ptd.signal_budget(ptd.spc(frame, by="by")).series["p_value"]
    assert p.to_numpy()[:8] == pytest.approx(expected[:8])
    assert np.isnan(expected[8])


def test_several_columns_may_name_a_series_or_none() -> None:
    frame = table(a_board(4, 1))
    frame["trust"] = ["north"] * len(frame["by"])
    made = ptd.signal_budget(ptd.spc(frame, by=["trust", "by"])).series
    assert list(made)[:2] == ["trust", "by"]
    alone = ptd.signal_budget(ptd.spc({"date": range(36), "value": a_board()[0]})).series
    assert list(alone) == ["p_value", "q_value", "shown", "is_new"]
    assert alone["p_value"][0] == alone["q_value"][0]


def test_what_cannot_be_judged_is_null_and_counted() -> None:
    few, constant, nothing = autocorrelated(1, 11, 5)[0], np.full(36, 7.0), np.full(36, np.nan)
    enough = autocorrelated(1, 12, 6)[0]
    made = budget([few, constant, nothing, enough, *a_board(8, 2)])
    assert np.isnan(made.series["p_value"][:3]).all()
    assert np.isnan(made.series["q_value"][:3]).all()
    assert not np.isnan(made.series["p_value"][3])
    assert not made.series["shown"][:3].any()
    assert made.unjudged == 3
    assert made.sentence().endswith(
        "3 cannot be judged: 2 with under 12 points in the latest phase, 1 with hardly any variation."
    )


def test_a_board_of_which_nothing_can_be_judged_shows_nothing() -> None:
    made = budget([np.ones(20), np.arange(5.0)])
    assert not made.series["shown"].any()
    assert made.unjudged == 2
    assert made.seen == 0
    assert made.expected_false_alarms >= 0


def test_what_cannot_be_judged_does_not_change_the_rest() -> None:
    board = a_board()
    alone, beside = budget(board), budget([*board, np.ones(36), np.arange(3.0)])
    assert beside.series["q_value"][:40] == pytest.approx(alone.series["q_value"])


@given(st.integers(0, 500))
@settings(max_examples=15)
def test_new_is_what_was_not_shown_without_each_last_row(seed: int) -> None:
    values = autocorrelated(12, 30, seed)
    values[:4, -5:] += 2.5
    ragged = [row[: 30 - (i % 3)] for i, row in enumerate(values)]
    ragged[5] = np.append(ragged[5], np.nan)  # a last row without a value: leaving it out changes nothing
    now, before = budget(ragged), budget([row[:-1] for row in ragged])
    assert now.series["is_new"].tolist() == (now.series["shown"] & ~before.series["shown"]).tolist()


def test_new_is_told_apart_across_a_phase_that_began_with_the_last_row() -> None:
    frame = table(a_board(10, 3))
    dates = {"w000": [35], "w004": [10]}
    now = ptd.signal_budget(ptd.spc(frame, by="by", rebase=dates)).series
    kept = np.array(frame["date"]) < 35
    cut = {name: np.array(column)[kept] for name, column in frame.items()}
    before = ptd.signal_budget(ptd.spc(cut, by="by", rebase=dates)).series
    assert np.isnan(now["p_value"][0])
    assert before["shown"][0]
    assert now["is_new"].tolist() == (now["shown"] & ~before["shown"]).tolist()


def test_a_change_just_come_is_new_and_then_is_not() -> None:
    values = autocorrelated(30, 36, 9)
    values[0, -3:] += 6
    fresh = [row[:34] for row in values]
    later = budget(values).series
    assert budget(fresh).series["is_new"][0] or budget([row[:35] for row in values]).series["is_new"][0]
    assert later["shown"][0]
    assert not later["is_new"][0]


@given(st.integers(0, 10_000), st.floats(-1e3, 1e3), st.floats(1e-2, 1e3), st.randoms())
@settings(max_examples=20)
def test_shift_scale_and_order_of_rows_change_nothing(seed: int, shift: float, scale: float, random: Any) -> None:
    values = a_board(10, 2, seed=seed)
    plain = budget(values)
    frame = table(values * scale + shift)
    order = list(range(360))
    random.shuffle(order)
    mixed = {name: [column[i] for i in order] for name, column in frame.items()}
    other = ptd.signal_budget(ptd.spc(mixed, by="by"))
    assert other.series["p_value"] == pytest.approx(plain.series["p_value"], rel=1e-4)
    upside_down = budget(-values)
    assert upside_down.series["p_value"] == pytest.approx(plain.series["p_value"], rel=1e-6)


def test_points_scaled_for_reading_are_judged_the_same() -> None:
    frame = table(a_board(10, 2) + 10)
    made = [ptd.signal_budget(ptd.spc(frame, by="by", multiply=times)).series["p_value"] for times in (1, 100)]
    assert made[0] == pytest.approx(made[1])


def test_the_other_method_shows_less() -> None:
    values = autocorrelated(60, 36, 2)
    values[:12, -6:] += 2
    usual, cautious = budget(values), budget(values, method="by")
    assert (cautious.series["q_value"] >= usual.series["q_value"]).all()
    assert cautious.series["shown"].sum() < usual.series["shown"].sum()
    assert cautious.method == "by"


def test_a_smaller_share_shows_less_and_a_narrow_window_looks_at_the_end_alone() -> None:
    values = autocorrelated(60, 36, 2)
    values[:12, -6:] += 2
    strict = budget(values, share=0.01)
    assert strict.series["shown"].sum() < budget(values).series["shown"].sum()
    old = autocorrelated(30, 48, 3)
    old[:5, -20:] += 3
    assert budget(old, window=24).series["shown"][:5].all()
    assert budget(old, window=24).seen > budget(old, window=3).seen


def test_seen_are_the_charts_with_a_signal_among_their_last_points() -> None:
    values = a_board(6, 0)
    values[0, -12] = 9
    values[1, -13] = 9
    result = ptd.spc(table(values), by="by", rules=("outside",))
    points = result.points
    last = np.tile(np.arange(36) >= 24, 6)
    signalling = {by for by, out, here in zip(points["by"], points["outside"], last, strict=True) if out and here}
    assert ptd.signal_budget(result).seen == len(signalling)
    assert "w000" in signalling
    assert "w001" not in signalling


@pytest.mark.parametrize("rules", ["making-data-count", "nelson", "anhoej", ("outside", ("shift", 8))])
@pytest.mark.parametrize("r", [0.0, 0.5])
def test_as_many_signal_as_chance_is_said_to_give(rules: Any, r: float) -> None:
    made = ptd.signal_budget(ptd.spc(table(autocorrelated(400, 30, 8, r)), by="by", rules=rules))
    assert made.seen == pytest.approx(made.expected_false_alarms, abs=4 * np.sqrt(100))
    assert 0 < made.expected_false_alarms < 400


def test_a_frozen_baseline_gives_more_false_alarms_and_that_is_said() -> None:
    frame = table(autocorrelated(400, 30, 8))
    usual, frozen = (ptd.signal_budget(ptd.spc(frame, by="by", baseline=first)) for first in (None, 10))
    assert frozen.expected_false_alarms > 1.3 * usual.expected_false_alarms
    assert frozen.seen == pytest.approx(frozen.expected_false_alarms, abs=40)
    assert frozen.series["p_value"] == pytest.approx(usual.series["p_value"])


@pytest.mark.parametrize(
    ("chart", "draw"),
    [
        ("c", lambda random, size: random.poisson(3, size)),
        ("g", lambda random, size: random.geometric(0.05, size) - 1),
        ("t", lambda random, size: random.exponential(size=size) + 1e-9),
        ("mr", lambda random, size: random.normal(size=size)),
        ("run", lambda random, size: random.normal(size=size)),
    ],
)
def test_every_family_has_its_chance_of_false_alarms(chart: str, draw: Any) -> None:
    values = draw(np.random.default_rng(5), (300, 30))
    made = ptd.signal_budget(ptd.spc(table(values), by="by", chart=chart))
    assert made.seen == pytest.approx(made.expected_false_alarms, abs=45)
    assert made.series["shown"].sum() <= 6


def test_counts_with_more_variation_than_theory_has_are_said_to_signal_by_chance() -> None:
    random = np.random.default_rng(6)
    n = random.integers(5_000, 15_000, 36 * 100)
    events = random.binomial(n, 0.1 + 0.01 * random.normal(size=36 * 100))
    frame = table(np.zeros((100, 36))) | {"value": events, "n": n}
    plain, laney = (ptd.signal_budget(ptd.spc(frame, by="by", chart=c, denominator="n")) for c in ("p", "pprime"))
    assert plain.expected_false_alarms > 90
    assert laney.expected_false_alarms < 25
    assert plain.series["p_value"] == pytest.approx(laney.series["p_value"])


BAD = [
    ({"window": 0}, "window: found 0, expected a whole number of points from 1 to 60."),
    ({"window": 2.5}, "window: found 2.5, expected a whole number of points from 1 to 60."),
    ({"window": True}, "window: found True, expected a whole number of points from 1 to 60."),
    ({"window": float("nan")}, "window: found nan, expected a whole number of points from 1 to 60."),
    ({"share": 0}, "share: found 0, expected a number above 0 and below 1, such as 0.1 for one in ten."),
    ({"share": "0.1"}, "share: found '0.1', expected a number above 0 and below 1, such as 0.1 for one in ten."),
    ({"method": "bonferroni"}, 'method: found \'bonferroni\', expected "bh" or "by".'),
]


@pytest.mark.parametrize(("options", "sentence"), BAD)
def test_what_cannot_be_asked_for_is_told_in_one_sentence(options: dict[str, Any], sentence: str) -> None:
    with pytest.raises(BadInput) as told:
        budget(a_board(3, 0), **options)
    assert str(told.value) == sentence


def test_a_frame_is_not_a_result() -> None:
    with pytest.raises(BadInput, match="result: found dict, expected what spc"):
        ptd.signal_budget({"date": [1], "value": [2]})  # type: ignore[arg-type]


def test_a_column_of_the_result_cannot_name_series() -> None:
    frame = {"shown": ["a"] * 20, "date": range(20), "value": np.arange(20.0)}
    with pytest.raises(BadInput, match='by: found "shown"'):
        ptd.signal_budget(ptd.spc(frame, by="shown"))
