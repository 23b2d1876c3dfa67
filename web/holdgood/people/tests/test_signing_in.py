import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from holdgood.jobs.models import Mail
from holdgood.people import actions, keys
from holdgood.people.models import User
from holdgood.people.tests.factories import (
    NOON,
    PASSWORD,
    code,
    events,
    matron,
    partner,
    sign_in,
    signed_in,
    with_app,
)
from holdgood.trail.models import Entry

pytestmark = pytest.mark.django_db
HOW = {"by": "admin", "chain": "river", "at": NOON}


def test_signing_in_and_out_are_told(client):
    user = matron()
    assert sign_in(client, user)["Location"] == "/"
    assert client.post("/account/sign-out/")["Location"] == "/account/sign-in/"
    assert not signed_in(client)
    assert events()[1:] == ["people.session.begun", "people.session.ended"]
    assert '"how":"password"' in Entry.objects.get(event="people.session.begun").new


def test_a_get_does_not_sign_out(client):
    sign_in(client, matron())
    assert client.get("/account/sign-out/").status_code == 200
    assert signed_in(client)


def test_a_name_is_taken_in_any_case(client):
    user = matron()
    client.post("/account/sign-in/", {"login": "MAUD@River.Example", "password": PASSWORD})
    assert signed_in(client)
    assert user.email == "maud@river.example"


def test_a_wrong_password_and_an_unknown_name_are_answered_alike_and_told(client):
    user = matron()
    known = sign_in(client, user, "a wrong password")
    unknown = client.post("/account/sign-in/", {"login": "nobody@river.example", "password": "a wrong password"})
    assert "is not right" in known.content.decode()
    assert known.status_code == unknown.status_code
    assert events()[1:] == ["people.session.refused"] * 2
    assert Entry.objects.filter(thing=user.pk.hex, event="people.session.refused").count() == 1


def test_after_five_wrong_passwords_the_right_one_is_refused_too_whatever_the_port(client):
    user = matron()
    for port in range(5):
        sign_in(Client(HTTP_HOST=f"localhost:{9000 + port}"), user, "a wrong password")
    answer = sign_in(client, user)
    assert "too many tries" in answer.content.decode()
    assert not signed_in(client)
    sign_in(client, user)
    assert events().count("people.account.locked") == 1


