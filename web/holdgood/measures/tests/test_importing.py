"""Files as people have them: the right value, or an error on that row."""

import datetime as dt
from decimal import Decimal

import pytest

from holdgood.measures import importing, written
from holdgood.measures.actions import counting, defining
from holdgood.measures.checked import Checked
from holdgood.measures.importing import Wanted
from holdgood.measures.known import Known
from holdgood.measures.models import Measure, Observation
from holdgood.measures.tests.factories import add, measure
from holdgood.places.actions import tree
from holdgood.places.models import Place
from holdgood.places.tests.factories import AT, SETTING_UP, Trust, actor, give, person, place
from holdgood.sheets import Fault
from holdgood.sheets.table import Row, Table

pytestmark = pytest.mark.django_db
APRIL, MAY = dt.date(2023, 4, 1), dt.date(2023, 5, 1)
LONG = ("Measure", "Place", "Period", "Falls", "Bed days")


@pytest.fixture
def t() -> Trust:
    made = Trust()
    made.falls = measure(made.trust, numerator="Falls", denominator="Bed days", aliases=["Patient falls"])
    made.score = measure(
        made.trust, "score", name="Score of the survey", short="Score", denominator="", unit="%", per=1, chart="xmr",
        adds_up="none", whole=False, maximum=Decimal(100),
    )  # fmt: skip
    made.analyst = give(person("Sam"), "analyst", made.trust)
    return made


def check(
    t: Trust, header: tuple, *rows: tuple, who: object = None, area: Place | None = None, **said: object
) -> Checked:
    table = Table("f.csv", (), "", header, 1, [Row(number, cells) for number, cells in enumerate(rows, 2)])
    by = actor(who or t.analyst)
    return importing.check(table, Wanted(Known(by, area or t.trust), by.on, **said))


def found(checked: Checked) -> list[tuple]:
    assert [str(each) for each in checked.mistakes] == []
    codes = {place.pk: place.code for place in Place.objects.all()}
    slugs = {each.pk: each.slug for each in Measure.objects.all()}
    return [(slugs[r.measure], codes[r.place], r.period, r.numerator, r.denominator) for r in checked.rows]


def wrong(checked: Checked) -> list[str]:
    assert checked.wrong == len(checked.mistakes) > 0
    return [str(each) for each in checked.mistakes]


