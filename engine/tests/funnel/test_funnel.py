"""The funnel as a caller meets it: frames, columns, judgements, sentences, laws, bad input."""

from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import plotthedots as ptd
from plotthedots import BadInput
from plotthedots.funnel import words

COLUMNS = [
    "area", "value", "numerator", "denominator", "centre", "lower_95", "upper_95", "lower_998", "upper_998", "out",
    "judged",
]  # fmt: skip
RNG = np.random.default_rng(5)
SIZES = RNG.integers(60, 400, 24)


def alike(**more: Any) -> dict[str, Any]:
    """Areas that differ by chance alone, but for the first, which is far above."""
    value = np.random.default_rng(8).binomial(SIZES, 0.1)
    value[0] = SIZES[0] // 3
    return {"area": [f"Ward {place:02}" for place in range(24)], "value": value, "denominator": SIZES} | more


def apart() -> dict[str, Any]:
    """Areas that differ by much more than chance."""
    rng = np.random.default_rng(9)
    size = rng.integers(2_000, 9_000, 30)
    return {
        "area": [f"Trust {place:02}" for place in range(30)],
        "value": rng.binomial(size, np.clip(rng.normal(0.2, 0.04, 30), 0.05, 0.5)),
        "denominator": size,
    }


# What comes back


@pytest.mark.parametrize("kind", [dict, pd.DataFrame, pl.DataFrame, pa.table])
def test_tables_have_the_type_of_the_frame_given(kind: Any) -> None:
    made = ptd.funnel(kind(alike()))
    assert type(made.points) is type(kind(alike()))
    assert type(made.summary) is type(kind(alike()))
    names = made.points.column_names if kind is pa.table else list(getattr(made.points, "columns", made.points))
    assert names == COLUMNS


def test_points_are_sorted_by_area_and_centred_on_all_of_them() -> None:
    points = ptd.funnel(alike()).points
    assert points["area"].tolist() == sorted(alike()["area"])
    assert points["centre"].tolist() == [alike()["value"].sum() / SIZES.sum()] * 24
    assert points["value"].tolist() == (alike()["value"] / SIZES).tolist()
    assert points["out"].dtype == np.int8


def test_one_area_stands_out_and_the_sentence_names_it() -> None:
    made = ptd.funnel(alike(), direction="decrease")
    assert made.points["out"].tolist() == [1] + [0] * 23
    assert made.sentence().startswith("1 of 24 areas is above the 99.8% limits (a concern) about the average, ")
    assert " Above: Ward 00. Chance alone puts hardly any beyond them." in made.sentence()
    assert made.summary["high"].tolist() == [1]
    assert "an improvement" in ptd.funnel(alike(), direction="increase").sentence()


def test_wider_limits_are_used_where_areas_differ_by_more_than_chance() -> None:
    made = ptd.funnel(apart())
    inner = ptd.funnel({name: column[:9] for name, column in apart().items()})
    assert made.summary["limits"].tolist() == ["overdispersed"]
    assert made.summary["dispersion"][0] > 5
    assert made.summary["advice"].tolist() == ["overdispersed"]
    assert "dispersion" in made.sentence()
    assert inner.summary["limits"].tolist() == ["exact"]
    assert inner.summary["advice"].tolist() == ["few_areas"]
    assert inner.summary["tau"].tolist() == [0.0]


def test_wider_limits_are_never_within_those_of_chance() -> None:
    rng = np.random.default_rng(2)
    size = rng.integers(5, 200, 40)
    frame = {"area": list(range(40)), "value": rng.binomial(size, rng.choice([0.8, 0.97], 40)), "denominator": size}
    made = ptd.funnel(frame)
    assert made.summary["limits"].tolist() == ["overdispersed"]
    tail = made.points["centre"] ** made.points["denominator"]
    everyone = (made.points["value"] == 1) & (tail > 0.001)
    assert everyone.any()
    assert not made.points["out"][everyone].any()


