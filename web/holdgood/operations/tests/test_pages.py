"""Who sees which page of the service, and what the pages say and do not say."""

import datetime as dt

import pytest
from django.db import transaction
from django.urls import reverse

from holdgood.jobs import outbox
from holdgood.jobs.models import Job, Mail, State, Worker
from holdgood.people import sessions
from holdgood.people.models import User
from holdgood.places import telling
from holdgood.places.access import Actor
from holdgood.places.actions import tree
from holdgood.places.tests.factories import AT, Trust, actor, give, person
from holdgood.trail.models import Entry

pytestmark = pytest.mark.django_db

ROLES = ["manager", "staff", "administrator", "auditor", "stranger", "partner"]
PAGES = {  # what each of ROLES gets
    ("operations",): [404, 404, 200, 200, 200, 404],
    ("job-list",): [404, 404, 200, 200, 200, 404],
    ("mail-list",): [404, 404, 200, 200, 200, 404],
    ("worker-list",): [404, 404, 200, 200, 200, 404],
    ("job", "dead"): [404, 404, 200, 200, 200, 404],
    ("trail", "fenmoor-nhs-trust"): [404, 404, 200, 200, 404, 404],
    ("trail", "ward-7"): [404, 404, 200, 200, 404, 404],
    ("trail", "highweald-nhs-trust"): [404, 404, 404, 404, 200, 404],
    ("trail", "no-such-place"): [404, 404, 404, 404, 404, 404],
}


@pytest.fixture
def trust() -> Trust:
    return Trust()


@pytest.fixture
def dead() -> Job:
    return Job.objects.create(
        task="holdgood.jobs.outbox.send", args=["secret-id"], state=State.DEAD, attempt=5, last_attempt=5, ended_at=AT,
        error="The mail server answered 451.",
    )  # fmt: skip


def enter(client, user):
    """As somebody who has signed in and given their second factor."""
    client.force_login(user, backend="holdgood.people.backends.Local")
    session = client.session
    session[sessions.BEGAN] = session[sessions.SEEN] = int(dt.datetime.now(dt.UTC).timestamp())
    session.save()
    return client


@pytest.mark.parametrize("page", PAGES, ids="-".join)
def test_each_role_sees_the_pages_that_are_theirs(client, trust, dead, settings, page):
    settings.HOLDGOOD_SECOND_FACTOR = "none"
    name, *rest = page
    address = reverse(name, args=[dead.pk] if rest == ["dead"] else rest)
    found = [enter(client, getattr(trust, role)).get(address).status_code for role in ROLES]
    assert dict(zip(ROLES, found, strict=True)) == dict(zip(ROLES, PAGES[page], strict=True))


@pytest.mark.parametrize("name", ["operations", "job-list", "mail-list", "worker-list"])
def test_nobody_sees_the_service_without_signing_in(client, name):
    assert client.get(reverse(name)).status_code == 302


@pytest.mark.parametrize("name", ["privacy", "accessibility"])
def test_statements_are_open_to_all_and_name_whom_to_ask(client, settings, name):
    settings.HOLDGOOD_CONTACT = "help@fenmoor.example"
    answer = client.get(reverse(name))
    assert answer.status_code == 200
    assert "mailto:help@fenmoor.example" in answer.content.decode()


@pytest.mark.usefixtures("dead")
def test_the_overview_says_what_needs_somebody(client, trust):
    page = enter(client, trust.administrator).get(reverse("operations")).content.decode()
    assert "Holdgood needs somebody" in page
    assert "1 job given up waits for a decision" in page
    assert reverse("trail", args=["fenmoor-nhs-trust"]) in page


def test_those_who_only_read_the_trail_are_shown_where(client, trust, settings):
    settings.HOLDGOOD_SECOND_FACTOR = "none"
    lead = give(person("Rhiannon"), "risk-lead", trust.medicine)
    page = enter(client, lead).get(reverse("operations")).content.decode()
    assert "Where the trail is read" in page
    assert reverse("trail", args=["medicine"]) in page
    assert "Worker" not in page


def test_the_foot_leads_to_operations_only_those_who_look_after_it(client, trust):
    assert f'href="{reverse("operations")}"' in enter(client, trust.administrator).get("/help/").content.decode()
    assert f'href="{reverse("operations")}"' not in enter(client, trust.staff).get("/help/").content.decode()


def test_jobs_given_up_stand_first(client, trust, dead):
    later = Job.objects.create(task="holdgood.jobs.background.tidy", last_attempt=5)
    page = enter(client, trust.administrator).get(reverse("job-list")).content.decode()
    assert page.index(reverse("job", args=[dead.pk])) < page.index(reverse("job", args=[later.pk]))
    left = enter(client, trust.administrator).get(reverse("job-list"), {"state": "ready"}).content.decode()
    assert reverse("job", args=[dead.pk]) not in left


def test_a_job_shows_its_error_and_none_of_its_arguments(client, trust, dead):
    page = enter(client, trust.administrator).get(reverse("job", args=[dead.pk])).content.decode()
    assert "Given up after 5 attempts" in page
    assert "The mail server answered 451." in page
    assert "secret-id" not in page


@pytest.mark.parametrize(("name", "state"), [("job-retry", State.READY), ("job-discard", State.DISCARDED)])
def test_an_administrator_decides_and_the_trail_tells_it(client, trust, dead, name, state):
    answer = enter(client, trust.administrator).post(reverse(name, args=[dead.pk]))
    dead.refresh_from_db()
    assert (answer.status_code, dead.state) == (302, state)
    entry = Entry.objects.latest("id")
    assert entry.event == {"job-retry": "job.job.retried", "job-discard": "job.job.discarded"}[name]
    assert entry.actor == dead.decided_by == trust.administrator.pk.hex


