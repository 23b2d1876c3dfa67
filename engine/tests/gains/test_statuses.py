"""Each status, on series made for it, and what the rest of the input does to a claim."""

from typing import Any

import numpy as np
import pytest

import plotthedots as ptd
from plotthedots import BadInput, Gains

from .series import Floats, board, latest, levels, months, noise, one, spells, statuses

HELD = levels((24, 0), (24, 3))


def established(made: Gains) -> str:
    return str(latest(made)["established_on"])


def counts(n: int, seed: int, before: int, rates: tuple[float, float]) -> Floats:
    drawn = np.random.default_rng(seed)
    return drawn.poisson(np.repeat(rates, [before, n - before])).astype(np.float64)


# From claimed to lost


def test_a_claim_on_which_nothing_is_seen_yet_is_claimed() -> None:
    made = one(levels((24, 0), (6, 0)))
    assert set(statuses(made)) == {"claimed"}
    assert "cannot_tell" in latest(made)["advice"].split(";")
    assert "no special cause the right way yet" in made.sentence(made.gains[0])


def test_a_special_cause_the_right_way_makes_it_signalled_from_its_date_on() -> None:
    values = levels((24, 0), (12, 0))
    values[28] = 20.0
    made = one(values)
    assert statuses(made) == ["claimed"] * 4 + ["signalled"] * 8
    assert str(latest(made)["signalled_on"]) == "2022-05-01"


def test_a_special_cause_the_wrong_way_is_none() -> None:
    values = levels((24, 0), (12, 0))
    values[28] = 0.0
    assert spells(one(values)) == ["claimed"]


def test_a_run_of_seven_counts_from_its_seventh_point() -> None:
    values = levels((24, 0), (12, 0))
    values[26:34] = 10.2
    assert statuses(one(values)).index("signalled") == 8


def test_two_of_three_needs_three_on_one_side() -> None:
    """Two near the limit with one on the other side between them are no signal, nor are the first two alone."""
    near = 10 + 2.3  # the limits lie about 3 above
    values = levels((24, 0), (12, 0))
    upper = float(one(values).history["upper"][0])
    assert 10 + (upper - 10) * 2 / 3 < near < upper
    apart = values.copy()
    apart[26:29] = near, 9.5, near
    assert "signalled" not in statuses(one(apart))
    first = values.copy()
    first[24:27] = near, near, 9.5
    assert "signalled" not in statuses(one(first))
    together = values.copy()
    together[26:29] = near, 10.2, near
    assert statuses(one(together)).index("signalled") == 4


def test_seven_rising_points_are_a_trend_wherever_they_lie() -> None:
    values = levels((24, 0), (14, 0))
    values[27:34] = [8.1, 8.2, 8.3, 8.4, 8.5, 8.6, 8.7]
    values[26], values[34] = 9.0, 8.6
    assert statuses(one(values)).index("signalled") == 9
    values[33] = 8.55
    assert "signalled" not in statuses(one(values))


def test_a_ghost_is_skipped_by_the_rules_and_a_missing_value_ends_a_run() -> None:
    values = levels((24, 0), (14, 0))
    values[26:34] = 10.2
    values[29] = 9.0
    ghost = np.arange(38) == 29
    frame = {"date": months(38), "value": values, "ghost": ghost}
    made = ptd.gains(frame, {"claimed": ["2022-01-01"]}, direction="increase", exclude="ghost")
    assert str(latest(made)["signalled_on"]) == "2022-10-01"
    values[29] = np.nan
    assert "signalled" not in statuses(one(values))


def test_a_gain_is_established_in_one_row_and_holds_from_the_next_on() -> None:
    made = one(HELD)
    every = statuses(made)
    assert every.count("established") == 1
    assert set(every[every.index("established") + 1 :]) == {"holding"}
    assert str(latest(made)["since"]) == "2022-04-01"
    assert established(made) == "2022-03-01"


def test_one_or_two_values_however_good_establish_nothing() -> None:
    assert "established" not in statuses(one(levels((24, 0), (2, 30))))
    assert "established" in statuses(one(levels((24, 0), (3, 30))))


def test_a_gain_that_grows_is_improving() -> None:
    assert spells(one(levels((24, 0), (24, 3), (24, 6))))[-1] == "improving"


