"""What the same comparison says where nothing was done."""

from typing import Any

import numpy as np
import pytest

import plotthedots as ptd
from plotthedots import Gains
from plotthedots.gains import monitor, placebos

from .series import Floats, board, latest, levels, months, noise, one, statuses

UP = np.concatenate([np.zeros(24), np.full(24, 3.0)])


def quiet(n: int, first: int = 0, length: int = 48) -> Floats:
    """Series in which nothing happens."""
    return np.stack([noise(length, seed) for seed in range(first, first + n)])


def drifting(n: int, length: int = 48) -> Floats:
    """Series that all rise after month 24, whether anybody claimed it or not."""
    return quiet(n, length=length) + 3 * (np.arange(length) >= 24)


def of(values: Floats, rows: list[int] | None = None, **options: Any) -> Gains:
    """Claims at month 24 on these rows of a board (the first if none are given), the others being their placebos."""
    rows = rows or [0]
    claims = {"ward": [f"s{row:02d}" for row in rows], "claimed": np.repeat(months(48)[24:25], len(rows))}
    options = {"direction": "increase"} | options
    return ptd.gains(board(values), claims, by="ward", **options)


def test_siblings_are_the_series_without_any_claim() -> None:
    values = quiet(12)
    values[0] += UP
    assert latest(of(values))["placebos"] == 11 + latest(of(values[:1]))["placebos"]
    three = of(values, [0, 5, 7])
    assert three.summary["placebos"][0] == 9 + latest(of(values[:1]))["placebos"]


def test_earlier_dates_of_the_claims_own_series_are_placebos_too() -> None:
    made = one(levels((24, 0), (24, 3)))
    assert 1 <= latest(made)["placebos"] <= 8
    assert "few_placebos" in latest(made)["advice"].split(";")
    assert latest(one(levels((12, 0), (24, 3)), 12))["placebos"] == 0


@pytest.mark.parametrize(("claimed", "counts"), [(12, [0, 0]), (13, [0, 0]), (14, [1, 1]), (15, [2, 2])])
def test_own_earlier_dates_have_twelve_values_before_and_two_until_the_claim(claimed: int, counts: list[int]) -> None:
    made = one(levels((claimed, 0), (12, 3)), claimed)
    assert made._judged.placebos.count[0, :2].tolist() == counts


def test_a_single_placebo_is_all_of_them() -> None:
    made = one(levels((14, 0), (12, -3)), 14)._judged.placebos
    assert made.count[0, :2].tolist() == [1, 1]
    assert made.share[0, :2].tolist() == [1, 1]


def test_none_is_none_and_the_sentence_says_so() -> None:
    made = of(quiet(30) + UP, placebos=None)
    assert latest(made)["placebos"] == 0
    assert np.isnan(latest(made)["placebo"])
    assert latest(made)["sentence"].endswith("Nothing to compare it with where nothing was done.")
    assert "no_placebos" in latest(made)["advice"].split(";")


def test_a_frame_of_series_takes_the_place_of_the_siblings() -> None:
    values = quiet(30, 200)
    values[0] += 2 * UP
    made = of(values[:1], placebos=board(values[1:]))
    assert latest(made)["placebos"] == 29
    assert latest(made)["placebo"] == 0
    assert latest(made)["sentence"].endswith(
        "Evidence as strong was seen in 0 of 29 comparisons where nothing was done."
    )


@pytest.mark.parametrize("kind", ["datetime64[s]", "datetime64[ns]"])
def test_dates_of_the_placebos_may_be_times(kind: str) -> None:
    values = quiet(30)
    values[0] += UP
    others = board(values[1:])
    made = of(values[:1], placebos=others | {"date": others["date"].astype(kind)})
    assert latest(made)["sentence"] == latest(of(values[:1], placebos=others))["sentence"]


def test_a_drift_that_all_share_is_established_without_placebos_and_not_with_them() -> None:
    values = drifting(30)
    assert "established" in statuses(of(values, placebos=None))
    made = of(values)
    assert "established" not in statuses(made)
    assert latest(made)["placebo"] > 0.2
    assert "established" not in statuses(of(values[:1], placebos=board(values[1:])))