@pytest.mark.parametrize(
    ("granularity", "cell", "expected"),
    [
        ("month", "April 2023", "2023-04-01"),
        ("month", "Apr-23", "2023-04-01"),
        ("month", "apr 2023", "2023-04-01"),
        ("month", "Sept 2023", "2023-09-01"),
        ("month", "2023-04", "2023-04-01"),
        ("month", "04/2023", "2023-04-01"),
        ("month", "202304", "2023-04-01"),
        ("month", Decimal(202304), "2023-04-01"),
        ("month", "2023-04-01", "2023-04-01"),
        ("month", "2023-04-01T00:00:00", "2023-04-01"),
        ("month", "01/04/2023 00:00", "2023-04-01"),
        ("month", "30/04/2023", "2023-04-01"),
        ("month", "03/04/2026", "2026-04-01"),
        ("month", "3-Apr-23", "2023-04-01"),
        ("month", dt.datetime(2023, 4, 30), "2023-04-01"),
        ("month", dt.date(2023, 4, 1), "2023-04-01"),
        ("day", "3 April 2023", "2023-04-03"),
        ("day", "03/04/2023", "2023-04-03"),
        ("day", "20230403", "2023-04-03"),
        ("week", "5 April 2023", "2023-04-03"),
        ("week", "week of 3 April 2023", "2023-04-03"),
        ("week", "w/c 03/04/2023", "2023-04-03"),
        ("week", "week ending 9 April 2023", "2023-04-03"),
        ("week", "2023-W14", "2023-04-03"),
        ("quarter", "2023/24 Q1", "2023-04-01"),
        ("quarter", "Q4 2023/24", "2024-01-01"),
        ("quarter", "January to March 2024", "2024-01-01"),
        ("quarter", "May 2023", "2023-04-01"),
        ("year", "2023/24", "2023-04-01"),
        ("year", "2003-04", "2003-04-01"),
        ("year", "31 March 2024", "2023-04-01"),
    ],
)
def test_every_way_to_write_a_period_gives_its_first_day(granularity: str, cell: object, expected: str) -> None:
    assert written.period(cell, granularity).first == dt.date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("granularity", "cell", "said"),
    [
        ("month", "31/02/2026", "There is no date “31/02/2026”"),
        ("month", "04/13/2023", "There is no date"),
        ("month", "03/04/26", "short year"),
        ("month", "2023", "not a month that can be read"),
        ("month", "2023/24", "not a month that can be read"),
        ("month", Decimal(45017), "45017 is a number, not a month. Format the cells as dates, or write 2023-04-01"),
        ("month", "45017", "not a month that can be read"),
        ("month", "202313", "There is no date"),
        ("month", "Arp 2023", "names no month|not a month"),
        ("month", "", "There is no month"),
        ("month", None, "There is no month"),
        ("month", True, "TRUE is a yes or no"),
        ("month", Fault("#REF!"), "#REF! is an error of the spreadsheet"),
        ("month", dt.time(9), "is a time"),
        ("month", "1 April 1066", "not between 1900"),
        ("month", dt.date(1066, 4, 1), "not between 1900"),
        ("day", "April 2023", "not a day"),
        ("day", "29/02/2023", "There is no date"),
        ("week", "April 2023", "not a week"),
        ("week", "2023-W54", "There is no week"),
        ("quarter", "Q1 2023", "two kinds of year"),
        ("quarter", "February to April 2023", "is no quarter"),
        ("year", "2023", "a calendar year or one from April"),
    ],
)
def test_a_period_that_cannot_be_read_is_a_sentence(granularity: str, cell: object, said: str) -> None:
    with pytest.raises(written.Unread, match=said):
        written.period(cell, granularity)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("12", 12), (" 12 ", 12), ("1,204", 1204), ("12,345,678.5", "12345678.5"), ("+3", 3),
        ("-3", -3), ("−3.5", "-3.5"),
        ("0", 0), ("4.50", "4.5"), (Decimal("0.333333333333333"), "0.333333"), (Decimal(1200), 1200),
        ("999999999999999", 999999999999999),
        ("", None), (None, None), ("  ", None), ("-", None), ("–", None), ("*", None), ("n/a", None), ("N/A", None),
        ("No  data", None),
    ],
)  # fmt: skip
def test_every_number_is_what_it_says_and_nothing_is_never_nought(cell: object, value: object) -> None:
    read = written.number(cell).value
    assert (read, type(read)) == ((None, type(None)) if value is None else (Decimal(value), Decimal))


@pytest.mark.parametrize(
    "cell",
    [
        "1_000", "१२", "１２", "1e3", "nan", "inf", "Infinity", "0x10", "1.234,5", "1,20", "12,34,567", "1 204",
        "(12)", "£3",
        "12%", "1.12345678901", "1234567890123456", Decimal("1e15"), "twelve", "12.", ".5", "--3", "½", True, False,
        dt.date(2023, 4, 1), dt.datetime(2023, 4, 1), dt.time(1), Fault("#REF!"), Fault("#DIV/0!"), Fault("#N/A"),
    ],
)  # fmt: skip
def test_what_is_no_number_is_an_error(cell: object) -> None:
    with pytest.raises(written.Unread):
        written.number(cell)


def test_percent_is_read_where_the_measure_is_in_per_cent(t: Trust) -> None:
    checked = check(t, ("Measure", "Place", "Period", "Value"), ("Score", "Ward 7", "Apr-23", "95.5%"))
    assert found(checked) == [("score", "ward-7", APRIL, Decimal("95.5"), None)]
    assert "1 number had a percent sign, which was left off (row 2: 95.5%)." in checked.notes
    assert "is a percentage" in wrong(check(t, LONG, ("Falls", "Ward 7", "Apr-23", "5%", "800")))[0]


def test_a_row_a_number_with_names_however_they_are_written(t: Trust) -> None:
    checked = check(
        t, ("Indicator", "Ward", "Month", "Numerator", "Out of", "Comment"),
        ("Falls", "Ward 7", "Apr-23", "3", "800", "of no interest"),
        ("patient FALLS", "ward-8", "2023-04", "4", "1,204", None),
        ("falls", "WARD 7", "May 2023", "*", "", ""),
        (None, "", "  "),
    )  # fmt: skip
    assert found(checked) == [
        ("falls", "ward-7", APRIL, Decimal(3), Decimal(800)),
        ("falls", "ward-8", APRIL, Decimal(4), Decimal(1204)),
        ("falls", "ward-7", MAY, None, None),
    ]
    assert checked.rows[0].raw == "Ward 7 | Falls | Apr-23 | 3 | 800"
    assert "Columns that were not read: Comment." in checked.notes
    assert any("1 row says that there is no data" in note for note in checked.notes)


