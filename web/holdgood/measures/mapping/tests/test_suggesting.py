"""A suggestion for tables of a few cells: the shapes in which people and publishers keep numbers."""

import datetime as dt

from holdgood.measures import mapping
from holdgood.measures.mapping.tests.factories import COMPLAINTS, FALLS, HEADS, ROWS, grid, measure
from holdgood.sheets import Span


def suggested(found, *measures, **options):
    return mapping.suggest(found, measures or (FALLS,), **options)


def test_a_row_for_each_number() -> None:
    found = suggested(grid(HEADS, *ROWS)).mapping
    assert found.heads == (1,)
    assert (found.places.column.head, found.places.names.head, found.when.column.head) == ("Code", "Name", "Month")
    (value,) = found.values
    assert [column.head for column in value.numerator.plus] == ["Falls"]
    assert [column.head for column in value.denominator.plus] == ["Bed days"]


def test_titles_above_and_a_period_beside_its_label() -> None:
    above = [("Title:", "Falls by trust"), ("Period:", "April 2024"), ("Published:", "9th May 2024"), ()]
    rows = [(row[0], row[1], row[3], row[4]) for row in ROWS]
    found = suggested(grid(*above, ("Code", "Name", "Falls", "Bed days"), *rows))
    assert found.mapping.heads == (5,)
    assert (found.mapping.when.kind, found.mapping.when.cell, found.mapping.when.beside) == ("cell", (2, 1), "Period:")
    assert "Cell B2 says the period: “April 2024”." in found.reasons


def test_a_date_of_publication_is_not_the_period() -> None:
    rows = [(row[0], row[1], row[3], row[4]) for row in ROWS]
    found = suggested(grid(("Published:", "9th May 2024"), (), ("Code", "Name", "Falls", "Bed days"), *rows))
    assert found.mapping.when.kind == "told"
    assert "Nothing in the table says the period. Say it with each file." in found.reasons


def test_the_period_in_the_names_of_sheet_and_file() -> None:
    rows = [("Code", "Falls", "Bed days"), *((row[0], row[3], row[4]) for row in ROWS)]
    assert suggested(grid(*rows, sheet="April 2024")).mapping.when.kind == "sheet"
    assert suggested(grid(*rows, name="falls_2024-04.csv")).mapping.when.kind == "file"


def test_merged_heads_are_carried_to_the_right() -> None:
    merged = (Span(1, 2, 1, 3), Span(1, 4, 1, 5))
    found = suggested(
        grid(
            ("", "", "Falls", "", "Complaints", ""), ("Code", "Name", "Number", "Bed days", "Number", "Staff"),
            *(("RGT", "Cambridge", 5, 800, 3, 100), ("RXR", "East Lancashire", 7, 900, 2, 90)), merged=merged,
        ),
        measure("falls", "Falls number", numerator="Falls number", denominator="Falls bed days"),
    )  # fmt: skip
    assert found.mapping.heads == (1, 2)
    assert found.mapping.columns[2:] == (
        "Falls / Number", "Falls / Bed days", "Complaints / Number", "Complaints / Staff",
    )  # fmt: skip
    assert found.mapping.values[0].denominator.plus[0].head == "Falls / Bed days"


def test_heads_that_repeat_take_the_row_above_where_nothing_says_what_is_merged() -> None:
    found = grid(
        ("", "Falls", "", "Complaints"), ("Code", "Number", "Days", "Number"), ("RGT", 1, 2, 3), ("RXR", 4, 5, 6)
    )
    assert mapping.suggest(found, (measure("f", "Falls number", numerator="Falls number"),)).mapping.heads == (1, 2)


def test_months_across_the_heads() -> None:
    rows = [("Ward", "Apr-24", "May-24", "Jun-24"), ("Ward 7", 5, 6, 7), ("Ward 8", 1, 2, 3)]
    found = suggested(grid(*rows), COMPLAINTS, places={"Ward 7", "Ward 8"})
    assert (found.mapping.when.kind, found.mapping.places.column.head) == ("across", "Ward")
    rows = mapping.apply(grid(("Ward", "Apr-24", "May-24"), ("Ward 7", 5, 6)), found.mapping).rows
    assert [(row.place, row.first, row.numerator) for row in rows] == [
        ("Ward 7", dt.date(2024, 4, 1), 5), ("Ward 7", dt.date(2024, 5, 1), 6),
    ]  # fmt: skip


