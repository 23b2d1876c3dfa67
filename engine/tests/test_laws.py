"""Laws that hold for any series: what moving, stretching or mirroring the values does, and what never matters.

Values lie on a grid of quarters, shifts are whole and factors powers of two, so that the arithmetic of
moving and stretching is exact and a law may be asked to hold for every signal.
"""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import plotthedots as ptd

Values = list[float | None]

RULES = ["outside", "shift", "trend", "two_of_three"]
LINES = ["centre", "lower", "upper", "lower_near", "upper_near"]
COLUMNS = ["date", "value", "numerator", "denominator", "phase", "target", *LINES, *RULES, "point"]
SUMMARY = [
    "phase",
    "phases",
    "points",
    "n",
    "first_date",
    "latest_date",
    "latest_value",
    "centre",
    "lower",
    "upper",
    "target",
    "variation",
    "assurance",
    "provisional",
    "advice",
    "sentence",
]
CHARTS = ["xmr", "mr", "iprime", "run", "p", "pprime", "u", "uprime", "c", "g", "t", "xbar", "s"]
RATIOS = {"iprime", "p", "pprime", "u", "uprime"}

quarters = st.integers(-400, 400).map(lambda n: n / 4)
levels = st.tuples(quarters, st.integers(1, 12))
# Stretches at one level, gently rising or scattered: plain random values would hardly ever signal.
stretches = st.lists(
    st.one_of(
        st.lists(quarters, min_size=1, max_size=12),
        levels.map(lambda drawn: [drawn[0] + 0.25 * (step % 3) for step in range(drawn[1])]),
        levels.map(lambda drawn: [drawn[0] + 0.5 * step for step in range(drawn[1])]),
        levels.map(lambda drawn: [drawn[0] - 0.5 * step for step in range(drawn[1])]),
    ),
    min_size=1,
    max_size=4,
)
whole_series = stretches.map(lambda parts: [value for part in parts for value in part])
holes = st.sets(st.integers(0, 47), max_size=3)
series = st.tuples(whole_series, holes).map(
    lambda drawn: [None if place in drawn[1] else value for place, value in enumerate(drawn[0])]
)


def table(values: Values, name: str = "A") -> pl.DataFrame:
    return pl.DataFrame(
        {"series": [name] * len(values), "date": range(len(values)), "value": pl.Series(values, dtype=pl.Float64)}
    )


def points(values: Values, **options: Any) -> pl.DataFrame:
    made: pl.DataFrame = ptd.spc(table(values), **options).points
    return made


def changed(values: Values, change: Callable[[float], float]) -> Values:
    return [None if value is None else change(value) for value in values]


def assume_no_point_on_a_line(made: pl.DataFrame) -> None:
    """A point within rounding of a limit may fall on either side once the numbers are moved."""
    for row in made.select("value", *LINES[1:]).to_dicts():
        value = row.pop("value")
        assume(not any(on(value, line) for line in row.values()))


def on(value: float | None, line: float | None) -> bool:
    return value is not None and line is not None and math.isclose(value, line, rel_tol=1e-9, abs_tol=1e-9)


def assert_lines(made: pl.DataFrame, expected: pl.DataFrame) -> None:
    for column in LINES:
        assert undefined(made[column]) == undefined(expected[column])
        assert list(made[column].drop_nulls()) == pytest.approx(list(expected[column].drop_nulls()), rel=1e-9, abs=1e-9)


def undefined(column: pl.Series) -> list[bool]:
    return column.is_null().to_list()


@given(series, st.integers(-1000, 1000))
def test_moving_all_values_moves_the_lines_and_keeps_the_signals(values: Values, by: int) -> None:
    before, after = points(values), points(changed(values, lambda value: value + by))
    assume_no_point_on_a_line(before)
    assert_lines(after, before.with_columns(pl.col(LINES) + by))
    assert after.select(*RULES, "point").equals(before.select(*RULES, "point"))


@given(series, st.sampled_from([0.125, 0.5, 2.0, 64.0]))
def test_stretching_all_values_stretches_the_lines_and_keeps_the_signals(values: Values, factor: float) -> None:
    before, after = points(values), points(changed(values, lambda value: value * factor))
    assert after.select(LINES).equals(before.select(pl.col(LINES) * factor))
    assert after.select(*RULES, "point").equals(before.select(*RULES, "point"))