def test_under_twenty_placebos_have_no_say_but_are_counted() -> None:
    values = drifting(20)
    made = of(values[:1], placebos=board(values[1:]))
    assert latest(made)["placebos"] == 19
    assert "established" in statuses(made)
    assert latest(made)["placebo"] > 0.2
    made = of(values[:1], placebos=board(np.concatenate([values[1:], drifting(21)[20:]])))
    assert "established" not in statuses(made)


def test_a_gain_of_its_own_stands_out_of_quiet_placebos() -> None:
    values = quiet(40)
    values[0] += UP
    made = of(values)
    assert "established" in statuses(made)
    assert latest(made)["placebo"] <= 0.04


def test_the_share_is_how_many_had_evidence_as_strong() -> None:
    """A few placebos that rose more than the claim did."""
    values = quiet(40)
    values[0] += UP / 2
    values[1:6] += 3 * UP
    made = of(values[:1], placebos=board(values[1:]))
    assert latest(made)["placebos"] == 39
    judged = of(values, list(range(40)), placebos=None)._judged  # all of them as claims
    highest = judged.evidence.highest[:, made._judged.established[0]]
    strong = int((highest[1:] >= highest[0]).sum())
    assert strong >= 5
    assert latest(made)["placebo"] == pytest.approx(strong / 39)
    assert f"in {strong} of 39 comparisons" in latest(made)["sentence"]


def test_evidence_just_as_strong_counts_as_strong() -> None:
    values = quiet(30, 200)
    values[0] += 2 * UP
    values[1] = values[0]
    made = of(values[:1], placebos=board(values[1:]))
    assert latest(made)["placebo"] == pytest.approx(1 / 29)


def test_no_earlier_date_is_followed_past_the_claim() -> None:
    """Twenty periods on from a date in the first two years lies beyond the claim at their end."""
    assert latest(one(levels((24, 0), (20, 0))))["placebos"] == 0
    assert latest(one(levels((48, 0), (20, 0)), 48))["placebos"] > 0
    # Of months 12, 13, 14, 16, 17, 19, 20 and 22 two have eleven periods until the claim at month 24.
    assert latest(one(levels((24, 0), (11, 0))))["placebos"] == 2


def test_placebos_the_wrong_way_do_not_count_as_strong() -> None:
    values = quiet(30)
    values[0] += UP
    values[1:] -= 2 * UP
    assert latest(of(values))["placebo"] == 0
    assert latest(of(-values, direction="decrease"))["placebo"] == 0


def test_what_siblings_do_later_does_not_matter() -> None:
    values = quiet(30)
    values[0] += UP
    wild = values.copy()
    wild[1:, 36:] += 20
    until = {"as_of": "2022-12-31"}
    assert latest(of(values, **until))["sentence"] == latest(of(wild, **until))["sentence"]
    early, late = of(values).history, of(wild).history
    for name in ("status", "retained", "centre"):
        np.testing.assert_array_equal(early[name][:12], late[name][:12])


def same_placebos(short: Gains, whole: Gains) -> None:
    """Those known at each row are the same whatever came later."""
    seen = short._judged.observed[0]
    for name in ("count", "share"):
        one, other = (getattr(made._judged.placebos, name)[0] for made in (short, whole))
        np.testing.assert_array_equal(one[seen], other[: len(seen)][seen], err_msg=name)


def test_siblings_that_report_later_in_the_same_week_are_not_foreseen() -> None:
    """The claim's ward reports on Mondays, the others on Thursdays: a Monday's row knows the Thursdays before it."""
    mondays = np.datetime64("2022-01-03") + 7 * np.arange(48)
    values = drifting(30)
    frame = board(values, mondays)
    frame["date"] = frame["date"] + np.where(frame["ward"] == "s00", 0, 3)
    claims = {"ward": ["s00"], "claimed": mondays[24:25]}
    whole = ptd.gains(frame, claims, by="ward", direction="increase")
    for cut in (26, 30, 40):
        kept = frame["date"] <= mondays[cut]
        short = ptd.gains(
            {name: column[kept] for name, column in frame.items()}, claims, by="ward", direction="increase"
        )
        assert statuses(short) == statuses(whole)[: cut - 23]
        same_placebos(short, whole)
    assert latest(whole)["placebos"] >= 29


