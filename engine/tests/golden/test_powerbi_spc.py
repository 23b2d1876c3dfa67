"""PowerBI-SPC on cases of qicharts2: its limits and flags, wherever the two references agree.

Where they do not (QUIRKS of the golden tables), the engine follows qicharts2: S is cut at 0, subgroups
of one size take the mean standard deviation, a denominator of 0 has no limits, moving ranges bridge
ghosts, and nothing is plotted below 0 on t. A column is compared where PowerBI-SPC has a number and
qicharts2 the same one, so a disagreement of theirs is never blamed on us; the count test says how much is left.
"""

from functools import cache
from typing import Any

import polars as pl
import pytest

import plotthedots as ptd

from . import qicharts2
from .reader import Row, number, rows_of, same, table

REFERENCE = "powerbi_spc"
NUMBERS = {  # ours: theirs, and qicharts2's name of it
    "value": ("value", "y"),
    "centre": ("target", "cl"),
    "lower": ("ll99", "lcl"),
    "upper": ("ul99", "ucl"),
    "lower_near": ("ll95", "lcl.95"),
    "upper_near": ("ul95", "ucl.95"),
}
WAYS = {"upper": 1, "lower": -1, "none": 0}
WINDOWS = (("shift", 7), ("trend", 7))
WITH_WINDOWS = {"i", "p", "pp", "u", "up", "c", "xbar"}  # families whose runs about the mean are even-handed
COMPARED = [rows[0] for name, rows in table(qicharts2.REFERENCE, "cases").items() if name in table(REFERENCE, "points")]
TAKEN = [case for case in COMPARED if case in qicharts2.COMPARED]


def each(rows: list[Row]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", rows, ids=lambda row: f"{row['case']}-{row['chart']}-{row['kind']}")


def theirs(case: Row) -> list[Row]:
    return rows_of(REFERENCE, "points", case["case"])


@cache
def ours(name: str) -> dict[str, dict[str, Any]]:
    return {str(row["date"]): row for row in qicharts2.result(name).points.to_dicts()}


def qic(case: Row) -> dict[str, Row]:
    return {row["x"]: row for row in rows_of(qicharts2.REFERENCE, "points", case["case"])}


def agreed(case: Row, column: str) -> list[tuple[str, float]]:
    """Where the two references give the same number: the place on the axis, and the number."""
    one_name, other_name = NUMBERS[column]
    others = qic(case)
    pairs = [(row["x"], number(row[one_name]), number(others[row["x"]][other_name])) for row in theirs(case)]
    return [(x, one) for x, one, other in pairs if one is not None and same(one, other, abs(one), 1e-9)]


@each(TAKEN)
def test_numbers_equal_those_of_powerbi_spc_where_the_references_agree(case: Row) -> None:
    found = ours(case["case"])
    wrong = [
        f"{x}, {column}: ours {found[x][column]}, theirs {expected}"
        for column in NUMBERS
        for x, expected in agreed(case, column)
        if not same(found[x][column], expected, abs(expected), 1e-9)
    ]
    assert wrong == []


@each(TAKEN)
def test_points_outside_lie_on_the_side_that_powerbi_spc_gives(case: Row) -> None:
    known = set.intersection(*({x for x, _ in agreed(case, column)} for column in ("value", "lower", "upper")))
    wrong = [
        row["x"]
        for row in theirs(case)
        if row["x"] in known and ours(case["case"])[row["x"]]["outside"] != WAYS[row["astronomical"]]
    ]
    assert wrong == []


@each([case for case in TAKEN if case["chart"] in WITH_WINDOWS and not case["exclude"]])
@pytest.mark.parametrize("rule", ["shift", "trend"])
def test_shifts_and_trends_of_seven_points_are_those_of_powerbi_spc(case: Row, rule: str) -> None:
    """Without ghosts: PowerBI-SPC leaves them out of the limits but judges them."""
    frame = qicharts2.frame(case)
    found = ptd.spc(frame, **qicharts2.options(case) | {"rules": WINDOWS}).points
    ways = dict(zip(found["date"].cast(pl.String), found[rule], strict=True))
    wrong = [row["x"] for row in theirs(case) if ways[row["x"]] != WAYS[row[rule]]]
    assert wrong == []


def test_most_of_what_powerbi_spc_computes_is_compared() -> None:
    assert len(COMPARED) == len(table(REFERENCE, "points")) == 291
    refused = {"q0324", "q0420", "q0808", "q0809"}  # here an error: test_refused.py
    assert {case["case"] for case in COMPARED if case not in TAKEN} == refused
    compared = {column: sum(len(agreed(case, column)) for case in TAKEN) for column in NUMBERS}
    assert sum(len(theirs(case)) for case in TAKEN) == 7714
    assert compared == {
        "value": 7406,
        "centre": 7418,
        "lower": 6247,
        "upper": 6366,
        "lower_near": 6366,
        "upper_near": 6366,
    }
