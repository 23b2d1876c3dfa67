from types import SimpleNamespace

import pytest
from django.test import RequestFactory

from holdgood.design import typed

AMINA = SimpleNamespace(pk="a-1", is_authenticated=True)
SAM = SimpleNamespace(pk="s-2", is_authenticated=True)
NOBODY = SimpleNamespace(pk=None, is_authenticated=False)


def asked(method, path="/at/ward-7/ideas/new/", data=None, user=NOBODY, session=None):
    request = getattr(RequestFactory(), method)(path, data or {})
    request.user, request.session = user, {} if session is None else session
    return request


def mark_of(user):
    return typed.mark(asked("get", user=user))


def test_what_a_signed_out_person_posted_waits_for_the_same_person():
    session = {}
    posted = {
        "idea": "a rail",
        "where": ["7", "8"],
        "_who": mark_of(AMINA),
        "csrfmiddlewaretoken": "t",
        "password1": "p",
    }
    assert typed.keep(asked("post", data=posted, session=session))
    request = asked("get", user=AMINA, session=session)
    data = typed.typed(request)
    assert data.getlist("where") == ["7", "8"]
    assert set(data) == {"idea", "where"}
    assert request.typed_before
    assert typed.KEY not in session


def test_another_person_who_signs_in_does_not_see_it_and_it_is_gone():
    session = {}
    typed.keep(asked("post", data={"idea": "mine", "_who": mark_of(AMINA)}, session=session))
    assert typed.typed(asked("get", user=SAM, session=session)) is None
    assert typed.KEY not in session


def test_it_waits_while_another_page_is_read():
    session = {}
    typed.keep(asked("post", data={"idea": "mine", "_who": mark_of(AMINA)}, session=session))
    assert typed.typed(asked("get", "/other/", user=AMINA, session=session)) is None
    assert typed.typed(asked("get", user=AMINA, session=session))["idea"] == "mine"


def test_a_forged_or_missing_mark_keeps_nothing():
    session = {}
    assert not typed.keep(asked("post", data={"idea": "x", "_who": "a-1:forged"}, session=session))
    assert not typed.keep(asked("post", data={"idea": "x"}, session=session))
    assert session == {}


def test_more_than_the_limit_is_not_kept():
    session = {}
    assert not typed.keep(asked("post", data={"idea": "x" * typed.MOST, "_who": mark_of(AMINA)}, session=session))
    assert session == {}


def test_a_post_gives_what_was_posted_and_a_get_nothing():
    assert typed.typed(asked("post", data={"a": "1"}, user=AMINA))["a"] == "1"
    assert typed.typed(asked("get", user=AMINA)) is None


@pytest.mark.django_db
def test_the_page_says_that_nothing_has_been_saved(client):
    session = client.session
    session[typed.KEY] = {"path": "/short/", "data": {"name": ["Falls"]}, "who": ""}
    session.save()
    page = client.get("/short/").content.decode()
    assert typed.SENTENCE in page
    assert 'value="Falls"' in page
    assert typed.SENTENCE not in client.get("/short/").content.decode()


def test_forms_of_a_signed_in_person_carry_their_mark():
    from holdgood.design.tests.gallery import Short, sample

    page = sample("form", {"form": Short()}, asked("get", user=AMINA)).content.decode()
    assert f'name="_who" value="{mark_of(AMINA)}"' in page
