"""Limits frozen before the claim, and the first special cause the right way since, against every window looked at."""

from typing import Any

import numpy as np
import pytest

import plotthedots as ptd
from plotthedots.gains.limits import Frozen, signalled
from plotthedots.segments import Segments

from .series import Floats, board, levels, months, noise, one

Flags = Any


def first_cause(values: Floats, centre: float, near: float, limit: float) -> int:
    """Position of the first point that is a special cause on the day, for more being better; −1 where there is none."""
    for place, value in enumerate(values):
        last = [values[max(place + 1 - n, 0) : place + 1] for n in (3, 7)]
        three, seven = (list(part) for part in last)
        run = len(seven) == 7 and all(one > centre for one in seven)
        trend = len(seven) == 7 and all(now > before for now, before in zip(seven[1:], seven[:-1], strict=True))
        close = [near < one <= limit for one in three]
        two = len(three) == 3 and all(one > centre for one in three) and sum(close) >= 2 and close[-1]
        if value > limit or run or trend or two:
            return place
    return -1


def frozen(lengths: list[int], since: Flags) -> Frozen:
    """Limits three above a centre of nought and two and a half below it, near ones two and one and a half."""
    rows = np.arange(sum(lengths))
    line = np.zeros(len(rows))
    claims = Segments.of(np.array(lengths))
    none = np.zeros(len(lengths), dtype=bool)
    return Frozen(rows, claims, since, line, line - 2.5, line + 3, line - 1.5, line + 2, none)


@pytest.mark.parametrize("seed", range(60))
def test_the_first_special_cause_is_that_of_every_window(seed: int) -> None:
    drawn = np.random.default_rng(seed)
    lengths = [int(n) for n in drawn.integers(1, 40, 5)]
    n = sum(lengths)
    values = drawn.normal(0.4, 1.2, n).round(1)
    if seed % 3 == 0:
        values = drawn.normal(0.2, 0.4, n).cumsum().round(1) % 2.5 - 0.5
    values[drawn.random(n) < 0.08] = np.nan
    ghost, since = drawn.random(n) < 0.1, np.zeros(n, dtype=bool)
    begins = np.cumsum(lengths) - lengths
    for begin, length in zip(begins, lengths, strict=True):
        since[begin + length // 4 : begin + length] = True
    way = drawn.choice([-1.0, 1.0], 5)
    expected = []
    for begin, length, better in zip(begins, lengths, way, strict=True):
        rows = [row for row in range(begin, begin + length) if since[row] and not ghost[row]]
        near, limit = (2, 3) if better > 0 else (1.5, 2.5)
        found = first_cause(better * values[rows], 0, near, limit)
        expected.append(rows[found] - begin if found >= 0 else -1)
    assert signalled(values, ghost, frozen(lengths, since), way).tolist() == expected


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ([3.0, 0.0], -1),  # on the limit is not beyond it
        ([3.1, 0.0], 0),
        ([2.5, 2.5, 0.5], -1),  # the third is not near
        ([2.5, 0.5, 2.5], 2),
        ([2.0, 2.0, 2.0], -1),  # on the near limit is not beyond it
        ([2.5, 0.0, 2.5], -1),  # on the centre is not above it
        ([2.5, 2.5], -1),
        ([3.0, 0.1, 3.0], 2),
        ([0.5] * 6, -1),
        ([0.5] * 7, 6),
        ([0.5, 0.5, 0.5, 0.0, 0.5, 0.5, 0.5, 0.5], -1),
        ([-1.5, -1.4, -1.3, -1.2, -1.1, -1.0], -1),
        ([-1.5, -1.4, -1.3, -1.2, -1.1, -1.0, -0.9], 6),
        ([-1.5, -1.4, -1.3, -1.3, -1.1, -1.0, -0.9, -0.8], -1),  # a level step
    ],
)
def test_what_lies_on_a_line_is_not_beyond_it(values: list[float], found: int) -> None:
    n = len(values)
    every, none = np.ones(n, dtype=bool), np.zeros(n, dtype=bool)
    assert signalled(np.array(values), none, frozen([n], every), np.ones(1)).tolist() == [found]
    assert signalled(np.array(values), every, frozen([n], every), np.ones(1)).tolist() == [-1]


