"""What is different since the mapping was made: said, followed where it is sure, asked where it is not."""

from holdgood.measures import mapping
from holdgood.measures.mapping.tests.factories import FALLS, HEADS, ROWS, grid

MADE = mapping.suggest(grid(HEADS, *ROWS, sheet="Data"), (FALLS,)).mapping


def changed(*rows: tuple, sheet: str = "Data") -> mapping.Changed:
    return mapping.changed(MADE, grid(*rows, sheet=sheet))


def test_nothing_is_said_of_what_is_as_it_was() -> None:
    assert changed(HEADS, *ROWS) == ([], True)


def test_heads_that_moved_are_followed() -> None:
    found = changed(("A title",), ("A note",), HEADS, *ROWS)
    assert found == (["The heads moved down by 2 rows, to row 3: followed."], True)
    assert len(mapping.apply(grid(("A title",), ("A note",), HEADS, *ROWS), MADE).rows) == 3


def test_a_head_that_is_called_otherwise_is_asked_for_and_not_guessed() -> None:
    heads = ("Code", "Name", "Month", "Falls (all)", "Bed days")
    found = changed(heads, *ROWS)
    assert found.sentences[0] == (
        "The column “Falls” is not there. The nearest is “Falls (all)”: point at it if it is the same."
    )
    assert not found.usable
    assert str(mapping.apply(grid(heads, *ROWS), MADE).mistakes[0]).startswith(
        "Row 1: The column “Falls” is not there."
    )


def test_case_and_punctuation_are_no_change() -> None:
    assert changed(("code", "NAME", "Month ", "falls", "Bed-days"), *ROWS) == ([], True)


def test_a_column_that_is_gone_is_said() -> None:
    found = changed(HEADS[:4], *(row[:4] for row in ROWS))
    assert found == (["The column “Bed days” is not there. Point at the one it is now."], False)


def test_columns_that_changed_places_are_followed() -> None:
    found = changed(("Region", *HEADS), *(("East", *row) for row in ROWS))
    assert found.usable
    assert found.sentences[0] == "New, and not read: “Region”."
    assert "“Falls” in E" in found.sentences[1]
    assert mapping.apply(grid(("Region", *HEADS), *(("East", *row) for row in ROWS)), MADE).rows[0].numerator == 5


def test_a_sheet_that_was_renamed_is_found_by_its_heads() -> None:
    renamed = grid(HEADS, *ROWS, sheet="April")
    assert mapping.sheet_for(MADE, [grid(("Notes",), sheet="Notes"), renamed]) is renamed
    assert mapping.changed(MADE, renamed) == (["The sheet is called “April”; it was called “Data”."], True)
    assert mapping.sheet_for(MADE, [grid(("Notes",), sheet="Notes")]) is None


def test_another_table_altogether_cannot_be_used() -> None:
    found = changed(("Something", "else"), ("x", 1))
    assert not found.usable
    assert len([each for each in found.sentences if "is not there" in each]) == 4


def test_the_cell_of_the_period_is_followed_by_its_label() -> None:
    rows = [("Period:", "April 2024"), (), ("Code", "Falls", "Bed days"), ("RGT", 5, 800), ("RXR", 5, 800)]
    made = mapping.suggest(grid(*rows), (FALLS,)).mapping
    later = [("Title:", "Falls"), ("Period:", "May 2024"), *rows[1:]]
    assert mapping.apply(grid(*later), made).rows[0].period == "May 2024"


def test_of_heads_that_repeat_the_same_one_is_taken() -> None:
    rows = [("Code", "Month", "Number", "Falls", "Number", "Bed days"), ("RGT", "Apr-24", 1, 5, 2, 800)]
    made = mapping.suggest(grid(*rows), (FALLS,)).mapping
    moved = [("Code", "Month", "Number", "Number", "Bed days", "Falls"), ("RGT", "Apr-24", 1, 2, 800, 5)]
    (row,) = mapping.apply(grid(*moved), made).rows
    assert (row.numerator, row.denominator) == (5, 800)