def test_siblings_that_report_at_the_end_of_the_month_are_not_foreseen() -> None:
    """The claim's ward reports on the first of a month, the others on the last day of it."""
    frame = board(drifting(30))
    frame["date"] = np.where(frame["ward"] == "s00", frame["date"], np.tile(months(49)[1:] - 1, 30))
    claims = {"ward": ["s00"], "claimed": months(48)[24:25]}
    whole = ptd.gains(frame, claims, by="ward", direction="increase")
    for cut in (25, 26, 27, 28, 30, 40):
        kept = frame["date"] <= months(48)[cut]
        short = ptd.gains(
            {name: column[kept] for name, column in frame.items()}, claims, by="ward", direction="increase"
        )
        assert statuses(short) == statuses(whole)[: cut - 23]
        same_placebos(short, whole)
    # One value fewer is nearly as many from the fifth on.
    early, late = whole._judged.placebos.count[0, [3, 4]]
    assert early < 10 < 29 <= late


def test_siblings_of_rare_events_are_known_as_of_the_date() -> None:
    """Events of other wards that come later than the row's date have no say in it."""
    drawn = np.random.default_rng(3)
    wards, days = [], []
    for row in range(25):
        gaps = np.concatenate([drawn.geometric(1 / 10, 40), drawn.geometric(1 / (60 if row == 0 else 90), 25)])
        wards += [f"s{row:02d}"] * 65
        days.append(np.datetime64("2018-01-01") + np.cumsum(gaps))
    events = {"ward": np.array(wards), "date": np.concatenate(days)}
    frame = ptd.between(events, date="date", by="ward")
    claims = {"ward": ["s00"], "claimed": days[0][39:40] + 1}
    whole = ptd.gains(frame, claims, by="ward", direction="increase", chart="t")
    assert latest(whole)["placebos"] >= 20
    own = np.flatnonzero(frame["ward"] == "s00")
    for event in (43, 46, 50, 56):
        day = frame["date"][own[event]]
        kept = frame["date"] <= day
        short = ptd.gains(
            {name: column[kept] for name, column in frame.items()}, claims, by="ward", direction="increase", chart="t"
        )
        assert statuses(short) == statuses(whole)[: len(statuses(short))]
        same_placebos(short, whole)


def test_claims_of_one_date_with_baselines_of_different_length_have_placebos_of_their_own() -> None:
    values = quiet(27, length=70)
    claims = {"ward": ["s00", "s01"], "claimed": months(70)[[50, 50]], "baseline_from": months(70)[[20, 30]]}
    options: dict[str, Any] = {"by": "ward", "direction": "increase", "placebos": board(values[2:])}
    both = ptd.gains(board(values[:2]), claims, **options)._judged.placebos
    assert both.count[:, -1].min() >= 25
    for row in range(2):
        alone = ptd.gains(
            board(values[:2]), {name: column[row : row + 1] for name, column in claims.items()}, **options
        )
        np.testing.assert_array_equal(both.share[row], alone._judged.placebos.share[0])


def test_a_claim_is_compared_as_far_as_its_own_series_goes_whatever_its_neighbours_do() -> None:
    """Two claims on one date, one of them on a series that stopped early: each has its own placebos."""
    values = drifting(40)
    values[1, 27:] = np.nan
    frame = board(values)
    kept = ~((frame["ward"] == "s01") & (frame["date"] > months(48)[26]))
    frame = {name: column[kept] for name, column in frame.items()}
    claims = {"ward": ["s01", "s00"], "claimed": np.repeat(months(48)[24:25], 2)}
    both = ptd.gains(frame, claims, by="ward", direction="increase")
    turned = ptd.gains(frame, {"ward": ["s00", "s01"], "claimed": claims["claimed"]}, by="ward", direction="increase")
    assert both.summary["placebos"].tolist() == turned.summary["placebos"][::-1].tolist()
    assert statuses(both, both.gains[1]) == statuses(turned, turned.gains[0])
    assert both.summary["placebos"][1] >= 38