def test_the_names_of_the_shipped_definition_are_known_too(t: Trust) -> None:
    from holdgood.measures import definitions

    shipped = next(each for each in definitions.load().values() if each.aliases and not each.denominator)
    defining.adopt(by=SETTING_UP, at=AT, trust=t.trust, definitions=[shipped])
    known = Known(actor(t.analyst), t.trust)
    assert {known.measure(name, t.ward7).slug for name in shipped.names} == {shipped.slug}


def test_places_are_found_by_their_ods_code(t: Trust) -> None:
    rows = ("Falls", "rzz", "Apr-23", "3", "800")
    assert found(check(t, LONG, rows))[0][1] == "fenmoor-nhs-trust"


def test_what_the_columns_do_not_say_is_said_beside_the_file(t: Trust) -> None:
    checked = check(t, ("Month", "Falls", "Bed days"), ("Apr-23", "3", "800"), measure=t.falls, place=t.ward7)
    assert found(checked) == [("falls", "ward-7", APRIL, Decimal(3), Decimal(800))]
    assert [each.split(".")[0] for each in wrong(check(t, ("Value",), ("3",)))] == [
        "No column says which period a number is of",
        "No column says which place a number is of",
        "No column says what was measured",
    ]


def test_a_column_for_each_month(t: Trust) -> None:
    checked = check(
        t, ("Ward", "Apr-23", dt.datetime(2023, 5, 1), "Total"), ("Ward 7", "91", Decimal("92.5"), "183"),
        ("Ward 8", "-", "90"), measure=t.score,
    )  # fmt: skip
    assert found(checked) == [
        ("score", "ward-7", APRIL, Decimal(91), None), ("score", "ward-7", MAY, Decimal("92.5"), None),
        ("score", "ward-8", APRIL, None, None), ("score", "ward-8", MAY, Decimal(90), None),
    ]  # fmt: skip
    assert checked.rows[1].raw == "2023-05-01 | Ward 7 | 92.5"


def test_a_column_for_each_measure_and_for_each_place(t: Trust) -> None:
    by_measure = check(t, ("Place", "Month", "Score"), ("Ward 7", "Apr-23", "91"))
    by_place = check(t, (None, "Ward 7", "ward-8"), ("Apr-23", "91", "92"), ("May-23", "93", "94"), measure=t.score)
    assert found(by_measure) == [("score", "ward-7", APRIL, Decimal(91), None)]
    assert [row[1:4] for row in found(by_place)][:2] == [
        ("ward-7", APRIL, Decimal(91)), ("ward-8", APRIL, Decimal(92)),
    ]  # fmt: skip


def test_a_column_whose_title_is_misspelt_is_not_passed_over(t: Trust) -> None:
    checked = check(t, ("Ward", "Apr-23", "Mai-23"), ("Ward 7", "91", "92"), measure=t.score)
    assert wrong(checked) == [
        "Row 1, Mai-23: Column C, “Mai-23” is not a period. Correct its title, or take it out."
    ]  # fmt: skip


def test_a_rate_needs_what_it_is_out_of_and_is_told_so_once(t: Trust) -> None:
    checked = check(t, ("Ward", "Apr-23", "May-23"), ("Ward 7", "9", "8"), ("Ward 8", "9", "8"), measure=t.falls)
    assert wrong(checked) == ["Falls is out of Bed days. Add a column “Denominator”, and a row for each number."]


