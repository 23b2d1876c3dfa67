"""Tables as they were published: the suggestion, figures read from the files by other means, and the files' totals."""

import datetime as dt
import io
from decimal import Decimal
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as parquet
import pytest

from holdgood import sheets
from holdgood.measures import mapping
from holdgood.measures.mapping import Mapped
from holdgood.measures.mapping.tests.factories import measure
from holdgood.measures.mapping.tests.published import CATALOGUE, chosen, grid, mapped, suggested

FEBRUARY = "February-2025-AE-by-provider-WLBzp-revised.xls"
JUNE = "June-2025-AE-by-provider.xlsx"
CANCER = "APRIL-2025-CWT-CRS-PROVIDER-WORKBOOK-PROVISIONAL.xlsx"
RTT = "20260430-RTT-April-2026-full-extract_subset.csv"
ONS = "2019Mortality.xls"
NATIONALITY = "EU_and_UK_nationals_by_staff_group_and_organisation__September_2016.xlsx"


class Case(NamedTuple):
    """A file, a measure and a period; two organisations' figures; the total that the file, or a sum of it, has."""

    file: str
    sheet: str
    measure: str
    first: dt.date
    figures: dict[str, tuple[str | None, str | None]]
    total: tuple[str, str | None]
    said: dict[str, str] = {}


APRIL_24, APRIL_25 = dt.date(2024, 4, 1), dt.date(2025, 4, 1)
CASES = [
    Case(FEBRUARY, "Provider Level Data", "ae-four-hours", dt.date(2025, 2, 1),
         {"RGT": ("10627", "15452"), "RC9": ("17201", "23687")}, ("1533925", "2088071")),
    Case(FEBRUARY, "Provider Level Data", "ae-four-hours-type-1", dt.date(2025, 2, 1),
         {"RGT": ("5149", "9923"), "RC9": ("8202", "14688")}, ("741834", "1271336")),
    Case("April-2020-AE-by-provider-revised-260421-M70yN.xls", "Provider Level Data", "ae-four-hours",
         dt.date(2020, 4, 1), {"RGT": (None, "6129"), "RC9": (None, "9407")}, ("739471", "916575")),
    Case(JUNE, "Provider Level Data", "ae-four-hours", dt.date(2025, 6, 1),
         {"RGT": ("12943", "17542"), "RC9": ("18512", "25273")}, ("1775669", "2350478")),
    Case(JUNE, "Provider Level Data", "ae-twelve-hours-from-decision", dt.date(2025, 6, 1),
         {"RGT": ("236", None), "RWH": ("23", None)}, ("38683", None)),
    Case(JUNE, "Provider Level Data", "emergency-admissions", dt.date(2025, 6, 1),
         {"RGT": ("3430", None), "RWH": ("3065", None)}, ("536896", None)),
    Case("Monthly-AE-April-2024-revised.csv", "", "ae-four-hours", APRIL_24,
         {"RXR": ("17939", "22373"), "RGT": ("11203", "16827")}, ("1668983", "2240668")),
    Case("Monthly-AE-April-2024-revised.csv", "", "emergency-admissions", APRIL_24,
         {"RXR": ("5205", None), "RGT": ("3253", None)}, ("544113", None)),
    Case("nhs_sickness_absence_2024-04.csv", "", "sickness-absence", APRIL_24,
         {"RXR": ("15805.8245", "279006.39442"), "RGT": ("14469.67833", "363513.88829")},
         ("2067858.27142", "43405896.431870")),
    Case(CANCER, "28-DAY FDS (ALL ROUTES)", "cancer-28-day-diagnosis", APRIL_25,
         {"RGT": ("2005", "2507"), "RXR": ("1619", "2101")}, ("209566", "273167")),
    Case(CANCER, "31-DAY (ALL CANCER)", "cancer-31-day-treatment", APRIL_25,
         {"RGT": ("719", "835"), "RXR": ("386", "407")}, ("50223", "55011")),
    Case(CANCER, "62-DAY (ALL CANCER)", "cancer-62-day-treatment", APRIL_25,
         {"RGT": ("193", "265"), "RXR": ("171.5", "218")}, ("19102", "27347")),
    Case("202122Q4.xlsx", "Engagement Score Breakdown", "pulse-engagement", dt.date(2022, 1, 1),
         {"RGT": ("6.923094", "4086"), "RXR": ("6.421053", "95")}, ("", "120566")),
    Case("master-quarterly-trust.csv", "", "cancelled-not-treated-28-days", dt.date(2018, 4, 1),
         {"RGT": ("26", "187"), "RXR": ("1", "172")}, ("", None)),
    Case("england_trust_accidents_emergency.csv", "", "ae-four-hours", dt.date(2025, 7, 1),
         {"RGT": ("13097", "17662"), "RXR": ("20747", "26164")}, ("", None)),
    Case("england_trust_accidents_emergency.csv", "", "ae-four-hours", dt.date(2021, 4, 1),
         {"RGT": (None, "12525"), "RXR": ("13946", "16425")}, ("", None)),
    Case("england_critical_general_acute_beds.csv", "", "bed-occupancy", dt.date(2022, 4, 1),
         {"RGT": ("915", "982"), "RXR": ("666", "722")}, ("90757", None)),
    Case(RTT, "", "rtt-18-weeks", dt.date(2026, 4, 1),
         {"RGT": ("37901", "59754"), "RXR": ("33446", "47354"), "RP7": ("9", "10")}, ("", None)),
    Case(RTT, "", "rtt-over-52-weeks", dt.date(2026, 4, 1), {"RGT": ("940", None), "RXR": ("309", None)}, ("", None)),
    Case("england_referral_treatment_waiting_times.csv", "", "rtt-18-weeks", dt.date(2022, 5, 1),
         {"RGT": ("32948", "55097"), "RXR": ("28987", "39593")}, ("", "6078051"), {"told": "May 2022"}),
    Case("england_rtt_overview.csv", "", "rtt-waiting-list", dt.date(2024, 5, 1), {"ENG": ("7603812", None)},
         ("7603812", None), {"place": "ENG"}),
    Case("ae_attendances.csv", "", "ae-four-hours", dt.date(2017, 3, 1),
         {"RGT": ("12238", "13006"), "RXR": ("13844", "16807")}, ("1814442", "2015834")),
    Case("shmi-2013-april.csv", "", "shmi", dt.date(2013, 4, 1), {"RGT": ("0.8267", None), "RXR": ("1.1384", None)},
         ("", None)),
]  # fmt: skip


