"""What becomes of rows: numbers, no data, totals, mistakes, and the sentences about them."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from holdgood.measures import mapping
from holdgood.measures.mapping import Amount, Column, Mapped, Only, Places, Value, When
from holdgood.measures.mapping.tests.factories import COMPLAINTS, FALLS, HEADS, ROWS, grid, measure
from holdgood.sheets import Fault, Span

APRIL = dt.date(2024, 4, 1)


def applied(*rows: tuple, measures: tuple = (FALLS,), **changes: object) -> Mapped:
    found = mapping.suggest(grid(*rows), measures).mapping
    return mapping.apply(grid(*rows), replace(found, **changes))


def test_numbers_and_no_data_and_whence() -> None:
    found = applied(HEADS, *ROWS)
    assert [(row.place, row.name, row.first, row.numerator, row.denominator) for row in found.rows] == [
        ("RGT", "Cambridge", APRIL, 5, 800), ("RXR", "East Lancashire", APRIL, 7, 900),
        ("RP7", "Lincolnshire", APRIL, None, 300),
    ]  # fmt: skip
    assert (found.rows[0].row, found.rows[0].raw, found.rows[0].period) == (2, "RGT | Cambridge | 5 | 800", "Apr-24")
    assert "1 number says that there is no data, which is no nought." in found.notes


@pytest.mark.parametrize("mark", ["*", "-", "–", "..", "c", "n/a", "[x]", "[c]", "NA", "", "Suppressed"])
def test_marks_for_what_is_not_told_are_no_data(mark: str) -> None:
    assert applied(HEADS, *ROWS[:2], ("RP7", "L", "Apr-24", mark, 300)).rows[2].numerator is None


@pytest.mark.parametrize(
    ("cell", "number"),
    [("1,204", "1204"), ("12.0", "12"), (" 7 ", "7"), ("0.12345678901234567", "0.123457"), (Decimal("3.5"), "3.5")],
)
def test_numbers_are_read_by_the_one_parser(cell: object, number: str) -> None:
    assert applied(HEADS, *ROWS[:2], ("RP7", "L", "Apr-24", cell, 3000)).rows[2].numerator == Decimal(number)


@pytest.mark.parametrize(
    ("cell", "said"), [("1 2", "is not a number"), (Fault("#REF!"), "#REF! is an error"), ("1e3", "not a")]
)
def test_what_is_no_number_is_a_mistake_with_its_row(cell: object, said: str) -> None:
    found = applied(HEADS, *ROWS[:2], ("RP7", "L", "Apr-24", cell, 300))
    assert found.wrong == 1
    assert (found.mistakes[0].row, said in str(found.mistakes[0])) == (4, True)


def test_a_total_that_differs_is_a_question() -> None:
    found = applied(HEADS, *ROWS, ("Total", "", "", 13, 2000))
    assert [row.place for row in found.rows] == ["RGT", "RXR", "RP7"]
    (question,) = found.questions
    assert question == (
        "Row 5, Total: 13 of falls was found, and its 3 rows add up to 12; 1 of them have no data. Look whether rows "
        "are missing, or are there twice."
    )
    assert "A total agrees with the sum of the rows: row 5, Total, 2,000 of falls." in found.notes


@pytest.mark.parametrize(
    "row",
    [
        ("-", "England", "Apr-24", 12, 2000),
        ("", "All trusts", "Apr-24", 12, 2000),
        ("NAN", "England", "Apr-24", 12, 2000),
        ("TOTAL", "TOTAL", "TOTAL", 12, 2000),
    ],
)
def test_a_total_is_known_by_its_label_or_by_having_no_code(row: tuple) -> None:
    found = applied(HEADS, row, *ROWS)
    assert (len(found.rows), found.questions, len(found.totals)) == (3, [], 1)
    assert found.totals[0].first == APRIL


def test_notes_and_repeated_heads_are_left_out_and_counted() -> None:
    found = applied(HEADS, *ROWS[:2], HEADS, ROWS[2], (), ("Source: incident reports",), ("Contact:", "statistics"))
    assert len(found.rows) == 3
    assert "Left out: 1 row that repeat the heads." in found.notes
    assert "Left out: 2 rows without a number, such as titles and notes." in found.notes


def test_the_table_ends_where_it_is_said_to() -> None:
    found = applied(HEADS, *ROWS[:2], ("Part B",), ROWS[2], ends="Part B")
    assert [row.place for row in found.rows] == ["RGT", "RXR"]


def test_two_rows_of_one_place_and_period_are_a_mistake_unless_they_are_parts() -> None:
    rows = [HEADS, *ROWS[:2], ("RGT", "Cambridge", "Apr-24", 1, 100)]
    found = applied(*rows)
    assert str(found.mistakes[0]) == (
        "Row 4: falls of RGT for Apr-24 stands in 2 rows, 2 and 4. Choose which rows are taken, or say that they are "
        "parts of one number."
    )
    added = applied(*rows, add_up=True)
    assert [(row.numerator, row.denominator, row.rows) for row in added.rows] == [(6, 900, (2, 4)), (7, 900, (3,))]


def test_a_part_without_data_leaves_the_sum_without() -> None:
    found = applied(HEADS, *ROWS[:2], ("RGT", "C", "Apr-24", "*", 100), add_up=True)
    assert found.rows[0].numerator is None
    assert any("of which a part has no data" in note for note in found.notes)


def test_the_same_twice_is_counted_once_and_said() -> None:
    found = applied(HEADS, *ROWS[:2], ROWS[0])
    assert len(found.rows) == 2
    assert "1 number stands there twice, the same: counted once." in found.notes


def test_scores_of_parts_are_weighted() -> None:
    score = measure("score", "Score", numerator="Score", denominator="Answers", adds_up="weighted")
    found = applied(("Code", "Month", "Score", "Answers"), ("RGT", "Apr-24", 6, 100), ("RGT", "Apr-24", 8, 300),
                    measures=(score,), add_up=True)  # fmt: skip
    assert [(row.numerator, row.denominator) for row in found.rows] == [(Decimal("7.5"), 400)]


def test_columns_are_added_and_taken_off() -> None:
    heads = ("Code", "Month", "Type 1", "Type 2", "Late")
    value = Value("in-time", "month", "count", Amount((Column("Type 1", 2), Column("Type 2", 3)), (Column("Late", 4),)))
    found = applied((*heads, "Complaints"), ("RGT", "Apr-24", 5, 6, 1, 0), measures=(COMPLAINTS,), values=(value,))
    assert found.rows[0].numerator == 10


def test_a_number_may_be_multiplied() -> None:
    found = mapping.suggest(grid(HEADS, *ROWS), (FALLS,)).mapping
    value = replace(found.values[0], kind="score", times=Decimal(100))
    assert mapping.apply(grid(HEADS, *ROWS), replace(found, values=(value,))).rows[0].numerator == 500


def percentages(*rows: tuple, head: str = "Answered") -> Mapped:
    heads = ("Code", "Month", head, "Bed days")
    value = Value(
        "falls", "month", "number out of number", Amount((Column(head, 2),)), Amount((Column("Bed days", 3),))
    )
    made = mapping.Mapping(
        "m", "", (1,), heads, Places(Column("Code", 0)), When("column", Column("Month", 1)), (value,)
    )
    return mapping.apply(grid(heads, *rows), made)


def test_a_percentage_is_refused_for_a_number_out_of_number() -> None:
    found = percentages(("RGT", "Apr-24", Decimal("95.5"), 100), head="% in time")
    assert str(found.mistakes[0]) == (
        "“% in time” is a percentage or a rate, and falls is counted as number out of number. Point at the column "
        "of the numbers."
    )
    assert found.rows == []


def test_shares_under_any_head_are_refused() -> None:
    found = percentages(*[(code, "Apr-24", Decimal("0.95"), 100) for code in ("RGT", "RXR", "RP7")])
    assert "is 1 or less: these are shares" in str(found.mistakes[0])


def test_a_percent_sign_is_a_mistake_of_its_row() -> None:
    assert "“95%” is a percentage" in str(percentages(("RGT", "Apr-24", "95%", 100)).mistakes[0])


def test_only_rows_that_say_so_are_kept() -> None:
    only = (Only(Column("Name", 1), ("cambridge", "LINCOLNSHIRE")),)
    found = applied(HEADS, *ROWS, only=only)
    assert [row.place for row in found.rows] == ["RGT", "RP7"]
    assert "Left out: 1 row that say something else in “Name”." in found.notes


def test_a_period_that_is_longer_than_the_measures_is_a_mistake() -> None:
    made = mapping.suggest(grid(HEADS, *ROWS), (FALLS,)).mapping
    found = mapping.apply(grid(HEADS, ("RGT", "C", "2023/24 Q1", 5, 800)), made)
    assert "“2023/24 Q1” is a quarter, and the measure is counted by month" in str(found.mistakes[0])


def test_what_a_person_says_goes_before_the_file_and_is_asked_about() -> None:
    rows = [("Period:", "April 2024"), ("Code", "Complaints"), ("RGT", 5), ("RXR", 6)]
    made = mapping.suggest(grid(*rows), (COMPLAINTS,)).mapping
    found = mapping.apply(grid(*rows), made, told="May 2024")
    assert found.rows[0].first == dt.date(2024, 5, 1)
    assert found.questions == ["In cell B1, beside “Period:”, “April 2024” was found, and “May 2024” was said. Which?"]


def test_without_a_period_or_a_place_it_is_said_what_to_do() -> None:
    rows = [("Code", "Complaints"), ("RGT", 5), ("RXR", 6)]
    made = mapping.suggest(grid(*rows), (COMPLAINTS,)).mapping
    (sentence,) = mapping.apply(grid(*rows), made).mistakes
    assert str(sentence).endswith("Say which period the file is of.")
    made = replace(made, places=Places())
    assert "Nothing says of which place" in str(mapping.apply(grid(*rows), made, told="April 2024").mistakes[0])


def test_a_total_with_an_error_in_it_is_no_mistake() -> None:
    found = applied(HEADS, *ROWS, ("Total", "", "", Fault("#DIV/0!"), 2000))
    assert (found.wrong, found.totals[0].numerator) == (0, None)


def test_the_column_of_a_mistake_is_named() -> None:
    found = applied(HEADS, *ROWS[:2], ("RP7", "L", "Apr-24", 1, "many"), ("R0A", "M", "soon", 1, 2))
    assert [each.where for each in found.mistakes] == ["Row 4, Bed days", "Row 5, Month"]


def test_cells_that_are_merged_downwards_say_what_they_show() -> None:
    rows = [
        ("Month", "Code", "Complaints"),
        ("Apr-24", "RGT", 1),
        (None, "RXR", 2),
        ("May-24", "RGT", 3),
        (None, "RXR", 4),
    ]
    merged = (Span(2, 0, 3, 0), Span(4, 0, 5, 0))
    made = mapping.suggest(grid(*rows, merged=merged), (COMPLAINTS,)).mapping
    found = mapping.apply(grid(*rows, merged=merged), made)
    assert [(row.place, row.first.month, row.numerator) for row in found.rows] == [
        ("RGT", 4, 1), ("RXR", 4, 2), ("RGT", 5, 3), ("RXR", 5, 4),
    ]  # fmt: skip


@pytest.mark.parametrize(("cell", "number"), [("", 5), (None, 5), ("*", None)])
def test_an_empty_cell_is_nought_only_where_the_publication_has_it_so(cell: object, number: int | None) -> None:
    amount = Amount((Column("Falls", 3), Column("Bed days", 4)))
    value = Value("falls", "month", "count", amount)
    rows = [HEADS, ("RGT", "C", "Apr-24", 5, cell), ("RXR", "E", "Apr-24", 1, 1)]
    assert applied(*rows, values=(value,), nought=("",)).rows[0].numerator == number
    assert applied(*rows, values=(value,)).rows[0].numerator is None


def test_a_number_without_a_place_is_set_aside_and_never_imported() -> None:
    found = applied(HEADS, *ROWS, ("", "", "Apr-24", 3, 10))
    assert len(found.rows) == 3
    assert found.totals[0].label == "Apr-24"


@pytest.mark.parametrize(("when", "place"), [("no", "RC1"), ("from the day", "RC1"), ("always", "RC9")])
def test_codes_that_merged_are_counted_for_the_code_of_today_only_if_asked(when: str, place: str) -> None:
    found = applied(HEADS, ("RC1", "Bedford", "Apr-19", 5, 800), ("RGT", "C", "Apr-19", 1, 2), successors=when)
    assert found.rows[0].place == place


def test_two_old_codes_of_one_trust_add_up_and_that_is_said() -> None:
    rows = [
        HEADS,
        ("RC1", "Bedford", "Apr-20", 5, 800),
        ("RC9", "Luton", "Apr-20", 6, 900),
        ("RGT", "C", "Apr-20", 1, 2),
    ]
    found = applied(*rows, successors="from the day")
    assert [(row.place, row.numerator, row.denominator) for row in found.rows] == [("RC9", 11, 1700), ("RGT", 1, 2)]
    assert "RC1 is part of RC9 now: 1 number counted for RC9." in found.notes


def test_a_trust_that_was_divided_is_a_question() -> None:
    found = applied(
        HEADS, ("RW6", "Pennine", "Apr-22", 5, 800), ("RGT", "C", "Apr-22", 1, 2), successors="from the day"
    )
    assert "RW6 was divided on 1 October 2021; R0A and RM3" in found.questions[0]
    assert found.rows[0].place == "RW6"
