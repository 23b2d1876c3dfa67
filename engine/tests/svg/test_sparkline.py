"""A chart at the size of a word."""

import re
from typing import Any

import numpy as np
import pytest

from plotthedots import svg

from .drawing import NS, marks, of_class, read, series, strokes


def spark(count: int = 24, **given: Any) -> str:
    made = series(count, **given)
    return svg.sparkline(made.pop("value"), **{name: made[name] for name in made if name != "x"})


def test_it_says_what_it_is() -> None:
    tree = read(spark(title="Falls <Ward 7>"))
    title = tree.find(f"{NS}title")
    assert title is not None
    assert title.text == "Falls <Ward 7>"
    assert tree.get("aria-labelledby") == title.get("id")
    assert tree.get("role") == "img"


def test_only_the_latest_points_are_drawn() -> None:
    joined = strokes(read(spark(60)), "ptd-joined")
    assert len(re.findall("[ML]", joined)) == 24
    assert len(re.findall("[ML]", strokes(read(spark(60, last=None)), "ptd-joined"))) == 60
    assert len(re.findall("[ML]", strokes(read(spark(60, last=7)), "ptd-joined"))) == 7


def test_marked_points_differ_by_shape_and_the_last_is_always_there() -> None:
    tree = read(spark(6, point=np.array([1, 2, 3, 4, 0, 0])))
    assert [marks(tree, f"ptd-{kind}") for kind in ("improvement", "concern", "neutral", "common")] == [1, 1, 2, 1]


def test_target_and_range_are_drawn() -> None:
    tree = read(spark(target=np.full(24, 48.0)))
    assert strokes(tree, "ptd-target")
    assert strokes(tree, "ptd-range")


@pytest.mark.parametrize("claimed", [0, 10, 23])
def test_a_claimed_gain_is_a_flag_within_the_picture(claimed: int) -> None:
    tree = read(spark(claimed=claimed))
    flag = strokes(tree, "ptd-ink")
    at, cloth = map(float, re.findall(r"M([\d.]+) 1l(-?\d+)", flag)[0])
    assert 0 <= at + cloth <= 160


def test_a_claim_keeps_its_place_when_only_the_latest_points_are_drawn() -> None:
    value = series(60)["value"]
    late = {name: column[36:] for name, column in series(60).items()}
    assert strokes(read(spark(60, value=value, claimed=40)), "ptd-ink") == strokes(
        read(spark(24, **late, claimed=4)), "ptd-ink"
    )


def test_a_claim_before_the_first_point_shown_has_no_flag() -> None:
    assert not of_class(read(spark(60, claimed=3)), "ptd-ink")


NONE = np.full(5, np.nan)


@pytest.mark.parametrize(
    "given",
    [
        {"value": NONE, "centre": NONE, "lower": NONE, "upper": NONE, "point": np.full(5, -1)},
        {"value": np.full(5, 3.0), "centre": np.full(5, 3.0), "lower": NONE, "upper": NONE},
        {"value": np.array([1, np.nan, np.inf, 2, 1e12])},
        {"value": np.array([1e-9, -1e-9, 2e-9, 0, 1e-9])},
    ],
)
def test_odd_numbers_are_drawn_or_left_out(given: dict[str, Any]) -> None:
    read(spark(5, **given))


@pytest.mark.parametrize("count", [0, 1, 2])
def test_few_points_are_drawn(count: int) -> None:
    read(spark(count))


def test_style_is_in_classes_alone() -> None:
    assert not re.search(r"\s(?:fill|stroke|style)=", spark())
    assert "<style>" in spark(style=True)
