"""Windows about a date: on which scale they are, which values are in them, and a season that is borrowed."""

from typing import Any

import numpy as np
import pytest

import plotthedots as ptd
from plotthedots.gains.panel import Windows, borrow

from .series import Floats, levels, months, noise, one

NAN = float("nan")


def window(values: Floats, **options: Any) -> Windows:
    return one(values, **options)._judged.windows


def test_values_are_told_in_standard_deviations_of_those_before_from_their_mean() -> None:
    values = levels((24, 0), (6, 2))
    mean, deviation = values[:24].mean(), values[:24].std(ddof=1)
    for direction, way in (("increase", 1), ("decrease", -1)):
        made = window(values, direction=direction)
        assert made.before == 60
        assert made.n_before.tolist() == [24]
        assert made.centre[0] == pytest.approx(mean, rel=1e-12)
        assert made.scale[0] == pytest.approx(deviation, rel=1e-12)
        np.testing.assert_allclose(made.values[0, 36:], way * (values - mean) / deviation, rtol=1e-9)
        assert np.isnan(made.values[0, :36]).all()
        np.testing.assert_allclose(made.out(made.values)[0, 36:], values, rtol=1e-12)
        assert (made.noise == 1).all()
        assert not made.seasonal[0] | made.borrowed[0]


def test_a_value_out_of_more_has_less_noise_and_more_weight() -> None:
    of = np.resize([50.0, 200.0, 100.0], 30)
    of[20] = 0
    counted = np.round(of * levels((24, 0), (6, 2), level=6) / 20)
    made = ptd.gains(
        {"date": months(30), "value": counted, "of": of}, {"claimed": ["2022-01-01"]}, direction="increase", chart="u",
        denominator="of",
    )._judged.windows  # fmt: skip
    there = of > 0
    share, own = counted[there] / of[there], 1 / of[there]
    before = np.flatnonzero(there) < 24
    own = own / own[before].mean()
    weight = 1 / own[before]
    mean = weight @ share[before] / weight.sum()
    deviation = (weight @ (share[before] - mean) ** 2 / (before.sum() - 1)) ** 0.5
    assert made.n_before.tolist() == [23]
    assert made.centre[0] == pytest.approx(mean, rel=1e-12)
    assert made.scale[0] == pytest.approx(deviation, rel=1e-12)
    np.testing.assert_allclose(made.values[0, 36:][there], (share - mean) / deviation, rtol=1e-9)
    np.testing.assert_allclose(made.noise[0, 36:][there], own, rtol=1e-12)
    assert made.noise[0, 36 + 20] == 1


def test_rare_events_are_evened_by_the_power_of_t_and_shown_in_their_own_unit() -> None:
    days = np.datetime64("2018-01-01") + np.cumsum(np.resize([3, 9, 4, 7, 2, 11], 40))
    frame = ptd.between({"date": days}, date="date")
    made = ptd.gains(frame, {"claimed": days[24:25] + 1}, direction="increase", chart="t")._judged
    even = frame["value"] ** (1 / 3.6)
    n = int(made.windows.n_before[0])
    assert made.windows.centre[0] == pytest.approx(even[:n].mean(), rel=1e-12)
    np.testing.assert_allclose(made.panel.values[0], even, rtol=1e-12)
    np.testing.assert_allclose(made.panel.back(made.panel.values)[0], frame["value"], rtol=1e-12)
    assert made.panel.back(np.array([-1.0, 0.0])).tolist() == [0, 0]


@pytest.mark.parametrize("turn", [0, 5])
def test_a_season_is_what_the_values_before_repeat(turn: int) -> None:
    wave = 6 * np.sin(np.arange(60) * np.pi / 6)
    made = window(levels((36 + turn, 0), (24 - turn, 3)) + wave, claimed=36 + turn)
    assert made.seasonal.tolist() == [True]
    span = slice(60 - 36 - turn, 60 + 24 - turn)
    assert np.corrcoef(made.season[0, span], wave)[0, 1] > 0.98
    # Whatever is left is the wobble, and the gain.
    assert made.scale[0] < 1
    assert np.nanmean(made.values[0, 60:]) * made.scale[0] == pytest.approx(3, abs=0.5)


def test_a_half_year_that_differs_from_the_other_is_a_season_of_two() -> None:
    halves = months(240)[::6]
    made = one(levels((24, 0), (16, 3)) + np.resize([4, -4], 40), 24, dates=halves)._judged
    assert made.panel.season.tolist() == [2]
    assert made.windows.seasonal.tolist() == [True]
    assert made.windows.scale[0] < 1


