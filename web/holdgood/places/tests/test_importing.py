"""Places from a file, and trusts from the national list."""

import datetime as dt
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from holdgood import sheets
from holdgood.places import importing, organisations
from holdgood.places.models import Place
from holdgood.places.tests.factories import AT, SETTING_UP, Trust, actor, place
from holdgood.sheets.table import Row, Table
from holdgood.trail.models import Entry

pytestmark = pytest.mark.django_db
LISTS = Path(__file__).with_name("organisations")
HEADER = ("Name", "Kind", "Parent", "Code", "ODS", "Beds", "Staff", "Remote", "Open at night", "Opened")
ON = dt.date(2026, 4, 21)


@pytest.fixture
def t():
    return Trust()


def plan(t: Trust, *rows: tuple, header: tuple = HEADER) -> importing.Plan:
    table = Table("wards.csv", (), "", header, 1, [Row(number, cells) for number, cells in enumerate(rows, 2)])
    codes = Place.objects.values_list("code", flat=True)
    return importing.plan(table, t.trust, list(Place.objects.within(t.trust)), codes, ON)


def carry_out(t: Trust, made: importing.Plan) -> int:
    by = actor(t.administrator)
    return importing.open_planned(by=by, at=AT, made=made, into=t.trust, file="wards.csv")


def test_a_row_a_place_whatever_the_order_of_rows(t) -> None:
    made = plan(
        t,
        ("9A", "team", "Ward 9"),
        ("Ward 9", "Ward", "medicine", "", "RZZ09", "24", "31", "yes", "no", "1 April 2024"),
        ("Cancer", "division", ""),
        ("Ward 7", "ward", "Cancer"),
    )
    assert made.mistakes == []
    assert carry_out(t, made) == 4
    ward = Place.objects.get(code="ward-9")
    assert (ward.parent, ward.ods, ward.beds, ward.staff, ward.remote, ward.open_at_night) == (
        t.medicine, "RZZ09", 24, 31, True, False,
    )  # fmt: skip
    assert ward.opened_on == dt.date(2024, 4, 1)
    team = Place.objects.get(code="9a")
    assert (team.parent, team.root, team.opened_on) == (ward, t.trust, dt.date(2026, 4, 1))
    assert Place.objects.get(code="cancer-ward-7").parent.code == "cancer"
    assert Entry.objects.filter(event="place.places.opened").count() == 1


def test_the_same_file_again_opens_nothing(t) -> None:
    rows = [("Ward 9", "ward", "Medicine"), ("9A", "team", "Ward 9")]
    carry_out(t, plan(t, *rows))
    again = plan(t, *rows)
    assert (again.new, len(again.there), again.notes, again.mistakes) == ([], 2, [], [])
    assert carry_out(t, again) == 0


def test_what_is_there_already_stays_and_the_difference_is_told(t) -> None:
    made = plan(t, ("Ward 7", "ward", "Medicine", "", "", "30"))
    assert made.new == []
    (note,) = made.notes
    assert note.startswith("Row 2: Ward 7 is there already, with different beds. It was left as it is: change it on")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("", "ward"), "the name has 0 characters"),
        (("x" * 121, "ward"), "the name has 121 characters"),
        (("Ward 9", "wardd"), "kind is “wardd”, expected one of system, trust, division"),
        (("Ward 9", "ward", "Medcine"), "there is no place “Medcine” in Fenmoor NHS Trust or in this file"),
        (("Ward 9", "ward", "Elm Ward"), "there is no place “Elm Ward”"),
        (("Ward 9", "ward", "Ward 7"), "A ward cannot lie in a ward"),
        (("Ward 9", "ward", "Medicine", "Ward 9"), "code is “Ward 9”, expected small letters"),
        (("Ward 9", "ward", "Medicine", "elm-ward"), "the code elm-ward is another place's already"),
        (("Ward 9", "ward", "Medicine", "", "R" * 11), "ods is"),
        (("Ward 9", "ward", "Medicine", "", "", "many"), "beds is “many”, expected a whole number"),
        (("Ward 9", "ward", "Medicine", "", "", "२"), "beds is “२”"),
        (("Ward 9", "ward", "Medicine", "", "", "", "", "perhaps"), "remote is “perhaps”, expected yes or no"),
        (("Ward 9", "ward", "Medicine", "", "", "", "", "", "", "31/02/2024"), "opened: There is no date"),
        (("Ward 9", "ward", "Medicine", "", "", "", "", "", "", "1 May 2026"), "opened is 1 May 2026, which is in the"),
        (("Ward 9", "ward", "Medicine", "", "", sheets.Fault("#REF!")), "beds is #REF!, an error of the spreadsheet"),
        (("Ward 9", "ward", "Ward 9"), "A ward cannot lie|there is no place"),
    ],
)
def test_a_mistake_says_the_row_and_what_to_do(t, row: tuple, said: str) -> None:
    made = plan(t, row, ("Ward 10", "ward", "Medicine"))
    assert len(made.mistakes) == 1
    assert made.mistakes[0].startswith("Row 2: ")
    assert any(each in made.mistakes[0] for each in said.split("|"))
    with pytest.raises(importing.tree.UnableToPlace):
        carry_out(t, made)
    assert not Place.objects.filter(name="Ward 10").exists()


