import csv
import datetime as dt
import io
import re

import pytest
from django.core.cache import caches
from django.urls import reverse

from holdgood.measures.actions import noting
from holdgood.measures.models import Measure, Note, Observation, Target
from holdgood.measures.tests.factories import add, measure, series
from holdgood.people.models import User
from holdgood.places.actions import shares
from holdgood.places.tests.factories import SETTING_UP, Trust, give, person
from holdgood.trail.models import Entry

pytestmark = pytest.mark.django_db
STEADY = [8, 6, 9, 7, 8, 5, 9, 8, 6, 7, 9, 8, 7, 6, 8, 9, 7, 5, 8, 7, 9, 6, 8, 7]
NOW = dt.datetime.now(dt.UTC)


@pytest.fixture(autouse=True)
def _fresh():
    caches["charts"].clear()


@pytest.fixture
def t():
    made = Trust()
    made.falls = measure(made.trust)
    for ward in (made.ward7, made.ward8):
        add(made.falls, ward, STEADY)
    made.lead = give(person("Ruth"), "qi-lead", made.trust)
    made.analyst = give(person("Sam"), "analyst", made.trust)
    return made


@pytest.fixture
def as_(client):
    def enter(user: User):
        client.force_login(user, backend="holdgood.people.backends.Local")
        return client

    return enter


def page(client, name, *args, **query):
    return client.get(reverse(name, args=args), query)


def heading(answer):
    found = re.search(r'<h1 class="hg-title">(.*?)</h1>', answer.text, re.DOTALL)
    return re.sub(r"<[^>]+>", "", found[1]).strip()


def test_the_page_of_a_chart_says_its_answer_and_shows_every_number(t, as_):
    answer = page(as_(t.manager), "measure", "ward-7", "falls")
    assert answer.status_code == 200
    assert heading(answer) == "Falls on Ward 7: no change beyond chance"
    assert answer.text.count("data-row=") == 24 + 18
    assert "24 rows, one for each month. Nothing missing." in answer.text
    for tab in ("places", "forecast", "definition", "history", "nonsense"):
        assert page(as_(t.manager), "measure", "ward-7", "falls", tab=tab).status_code == 200


def test_a_measure_without_numbers_offers_the_first_step(t, as_):
    measure(t.trust, "ulcers", short="Ulcers")
    answer = page(as_(t.manager), "measure", "ward-7", "ulcers")
    assert heading(answer) == "Ulcers on Ward 7: no numbers yet"
    assert reverse("observation-add", args=["ward-7", "ulcers"]) in answer.text


def test_each_sees_the_buttons_of_what_they_may_do(t, as_):
    wanted = [reverse(name, args=["ward-7", "falls"]) for name in ("note-add", "observation-add", "target-set")]
    shown = {
        who: [url in page(as_(user), "measure", "ward-7", "falls").text for url in wanted]
        for who, user in {"manager": t.manager, "staff": t.staff, "lead": t.lead}.items()
    }
    assert shown == {"manager": [True, True, False], "staff": [False, False, False], "lead": [True, False, True]}


@pytest.mark.parametrize(
    ("who", "status"), [("manager", 200), ("staff", 200), ("stranger", 404), ("partner", 404), ("auditor", 200)]
)
def test_who_may_see_a_chart(t, as_, settings, who, status):
    settings.HOLDGOOD_SECOND_FACTOR = "none"
    assert page(as_(getattr(t, who)), "measure", "ward-7", "falls").status_code == status
    assert page(as_(getattr(t, who)), "measure-list", "ward-7").status_code == status
    assert page(as_(getattr(t, who)), "measure", "ward-7", "falls", **{"as": "csv"}).status_code == status


def test_a_partner_sees_the_one_chart_that_is_shared_without_its_notes(t, as_, settings):
    settings.HOLDGOOD_SECOND_FACTOR = "none"
    until = NOW.date() + dt.timedelta(days=9)
    shares.share(
        by=SETTING_UP, at=NOW, thing=series(t.falls, t.ward7), to=t.partner, from_on=NOW.date(), until_on=until,
        reason="joint",
    )  # fmt: skip
    noting.note(
        by=SETTING_UP, at=NOW, measure=t.falls, place=t.ward7, kind="note", on=dt.date(2025, 1, 5), text="SECRET-NOTE"
    )
    assert "SECRET-NOTE" in page(as_(t.manager), "measure", "ward-7", "falls").text
    answer = page(as_(t.partner), "measure", "ward-7", "falls")
    assert answer.status_code == 200
    assert "SECRET-NOTE" not in answer.text
    assert "Ward 8" not in page(as_(t.partner), "measure", "ward-7", "falls", tab="places").text
    assert "set-up" in page(as_(t.manager), "measure", "ward-7", "falls", tab="history").text
    assert "set-up" not in page(as_(t.partner), "measure", "ward-7", "falls", tab="history").text
    assert page(as_(t.partner), "measure", "ward-8", "falls").status_code == 404
    assert page(as_(t.partner), "note-add", "ward-7", "falls").status_code in (403, 404)