def test_titles_that_mean_nothing_are_listed(t: Trust) -> None:
    checked = check(t, ("Alpha", "Beta"), ("x", "y"), measure=t.score, place=t.ward7)
    assert "Row 1 has the titles “Alpha”, “Beta”." in wrong(checked)[0]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("Fals", "Ward 7", "Apr-23", "3", "800"), "Row 2, Measure: There is no measure “Fals” in the catalogue. Did"),
        (("Falls", "Ward 77", "Apr-23", "3", "800"), "Row 2, Place: There is no place “Ward 77” in Fenmoor NHS Trust"),
        (("Falls", "", "Apr-23", "3", "800"), "Row 2, Place: There is no place."),
        (("", "Ward 7", "Apr-23", "3", "800"), "Row 2, Measure: There is no measure."),
        (("Falls", "Ward 7", "31/02/2026", "3", "800"), "Row 2, Period: There is no date “31/02/2026”"),
        (("Falls", "Ward 7", "May 2031", "3", "800"), "Row 2, Period: May 2031 has not begun"),
        (("Falls", "Ward 7", "Apr-23", "3.5", "800"), "Row 2, Falls: 3.5 is not a whole number"),
        (("Falls", "Ward 7", "Apr-23", "3", ""), "Row 2, Bed days: Fill in what it is out of"),
        (("Falls", "Ward 7", "Apr-23", "3", "0"), "Row 2, Bed days: Out of 0 there cannot be 3"),
        (("Falls", "Ward 7", "Apr-23", Fault("#REF!"), "800"), "Row 2, Falls: #REF! is an error of the spreadsheet"),
        (("Falls", "Ward 7", "Apr-23", True, "800"), "Row 2, Falls: TRUE is a yes or no"),
        (("Falls", "Ward 7", "Apr-23", dt.date(2023, 4, 3), "800"), "Row 2, Falls: 2023-04-03 is a date"),
        (("Score", "Ward 7", "Apr-23", "101", ""), "Row 2, Falls: That makes 101, more than 100"),
    ],
)  # fmt: skip
def test_a_mistake_says_where_what_and_what_to_do(t: Trust, row: tuple, said: str) -> None:
    checked = check(t, LONG, row, ("Falls", "Ward 8", "Apr-23", "3", "800"))
    (sentence,) = wrong(checked)
    assert sentence.startswith(said)
    assert sentence.endswith(".")


def test_every_mistake_is_listed_with_the_row_as_it_stood(t: Trust) -> None:
    checked = check(t, LONG, *[("Falls", "Ward 7", "x", str(n), "800") for n in range(300)])
    assert (checked.wrong, len(checked.mistakes)) == (300, 200)
    assert checked.mistakes[0].raw == "Ward 7 | Falls | x | 0 | 800"


def test_unknown_and_unseen_are_the_same_sentence(t: Trust) -> None:
    unseen, unknown = (
        wrong(check(t, LONG, ("Falls", name, "Apr-23", "3", "800")))[0].replace(name, "…")
        for name in ("Elm Ward", "Oak Ward")
    )
    assert unseen == unknown


def test_a_name_of_two_places_asks_for_the_code(t: Trust) -> None:
    place("Ward 7", "ward", t.surgery)
    (sentence,) = wrong(check(t, LONG, ("Falls", "Ward 7", "Apr-23", "3", "800")))
    assert "2 places are called “Ward 7”" in sentence
    assert "surgery-ward-7 (in Surgery) or ward-7 (in Medicine)" in sentence
    for code in ("surgery-ward-7", "ward-7"):
        assert found(check(t, LONG, ("Falls", code, "Apr-23", "3", "800")))[0][1] == code


def test_the_same_period_twice_is_a_mistake(t: Trust) -> None:
    rows = [("Falls", "Ward 7", "Apr-23", "3", "800"), ("Falls", "Ward 7", "30/04/2023", "3", "800")]
    assert wrong(check(t, LONG, *rows)) == [
        "Row 3: Falls of Ward 7 for April 2023 stands in row 2 already. Leave one of them out."
    ]


def test_what_was_decided_about_dates_is_said_once(t: Trust) -> None:
    checked = check(
        t, LONG, ("Falls", "Ward 7", "03/04/2026", "3", "800"), ("Falls", "Ward 7", "15/03/2026", "3", "800"),
        ("Falls", "Ward 8", "03/04/2026", "3", "800"),
    )  # fmt: skip
    assert checked.notes == [
        "Dates were read as day, month, year: 03/04/2026 is 3 April 2026.",
        "2 dates did not name a period by its first day: 03/04/2026 was taken as April 2026.",
    ]


