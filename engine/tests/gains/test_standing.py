"""Where a claim stands at its latest value: sizes with their intervals, and since when."""

from typing import Any

import numpy as np
import pyarrow as pa
import pytest

import plotthedots as ptd
from plotthedots import Gains
from plotthedots.gains import monitor
from plotthedots.gains.claims import NEVER

from .series import Floats, board, latest, levels, months, one

HELD = levels((24, 0), (20, 3))
GONE = levels((24, 0), (12, 3), (36, 0))
NOTHING = levels((24, 0), (20, 0))


def told(made: Gains, name: str) -> str:
    return str(latest(made)[name])


@pytest.mark.parametrize("way", [1, -1])
@pytest.mark.parametrize(("values", "established"), [(HELD, True), (NOTHING, False), (GONE, True)])
def test_the_size_is_the_change_with_its_95_per_cent_interval(values: Floats, established: bool, way: int) -> None:
    made = one(way * values, direction="increase" if way > 0 else "decrease")
    judged, summary = made._judged, latest(made)
    assert (judged.established[0] >= 0) == established
    if established:
        change, spread = judged.watch.change[0, -1], judged.watch.spread[0, -1]
    else:
        change, spread = judged.evidence.mean[0, -1], judged.evidence.spread[0, -1]
    half = monitor.student_quantile(np.array([len(values) - 2.0]))[0] * spread
    before, deviation = way * values[:24].mean(), values[:24].std(ddof=1)
    assert summary["before"] == pytest.approx(before, rel=1e-12)
    assert summary["size"] == pytest.approx(way * deviation * change, rel=1e-9)
    assert summary["after"] == pytest.approx(before + way * deviation * change, rel=1e-9)
    ends = sorted(way * deviation * (change + part * half) for part in (-1, 1))
    assert [summary["size_lower"], summary["size_upper"]] == pytest.approx(ends, rel=1e-9)


def test_the_size_of_rare_events_is_told_in_days() -> None:
    days = np.datetime64("2018-01-01") + np.cumsum(
        np.concatenate([np.resize([3, 9, 4, 7, 2, 11], 30), np.resize([40, 70, 55], 15)])
    )
    made = ptd.gains(
        ptd.between({"date": days}, date="date"), {"claimed": days[29:30] + 1}, direction="increase", chart="t"
    )
    summary, windows, watch = latest(made), made._judged.windows, made._judged.watch
    centre, scale = windows.centre[0], windows.scale[0]
    count = int(windows.n_before[0] + made._judged.observed.sum())
    half = monitor.student_quantile(np.array([count - 2.0]))[0] * watch.spread[0, -1]
    after, *ends = [(centre + scale * (watch.change[0, -1] + part * half)) ** 3.6 for part in (0, -1, 1)]
    before = centre**3.6
    assert summary["before"] == pytest.approx(before, rel=1e-9)
    assert summary["size"] == pytest.approx(after - before, rel=1e-9)
    assert [summary["size_lower"], summary["size_upper"]] == pytest.approx([end - before for end in ends], rel=1e-9)


def test_what_cannot_be_compared_has_no_size_and_no_placebos() -> None:
    for values, claimed, before in ((levels((7, 0), (24, 6)), 7, True), (levels((30, 0)), 0, False)):
        summary = latest(one(values, claimed))
        assert np.isnan(summary["before"]) != before
        for name in ("size", "size_lower", "size_upper", "after", "placebo"):
            assert np.isnan(summary[name])
        assert summary["placebos"] == 0


def test_each_status_is_told_since_its_first_row_of_the_latest_spell() -> None:
    made = one(GONE)
    history = made.history
    every = history["status"].tolist()
    assert told(made, "since") == str(history["date"][every.index("lost")])
    assert told(made, "slipped_on") == str(history["date"][every.index("slipping")])
    assert told(made, "lost_on") == told(made, "since")
    assert told(made, "established_on") == str(history["date"][every.index("established")])
    back = one(levels((24, 0), (12, 3), (24, 0), (36, 3)))
    every = back.history["status"].tolist()
    latest_spell = len(every) - every[::-1].index("slipping" if "slipping" in every[-36:] else "lost")
    assert every[latest_spell:] == ["holding"] * (len(every) - latest_spell)
    assert told(back, "since") == str(back.history["date"][latest_spell])


def test_a_claim_is_a_claim_since_its_own_date_and_not_since_its_first_value() -> None:
    made = one(NOTHING[:30], np.datetime64("2022-01-10"))
    assert latest(made)["status"] == "claimed"
    assert told(made, "since") == "2022-01-10"
    signalled = levels((24, 0), (12, 0))
    signalled[28] = 20
    made = one(signalled)
    assert latest(made)["status"] == "signalled"
    assert told(made, "since") == told(made, "signalled_on") == "2022-05-01"


def test_a_single_value_may_be_what_it_is_since() -> None:
    ends = months(26)[1:] - 1
    made = one(levels((24, 0), (1, 30)), np.datetime64("2022-01-01"), dates=ends)
    assert latest(made)["status"] == "signalled"
    assert told(made, "since") == "2022-01-31"


def test_what_never_came_has_no_date() -> None:
    made = one(NOTHING)
    for name in ("signalled_on", "established_on", "slipped_on", "lost_on"):
        assert np.isnat(latest(made)[name])
    standing = made._standing
    assert standing.at(np.array([[5, 7]]), np.array([-1])).tolist() == [NEVER]
    assert standing.at(np.array([[5, 7], [5, 7]]), np.array([1, 0])).tolist() == [7, 5]
    assert np.isnan(standing.at(np.array([[5.0, 7.0]]), np.array([-1]))).all()
    assert np.isnan(standing.of_watched(np.empty((0, 3)), np.array([0]), np.array([0]))).tolist() == [True]


@pytest.mark.parametrize(
    ("dates", "kind", "days"),
    [
        (months(44), pa.date32(), 1),
        (months(44).astype("datetime64[s]"), pa.timestamp("s"), 86_400),
        (months(44).astype("datetime64[us]"), pa.timestamp("us"), 86_400 * 10**6),
        (np.arange(44), pa.int64(), 0),
    ],
)
def test_moments_are_months_and_dates_in_the_type_of_the_measure(dates: Any, kind: pa.DataType, days: int) -> None:
    standing = one(HELD, dates=dates)._standing
    moments = np.array([0, 730_485 * max(days, 1), NEVER])
    expected = [0, 730_485 / 30.436875] if days else [0, 730_485]
    assert standing.months(moments[:2]).tolist() == pytest.approx(expected)
    assert standing.months(moments[:2]).dtype == np.float64
    made = standing.dates(moments)
    assert made.type == kind
    assert made.is_null().to_pylist() == [False, False, True]
    assert made[:2].cast(pa.int32() if kind == pa.date32() else pa.int64()).to_pylist() == moments[:2].tolist()


def test_only_those_that_were_established_are_looked_up_among_the_watched() -> None:
    values = np.stack([NOTHING, HELD, NOTHING, -HELD])
    made = ptd.gains(
        board(values), {"ward": ["s00", "s01", "s03"], "claimed": months(44)[[24] * 3],
                        "direction": ["increase", "increase", "decrease"]},
        by="ward", placebos=None,
    )  # fmt: skip
    found = made._standing.of_watched(made._judged.watch.change, np.array([0, 1, 2]), np.array([19] * 3))
    assert np.isnan(found[0])
    assert found[1] == pytest.approx(found[2], rel=1e-9) == made._judged.watch.change[0, 19]
