"""Every case of qicharts2: limits of all families, and the Anhøj rules, as that package computes them.

Where the engine yields on purpose (undefined numbers are null; a baseline counts in every phase, so
it is not passed where the reference ignores it; a given centre is the line drawn) the reading here says so.
"""

from typing import Any

import polars as pl
import pytest

import plotthedots as ptd
from twins import rules

from .qicharts2 import COMPARED, REFERENCE, STOPPED, frame, options, result
from .reader import Row, cases, differences, number, numbers, rows_of, table

NUMBERS = {
    "value": "y",
    "target": "target",
    "centre": "cl",
    "lower": "lcl",
    "upper": "ucl",
    "lower_near": "lcl.95",
    "upper_near": "ucl.95",
}
RUNS = {
    "longest_run": "longest.run",
    "longest_run_max": "longest.run.max",
    "crossings": "n.crossings",
    "crossings_min": "n.crossings.min",
}


# 1 of 0 is infinite there, and counts as a point above the centre; here there is no value.
INFINITE = [case for case in COMPARED if case["note"] == "1 of 0"]
WITHOUT_INFINITIES = [case for case in COMPARED if case not in INFINITE]


def each(rows: list[Row]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", rows, ids=lambda row: f"{row['case']}-{row['chart']}-{row['kind']}")


def ours(case: Row) -> pl.DataFrame:
    points: pl.DataFrame = result(case["case"]).points
    return points


def theirs(case: Row) -> list[Row]:
    """In our order: the reference lists the parts first, and the series within."""
    return sorted(rows_of(REFERENCE, "points", case["case"]), key=lambda row: (row["series"], int(row["index"])))


def size(case: Row) -> float:
    return max((abs(value) for value in numbers(theirs(case), "y") if value is not None), default=0.0)


@each(COMPARED)
def test_numbers_equal_those_of_qicharts2(case: Row) -> None:
    for column, name in NUMBERS.items():
        expected = numbers(theirs(case), name)
        assert (column, differences(ours(case)[column].to_list(), expected, scale=size(case))) == (column, [])


@each(COMPARED)
def test_rows_and_phases_are_those_of_qicharts2(case: Row) -> None:
    points = ours(case)
    assert [str(date) for date in points["date"]] == [row["x"] for row in theirs(case)]
    assert points["phase"].to_list() == [int(row["part"]) for row in theirs(case)]


@each(COMPARED)
def test_points_outside_are_those_of_qicharts2(case: Row) -> None:
    points = ours(case)
    assert [way != 0 for way in points["outside"]] == [row["sigma.signal"] == "TRUE" for row in theirs(case)]
    side = (points["value"] - points["centre"]).sign().fill_null(0)
    assert points.filter((pl.col("outside") != 0) & (pl.col("outside") != side)).height == 0


@each(WITHOUT_INFINITIES)
def test_runs_are_counted_as_in_qicharts2(case: Row) -> None:
    for column, name in RUNS.items():
        assert (column, differences(ours(case)[column].to_list(), numbers(theirs(case), name))) == (column, [])


@each(INFINITE)
def test_what_is_infinite_in_qicharts2_has_no_part_in_runs(case: Row) -> None:
    known = [(number(row["y"]), number(row["cl"])) for row in theirs(case)]
    side = [rules.sides([value], centre)[0] for value, centre in known]
    assert ours(case).select(*RUNS, "runs").unique().rows() == [rules.runs(side)]


@each(COMPARED)
def test_runs_signal_where_they_do_in_qicharts2(case: Row) -> None:
    assert ours(case)["runs"].to_list() == [int(row["runs.signal"] == "TRUE") for row in theirs(case)]


@each([case for case in COMPARED if case["has_n"] == "TRUE"])
def test_denominators_are_those_of_qicharts2(case: Row) -> None:
    """Where there is none the reference prints 0."""
    expected = [number(row["n"]) or 0.0 for row in theirs(case)]
    assert differences([n or 0.0 for n in ours(case)["denominator"].to_list()], list(expected)) == []


@each(COMPARED)
def test_phases_of_qicharts2_have_their_row(case: Row) -> None:
    found: list[dict[str, Any]] = result(case["case"]).phases.to_dicts()
    expected = sorted(rows_of(REFERENCE, "series", case["case"]), key=lambda row: (row["series"], int(row["part"])))
    assert [row["phase"] for row in found] == [int(row["part"]) for row in expected]
    for column, name in RUNS.items() if case in WITHOUT_INFINITIES else ():
        assert differences([row[column] for row in found], numbers(expected, name)) == []


def test_every_case_of_qicharts2_is_compared_or_accounted_for() -> None:
    assert (len(COMPARED), len(STOPPED)) == (557, 33)
    assert len(COMPARED) + len(STOPPED) == len(table(REFERENCE, "cases")) == len(cases(REFERENCE))


@each([case for case in COMPARED if case["freeze"] and case["part"]])
def test_a_baseline_counts_in_every_phase_where_qicharts2_ignores_it(case: Row) -> None:
    frozen = ptd.spc(frame(case), **options(case) | {"baseline": int(case["freeze"])})
    changed = frozen.phases["centre"] != result(case["case"]).phases["centre"]
    longer = [
        sum(row["part"] == phase["part"] for row in theirs(case)) > int(case["freeze"])
        for phase in rows_of(REFERENCE, "series", case["case"])
    ]
    assert changed.to_list() == longer
