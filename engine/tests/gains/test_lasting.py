"""The life of each gain: from when to when, whether it ended, and which group it belongs to."""

from typing import Any

import numpy as np
import pytest

import plotthedots as ptd
from plotthedots import BadInput, Gains
from plotthedots.gains import lasting

from .series import board, levels, months

# Lost after a year, held to the end, established by the very last value, never established.
VALUES = np.stack([
    levels((24, 0), (12, 3), (36, 0)), levels((24, 0), (48, 3)), levels((69, 0), (3, 3)), levels((72, 0)),
])  # fmt: skip


def made(**claims: Any) -> Gains:
    names = [f"s{row:02d}" for row in range(4)]
    claimed = months(72)[[24, 24, 69, 24]]
    return ptd.gains(
        board(VALUES), {"ward": names, "claimed": claimed} | claims, by="ward", direction="increase", placebos=None,
        conditions=[name for name in claims if name == "coach"],
    )  # fmt: skip


def test_a_life_goes_from_establishment_to_loss_or_to_the_last_value() -> None:
    told, summary = made()._lives, made().summary
    last = months(72)[-1]
    days = [
        summary["lost_on"][0] - summary["established_on"][0], last - summary["established_on"][1],
        last - summary["established_on"][2],
    ]  # fmt: skip
    assert days[2] == np.timedelta64(0)
    expected = [day.astype(int) / 30.436875 for day in days]
    np.testing.assert_allclose(told.time, [*expected, 0], rtol=1e-12)
    assert told.event.tolist() == [True, False, False, False]
    assert told.entry.tolist() == [0, 0, 0, 0]
    # One that ends as it begins is not followed, nor one that never began.
    assert told.followed.tolist() == [True, True, False, False]


def test_a_life_is_watched_from_the_day_on_which_its_claim_entered() -> None:
    established = made().summary["established_on"]
    entered = [established[0] - 40, established[1] + 20, established[2] + 20, established[0]]
    told = made(entered_on=np.array(entered))._lives
    np.testing.assert_allclose(told.entry, [0, 20 / 30.436875, 20 / 30.436875, 0], rtol=1e-12)
    assert told.followed.tolist() == [True, True, False, False]


def test_a_loss_on_the_day_of_withdrawal_is_a_loss() -> None:
    lost = made().summary["lost_on"][0]
    for day, event in ((lost, True), (lost - 1, False)):
        told = made(withdrawn_on=np.array([day] + [np.datetime64("NaT")] * 3))._lives
        assert bool(told.event[0]) == event
        days = (day - made().summary["established_on"][0]).astype(int)
        assert told.time[0] == pytest.approx(days / 30.436875)


def test_without_a_condition_all_gains_are_one_group_without_a_name() -> None:
    names, group = lasting.groups(made()._standing, None)
    assert names.to_pylist() == [""]
    assert group.tolist() == [0, 0, 0, 0]
    assert group.dtype == np.int64
    with pytest.raises(BadInput, match=r'^survival: found "coach", expected a condition named in conditions=\.$'):
        made().survival("coach")


def test_groups_are_in_order_and_who_has_none_is_in_none() -> None:
    names, group = lasting.groups(made(coach=["no", "an", None, "no"])._standing, "coach")
    assert names.to_pylist() == ["an", "no"]
    assert group.tolist() == [1, 0, -1, 1]
    assert group.dtype == np.int64
