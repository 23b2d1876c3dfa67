"""How long gains last, as a picture: steps, bands, who is still followed, and nothing that the curve does not say."""

import re
from itertools import pairwise
from typing import Any
from xml.etree.ElementTree import Element

import numpy as np
import pytest

from plotthedots import svg
from plotthedots.svg.survival import Group

from .drawing import NS, box, of_class, read, rows_of_text, strokes, words

NONE = np.zeros(0)


def group(name: str = "", count: int = 20, lost: int = 5, reach: float = 48.0) -> Group:
    """Gains of which the first are lost, one every fourth month, and the others are followed to the end."""
    end = np.full(count, reach)
    end[:lost] = 4.0 * np.arange(1, lost + 1)
    kept = 1 - np.arange(0, lost + 1) / count
    time = np.concatenate([[0.0], end[:lost]])
    first = np.arange(lost + 1) == 0
    lower, upper = np.where(first, 1.0, np.maximum(kept - 0.15, 0)), np.where(first, 1.0, np.minimum(kept + 0.1, 1))
    return Group(name, time, kept, lower, upper, np.zeros(count), end, np.arange(count) < lost)


def drawn(*groups: Group, **given: Any) -> Element:
    return read(svg.survival(groups or [group()], **given))


EMPTY = Group("none", NONE, NONE, NONE, NONE, NONE, NONE, np.zeros(0, dtype=bool))


def test_it_has_a_role_a_title_and_a_description() -> None:
    tree = drawn(title="How long gains hold", unwatched=2)
    told = {element.get("id"): element.text for element in tree.iter() if element.get("id")}
    assert (tree.get("role"), (tree.get("aria-labelledby") or "").split()) == ("img", list(told))
    title, desc = told.values()
    assert title == "How long gains hold"
    assert (desc or "").startswith(
        "85% hold after 1 year (between 70% and 95%); 75% hold after 3 years (between 60% and 85%); "
        "75% at the end of the line, 20 followed from the start."
    )
    assert "2 are unwatched" in (desc or "")


def test_the_line_goes_down_by_a_step_for_each_loss() -> None:
    assert strokes(drawn(), "ptd-curve").count("V") == 5


def test_numbers_still_followed_stand_below_the_ages() -> None:
    said = [text.text for text in of_class(drawn(), "ptd-strong")]
    assert said[-9:] == ["20", "19", "18", "16", "15", "15", "15", "15", "15"]


def test_a_gain_counts_as_followed_up_to_the_age_at_which_it_is_lost() -> None:
    made = group()
    assert [made.followed(age) for age in (0, 4, 4.1, 20, 48, 48.1)] == [20, 20, 19, 16, 15, 0]


def test_late_entry_counts_from_its_age() -> None:
    made = group()
    made.entry[10:] = 6.0
    assert (made.followed(0), made.followed(6)) == (10, 19)


def test_no_median_is_told_that_the_curve_does_not_reach() -> None:
    assert any("no median" in word for word in words(drawn()))
    said = " ".join(words(drawn(group(lost=12), median=40.0)))
    assert "Half are lost by 40 months." in said
    assert "no median" not in said


def test_the_line_is_dotted_from_where_few_are_followed() -> None:
    made = group(count=20)
    made.end[5:17] = 30.0
    tree = drawn(made)
    begin = float(re.findall(r"M([\d.]+)", strokes(tree, "ptd-curve-few"))[0])
    assert begin == pytest.approx(56 + 30 / 48 * (720 - 24 - 56), abs=0.1)
    assert not strokes(drawn(), "ptd-curve-few")


def test_the_curve_is_read_aloud_only_where_enough_are_followed() -> None:
    assert {"85% hold after 1 year", "75% hold after 3 years"} <= set(words(drawn()))
    assert not any("3 years" in word for word in words(drawn(group(reach=30.0))))


def test_nothing_lost_yet_has_no_interval() -> None:
    said = words(drawn(group(lost=0)))
    assert "None lost within 1 year" in said
    assert not any("between 100%" in word for word in said)


def test_groups_differ_by_their_strokes_and_are_named() -> None:
    tree = drawn(*(group(name, lost=lost) for name, lost in (("yes", 2), ("no", 5), ("unknown", 1))))
    assert all(of_class(tree, kind) for kind in ("ptd-curve", "ptd-curve-2", "ptd-curve-3"))
    assert {"yes: still followed", "no: still followed", "unknown: still followed"} <= set(words(tree))


def test_groups_without_a_curve_are_named() -> None:
    assert any(word.endswith("so no line: none.") for word in words(drawn(group("yes"), EMPTY)))


@pytest.mark.parametrize("unwatched", [0, 1, 3])
def test_without_any_curve_it_says_so(unwatched: int) -> None:
    tree = drawn(EMPTY, unwatched=unwatched)
    said = " ".join(words(tree))
    assert "there is no curve yet" in said
    assert ("unwatched" in said) == bool(unwatched)
    assert not of_class(tree, "ptd-axis")
    assert read(svg.survival([])).get("role") == "img"


def test_a_limit_that_is_not_defined_is_not_drawn() -> None:
    made = group(count=5, lost=5, reach=20.0)
    made.lower[2] = made.upper[2] = np.nan
    assert strokes(drawn(made), "ptd-band").count("M") == 4


@pytest.mark.parametrize("reach", [0.0, 0.4, 1.0, 7.0, 500.0, 1e5])
@pytest.mark.parametrize("width", [320, 720])
def test_any_length_of_life_gives_a_picture(reach: float, width: int) -> None:
    tree = drawn(group(lost=0, reach=reach), width=width)
    assert max(float(text.get("y", "0")) for text in tree.iter(f"{NS}text")) <= float(tree.get("height", "0"))


@pytest.mark.parametrize("width", [320, 360, 520, 720, 960, 1440])
@pytest.mark.parametrize("reach", [9.0, 48.0, 300.0])
@pytest.mark.parametrize("lost", [0, 5, 19])
def test_no_two_texts_on_a_line_touch(width: int, reach: float, lost: int) -> None:
    for groups in ([group(lost=lost, reach=reach)], [group("yes", 2000, lost, reach), group("no " * 40, 20, 1, reach)]):
        tree = drawn(*groups, width=width, unwatched=3, title="How long gains hold, by whether there was a plan")
        for boxes in rows_of_text(tree).values():
            assert all(begin >= end + 2 for (_, end), (begin, _) in pairwise(boxes))
            assert boxes[0][0] >= 0
            assert boxes[-1][1] <= width
        assert all(box(text)[0] >= 0 for text in tree.iter(f"{NS}text"))


def test_texts_are_escaped_and_classes_are_those_of_the_sheet() -> None:
    said = '<script>&"\x00\x1b\ud800'
    text = svg.survival([group(said), group("b")], title=said, subtitle=said, unit=said, style=False)
    tree = read(text)
    assert tree.findtext(f"{NS}title") == '<script>&"'
    used = {name for element in tree.iter() for name in element.get("class", "").split()}
    assert {name for name in used - {"ptd-chart"} if f".{name}" not in svg.STYLE} == set()