@pytest.mark.parametrize(("n", "season"), [(24, False), (25, True)])
def test_more_than_two_whole_seasons_before_are_needed_to_see_one(n: int, season: bool) -> None:
    wave = 6 * np.sin(np.arange(n + 12) * np.pi / 6)
    assert window(levels((n, 0), (12, 0)) + wave, claimed=n).seasonal.tolist() == [season]


def test_a_shorter_season_too_short_to_be_seen_takes_a_longer_one_not_away() -> None:
    wave = 6 * np.sin(np.arange(60) * np.pi / 6)
    quarters = months(60)[::3][:20]
    frame = {
        "ward": np.repeat(["a", "b"], [20, 60]), "date": np.concatenate([quarters, months(60)]),
        "value": np.concatenate([levels((20, 0)), levels((36, 0), (24, 3)) + wave]),
    }  # fmt: skip
    claims = {"ward": ["a", "b"], "claimed": np.array([quarters[7], months(60)[36]])}
    made = ptd.gains(frame, claims, by="ward", direction="increase", placebos=None)._judged
    assert made.panel.season.tolist() == [4, 12]
    assert made.windows.seasonal.tolist() == [False, True]


def test_a_measure_of_tiny_numbers_is_judged_as_others_are() -> None:
    plain, tiny = window(levels((24, 0), (6, 2))), window(1e-12 * levels((24, 0), (6, 2)))
    assert tiny.usable.tolist() == [True]
    np.testing.assert_allclose(tiny.values, plain.values, rtol=1e-6)


def test_a_series_without_a_season_beside_it_takes_none_away() -> None:
    wave = 6 * np.sin(np.arange(60) * np.pi / 6)
    seldom = np.datetime64("2020-01-01") + np.cumsum(np.resize([3, 80, 41, 9, 60], 40))
    frame = {
        "ward": np.repeat(["a", "b"], [40, 60]), "date": np.concatenate([seldom, months(60)]),
        "value": np.concatenate([levels((40, 0)), levels((36, 0), (24, 3)) + wave]),
    }  # fmt: skip
    claims = {"ward": ["a", "b"], "claimed": np.array([seldom[24], months(60)[36]])}
    made = ptd.gains(frame, claims, by="ward", direction="increase", placebos=None)._judged
    assert made.panel.in_turn.tolist() == [True, False]
    assert made.windows.seasonal.tolist() == [False, True]


# Values that follow one another, whatever their dates


@pytest.mark.parametrize(("last", "in_turn"), [(29, False), (30, True)])
def test_under_one_value_in_three_periods_values_follow_one_another(last: int, in_turn: bool) -> None:
    days = np.datetime64("2022-01-01") + np.array([0, 1, 2, 3, 4, 5, 6, 7, 8, last])
    made = one(levels((10, 0)), 5, dates=days)._judged.panel
    assert made.in_turn.tolist() == [in_turn]


def test_the_time_up_to_a_value_begins_with_the_date_before_but_on_its_own_day() -> None:
    seldom = np.datetime64("2020-01-01") + np.cumsum(np.resize([3, 80, 41, 9, 60], 40))
    for day, first in ((seldom[24], 24), (seldom[24] - 1, 25), (seldom[24] + 1, 26)):
        made = one(levels((40, 0)), day, dates=seldom)
        assert made._judged.panel.in_turn.tolist() == [True]
        assert made.history["date"][0] == seldom[first]
        assert made.summary["n_before"].tolist() == [25 if day > seldom[24] else 24]


@pytest.mark.parametrize("chart", ["xmr", "run"])
def test_on_charts_whose_limits_do_not_follow_denominators_all_values_weigh_alike(chart: str) -> None:
    of = np.resize([50.0, 200.0], 30)
    frame = {"date": months(30), "value": of * levels((24, 0), (6, 2)), "of": of}
    made = ptd.gains(frame, {"claimed": ["2022-01-01"]}, direction="increase", chart=chart, denominator="of")._judged
    assert (made.windows.noise == 1).all()
    assert made.windows.centre[0] == pytest.approx(levels((24, 0)).mean(), rel=1e-12)


# A season that is borrowed

WAVE = np.sin(np.arange(30) * np.pi / 6)
BEFORE = 20


def made_of(values: Floats, way: float = 1.0, seasons: Floats | None = None, **more: Any) -> Windows:
    """Windows of these rows, on a scale of 2 about 10."""
    rows = len(values)
    full = {"noise": np.ones_like(values), "season": np.zeros_like(values) if seasons is None else seasons} | more
    flags = np.zeros(rows, dtype=bool)
    return Windows(
        values.copy(), full["noise"], BEFORE, np.full(rows, 10.0), np.full(rows, 2.0), np.full(rows, way),
        np.full(rows, BEFORE), full["season"], flags if seasons is None else ~flags, flags.copy(), ~flags,
    )  # fmt: skip