@given(series)
def test_mirrored_values_give_mirrored_signals(values: Values) -> None:
    """Without plateaus: after a trend they read as falling, whichever way it went."""
    neighbours = zip(values[1:], values[:-1], strict=True)
    assume(all(now is None or now != before for now, before in neighbours))
    before = points(values, direction="increase")
    after = points(changed(values, lambda value: -value), direction="decrease")
    assume_no_point_on_a_line(before)
    assert after.select(RULES).equals(before.select(-pl.col(RULES)))
    assert after["point"].to_list() == before["point"].to_list()
    assert_lines(
        after.rename({"lower": "upper", "upper": "lower"}),
        before.with_columns(-pl.col(LINES)).rename({"lower_near": "upper_near", "upper_near": "lower_near"}),
    )


@given(series, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(values: Values, random: Any) -> None:
    rows = pl.concat([table(values, "A"), table(values[::-1], "B")])
    order = list(range(rows.height))
    random.shuffle(order)
    one, other = ptd.spc(rows, by="series"), ptd.spc(rows[order], by="series")
    assert other.points.equals(one.points)
    assert other.summary.equals(one.summary)


@given(series, series)
def test_another_series_changes_nothing(values: Values, others: Values) -> None:
    alone = ptd.spc(table(values, "B"), by="series")
    among = ptd.spc(pl.concat([table(others, "A"), table(values, "B"), table(others[::-1], "C")]), by="series")
    assert among.points.filter(pl.col("series") == "B").equals(alone.points)
    assert among.summary.filter(pl.col("series") == "B").equals(alone.summary)


@given(series, st.integers(0, 47), quarters)
def test_a_ghost_changes_no_line_and_no_other_signal(values: Values, place: int, ghost: float) -> None:
    place = min(place, len(values))
    with_ghost = [*values[:place], ghost, *values[place:]]
    rows = table(with_ghost).with_columns(ghost=pl.col("date") == place)
    made = ptd.spc(rows, exclude="ghost").points.filter(pl.col("date") != place)
    expected = points(values)
    assert_lines(made, expected)
    assume_no_point_on_a_line(expected)
    assert made.select(*RULES, "point").equals(expected.select(*RULES, "point"))


@given(series)
def test_a_baseline_of_every_row_is_no_baseline(values: Values) -> None:
    assert points(values, baseline=len(values)).equals(points(values))


@given(series, st.integers(1, 47))
def test_phases_are_charted_as_if_each_were_alone(values: Values, start: int) -> None:
    assume(start < len(values))
    made = points(values, rebase=[start]).drop("date", "phase")
    alone = pl.concat([points(values[:start]), points(values[start:])]).drop("date", "phase")
    assert made.equals(alone)


@given(series, st.integers(1, 400))
def test_the_assurance_of_a_mirrored_target_is_the_same(values: Values, goal: int) -> None:
    up = ptd.spc(table(values), target=goal / 3, direction="increase").summary
    down = ptd.spc(table(changed(values, lambda value: -value)), target=-goal / 3, direction="decrease").summary
    assert up["assurance"].to_list() == down["assurance"].to_list()


def any_chart(values: Values, chart: str) -> tuple[dict[str, list[Any]], dict[str, Any]]:
    """A table that the chart takes, from any values."""
    shown = (
        changed(values, lambda value: abs(value) + 1)
        if chart == "t"
        else changed(values, lambda value: abs(value) // 2)
    )
    dates = [place // 3 for place in range(len(values))] if chart in {"xbar", "s"} else list(range(len(values)))
    sizes = [0.0 if value == 0 else 200.0 + place for place, value in enumerate(shown)]
    rows: dict[str, list[Any]] = {"date": dates, "value": shown, "n": sizes}
    return rows, {"chart": chart, "denominator": "n" if chart in RATIOS else None}


@pytest.mark.parametrize("rules", ["making-data-count", "western-electric", "nelson", "anhoej", "bestbox", "cutbox"])
@pytest.mark.parametrize("chart", CHARTS)
@settings(max_examples=12)
@given(values=series)
def test_nothing_undefined_comes_out_as_a_number(chart: str, rules: str, values: Values) -> None:
    rows, options = any_chart(values, chart)
    made = ptd.spc(pl.DataFrame(rows, schema_overrides={"value": pl.Float64}), rules=rules, **options)
    for frame in (made.points, made.phases, made.summary):
        for column in frame.select(pl.selectors.float()).iter_columns():
            assert column.drop_nulls().is_finite().all()
    for rule in made.rules:
        assert made.points[rule].dtype == pl.Int8
        assert made.points[rule].is_in([-1, 0, 1]).all()
    assert (made.points["point"].is_null() == made.points["value"].is_null()).all()


huge = st.lists(st.sampled_from([1e300, 1e308, 1.7e308, 1e-300, 5e-324, 2.0]), min_size=1, max_size=12)


@pytest.mark.parametrize("chart", CHARTS)
@settings(max_examples=20)
@given(values=huge)
def test_numbers_at_the_ends_of_the_range_never_come_out_infinite(chart: str, values: list[float]) -> None:
    dates = [place // 3 if chart in {"xbar", "s"} else place for place in range(len(values))]
    sizes = [1.7e308 if chart in {"p", "pprime"} else 1e-5] * len(values)
    rows = pl.DataFrame({"date": dates, "value": values, "n": sizes})
    made = ptd.spc(rows, chart=chart, denominator="n" if chart in RATIOS else None, rules="anhoej")
    for frame in (made.points, made.phases, made.summary):
        assert all(
            column.drop_nulls().is_finite().all() for column in frame.select(pl.selectors.float()).iter_columns()
        )


EXAMPLE: dict[str, list[Any]] = {
    "ward": ["B", "B", "A", "A", "A", "A"],
    "date": [2, 1, 4, 3, 2, 1],
    "value": [3.0, None, 5.0, 4.0, 6.0, 2.0],
    "note": ["", "", "x", "", "", ""],
}


def as_arrays(example: dict[str, list[Any]]) -> dict[str, Any]:
    return {name: np.array([np.nan if one is None else one for one in column]) for name, column in example.items()}


MAKERS: dict[str, tuple[Callable[[dict[str, list[Any]]], Any], type]] = {
    "pandas": (lambda example: pd.DataFrame(example), pd.DataFrame),
    "polars": (lambda example: pl.DataFrame(example), pl.DataFrame),
    "polars lazy": (lambda example: pl.LazyFrame(example), pl.LazyFrame),
    "pyarrow": (lambda example: pa.table(example), pa.Table),
    "dict of arrays": (as_arrays, dict),
}


@pytest.mark.parametrize("kind", MAKERS)
def test_results_have_the_type_that_was_given(kind: str) -> None:
    make, expected = MAKERS[kind]
    made = ptd.spc(make(EXAMPLE), by="ward")
    assert [type(frame) for frame in (made.points, made.phases, made.summary)] == [expected] * 3


def names(frame: Any) -> list[str]:
    if isinstance(frame, pl.LazyFrame):
        return frame.collect_schema().names()
    if isinstance(frame, pl.DataFrame):
        return frame.columns
    return frame.column_names if isinstance(frame, pa.Table) else list(frame)


@pytest.mark.parametrize("kind", MAKERS)
def test_columns_are_the_series_and_then_those_promised(kind: str) -> None:
    made = ptd.spc(MAKERS[kind][0](EXAMPLE), by="ward")
    assert names(made.points) == ["ward", *COLUMNS]
    assert names(made.summary) == ["ward", *SUMMARY]
    assert names(made.phases) == ["ward", *SUMMARY]
    assert tuple(made.rules) == tuple(RULES)


@pytest.mark.parametrize("kind", MAKERS)
def test_every_type_of_frame_gives_the_same_numbers(kind: str) -> None:
    made = ptd.spc(MAKERS[kind][0](EXAMPLE), by="ward").points
    if isinstance(made, pl.LazyFrame):
        made = made.collect()
    elif isinstance(made, pa.Table):
        made = made.to_pydict()
    values = [None if value != value else value for value in list(made["value"])]
    assert values == [2.0, 6.0, 4.0, 5.0, None, 3.0]
    assert list(made["ward"]) == ["A", "A", "A", "A", "B", "B"]
    assert list(made["centre"]) == [4.25] * 4 + [3.0] * 2


@pytest.mark.parametrize("kind", ["pandas", "dict of arrays"])
def test_undefined_numbers_are_nan_where_a_frame_has_no_null(kind: str) -> None:
    made = ptd.spc(MAKERS[kind][0](EXAMPLE), by="ward").points
    assert np.isnan(made["value"][4])
    assert np.isnan(made["lower"][5])


@pytest.mark.parametrize("rules", ["anhoej", "bestbox", "cutbox"])
def test_the_rules_about_runs_bring_their_figures(rules: str) -> None:
    figures = {"longest_run", "longest_run_max", "crossings", "crossings_min"}
    made = ptd.spc(pl.DataFrame(EXAMPLE), by="ward", rules=rules)
    assert tuple(made.rules) == ("outside", "runs")
    assert set(made.points.columns) == {"ward", *COLUMNS, "runs", *figures} - {"shift", "trend", "two_of_three"}
    assert set(made.phases.columns) == set(made.summary.columns) == {"ward", *SUMMARY, *figures}
