"""What is asked by itself, and the letters of a morning."""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.conf import settings

from holdgood.jobs.models import Job, Mail
from holdgood.people.models import User
from holdgood.places.access import Actor
from holdgood.places.actions import reviews, roles
from holdgood.places.background import open_reviews
from holdgood.places.models import Decision, Holding, Review
from holdgood.places.tests.factories import Trust, give, person
from holdgood.tasks import actions, background, kinds
from holdgood.tasks.models import Letters, Task

pytestmark = pytest.mark.django_db
ZONE = dt.timezone(dt.timedelta(hours=1))
AT = dt.datetime(2026, 4, 21, 7, 30, tzinfo=ZONE)  # a Tuesday
DAY = dt.timedelta(days=1)
WORKER = Actor.machine("worker", AT)


@pytest.fixture
def t():
    return Trust()


def ask(t, of=None, at=AT, **more):
    values = {"place": t.ward7, "kind": "plain", "title": "Count the commodes", "of": of or t.manager}
    return actions.ask(by=Actor.machine("worker", at), at=at, **{**values, **more})


def run(task, at, *args):
    task.func(SimpleNamespace(at=at), *args)


def morning(at=AT):
    """The morning's job, and the jobs that it asks for."""
    before = set(Job.objects.values_list("pk", flat=True))
    run(background.morning, at)
    for job in Job.objects.exclude(pk__in=before).filter(task__endswith="background.write").order_by("pk"):
        run(background.write, at, *job.args)


def letters():
    return list(Mail.objects.order_by("pk"))


def test_a_digest_has_what_is_late_due_and_new_each_with_a_link_of_one_click(t):
    late = ask(t, title="Late <b>one</b>", due_on=AT.date() - 2 * DAY, at=AT - 9 * DAY)
    ask(t, title="Due one", due_on=AT.date() + DAY, at=AT - 9 * DAY)
    ask(t, title="New one")
    ask(t, title="Old one without a date", at=AT - 9 * DAY)
    morning()
    (letter,) = letters()
    assert letter.to == "amina@fenmoor.example"
    assert letter.subject == "Waiting for you in Holdgood: 1 late, 1 due soon and 1 new"
    assert f"{settings.HOLDGOOD_ADDRESS}/tasks/{late.pk}/" in letter.text
    assert f'href="{settings.HOLDGOOD_ADDRESS}/tasks/{late.pk}/"' in letter.html
    order = [
        letter.text.index(word) for word in ("LATE", "Late <b>", "2 days late", "DUE SOON", "Due one", "NEW", "New one")
    ]
    assert order == sorted(order)
    assert "1 more thing waits without haste" in letter.text
    assert "Late &lt;b&gt;one" in letter.html
    assert "Old one" not in letter.text


def test_nobody_gets_an_empty_letter_or_one_twice(t):
    ask(t, title="Old", at=AT - 9 * DAY)
    morning()
    assert letters() == []
    ask(t, title="New")
    morning(AT + dt.timedelta(minutes=1))
    morning(AT + dt.timedelta(minutes=2))
    run(background.write, AT, t.manager.pk.hex, AT.date().isoformat())
    assert len(letters()) == 1


def test_no_letter_goes_out_on_saturday_or_sunday_and_monday_covers_both(t):
    ask(t, title="Of Friday evening", at=AT + 3 * DAY + dt.timedelta(hours=10))
    for days in (4, 5):
        morning(AT + days * DAY)
    assert letters() == []
    morning(AT + 6 * DAY)
    assert "Of Friday evening" in letters()[0].text


def test_those_who_chose_none_get_none_and_those_with_an_ended_account_neither(t):
    ask(t)
    Letters.objects.create(user=t.manager, often="none")
    morning()
    Letters.objects.all().delete()
    User.objects.filter(pk=t.manager.pk).update(is_active=False)
    morning(AT + DAY)
    assert letters() == []