def test_empty_cells_of_months_to_come_are_left_out(t: Trust) -> None:
    checked = check(t, ("Ward", "Apr-26", "May-26"), ("Ward 7", "9", ""), measure=t.score)
    assert [row[2] for row in found(checked)] == [dt.date(2026, 4, 1)]
    assert "Empty cells of periods that have not begun were left out: 1." in checked.notes


def test_a_file_without_any_number_is_not_taken(t: Trust) -> None:
    assert "No row has a number" in wrong(check(t, LONG, ("Falls", "Ward 7", "Apr-23", "", "")))[0]


def test_ten_times_the_last_known_value_is_asked_not_refused(t: Trust) -> None:
    add(t.falls, t.ward7, [4])
    checked = check(
        t, LONG, ("Falls", "Ward 7", "May 2023", "40", "800"), ("Falls", "Ward 7", "June 2023", "41", "800")
    )
    assert checked.wrong == 0
    assert checked.questions == [
        "Row 2: Falls of Ward 7 is 50.0 for May 2023, ten times or more the 5.0 of April 2023. Is that right?"
    ]


def test_shares_of_one_for_a_measure_in_per_cent_are_asked_about(t: Trust) -> None:
    checked = check(t, ("Month", "Score"), ("Apr-23", "0.91"), ("May-23", "0.93"), measure=t.score, place=t.ward7)
    assert "every number is 1 or less" in checked.questions[0]


def test_a_place_that_closed_before_is_asked_about(t: Trust) -> None:
    tree.close(by=SETTING_UP, at=AT, place=t.ward8, version=t.ward8.version, on=dt.date(2023, 1, 1))
    checked = check(t, LONG, ("Falls", "Ward 8", "Apr-23", "3", "800"))
    assert checked.questions == ["Row 2: Ward 8 closed on 1 January 2023. Is the period right?"]


def test_nhs_numbers_are_not_taken(t: Trust) -> None:
    header = (*LONG, "Who")
    (sentence,) = wrong(check(t, header, ("Falls", "Ward 7", "Apr-23", "3", "800", "943 476 5919")))
    assert sentence.startswith("Column F (“Who”) looks like NHS numbers.")


def test_rows_of_another_place_than_one_may_import_at_are_unknown(t: Trust) -> None:
    only_ward8 = give(person("Una"), "analyst", t.ward8)
    (sentence,) = wrong(check(t, LONG, ("Falls", "Ward 7", "Apr-23", "3", "800"), who=only_ward8, area=t.ward8))
    assert "There is no place “Ward 7” in Ward 8" in sentence


def test_the_same_numbers_again_change_nothing_and_a_correction_only_what_differs(t: Trust) -> None:
    rows = [("Falls", "Ward 7", "Apr-23", "3", "800"), ("Falls", "Ward 8", "Apr-23", "4", "800")]
    first = check(t, LONG, *rows)
    by = actor(t.analyst)
    staged = counting.stage(
        by=by, at=AT, place=t.trust, rows=first.rows, file="f.csv", digest=first.digest, report=first.report
    )
    counting.commit(by=by, at=AT, batch=staged, version=staged.version)
    again = check(t, ("Ward", "Measure", "Falls", "Month", "Bed days"), ("ward-8", "falls", "4.0", "2023-04", "800"),
                  ("ward-7", "falls", "3", "April 2023", "800"))  # fmt: skip
    assert again.digest == first.digest
    difference = counting.difference(again.rows)
    assert (len(difference.new), len(difference.changed), len(difference.same)) == (0, 0, 2)
    corrected = check(t, LONG, rows[0], ("Falls", "Ward 8", "Apr-23", "5", "800"))
    difference = counting.difference(corrected.rows)
    assert corrected.digest != first.digest
    assert [(row.numerator, was.numerator) for row, was in difference.changed] == [(Decimal(5), Decimal(4))]
    assert Observation.objects.known().count() == 2


def test_a_system_brings_the_numbers_of_its_trusts(t: Trust) -> None:
    system = place("Fens", "system")
    trust = place("Marsh NHS Trust", "trust", system, ods="RXX")
    measure(trust, numerator="Falls", denominator="Bed days")
    analyst = give(person("Pat"), "analyst", system)
    checked = check(t, LONG, ("Falls", "RXX", "Apr-23", "3", "800"), who=analyst, area=system)
    assert found(checked)[0][1] == "marsh-nhs-trust"
