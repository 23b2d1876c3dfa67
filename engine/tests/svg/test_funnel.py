"""The funnel as a picture: who is named, that no name is on another, and that nothing leaves the field."""

from itertools import combinations
from typing import Any
from xml.etree.ElementTree import Element

import numpy as np
import pytest

import plotthedots as ptd
from plotthedots import svg

from .drawing import NS, box, field, marks, of_class, read, strokes, words


def areas(count: int, out: int, name: str = "Ward {}") -> dict[str, Any]:
    """Areas alike, of which the first are far above."""
    rng = np.random.default_rng(count)
    size = rng.integers(30, 900, count)
    value = rng.binomial(size, 0.1)
    value[:out] = np.minimum(size[:out], size[:out] * 0.1 + 6 * np.sqrt(size[:out] * 0.1) + 2)
    return {"area": [name.format(place) for place in range(count)], "value": value, "denominator": size}


def drawn(frame: dict[str, Any], **options: Any) -> Element:
    look = {name: options.pop(name) for name in ("width", "height", "touch", "title", "subtitle") if name in options}
    return read(ptd.funnel(frame, **options).to_svg(**look))


CASES = [(1, 0), (2, 0), (60, 3), (500, 45)]
LONG = "The University and Royal Infirmary of Somewhere NHS Foundation Trust, site {}"


def boxes(tree: Element) -> list[tuple[float, float, float, float]]:
    """Left, top, right, bottom of every text."""
    made = []
    for element in tree.iter(f"{NS}text"):
        if "ptd-heading" in element.get("class", ""):
            continue
        left, right = box(element)
        y = float(element.get("y", "0"))
        made.append((left, y - 10, right, y + 3))
    return made


@pytest.mark.parametrize("width", [340, 680, 960])
@pytest.mark.parametrize(("count", "out"), CASES)
@pytest.mark.parametrize("name", ["W{}", LONG])
def test_no_text_is_on_another_or_leaves_the_picture(count: int, out: int, name: str, width: int) -> None:
    tree = drawn(areas(count, out, name), width=width, direction="decrease")
    made = boxes(tree)
    for one, two in combinations(made, 2):
        apart = one[2] <= two[0] or two[2] <= one[0] or one[3] <= two[1] or two[3] <= one[1]
        assert apart, (one, two)
    assert all(left >= 0 and right <= width for left, _, right, _ in made)


def test_those_beyond_the_limits_are_named_and_no_others() -> None:
    tree = drawn(areas(60, 3))
    assert {said for said in words(tree) if said.startswith("Ward")} == {"Ward 0", "Ward 1", "Ward 2"}
    assert marks(tree, "ptd-neutral") == 3 + 1


def test_where_there_is_no_room_for_all_it_says_how_many_have_no_name() -> None:
    tree = drawn(areas(500, 45), width=340)
    named = len([said for said in words(tree) if said.startswith("Ward")])
    made = ptd.funnel(areas(500, 45))
    beyond = int((made.points["out"] != 0).sum())
    assert f"{beyond - named} more not named" in words(tree)


def test_lines_stay_within_the_field() -> None:
    tree = drawn(areas(60, 3))
    left, right, top, bottom = field(tree)
    for kind in ("ptd-limit", "ptd-inner"):
        for part in strokes(tree, kind).replace("L", "M").split("M")[1:]:
            if "h" in part:  # the sample of the legend
                continue
            x, y = map(float, part.split())
            assert left - 0.2 <= x <= right + 0.2
            assert top - 0.2 <= y <= bottom + 0.2


def test_colours_follow_the_direction() -> None:
    assert of_class(drawn(areas(60, 3), direction="decrease"), "ptd-concern")
    assert of_class(drawn(areas(60, 3), direction="increase"), "ptd-improvement")


def test_areas_that_are_not_judged_are_hollow() -> None:
    made = ptd.funnel(areas(60, 3), minimum=300)
    small = int((~made.points["judged"]).sum())
    assert marks(read(made.to_svg()), "ptd-ghost") == small + 1


def test_the_limits_of_chance_alone_are_faint_where_others_are_used() -> None:
    assert not of_class(drawn(areas(60, 0)), "ptd-faint")
    wide = drawn(areas(60, 20))
    assert of_class(wide, "ptd-faint")
    assert "limits of chance alone" in words(wide)


def test_it_has_a_role_a_title_and_a_description_that_names_areas() -> None:
    tree = drawn(areas(60, 3), direction="decrease", title="Falls")
    told = {element.get("id"): element.text or "" for element in tree.iter() if element.get("id")}
    assert (tree.get("role"), (tree.get("aria-labelledby") or "").split()) == ("img", list(told))
    title, desc = told.values()
    assert title == "Falls"
    assert desc.startswith("Funnel plot of 60 areas; concern: ")
    assert "Ward 1" in desc


def test_a_page_may_listen_to_unseen_circles() -> None:
    assert [one.get("data-row") for one in of_class(drawn(areas(5, 0), touch=True), "ptd-touch")[0]] == list("01234")


def test_every_class_has_its_style() -> None:
    tree = drawn(areas(60, 20), minimum=100, direction="decrease")
    used = {name for element in tree.iter() for name in element.get("class", "").split()}
    assert {name for name in used - {"ptd-chart"} if f".{name}" not in svg.STYLE} == set()


def test_names_are_escaped_and_the_same_input_is_the_same_text() -> None:
    frame = areas(60, 1) | {"area": [f"<b>{place}&" for place in range(60)]}
    assert "<b>0&" in words(drawn(frame))
    assert ptd.funnel(frame).to_svg() == ptd.funnel(frame).to_svg()