def test_a_gain_that_goes_is_slipping_and_then_lost() -> None:
    made = one(levels((24, 0), (12, 3), (36, 0)))
    assert spells(made)[-3:] == ["holding", "slipping", "lost"]
    told = latest(made)
    assert str(told["slipped_on"]) < str(told["lost_on"]) == str(told["since"])
    assert told["retained_upper"] < 0.5


def test_lost_needs_the_upper_end_of_retained_under_a_half() -> None:
    made = one(levels((24, 0), (12, 3), (36, 0)))
    lost = made.history["status"] == "lost"
    assert lost.any()
    assert (made.history["retained_upper"][lost] < 0.5).all()
    since = np.flatnonzero(made.history["status"] == "established")[0]
    others = ~lost & (np.arange(len(lost)) > since)
    assert not (made.history["retained_upper"][others] < 0.5).any()


def test_a_slipping_gain_may_recover_and_the_history_shows_it() -> None:
    seen = spells(one(levels((36, 0), (24, 3), (5, 0), (30, 3)), 36))
    assert seen[-3:] == ["holding", "slipping", "holding"]


def test_slipping_ends_when_the_monitor_has_come_down_to_one() -> None:
    values = noise(100, 2)
    values[36:] += 2
    values[60:64] -= 2
    made = one(values, 36)
    judged = made._judged
    worse, bar, every = judged.watch.worse[0], judged.bar[0], statuses(made)
    between = [row for row in range(1, len(every)) if every[row - 1] == "slipping" and 1 < worse[row] < bar[row]]
    assert between
    assert all(every[row] in ("slipping", "lost") for row in between)
    assert all(every[row] != "slipping" for row in range(len(every)) if worse[row] <= 1)


def test_a_lost_gain_may_recover() -> None:
    made = one(levels((24, 0), (12, 3), (24, 0), (36, 3)))
    assert spells(made)[-1] == "holding"
    assert "lost" in statuses(made)
    assert str(latest(made)["lost_on"]) < str(latest(made)["since"])


def test_not_shown_begins_with_the_twenty_fourth_observation() -> None:
    made = one(levels((24, 0), (30, 0)))
    assert statuses(made) == ["claimed"] * 23 + ["not_shown"] * 7
    gappy = levels((24, 0), (30, 0))
    gappy[[26, 30]] = np.nan
    assert statuses(one(gappy)) == ["claimed"] * 23 + ["not_shown"] * 5


def test_what_did_not_show_may_still_come() -> None:
    made = one(levels((24, 0), (24, 0), (24, 4)))
    assert spells(made)[:3] == ["claimed", "not_shown", "signalled"]


# Unwatched and withdrawn


def two(last: int, until: int = 48, lag: int = 0) -> Gains:
    """A series of which only the first `last` months are known, another that goes on."""
    frame = board(np.stack([HELD, levels((48, 0))]))
    position = np.tile(np.arange(48), 2)
    first = frame["ward"] == "s00"
    kept = np.where(first, position < last, position < until - lag)
    frame = {name: column[kept] for name, column in frame.items()}
    return ptd.gains(
        frame, {"ward": ["s00"], "claimed": ["2022-01-01"]}, by="ward", direction="increase",
        as_of=months(48)[until - 1].astype(object),
    )  # fmt: skip


def test_a_gain_is_unwatched_after_three_periods_without_a_value() -> None:
    assert latest(two(46))["status"] == "holding"
    made = two(45)
    assert latest(made)["status"] == "unwatched"
    assert str(latest(made)["since"]) == "2023-09-01"
    assert "unwatched: the latest value is from September 2023" in made.sentence(made.gains[0])
    assert "unwatched" not in statuses(made)
    assert made.unwatched == 1


def test_the_usual_lag_is_no_absence() -> None:
    """Where the latest of all series is two months old, a series must be five behind."""
    assert latest(two(45, lag=2))["status"] == "holding"
    assert latest(two(44, lag=2))["status"] == "holding"
    assert latest(two(43, lag=2))["status"] == "unwatched"


def test_a_claim_without_any_value_since_may_be_unwatched_too() -> None:
    made = two(20)
    assert latest(made)["status"] == "unwatched"
    assert not len(made.history["date"])
    assert str(latest(made)["since"]) == "2021-08-01"
    assert made.unwatched == 0  # never established, so none that is followed


