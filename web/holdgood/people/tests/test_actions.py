import datetime as dt
import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import IntegrityError, transaction
from django.test import Client

from holdgood.jobs.models import Mail
from holdgood.people import actions, chains
from holdgood.people.models import Invitation, User
from holdgood.people.tests.factories import (
    NOON,
    PASSWORD,
    events,
    matron,
    partner,
    sign_in,
    signed_in,
    whole_trail,
    with_app,
)
from holdgood.trail.models import Entry
from holdgood.trail.versions import Changed

pytestmark = pytest.mark.django_db
HOW = {"by": "admin", "chain": "river", "at": NOON}
DAY = dt.timedelta(days=1)


def link_of(mail: Mail) -> str:
    found = re.search(r"/account/invitation/([^/]+)/", mail.text)
    assert found
    return found[1]


def test_an_invitation_is_a_letter_whose_link_sets_the_password_once():
    user = actions.invite(name="Maud Ashworth", email="Maud@River.example", **HOW)
    assert user.email == "maud@river.example"
    assert not user.has_usable_password()
    mail = Mail.objects.get()
    assert mail.to == "maud@river.example"
    assert "http://127.0.0.1:8000/account/invitation/" in mail.text
    token = link_of(mail)
    assert token not in Invitation.objects.get().digest
    accepted = actions.accept(token=token, password=PASSWORD, at=NOON + DAY)
    assert accepted.check_password(PASSWORD)
    assert accepted.joined_at == NOON + DAY
    with pytest.raises(actions.InvitationOver):
        actions.accept(token=token, password="another long password", at=NOON + DAY)
    assert events() == ["people.account.enrolled", "people.invitation.sent", "people.invitation.accepted"]


def test_an_invitation_runs_out_after_seven_days_and_a_new_one_voids_the_old():
    user = actions.invite(name="Maud Ashworth", email="maud@river.example", **HOW)
    first = link_of(Mail.objects.get())
    with pytest.raises(actions.InvitationOver):
        actions.accept(token=first, password=PASSWORD, at=NOON + 7 * DAY)
    actions.send_invitation(user=user, **HOW)
    with pytest.raises(actions.InvitationOver):
        actions.accept(token=first, password=PASSWORD, at=NOON)
    assert actions.accept(token=link_of(Mail.objects.latest("pk")), password=PASSWORD, at=NOON) == user


def test_a_sign_in_name_is_one_persons_whatever_its_case():
    matron()
    with pytest.raises(actions.UnableToEnrol, match="another person's") as told:
        matron(email="MAUD@river.example")
    assert told.value.field == "email"
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(subject="x", name="X", email="Maud@River.Example")
    User.objects.create(issuer="https://login.example", subject="x", name="X", email="maud@river.example")


@pytest.mark.parametrize(
    ("field", "more"),
    [
        ("name", {"name": " "}),
        ("name", {"name": "x" * 121}),
        ("name", {"name": "a\x00b"}),
        ("email", {"email": "maud"}),
        ("email", {"email": "maud@rivér.example"}),
        ("ends_on", {"outside": True}),
    ],
)
def test_an_account_that_cannot_be_is_refused_by_its_field(field, more):
    with pytest.raises(actions.UnableToEnrol) as told:
        matron(**more)
    assert told.value.field == field


def test_a_changed_address_is_told_to_the_old_one_and_voids_links():
    user = actions.invite(name="Maud Ashworth", email="maud@river.example", **HOW)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    changed = actions.change_contact(user=user, version=1, name="Maud Ash", email="ash@river.example", **HOW)
    assert (changed.name, changed.email, changed.version) == ("Maud Ash", "ash@river.example", 2)
    assert not Invitation.objects.exists()
    assert not EmailAddress.objects.exists()
    assert Mail.objects.latest("pk").to == "maud@river.example"
    with pytest.raises(Changed):
        actions.change_contact(user=user, version=1, name="Maud", email="m@river.example", **HOW)


def test_who_leaves_is_signed_out_at_once_and_may_be_taken_back(client):
    user = matron()
    sign_in(client, user)
    assert signed_in(client)
    actions.stop(user=user, reason="left the trust", **HOW)
    assert client.get("/account/").status_code == 302
    assert not signed_in(client)
    assert sign_in(client, user)["Location"] == "/account/ended/"
    actions.restart(user=user, **HOW)
    sign_in(client, user)
    assert signed_in(client)


def test_an_end_that_is_past_ends_sessions_at_the_next_request(client):
    user = matron()
    sign_in(client, user)
    actions.set_end(user=user, ends_on=dt.date(2020, 1, 1), **HOW)
    assert client.get("/account/").status_code == 302
    assert not signed_in(client)


def test_of_sessions_one_or_all_others_are_ended():
    user, here, there, elsewhere = matron(), Client(), Client(), Client()
    for browser in (here, there, elsewhere):
        sign_in(browser, user)
    row = UserSession.objects.get(session_key=there.session.session_key)
    assert actions.end_session(user=user, session=row.pk, **HOW)
    assert not actions.end_session(user=user, session=row.pk, **HOW)
    assert [signed_in(browser) for browser in (here, there, elsewhere)] == [True, False, True]
    here.post("/account/sessions/end-others/")
    assert here.get("/account/sessions/end-others/").status_code == 405
    assert elsewhere.get("/account/password/").status_code == 302
    assert [signed_in(browser) for browser in (here, there, elsewhere)] == [True, False, False]


def test_nobody_ends_the_session_of_another(client):
    user, other, theirs = matron(), matron(email="other@river.example"), Client()
    sign_in(theirs, other)
    sign_in(client, user)
    client.post(f"/account/sessions/{UserSession.objects.get(user=other).pk}/end/")
    assert signed_in(theirs)


def test_a_lost_second_factor_is_removed_with_a_letter_and_all_sessions(client):
    user = matron()
    sign_in(client, user)
    with_app(user)
    assert actions.recover_second_factor(user=user, reason="lost telephone, shown badge", **HOW) == 1
    assert not Authenticator.objects.exists()
    assert not signed_in(client)
    assert "removed the second factors" in Mail.objects.latest("pk").text


def test_the_trail_holds_no_name_and_no_address_in_clear(client):
    user = partner()
    actions.invite(name="Maud Ashworth", email="maud@river.example", **HOW)
    actions.change_contact(user=user, version=1, name="Percival Quill", email="quill@charity.example", **HOW)
    sign_in(client, user, "a wrong password")
    user.refresh_from_db()
    sign_in(client, user)
    actions.end_other_sessions(user=user, but="", **HOW)
    actions.export_person(user=user, **HOW)
    actions.stop(user=user, **HOW)
    text = whole_trail().lower()
    for found in ("maud", "ashworth", "percy", "percival", "quill", "charity.example", "127.0.0.1", PASSWORD):
        assert found not in text
    assert "digest:" in text


def test_what_a_person_does_themselves_is_told_on_their_own_trust(client):
    chains.register(lambda user: f"trust-of-{user.email}")
    user = matron()
    sign_in(client, user)
    assert Entry.objects.latest("id").chain == "trust-of-maud@river.example"
    assert Entry.objects.latest("id").actor == user.pk.hex