def figures(found: Mapped, measure: str, first: dt.date) -> dict[str, tuple[Decimal | None, Decimal | None]]:
    return {
        row.place: (row.numerator, row.denominator)
        for row in found.rows
        if (row.measure, row.first) == (measure, first)
    }


def number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.file[:24]}, {case.measure}")
def test_a_published_table_is_read_as_it_says(case: Case) -> None:
    found = mapped(case.file, case.sheet, **case.said)
    assert [str(each) for each in found.mistakes] == []
    of = figures(found, case.measure, case.first)
    assert {place: of[place] for place in case.figures} == {
        place: (number(above), number(below)) for place, (above, below) in case.figures.items()
    }
    for at, total in enumerate(case.total):
        if total:
            summed = sum((pair[at] for pair in of.values() if pair[at] is not None), Decimal(0))
            assert abs(summed - Decimal(total)) < Decimal("0.001")


@pytest.mark.parametrize(
    ("file", "sheet"),
    [(FEBRUARY, "Provider Level Data"), (JUNE, "Provider Level Data"), (CANCER, "28-DAY FDS (ALL ROUTES)"),
     ("202122Q4.xlsx", "Engagement Score Breakdown")],
)  # fmt: skip
def test_the_sheet_is_chosen_for_its_trusts_and_measures(file: str, sheet: str) -> None:
    assert chosen(file) == sheet


@pytest.mark.parametrize(
    ("file", "sheet", "said"),
    [
        (FEBRUARY, "Provider Level Data", "9 totals agree with the sum of the rows: row 17, England, 1,533,925 of"),
        ("Monthly-AE-April-2024-revised.csv", "", "9 totals agree with the sum of the rows: row 199, Total, 1,668,983"),
        (CANCER, "28-DAY FDS (ALL ROUTES)", "row 148, ALL ENGLISH PROVIDERS, 209,566 of cancer-28-day-diagnosis"),
        ("202122Q4.xlsx", "Engagement Score Breakdown", "row 9, England, 120,614 of pulse-engagement"),
    ],
)
def test_totals_are_set_aside_and_agree(file: str, sheet: str, said: str) -> None:
    found = mapped(file, sheet)
    assert any(said in note for note in found.notes)
    assert found.questions == []
    assert not {row.place for row in found.rows} & {"", "-", "England", "Total"}


def test_regions_among_trusts_are_totals_of_the_rows_below_them() -> None:
    """The file says itself that headcounts need not add up: some people work in two roles."""
    staff = measure("eu-staff", "Staff with an EU nationality", numerator="EU All staff")
    found = mapped(NATIONALITY, "final", (staff,))
    of = figures(found, "eu-staff", dt.date(2016, 9, 1))
    assert (of["RGT"][0], of["RXR"][0], len(of)) == (Decimal(1018), Decimal(146), 435)
    assert (found.totals[0].label, found.totals[0].numerator, len(found.totals)) == ("England", Decimal(59796), 14)
    assert found.questions[0] == (
        "Row 6, England: 59,796 of eu-staff was found, and its 435 rows add up to 59,945. Look whether rows are "
        "missing, or are there twice."
    )
    assert any("row 161, Health Education Thames Valley, 2,938 of eu-staff" in note for note in found.notes)


