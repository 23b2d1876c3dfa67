"""The cases that a reference refuses or stumbles over: each is here with what the engine does instead."""

from typing import Any

import polars as pl
import pytest

import plotthedots as ptd
from plotthedots.errors import BadInput

from . import qicharts2
from . import test_nhsr_plotthedots as nhsr
from .reader import cases, rows_of

# An error that says what to do.
REFUSED_NHSR = {
    "n0527": "a missing date",
    "n0528": "a missing date",
    "n0533": "an infinite value",
    "n0534": "an infinite value",
    "n0679": "rows that share a date",
    "n0683": "values as text",
    "n0688": "two series without `by`: rows share dates",
    "n0689": "rebase dates by series without `by`",
    "n0695": "a baseline of no points",
    "n0699": "a direction that is neither a word nor a column",
    "n0700": "rebase names a series that is not there",
}
# The reference refuses these; here they have a meaning.
READ_NHSR = {
    "n0694": "a baseline of fewer than 12 points",
    "n0696": "ISO dates as text",
    "n0705": "no rebase dates for one series",
}
# Nothing to compute.
EMPTY_NHSR = {"n0684": "no rows", "n0692": "no rows, with a target"}
# Targets by series are a column here, so that one for an absent series cannot be said.
UNSAYABLE_NHSR = {"n0687": "target names an absent series", "n0690": "target by series without facet"}

REFUSED_QICHARTS2 = {
    "q0324": "p: a numerator above its denominator",
    "q0420": "p': a numerator above its denominator",
    "q0808": "t: zeros",
    "q0809": "t: zeros",
    "q1093": "p without a denominator",
    "q1097": "u without a denominator",
    "q1099": "u' without a denominator",
    "q1100": "a negative denominator",
    "q1105": "an unknown chart",
    "q1106": "an unknown aggregate",
    "q1110": "a negative denominator",
    "q1111": "p' without a denominator",
    "q1112": "a negative denominator",
    "q1114": "a negative denominator",
    "q1117": "c: a negative count",
    "q1118": "g: a negative count",
    "q1119": "t: a negative time",
    "q1120": "u: a negative count",
    "q1123": "unknown rules",
}
EMPTY_QICHARTS2 = {"q1108": "no rows"}
TEXT_X = {case["case"]: "dates that are text but not dates" for case in qicharts2.STOPPED if case["kind"] == "text_x"}


def nhsr_call(name: str) -> Any:
    case = rows_of(nhsr.REFERENCE, "cases", name)[0]
    frame = nhsr.frame(case)
    if case["value_type"] == "text":
        frame = frame.with_columns(pl.col("value").cast(pl.String) + " beds")
    if case["date_type"] == "text":
        frame = frame.with_columns(pl.col("date").cast(pl.String))
    return ptd.spc(frame, **nhsr.options(case))


@pytest.mark.parametrize("name", REFUSED_NHSR)
def test_what_nhsrplotthedots_cannot_chart_is_refused_with_a_sentence(name: str) -> None:
    with pytest.raises(BadInput) as error:
        nhsr_call(name)
    assert str(error.value).strip()


@pytest.mark.parametrize("name", READ_NHSR)
def test_what_only_nhsrplotthedots_refuses_is_charted(name: str) -> None:
    rows = rows_of(nhsr.REFERENCE, "inputs", name)
    points = nhsr_call(name).points
    assert points.height == len(rows)
    assert points["centre"].null_count() == 0


@pytest.mark.parametrize("name", EMPTY_NHSR | EMPTY_QICHARTS2)
def test_no_rows_are_refused(name: str) -> None:
    with pytest.raises(BadInput):
        nhsr_call(name) if name in EMPTY_NHSR else qicharts2.result(name)


@pytest.mark.parametrize("name", REFUSED_QICHARTS2 | TEXT_X)
def test_what_qicharts2_stumbles_over_is_refused_with_a_sentence(name: str) -> None:
    with pytest.raises(BadInput) as error:
        qicharts2.result(name)
    assert str(error.value).strip()


def test_every_case_left_out_of_the_comparison_is_listed() -> None:
    left_out = {case["case"] for case in cases(nhsr.REFERENCE) if case["kind"] in nhsr.OTHERWISE}
    assert left_out == set(REFUSED_NHSR | READ_NHSR | EMPTY_NHSR | UNSAYABLE_NHSR)
    stopped = {case["case"] for case in qicharts2.STOPPED}
    assert stopped == set(REFUSED_QICHARTS2 | EMPTY_QICHARTS2 | TEXT_X)