def test_a_series_whose_latest_values_are_missing_has_stopped() -> None:
    values = np.stack([HELD, levels((48, 0))])
    values[0, 40:] = np.nan
    made = ptd.gains(board(values), {"ward": ["s00"], "claimed": ["2022-01-01"]}, by="ward", direction="increase")
    assert latest(made)["status"] == "unwatched"
    assert len(made.history["date"]) == 16


def test_a_withdrawn_claim_is_withdrawn_from_that_date_on() -> None:
    withdrawn = {"withdrawn_on": ["2023-02-15"]}
    made = one(HELD, claims=withdrawn)
    assert latest(made)["status"] == "withdrawn"
    assert str(latest(made)["since"]) == "2023-02-15"
    assert "withdrawn" not in statuses(made)
    assert latest(one(HELD, claims=withdrawn, as_of="2023-02-14"))["status"] == "holding"


# Where a claim lies


def test_a_claim_in_the_future_has_no_row_yet() -> None:
    for made in (one(HELD, np.datetime64("2031-05-01")), one(HELD, as_of="2021-06-01"), one(HELD, as_of="1999-01-01")):
        assert not len(made.history["status"])
        assert latest(made)["status"] == "claimed"
        assert "no value since" in made.sentence(made.gains[0])
        assert np.isnan(latest(made)["size"])


@pytest.mark.parametrize("day", ["2019-12-31", "1990-01-01", "1066-10-14", "2020-01-01"])
def test_a_claim_before_all_values_can_establish_nothing(day: str) -> None:
    made = one(levels((12, 0), (24, 3)), np.datetime64(day))
    assert latest(made)["n_before"] == 0
    assert len(made.history["date"]) == 36
    assert "established" not in statuses(made)
    assert "baseline_too_short" in latest(made)["advice"]


def test_under_eight_values_before_nothing_is_established() -> None:
    assert "established" not in statuses(one(levels((7, 0), (24, 6)), 7))
    assert "established" in statuses(one(levels((8, 0), (24, 6)), 8))


def test_values_before_that_are_all_alike_establish_nothing() -> None:
    made = one(np.repeat([5.0, 9.0], 24))
    assert "established" not in statuses(made)
    assert "baseline_too_short" in latest(made)["advice"]


CALENDARS = [
    ("months", months(48), "2022-01-01", "2022-01-02"),
    ("month ends", months(49)[1:] - 1, "2022-01-01", "2022-01-31"),
    ("weeks", np.datetime64("2022-01-03") + 7 * np.arange(48), "2022-06-20", "2022-06-21"),
    ("days", np.datetime64("2022-01-03") + np.arange(48), "2022-01-27", None),
    ("quarters", months(144)[::3], "2026-01-01", "2026-03-31"),
    ("hours", np.datetime64("2022-01-03T00") + np.arange(48), "2022-01-04T00:00:00", "2022-01-04T00:30:00"),
    ("numbers", np.arange(48) * 5, 120, 121),
]


@pytest.mark.parametrize(("name", "dates", "first", "within"), CALENDARS, ids=[case[0] for case in CALENDARS])
def test_the_period_of_the_claim_belongs_to_neither_side_unless_it_begins_on_it(
    name: str, dates: Any, first: Any, within: Any
) -> None:
    dates = dates.astype("datetime64[s]") if name == "hours" else dates

    def at(day: Any) -> Gains:
        return ptd.gains({"date": dates, "value": HELD}, {"claimed": [day]}, direction="increase")

    made = at(first)
    assert latest(made)["n_before"] == 24
    assert made.history["date"][0] == dates[24]
    if within is not None:
        made = at(within)
        assert latest(made)["n_before"] == 24
        assert made.history["date"][0] == dates[25]


def test_a_value_of_the_claims_own_period_changes_nothing() -> None:
    day = np.datetime64("2022-01-10")
    values = levels((24, 0), (3, 0), (21, 3))
    for far in (-400, 400):
        wild = values.copy()
        wild[24] += far
        assert latest(one(wild, day))["signalled_on"] == latest(one(values, day))["signalled_on"]
        assert latest(one(wild, day))["sentence"] == latest(one(values, day))["sentence"]
        assert latest(one(wild))["sentence"] != latest(one(values))["sentence"]