def test_months_above_the_same_columns_for_each() -> None:
    merged = (Span(1, 1, 1, 2), Span(1, 3, 1, 4))
    rows = [("", "Apr-24", "", "May-24", ""), ("Code", "Falls", "Bed days", "Falls", "Bed days"),
            ("RGT", 5, 800, 6, 810), ("RXR", 7, 900, "*", 910), ("Total", 12, 1700, 6, 1720)]  # fmt: skip
    for table in (grid(*rows, merged=merged), grid(*rows)):
        found = suggested(table).mapping
        assert (found.when.kind, found.heads) == ("above", (1, 2))
        made = mapping.apply(table, mapping.from_dict(mapping.to_dict(found)))
        assert (made.mistakes, made.questions) == ([], [])
        assert [(row.place, row.period, row.numerator, row.denominator) for row in made.rows] == [
            ("RGT", "Apr-24", 5, 800), ("RGT", "May-24", 6, 810),
            ("RXR", "Apr-24", 7, 900), ("RXR", "May-24", None, 910),
        ]  # fmt: skip
    later = [("", "May-24", "", "Jun-24", ""), rows[1], ("RGT", 1, 2, 3, 4)]
    assert [row.period for row in mapping.apply(grid(*later), found).rows] == ["May-24", "Jun-24"]


def test_a_column_that_names_the_measure() -> None:
    found = suggested(
        grid(("Code", "Month", "Measure", "Value"), ("RGT", "Apr-24", "Complaints", 5), ("RGT", "Apr-24", "Other", 6)),
        COMPLAINTS,
    ).mapping
    assert (found.names.head, found.values[0].called) == ("Measure", ("Complaints",))


def test_years_and_months_in_two_columns() -> None:
    found = suggested(
        grid(("Code", "Year", "Month", "Complaints"), ("RGT", 2024, "April", 5), ("RXR", 2024, "May", 6)), COMPLAINTS
    ).mapping
    assert found.when.kind == "year and month"
    rows = mapping.apply(grid(("Code", "Year", "Month", "Complaints"), ("RGT", 2024, "June", 5)), found).rows
    assert rows[0].first == dt.date(2024, 6, 1)


def test_the_whole_is_taken_and_not_its_parts() -> None:
    heads = ("Code", "Month", "Staff group", "Complaints")
    rows = [
        (code, "Apr-24", group, n) for code in ("RGT", "RXR") for group, n in (("Nurses", 1), ("All staff groups", 3))
    ]
    found = suggested(grid(heads, *rows), COMPLAINTS).mapping
    assert [(each.column.head, each.values) for each in found.only] == [("Staff group", ("All staff groups",))]
    assert not found.add_up


def test_parts_add_up_where_there_is_no_whole() -> None:
    heads = ("Code", "Month", "Type", "Complaints")
    found = suggested(grid(heads, *[("RGT", "Apr-24", kind, 2) for kind in ("1", "2", "other")]), COMPLAINTS)
    assert found.mapping.add_up
    assert any("parts by “Type”: added up" in reason for reason in found.reasons)


def test_a_row_that_is_there_twice_is_no_part() -> None:
    found = suggested(grid(("Code", "Month", "Complaints"), ("RGT", "Apr-24", 2), ("RGT", "Apr-24", 3)), COMPLAINTS)
    assert not found.mapping.add_up


def test_places_that_are_known_go_before_codes_that_look_like_trusts() -> None:
    rows = [("RGT", "W07", "Apr-24", 1, 30), ("RGT", "W08", "Apr-24", 2, 31)]
    found = suggested(grid(("Trust code", "Ward code", "Month", "Falls", "Bed days"), *rows), places={"W07", "W08"})
    assert found.mapping.places.column.head == "Ward code"


def test_what_is_half_there_is_said() -> None:
    found = mapping.suggest(
        grid(("Trust code", "Date", "No. do not meet criteria to reside"), ("RGT", "2024-04-01", 200)),
        (measure("no-criteria-to-reside", "No criteria to reside", numerator="n", denominator="Patients in beds"),),
    )
    assert found.mapping is None
    assert all(reason.endswith((".", "…")) for reason in found.reasons)


def test_a_page_of_notes_gives_a_sentence_and_no_mapping() -> None:
    found = suggested(grid(("Notes",), ("See the next sheet",)))
    assert found.mapping is None
    assert found.reasons == ["No row looks like heads with numbers below. Point at the row of heads."]


def test_a_first_row_without_any_number_is_not_taken_for_heads() -> None:
    found = suggested(grid(HEADS, ("RP7", "Lincolnshire", "Apr-24", "*", "*"), *ROWS[:2])).mapping
    assert found.heads == (1,)


def test_the_mark_that_a_note_says_is_nought() -> None:
    rows = [("Code", "Month", "Complaints"), ("RGT", "Apr-24", "-"), ("RXR", "Apr-24", 4), (), ("'-' denotes zero",)]
    found = mapping.apply(grid(*rows), suggested(grid(*rows), COMPLAINTS).mapping)
    assert [row.numerator for row in found.rows] == [0, 4]
