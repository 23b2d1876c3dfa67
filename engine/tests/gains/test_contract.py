"""The door of `gains`: what comes in, the columns that come out, their order and types."""

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import plotthedots as ptd
from plotthedots import BadInput, Gains

from .series import board, latest, levels, months, noise, one, spells, statuses

HISTORY = [
    *("gain", "date", "status", "retained", "retained_lower", "retained_upper", "centre", "lower", "upper"),
]
SUMMARY = [
    *("gain", "status", "since", "signalled_on", "established_on", "slipped_on", "lost_on", "before", "after", "size"),
    *("size_lower", "size_upper", "n_before", "retained", "retained_lower", "retained_upper", "placebo", "placebos"),
    *("chance_of_slipping_3", "chance_of_slipping_6", "chance_of_slipping_12", "advice", "sentence"),
]
SURVIVAL = ["time", "at_risk", "events", "survival", "lower", "upper"]
HELD = levels((24, 0), (20, 3))
GONE = levels((24, 0), (10, 3), (30, 0))


def frame() -> dict[str, Any]:
    """Three wards: one that holds, one that lost its gain, one of which nothing was claimed."""
    values = np.stack([np.resize(HELD, 44), GONE[:44], levels((44, 0))])
    return board(values)


def claims(**more: Any) -> dict[str, Any]:
    return {"ward": ["s01", "s00"], "claimed": months(44)[[24, 24]]} | more


def wards(**options: Any) -> Gains:
    return ptd.gains(frame(), claims(**options.pop("more", {})), by="ward", direction="increase", **options)


def test_the_columns_are_those_of_the_contract_in_its_order() -> None:
    made = wards()
    assert list(made.history) == ["ward", *HISTORY]
    assert list(made.summary) == ["ward", *SUMMARY]
    assert list(made.survival()) == SURVIVAL


def test_without_by_there_is_no_column_of_names() -> None:
    made = one(HELD)
    assert list(made.history) == HISTORY
    assert list(made.summary) == SUMMARY


def test_the_summary_has_the_order_of_the_claims_and_the_history_that_of_claim_and_date() -> None:
    made = wards()
    assert made.summary["ward"].tolist() == ["s01", "s00"]
    assert made.history["ward"].tolist() == ["s01"] * 20 + ["s00"] * 20
    assert made.history["date"].tolist() == months(44)[24:].tolist() * 2


def test_horizons_name_the_chances() -> None:
    made = one(HELD, horizons=(1, 24))
    names = [name for name in made.summary if name.startswith("chance")]
    assert names == ["chance_of_slipping_1", "chance_of_slipping_24"]
    assert 0 < made.summary[names[0]][0] < made.summary[names[1]][0] < 1
    assert not [name for name in one(HELD, horizons=()).summary if name.startswith("chance")]
    assert [name for name in one(HELD, horizons=6).summary if name.startswith("chance")] == ["chance_of_slipping_6"]


FRAMES = {
    "pandas": (pd.DataFrame, pd.DataFrame),
    "polars": (pl.DataFrame, pl.DataFrame),
    "pyarrow": (pa.table, pa.Table),
    "dict": (dict, dict),
}


@pytest.mark.parametrize("kind", FRAMES)
def test_what_comes_out_has_the_type_that_came_in(kind: str) -> None:
    build, expected = FRAMES[kind]
    made = ptd.gains(build(frame()), build(claims()), by="ward", direction="increase")
    for table in (made.history, made.summary, made.survival()):
        assert isinstance(table, expected)
    told = {name: list(np.asarray(made.summary[name])) for name in ("ward", "status", "n_before", "sentence")}
    plain = wards().summary
    assert told == {name: list(plain[name]) for name in told}


@pytest.mark.parametrize("kind", FRAMES)
def test_claims_may_be_another_kind_of_frame_than_the_values(kind: str) -> None:
    made = ptd.gains(FRAMES[kind][0](frame()), claims(), by="ward", direction="increase")
    assert isinstance(made.summary, FRAMES[kind][1])
    assert list(np.asarray(made.summary["status"])) == wards().summary["status"].tolist()


