"""Workbooks of every kind and Parquet through the one door by which files come in."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from holdgood import sheets
from holdgood.measures import importing
from holdgood.measures.forms_importing import NAMES
from holdgood.measures.importing import Wanted
from holdgood.measures.known import Known
from holdgood.measures.tests.factories import measure
from holdgood.places.tests.factories import Trust, actor, give, person

pytestmark = pytest.mark.django_db
FILES = Path(sheets.__file__).parent / "tests" / "files"


@pytest.fixture
def wanted() -> Wanted:
    t = Trust()
    score = measure(t.trust, "score", name="Score of the survey", short="Score", denominator="", unit="%", per=1,
                    chart="xmr", adds_up="none", whole=False, maximum=Decimal(100))  # fmt: skip
    by = actor(give(person("Sam"), "analyst", t.trust))
    return Wanted(Known(by, t.trust), by.on, "Data", score)


@pytest.mark.parametrize("name", ["wards.xls", "wards.xlsb", "wards.ods"])
def test_a_workbook_of_another_kind_is_rows_like_any(wanted: Wanted, name: str) -> None:
    checked = importing.check_file((FILES / name).read_bytes(), name, wanted)
    assert [str(each) for each in checked.mistakes] == []
    assert [(row.period, row.numerator) for row in checked.rows] == [
        (dt.date(2023, 4, 1), Decimal("0.3")), (dt.date(2023, 5, 1), Decimal(12)),
    ]  # fmt: skip
    assert (checked.sheet, checked.rows[0].row) == ("Data", 4)


def test_a_row_of_parquet_without_its_month_is_named_by_its_number(wanted: Wanted) -> None:
    checked = importing.check_file((FILES / "wards.parquet").read_bytes(), "wards.parquet", wanted)
    assert [str(each) for each in checked.mistakes] == [
        "Row 3, Date: There is no month. Write one, such as April 2023."
    ]


def test_the_form_takes_what_is_read() -> None:
    assert {Path(each).suffix for each in FILES.iterdir()} <= set(NAMES)
