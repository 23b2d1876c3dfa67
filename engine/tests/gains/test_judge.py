"""Exactly on a threshold: the course of a life, claims near one another, series that fall silent."""

from typing import Any

import numpy as np
import pytest

import plotthedots as ptd
from plotthedots import Gains
from plotthedots.gains.judge import SIGNALLED, STATUSES, _life

from .series import board, latest, levels, months, one

NAN = float("nan")
HELD = levels((24, 0), (24, 3))


def life(worse: list[float], *, better: Any = 0.0, upper: Any = 1.0, seen: Any = True, bar: Any = 5.0) -> list[str]:
    """A life established in column 1, from its monitors (of column 2 and on)."""
    n = len(worse) + 2

    def row(of: Any) -> Any:
        return np.array([NAN, NAN, *np.broadcast_to(of, len(worse))])

    status = _life(
        np.full(n, SIGNALLED), 1, row(worse), row(better), row(bar), row(upper),
        np.array([True, True, *np.broadcast_to(seen, len(worse))]),
    )  # fmt: skip
    names = [STATUSES[code] for code in status]
    assert names[:2] == ["signalled", "established"]
    return names[2:]


@pytest.mark.parametrize(
    ("worse", "expected"),
    [
        ([4.9, 5.0], ["holding", "slipping"]),
        ([5.0, 1.1, 1.0, 1.1], ["slipping", "slipping", "holding", "holding"]),
        ([5.0, 1.0, 4.9, 5.0], ["slipping", "holding", "holding", "slipping"]),
        ([0.0, 1.1], ["holding", "holding"]),
    ],
)
def test_slipping_begins_on_the_bar_and_ends_on_the_mark_of_calm(worse: list[float], expected: list[str]) -> None:
    assert life(worse) == expected


def test_lost_comes_before_slipping_and_that_before_improving() -> None:
    assert life([0, 0], upper=[0.5, 0.49]) == ["holding", "lost"]
    assert life([9, 9], upper=[0.6, 0.4]) == ["slipping", "lost"]
    assert life([0, 0], better=[3.9, 4.0]) == ["holding", "improving"]
    assert life([5, 0], better=9.0) == ["slipping", "improving"]
    assert life([0, 0], upper=NAN) == ["holding", "holding"]
    assert life([4, 4], bar=[5, 4]) == ["holding", "slipping"]


def test_a_period_without_a_value_keeps_what_it_was_and_ends_no_slipping() -> None:
    assert life([5, 0, 2], seen=[True, False, True]) == ["slipping", "signalled", "slipping"]


# Claims near one another


def claims(*places: int, n: int = 72, series: str = "s00") -> Gains:
    values = np.stack([levels((24, 0), (n - 24, 3)), levels((n, 0))])
    return ptd.gains(
        board(values), {"ward": [series] * len(places), "claimed": months(n)[list(places)]}, by="ward",
        direction="increase", placebos=None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("places", "before", "overlapping"),
    [
        ((24, 36), [24, 12], [True, False]),  # twelve values between them are enough
        ((24, 35), [24, 35], [True, True]),
        ((36, 24), [12, 24], [False, True]),  # in whatever order
        ((24, 60), [24, 36], [True, False]),
        ((24, 36, 48), [24, 12, 12], [True, True, False]),
    ],
)
def test_an_earlier_claim_bounds_a_later_one_from_twelve_values_between_them_on(
    places: tuple[int, ...], before: list[int], overlapping: list[bool]
) -> None:
    made = claims(*places)
    assert made.summary["n_before"].tolist() == before
    assert made._judged.overlapping.tolist() == overlapping


def test_claims_on_other_series_or_beyond_what_is_known_do_not_overlap() -> None:
    values = np.stack([HELD, HELD])
    made = ptd.gains(
        board(values), {"ward": ["s00", "s01"], "claimed": months(48)[[24, 30]]}, by="ward", direction="increase"
    )
    assert made._judged.overlapping.tolist() == [False, False]
    frame = {"date": months(48), "value": HELD}
    two = {"claimed": months(48)[[24, 40]]}
    early = ptd.gains(frame, two, direction="increase", as_of=months(48)[39].astype(object))
    assert early._judged.overlapping.tolist() == [False, False]
    known = ptd.gains(frame, two, direction="increase", as_of=months(48)[40].astype(object))
    assert known._judged.overlapping.tolist() == [True, False]


def test_two_claims_on_one_date_share_their_values() -> None:
    made = ptd.gains(
        {"date": months(48), "value": HELD}, {"claimed": months(48)[[24, 24]], "gain": ["a", "b"]},
        direction="increase",
    )  # fmt: skip
    assert made._judged.overlapping.tolist() == [True, True]
    assert made.summary["n_before"].tolist() == [24, 24]


def test_baseline_from_within_a_period_begins_with_the_next() -> None:
    for day, before in (("2021-06-01", 7), ("2021-06-02", 6), ("2021-05-31", 7), ("1990-01-01", 24)):
        made = one(HELD, claims={"baseline_from": [day]})
        assert made.summary["n_before"].tolist() == [before]
    long = one(levels((80, 0), (10, 3)), 80, claims={"baseline_from": ["2020-06-01"]})
    assert latest(long)["n_before"] == 60


# Silence


@pytest.mark.parametrize(("day", "status"), [("2024-05-31", "holding"), ("2024-06-01", "unwatched")])
def test_a_lag_of_more_than_three_periods_is_not_usual_however_many_share_it(day: str, status: str) -> None:
    """The last value is of December 2023: five months behind in May, six in June."""
    made = one(HELD, as_of=day)
    assert latest(made)["status"] == status
    assert str(latest(made)["since"]) == ("2023-12-01" if status == "unwatched" else latest(made)["since"].astype(str))
    assert made._judged.last_seen.tolist() == [19_692]


def test_events_that_have_no_calendar_are_never_unwatched() -> None:
    days = np.datetime64("2018-01-01") + np.cumsum(np.resize([3, 9, 4, 7, 2, 11], 60))
    frame = ptd.between({"date": days}, date="date")
    made = ptd.gains(frame, {"claimed": days[29:30] + 1}, direction="increase", chart="t", as_of="2024-01-01")
    assert latest(made)["status"] != "unwatched"


def test_a_series_without_any_value_has_no_last_one() -> None:
    values = np.stack([np.full(48, NAN), HELD])
    made = ptd.gains(
        board(values), {"ward": ["s00", "s01"], "claimed": months(48)[[24, 24]]}, by="ward", direction="increase"
    )
    assert made._judged.last_seen.tolist() == [np.iinfo(np.int64).max, 19_692]
    assert made.summary["status"].tolist() == ["unwatched", "holding"]
    assert str(made.summary["since"][0]) == "2022-01-01"


def test_a_claim_that_is_still_to_come_is_not_unwatched() -> None:
    values = np.stack([HELD, HELD])
    values[0, 40:] = NAN
    made = ptd.gains(
        board(values),
        {"ward": ["s00"] * 3, "claimed": np.array(["2022-01-01", "2023-12-01", "2023-12-02"], "datetime64[D]")},
        by="ward", direction="increase",
    )  # fmt: skip
    assert made.summary["status"].tolist() == ["unwatched", "unwatched", "claimed"]


def test_a_claim_within_the_first_period_leaves_that_period_out() -> None:
    for day, first, count in (("2020-01-15", "2020-02-01", 35), ("2020-01-01", "2020-01-01", 36)):
        history = one(levels((12, 0), (24, 3)), np.datetime64(day)).history
        assert str(history["date"][0]) == first
        assert len(history["date"]) == count
