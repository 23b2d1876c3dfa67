"""The forecast as a picture: past and fan, legible whatever it is given."""

import re
from itertools import pairwise
from typing import Any
from xml.etree.ElementTree import Element, tostring

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plotthedots import svg
from plotthedots.svg.fan import share

from .drawing import NS, box, marks, months, of_class, read, rows_of_text, strokes, words

NAN = np.nan
WIDTHS = [320, 360, 519, 520, 720, 960, 1440]


def arguments(count: int = 36, steps: int = 12, **given: Any) -> dict[str, Any]:
    """A fan that widens about 50, from a seed; what is given takes the place of it."""
    every = months(count + steps)
    wider = np.sqrt(np.arange(1.0, steps + 1))
    made = {
        "x": every[:count],
        "value": np.random.default_rng(7).normal(50, 5, count),
        "ahead": every[count:],
        "mean": np.full(steps, 50.0),
        "lower": np.stack([50 - 6 * wider, 50 - 10 * wider]),
        "upper": np.stack([50 + 6 * wider, 50 + 10 * wider]),
        "levels": (0.8, 0.95),
    }
    return made | given


def drawn(count: int = 36, steps: int = 12, **given: Any) -> Element:
    return read(svg.fan(**arguments(count, steps, **given)))


def test_it_has_a_role_a_title_and_a_description() -> None:
    tree = drawn(title="Falls", target=np.full(36, 45.0), target_ahead=np.full(12, 45.0))
    told = {element.get("id"): element.text for element in tree.iter() if element.get("id")}
    assert (tree.get("role"), (tree.get("aria-labelledby") or "").split()) == ("img", list(told))
    title, desc = told.values()
    assert title == "Falls"
    assert desc == (
        "36 points of the past, then a forecast of 12 steps. At its end: expected 50, "
        "19 in 20 between 15 and 85, 8 in 10 between 29 and 71, target 45."
    )


def test_each_level_has_a_band_and_the_widest_lies_below() -> None:
    bands = [element.get("d", "") for element in of_class(drawn(), "ptd-fan") if "Z" in element.get("d", "")]
    assert len(bands) == 2
    spans = [np.ptp([float(y) for y in re.findall(r"[ML][\d.]+ ([\d.]+)", band)]) for band in bands]
    assert spans[0] > spans[1]


def test_levels_in_any_order_give_the_same_picture() -> None:
    made = arguments()
    turned = made | {"lower": made["lower"][::-1], "upper": made["upper"][::-1], "levels": (0.95, 0.8)}
    assert svg.fan(**turned) == svg.fan(**made)


@pytest.mark.parametrize(
    ("level", "said"), [(0.5, "5 in 10"), (0.8, "8 in 10"), (0.95, "19 in 20"), (0.99, "99 in 100"), (0.975, "97.5%")]
)
def test_a_level_is_said_as_a_person_says_it(level: float, said: str) -> None:
    assert share(level) == said


def test_past_and_fan_meet_at_a_rule_with_its_word() -> None:
    tree = drawn()
    rule = float(re.findall(r"M([\d.]+)", strokes(tree, "ptd-phase"))[0])
    fan = min(
        float(x) for band in of_class(tree, "ptd-fan")[:2] for x in re.findall(r"[ML]([\d.]+)", band.get("d", ""))
    )
    assert fan == rule
    assert "Forecast" in words(tree)


def test_the_target_goes_on_through_the_forecast() -> None:
    tree = drawn(target=np.full(36, 45.0), target_ahead=np.full(12, 40.0))
    assert "V" in strokes(tree, "ptd-target")
    assert "Target 40" in words(tree)


def test_last_cuts_the_past_and_never_the_forecast() -> None:
    tree = drawn(last=6)
    assert len(re.findall("[ML]", strokes(tree, "ptd-joined"))) == 6
    assert "then a forecast of 12 steps" in (tree.findtext(f"{NS}desc") or "")


def test_points_left_out_are_hollow() -> None:
    tree = drawn(ghost=np.arange(36) == 3)
    assert marks(tree, "ptd-ghost") == 2
    assert "left out" in words(tree)


def level(value: float) -> dict[str, Any]:
    """A forecast of one value."""
    return {"mean": np.full(12, value), "lower": np.full((2, 12), value), "upper": np.full((2, 12), value)}