def test_a_second_decision_changes_nothing_and_says_so(client, trust, dead):
    enter(client, trust.administrator).post(reverse("job-discard", args=[dead.pk]))
    before = Entry.objects.count()
    page = client.post(reverse("job-retry", args=[dead.pk]), follow=True).content.decode()
    dead.refresh_from_db()
    assert dead.state == State.DISCARDED
    assert "Somebody decided on this job meanwhile" in page
    assert Entry.objects.count() == before


@pytest.mark.parametrize("name", ["job-retry", "job-discard"])
def test_only_those_who_may_decide_do(client, trust, dead, name):
    address = reverse(name, args=[dead.pk])
    assert enter(client, trust.auditor).post(address).status_code == 403
    assert enter(client, trust.staff).post(address).status_code == 404
    assert enter(client, trust.administrator).get(address).status_code == 405
    dead.refresh_from_db()
    assert dead.state == State.DEAD


@pytest.mark.parametrize("number", ["999999", "9" * 30])
def test_a_job_that_is_not_there_is_not_found(client, trust, number):
    assert enter(client, trust.administrator).get(f"/operations/jobs/{number}/").status_code == 404


def test_letters_show_neither_address_nor_words(client, trust):
    outbox.post(to="maud.ashworth@river.example", subject="Falls on Ward 7", text="Dear Maud", at=AT)
    page = enter(client, trust.administrator).get(reverse("mail-list")).content.decode()
    assert "m…@river.example" in page
    assert "maud" not in page.lower()
    assert "Falls" not in page


def test_letters_are_filtered_by_whether_they_are_sent(client, trust):
    outbox.post(to="a@river.example", subject="Sent", text="x", at=AT)
    Mail.objects.update(sent_at=AT)
    outbox.post(to="b@lake.example", subject="Waits", text="x", at=AT)
    page = enter(client, trust.administrator).get(reverse("mail-list"), {"state": "waiting"}).content.decode()
    assert "b…@lake.example" in page
    assert "a…@river.example" not in page


def test_workers_are_listed_with_when_they_were_seen(client, trust):
    Worker.objects.create(name="ward-server:1:abc")
    assert "ward-server:1:abc" in enter(client, trust.administrator).get(reverse("worker-list")).content.decode()


@pytest.mark.usefixtures("dead")
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("name", ["job-list", "mail-list", "worker-list"])
def test_taking_a_list_away_is_told(client, trust, name, kind):
    answer = enter(client, trust.administrator).get(reverse(name), {"format": kind})
    assert answer.status_code == 200
    assert f".{kind}" in answer.headers["Content-Disposition"]
    assert b"".join(answer.streaming_content)
    for close in answer._resource_closers:  # not answer.close(): that ends the connection of the test
        close()
    assert Entry.objects.latest("id").event == "access.operations.exported"


def trail(client, code: str = "fenmoor-nhs-trust", **asked: str) -> str:
    return client.get(reverse("trail", args=[code]), asked).content.decode()


def test_the_trail_tells_who_did_what_where_and_when(client, trust):
    page = trail(enter(client, trust.administrator))
    assert "Holdgood, at set-up" in page
    assert "opened Ward 7" in page
    assert "21 April 2026, 10:30" in page


def test_the_trail_of_a_ward_is_of_that_ward_and_what_lies_in_it(client, trust):
    page = trail(enter(client, trust.administrator), "ward-7")
    assert "opened Ward 7" in page
    assert "opened 7A Older people" in page
    assert "opened Ward 8" not in page


def test_no_trust_reads_the_trail_of_another(client, trust):
    page = trail(enter(client, trust.administrator))
    assert "Elm Ward" not in page
    assert "Highweald" not in page


def test_the_trail_is_filtered_by_kind_person_and_day(client, trust):
    later = AT + dt.timedelta(days=2)
    tree.open_place(by=actor(trust.administrator, later), at=later, name="Ward 9", kind="ward", parent=trust.medicine,
                    on=dt.date(2026, 4, 23))  # fmt: skip
    enter(client, trust.administrator)
    assert "opened Ward 9" in trail(client, who="ros")
    assert "opened Ward 7" not in trail(client, who="ros")
    assert "opened Ward 7" in trail(client, who="set-up")
    assert "opened Ward 7" not in trail(client, event="role.holding.given")
    assert "opened Ward 9" in trail(client, **{"from": "23/4/2026"})
    assert "opened Ward 7" not in trail(client, **{"from": "23 April 2026"})
    assert "opened Ward 9" not in trail(client, to="2026-04-22")
    assert "is no day such as" in trail(client, to="31/02/2026")
    assert "opened Ward 9" in trail(client, to="9999-12-31")


def test_somebody_who_is_gone_has_no_name_in_the_trail(client, trust):
    with transaction.atomic():
        telling.record(event="place.place.changed", by=Actor(User(name="Gone"), AT), at=AT, place=trust.ward7)
    page = trail(enter(client, trust.administrator), "ward-7")
    assert "somebody who was forgotten" in page
    assert "Gone" not in page


def test_the_trail_is_taken_away_with_all_its_rows(client, trust):
    answer = enter(client, trust.administrator).get(reverse("trail", args=["fenmoor-nhs-trust"]), {"format": "csv"})
    text = b"".join(answer.streaming_content).decode()
    assert "opened Ward 8" in text
    assert "2026-04-21 10:30:00" in text
    assert Entry.objects.latest("id").event == "access.list.exported"


def test_a_page_of_the_trail_asks_the_database_as_often_for_ten_entries_as_for_one(
    client, trust, django_assert_max_num_queries
):
    enter(client, trust.administrator)
    trail(client)
    with django_assert_max_num_queries(16):
        trail(client)