def test_weekly_letters_come_on_mondays_with_reminders_between(t):
    Letters.objects.create(user=t.manager, often="weekly")
    ask(t, title="Due on Thursday", due_on=AT.date() + 2 * DAY)
    ask(t, title="Without a date")
    morning()
    assert letters() == []
    morning(AT + DAY)
    assert [each.subject for each in letters()] == ["Due tomorrow: Due on Thursday"]
    morning(AT + 2 * DAY)
    morning(AT + 3 * DAY)
    assert len(letters()) == 1
    morning(AT + 6 * DAY)
    assert len(letters()) == 2
    assert "Without a date" in letters()[1].text
    assert "LATE" in letters()[1].text
    morning(AT + 7 * DAY)
    assert letters()[2].subject == "5 days late: Due on Thursday"
    morning(AT + 8 * DAY)
    assert len(letters()) == 3
    assert Task.objects.get(title="Due on Thursday").reminded_on is not None


def test_whoever_stands_in_gets_what_is_asked_of_the_absent_one(t):
    User.objects.filter(pk=t.staff.pk).update(email="tomasz@fenmoor.example")
    roles.cover(by=WORKER, at=AT, absent=t.manager, deputy=t.staff, place=t.trust, from_on=AT.date(),
                until_on=AT.date() + DAY)  # fmt: skip
    ask(t, title="Of the person")
    ask(t, title="Of the role", of="ward-manager")
    morning()
    (letter,) = letters()
    assert letter.to == "tomasz@fenmoor.example"
    assert "Of the person" in letter.text
    assert "Of the role" in letter.text


def test_what_is_asked_of_a_role_comes_to_each_who_holds_it(t):
    give(person("Second", email="second@fenmoor.example"), "ward-manager", t.medicine)
    give(person("Other", email="other@fenmoor.example"), "ward-manager", t.ward8)
    ask(t, of="ward-manager")
    morning()
    assert sorted(each.to for each in letters()) == ["amina@fenmoor.example", "second@fenmoor.example"]


def test_a_quarter_opens_a_review_of_each_trust_and_asks_its_administrators_once(t):
    first = AT.replace(month=7, day=1)
    run(open_reviews, AT.replace(month=5, day=1))
    assert not Review.objects.exists()
    for _ in range(2):
        run(open_reviews, first)
        run(background.ask, first)
    assert Review.objects.count() == 2
    task = Task.objects.get(place=t.trust, kind="access-review")
    assert task.role == "administrator"
    review = Review.objects.get(place=t.trust)
    assert kinds.of(task).address(task) == f"/at/{t.trust.code}/access-reviews/{review.pk}/"
    by = Actor(t.administrator, first)
    reviews.decide(by=by, at=first, review=review, keep=list(Decision.objects.filter(review=review)), finish=[])
    reviews.close(by=by, at=first, review=review, version=1)
    assert not Task.objects.open().filter(place=t.trust).exists()


def test_a_role_that_ends_is_asked_about_fourteen_days_before_of_who_gave_it(t):
    on = AT.date()
    bank = roles.give(by=Actor(t.manager, AT), at=AT, user=t.staff, role="staff", place=t.ward7, from_on=on,
                      until_on=on + 20 * DAY)  # fmt: skip
    run(background.ask, AT)
    assert not Task.objects.filter(kind="role-ends").exists()
    for days in (6, 7, 8):
        run(background.ask, AT + days * DAY)
    task = Task.objects.get(kind="role-ends")
    assert (task.user, task.due_on) == (t.manager, bank.until_on)
    assert t.staff.name not in task.title
    later = AT + 9 * DAY
    roles.extend(by=Actor(t.manager, later), at=later, holding=bank, until_on=on + 90 * DAY)
    assert not Task.objects.open().exists()
    run(background.ask, AT + 80 * DAY)
    assert Task.objects.filter(kind="role-ends").count() == 2


def test_what_nobody_decided_is_settled_when_the_role_has_ended_by_itself(t):
    on = AT.date()
    give(person("Bank"), "staff", t.ward7, until_on=on + DAY)
    run(background.ask, AT)
    task = Task.objects.get(kind="role-ends")
    assert task.role == "administrator"
    run(background.ask, AT + 2 * DAY)
    task.refresh_from_db()
    assert (task.end, task.answer) == ("done", "It has ended by itself.")


def test_a_role_that_is_ended_early_needs_no_answer(t):
    held = Holding.objects.get(user=give(person("Bank"), "staff", t.ward7, until_on=AT.date() + DAY))
    run(background.ask, AT)
    roles.end(by=Actor(t.administrator, AT), at=AT, holding=held, on=AT.date())
    assert not Task.objects.open().exists()