def test_a_partner_adds_to_the_numbers_that_are_shared_for_it_and_to_no_others(t, as_, settings):
    settings.HOLDGOOD_SECOND_FACTOR = "none"
    until = NOW.date() + dt.timedelta(days=9)
    shares.share(
        by=SETTING_UP, at=NOW, thing=series(t.falls, t.ward7), to=t.partner, from_on=NOW.date(), until_on=until,
        reason="joint", level="contribute",
    )  # fmt: skip
    data = {"period": "April 2025", "numerator": "3", "denominator": "800"}
    add_here = reverse("observation-add", args=["ward-7", "falls"])
    assert add_here in page(as_(t.partner), "measure", "ward-7", "falls").text
    assert as_(t.partner).post(add_here, data).status_code == 302
    assert Observation.objects.known().filter(place=t.ward7, period_on=dt.date(2025, 4, 1)).count() == 1
    assert as_(t.partner).post(reverse("observation-add", args=["ward-8", "falls"]), data).status_code == 404
    assert as_(t.partner).get(reverse("note-add", args=["ward-7", "falls"])).status_code == 404


def test_numbers_entered_by_form_are_on_the_chart_and_can_be_undone(t, as_):
    client = as_(t.manager)
    address = reverse("observation-add", args=["ward-7", "falls"])
    form = client.get(address).text
    assert 'value="April 2025"' in form
    assert "Falls (optional)" not in form
    done = client.post(address, {"period": "April 2025", "numerator": "31", "denominator": "800"}, follow=True)
    assert heading(done) == "Falls on Ward 7: more than chance explains in April 2025"
    undo = re.search(r'action="([^"]+/undo/)"', done.text)[1]
    assert client.post(undo).status_code == 302
    assert heading(page(client, "measure", "ward-7", "falls")) == "Falls on Ward 7: no change beyond chance"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"numerator": "3"}, "Fill in what it is out of"),
        ({"numerator": "3.5", "denominator": "800"}, "3.5 is not a whole number"),
        ({"numerator": "3", "denominator": "0"}, "Out of 0 there cannot be 3"),
        ({"numerator": "-3", "denominator": "800"}, "less than 0, the least it can be"),
        ({"denominator": "800"}, "or tick that there is no data"),
        ({"period": "31/02/2025", "numerator": "3", "denominator": "9"}, "month"),
        ({"numerator": "1_000", "denominator": "2000"}, "1_000"),
        ({"numerator": "१२", "denominator": "2000"}, "१२"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field_and_nothing_is_kept(t, as_, data, said):
    before = Observation.objects.count()
    answer = as_(t.manager).post(reverse("observation-add", args=["ward-7", "falls"]), {"period": "April 2025", **data})
    assert answer.status_code == 200
    assert said in answer.text
    assert "Error:" in answer.text
    assert Observation.objects.count() == before


def test_no_data_is_entered_as_such(t, as_):
    as_(t.manager).post(reverse("observation-add", args=["ward-7", "falls"]), {"period": "April 2025", "no_data": "on"})
    assert Observation.objects.known().get(period_on=dt.date(2025, 4, 1)).numerator is None


def test_a_note_is_written_changed_taken_off_and_put_back(t, as_):
    client = as_(t.lead)
    new = reverse("note-add", args=["ward-7", "falls"])
    done = client.post(
        new, {"on": "3 March 2025", "title": "Bay nursing", "text": "It began.", "kind": "step"}, follow=True
    )
    assert "Bay nursing" in done.text
    note = Note.objects.get()
    assert note.on == dt.date(2025, 3, 1)
    change = reverse("note", args=["ward-7", "falls", note.pk])
    assert 'value="Bay nursing"' in client.get(change).text
    client.post(change, {"version": 1, "on": "3 March 2025", "title": "Bay nursing", "text": "It began well."})
    stale = client.post(change, {"version": 1, "on": "3 March 2025", "title": "Mine", "text": "My words."})
    assert stale.status_code == 409
    assert "My words." in stale.text
    assert "It began well." in stale.text
    client.post(reverse("note-remove", args=["ward-7", "falls", note.pk]))
    assert "Bay nursing" not in page(client, "measure", "ward-7", "falls").text
    client.post(reverse("note-put-back", args=["ward-7", "falls", note.pk]))
    assert "Bay nursing" in page(client, "measure", "ward-7", "falls").text


def test_a_ward_manager_does_not_touch_a_new_average(t, as_):
    step = noting.note(
        by=SETTING_UP, at=NOW, measure=t.falls, place=t.ward7, kind="step", on=dt.date(2024, 4, 1), text="step"
    )
    client = as_(t.manager)
    assert client.get(reverse("note", args=["ward-7", "falls", step.pk])).status_code == 403
    assert client.post(reverse("note-remove", args=["ward-7", "falls", step.pk])).status_code == 403
    assert Note.objects.get().removed_at is None


def test_a_target_is_set_and_taken_back(t, as_):
    client = as_(t.lead)
    data = {"value": "5", "from_on": "1 April 2023", "source": "The ward's promise"}
    done = client.post(reverse("target-set", args=["ward-7", "falls"]), data, follow=True)
    assert "5 or fewer" in heading(done)
    end = reverse("target-end", args=["ward-7", "falls", Target.objects.get().pk])
    client.post(end, {"reason": "a slip"})
    assert "5 or fewer" not in heading(page(client, "measure", "ward-7", "falls"))


def test_a_number_opens_down_to_who_brought_it(t, as_):
    answer = page(as_(t.auditor), "observation", "fenmoor-nhs-trust", "falls", "2023-04-01")
    assert "Ward 7" in answer.text
    assert "Ward 8" in answer.text
    assert "Entered by hand" in answer.text


def test_exports_are_exact_and_told_in_the_trail(t, as_):
    answer = page(as_(t.staff), "measure", "ward-7", "falls", **{"as": "csv"})
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[1][:5] == ["Apr 2023", "2023-04-01", "8", "800", "10"]
    picture = page(as_(t.staff), "measure", "ward-7", "falls", **{"as": "svg"})
    assert picture["Content-Type"] == "image/svg+xml"
    assert "sandbox" in picture["Content-Security-Policy"]
    listed = page(as_(t.staff), "measure-list", "ward-7", format="xlsx")
    assert listed.status_code == 200
    assert b"".join(listed.streaming_content).startswith(b"PK")
    events = Entry.objects.filter(actor=t.staff.pk.hex, event__endswith="exported").values_list("event", flat=True)
    assert sorted(events) == ["access.list.exported", "measure.chart.exported", "measure.chart.exported"]


def test_a_list_of_measures_costs_the_same_however_many_there_are(t, as_, django_assert_max_num_queries):
    client = as_(t.staff)
    page(client, "measure-list", "ward-7")
    for i in range(12):
        add(measure(t.trust, f"other-{i}", short=f"Other {i}"), t.ward7, STEADY)
    page(client, "measure-list", "ward-7")
    with django_assert_max_num_queries(12):
        page(client, "measure-list", "ward-7")
    page(client, "measure-list", "ward-7", view="charts")
    with django_assert_max_num_queries(12):
        page(client, "measure-list", "ward-7", view="charts")
    page(client, "area", "ward-7")
    with django_assert_max_num_queries(16):
        page(client, "area", "ward-7")


def test_the_catalogue_is_taken_from_defined_changed_and_retired(t, as_):
    client = as_(t.lead)
    done = client.post(
        reverse("catalogue-shipped", args=["ward-7"]), {"slug": ["vte-risk-assessment", "nonsense"]}, follow=True
    )
    assert "1 measures are" in done.text or "1 measure is" in done.text
    fields = {
        "name": "Night falls", "short": "Night falls", "sentence": "Falls at night.", "numerator": "Falls",
        "denominator": "Nights", "per": "1000", "unit": "per 1,000 nights", "decimals": "1", "direction": "decrease",
        "granularity": "month", "chart": "uprime", "adds_up": "ratio", "lag_days": "3", "source": "The ward",
    }  # fmt: skip
    assert client.post(reverse("measure-define", args=["ward-7"]), fields).status_code == 302
    made = Measure.objects.get(slug="night-falls")
    change = reverse("measure-change", args=["ward-7", "night-falls"])
    assert (
        client.post(
            change, {**fields, "version": made.version, "reason": "plainer", "short": "Falls by night"}
        ).status_code
        == 302
    )
    assert client.post(change, {**fields, "version": made.version, "reason": "late"}).status_code == 409
    assert (
        client.post(reverse("measure-retire", args=["ward-7", "night-falls"]), {"reason": "not used"}).status_code
        == 302
    )
    assert "retired" in page(client, "catalogue", "ward-7", q="Falls by night").text
    assert as_(t.staff).get(change).status_code == 403


def test_the_area_says_what_changed(t, as_):
    ulcers = measure(t.trust, "ulcers", short="Ulcers")
    add(ulcers, t.ward7, [*STEADY, 40, 41, 39, 42])
    answer = page(as_(t.manager), "area", "ward-7")
    assert heading(answer) == "Ward 7: one thing got worse"
    assert "1 signal beyond chance, of 2 measures" in answer.text
    above = page(as_(t.staff), "area", "medicine")
    assert "Ward 7" in above.text


def test_redefining_needs_the_trusts_permission_not_a_wards(t, as_):
    ward_lead = give(person("Local"), "qi-lead", t.ward7)
    assert as_(ward_lead).get(reverse("measure-change", args=["ward-7", "falls"])).status_code == 403
