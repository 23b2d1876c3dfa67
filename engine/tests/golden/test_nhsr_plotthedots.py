"""Every case of NHSRplotthedots: limits, signals, phases and icons as that package computes them.

Where the engine yields on purpose (a missing value never stops the rest, an undefined number is
null, assurance needs a target and limits, a trajectory counts) the expectation says so.
"""

import datetime
from functools import cache
from typing import Any

import polars as pl
import pytest

import plotthedots as ptd

from .reader import Row, cases, differences, given, number, numbers, rows_of, stopped, table

REFERENCE = "nhsr_plotthedots"
OTHERWISE = {"refused", "missing_date_value", "infinite_value"}  # test_refused.py says what is done instead
COMPARED = [row for row in cases(REFERENCE) if row["kind"] not in OTHERWISE and not stopped(REFERENCE, row["case"])]
STOPPED = [row for row in cases(REFERENCE) if row["kind"] not in OTHERWISE and stopped(REFERENCE, row["case"])]
WITH_TRAJECTORY = [row for row in COMPARED if row["trajectory"] == "TRUE"]

RULES = {
    "Common Cause": (None, 0),
    "Above UCL": ("outside", 1),
    "Below LCL": ("outside", -1),
    "7 Point Trend (Increasing)": ("trend", 1),
    "7 Point Trend (Decreasing)": ("trend", -1),
    "2 in 3 Above CL": ("two_of_three", 1),
    "2 in 3 Below CL": ("two_of_three", -1),
    "7 Points Above CL": ("shift", 1),
    "7 Points Below CL": ("shift", -1),
}
PRECEDENCE = ["outside", "trend", "two_of_three", "shift"]
NUMBERS = {
    "value": "value",
    "target": "target",
    "centre": "mean",
    "lower": "lpl",
    "upper": "upl",
    "lower_near": "nlpl",
    "upper_near": "nupl",
}


