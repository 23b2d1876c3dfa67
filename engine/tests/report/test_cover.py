"""The cover: every measure once in the grid, and the exceptions in the order to spend time on them."""

from typing import Any

import pytest

from plotthedots.report import cover
from plotthedots.svg.grid import COLUMNS, ROWS

from .measures import SHAPES, of_class, page, result, told, tree


def cards(shapes: list[str] | None = None) -> list[Any]:
    return list(result(shapes).cards())


def test_counts_in_the_grid_add_up_to_the_measures() -> None:
    made = tree(page(result(list(SHAPES) * 3)))
    assert sum(int(told(count)) for count in of_class(made, "count")) == 24


def test_every_chip_leads_to_a_measure_of_the_page() -> None:
    made = tree(page())
    ids = {element.get("id") for element in made.iter() if element.get("id")}
    links = [chip.get("href", "") for chips in of_class(made, "chips") for chip in chips.iter("a")]
    assert len(links) == len(SHAPES)
    assert {link.removeprefix("#") for link in links} <= ids


def test_a_measure_stands_where_its_icons_say() -> None:
    places = {card.name[5:]: cover.place(card, 15) for card in cards()}
    assert places == {
        "steady": ("inconsistent", "common"),
        "better": ("inconsistent", "improving"),
        "worse": ("inconsistent", "concerning"),
        "failing": ("fail", "common"),
        "failing and worse": ("fail", "concerning"),
        "no target": ("none", "common"),
        "neither": ("none", "neither"),
        "short": ("inconsistent", "too_few"),
    }


def test_every_place_has_its_row_and_its_column() -> None:
    rows, columns = {key for key, _ in ROWS}, {key for key, _, _ in COLUMNS}
    assert {row for row, _ in (cover.place(card, 15) for card in cards())} <= rows
    assert {column for _, column in (cover.place(card, 15) for card in cards())} <= columns


def test_too_few_is_as_many_as_the_page_says() -> None:
    for_six, for_more = ([cover.place(card, few)[1] for card in cards()].count("too_few") for few in (6, 7))
    assert (for_six, for_more) == (0, 1)
    assert "Too few: under 7 points." in told(tree(page(too_few=7)))


def test_exceptions_are_in_the_order_of_urgency() -> None:
    first = of_class(tree(page()), "list")[0]
    names = [(told(link)[5:]) for link in first.iter("a")]
    assert names == ["failing and worse", "worse", "failing", "better", "neither"]
    assert [told(number) for number in of_class(first, "n")] == ["1", "2", "3", "4", "5"]


def test_an_exception_has_its_icons_and_its_sentence() -> None:
    made = result()
    first = next(of_class(tree(page(made)), "list")[0].iter("li"))
    assert made.sentence("0004 failing and worse") in told(first)
    assert len(of_class(first, "ptd-icon")) == 2


def test_without_exceptions_the_cover_says_so() -> None:
    said = told(tree(page(result(["steady", "no target"]))))
    assert "nothing beyond chance in 2 measures" in said
    assert "None: no measure has changed beyond chance" in said


def test_more_exceptions_than_a_board_reads_are_folded_and_numbered_on() -> None:
    made = tree(page(result(["worse"] * 15)))
    folded = next(fold for fold in made.iter("details") if "3 more" in told(fold))
    lists = list(folded.iter("ol"))
    assert lists[0].get("start") == "13"
    assert [told(number) for number in of_class(folded, "n")] == ["13", "14", "15"]


def test_more_than_seven_chips_in_a_cell_are_folded() -> None:
    made = tree(page(result(["steady"] * 10)))
    chips = of_class(made, "chips")[0]
    assert len(list(chips.iter("a"))) == 10
    fold = next(chips.iter("details"))
    assert told(next(fold.iter("summary"))) == "and 3 more"
    assert len(list(fold.iter("a"))) == 3
    assert not list(of_class(tree(page(result(["steady"] * 7))), "chips")[0].iter("details"))


@pytest.mark.parametrize(
    ("shapes", "heading"),
    [
        (["worse", "worse", "better", "steady"], "2 getting worse and 1 getting better, out of 4 measures"),
        (
            ["worse", "better", "neither"],
            "1 getting worse, 1 getting better and 1 changed, out of 3 measures",
        ),
        (["better"], "1 getting better, out of 1 measure"),
        (["steady"], "nothing beyond chance in 1 measure"),
    ],
)
def test_the_heading_is_the_answer(shapes: list[str], heading: str) -> None:
    assert told(next(tree(page(result(shapes))).iter("h1"))) == f"Mar 2026: {heading}"
