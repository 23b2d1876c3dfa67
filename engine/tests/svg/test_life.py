"""The life of a gain as a picture: values, levels before and since, statuses in words, the share that is left."""

import re
from itertools import pairwise
from typing import Any
from xml.etree.ElementTree import Element, tostring

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plotthedots import svg
from plotthedots.svg.status import STATUSES, Left, Spell

from .drawing import NS, box, marks, months, of_class, read, rows_of_text, strokes, words

NAN = np.nan
WIDTHS = [320, 360, 519, 520, 720, 960, 1440]
SPELLS = (
    Spell(24, 24, "established", "in April 2025"),
    Spell(25, 38, "holding", "in May 2025"),
    Spell(39, 42, "slipping", "in July 2026"),
    Spell(43, 47, "lost", "in November 2026"),
)


def arguments(count: int = 48, start: int = 24, **given: Any) -> dict[str, Any]:
    """A level of 50 that falls to 40 half-way; what is given takes the place of it."""
    x = months(count)
    after = np.arange(count) >= start
    level = np.where(after, 40.0, 50.0)
    made = {
        "x": x,
        "value": level + np.random.default_rng(7).normal(0, 2, count),
        "centre": level,
        "lower": level - 6,
        "upper": level + 6,
        "former": np.where(after, 50.0, NAN),
        "point": np.zeros(count, dtype=np.int8),
        "claimed": float((x[start - 1] + x[start]) / 2) if 0 < start < count else None,
        "claim": "Claimed in April 2025",
        "established": start if start < count else None,
        "spells": SPELLS if (count, start) == (48, 24) else (),
        "left": Left(0.94, 0.7, 1.2, "good"),
    }
    return made | given


def drawn(count: int = 48, start: int = 24, **given: Any) -> Element:
    return read(svg.life(**arguments(count, start, **given)))


def test_it_has_a_role_a_title_and_a_description() -> None:
    tree = drawn(title="Falls 3")
    told = {element.get("id"): element.text for element in tree.iter() if element.get("id")}
    assert (tree.get("role"), (tree.get("aria-labelledby") or "").split()) == ("img", list(told))
    title, desc = told.values()
    assert title == "Falls 3"
    assert desc == (
        "48 points about a claim of improvement. Claimed in April 2025. At its end: upper limit 46.0, "
        "established 40.0, lower limit 34.0, before 50.0. Statuses: established in April 2025, holding in May 2025, "
        "slipping in July 2026, lost in November 2026. 94% of the gain is left between 70% and 120%."
    )


@pytest.mark.parametrize("width", WIDTHS)
def test_every_status_is_told_in_words_in_the_band_or_below_it(width: int) -> None:
    said = words(drawn(width=width))
    for spell in SPELLS:
        word = STATUSES[spell.status].word
        assert word in said or f"{word} {spell.since}" in said


def test_a_status_differs_by_its_sign_as_well_as_by_its_class() -> None:
    assert len({status.sign for status in STATUSES.values()}) == len(STATUSES)
    tree = drawn(width=960)
    assert of_class(tree, "ptd-sign-good")
    assert of_class(tree, "ptd-sign-bad")
    assert of_class(tree, "ptd-sign-lost")


def test_the_band_lies_below_the_points_of_its_spells() -> None:
    tree = drawn()
    begin = float(of_class(tree, "ptd-status-good")[0].get("x", "0"))
    rule = float(re.findall(r"M([\d.]+)", strokes(tree, "ptd-phase"))[0])
    assert abs(begin - rule) < 1
    lost = of_class(tree, "ptd-status-lost")[0]
    axis = re.findall(r"^M([\d.]+) ([\d.]+)H([\d.]+)", strokes(tree, "ptd-axis"))[0]
    assert abs(float(lost.get("x", "0")) + float(lost.get("width", "0")) - float(axis[2])) < 2


def test_the_claim_is_marked_with_its_date_and_a_flag() -> None:
    tree = drawn()
    assert {"Claimed in April 2025", "Before"} <= set(words(tree))
    assert of_class(tree, "ptd-ink")


@pytest.mark.parametrize("claimed", [0.0, 1e9, None])
def test_a_claim_beyond_the_points_has_no_rule(claimed: float | None) -> None:
    assert not strokes(drawn(claimed=claimed), "ptd-phase")


def test_the_former_level_goes_on_beside_the_new_one() -> None:
    tree = drawn()
    assert marks(tree, "ptd-former") == 2
    assert {"Before 50.0", "Established 40.0"} <= set(words(tree))