@pytest.mark.parametrize("column", ["baseline_from", "entered_on", "withdrawn_on"])
def test_missing_dates_of_claims_are_no_dates(column: str) -> None:
    plain = wards().summary
    for missing in (
        pd.DataFrame(claims() | {column: pd.to_datetime([None, None])}),
        pd.DataFrame(claims() | {column: [pd.NaT, np.nan]}),
        pl.DataFrame(claims() | {column: pl.Series([None, None], dtype=pl.Date)}),
        claims() | {column: np.array(["NaT", "NaT"], dtype="datetime64[D]")},
        claims() | {column: [None, None]},
    ):
        made = ptd.gains(frame(), missing, by="ward", direction="increase").summary
        assert made["sentence"].tolist() == plain["sentence"].tolist()


def test_a_missing_number_is_null_and_in_numpy_and_pandas_nan() -> None:
    values = frame()
    arrow = ptd.gains(pa.table(values), claims(), by="ward", direction="increase").history
    assert arrow["retained"].null_count > 0
    assert not np.isnan(arrow["retained"].drop_null().to_numpy()).any()
    pandas = ptd.gains(pd.DataFrame(values), claims(), by="ward", direction="increase")
    assert pandas.history["retained"].isna().sum() == arrow["retained"].null_count
    assert pandas.summary["lost_on"].isna().tolist() == [False, True]


def test_several_columns_name_a_series() -> None:
    values = frame()
    values["site"] = np.where(values["ward"] == "s02", "north", "south")
    made = ptd.gains(
        values,
        {"site": ["south"], "ward": ["s00"], "claimed": ["2022-01-01"]},
        by=["site", "ward"],
        direction="increase",
    )
    assert list(made.history)[:3] == ["site", "ward", "gain"]
    assert made.summary["site"][0] == "south"
    assert made.gains == ["south · s00 · 2022-01-01"]
    assert statuses(made) == statuses(wards(), "s00 · 2022-01-01")


def test_numbers_may_name_series() -> None:
    values = frame()
    values["ward"] = np.repeat([10, 9, 8], 44)
    made = ptd.gains(values, {"ward": [10], "claimed": ["2022-01-01"]}, by="ward", direction="increase")
    assert made.summary["ward"].tolist() == [10]
    assert made.gains == ["10 · 2022-01-01"]


def test_gains_are_named_by_series_and_date_unless_they_have_names() -> None:
    assert wards().gains == ["s01 · 2022-01-01", "s00 · 2022-01-01"]
    assert wards(more={"gain": ["Falls", None]}).gains == ["Falls", "s00 · 2022-01-01"]
    assert one(HELD).gains == ["2022-01-01"]
    assert wards(more={"gain": [1, 2]}).summary["gain"].tolist() == ["1", "2"]


def test_two_claims_of_one_name_are_refused() -> None:
    with pytest.raises(BadInput, match='Claims, row 2, column "gain": found "Falls" a second time'):
        wards(more={"gain": ["Falls", "Falls"]})
    same = {"ward": ["s00", "s00"], "claimed": ["2022-01-01", "2022-01-01"]}
    with pytest.raises(BadInput, match=r'row 2.* found "s00 · 2022-01-01" a second time'):
        ptd.gains(frame(), same, by="ward", direction="increase")


DATES = {
    "dates": months(44),
    "seconds": months(44).astype("datetime64[s]"),
    "nanoseconds": months(44).astype("datetime64[ns]"),
    "iso text": [str(day) for day in months(44)],
    "words": [f"{day.astype(object):%B %Y}" for day in months(44)],
    "numbers": np.arange(44),
}


@pytest.mark.parametrize("kind", DATES)
def test_dates_of_all_kinds_give_the_same_statuses(kind: str) -> None:
    dates = DATES[kind]
    made = ptd.gains({"date": dates, "value": HELD}, {"claimed": dates[24:25]}, direction="increase")
    assert statuses(made) == statuses(one(HELD))
    assert len(made.history["date"]) == 20
    if kind == "numbers":
        assert latest(made)["established_on"] == 26
    else:
        assert str(latest(made)["established_on"].astype("datetime64[D]")) == "2022-03-01"