def test_nothing_before_baseline_from_counts() -> None:
    values = np.concatenate([levels((12, -50)), HELD])
    plain = one(values, 36)
    bounded = one(values, 36, claims={"baseline_from": ["2021-01-01"]})
    assert latest(plain)["n_before"] == 36
    assert latest(bounded)["n_before"] == 24
    assert latest(bounded)["before"] == pytest.approx(HELD[:24].mean())
    within = one(values, 36, claims={"baseline_from": ["2021-01-02"]})
    assert latest(within)["n_before"] == 23


def test_five_years_before_are_looked_at() -> None:
    assert latest(one(levels((80, 0), (10, 3)), 80))["n_before"] == 60


def test_an_earlier_claim_bounds_what_comes_before_the_later_one() -> None:
    values = levels((24, 0), (20, 3), (20, 6))
    day = months(64)
    made = ptd.gains({"date": day, "value": values}, {"claimed": day[[24, 44]]}, direction="increase", placebos=None)
    assert made.summary["n_before"].tolist() == [24, 20]
    assert made.summary["before"][1] == pytest.approx(values[24:44].mean())
    assert "overlapping" in made.summary["advice"][0]
    assert "overlapping" not in made.summary["advice"][1]


def test_the_period_of_an_earlier_claim_is_not_before_the_later_one_either() -> None:
    values = levels((24, 0), (20, 3), (20, 6))
    values[24] = -40
    made = ptd.gains(
        {"date": months(64), "value": values}, {"claimed": ["2022-01-17", "2023-09-01"]}, direction="increase"
    )
    assert made.summary["n_before"].tolist() == [24, 19]


def test_claims_that_share_their_values_are_told_to_overlap() -> None:
    values = levels((24, 0), (30, 3))
    made = ptd.gains(
        {"date": months(54), "value": values}, {"claimed": ["2022-01-01", "2022-06-01"]}, direction="increase"
    )
    assert all("overlapping" in advice for advice in made.summary["advice"])
    assert made.summary["n_before"].tolist() == [24, 29]


# What the values are


def test_ghosts_are_left_out_and_have_no_row() -> None:
    values = HELD.copy()
    values[[5, 30]] = 900
    ghost = np.isin(np.arange(48), [5, 30])
    made = ptd.gains(
        {"date": months(48), "value": values, "left_out": ghost},
        {"claimed": ["2022-01-01"]}, direction="increase", exclude="left_out",
    )  # fmt: skip
    assert latest(made)["n_before"] == 23
    assert len(made.history["date"]) == 23
    assert months(48)[30] not in made.history["date"]
    assert established(made) == established(one(HELD))


def test_missing_values_and_missing_rows_are_the_same() -> None:
    values = HELD.copy()
    gone = [3, 11, 27, 35]
    values[gone] = np.nan
    kept = np.setdiff1d(np.arange(48), gone)
    blank = one(values)
    absent = one(values[kept], months(48)[24], dates=months(48)[kept])
    assert statuses(blank) == statuses(absent)
    np.testing.assert_allclose(blank.history["retained"], absent.history["retained"], rtol=1e-9)
    assert latest(blank)["n_before"] == 22


def test_rows_without_a_denominator_have_no_value() -> None:
    of = np.full(48, 200.0)
    of[[5, 30]] = 0
    of[31] = np.nan
    counted = np.where(of > 0, np.round(of * np.repeat([0.3, 0.15], 24) + np.resize([4, -5, 1, 2, -2.0], 48)), 0)
    made = ptd.gains(
        {"date": months(48), "value": counted, "of": of}, {"claimed": ["2022-01-01"]},
        direction="decrease", chart="p", denominator="of",
    )  # fmt: skip
    assert latest(made)["n_before"] == 23
    assert len(made.history["date"]) == 22
    assert "established" in statuses(made)