def test_limits_are_those_of_the_values_before_without_ghosts_and_from_baseline_from_on() -> None:
    values = levels((8, 30), (24, 0), (10, 3))
    ghost = np.zeros(42, dtype=bool)
    ghost[[12, 20]] = True
    values[20] = 99
    made = ptd.gains(
        {"date": months(42), "value": values, "out": ghost},
        {"claimed": months(42)[32:33], "baseline_from": months(42)[8:9]}, direction="increase", exclude="out",
    )._judged.frozen  # fmt: skip
    chart = ptd.spc({"date": months(42)[8:32], "value": values[8:32], "out": ghost[8:32]}, exclude="out").points
    assert made.rows.tolist() == list(range(8, 42))
    assert made.since.tolist() == [False] * 24 + [True] * 10
    pairs = {
        "centre": "centre",
        "lower": "lower",
        "upper": "upper",
        "near_lower": "lower_near",
        "near_upper": "upper_near",
    }
    for name, column in pairs.items():
        np.testing.assert_allclose(getattr(made, name), chart[column][0], rtol=1e-12)


def test_limits_follow_the_denominators_and_the_sizes_since() -> None:
    of = np.resize([100.0, 400.0, 225.0], 36)
    frame = {"date": months(36), "value": np.round(of * 0.2 + np.resize([3, -2, 0, 1], 36)), "of": of}
    claim = {"claimed": months(36)[24:25]}
    made = ptd.gains(frame, claim, direction="increase", chart="p", denominator="of")._judged.frozen
    centre = frame["value"][:24].sum() / of[:24].sum()
    np.testing.assert_allclose(made.centre, centre, rtol=1e-12)
    np.testing.assert_allclose(made.upper, centre + 3 * np.sqrt(centre * (1 - centre) / of), rtol=1e-12)
    sizes = np.resize([3, 4], 36)
    groups = {"date": np.repeat(months(36), sizes), "value": 10 + noise(int(sizes.sum()), 3)}
    made = ptd.gains(groups, claim, direction="increase", chart="xbar")._judged.frozen
    before = groups["date"] < months(36)[24]
    chart = ptd.spc({name: column[before] for name, column in groups.items()}, chart="xbar").points
    for name in ("centre", "lower", "upper"):
        np.testing.assert_allclose(getattr(made, name)[:24], chart[name], rtol=1e-12)
        np.testing.assert_allclose(getattr(made, name)[24:], chart[name][:12], rtol=1e-12)


def test_a_run_before_the_claim_makes_its_limits_unstable_and_one_across_it_does_not() -> None:
    steady = levels((24, 0), (12, 0))
    assert not one(steady)._judged.frozen.unstable[0]
    run = steady.copy()
    run[10:17] = 10.2
    assert one(run)._judged.frozen.unstable[0]
    across = steady.copy()
    across[20:30] = 10.2
    assert not one(across)._judged.frozen.unstable[0]
    far = steady.copy()
    far[5] = 30
    assert one(far)._judged.frozen.unstable[0]
    single = steady.copy()
    single[5] = 14
    chart = ptd.spc({"date": months(24), "value": single[:24]}).points
    assert sum(int((chart[rule] != 0).sum()) for rule in ("outside", "shift", "trend", "two_of_three")) == 1
    assert one(single)._judged.frozen.unstable[0]
    made = ptd.gains(
        board(np.stack([run, steady, far])), {"ward": ["s01", "s00"], "claimed": months(36)[[24, 24]]}, by="ward",
        direction="increase",
    )  # fmt: skip
    assert made._judged.frozen.unstable.tolist() == [False, True]


def test_a_ghost_within_a_run_before_the_claim_does_not_end_it() -> None:
    values = levels((24, 0), (12, 0))
    values[10:18] = 10.2
    values[13] = 9.9
    frame = {"date": months(36), "value": values, "out": np.arange(36) == 13}
    for exclude, unstable in (("out", True), (None, False)):
        made = ptd.gains(frame, {"claimed": months(36)[24:25]}, direction="increase", exclude=exclude)
        assert made._judged.frozen.unstable.tolist() == [unstable]
