"""A browser, a server that it talks to, and ways to look at a page."""

import os
from importlib import import_module

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import caches
from django.db import connection, connections
from django.test import Client
from playwright.sync_api import sync_playwright

BROWSER = {"executable_path": "/usr/bin/chromium", "args": ["--no-sandbox", "--disable-gpu"]}
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PATIENCE = 15_000  # milliseconds


@pytest.fixture(scope="module", autouse=True)
def _trail_can_be_emptied(django_db_setup, django_db_blocker):  # noqa: ARG001
    """A test over two threads cannot roll back: its rows are deleted, which the trail forbids at other times."""
    append_only = import_module("holdgood.trail.migrations.0002_append_only")
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        append_only.allow(None, editor)
    yield
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        append_only.refuse(None, editor)


class Visit:
    """One person's browser: where they are, and what went wrong in it."""

    def __init__(self, browser, home, user=None, **options):
        self.home, self.problems = home, []
        self.context = browser.new_context(base_url=home, locale="en-GB", **options)
        self.context.set_default_timeout(PATIENCE)
        if user is not None:
            client = Client()
            client.force_login(user, backend="holdgood.people.backends.Local")
            cookie = {"name": "session", "value": client.cookies["session"].value, "url": home}
            self.context.add_cookies([cookie])
        self.page = self.context.new_page()
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda problem: self.problems.append(str(problem)))

    def _heard(self, message):
        told_by_the_page_itself = "status of 4" in message.text  # a page that says 404 or 409 is meant
        if message.type == "error" and not told_by_the_page_itself:
            self.problems.append(message.text)

    def go(self, address):
        self.page.goto(f"{self.home}{address}")
        return self.page

    def press(self, name):
        link = self.page.get_by_role("link", name=name, exact=True)
        self.page.get_by_role("button", name=name, exact=True).or_(link).first.click()

    def title(self):
        return self.page.locator("h1").inner_text()

    def banner(self):
        return self.page.locator(".hg-done").first.inner_text()

    def sign_in(self, user, password):
        self.page.fill("[name=login]", user.email)
        self.page.fill("[name=password]", password)
        self.page.press("[name=password]", "Enter")
        self.page.wait_for_url(lambda url: "/sign-in/" not in url)

    def axe(self):
        """What axe finds, one line each."""
        options = {"runOnly": {"type": "tag", "values": STANDARDS}, "resultTypes": ["violations"]}
        found = Axe().run(self.page, options=options).response["violations"]
        return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"][:3]]

    def scrolls_sideways(self):
        return self.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


@pytest.fixture
def browse(live_server, monkeypatch):
    """A browser for one or several people; at the end nothing may stand in their consoles."""
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the browser's loop runs in this thread
    caches["charts"].clear()
    visits = []
    with sync_playwright() as player:
        browser = player.chromium.launch(**BROWSER)

        def visit(user=None, **options):
            visits.append(Visit(browser, live_server.url, user, **options))
            return visits[-1]

        yield visit
        connections.close_all()  # inside the browser's loop Django opened one of its own
        browser.close()
    assert [problem for one in visits for problem in one.problems] == []
