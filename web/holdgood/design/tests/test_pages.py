"""The shell, messages, conflicts, errors and headers: what every page has."""

import logging
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client, RequestFactory
from django.urls import reverse

from holdgood.design import errors, headers, jinja, shell

DESIGN = Path(jinja.__file__).parent
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)


@pytest.mark.django_db
def test_nothing_registered_leaves_no_dead_link(client):
    page = client.get("/short/").content.decode()
    links = re.findall(r'href="([^"]*)"', page.split("<body")[1])
    assert set(links) <= {"/", "#maincontent"}
    for words in ("My work", "Search", "<nav", "Change place"):
        assert words not in page


@pytest.mark.django_db
def test_what_is_registered_is_shown_in_its_order_with_the_mark_of_where_one_is(client):
    shell.section(2, "Design", url=lambda _: "/here/", app="design")
    shell.section(1, "Home", url=lambda _: "/home/")
    shell.section(3, "Hidden", url=lambda _: None)
    shell.part("switcher", lambda _: {"name": "Ward 7", "above": "Medicine", "url": "/places/", "recent": []})
    shell.part("work", lambda _: {"url": "/my-work/", "count": 6})
    shell.part("search", lambda _: {"url": "/search/", "value": "<falls"})
    shell.part("banner", lambda _: {"text": "Demonstration: all is invented."})
    shell.part("account", lambda _: {"name": "Amina", "links": [{"text": "Sign out", "url": "/out/", "post": True}]})
    shell.foot(1, "Privacy", url=lambda _: "/privacy/")
    page = client.get("/short/").content.decode()
    assert page.index('href="/home/"') < page.index('href="/here/" aria-current="true"')
    assert "Hidden" not in page
    assert "&lt;falls" in page
    assert 'action="/out/" method="post"' in page
    for words in ("Demonstration: all is invented.", "Change place", "/privacy/", "6<span"):
        assert words in page


def test_the_shell_knows_its_parts():
    with pytest.raises(ValueError, match="has no part"):
        shell.part("sidebar", lambda _: None)


@pytest.mark.django_db
def test_the_title_is_the_heading_and_the_name_of_the_tab(client):
    page = client.get("/").content.decode()
    heading = "Ward 7: two things changed this month, one gain is slipping, three people wait for an answer"
    assert f"<title>{heading} – Holdgood</title>" in page
    assert page.count("<h1") == 1
    assert 'href="#changed">two things changed</a>' in page


@pytest.mark.django_db
def test_what_was_done_is_said_once_with_a_way_back(client):
    page = client.get("/done/", follow=True).content.decode()
    assert "Idea answered. Tomasz has been told." in page
    assert 'action="/undo/" method="post"' in page
    assert "Idea answered" not in client.get("/").content.decode()


@pytest.mark.django_db
def test_two_who_change_one_thing_see_both_and_lose_nothing(client):
    answer = client.post("/conflict/", {"name": "Falls", "due": "3/3/2026", "version": "1"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Ruth changed this while you had it open" in page
    assert "1 April 2026" in page
    assert 'name="version" value="4"' in page
    assert 'value="Falls"' in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "status"), [("missing", 404), ("denied", 403), ("bad", 400), ("too-big", 413), ("broken", 500)]
)
def test_what_goes_wrong_has_a_page_without_detail_and_a_number_that_is_logged(kind, status, caplog):
    with caplog.at_level(logging.INFO, "holdgood.incidents"):
        answer = Client(raise_request_exception=False).get(f"/wrong/{kind}/")
    page = answer.content.decode()
    assert answer.status_code == status
    assert "secret detail" not in page
    assert "What you can do" in page
    number = re.search(r"<b>(\w{4}-\w{4})</b>", page)[1]
    assert any(number in record.getMessage() for record in caplog.records)
    assert all(
        f"/wrong/{kind}" not in record.getMessage() for record in caplog.records if record.name.startswith("holdgood")
    )
    assert answer["Content-Security-Policy"] == CSP


@pytest.mark.django_db
def test_an_address_that_is_nowhere_is_a_page_too(client):
    assert "There is no such page for you" in client.get("/nowhere/").content.decode()


@pytest.mark.django_db
def test_the_wrong_method_has_a_page_and_still_names_the_right_one(client):
    answer = client.get("/undo/")
    assert answer.status_code == 405
    assert answer["Allow"] == "POST"
    assert "cannot be asked for in that way" in answer.content.decode()


@pytest.mark.django_db
def test_a_forged_form_is_refused_in_words():
    answer = Client(enforce_csrf_checks=True).post("/short/", {"name": "x"})
    assert answer.status_code == 403
    assert "This form can no longer be sent" in answer.content.decode()


def test_a_shell_that_fails_still_leaves_a_page():
    """As when the database is down."""

    def broken(_):
        raise RuntimeError("no database")

    shell.part("work", broken)
    request = RequestFactory().get("/")
    request.resolver_match = None
    answer = errors.failed(request)
    assert answer.status_code == 500
    assert b"Something in Holdgood did not work" in answer.content
    assert b"style" not in answer.content


@pytest.mark.django_db
def test_every_answer_carries_the_headers(client):
    answer = client.get("/")
    assert answer["Content-Security-Policy"] == CSP
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "microphone=()" in answer["Permissions-Policy"]


def test_the_policy_has_the_shape_of_django_6():
    told = headers.policy(
        {"default-src": ["'none'"], "img-src": "'self'", "upgrade-insecure-requests": True, "x": None}
    )
    assert told == "default-src 'none'; img-src 'self'; upgrade-insecure-requests"


def test_no_template_has_inline_style_script_or_handler():
    found = []
    for path in DESIGN.parent.glob("*/templates/**/*.html"):
        if path.name != "letter.html":  # a letter carries its style with it: mail programs read no sheet
            found += _inline(path)
    for path in DESIGN.parent.glob("design/allauth_templates/**/*.html"):
        found += _inline(path)
    assert found == []


def _inline(path):
    text = path.read_text(encoding="utf-8")
    wrong = re.findall(r"<style|\sstyle=|\son[a-z]+=\"|javascript:", text)
    scripts = [tag for tag in re.findall(r"<script[^>]*>", text) if "src=" not in tag and "application/json" not in tag]
    return [f"{path.name}: {each}" for each in wrong + scripts]


@pytest.mark.django_db
def test_drawn_pages_have_nothing_inline_and_name_no_other_host(client):
    for address in ("/", "/form/", "/list/", "/conflict/"):
        page = client.get(address).content.decode()
        assert not re.search(r"<style|\sstyle=\"|\son[a-z]+=\"", page)
        assert re.findall(r"<script(?![^>]*src=)", page) == []
        assert not re.search(r"(src|href|action)=\"(https?:)?//", page)


def test_every_file_that_the_skeleton_names_is_there():
    text = (DESIGN / "templates" / "design" / "page.html").read_text(encoding="utf-8")
    for name in re.findall(r'static\("([^"]+)"\)', text):
        assert finders.find(name), name


def test_the_addresses_of_templates_take_positions_or_names():
    assert jinja.address("wrong", "bad") == jinja.address("wrong", kind="bad") == reverse("wrong", args=["bad"])