@pytest.mark.parametrize("chart", ["p", "pprime", "u", "uprime", "iprime", "xmr", "run"])
def test_ratios_with_changing_denominators(chart: str) -> None:
    drawn = np.random.default_rng(8)
    of = drawn.integers(50, 500, 60)
    counted = drawn.binomial(of, np.repeat([0.3, 0.15], [35, 25])).astype(np.float64)
    made = ptd.gains(
        {"date": months(60), "value": counted, "of": of.astype(np.float64)}, {"claimed": months(60)[35:36]},
        direction="decrease", chart=chart, denominator="of",
    )  # fmt: skip
    told = latest(made)
    assert told["status"] in ("holding", "improving")
    assert told["before"] == pytest.approx(0.3, abs=0.03)
    assert told["after"] == pytest.approx(0.15, abs=0.03)
    assert told["size_lower"] < told["size"] < told["size_upper"] < 0
    assert ("30% before" in told["sentence"]) == (chart in ("p", "pprime"))


def test_values_out_of_more_weigh_more() -> None:
    """A denominator of ten says hardly anything: the level before is that of the large ones."""
    of = np.where(np.arange(48) % 4 == 0, 10.0, 1000.0)
    share = np.where(np.arange(48) % 4 == 0, 0.5, 0.2) + np.resize([0.01, -0.012, 0.002], 48)
    made = ptd.gains(
        {"date": months(48), "value": np.round(of * share), "of": of}, {"claimed": ["2022-01-01"]},
        direction="decrease", chart="pprime", denominator="of",
    )  # fmt: skip
    assert latest(made)["before"] == pytest.approx(0.2, abs=0.01)


def test_counts() -> None:
    made = one(counts(60, 3, 35, (20, 9)), 35, chart="c", direction="decrease")
    assert latest(made)["status"] in ("holding", "improving")


@pytest.mark.parametrize("chart", ["g", "t"])
def test_rare_events(chart: str) -> None:
    drawn = np.random.default_rng(6)
    days = np.datetime64("2018-01-01") + np.cumsum(
        np.concatenate([drawn.geometric(1 / 6, 60), drawn.geometric(1 / 60, 30)])
    )
    made = ptd.gains(
        ptd.between({"date": days}, date="date"), {"claimed": days[59:60] + 1}, direction="increase", chart=chart
    )
    told = latest(made)
    assert told["status"] in ("holding", "improving")
    # The time that the claim falls into belongs to neither side.
    assert len(made.history["date"]) == 29
    assert 3 < told["before"] < 8
    assert 25 < told["after"] < 90
    assert (made.history["lower"] >= 0).all()


def test_subgroups() -> None:
    drawn = np.random.default_rng(2)
    values = drawn.normal(np.repeat([10.0, 8.0], [120, 120]), 1)
    made = ptd.gains(
        {"date": np.repeat(months(48), 5), "value": values}, {"claimed": ["2022-01-01"]},
        direction="decrease", chart="xbar",
    )  # fmt: skip
    assert latest(made)["status"] in ("holding", "improving")
    assert len(made.history["date"]) == 24
    assert latest(made)["size"] == pytest.approx(-2, abs=0.4)


def test_rows_that_share_a_date_are_brought_together_if_asked() -> None:
    frame = {"date": np.repeat(months(48), 2), "value": np.repeat(HELD, 2)}
    with pytest.raises(BadInput, match="a second time"):
        ptd.gains(frame, {"claimed": ["2022-01-01"]}, direction="increase")
    made = ptd.gains(frame, {"claimed": ["2022-01-01"]}, direction="increase", aggregate="mean")
    assert statuses(made) == statuses(one(HELD))


def test_limits_are_frozen_before_the_claim_and_lie_about_the_new_level_once_established() -> None:
    made = one(HELD)
    chart = ptd.spc({"date": months(24), "value": HELD[:24]})
    history = made.history
    for line in ("centre", "lower", "upper"):
        assert history[line][0] == pytest.approx(chart.points[line][0])
    since = history["date"] >= latest(made)["established_on"]
    assert history["centre"][since] == pytest.approx(np.full(since.sum(), 13), abs=0.5)
    width = chart.points["upper"][0] - chart.points["centre"][0]
    np.testing.assert_allclose((history["upper"] - history["centre"])[since], width, rtol=1e-9)


# Which way is better


def test_a_claim_says_its_own_direction() -> None:
    down = levels((24, 0), (24, -3))
    assert latest(one(down, direction="increase", claims={"direction": ["decrease"]}))["status"] == "holding"
    assert latest(one(down, direction=None, claims={"direction": ["decrease"]}))["size"] < 0
    assert latest(one(down, direction="increase"))["status"] not in ("holding", "established")


