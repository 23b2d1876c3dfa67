"""What is read of the claims: names, dates on the scale of the measure's, and sentences that say what is wrong."""

from typing import Any

import numpy as np
import pyarrow as pa
import pytest

import plotthedots as ptd
from plotthedots import BadInput
from plotthedots.gains.claims import NEVER, Claims, date_text, scaled

from .series import board, latest, levels, months, one

FRAME = board(np.stack([levels((24, 0), (12, 3)), levels((36, 0))]))


def call(claims: dict[str, Any], frame: dict[str, Any] = FRAME, **options: Any) -> Any:
    return ptd.gains(frame, claims, **({"by": "ward", "direction": "increase"} | options))


def two(**more: Any) -> dict[str, Any]:
    return {"ward": ["s00", "s01"], "claimed": ["2022-01-01", "2022-01-01"]} | more


def read(claims: dict[str, Any], **options: Any) -> Claims:
    claimed = call(claims, **options)._judged.claims
    assert isinstance(claimed, Claims)
    return claimed


# Sentences

UNKNOWN = '"{}", expected a series of the frame.'
NO_WAY = (
    'expected "increase" or "decrease": a gain needs a way that is better. '
    "Say direction=, or give the claims a column of that name."
)
SENTENCES: list[tuple[dict[str, Any], dict[str, Any], str]] = [
    (two(ward=["s00", "s1"]), {}, 'row 2, column "ward": found ' + UNKNOWN.format("s1") + ' Did you mean "s01"?'),
    (two(ward=["elsewhere", "s01"]), {}, 'row 1, column "ward": found ' + UNKNOWN.format("elsewhere")),
    (two(claimed=["2022-01-01", None]), {}, 'row 2, column "claimed": the date is missing; expected one in every row.'),
    (two(claimed=[24, 24]), {}, 'row 1, column "claimed": found 24, expected dates.'),
    (two(entered_on=[None, 7]), {}, 'row 2, column "entered_on": found 7, expected dates.'),
    (
        two(gain=["a", "a"]), {},
        'row 2, column "gain": found "a" a second time, expected a name of its own for each gain.',
    ),
    (two(direction=[None, "up"]), {}, 'row 2, column "direction": found "up", expected "increase" or "decrease".'),
    (
        two(direction=["neutral", None]), {},
        'row 1, column "direction": found "neutral", expected "increase" or "decrease".',
    ),
    (two(), {"direction": None}, f"row 1: found no direction, {NO_WAY}"),
    (two(), {"direction": "neutral"}, f'row 1: found "neutral", {NO_WAY}'),
    (
        two(direction=["increase", None]), {"direction": None},
        f'row 2, column "direction": found no direction, {NO_WAY}',
    ),
    (
        two(baseline_from=[None, "2022-01-01"]), {},
        'row 2, column "baseline_from": found 2022-01-01, expected a date before the one claimed.',
    ),
]  # fmt: skip


@pytest.mark.parametrize(("claims", "options", "sentence"), SENTENCES, ids=[case[2][:40] for case in SENTENCES])
def test_what_is_wrong_is_said_in_a_whole_sentence(claims: dict[str, Any], options: Any, sentence: str) -> None:
    with pytest.raises(BadInput) as raised:
        call(claims, **options)
    assert str(raised.value) == f"Claims, {sentence}"


def test_other_sentences() -> None:
    numbers = {"date": np.arange(30), "value": levels((30, 0))}
    for frame, claims, options, sentence in (
        (FRAME, {"ward": [], "claimed": []}, {}, "Claims: there are none, expected at least one."),
        (
            numbers, {"claimed": ["2022-01-01"]}, {"by": None},
            'Claims, row 1, column "claimed": found 2022-01-01, expected whole numbers as in the date column.',
        ),
        (
            FRAME | {"date": FRAME["date"].astype("datetime64[ns]")}, two(claimed=["1500-01-01"] * 2), {},
            'Claims, column "claimed": found a date further off than the date column can hold.',
        ),
        (
            FRAME | {"site": np.repeat(["n", "s"], 36)}, two(ward=["s00", "s00"], site=["n", "s"]),
            {"by": ["ward", "site"]},
            ('Claims, row 2, column "ward, site": found "s00, s", expected a series of the frame. '
            'Did you mean "s01, s"?'),
        ),
        (
            FRAME, two(), {"conditions": ["events"]},
            'conditions: found "events", which survival has a column of its own for; rename it.',
        ),
    ):  # fmt: skip
        with pytest.raises(BadInput) as raised:
            call(claims, frame, **options)
        assert str(raised.value) == sentence