def test_too_many_tries_from_one_place_are_answered_by_a_sentence(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    user = matron()
    sign_in(client, user, "a wrong password")
    answer = sign_in(client, user)
    assert answer.status_code == 429
    assert answer["Retry-After"] == "60"
    assert "Wait a minute" in answer.content.decode()


def test_nobody_registers_themselves(client):
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")
    assert client.get("/account/signup/").status_code == 404
    assert client.get("/account/sign-up/").status_code == 404


def test_an_address_at_another_issuer_is_not_an_account_here(client):
    """No linking by e-mail: not by password, and not by a link for a forgotten one."""
    other = User.objects.create(issuer="https://login.example", subject="x", name="X", email="x@river.example")
    other.set_password(PASSWORD)
    other.save()
    sign_in(client, other)
    assert not signed_in(client)
    client.post("/account/password/forgotten/", {"email": other.email})
    assert not Mail.objects.exists()


def test_a_forgotten_password_is_set_anew_by_a_letter(client):
    user = matron()
    client.post("/account/password/forgotten/", {"email": user.email}, HTTP_HOST="localhost:666")
    found = re.search(r"http://127.0.0.1:8000(/account/password/forgotten/\S+/)", Mail.objects.get().text)
    assert found
    page = client.get(found[1])
    new = "kettle willow ladder"
    answer = client.post(page["Location"], {"password1": new, "password2": new})
    assert answer.status_code == 302
    assert signed_in(client)
    user.refresh_from_db()
    assert user.check_password(new)
    assert "people.password.changed" in events()
    assert "set anew" in Mail.objects.latest("pk").text
    assert Client().get(found[1]).status_code == 200  # the link is over, and the page says so


def test_no_link_is_sent_to_those_invited_only_stopped_or_unknown(client):
    invited = actions.enrol(name="New", email="new@river.example", **HOW)
    stopped = actions.stop(user=matron(), **HOW)
    for email in (invited.email, stopped.email, "nobody@river.example"):
        assert client.post("/account/password/forgotten/", {"email": email}).status_code == 302
    assert not Mail.objects.exists()


def test_a_link_for_a_forgotten_password_is_void_for_one_who_was_stopped_since(client):
    user = matron()
    client.post("/account/password/forgotten/", {"email": user.email})
    found = re.search(r"http://127.0.0.1:8000(/account/password/forgotten/\S+/)", Mail.objects.get().text)
    actions.stop(user=user, **HOW)
    actions.restart(user=user, **HOW)
    assert found
    assert client.get(found[1]).status_code == 200  # no way on


def test_changing_the_password_ends_other_sessions_and_sends_a_letter(client):
    user, other = matron(), Client()
    sign_in(client, user)
    sign_in(other, user)
    new = "kettle willow ladder"
    given = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert client.post("/account/password/", given)["Location"] == "/account/"
    assert signed_in(client)
    assert other.get("/account/password/").status_code == 302
    assert "was changed" in Mail.objects.get().text


@pytest.mark.parametrize("weak", ["heron otter", "password1234", "maud@river.example"])
def test_short_common_and_personal_passwords_are_refused(client, weak):
    user = matron()
    sign_in(client, user)
    given = {"oldpassword": PASSWORD, "password1": weak, "password2": weak}
    assert client.post("/account/password/", given).status_code == 200
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_an_invited_person_sets_a_password_and_is_in(client):
    actions.invite(name="Maud Ashworth", email="maud@river.example", **HOW | {"at": timezone.now()})
    found = re.search(r"(/account/invitation/\S+/)", Mail.objects.get().text)
    assert found
    assert client.get(found[1]).status_code == 200
    assert client.post(found[1], {"password": "short"}).status_code == 200
    assert client.post(found[1], {"password": PASSWORD})["Location"] == "/account/"
    assert signed_in(client)
    assert client.get(found[1]).status_code == 410


# The second factor


def second_step(client, user):
    assert sign_in(client, user)["Location"] == "/account/second-factor/authenticate/"
    assert not signed_in(client)


def test_the_secret_is_not_in_the_row_and_opens_for_its_person_alone():
    user, other = matron(), matron(email="other@river.example")
    secret = with_app(user)
    row = Authenticator.objects.get()
    assert secret not in str(row.data)
    assert keys.unseal(row.data["secret"], user.pk.hex) == secret
    with pytest.raises(keys.UnableToOpen, match="changed"):
        keys.unseal(row.data["secret"], other.pk.hex)
    with pytest.raises(keys.UnableToOpen, match="no key"):
        keys.unseal("k99:AAAA", user.pk.hex)


def test_a_code_lets_in_once(client):
    user = matron()
    shown = code(with_app(user))
    second_step(client, user)
    client.post("/account/second-factor/authenticate/", {"code": shown})
    assert signed_in(client)
    again = Client()
    second_step(again, user)
    answer = again.post("/account/second-factor/authenticate/", {"code": shown})
    assert "used already" in answer.content.decode()
    assert not signed_in(again)
    assert events()[-1] == "people.second-factor.refused"
    assert '"how":"password, totp"' in Entry.objects.get(event="people.session.begun").new


def test_each_recovery_code_works_once():
    user = matron()
    with_app(user)
    with keys.of(user.pk.hex):
        spare = RecoveryCodes.activate(user).get_unused_codes()
    for shown, lets_in in ((spare[0], True), (spare[0], False), (spare[1], True)):
        browser = Client()
        second_step(browser, user)
        browser.post("/account/second-factor/authenticate/", {"code": shown})
        assert signed_in(browser) is lets_in


def set_up(client, django_capture_on_commit_callbacks) -> None:
    """An authenticator app, as its pages do it."""
    client.post("/account/confirm/", {"password": PASSWORD})
    page = client.get("/account/second-factor/totp/activate/")
    assert page.status_code == 200
    secret = client.session["mfa.totp.secret"]
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post("/account/second-factor/totp/activate/", {"code": code(secret)})
    assert answer["Location"] == "/account/second-factor/recovery-codes/"


def test_who_is_from_outside_sets_up_a_second_factor_before_anything_else(client, django_capture_on_commit_callbacks):
    user = partner()
    sign_in(client, user)
    assert client.get("/account/")["Location"] == "/account/second-factor/"
    assert client.get("/account/second-factor/").status_code == 200
    set_up(client, django_capture_on_commit_callbacks)
    assert client.get("/account/second-factor/recovery-codes/").status_code == 200
    assert client.get("/account/").status_code == 200
    assert events().count("people.second-factor.added") == 2  # the app, and its recovery codes
    assert "authenticator app was added" in Mail.objects.latest("pk").text
    answer = client.post("/account/second-factor/totp/deactivate/")
    assert answer.status_code == 200  # refused: it is the last one
    assert Authenticator.objects.filter(type="totp").exists()


def test_who_need_not_have_a_second_factor_may_remove_it(client, django_capture_on_commit_callbacks):
    sign_in(client, matron())
    set_up(client, django_capture_on_commit_callbacks)
    client.post("/account/second-factor/totp/deactivate/")
    assert not Authenticator.objects.exists()
    assert "people.second-factor.removed" in events()


@pytest.mark.parametrize(("rule", "staff", "outside"), [("all", 302, 302), ("outside", 200, 302), ("none", 200, 200)])
def test_the_setting_says_who_must_have_a_second_factor(client, settings, rule, staff, outside):
    settings.HOLDGOOD_SECOND_FACTOR = rule
    for user, expected in ((matron(), staff), (partner(), outside)):
        client.force_login(user)
        assert client.get("/account/").status_code == expected


def test_rotated_keys_seal_second_factors_again(client):
    user = matron()
    secret = with_app(user)
    before = Authenticator.objects.get().data["secret"]
    assert actions.rotate(by="rotate", at=NOON) == 1
    after = Authenticator.objects.get().data["secret"]
    assert before.partition(":")[0] != after.partition(":")[0]
    assert keys.unseal(after, user.pk.hex) == keys.unseal(before, user.pk.hex) == secret
    assert actions.rotate(by="rotate", at=NOON) == 1
    second_step(client, user)
    client.post("/account/second-factor/authenticate/", {"code": code(secret)})
    assert signed_in(client)


def test_passkeys_are_bound_to_the_name_of_the_address(settings):
    from holdgood.people.second_factor import passkey_domain

    assert passkey_domain() == "localhost"
    settings.HOLDGOOD_ADDRESS = "https://holdgood.trust.nhs.uk"
    assert passkey_domain() == "holdgood.trust.nhs.uk"


def test_codes_are_counted_too(client):
    user = matron()
    secret = with_app(user)
    second_step(client, user)
    for _ in range(5):
        client.post("/account/second-factor/authenticate/", {"code": "000000"})
    answer = client.post("/account/second-factor/authenticate/", {"code": code(secret)})
    assert "too many tries" in answer.content.decode()
    assert not signed_in(client)