def lenders(count: int = 6, shape: Floats = WAVE) -> Windows:
    """Seasons of different strength on scales of their own; relative to these they are alike."""
    scale = 1.0 + np.arange(count)
    made = made_of(np.zeros((count, 30)), seasons=scale[:, None] * shape)
    made.scale = scale
    return made


@pytest.mark.parametrize("way", [1.0, -1.0])
def test_a_borrowed_season_is_as_strong_as_the_values_before_say(way: float) -> None:
    values = np.stack([noise(30, 2), 0.4 + noise(30, 3) + way * 1.7 * WAVE, noise(30, 4)])
    values[1, [3, 25]] = NAN
    white = np.random.default_rng(5).uniform(0.5, 2, (3, 30))
    own = made_of(values, way, noise=white)
    borrow(own, lenders(), np.array([1]), 12)
    there = values[1, :BEFORE] == values[1, :BEFORE]
    weight = 1 / white[1, :BEFORE][there]
    columns = np.stack([np.ones(30), way * WAVE], axis=1)
    root = np.sqrt(weight)[:, None]
    level, strength = np.linalg.lstsq(
        root * columns[:BEFORE][there], root[:, 0] * values[1, :BEFORE][there], rcond=None
    )[0]
    left = values[1] - columns @ [level, strength]
    spread = np.sqrt(weight @ left[:BEFORE][there] ** 2 / weight.sum() * there.sum() / (there.sum() - 1))
    assert strength > 1
    np.testing.assert_allclose(own.values[1], left / spread, rtol=1e-9)
    np.testing.assert_allclose(own.season[1], 2 * strength * WAVE, rtol=1e-9, atol=1e-12)
    assert own.scale.tolist() == pytest.approx([2, 2 * spread, 2], rel=1e-9)
    assert own.centre.tolist() == pytest.approx([10, 10 + way * 2 * level, 10], rel=1e-9)
    assert own.borrowed.tolist() == [False, True, False]
    np.testing.assert_array_equal(own.values[[0, 2]], values[[0, 2]])
    # Together they are what was there.
    seen = own.centre[1] + way * own.scale[1] * own.values[1] + own.season[1]
    np.testing.assert_allclose(seen, 10 + way * 2 * values[1], rtol=1e-9)


def test_a_season_that_the_values_before_contradict_is_borrowed_at_no_strength() -> None:
    values = (noise(30, 3) - 3 * WAVE)[None, :]
    own = made_of(values)
    borrow(own, lenders(), np.array([0]), 12)
    assert own.borrowed.tolist() == [True]
    assert (own.season == 0).all()
    assert own.values[0, :BEFORE].mean() == pytest.approx(0, abs=1e-12)
    assert own.values[0, :BEFORE].std(ddof=1) == pytest.approx(1)


def agreeing(share: float) -> Windows:
    """Lenders of whom a share of the signs agree with the usual ones."""
    made = lenders(20)
    made.season[: round(20 * (1 - share))] *= -1
    return made


@pytest.mark.parametrize(
    ("others", "season", "borrowed"),
    [
        (lenders(5), 12, True),
        (lenders(4), 12, False),
        (agreeing(0.8), 12, True),
        (agreeing(0.7), 12, False),
        (lenders(), 2, True),
        (lenders(), 1, False),
    ],
    ids=["five", "four", "four fifths agree", "seven tenths agree", "two periods", "no season"],
)
def test_a_season_is_borrowed_where_five_series_show_it_and_agree(others: Windows, season: int, borrowed: bool) -> None:
    values = (noise(30, 3) + WAVE)[None, :]
    own = made_of(values)
    borrow(own, others, np.array([0]), season)
    assert own.borrowed.tolist() == [borrowed]
    assert np.array_equal(own.values, values) != borrowed


def test_series_that_show_no_season_lend_none() -> None:
    others = lenders(9)
    others.seasonal[4:] = False
    own = made_of((noise(30, 3) + WAVE)[None, :])
    borrow(own, others, np.array([0]), 12)
    assert not own.borrowed[0]


def test_where_the_season_is_all_there_was_nothing_is_left_to_compare_with_and_it_is_not_borrowed() -> None:
    own = made_of(np.stack([3 * WAVE, noise(30, 1) + WAVE]))
    borrow(own, lenders(), np.array([0, 1]), 12)
    assert own.borrowed.tolist() == [False, True]
    np.testing.assert_array_equal(own.values[0], 3 * WAVE)