# Names


def test_a_gain_without_a_name_is_called_by_its_series_and_date() -> None:
    assert read(two(gain=["Falls", None])).gain == ["Falls", "s01 · 2022-01-01"]
    assert read(two(gain=[7, 8])).gain == ["7", "8"]
    assert one(levels((30, 0))).gains == ["2022-01-01"]
    frame = FRAME | {"site": np.repeat(["north", ""], 36)}
    made = call(two(site=["north", ""]), frame, by=["site", "ward"])
    assert made.gains == ["north · s00 · 2022-01-01", "s01 · 2022-01-01"]


@pytest.mark.parametrize(
    ("moment", "kind", "text"),
    [
        (0, pa.date32(), "1970-01-01"),
        (18_993, pa.date32(), "2022-01-01"),
        (-1, pa.date32(), "1969-12-31"),
        (5, pa.int64(), "5"),
        (1_640_995_200, pa.timestamp("s"), "2022-01-01"),
        (1_640_995_200_000_000, pa.timestamp("us"), "2022-01-01"),
        (1_640_995_201_000, pa.timestamp("ms"), "2022-01-01T00:00:01"),
    ],
)
def test_a_date_is_told_without_its_time_where_that_is_midnight(moment: int, kind: pa.DataType, text: str) -> None:
    assert date_text(moment, kind) == text


# Dates


def test_what_is_not_said_is_never() -> None:
    least = np.iinfo(np.int64).min
    for claims in (two(), two(baseline_from=[None, None], entered_on=[None, None], withdrawn_on=[None, None])):
        made = read(claims)
        assert made.baseline_from.tolist() == [least, least]
        assert made.entered_on.tolist() == made.withdrawn_on.tolist() == [NEVER, NEVER]


def test_dates_are_days_since_1970_where_those_of_the_measure_are_days() -> None:
    made = read(two(
        baseline_from=["2020-03-01", None], entered_on=[None, "2022-01-02"], withdrawn_on=["2022-01-03", None],
        claimed=["2022-01-01", "2021-12-31"],
    ))  # fmt: skip
    assert made.claimed.tolist() == [18_993, 18_992]
    assert made.baseline_from.tolist() == [18_322, np.iinfo(np.int64).min]
    assert made.entered_on.tolist() == [NEVER, 18_994]
    assert made.withdrawn_on.tolist() == [18_995, NEVER]
    assert made.series.tolist() == [0, 1]
    assert made.way.tolist() == [1, 1]


def test_a_baseline_from_the_day_before_the_claim_may_be() -> None:
    assert latest(call(two(baseline_from=["2021-12-31", None])))["n_before"] == 0


DAY = 86_400


@pytest.mark.parametrize(
    ("like", "a_second"),
    [(pa.timestamp("s"), 1), (pa.timestamp("ms"), 10**3), (pa.timestamp("us"), 10**6), (pa.timestamp("ns"), 10**9)],
)
def test_dates_are_put_on_the_scale_of_the_measures(like: pa.DataType, a_second: int) -> None:
    days = pa.array([0, 3], pa.date32())
    assert scaled(days, like).tolist() == [0, 3 * DAY * a_second]
    seconds = pa.array([0, 3 * DAY + 1], pa.timestamp("s"))
    assert scaled(seconds, like).tolist() == [0, (3 * DAY + 1) * a_second]


def test_what_lies_within_a_step_counts_from_the_next_on() -> None:
    times = pa.array([0, 1, DAY * 10**9, DAY * 10**9 - 1], pa.timestamp("ns"))
    assert scaled(times, pa.date32()).tolist() == [0, 1, 1, 1]
    assert scaled(times, pa.timestamp("s")).tolist() == [0, 1, DAY, DAY]
    assert scaled(times, pa.timestamp("us")).tolist() == [0, 1, DAY * 10**6, DAY * 10**6]
    assert scaled(times, pa.date32()).dtype == np.int64
    with pytest.raises(pa.ArrowInvalid):
        scaled(pa.array([-200_000], pa.date32()), pa.timestamp("ns"))


def test_claims_of_days_on_a_measure_of_times_begin_at_midnight() -> None:
    dates = months(36).astype("datetime64[s]")
    made = one(levels((24, 0), (12, 3)), np.datetime64("2022-01-01"), dates=dates)
    assert made.history["date"][0] == dates[24]
    assert latest(made)["n_before"] == 24
    assert made._judged.claims.claimed.tolist() == [18_993 * DAY]