def test_two_rows_of_one_place_and_circles_are_mistakes(t) -> None:
    twice = plan(t, ("Ward 9", "ward", "Medicine"), ("Ward 9", "ward", "Medicine"))
    circle = plan(t, ("A", "division", "B"), ("B", "division", "A"))
    assert twice.mistakes == ["Row 3: Ward 9 stands in the file twice. Leave one of the rows out."]
    assert circle.mistakes[0] == "Row 2: A lies in “B”, and that in it. Correct one of them."


def test_a_file_without_the_columns_or_rows_is_told(t) -> None:
    assert plan(t, ("x",), header=("Beds",)).mistakes == ["Row 1: there is no column name and kind. Add it."]
    assert "has no rows" in plan(t).mistakes[0]


def read(name: str) -> list[organisations.Organisation]:
    found, mistakes = organisations.read(sheets.read(LISTS / name, name, header=0).rows)
    assert mistakes == []
    return found


def plan_list(name: str, on: dt.date = ON, changes: bool = True) -> organisations.Plan:
    became, mistakes = organisations.read_changes(sheets.read(LISTS / "changes.csv", "changes.csv").rows)
    assert mistakes == []
    existing = list(Place.objects.all())
    codes = {each.code for each in existing}
    return organisations.plan(read(name), existing, codes, on, became if changes else None)


def bring(name: str) -> organisations.Plan:
    made = plan_list(name)
    organisations.carry_out(by=SETTING_UP, at=AT, made=made, file=name)
    return made


def test_the_national_list_makes_systems_and_the_trusts_in_them() -> None:
    bring("etr-2022.csv")
    trust = Place.objects.get(ods="R0A")
    assert (trust.code, trust.name, trust.kind) == ("r0a", "Manchester University NHS Foundation Trust", "trust")
    assert (trust.opened_on, trust.root, trust.parent.ods) == (dt.date(2017, 10, 1), trust, "QOP")
    assert trust.parent.kind == "system"
    assert trust.parent.opened_on <= trust.opened_on


def test_trusts_that_merged_are_closed_into_the_one_that_they_became() -> None:
    made = bring("etr-2022.csv")
    poole, pennine = Place.objects.get(ods="RD3"), Place.objects.get(ods="RW6")
    assert (poole.closed_on, poole.merged_into.ods) == (dt.date(2020, 10, 1), "R0D")
    assert (pennine.closed_on, pennine.merged_into) == (dt.date(2021, 10, 1), None)  # it was divided between two
    assert any("merged into neither" in note for note in made.notes)


def test_without_the_list_of_successors_trusts_close_on_their_day() -> None:
    made = plan_list("etr-2022.csv", changes=False)
    assert {(each.place.ods, each.on, each.into) for each in made.closing} == {
        ("RD3", dt.date(2020, 10, 1), None), ("RW6", dt.date(2021, 10, 1), None), ("RXH", dt.date(2021, 4, 1), None),
    }  # fmt: skip