def test_weeks_across_the_heads_are_read_row_by_row() -> None:
    ages = ["Under 1 year", "01-14", "15-44", "45-64", "65-74", "75-84", "85+"]
    deaths = measure("deaths", "Deaths registered", numerator="Total deaths, all ages", granularity="week")
    found = mapped(ONS, "Weekly figures 2019", (deaths,), place="K04000001")
    weeks = {row.first: row.numerator for row in found.rows}
    assert (weeks[dt.date(2018, 12, 31)], weeks[dt.date(2019, 1, 7)], len(weeks)) == (
        Decimal(10955),
        Decimal(12609),
        52,
    )
    assert sum(weeks.values()) == Decimal(527234) == sum([2567, 934, 14714, 63195, 87492, 149651, 208681], Decimal(0))
    assert len(ages) == 7
    assert found.rows[0].period == "2019-01-04"


def test_a_percentage_alone_is_not_taken_for_a_measure_that_is_counted() -> None:
    found = suggested("Monthly-Rolling-Totals.xlsx", "IP")
    assert found.mapping is None
    assert any(
        reason.startswith("“Monthly total percentage positive” is a percentage.") and "not taken" in reason
        for reason in found.reasons
    )


def test_quarters_are_not_taken_for_a_measure_that_is_counted_by_month() -> None:
    found = suggested("master-quarterly-trust.csv")
    assert [value.measure for value in found.mapping.values] == ["cancelled-not-treated-28-days"]
    assert any("Bed occupancy: it is counted by month, and each row is of a quarter" in each for each in found.reasons)


def test_six_empty_columns_at_the_end_and_one_called_a_are_nothing() -> None:
    found = mapped("Monthly-AE-September-2024.csv")
    assert found.mistakes == found.questions == []
    assert len(found.rows) == 6 * 197


@pytest.mark.parametrize(
    ("made_of", "used_on", "first", "total"),
    [
        ("April-2020-AE-by-provider-revised-260421-M70yN.xls", FEBRUARY, dt.date(2025, 2, 1), 2088071),
        (FEBRUARY, JUNE, dt.date(2025, 6, 1), 2350478),
        (JUNE, "April-2020-AE-by-provider-revised-260421-M70yN.xls", dt.date(2020, 4, 1), 916575),
    ],
)
def test_a_mapping_of_one_year_reads_another(made_of: str, used_on: str, first: dt.date, total: int) -> None:
    sheet = "Provider Level Data"
    made = mapping.from_dict(mapping.to_dict(suggested(made_of, sheet).mapping))
    assert mapping.changed(made, grid(used_on, sheet)).usable
    found = mapping.apply(grid(used_on, sheet), made)
    assert found.mistakes == found.questions == []
    assert sum(pair[0] for pair in figures(found, "ae-attendances", first).values()) == total


def test_new_columns_of_a_later_month_are_said() -> None:
    made = suggested("Monthly-AE-April-2024-revised.csv").mapping
    assert mapping.changed(made, grid("Monthly-AE-September-2024.csv")) == (["New, and not read: “a”."], True)


@pytest.mark.parametrize("kind", ["parquet", "pasted"])
def test_the_same_numbers_come_out_of_parquet_and_of_pasted_cells(kind: str) -> None:
    rows = [row.cells for row in grid("Monthly-AE-April-2024-revised.csv").rows]
    if kind == "pasted":
        again = sheets.grid("\n".join("\t".join(map(str, row)) for row in rows).encode(), sheets.PASTED)
    else:
        kept = io.BytesIO()
        columns = {head: [row[at] for row in rows[1:]] for at, head in enumerate(rows[0])}
        parquet.write_table(pa.table(columns), kept)
        again = sheets.grid(kept.getvalue(), "april.parquet")
    found = mapping.apply(again, mapping.suggest(again, CATALOGUE).mapping)
    before = mapped("Monthly-AE-April-2024-revised.csv")
    assert [(row.measure, row.place, row.numerator) for row in found.rows] == [
        (row.measure, row.place, row.numerator) for row in before.rows
    ]


def test_parts_by_commissioner_add_up_to_what_the_specialties_add_up_to() -> None:
    by_specialty = {"RGT": 59754, "RXR": 47354, "RP7": 10}  # of all but C_999, read by another program
    of = figures(mapped(RTT), "rtt-waiting-list", dt.date(2026, 4, 1))
    assert {place: of[place][0] for place in by_specialty} == by_specialty