def test_claims_in_dates_suit_values_in_times_and_the_other_way_round() -> None:
    times = months(44).astype("datetime64[us]")
    expected = statuses(one(HELD))
    assert statuses(one(HELD, dt.date(2022, 1, 1), dates=times)) == expected
    assert statuses(one(HELD, dt.datetime(2022, 1, 1))) == expected
    # A time of day within whole days begins on the next: January then belongs to neither side.
    assert statuses(one(HELD, dt.datetime(2022, 1, 1, 9))) != expected
    assert len(one(HELD, dt.datetime(2022, 1, 1, 9)).history["date"]) == 19


def test_times_in_utc_are_taken_and_given_back() -> None:
    values = pd.DataFrame({"date": pd.to_datetime(months(44)).tz_localize("UTC"), "value": HELD})
    made = ptd.gains(values, pd.DataFrame({"claimed": ["2022-01-01"]}), direction="increase")
    assert str(made.history["date"].dt.tz) == "UTC"
    assert made.history["status"].tolist() == statuses(one(HELD))


def test_conditions_split_survival() -> None:
    values = np.stack(
        [np.concatenate([levels((24, 0), (place + 6, 3)), levels((60 - place, 0))]) for place in range(12)]
    )
    names = [f"s{row:02d}" for row in range(12)]
    made = ptd.gains(
        board(values),
        {
            "ward": names,
            "claimed": np.repeat(months(90)[24:25], 12),
            "coach": [True, False] * 6,
            "lead": ["a", None] * 6,
        },
        by="ward",
        direction="increase",
        conditions=["coach", "lead"],
        placebos=None,
    )
    split = made.survival("coach")
    assert list(split) == ["coach", *SURVIVAL]
    assert sorted(set(split["coach"].tolist())) == [False, True]
    assert set(made.survival("lead")["lead"].tolist()) == {"a"}
    assert made.log_rank("coach") is not None
    # Those of whom nothing is said are no group of their own.
    assert made.log_rank("lead") is None
    assert made.log_rank("coach", strata="lead") is None
    with pytest.raises(BadInput, match='survival: found "team", expected "coach" or "lead"'):
        made.survival("team")


def test_nothing_is_looked_at_after_as_of() -> None:
    made = one(HELD, as_of="2022-06-30")
    assert str(made.history["date"][-1]) == "2022-06-01"
    assert one(HELD).history["date"][-1] == months(44)[-1]


def test_the_module_is_called_like_the_function() -> None:
    import plotthedots.gains as package

    assert isinstance(
        package({"date": months(44), "value": HELD}, {"claimed": ["2022-01-01"]}, direction="increase"), Gains
    )  # type: ignore[operator]


def test_a_claims_sentence_and_advice_are_found_by_its_name() -> None:
    made = wards()
    assert made.sentence("s00 · 2022-01-01") == made.summary["sentence"][1]
    assert all(text.endswith(".") for text in made.advice("s00 · 2022-01-01"))
    with pytest.raises(BadInput, match=r'gain: found "s00 · 2022-01-02".*Did you mean "s00 · 2022-01-01"'):
        made.sentence("s00 · 2022-01-02")


def test_no_share_is_told_where_the_interval_of_the_size_holds_no_change_at_all() -> None:
    tried = 0
    for up in (0.9, 1.2, 1.6, 3.0):
        for seed in range(6):
            values = noise(60, seed, 0.5)
            values[24:36] += up
            told = latest(one(values))
            if told["status"] in ("holding", "improving", "slipping", "lost"):
                tried += 1
                assert np.isnan(told["retained"]) or told["size_lower"] > 0
                assert ("Too small to measure a share of" in told["sentence"]) == np.isnan(told["retained"])
    assert tried > 10


def test_statuses_are_in_an_order_that_can_happen() -> None:
    assert spells(wards(), "s01 · 2022-01-01")[:3] == ["signalled", "established", "holding"]


def test_a_list_of_by_columns_and_one_name_are_the_same() -> None:
    named = ptd.gains(frame(), claims(), by=["ward"], direction="increase")
    assert named.summary["sentence"].tolist() == wards().summary["sentence"].tolist()
    assert named.gains == wards().gains