def test_the_same_list_again_changes_nothing_and_a_later_one_what_differs() -> None:
    bring("etr-2022.csv")
    again = plan_list("etr-2022.csv")
    assert (again.opened, again.renamed, again.closing) == ([], [], [])
    before = Place.objects.count()
    later = bring("etr-2025.csv")
    assert {each.place.ods for each in later.closing} == {"R1C"}
    assert [(place.ods, name) for place, name in later.renamed] == [
        ("RAX", "Kingston and Richmond NHS Foundation Trust")
    ]
    assert any("RXK) lies in another system than QHL here. It was left." in note for note in later.notes)
    assert {each.ods for each in later.opened} == {"R1C", "QRL"}
    assert Place.objects.count() == before + 2
    third = plan_list("etr-2025.csv")
    assert (third.opened, third.renamed, third.closing) == ([], [], [])


def test_a_trust_with_open_wards_is_not_closed_by_a_list() -> None:
    bring("etr-2025.csv")
    trust = Place.objects.get(ods="RM3")
    place("Ward 1", "ward", trust)
    listed = [each for each in read("etr-2025.csv") if each.code != "RM3"]
    gone = organisations.Organisation("RM3", trust.name, "QOP", trust.opened_on, dt.date(2025, 12, 31))
    made = organisations.plan([*listed, gone], list(Place.objects.all()), set(), ON)
    assert made.closing == []
    assert "has open places in it" in made.notes[-1]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("r0a", "X", "", "QOP", *[""] * 6, "20170401"), "“r0a” is no code"),
        (("R0A", "", "", "QOP", *[""] * 6, "20170401"), "the name has 0 characters"),
        (("R0A", "X", "", "QOP", *[""] * 6, "20171301"), "the day it opened (column 11) is “20171301”"),
        (("R0A", "X", "", "QOP", *[""] * 6, "20170401", "20160101"), "it closed on 1 January 2016, before it opened"),
    ],
)
def test_a_row_that_is_no_organisation_is_a_mistake(row: tuple, said: str) -> None:
    _, mistakes = organisations.read([Row(7, row)])
    assert mistakes[0].startswith(f"Row 7: {said}")


@pytest.mark.parametrize(
    ("capitals", "name"),
    [
        ("UNIVERSITY HOSPITALS OF NORTH MIDLANDS NHS TRUST", "University Hospitals of North Midlands NHS Trust"),
        ("STOKE-ON-TRENT NHS TRUST", "Stoke-on-Trent NHS Trust"),
        ("THE ROYAL MARSDEN", "The Royal Marsden"),
        ("ST GEORGE'S", "St George's"),
    ],
)
def test_names_in_capitals_are_written_as_elsewhere(capitals: str, name: str) -> None:
    assert organisations.title(capitals) == name


@pytest.mark.usefixtures("t")
def test_the_command_opens_places_after_asking(tmp_path, capsys, monkeypatch) -> None:
    file = tmp_path / "wards.csv"
    file.write_text("Name,Kind,Parent\nWard 9,ward,Medicine\n")
    monkeypatch.setattr("builtins.input", lambda _: "")
    call_command("import", "places", str(file), "--into", "fenmoor-nhs-trust")
    assert not Place.objects.filter(name="Ward 9").exists()
    call_command("import", "places", str(file), "--into", "fenmoor-nhs-trust", "--yes")
    assert "1 place is open in Fenmoor NHS Trust." in capsys.readouterr().out
    assert Place.objects.get(name="Ward 9").parent.code == "medicine"
    file.write_text("Name,Kind,Parent\nWard 10,wrd,Medicine\n")
    with pytest.raises(CommandError, match=r"Row 2: kind is “wrd”(.|\n)*Nothing was brought in\."):
        call_command("import", "places", str(file), "--into", "fenmoor-nhs-trust", "--yes")


@pytest.mark.usefixtures("t")
def test_the_command_brings_the_national_list(capsys) -> None:
    listed, changes = str(LISTS / "etr-2022.csv"), str(LISTS / "changes.csv")
    call_command("import", "ods", listed, "--changes", changes, "--yes")
    assert "9 trusts are new" in capsys.readouterr().out
    with pytest.raises(CommandError, match="leave --as out"):
        call_command("import", "ods", listed, "--as", "amina@fenmoor.example")
