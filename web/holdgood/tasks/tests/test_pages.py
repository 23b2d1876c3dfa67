"""What is asked, seen by whom, answered, passed on, taken back."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from holdgood.people.models import User
from holdgood.people.tests.factories import with_app
from holdgood.places.access import Actor
from holdgood.places.actions import roles
from holdgood.places.tests.factories import Trust, give, person
from holdgood.tasks import actions
from holdgood.tasks.models import Letters, Task

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def t():
    made = Trust()
    made.staff.email = "tomasz@fenmoor.example"
    made.staff.save()
    with_app(made.partner)
    User.objects.filter(pk=made.partner.pk).update(ends_on=today() + 300 * DAY)
    return made


def today():
    return timezone.localdate()


def ask(t, of=None, **more):
    at = timezone.now()
    values = {"place": t.ward7, "kind": "plain", "title": "Count the commodes", "of": of or t.staff}
    return actions.ask(by=Actor(t.manager, at), at=at, **{**values, **more})


def as_(user):
    client = Client()
    client.force_login(user, backend="holdgood.people.backends.Local")
    return client


def text(answer):
    return answer.content.decode()


def post(user, page, *args, **data):
    return as_(user).post(reverse(page, args=args), data, follow=True)


def sentence(answer):
    found = re.search(r'class="hg-done[^>]*>\s*<p>(.*?)</p>', text(answer), re.DOTALL)
    return found[1] if found else ""


def undo(answer):
    return re.search(r'class="hg-done.*?action="([^"]*)"', text(answer), re.DOTALL)[1]


def test_a_task_is_seen_by_the_asked_the_asker_and_those_who_see_tasks_there(t):
    task = ask(t, of=t.partner)
    who = {"manager": 200, "partner": 200, "administrator": 200, "auditor": 200, "staff": 404, "stranger": 404}
    for page, refused in (("task", None), ("task-pass-on", 403), ("task-take-back", 403)):
        for each, code in who.items():
            found = as_(getattr(t, each)).get(reverse(page, args=[task.pk])).status_code
            runs = {"manager", "administrator"}  # may ask in that area, and so take back what is asked there
            may = runs | {"partner"} if page == "task-pass-on" else runs
            expected = code if refused is None or code == 404 or each in may else refused
            assert (page, each, found) == (page, each, expected)


def test_pages_of_an_area_are_for_those_with_the_permission(t):
    table = {  # who only sees the place is told that they may not ask; nothing else is told
        "task-list": "200 200 200 404 404 404",
        "task-ask": "200 200 403 403 404 404",
    }
    names = ("manager", "administrator", "auditor", "staff", "partner", "stranger")
    for page, codes in table.items():
        found = [str(as_(getattr(t, each)).get(reverse(page, args=[t.ward7.code])).status_code) for each in names]
        assert dict(zip(names, found, strict=True)) == dict(zip(names, codes.split(), strict=True)), page


def test_something_is_asked_of_a_person_or_of_a_role(t):
    data = {"title": "Count the commodes", "text": "All of them.", "due_on": f"{today() + DAY}"}
    answer = post(t.manager, "task-ask", t.ward7.code, who="tomasz@fenmoor.example", **data)
    assert sentence(answer) == "It is asked."
    assert Task.objects.get().user == t.staff
    as_(t.manager).post(undo(answer))
    assert Task.objects.get().end == "needless"
    post(t.manager, "task-ask", t.ward7.code, role="coach", **data)
    assert Task.objects.open().get().role == "coach"
    both = text(post(t.manager, "task-ask", t.ward7.code, role="coach", who="tomasz@fenmoor.example", **data))
    assert "Name either a person or a role" in both
    assert "Name either a person or a role" in text(post(t.manager, "task-ask", t.ward7.code, **data))
    assert "can be chosen here" in text(post(t.manager, "task-ask", t.ward7.code, who="Imogen", **data))


def test_my_work_says_what_is_late_soon_and_later(t):
    ask(t, title="Late one", due_on=today() - DAY)
    ask(t, title="Soon one", due_on=today() + 2 * DAY)
    ask(t, title="No date")
    ask(t, title="Of somebody else", of=t.administrator)
    shown = text(as_(t.staff).get("/my-work/"))
    main = shown.split("<main")[1]
    assert "3 things wait for you" in main
    order = [
        main.index(word)
        for word in (
            '__title">Late<',
            "Late one",
            '__title">Due within a week<',
            "Soon one",
            '__title">Later<',
            "No date",
        )
    ]
    assert order == sorted(order)
    assert "Of somebody else" not in main
    assert "Amina" in main
    assert re.search(r"My work <span[^>]*>.*?3", shown)
    assert "Soon one" not in text(as_(t.staff).get("/my-work/?when=late")).split("<main")[1]
    assert "Nothing waits for you" in text(as_(t.stranger).get("/my-work/"))


def test_my_work_can_be_taken_away(t):
    ask(t, title="=1+1")
    answer = as_(t.staff).get("/my-work/?format=csv")
    assert "'=1+1" in b"".join(answer.streaming_content).decode()


def test_a_task_is_answered_and_reopened(t):
    task = ask(t)
    answer = post(t.staff, "task", task.pk, version=1, text="Eleven.")
    assert sentence(answer) == "It is done."
    task.refresh_from_db()
    assert (task.end, task.answer, task.ended_by) == ("done", "Eleven.", t.staff.pk.hex)
    assert "Eleven." in text(as_(t.manager).get(reverse("task", args=[task.pk])))
    as_(t.staff).post(undo(answer))
    task.refresh_from_db()
    assert task.ended_at is None
    assert as_(t.staff).get(reverse("task-reopen", args=[task.pk])).status_code == 405


def test_of_two_who_answer_the_second_sees_what_the_first_wrote(t):
    task = ask(t, of="ward-manager")
    post(t.manager, "task", task.pk, version=1, text="Eleven.")
    answer = post(t.manager, "task", task.pk, version=1, text="Twelve.")
    assert answer.status_code == 409
    assert "Eleven." in text(answer)
    assert "Twelve." in text(answer)


def test_a_task_is_passed_on_with_a_reason(t):
    task = ask(t)
    other = give(person("Nell Ford", email="nell@fenmoor.example"), "staff", t.ward7)
    assert "Fill in" in text(post(t.staff, "task-pass-on", task.pk, version=1, who="nell@fenmoor.example"))
    answer = post(t.staff, "task-pass-on", task.pk, version=1, who="nell@fenmoor.example", reason="on leave")
    assert sentence(answer) == "It is passed on."
    task.refresh_from_db()
    assert task.user == other
    assert post(t.staff, "task", task.pk, version=2, text="x").status_code == 404
    history = text(as_(t.manager).get(reverse("task", args=[task.pk])))
    assert "passed on what was asked: on leave" in history
    stale = post(t.manager, "task-pass-on", task.pk, version=1, who="tomasz@fenmoor.example", reason="back")
    assert stale.status_code == 409


def test_what_was_asked_is_taken_back(t):
    task = ask(t)
    answer = post(t.manager, "task-take-back", task.pk, version=1, reason="they were counted")
    assert sentence(answer) == "It is taken back."
    assert "they were counted" in text(as_(t.staff).get(reverse("task", args=[task.pk])))
    assert as_(t.manager).get(reverse("task-take-back", args=[task.pk])).status_code == 403


def test_one_who_only_sees_a_task_cannot_answer_it(t):
    task = ask(t)
    assert post(t.auditor, "task", task.pk, version=1, text="x").status_code == 403
    assert "It is done" not in text(as_(t.auditor).get(reverse("task", args=[task.pk])))


def test_a_deputy_has_what_is_asked_of_the_absent_one(t):
    task = ask(t, of=t.manager)
    at = timezone.now()
    assert as_(t.staff).get(reverse("task", args=[task.pk])).status_code == 404
    roles.cover(by=Actor(t.manager, at), at=at, absent=t.manager, deputy=t.staff, place=t.trust, from_on=today(),
                until_on=today())  # fmt: skip
    assert "Count the commodes" in text(as_(t.staff).get("/my-work/"))
    assert sentence(post(t.staff, "task", task.pk, version=1, text="Done for Amina")) == "It is done."


def test_the_thing_that_a_task_is_about_is_named_only_to_those_who_may_see_it(t):
    task = ask(t, of=t.partner, thing=("place", t.ward7.pk))
    assert "about something that you may not see" in text(as_(t.partner).get(reverse("task", args=[task.pk])))
    assert f'href="/at/{t.ward7.code}/"' in text(as_(t.manager).get(reverse("task", args=[task.pk])))


def test_letters_come_as_often_as_one_chose(t):
    assert "from now on" in sentence(post(t.staff, "letters-chosen", often="weekly"))
    assert Letters.objects.get(user=t.staff).often == "weekly"
    assert "one of the three" in sentence(post(t.staff, "letters-chosen", often="hourly"))
    assert re.search(r'value="weekly" checked', text(as_(t.staff).get("/my-work/")))


def test_lists_cost_the_same_however_long_they_are(t):
    pages = [(t.staff, "/my-work/"), (t.manager, reverse("task-list", args=[t.ward7.code]))]
    ask(t, title="First", due_on=today() - DAY)
    before = [_queries(*page) for page in pages]
    for n in range(9):
        ask(t, title=f"Task {n}", due_on=today() + n * DAY)
    assert [_queries(*page) for page in pages] == before


def _queries(user, address):
    client = as_(user)
    client.get(address)
    with CaptureQueriesContext(connection) as counted:
        client.get(address)
    return len(counted)


def test_what_somebody_who_leaves_was_asked_is_handed_over(t):
    task = ask(t, of=t.manager)
    admin = give(person("Zed"), "administrator", t.trust)
    shown = text(as_(admin).get(reverse("person-lapses", args=[t.manager.pk])))
    assert "Count the commodes" in shown
    post(admin, "person-lapses", t.manager.pk, who="tomasz@fenmoor.example", what=["tasks"], reason="leaves")
    task.refresh_from_db()
    assert task.user == t.staff
