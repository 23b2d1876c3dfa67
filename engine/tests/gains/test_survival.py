"""How long gains last: against published figures, naive twins, and lives whose ends are known."""

import datetime as dt
import math
from typing import Any

import numpy as np
import pytest

import plotthedots as ptd
from plotthedots import Gains
from plotthedots.gains.survival import Curve, chi_square_above, kaplan_meier, log_rank

from . import twins
from .series import Floats, board, levels, months, statuses

# Weeks of remission of 42 children with leukaemia, + still in remission: Freireich and others, Blood 21 (1963).
SIX_MP = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+"
PLACEBO = "1 1 2 2 3 4 4 5 5 8 8 8 8 11 11 12 12 15 17 22 23"


def lives(text: str) -> tuple[Floats, Any, Floats]:
    words = text.split()
    time = np.array([float(word.rstrip("+")) for word in words])
    return time, np.array([not word.endswith("+") for word in words]), np.zeros(len(words))


def random_lives(seed: int, n: int = 60) -> tuple[Floats, Any, Floats, Any, Any]:
    drawn = np.random.default_rng(seed)
    entry = np.where(drawn.random(n) < 0.4, 0.0, drawn.integers(0, 12, n)).astype(np.float64)
    time = entry + drawn.integers(1, 25, n)
    return time, drawn.random(n) < 0.6, entry, drawn.integers(0, 2, n), drawn.integers(0, 3, n)


def curve(*given: Any, **options: Any) -> Curve:
    made = kaplan_meier(*given, **options)
    assert made is not None
    return made


def test_the_curve_of_the_leukaemia_trial_is_the_published_one() -> None:
    made = curve(*lives(SIX_MP))
    assert made.time.tolist() == [0, 6, 7, 10, 13, 16, 22, 23]
    assert made.at_risk.tolist() == [21, 21, 17, 15, 12, 11, 7, 6]
    assert made.events.tolist() == [0, 3, 1, 1, 1, 1, 1, 1]
    assert [round(share, 3) for share in made.survival] == [1, 0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448]
    assert made.median == 23
    assert curve(*lives(PLACEBO)).median == 8


def test_its_limits_are_greenwoods_on_the_scale_of_log_minus_log() -> None:
    """At six weeks: S = 18/21, Greenwood's sum 3/(21·18)."""
    made = curve(*lives(SIX_MP))
    survival = 18 / 21
    spread = 1.959963984540054 * math.sqrt(3 / (21 * 18)) / abs(math.log(survival))
    assert made.lower[1] == pytest.approx(survival ** math.exp(spread), rel=1e-12)
    assert made.upper[1] == pytest.approx(survival ** math.exp(-spread), rel=1e-12)
    assert (made.lower <= made.survival).all()
    assert (made.survival <= made.upper).all()


def test_where_none_is_left_the_curve_is_at_nought_and_has_no_limits() -> None:
    made = curve(*lives("1 2 3 4 5 6"))
    np.testing.assert_allclose(made.survival, np.arange(6, -1, -1) / 6, atol=1e-15)
    assert made.lower[0] == made.upper[0] == 1
    assert made.lower.dtype == made.upper.dtype == np.float64
    assert np.isnan(made.lower).tolist() == np.isnan(made.upper).tolist() == [False] * 6 + [True]


def test_who_leaves_at_a_moment_is_not_watched_from_it_on() -> None:
    entry, time = np.array([0.0, 0, 0, 0, 5]), np.array([5.0, 9, 9, 9, 9])
    assert kaplan_meier(time, np.ones(5, dtype=bool), entry) is None
    assert curve(time, np.ones(5, dtype=bool), entry, fewest=4).time.tolist() == [0, 5, 9]


def test_the_log_rank_test_of_the_trial_is_the_published_one() -> None:
    both = [np.concatenate(parts) for parts in zip(lives(SIX_MP), lives(PLACEBO), strict=True)]
    made = log_rank(*both, np.repeat([0, 1], 21))
    assert made is not None
    assert round(made.statistic, 2) == 16.79
    assert made.degrees == 1
    assert made.p_value == pytest.approx(4.2e-5, rel=0.02)


def test_a_loss_at_the_moment_from_which_five_are_watched_is_before_the_curve() -> None:
    entry, time = np.array([0.0, 5, 5, 5, 5, 5]), np.array([5.0, 9, 9, 9, 9, 9])
    made = curve(time, np.array([True, True, False, False, False, False]), entry)
    assert made.time.tolist() == [5, 9]
    assert made.at_risk.tolist() == [5, 5]


@pytest.mark.parametrize("seed", range(8))
def test_late_entry_is_as_in_the_twin(seed: int) -> None:
    time, event, entry, _, _ = random_lives(seed)
    made = curve(time, event, entry)
    expected = twins.kaplan_meier(time, event, entry)
    assert made.time.tolist() == [row[0] for row in expected]
    assert made.at_risk.tolist() == [row[1] for row in expected]
    assert made.events.tolist() == [row[2] for row in expected]
    np.testing.assert_allclose(made.survival, [row[3] for row in expected], rtol=1e-12)


