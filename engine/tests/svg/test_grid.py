"""The icon grid as a picture."""

from itertools import pairwise

import pytest

from plotthedots import svg
from plotthedots.svg.grid import COLUMNS, column_of

from .drawing import NS, read, rows_of_text, words

COUNTS = {("pass", "improving"): 3, ("fail", "common"): 12, ("none", "too_few"): 1204}


def test_counts_stand_in_their_cells() -> None:
    tree = read(svg.grid(COUNTS))
    said = words(tree)
    assert [said.count(count) for count in ("3", "12", "1,204", "–")] == [1, 1, 1, 17]


def test_title_and_description_tell_it_all() -> None:
    tree = read(svg.grid(COUNTS))
    ids = (tree.get("aria-labelledby") or "").split()
    told = {
        element.get("id"): element.text
        for element in (tree.find(f"{NS}title"), tree.find(f"{NS}desc"))
        if element is not None
    }
    assert list(told) == ids
    assert told[ids[0]] == "Measures by assurance and variation"
    assert told[ids[1]] == "Will pass, improving: 3; Will fail, common cause: 12; No target, too few: 1,204."


def test_without_measures_it_says_so() -> None:
    assert read(svg.grid({})).findtext(f"{NS}desc") == "No measures."


@pytest.mark.parametrize("width", [320, 440, 560, 720, 1440])
def test_no_words_touch_at_any_width(width: int) -> None:
    for boxes in rows_of_text(read(svg.grid(COUNTS, width=width))).values():
        for (_, end), (begin, _) in pairwise(boxes):
            assert begin > end
        assert boxes[0][0] >= 0
        assert boxes[-1][1] <= width


def test_a_title_is_escaped() -> None:
    assert read(svg.grid({}, title="<script>")).findtext(f"{NS}title") == "<script>"


@pytest.mark.parametrize(
    ("variation", "column"),
    [
        ("improvement_low", "improving"),
        ("common_cause", "common"),
        ("concern_high", "concerning"),
        ("neutral_low", "neither"),
        (None, "too_few"),
    ],
)
def test_a_variation_has_its_column(variation: str | None, column: str) -> None:
    assert column_of(variation) == column
    assert column_of(variation, provisional=True) == "too_few"
    assert column in [key for key, _, _ in COLUMNS]