def test_placebos_need_nearly_as_many_values_as_the_claim() -> None:
    values = quiet(30)
    values[0] += UP
    values[1:11, 26:] = np.nan
    made = of(values[:1], placebos=board(values[1:]))
    assert str(latest(made)["established_on"]) == "2022-03-01"
    # At the third value the ten that stopped after two had fewer than 80 % of three.
    assert latest(made)["placebos"] == 19


# All of it once more, from the same comparison made of one series at a time


def alone(
    values: Floats, claimed: Any, direction: str, since: Any = None, until: Any = None
) -> tuple[Floats, Floats] | None:
    """The highest evidence of one series so far, and how many values it had, by period since a date."""
    bounded = {} if since is None else {"baseline_from": np.array([since])}
    options = {"claims": bounded, "direction": direction, "placebos": None}
    judged = one(values, claimed, as_of=None if until is None else until.astype(object), **options)._judged
    if not judged.windows.usable[0]:
        return None
    return judged.evidence.highest[0], np.cumsum(judged.observed[0])


def share_of_placebos(
    values: Floats, others: list[int], own: int, day: Any, direction: str, since: Any
) -> tuple[list[int], Floats]:
    """By period since the claim: how many placebos there are, and the share with evidence as strong."""
    date = months(values.shape[1])
    place, start = int((date <= day).sum()) - 1, 0 if since is None else int((date < since).sum())
    last = date[np.flatnonzero(values[own] == values[own])[-1]]
    mine = alone(values[own], day, direction, since, last)
    assert mine is not None
    evidence, count = mine
    seen: list[list[float]] = [[] for _ in evidence]
    for row in others:
        found = alone(values[row], day, direction, date[start] if start else None, last)
        for period in range(len(evidence)):
            if found and period < len(found[0]) and found[1][period] >= max(0.8 * count[period], 1):
                seen[period].append(found[0][period])
    for column in sorted({int(at) for at in np.linspace(start + 12, max(place - 2, start + 12), 8)}):
        found = alone(values[own, :place], date[column], direction, date[start] if start else None)
        for period in range(min(len(evidence), place - column)):
            if found and column <= place - 2:
                seen[period].append(found[0][period])
    shares = [np.mean(np.array(part) >= own) if part else np.nan for part, own in zip(seen, evidence, strict=True)]
    return [len(part) for part in seen], np.array(shares)


CLAIMED: list[tuple[int, str, str, str | None]] = [
    (0, "2022-01-01", "increase", None),
    (1, "2022-06-15", "increase", None),
    (2, "2022-07-01", "increase", "2020-11-01"),
    (3, "2021-10-01", "decrease", None),
    (4, "2022-01-01", "increase", None),
]


def test_placebos_are_the_comparisons_of_each_series_alone() -> None:
    values = np.stack([noise(44, seed, 0.4) for seed in range(26)])
    values[:3, 30:] += 2
    values[3, 21:] -= 2
    values[10:14, 24:] += 1.5
    values[np.random.default_rng(4).random(values.shape) < 0.06] = np.nan
    values[[0, 1, 2, 3, 4], -1] = 0.5
    values[4, 40:] = np.nan  # one of the claims' series stops early,
    values[20, :17] = np.nan  # others begin late
    values[21, 33:] = np.nan  # or stop
    frame = board(values)
    kept = frame["value"] == frame["value"]
    wards, days, ways, since = (list(column) for column in zip(*CLAIMED, strict=True))
    made = ptd.gains(
        {name: column[kept] for name, column in frame.items()},
        {"ward": [f"s{row:02d}" for row in wards], "claimed": days, "direction": ways, "baseline_from": since},
        by="ward",
    )._judged  # fmt: skip
    for position, (row, day, way, bound) in enumerate(CLAIMED):
        counts, shares = share_of_placebos(
            values, list(range(5, 26)), row, np.datetime64(day), way, None if bound is None else np.datetime64(bound)
        )
        until = len(counts)
        seen = made.observed[position, :until]
        assert until > 12
        assert np.array(counts)[seen].max() > 20
        assert made.placebos.count[position, :until][seen].tolist() == np.array(counts)[seen].tolist()
        np.testing.assert_allclose(made.placebos.share[position, :until][seen], shares[seen], rtol=1e-12)