def test_out_may_mean_the_95_percent_limits() -> None:
    strict, wide = ptd.funnel(alike()), ptd.funnel(alike(), out=0.95)
    beyond = (wide.points["value"] > wide.points["upper_95"]) | (wide.points["value"] < wide.points["lower_95"])
    assert (wide.points["out"] != 0).tolist() == beyond.tolist()
    assert strict.summary["beyond_95"].tolist() == [int(beyond.sum())]
    assert wide.summary["expected"] == strict.summary["expected_95"]
    assert "looks" in wide.summary["advice"][0]
    assert "95% limits" in wide.sentence()


def test_areas_below_the_minimum_are_not_judged_and_still_count_in_the_centre() -> None:
    size = int(SIZES[0])
    made = ptd.funnel(alike(), minimum=size + 1)
    assert made.points["judged"].tolist() == [own > size for own in SIZES]
    assert made.points["out"][0] == 0
    assert made.points["upper_998"][0] < made.points["value"][0]
    assert made.points["centre"][0] == ptd.funnel(alike()).points["centre"][0]
    assert "not judged" in made.sentence()
    assert "not_judged" in made.summary["advice"][0]


def test_an_area_without_a_denominator_keeps_its_row_and_has_no_value() -> None:
    frame = {"area": list("abcd"), "value": [3, None, 0, 5], "denominator": [30, 40, 0, None]}
    points = ptd.funnel(pl.DataFrame(frame)).points
    assert points["value"].to_list() == [0.1, None, None, None]
    assert points["numerator"].to_list() == [3, None, 0, None]
    assert points["denominator"].to_list() == [30, None, 0, None]
    assert points["judged"].to_list() == [True, False, False, False]
    assert points["out"].to_list() == [0] * 4
    assert points["lower_95"].null_count() == 3


def test_observed_over_expected_is_compared_with_1() -> None:
    frame = {"area": list("abc"), "value": [30, 20, 45], "denominator": [20.5, 19.5, 20.0]}
    made = ptd.funnel(frame, chart="smr", multiply=100)
    assert made.points["centre"].tolist() == [100.0] * 3
    assert made.points["out"].tolist() == [0, 0, 1]
    assert "about what was expected." in made.sentence()


def test_rates_may_be_above_1_and_a_centre_may_be_given() -> None:
    frame = {"area": list("abc"), "value": [30, 2, 4], "denominator": [10, 10, 10]}
    made = ptd.funnel(frame, chart="u", centre=400.0, multiply=1000 / 10)
    assert made.points["centre"].tolist() == [400.0] * 3
    assert made.points["value"].tolist() == [300.0, 20.0, 40.0]
    assert made.points["out"].tolist() == [0, -1, -1]


def test_rows_of_an_area_are_added_up_where_asked() -> None:
    frame = {"area": ["a", "b", "a", "b"], "value": [1, 2, 3, None], "denominator": [10, 20, 30, 40]}
    points = ptd.funnel(frame, aggregate="sum").points
    assert (points["numerator"].tolist(), points["denominator"].tolist()) == ([4, 2], [40, 20])


def test_areas_may_be_named_by_several_columns() -> None:
    made = ptd.funnel(alike(site=["North", "South"] * 12), by=["site", "area"])
    assert made.areas[0] == ("North", "Ward 00")
    assert "North · Ward 00" in made.sentence()


def test_the_direction_may_be_a_column() -> None:
    made = ptd.funnel(alike(better=["decrease"] * 24), direction="better")
    assert "a concern" in made.sentence()


# Laws


def test_the_order_of_rows_does_not_matter() -> None:
    frame = pd.DataFrame(alike())
    shuffled = frame.sample(frac=1, random_state=3)
    pd.testing.assert_frame_equal(ptd.funnel(frame).points, ptd.funnel(shuffled).points)


def test_multiply_scales_what_is_plotted_and_judges_alike() -> None:
    one, many = ptd.funnel(apart()).points, ptd.funnel(apart(), multiply=1000).points
    for column in ("value", "centre", "lower_95", "upper_998"):
        assert many[column] == pytest.approx(one[column] * 1000)
    assert many["out"].tolist() == one["out"].tolist()