def each(rows: list[Row]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", rows, ids=lambda row: f"{row['case']}-{row['kind']}")


def moment(text: str) -> datetime.date | None:
    if text == "NA":
        return None
    if "T" in text:
        return datetime.datetime.fromisoformat(text.removesuffix("Z"))
    return datetime.date.fromisoformat(text)


def frame(case: Row) -> pl.DataFrame:
    rows = rows_of(REFERENCE, "inputs", case["case"])
    targets = dict(pair.split("=") for pair in case["target_by_series"].split(";") if pair)
    return pl.DataFrame(
        {
            "series": [row["series"] for row in rows],
            "date": [moment(row["date"]) for row in rows],
            "value": pl.Series([given(row["value"]) for row in rows], dtype=pl.Float64),
            "trajectory": pl.Series([given(row["trajectory"]) for row in rows], dtype=pl.Float64),
            "goal": pl.Series([given(targets.get(row["series"], "")) for row in rows], dtype=pl.Float64),
        }
    )


def rebase(case: Row) -> Any:
    if case["rebase"]:
        return [moment(date) for date in case["rebase"].split(";")]
    pairs = [pair.split("=") for pair in case["rebase_by_series"].split(";") if pair]
    return {series: [moment(date) for date in dates.split(",") if date] for series, dates in pairs} or None


def target(case: Row) -> float | str | None:
    return "goal" if case["target_by_series"] else given(case["target"])


def options(case: Row) -> dict[str, Any]:
    return {
        "by": "series" if case["facet"] == "TRUE" else None,
        "direction": case["improvement_direction"],
        "rebase": rebase(case),
        "baseline": int(float(case["fix_after_n_points"])) if case["fix_after_n_points"] else None,
        "target": target(case),
        "screen_moving_ranges": case["screen_outliers"] == "TRUE",
    }


@cache
def result(name: str) -> Any:
    case = rows_of(REFERENCE, "cases", name)[0]
    return ptd.spc(frame(case), **options(case))


def ours(case: Row) -> pl.DataFrame:
    points: pl.DataFrame = result(case["case"]).points
    return points


def theirs(case: Row) -> list[Row]:
    return rows_of(REFERENCE, "points", case["case"])


def size(case: Row) -> float:
    return max((abs(value) for value in numbers(theirs(case), "value") if value is not None), default=0.0)


def missing(row: Row) -> bool:
    return number(row["value"]) is None


def phases_from_one(case: Row) -> list[int]:
    """The reference counts phases from 0, or from 1 where the first date is a rebase date; we from 1."""
    first: dict[str, int] = {}
    for row in theirs(case):
        first.setdefault(row["series"], int(row["phase"]))
    return [int(row["phase"]) - first[row["series"]] + 1 for row in theirs(case)]


@each(COMPARED)
def test_numbers_equal_those_of_nhsrplotthedots(case: Row) -> None:
    for column, name in NUMBERS.items():
        expected = numbers(theirs(case), name)
        assert (column, differences(ours(case)[column].to_list(), expected, scale=size(case))) == (column, [])


@each(COMPARED)
def test_rows_dates_and_phases_are_those_of_nhsrplotthedots(case: Row) -> None:
    points = ours(case)
    assert points["date"].to_list() == [moment(row["date"]) for row in theirs(case)]
    assert points["phase"].to_list() == phases_from_one(case)
    if case["facet"] == "TRUE":
        assert points["series"].to_list() == [row["series"] for row in theirs(case)]


@each(COMPARED)
@pytest.mark.parametrize("rule", PRECEDENCE)
def test_signals_are_those_of_nhsrplotthedots(case: Row, rule: str) -> None:
    """The reference names one rule a point, so a rule is known where it, or one after it, is the one named."""
    wrong = []
    for row, way in zip(theirs(case), ours(case)[rule].to_list(), strict=True):
        named, side = RULES[row["special_cause_type"]]
        if named == rule:
            wrong += [row["index"]] if way != side else []
        elif named is None or PRECEDENCE.index(named) > PRECEDENCE.index(rule):
            wrong += [row["index"]] if way != 0 else []
    assert wrong == []


@each(COMPARED)
def test_points_read_as_in_nhsrplotthedots(case: Row) -> None:
    expected = [None if missing(row) else row["point_type"].removeprefix("special_cause_") for row in theirs(case)]
    assert ours(case)["point"].to_list() == expected


def key(series: str, case: Row) -> str | None:
    return series if case["facet"] == "TRUE" else None


def by_series(case: Row) -> dict[str | None, dict[str, Any]]:
    return {row.get("series"): row for row in result(case["case"]).summary.to_dicts()}


def latest(rows: list[Row]) -> Row | None:
    return next((row for row in reversed(rows) if not missing(row)), None)


def variation(row: Row) -> str:
    """What the reference's icon says, of the latest row that has a value (it takes the latest row of all)."""
    side = RULES[row["special_cause_type"]][1]
    named = row["point_type"].removeprefix("special_cause_")
    if named in {"improvement", "concern"}:
        return f"{named}_{'high' if side > 0 else 'low'}"
    return named


def assurance(row: Row, icon: str) -> str | None:
    judged = number(row["target"]) is not None and number(row["lpl"]) is not None
    return icon if judged and icon != "NA" else None


@each(COMPARED)
def test_icons_are_those_of_nhsrplotthedots(case: Row) -> None:
    for expected in rows_of(REFERENCE, "series", case["case"]):
        rows = [row for row in theirs(case) if row["series"] == expected["series"]]
        found = by_series(case)[key(expected["series"], case)]
        last = latest(rows)
        assert found["points"] == len(rows)
        assert found["phases"] == int(expected["phases"])
        assert found["variation"] == (variation(last) if last else None)
        assert found["assurance"] == assurance(rows[-1], expected["assurance_icon"])
        if last is rows[-1]:
            assert found["variation"] == expected["variation_icon"]


@each(COMPARED)
def test_phases_are_those_that_nhsrplotthedots_sums_up(case: Row) -> None:
    found = result(case["case"]).phases.to_dicts()
    expected = rows_of(REFERENCE, "phases", case["case"])
    assert [row.get("series") for row in found] == [key(row["series"], case) for row in expected]
    for column, name in (("centre", "mean"), ("lower", "lpl"), ("upper", "upl")):
        assert differences([row[column] for row in found], numbers(expected, name), scale=size(case)) == []


@each(COMPARED)
def test_phases_hold_as_many_points_of_each_kind_as_nhsrplotthedots_counts(case: Row) -> None:
    points = ours(case).with_columns(pl.lit("all").alias("series") if case["facet"] != "TRUE" else pl.col("series"))
    grouped = points.group_by("series", "phase", maintain_order=True)
    counts = [rows["point"].fill_null("common_cause").to_list() for _, rows in grouped]
    for kinds, row in zip(counts, rows_of(REFERENCE, "phases", case["case"]), strict=True):
        assert len(kinds) == int(row["n"])
        assert kinds.count("common_cause") == int(row["common_cause"])
        assert kinds.count("improvement") == int(row["special_cause_improvement"])
        assert kinds.count("concern") == int(row["special_cause_concern"])


@each(WITH_TRAJECTORY)
def test_the_latest_value_of_a_trajectory_counts_for_assurance(case: Row) -> None:
    found = ptd.spc(frame(case), **options(case) | {"target": "trajectory"})
    assert differences(found.points["target"].to_list(), numbers(theirs(case), "trajectory")) == []
    last = theirs(case)[-1]
    goal, lower, upper = float(last["trajectory"]), float(last["lpl"]), float(last["upl"])
    within = "inconsistent" if lower <= goal <= upper else "outside"
    expected = None if case["improvement_direction"] == "neutral" else within
    assert found.summary["assurance"].to_list() == [expected]


@each(STOPPED)
def test_a_missing_value_that_stops_nhsrplotthedots_keeps_its_row_and_has_no_signal(case: Row) -> None:
    points = ours(case)
    inputs = sorted(rows_of(REFERENCE, "inputs", case["case"]), key=lambda row: row["date"])
    assert points["value"].to_list() == [given(row["value"]) for row in inputs]
    without = points.filter(pl.col("value").is_null())
    assert without.height > 0
    assert without["point"].null_count() == without.height
    assert not without.select(pl.any_horizontal(pl.col(*PRECEDENCE) != 0)).to_series().any()
    assert points.filter(pl.col("value").is_not_null())["point"].null_count() == 0


def test_every_case_of_nhsrplotthedots_is_compared_or_accounted_for() -> None:
    kinds = {row["kind"] for row in STOPPED}
    accounted = len(COMPARED) + len(STOPPED) + sum(row["kind"] in OTHERWISE for row in cases(REFERENCE))
    assert kinds == {"missing_values"}
    assert (len(COMPARED), len(STOPPED), accounted) == (356, 9, len(table(REFERENCE, "cases")))