def test_series_of_another_calendar_are_no_placebos() -> None:
    weeks = np.datetime64("2020-01-06") + 7 * np.arange(200)
    others = board(quiet(30, length=200), weeks)
    made = of(quiet(1) + UP, placebos=others)
    assert latest(made)["placebos"] == 0


# What the monitor must pass


def planted(others: Floats) -> Floats:
    made = of(np.concatenate([quiet(1, 70) + UP, others]))
    judged = made._judged
    return np.asarray(judged.bar[0])


def test_the_monitors_threshold_is_its_own_where_the_placebos_are_quiet() -> None:
    bar = planted(quiet(30, 100))
    assert bar[2:].min() >= 4.2
    assert bar[3] == pytest.approx(4.2, abs=2)


def test_where_placebos_sink_by_themselves_the_monitor_asks_for_more() -> None:
    """Gains planted in series that slide back anyway would be called slipping: the threshold rises until few are."""
    sinking = quiet(30, 100) - np.maximum(np.arange(48) - 28, 0) * 0.3
    bar = planted(sinking)
    assert (np.diff(bar[3:]) >= -1e-12).all()
    assert bar[-1] > planted(quiet(30, 100))[-1]


def test_at_most_a_tenth_of_planted_gains_pass_the_threshold() -> None:
    others = np.concatenate([quiet(30, 100) - np.maximum(np.arange(48) - 28, 0) * 0.1])
    made = of(np.concatenate([quiet(1, 70) + UP, others]))
    judged = made._judged
    own, strength = judged.placebos.others[0], judged.watch.change[0, judged.established[0]]
    values = own.windows.values.copy()
    values[:, own.windows.before :] += strength
    column = np.full(len(values), own.windows.before + judged.established[0])
    seen = monitor.watch(values, own.windows.noise, own.windows.before, column, monitor.CAP)
    highest = np.fmax.accumulate(np.nan_to_num(seen.worse), axis=1)
    over = (highest[:, : judged.bar.shape[1]] > judged.bar[0] + 1e-9).mean(axis=0)
    assert over[judged.established[0] :].max() <= placebos.LEFT_ALONE + 1 / len(values)


@pytest.mark.parametrize("count", [20, 30, 53])
def test_the_threshold_is_the_ninth_tenth_of_gains_planted_in_up_to_forty_series(count: int) -> None:
    others = quiet(count, 100) - np.maximum(np.arange(48) - 28, 0) * 0.1
    judged = of(np.concatenate([quiet(1, 70) + UP, others]))._judged
    windows, strength = judged.placebos.others[0].windows, judged.watch.change[0, judged.established[0]]
    chosen = np.unique(np.linspace(0, count - 1, 40).astype(int))
    assert len(chosen) == min(count, 40)
    values = windows.values[chosen].copy()
    values[:, windows.before :] += strength
    column = np.full(len(chosen), windows.before + judged.established[0])
    worse = monitor.watch(values, windows.noise[chosen], windows.before, column, monitor.CAP).worse
    highest = np.fmax.accumulate(np.nan_to_num(worse), axis=1)
    asked = np.sort(highest, axis=0)
    place = 0.9 * (len(chosen) - 1)
    low = int(place)
    asked = asked[low] + (place - low) * (asked[min(low + 1, len(chosen) - 1)] - asked[low])
    usual = monitor.threshold(judged.watch.strength[0])
    known = np.arange(len(asked)) >= judged.established[0]
    np.testing.assert_allclose(judged.bar[0][known], np.maximum(usual, asked)[known], rtol=1e-9)


def test_under_twenty_series_plant_nothing() -> None:
    values = np.concatenate([quiet(1, 70) + UP, quiet(19, 100) - np.maximum(np.arange(48) - 28, 0) * 0.3])
    bar = of(values)._judged.bar[0]
    np.testing.assert_allclose(bar[2:], monitor.threshold(of(values)._judged.watch.strength[0])[2:])