def test_what_did_not_happen_is_judged_upside_down() -> None:
    for frame in (alike(), apart()):
        other = frame | {"value": frame["denominator"] - frame["value"]}
        one, two = ptd.funnel(frame).points, ptd.funnel(other).points
        assert two["out"].tolist() == (-one["out"]).tolist()
        assert two["lower_998"] == pytest.approx(1 - one["upper_998"])


# Little to go on


@pytest.mark.parametrize(
    ("columns", "sentence", "code"),
    [
        (([5], [20]), "Only one area has a value, 25%: there is nothing to compare it with.", "one_area"),
        (([0, 0], [20, 30]), "2 areas have none: there is nothing to compare.", "no_spread"),
        (([20, 30], [20, 30]), "2 areas have all: there is nothing to compare.", "no_spread"),
        (([None, 1], [5, 0]), "No area has a value yet.", "no_values"),
    ],
)  # fmt: skip
def test_where_there_is_little_to_go_on_it_says_so(columns: tuple[Any, Any], sentence: str, code: str) -> None:
    value, denominator = columns
    made = ptd.funnel({"area": ["a", "b"][: len(value)], "value": value, "denominator": denominator})
    assert made.sentence() == sentence
    assert made.summary["advice"][0].split(";")[0] == code
    assert not made.points["out"].any()
    assert made.to_svg().startswith("<svg")


def test_one_area_may_be_held_against_a_centre_that_is_given() -> None:
    made = ptd.funnel({"area": ["a"], "value": [15], "denominator": [20]}, centre=0.2)
    assert made.sentence() == "1 of 1 area is above the 99.8% limits about the centre given, 20%. Above: a."


def test_every_code_of_advice_is_explained_in_the_docs() -> None:
    from pathlib import Path

    page = (Path(__file__).parents[3] / "docs" / "reference" / "advice.md").read_text(encoding="utf-8")
    assert [code for code, said in words.ADVICE.items() if f"| `{code}` | {said} |" not in page] == []


# Bad input


GOOD = {"area": ["a", "b"], "value": [1, 2], "denominator": [10, 20]}


@pytest.mark.parametrize(
    ("change", "options", "said"),
    [
        ({"value": [1, 21]}, {}, 'Row 2, column "value": found 21, expected no more than the denominator beside it'),
        ({"value": [-1, 2]}, {}, 'Row 1, column "value": found -1, expected a count of 0 or more.'),
        ({"denominator": [10, -2]}, {}, 'Row 2, column "denominator": found -2, expected a denominator of 0 or more.'),
        ({"area": ["a", "a"]}, {}, 'Row 2, column "area": found "a" a second time'),
        ({"area": ["a", None]}, {}, 'Row 2, column "area"'),
        ({}, {"value": "valeu"}, 'Did you mean "value"?'),
        ({}, {"chart": "c"}, 'chart: found "c", expected "p", "u" or "smr".'),
        ({}, {"out": 0.99}, "out: found 0.99, expected 0.998 or 0.95."),
        ({}, {"centre": 1.5}, "centre: found 1.5, expected a share above 0 and below 1."),
        ({}, {"centre": "x"}, "centre: found 'x', expected a number above 0."),
        ({}, {"minimum": -1}, "minimum: found -1, expected a number of 0 or more."),
        ({}, {"multiply": 0}, "multiply: found 0, expected a number above 0."),
        ({}, {"aggregate": "mean"}, 'aggregate: found "mean", expected "sum", as counts are added up.'),
        ({}, {"by": None}, "by: found nothing"),
        ({"out": [1, 2]}, {"by": "out"}, 'by: found "out", which the result has a column of its own for'),
        ({"d": ["increase", "decrease"]}, {"direction": "d"}, 'Row 2, column "d": found "decrease"'),
        ({"d": ["up", None]}, {"direction": "d"}, 'Row 1, column "d": found "up"'),
        ({"area": [], "value": [], "denominator": []}, {}, "the table has no rows"),
    ],
)  # fmt: skip
def test_bad_input_is_one_sentence(change: dict[str, Any], options: dict[str, Any], said: str) -> None:
    with pytest.raises(BadInput) as problem:
        ptd.funnel(GOOD | change, **options)
    assert said in str(problem.value)