CASES: dict[str, dict[str, Any]] = {
    "no forecast": level(NAN),
    "no past": {"value": np.full(36, NAN)},
    "nothing": level(NAN) | {"value": np.full(36, NAN)},
    "constant": level(7.0) | {"value": np.full(36, 7.0)},
    "one level": {"lower": np.full((1, 12), 40.0), "upper": np.full((1, 12), 60.0), "levels": (0.9,)},
    "no level": {"lower": np.empty((0, 12)), "upper": np.empty((0, 12)), "levels": ()},
    "gaps": {"mean": np.where(np.arange(12) == 5, NAN, 50.0)},
    "infinite": {"upper": np.full((2, 12), np.inf)},
    "huge": {"value": np.full(36, 1.7e308), "mean": np.full(12, -1.7e308)},
}  # fmt: skip


@pytest.mark.parametrize("width", [320, 720])
@pytest.mark.parametrize("case", CASES)
def test_odd_numbers_give_a_picture(case: str, width: int) -> None:
    tree = drawn(width=width, **CASES[case])
    assert max(float(text.get("y", "0")) for text in tree.iter(f"{NS}text")) <= float(tree.get("height", "0"))
    assert all(box(text)[0] >= 0 for text in tree.iter(f"{NS}text"))


@pytest.mark.parametrize(("count", "steps"), [(0, 0), (0, 1), (0, 12), (1, 1), (1, 0), (2, 366), (2000, 12)])
def test_any_number_of_points_and_steps_gives_a_picture(count: int, steps: int) -> None:
    ahead = np.arange(float(count), float(count + steps))
    tree = drawn(count, steps, x=np.arange(float(count)), ahead=ahead, x_kind="number")
    assert tree.find(f"{NS}title") is not None
    assert not re.search(r"\bnan\b", tostring(tree, encoding="unicode"))


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("large", [1.0, 1e6, 1e-7])
def test_no_two_texts_on_a_line_touch(width: int, large: float) -> None:
    made = {name: arguments()[name] * large for name in ("value", "mean", "lower", "upper")}
    tree = drawn(
        width=width, **made, target=np.full(36, 50.5 * large), target_ahead=np.full(12, 50.5 * large), title="Falls"
    )
    for boxes in rows_of_text(tree).values():
        assert all(begin >= end + 2 for (_, end), (begin, _) in pairwise(boxes))
        assert boxes[0][0] >= 0
        assert boxes[-1][1] <= width


@given(st.lists(st.floats(0, 100), min_size=6, max_size=6), st.sampled_from([340, 720]))
def test_labels_at_the_right_never_overlap(ends: list[float], width: int) -> None:
    low, lower, mean, upper, high = sorted(ends[:5])
    bands = {"lower": np.array([[lower] * 12, [low] * 12]), "upper": np.array([[upper] * 12, [high] * 12])}
    tree = drawn(
        mean=np.full(12, mean), width=width, **bands, target=np.full(36, ends[5]), target_ahead=np.full(12, ends[5])
    )
    right = max(float(text.get("x", "0")) for text in tree.iter(f"{NS}text") if not text.get("text-anchor"))
    places = sorted(float(text.get("y", "0")) for text in tree.iter(f"{NS}text") if float(text.get("x", "0")) == right)
    assert all(second - first >= 15.9 for first, second in pairwise(places))


def test_narrow_fans_have_their_numbers_in_the_legend() -> None:
    said = words(
        drawn(
            width=320,
            value=np.full(36, 5e7),
            mean=np.full(12, 5e7),
            lower=np.full((2, 12), 4e7),
            upper=np.full((2, 12), 6e7),
        )
    )
    assert any(word.startswith("8 in 10 fall here: 40,000,000") for word in said)


def test_texts_are_escaped() -> None:
    said = '<script>&"\x00\x1b\ud800'
    tree = drawn(title=said, subtitle=said, unit=said, id='"><x')
    assert tree.findtext(f"{NS}title") == '<script>&"'


def test_classes_alone_without_the_sheet() -> None:
    text = svg.fan(**arguments(), style=False)
    assert "<style>" not in text
    used = {name for element in read(text).iter() for name in element.get("class", "").split()}
    assert {name for name in used - {"ptd-chart"} if f".{name}" not in svg.STYLE} == set()
    assert not re.search(r'(?:fill|stroke)="#', text)
