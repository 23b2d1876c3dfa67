"""A passkey in a real browser: added, and signed in with. Under our own policy of content, on localhost."""

import os
from importlib import import_module

import pytest
from django.db import connection, connections
from playwright.sync_api import sync_playwright

from holdgood.people.tests.factories import PASSWORD, events, matron

pytestmark = [pytest.mark.long, pytest.mark.django_db(transaction=True)]
BROWSER = "/usr/bin/chromium"
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(scope="module", autouse=True)
def _trail_can_be_emptied(django_db_setup, django_db_blocker):  # noqa: ARG001
    """A test over two threads cannot roll back: its rows are deleted, which the trail forbids at other times."""
    append_only = import_module("holdgood.trail.migrations.0002_append_only")
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        append_only.allow(None, editor)
    yield
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        append_only.refuse(None, editor)


@pytest.fixture
def page(monkeypatch):
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the browser's loop runs in this thread
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=BROWSER, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.set_default_timeout(15_000)
        telephone = page.context.new_cdp_session(page)
        telephone.send("WebAuthn.enable")
        telephone.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
        yield page
        connections.close_all()  # inside the browser's loop Django opened one of its own
        browser.close()


def test_a_passkey_is_added_and_signs_in_without_a_password(page, live_server):
    user = matron()
    home = live_server.url
    assert home.startswith("http://localhost:")

    page.goto(f"{home}/account/sign-in/?next=/account/")
    page.fill("[name=login]", user.email)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(f"{home}/account/")

    page.goto(f"{home}/account/second-factor/webauthn/add/")
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/webauthn/add/**")
    page.fill("[name=name]", "Ward telephone")
    page.click("#mfa_webauthn_add")
    page.wait_for_url("**/recovery-codes/**")

    page.goto(f"{home}/account/")
    page.get_by_role("button", name="Sign out").first.click()
    page.wait_for_url("**/sign-in/**")
    page.click("#passkey_login")
    page.wait_for_url(lambda url: "/sign-in/" not in url)
    page.goto(f"{home}/account/")
    assert page.get_by_role("heading", name="My account").is_visible()
    assert events().count("people.session.begun") == 2
    assert "people.second-factor.added" in events()
