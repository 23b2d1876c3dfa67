"""The Pareto chart as a picture: bars, the share together, names that fit."""

from itertools import combinations
from typing import Any
from xml.etree.ElementTree import Element

import numpy as np
import pytest

import plotthedots as ptd
from plotthedots import svg

from .drawing import of_class, read, strokes, words
from .test_funnel import boxes


def causes(count: int, name: str = "Cause {}") -> dict[str, Any]:
    return {
        "cause": [name.format(place) for place in range(count)],
        "count": [5000 // (place + 1) for place in range(count)],
    }


def drawn(frame: dict[str, Any], **look: Any) -> Element:
    return read(ptd.pareto(frame).to_svg(**look))


@pytest.mark.parametrize("width", [340, 680, 960])
@pytest.mark.parametrize("count", [1, 2, 12, 60])
@pytest.mark.parametrize("name", ["C{}", "Waiting for a bed on a ward of another specialty, number {}"])
def test_no_text_is_on_another_or_leaves_the_picture(count: int, name: str, width: int) -> None:
    made = boxes(drawn(causes(count, name), width=width))
    for one, two in combinations(made, 2):
        apart = one[2] <= two[0] or two[2] <= one[0] or one[3] <= two[1] or two[3] <= one[1]
        assert apart, (one, two)
    assert all(left >= 0 and right <= width for left, _, right, _ in made)


def test_causes_that_make_up_80_percent_are_dark() -> None:
    tree = drawn({"cause": list("abcd"), "count": [50, 31, 10, 9]})
    assert strokes(tree, "ptd-few").count("M") == 2 + 1
    assert strokes(tree, "ptd-many").count("M") == 2
    assert "80%" in words(tree)


def test_the_last_bar_gathers_what_is_left_and_the_table_does_not() -> None:
    made = ptd.pareto(causes(20))
    said = words(read(made.to_svg(most=6)))
    assert "15 other causes" in said
    assert f"{sum(causes(20)['count'][5:]):,}" in said
    assert len(made.points["cause"]) == 20


def test_causes_without_an_event_have_no_bar() -> None:
    tree = drawn({"cause": list("abc"), "count": [5, 3, 0]})
    assert "c" not in words(tree)
    assert len(of_class(tree, "ptd-sum")) == 2 + 1


def test_the_circles_stand_at_the_shares_so_far() -> None:
    tree = drawn({"cause": list("abc"), "count": [50, 30, 20]})
    _, *places = [float(one.get("cx", "")) for one in of_class(tree, "ptd-sum")]
    steps = np.diff(places)
    assert steps[0] / steps[1] == pytest.approx(1.5, abs=0.01)


def test_it_has_a_title_and_a_description() -> None:
    tree = drawn({"cause": list("ab"), "count": [60, 40]})
    title, desc = (element.text or "" for element in tree.iter() if element.get("id"))
    assert title == "2 of 2 causes make up 100% of 100 events"
    assert desc == "Pareto chart, the most common first: a 60 (60% so far); b 40 (100% so far)."


def test_every_class_has_its_style() -> None:
    used = {name for element in drawn(causes(20)).iter() for name in element.get("class", "").split()}
    assert {name for name in used - {"ptd-chart"} if f".{name}" not in svg.STYLE} == set()
