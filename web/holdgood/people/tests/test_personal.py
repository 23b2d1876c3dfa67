import datetime as dt
import io
import json

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.management import CommandError, call_command

from holdgood.jobs.models import Mail
from holdgood.people import actions, background, records, retention
from holdgood.people.models import Invitation, Remembered, User
from holdgood.people.tests.factories import NOON, events, matron, partner, sign_in, whole_trail, with_app
from holdgood.trail.models import Entry, Salt

pytestmark = pytest.mark.django_db
HOW = {"by": "admin", "chain": "river", "at": NOON}
DAY = dt.timedelta(days=1)


def run(*args) -> str:
    said = io.StringIO()
    call_command(*args, stdout=said)
    return said.getvalue()


def full(client) -> User:
    """Somebody about whom there is something of each kind."""
    user = matron()
    actions.send_invitation(user=user, **HOW)
    sign_in(client, user)
    with_app(user)
    EmailAddress.objects.create(user=user, email=user.email)
    return user


def test_all_that_is_held_about_a_person_is_given_out_but_no_secret(client):
    user = full(client)
    for named in (str(user.pk), "Maud@river.example"):
        held = json.loads(run("export-person", named))
        assert set(held) >= {"Account", "Sessions", "Second factors", "Invitations", "Letters"}
        assert held["Account"][0]["name"] == "Maud Ashworth"
        assert all(held[kind] for kind in ("Account", "Sessions", "Second factors", "Invitations", "Letters"))
        assert "secret" not in str(held["Second factors"])
        assert "password" not in held["Account"][0]
    assert events()[-1] == "people.account.exported"


def test_a_person_is_forgotten_and_the_trail_leads_to_nobody(client):
    user = full(client)
    digest = Entry.objects.get(event="people.account.enrolled").new
    run("forget-person", user.email, "--reason", "asked for it, letter of 3 November")
    user.refresh_from_db()
    assert (user.name, user.email, user.is_active, user.has_usable_password()) == (
        "Somebody who left",
        "",
        False,
        False,
    )
    for model in (Mail, Invitation, EmailAddress, Authenticator, UserSession, Session, Salt):
        assert not model.objects.exists(), model
    assert events()[-1] == "people.account.forgotten"
    assert "maud" not in whole_trail().lower()
    assert Entry.objects.get(event="people.account.enrolled").new == digest  # nothing in the trail is changed
    matron()  # the address is free again


def test_nobody_is_told_how_to_be_found():
    with pytest.raises(CommandError, match="is nobody's id or sign-in name"):
        run("export-person", "x@y.example")


def test_what_an_app_registers_is_given_out_and_forgotten(monkeypatch):
    monkeypatch.setattr(records, "_kinds", {})
    user, forgotten = matron(), []
    records.register(records.Kind("Ideas", lambda one: [{"idea": one.name}], lambda one: forgotten.append(one) or 1))
    with pytest.raises(ValueError, match="registered already"):
        records.register(records.Kind("Ideas", lambda _: [], lambda _: 0))
    assert actions.export_person(user=user, **HOW) == {"Ideas": [{"idea": "Maud Ashworth"}]}
    assert actions.forget_person(user=user, reason="asked", **HOW) == {"Ideas": 1}
    assert forgotten == [user]


def test_contact_data_go_a_year_after_an_account_has_ended(client):
    user, stays = full(client), partner(ends_on=dt.date(2026, 11, 1))
    actions.stop(user=user, **HOW)
    assert list(retention.overdue(NOON + 365 * DAY)) == [stays]
    retention.keep(NOON + 366 * DAY)
    user.refresh_from_db()
    stays.refresh_from_db()
    assert (user.name, user.email) == ("Maud Ashworth", "")
    assert stays.email == ""
    assert not Authenticator.objects.exists()
    assert not Mail.objects.exists()
    assert events()[-1] == "people.contact.dropped"
    assert retention.keep(NOON + 366 * DAY) == 0


def test_what_is_over_is_swept(client):
    sign_in(client, matron())
    cache.set("old", 1, -1)
    cache.set("new", 1, 600)
    retention.sweep(NOON)
    assert UserSession.objects.count() == 1
    assert not Remembered.objects.filter(key__endswith="old").exists()
    assert cache.get("new") == 1
    Session.objects.update(expire_date=NOON)
    retention.sweep(NOON + 2 * DAY)
    assert not UserSession.objects.exists()


def test_invitations_that_ran_out_are_kept_for_a_month():
    actions.send_invitation(user=matron(), **HOW)
    retention.keep(NOON + 36 * DAY)
    assert Invitation.objects.exists()
    retention.keep(NOON + 38 * DAY)
    assert not Invitation.objects.exists()


def test_each_kind_of_retention_says_why_and_when_it_is_looked_at_again():
    for kind in retention.kinds().values():
        assert kind.reason
        assert kind.source
        assert kind.next_review > dt.date(2026, 11, 25)
    assert background.sweep.takes_context


def test_rotating_makes_new_keys_and_the_trail_stays_whole():
    user = matron()
    with_app(user)
    said = run("rotate")
    assert "trail: k" in said
    assert "1 second factors" in said
    assert events()[-2:] == ["trail.keys.rotated", "people.keys.rotated"]
    matron(email="after@river.example")
    assert "whole" in run("verify", "trail")
    run("rotate", "people")
    with pytest.raises(CommandError):
        run("rotate", "everything")
