"""Notes: numbered squares that never touch, lines to their points, texts below the chart."""

import datetime as dt
import re
from itertools import pairwise
from typing import Any
from xml.etree.ElementTree import Element

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plotthedots.svg import notes

from .drawing import box, drawn, field, marks, months, of_class, read, strokes


def squares(tree: Element) -> list[tuple[float, float, float]]:
    """Left, right and top of each numbered square above the field."""
    rects = of_class(tree, "ptd-note")
    top = min((float(rect.get("y", "0")) for rect in rects), default=0)
    found = [(float(r.get("x", "0")), float(r.get("width", "0")), float(r.get("y", "0"))) for r in rects]
    return [(x, x + wide, y) for x, wide, y in found if y == top]


@given(st.lists(st.integers(0, 35), max_size=60), st.sampled_from([320, 720, 1440]))
def test_squares_of_notes_never_overlap(at: list[int], width: int) -> None:
    x = months(36)
    tree = drawn(width=width, notes=[(x[row], f"Note {row}") for row in at], list_notes=False)
    found = squares(tree)
    left, right, *_ = field(tree)
    assert all(begin >= end for (_, end, _), (begin, _, _) in pairwise(found))
    assert all(begin >= left - 0.1 and end <= right + 0.1 for begin, end, _ in found)
    assert bool(found) == bool(at)


def test_where_the_row_is_full_neighbours_share_a_square() -> None:
    x = months(36)
    tree = drawn(width=320, notes=[(at, "") for at in x], list_notes=False)
    numbers = [text.text or "" for text in of_class(tree, "ptd-note-number")]
    assert numbers[0].startswith("1–")
    assert numbers[-1].endswith("36")
    assert marks(tree, "ptd-noted") == 36


def test_a_file_of_its_own_lists_the_texts_of_its_notes() -> None:
    x = months(36)
    told = [(x[20], "One nurse stays in each bay"), (x[3], "Norovirus closed two bays")]
    tree = drawn(notes=told)
    said = [text.text for text in of_class(tree, "ptd-said")]
    assert said == ["Norovirus closed two bays", "One nurse stays in each bay"]
    assert [text.text for text in of_class(tree, "ptd-note-number")] == ["1", "2", "1", "2"]
    assert not of_class(drawn(notes=told, style=False), "ptd-said")
    assert of_class(drawn(notes=told, style=False, list_notes=True), "ptd-said")


def test_listed_notes_make_the_chart_higher_and_leave_its_field_alone() -> None:
    told = [(months(36)[3], "Norovirus closed two bays")]
    listed, bare = (drawn(notes=told, list_notes=wanted) for wanted in (True, False))
    assert field(listed) == field(bare)
    assert float(listed.get("height", "0")) > float(bare.get("height", "0")) == 340


def test_notes_keep_their_numbers_when_earlier_ones_are_not_shown() -> None:
    x = months(36)
    tree = drawn(notes=[(x[0], "first"), (x[30], "second")], last=12, list_notes=True)
    assert [text.text for text in of_class(tree, "ptd-note-number")] == ["2", "2"]


def test_the_line_of_a_note_ends_at_its_point() -> None:
    x, count = months(36), 36
    value = np.full(count, 50.0)
    value[10] = 60
    tree = drawn(value=value, notes=[(x[10], ""), (x[20] + 11, "")])
    first, second = (float(y) for y in re.findall(r"V([\d.]+)", strokes(tree, "ptd-noted")))
    *_, top, bottom = field(tree)
    assert top < first < bottom - 20
    assert second == bottom


@pytest.mark.parametrize(
    ("at", "kind", "place"),
    [
        (dt.date(1970, 1, 3), "date", 2),
        (dt.datetime(1970, 1, 3, 12), "date", 2.5),
        (dt.date(1970, 1, 3), "datetime", 2 * 86_400),
        (dt.datetime(1970, 1, 1, 0, 0, 5, tzinfo=dt.UTC), "datetime", 5),
        (7, "number", 7),
    ],
)
def test_a_note_may_have_a_date_for_its_place(at: Any, kind: str, place: float) -> None:
    assert notes.position(at, kind) == place


def test_long_notes_wrap_within_the_chart() -> None:
    tree = drawn(width=320, notes=[(months(36)[4], "a long note about the ward " * 5)])
    assert all(box(text)[1] <= 320 for text in of_class(tree, "ptd-said"))


def test_the_height_of_the_list_is_what_it_draws() -> None:
    made = [("1", ["a", "b"]), ("2", ["c"])]
    last = read(f"<g>{notes.draw_list(made, 100)[-1]}</g>")[0]
    assert 100 < float(last.get("y", "0")) < 100 + notes.height(made)
    assert notes.height([]) == 0