def test_without_establishment_the_lines_are_those_before() -> None:
    made = {
        "centre": np.full(48, 50.0),
        "lower": np.full(48, 44.0),
        "upper": np.full(48, 56.0),
        "former": np.full(48, NAN),
    }
    said = words(drawn(established=None, **made))
    assert "Before 50.0" in said
    assert not any(word.startswith("Established ") and word[12:13].isdigit() for word in said)


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (Left(0.94, 0.7, 1.2, "good"), ["94% of the gain is left", "between 70% and 120%"]),
        (Left(-0.1, -1.0, 0.4, "lost"), ["Nothing of the gain is left", "between −100% and 40%"]),
        (Left(12.0, 3.0, 40.0, "good"), ["1,200% of the gain is left", "between 300% and 4,000%"]),
    ],
)
@pytest.mark.parametrize("width", [320, 720])
def test_the_share_that_is_left_is_written(left: Left, said: list[str], width: int) -> None:
    tree = drawn(left=left, width=width)
    assert set(said) <= set(words(tree))
    bar = of_class(tree, "ptd-bar")[0]
    right = float(bar.get("x", "0")) + float(bar.get("width", "0"))
    for mark in of_class(tree, "ptd-whisker"):
        assert all(float(x) <= right + 1 for x in re.findall(r"[MH]([\d.]+)", mark.get("d", "")))


def test_no_share_has_no_bar() -> None:
    assert not of_class(drawn(left=None), "ptd-bar")


def test_points_are_shaped_by_what_the_gain_was() -> None:
    tree = drawn(point=np.repeat([0, 1, 2], 16))
    assert {"better", "slipping or lost"} <= set(words(tree))
    assert (marks(tree, "ptd-improvement"), marks(tree, "ptd-concern")) == (17, 17)


def test_points_that_count_for_neither_side_are_hollow() -> None:
    assert "counts for neither side" in words(drawn(ghost=np.arange(48) == 24))


def test_last_keeps_the_spells_that_are_left() -> None:
    said = words(drawn(last=8))
    assert "Lost" in said
    assert not any("Holding" in word for word in said)


def test_many_short_spells_are_told_up_to_a_number() -> None:
    spells = [Spell(24 + i, 24 + i, ("holding", "slipping")[i % 2], f"in week {i}") for i in range(24)]
    said = words(drawn(spells=spells, width=320))
    assert "18 earlier," in said
    assert "Slipping in week 23" in said


CASES: dict[str, dict[str, Any]] = {
    "all missing": dict.fromkeys(("value", "centre", "lower", "upper", "former"), np.full(48, NAN)),
    "no limits": {"lower": np.full(48, NAN), "upper": np.full(48, NAN)},
    "constant": dict.fromkeys(("value", "centre", "lower", "upper", "former"), np.full(48, 7.0)),
    "infinite": {"value": np.full(48, np.inf)},
    "huge": {"value": np.full(48, 1.7e308), "centre": np.full(48, -1.7e308)},
    "no spell": {"spells": (), "left": None},
}


@pytest.mark.parametrize("width", [320, 720])
@pytest.mark.parametrize("case", CASES)
def test_odd_numbers_give_a_picture(case: str, width: int) -> None:
    tree = drawn(width=width, **CASES[case])
    assert max(float(text.get("y", "0")) for text in tree.iter(f"{NS}text")) <= float(tree.get("height", "0"))
    assert all(box(text)[0] >= 0 for text in tree.iter(f"{NS}text"))


@pytest.mark.parametrize(("count", "claim"), [(0, 0), (1, 0), (1, 1), (2, 1), (300, 60)])
def test_any_number_of_points_gives_a_picture(count: int, claim: int) -> None:
    tree = drawn(count, claim, x=np.arange(float(count)), x_kind="number")
    assert tree.find(f"{NS}title") is not None
    assert not re.search(r"\bnan\b", tostring(tree, encoding="unicode"))


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("large", [1.0, 1e6, 1e-7])
def test_no_two_texts_on_a_line_touch(width: int, large: float) -> None:
    made = {name: arguments()[name] * large for name in ("value", "centre", "lower", "upper", "former")}
    tree = drawn(width=width, **made, title="Falls 3: established, then lost", point=np.arange(48) % 3)
    for boxes in rows_of_text(tree).values():
        assert all(begin >= end + 2 for (_, end), (begin, _) in pairwise(boxes))
        assert boxes[0][0] >= 0
        assert boxes[-1][1] <= width


@given(st.integers(1, 47), st.sampled_from([320, 720]), st.text(max_size=60))
def test_the_words_of_a_claim_stay_within_the_picture(claim: int, width: int, said: str) -> None:
    tree = drawn(48, claim, width=width, claim=f"Claimed {said}", spells=())
    for text in of_class(tree, "ptd-strong"):
        if (text.text or "").startswith("Claim"):
            assert box(text)[0] >= 0
            assert box(text)[1] <= width


def test_texts_are_escaped() -> None:
    said = '<script>&"\x00\x1b\ud800'
    tree = drawn(title=said, subtitle=said, unit=said, claim=said, spells=[Spell(24, 24, "lost", said)])
    assert tree.findtext(f"{NS}title") == '<script>&"'
    assert 'Lost <script>&"' in words(tree)


def test_classes_alone_without_the_sheet() -> None:
    text = svg.life(**arguments(), style=False)
    assert "<style>" not in text
    used = {name for element in read(text).iter() for name in element.get("class", "").split()}
    assert {name for name in used - {"ptd-chart"} if f".{name}" not in svg.STYLE} == set()