def test_the_curve_starts_where_five_are_at_risk() -> None:
    time, entry = np.array([2.0, 9, 9, 9, 9, 9, 9]), np.array([0.0, 0, 1, 1, 3, 3, 4])
    event = np.array([True, True, False, False, False, False, True])
    made = curve(time, event, entry)
    assert made.time.tolist() == [3, 9]
    assert made.at_risk.tolist() == [5, 6]
    assert made.events.tolist() == [0, 2]
    assert kaplan_meier(time[:4], event[:4], entry[:4]) is None
    assert kaplan_meier(np.zeros(0), np.zeros(0, dtype=bool), np.zeros(0)) is None


def test_no_median_that_is_not_reached() -> None:
    time = np.arange(1.0, 11)
    assert curve(time, time <= 4, np.zeros(10)).median is None
    assert curve(time, time <= 5, np.zeros(10)).median == 5


@pytest.mark.parametrize("n", range(6, 60, 2))
def test_a_half_is_a_half_however_it_came_about(n: int) -> None:
    """The product of (n − 1)/n, … may be a rounding above a half."""
    time = np.arange(1.0, n + 1)
    assert curve(time, np.ones(n, dtype=bool), np.zeros(n)).median == n / 2


def test_when_all_are_gone_there_are_no_limits() -> None:
    made = curve(np.arange(1.0, 8), np.ones(7, dtype=bool), np.zeros(7))
    assert made.survival[-1] == 0
    assert np.isnan(made.lower[-1])
    assert np.isfinite(made.lower[:-1]).all()


@pytest.mark.parametrize("seed", range(8))
def test_the_stratified_log_rank_test_is_as_in_the_twin(seed: int) -> None:
    time, event, entry, group, strata = random_lives(seed)
    for own in (strata, np.zeros_like(strata)):
        made = log_rank(time, event, entry, group, own)
        assert made is not None
        assert made.statistic == pytest.approx(twins.log_rank(time, event, entry, group, own), rel=1e-10)


def test_groups_that_never_meet_are_not_compared() -> None:
    """Two strata of two groups each: two degrees of freedom, the sum of both statistics."""
    time, event, entry, group, _ = random_lives(3)
    strata = np.repeat([0, 1], 30)
    made = log_rank(time, event, entry, group + 2 * strata, strata)
    assert made is not None
    assert made.degrees == 2
    each = [log_rank(*(part[strata == stratum] for part in (time, event, entry, group))) for stratum in (0, 1)]
    assert made.statistic == pytest.approx(sum(one.statistic for one in each if one), rel=1e-10)


def test_the_names_of_groups_do_not_matter_to_the_log_rank_test() -> None:
    time, event, entry, _, strata = random_lives(4)
    made, turned = log_rank(time, event, entry, strata), log_rank(time, event, entry, (strata + 1) % 3)
    assert made is not None
    assert turned is not None
    assert made.degrees == turned.degrees == 2
    assert made.statistic == pytest.approx(turned.statistic, rel=1e-10)


def test_one_group_or_no_loss_is_nothing_to_compare() -> None:
    time, event, entry, group, _ = random_lives(5)
    assert log_rank(time, event, entry, np.zeros_like(group)) is None
    assert log_rank(time, np.zeros_like(event), entry, group) is None
    assert log_rank(time[:0], event[:0], entry[:0], group[:0]) is None


@pytest.mark.parametrize(
    ("value", "degrees", "chance"),
    [
        (3.841, 1, 0.05),
        (5.991, 2, 0.05),
        (7.815, 3, 0.05),
        (0.351846, 3, 0.95),
        (13.277, 4, 0.01),
        (15.086, 5, 0.01),
        (12.592, 6, 0.05),
    ],
)
def test_chi_square(value: float, degrees: int, chance: float) -> None:
    assert chi_square_above(value, degrees) == pytest.approx(chance, abs=2e-5)
    assert chi_square_above(0, degrees) == 1


# Lives of gains


def wards(kept: list[int], n: int = 110, **claims: Any) -> Gains:
    """Wards whose gains vanish so many months after the claim."""
    values = np.stack([levels((24, 0), (months_kept, 3), (n - 24 - months_kept, 0)) for months_kept in kept])
    names = [f"s{row:02d}" for row in range(len(kept))]
    return ptd.gains(
        board(values), {"ward": names, "claimed": np.repeat(months(n)[24:25], len(kept))} | claims,
        by="ward", direction="increase", placebos=None, conditions=[name for name in claims if name == "coach"],
    )  # fmt: skip


KEPT = [8, 12, 16, 20, 24, 30, 86, 86, 86, 86]


