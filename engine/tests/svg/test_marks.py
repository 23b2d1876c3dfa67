"""Marks differ by shape as well as by class; lines break where there is nothing."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plotthedots.svg import marks

from .drawing import NUMBERS

NAN = float("nan")
LEVELS = st.one_of(st.floats(0, 300), st.just(NAN))


def test_every_kind_has_a_shape_of_its_own() -> None:
    shapes = {code: shape for code, _, shape, _, _ in marks.SHAPES}
    assert len({shape(4) for code, shape in shapes.items() if code != 1}) == 4
    sizes = {code: share for code, _, _, share, _ in marks.SHAPES}
    assert shapes[1] is shapes[0]
    assert sizes[1] > 1.3 * sizes[0]  # an improvement is a larger dot


@pytest.mark.parametrize("shape", [marks.diamond, marks.triangle_up, marks.triangle_down])
def test_shapes_close_about_their_point(shape: object) -> None:
    drawn = shape(5.0)  # type: ignore[operator]
    assert drawn.startswith("m0 ")
    assert drawn.endswith("z")


def test_points_of_a_kind_are_one_path_each() -> None:
    parts = marks.points([0, 10, 20, 30], [5, 6, 7, 8], np.array([0, 1, 2, 3]), [], None, 400)
    assert [part.split('"')[1] for part in parts if part] == [
        "ptd-joined",
        "ptd-common",
        "ptd-improvement",
        "ptd-concern",
        "ptd-neutral",
    ]


def test_a_missing_point_breaks_the_line() -> None:
    assert marks.joined(["0 1", "1 nan", "2 3", "3 4"], [0, -1, 0, 0], set()) == "M0 1M2 3L3 4"


def test_a_ghost_is_passed_over_and_hollow() -> None:
    assert marks.joined(["0 1", "1 9", "2 3"], [0, 0, 0], {1}) == "M0 1L2 3"
    parts = marks.points([0, 10, 20], [5, 6, 7], np.array([0, 2, 0]), [1], None, 400)
    assert "ptd-concern" not in "".join(parts)
    assert parts[-1].startswith('<path class="ptd-ghost" d="M10.0 6.0')


def test_an_open_run_hangs_on_a_dashed_line() -> None:
    parts = marks.points([0, 10, 20], [5, 6, 7], np.array([0, 0, 0]), [], 2, 400)
    assert '<path class="ptd-open" d="M10.0 6.0L20.0 7.0"/>' in parts
    assert '<path class="ptd-joined" d="M0.0 5.0L10.0 6.0"/>' in parts
    assert parts[-1].startswith('<path class="ptd-ghost" d="M20.0 7.0')


def test_dense_points_have_no_white_edge_and_marked_ones_stay_large_enough() -> None:
    count = 1000
    codes = np.array([2] + [0] * (count - 1))
    parts = "".join(marks.points([1.0] * count, [1.0] * count, codes, [], None, 600))
    assert 'class="ptd-common ptd-dense"' in parts
    assert 'class="ptd-concern"' in parts
    assert marks.diamond(3.0) in parts


def test_a_level_line_is_one_stroke() -> None:
    assert marks.steps([0, 10, 20, 30], [5, 5, 5]) == "M0.0 5.0H30.0"


def test_a_line_steps_between_its_levels() -> None:
    assert marks.steps([0, 10, 20, 30], [5, 5, 8]) == "M0.0 5.0H20.0V8.0H30.0"


def test_a_line_breaks_where_it_is_undefined() -> None:
    assert marks.steps([0, 10, 20, 30], [5, NAN, 8]) == "M0.0 5.0H10.0M20.0 8.0H30.0"
    assert marks.steps([0, 10], [NAN]) == ""


def test_a_band_is_closed_and_steps_with_its_limits() -> None:
    assert marks.band([0, 10, 20], [9, 9], [1, 1]) == "M0.0 1.0H20.0V9.0H0.0Z"
    assert marks.band([0, 10, 20], [9, 8], [1, 2]) == "M0.0 1.0H10.0V2.0H20.0L20.0 8.0H10.0V9.0H0.0Z"


@given(st.lists(st.tuples(LEVELS, LEVELS), max_size=30))
def test_a_band_never_draws_what_is_missing(pairs: list[tuple[float, float]]) -> None:
    edges = [10.0 * index for index in range(len(pairs) + 1)]
    drawn = marks.band(edges, [low for low, _ in pairs], [high for _, high in pairs])
    assert "nan" not in drawn
    complete = [low == low and high == high for low, high in pairs]
    starts = sum(here and not before for before, here in zip([False, *complete], complete, strict=False))
    assert drawn.count("M") == drawn.count("Z") == starts


@pytest.mark.parametrize("kind", marks.ROOM)
def test_every_entry_of_the_legend_has_a_sample_within_its_room(kind: str) -> None:
    drawn = marks.sample(kind, 100, 50)
    first = float(NUMBERS.findall(drawn.split(' d="M')[1])[0])
    assert 100 <= first <= 100 + marks.ROOM[kind]