def test_a_column_may_say_the_direction_of_each_series() -> None:
    frame = board(np.stack([levels((24, 0), (24, 3)), levels((24, 0), (24, -3))]))
    frame["way"] = np.where(frame["ward"] == "s00", "increase", "decrease")
    claims = {"ward": ["s00", "s01"], "claimed": ["2022-01-01"] * 2}
    made = ptd.gains(frame, claims, by="ward", direction="way")
    assert made.summary["status"].tolist() == ["holding", "holding"]
    mixed = ptd.gains(frame, claims | {"direction": [None, "increase"]}, by="ward", direction="way")
    assert mixed.summary["status"][0] == "holding"
    assert mixed.summary["status"][1] not in ("holding", "established")


@pytest.mark.parametrize("direction", [None, "neutral"])
def test_without_a_direction_there_is_no_gain(direction: str | None) -> None:
    with pytest.raises(BadInput, match=r"^Claims, row 1: .*a gain needs a way that is better"):
        one(HELD, direction=direction)


# Season and stocks


def test_a_season_is_taken_out_and_said() -> None:
    wave = 6 * np.sin(np.arange(60) * np.pi / 6)
    made = one(levels((36, 0), (24, 3)) + wave, 36)
    assert "season" in latest(made)["advice"].split(";")
    assert latest(made)["size"] == pytest.approx(3, abs=0.8)
    assert "established" in statuses(made)


def test_a_series_too_short_for_a_season_borrows_that_of_the_others() -> None:
    wave = 6 * np.sin(np.arange(60) * np.pi / 6)
    long = np.stack([wave + noise(60, seed) for seed in range(9)])
    frame = board(long)
    own = {"ward": np.repeat("new", 32), "date": months(60)[28:], "value": levels((16, 0), (16, 3)) + wave[28:]}
    whole = {name: np.concatenate([frame[name], own[name]]) for name in frame}
    made = ptd.gains(whole, {"ward": ["new"], "claimed": months(60)[44:45]}, by="ward", direction="increase")
    assert "season_borrowed" in latest(made)["advice"].split(";")
    assert latest(made)["size"] == pytest.approx(3, abs=1.2)


def test_a_series_long_enough_to_show_a_season_of_its_own_borrows_none() -> None:
    wave = 6 * np.sin(np.arange(60) * np.pi / 6)
    values = np.stack([wave + noise(60, seed) for seed in range(9)] + [levels((30, 0), (30, 3))])
    made = ptd.gains(board(values), {"ward": ["s09"], "claimed": months(60)[30:31]}, by="ward", direction="increase")
    assert not made._judged.windows.borrowed[0]
    short = board(values)
    kept = (short["ward"] != "s09") | (short["date"] >= months(60)[7])
    short = {name: column[kept] for name, column in short.items()}
    made = ptd.gains(short, {"ward": ["s09"], "claimed": months(60)[30:31]}, by="ward", direction="increase")
    assert made._judged.windows.borrowed[0]


def test_a_season_is_not_borrowed_from_another_calendar() -> None:
    """Weeks have seasons of 52: not what a month is lent."""
    weeks = np.datetime64("2018-01-01") + 7 * np.arange(230)
    wave = 6 * np.sin(np.arange(230) * np.pi / 26)
    others = board(np.stack([wave + noise(230, seed) for seed in range(9)]), weeks)
    own = {"ward": np.repeat("new", 32), "date": months(32, "2020-01"), "value": levels((16, 0), (16, 3))}
    whole = {name: np.concatenate([others[name], own[name]]) for name in own}
    made = ptd.gains(whole, {"ward": ["new"], "claimed": ["2021-05-01"]}, by="ward", direction="increase")
    assert "season_borrowed" not in latest(made)["advice"]
    assert latest(made)["size"] == pytest.approx(3, abs=0.6)


def test_a_waiting_list_is_told_to_be_a_stock() -> None:
    made = one(100 + np.random.default_rng(4).normal(size=90).cumsum(), 48, dates=np.arange(90))
    assert "stock" in latest(made)["advice"].split(";")