def test_the_curve_tells_the_months_from_establishment_to_loss() -> None:
    made = wards(KEPT)
    told = made.survival()
    summary = made.summary
    lost = summary["lost_on"] == summary["lost_on"]
    assert lost.tolist() == [True] * 6 + [False] * 4
    days = (summary["lost_on"] - summary["established_on"])[lost].astype(np.int64)
    np.testing.assert_allclose(told["time"][1:], np.sort(days) / 30.436875, rtol=1e-12)
    np.testing.assert_allclose(told["survival"], [1, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4], rtol=1e-12)
    assert told["at_risk"].tolist() == [10, 10, 9, 8, 7, 6, 5]
    assert made.median_survival() == pytest.approx(told["time"][5])


def test_a_gain_that_was_lost_and_came_back_was_lost() -> None:
    values = np.stack([levels((24, 0), (12, 3), (24, 0), (36, 3))] * 5)
    made = ptd.gains(
        board(values), {"ward": [f"s{row:02d}" for row in range(5)], "claimed": np.repeat(months(96)[24:25], 5)},
        by="ward", direction="increase", placebos=None,
    )  # fmt: skip
    assert set(made.summary["status"]) == {"holding"}
    assert made.survival()["events"].tolist() == [0, 5]


def test_who_remembers_only_survivors_starts_late() -> None:
    """All entered the day after the third loss: the three lost by then could not have been seen, and do not count."""
    plain = wards(KEPT)
    day = np.sort(plain.summary["lost_on"][:6])[2] + 1
    told = wards(KEPT, entered_on=np.repeat(day, 10)).survival()
    assert told["at_risk"].tolist() == [7, 7, 6, 5]
    np.testing.assert_array_equal(told["time"][1:], plain.survival()["time"][4:])
    np.testing.assert_allclose(told["survival"], [1, 6 / 7, 5 / 7, 4 / 7], rtol=1e-12)
    assert wards(KEPT, entered_on=np.repeat(np.datetime64("2029-03-01"), 10)).survival()["time"].tolist() == []


def test_a_claim_that_entered_before_it_was_established_is_watched_from_then() -> None:
    early = wards(KEPT, entered_on=np.repeat(np.datetime64("2021-01-01"), 10))
    np.testing.assert_array_equal(early.survival()["survival"], wards(KEPT).survival()["survival"])


def test_withdrawn_gains_are_followed_until_then() -> None:
    made = wards(KEPT, withdrawn_on=[dt.date(2022, 6, 1)] + [None] * 9)
    told = made.survival()
    assert made.summary["status"][0] == "withdrawn"
    assert told["events"].sum() == 5
    assert told["at_risk"].tolist() == [10, 9, 8, 7, 6, 5]
    # One that would be lost much later, and one that never was, are no longer at risk either.
    others = wards(KEPT, withdrawn_on=[None] * 5 + [dt.date(2022, 6, 1)] + [None] * 3 + [dt.date(2022, 6, 1)])
    assert others.survival()["at_risk"].tolist() == [10, 8, 7, 6, 5, 4]
    assert others.survival()["events"].sum() == 5


def test_unwatched_gains_are_censored_and_counted() -> None:
    values = np.stack([levels((24, 0), (kept, 3), (86 - kept, 0)) for kept in KEPT])
    values[6:8, 60:] = np.nan
    names = [f"s{row:02d}" for row in range(10)]
    made = ptd.gains(
        board(values), {"ward": names, "claimed": np.repeat(months(110)[24:25], 10)},
        by="ward", direction="increase", placebos=None,
    )  # fmt: skip
    assert made.summary["status"][6:8].tolist() == ["unwatched"] * 2
    assert made.unwatched == 2
    assert made.survival()["at_risk"].tolist()[:3] == [10, 10, 9]
    assert "lost" not in statuses(made, made.gains[6])


def test_groups_are_what_was_true_at_entry() -> None:
    made = wards([8, 12, 14, 16, 20, 24] + [86] * 6, coach=["no"] * 6 + ["yes"] * 6)
    told = made.survival("coach")
    assert told["coach"].tolist() == ["no"] * 7 + ["yes"]
    assert told["survival"][-1] == 1
    found = made.log_rank("coach")
    assert found is not None
    assert found.p_value < 0.001


def test_what_was_never_established_has_no_life() -> None:
    values = np.stack([levels((60, 0))] * 6)
    made = ptd.gains(
        board(values), {"ward": [f"s{row:02d}" for row in range(6)], "claimed": ["2022-01-01"] * 6},
        by="ward", direction="increase",
    )  # fmt: skip
    assert len(made.survival()["time"]) == 0
    assert made.median_survival() is None
    assert made.unwatched == 0


def test_dates_that_are_numbers_count_themselves() -> None:
    values = np.stack([levels((24, 0), (kept, 3), (86 - kept, 0)) for kept in KEPT])
    names = [f"s{row:02d}" for row in range(10)]
    made = ptd.gains(
        board(values, np.arange(110)),
        {"ward": names, "claimed": [24] * 10},
        by="ward",
        direction="increase",
        placebos=None,
    )
    lost = made.summary["lost_on"] - made.summary["established_on"]
    assert made.survival()["time"][1] == lost[0]
