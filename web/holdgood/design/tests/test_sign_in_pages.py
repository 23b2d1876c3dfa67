"""The pages of the sign-in library stand in our shell and use our parts."""

from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.template.backends.django import DjangoTemplates

from holdgood.design.tests.gallery import Everything

HERE = Path(__file__).parent


@pytest.fixture
def page(rf):
    request = rf.get("/")
    request.user, request.session = AnonymousUser(), {}
    theirs = {**settings.TEMPLATES[1], "NAME": "test", "DIRS": [*settings.TEMPLATES[1]["DIRS"], HERE / "templates"]}
    theirs.pop("BACKEND")
    return DjangoTemplates(theirs).get_template("sign-in.html").render({"form": Everything({"name": "<i>"})}, request)


def test_it_stands_in_the_shell_with_one_heading_and_its_title(page):
    assert "<title>Sign In – Holdgood</title>" in page
    assert page.count("<h1") == 1
    assert 'id="maincontent"' in page
    assert page.index("/static/x.js") > page.index("<main")


def test_its_fields_and_buttons_are_ours(page):
    assert "things to put right" in page
    assert "&lt;i&gt;" in page
    assert '<button class="nhsuk-button" type="submit">Sign in</button>' in page
    assert 'class="nhsuk-button nhsuk-button--secondary"' in page
    assert 'class="hg-link-button" form="other"' in page
    assert "nhsuk-button--warning" in page
    assert 'id="secret" value="ABC"' in page.replace(" readonly", "")


def test_its_markup_is_escaped_once(page):
    assert "Sign in & go" in page
    assert "&amp;amp;" not in page
    assert "&lt;h1" not in page
