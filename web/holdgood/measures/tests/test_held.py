import pytest
from django.utils import timezone

from holdgood.measures.actions import counting, noting
from holdgood.measures.tests.factories import counted, measure
from holdgood.people import actions as people
from holdgood.places.access import Actor
from holdgood.places.actions import roles
from holdgood.places.tests.factories import Trust
from holdgood.tasks import actions as tasks

pytestmark = pytest.mark.django_db


def test_everything_held_about_somebody_is_given_out_and_what_is_private_forgotten():
    t, at = Trust(), timezone.now()
    falls = measure(t.trust)
    by = Actor(t.manager, at)
    today = by.on
    cover = roles.cover(
        by=by, at=at, absent=t.manager, deputy=t.staff, place=t.trust, from_on=today, until_on=today,
        reason="an operation",
    )  # fmt: skip
    counting.add(by=by, at=at, place=t.ward7, rows=counted(falls, t.ward7, [3]))
    noting.note(by=by, at=at, measure=falls, place=t.ward7, kind="note", on=today, text="Bay nursing began.")
    tasks.ask(by=by, at=at, place=t.ward7, kind="plain", title="Look at the rota", of=t.staff)
    asked = {"by": "test", "chain": "people", "at": at}
    held = people.export_person(user=t.manager, **asked)
    assert [row["role"] for row in held["Roles"]] == ["ward-manager"]
    assert held["Cover"][0]["reason"] == "an operation"
    assert held["Notes on charts"][0]["text"] == "Bay nursing began."
    assert held["Numbers brought in"][0]["rows"] == 1
    assert held["Things asked"][0]["title"] == "Look at the rota"
    people.forget_person(user=t.manager, reason="asked for it", **asked)
    cover.refresh_from_db()
    assert cover.reason == ""
