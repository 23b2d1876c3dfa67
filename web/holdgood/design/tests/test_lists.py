import csv
import io

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from openpyxl import load_workbook

from holdgood.design import exports, lists

pytestmark = pytest.mark.django_db


@pytest.fixture
def sessions():
    now = timezone.now()
    kinds = ["tea", "=1+1", "coffee"]
    made = [Session(session_key=f"k{i:03d}", session_data=kinds[i % 3], expire_date=now) for i in range(47)]
    Session.objects.bulk_create(made)


def page(client, query=""):
    response = client.get(f"/list/{query}")
    assert response.status_code == 200
    return response.content.decode()


def test_nothing_yet_says_what_would_be_here_and_the_first_step(client):
    shown = page(client)
    assert "When somebody signs in, their session is listed here." in shown
    assert "Sign somebody in" in shown
    assert "<table" not in shown


@pytest.mark.usefixtures("sessions")
def test_some_are_counted_and_paged(client):
    shown = page(client)
    assert "47 sessions" in shown
    assert "1 to 10 on this page" in shown
    assert shown.count('<th scope="row">') == 10
    assert 'href="/list/?page=5"' in shown


@pytest.mark.usefixtures("sessions")
def test_the_filter_says_what_it_left_out_and_nothing_left_offers_all(client):
    assert "16 of 47 sessions; 31 left out by the filter" in page(client, "?holds=tea")
    shown = page(client, "?words=zzz&sort=ends")
    assert "None of the 47 sessions fits the filter." in shown
    assert 'href="/list/?sort=ends"' in shown


@pytest.mark.usefixtures("sessions")
def test_headers_sort_both_ways_and_keep_the_filter(client):
    shown = page(client, "?holds=tea&sort=ends&page=2")
    assert 'aria-sort="ascending"' in shown
    assert 'href="/list/?holds=tea&amp;sort=-ends"' in shown
    assert "k045" in page(client, "?sort=-key").split("<tbody>")[1].split("</tr>")[1]


@pytest.mark.usefixtures("sessions")
def test_rows_that_tie_are_on_one_page_each_and_none_is_left_out(client):
    seen = []
    for number in range(1, 6):
        shown = page(client, f"?sort=ends&page={number}")
        seen += [part.split("<")[0] for part in shown.split('">k')[1:]]
    assert len(seen) == len(set(seen)) == 47


@pytest.mark.usefixtures("sessions")
@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?page=99", "There is no page 99; this is the last."),
        ("?page=-1", "“-1” is not a page, so the first is shown."),
        ("?page=१", "is not a page"),
        ("?page=9999999999999999999", "is not a page"),
        ("?sort=password", "There is no column “password” to sort by"),
        ("?holds=nonsense", "“nonsense” is not a choice for “Holds”, so it was left aside."),
        ("?words=" + "a" * 300, "Only the first 100 characters were searched for."),
        ("?words=%00", "47 sessions"),
        ("?format=exe", "47 sessions"),
        ("?sort=%ff&page=%ff&holds=%ff", "47 sessions"),
    ],
)
def test_what_the_address_asks_wrongly_is_answered_with_a_sentence(client, query, said):
    assert said in page(client, query)


@pytest.mark.usefixtures("sessions")
def test_markup_in_a_value_is_shown_and_not_obeyed(client):
    Session.objects.filter(session_key="k000").update(session_data="<script>alert(1)</script>")
    assert "&lt;script&gt;alert(1)" in page(client)


def test_queries_do_not_grow_with_rows(client, django_assert_num_queries):
    now = timezone.now()
    for already in (2, 40):
        Session.objects.bulk_create(
            [Session(session_key=f"{already}-{i}", session_data="tea", expire_date=now) for i in range(already)]
        )
        with django_assert_num_queries(3):
            page(client, "?holds=tea")


def text_of(response):
    return b"".join(response.streaming_content)


@pytest.mark.usefixtures("sessions")
def test_csv_has_every_row_of_the_filter_and_no_formula(client):
    response = client.get("/list/?holds=%3D1%2B1&format=csv&page=2")
    assert response["Content-Disposition"].startswith('attachment; filename="sessions-20')
    body = text_of(response)
    assert body.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))
    assert rows[0] == ["Session", "Holds", "Ends", "Characters"]
    assert len(rows) == 17
    assert {row[1] for row in rows[1:]} == {"'=1+1"}
    assert rows[1][3] == "4"


@pytest.mark.usefixtures("sessions")
def test_xlsx_has_dates_as_dates_numbers_as_numbers_and_no_formula(client):
    response = client.get("/list/?format=xlsx")
    sheet = load_workbook(io.BytesIO(text_of(response))).active
    assert sheet.max_row == 48
    cells = sheet[3]
    assert cells[1].value == "'=1+1"
    assert cells[1].data_type == "s"
    assert cells[2].is_date
    assert cells[3].value == 4


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_text_that_a_spreadsheet_would_run_gets_an_apostrophe(text):
    assert exports.safe(text) == f"'{text}"
    assert exports.safe(-1) == -1


def test_a_file_is_named_for_the_list_the_place_and_the_day():
    import datetime as dt

    assert exports.filename("Falls", "Ward 7 / “A”", dt.date(2026, 3, 3)) == "falls-ward-7-a-2026-03-03"


def test_only_known_formats_are_wanted(rf):
    assert lists.wanted(rf.get("/?format=csv")) == "csv"
    assert lists.wanted(rf.get("/?format=exe")) is None
