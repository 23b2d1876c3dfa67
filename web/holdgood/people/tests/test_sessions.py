import time

import pytest
from allauth.usersessions.models import UserSession
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from holdgood.design import typed
from holdgood.people import sessions
from holdgood.people.tests.factories import PASSWORD, events, matron, partner, sign_in, signed_in

pytestmark = pytest.mark.django_db


def set_back(client, **seconds):
    session = client.session
    for name, by in seconds.items():
        session[name] -= by
    session.save()


def test_a_page_asks_for_a_sign_in_and_comes_back_to_itself(client):
    assert client.get("/account/?x=1")["Location"] == "/account/sign-in/?next=/account/%3Fx%3D1"


def test_a_session_ends_after_an_hour_of_idleness(client):
    user = matron()
    sign_in(client, user)
    set_back(client, seen=59 * 60)
    assert client.get("/account/").status_code == 200
    set_back(client, seen=61 * 60)
    page = client.get("/account/", follow=True)
    assert "nothing was done for 60 minutes" in page.content.decode()
    assert not signed_in(client)
    assert not UserSession.objects.exists()
    assert events()[-1] == "people.session.ended"


def test_a_session_ends_after_twelve_hours_of_work(client):
    sign_in(client, matron())
    set_back(client, began=12 * 3600 + 1)
    assert "after 12 hours" in client.get("/account/", follow=True).content.decode()
    assert not signed_in(client)


def test_signing_in_again_begins_anew(client):
    user = matron()
    sign_in(client, user)
    set_back(client, began=11 * 3600)
    client.post("/account/sign-out/")
    sign_in(client, user)
    assert time.time() - client.session["began"] < 60


def test_who_has_left_is_told_why_they_are_signed_out(client):
    user = matron()
    sign_in(client, user)
    type(user).objects.update(is_active=False)
    page = client.get("/account/", follow=True)
    assert "Your account has ended" in page.content.decode()


def test_a_session_is_written_at_most_once_a_minute(client):
    sign_in(client, matron())
    client.get("/account/password/")

    def writes():
        with CaptureQueriesContext(
            connection,
        ) as seen:
            client.get("/account/password/")
        return [query["sql"] for query in seen if query["sql"].startswith(("UPDATE", "INSERT"))]

    assert writes() == []
    set_back(client, seen=61)
    assert any("django_session" in sql for sql in writes())
    assert writes() == []


def test_a_page_costs_one_query_for_the_session_and_one_for_the_person(client):
    user = partner()
    client.force_login(user)
    client.get("/account/sign-out/")
    with CaptureQueriesContext(connection) as seen:
        client.get("/account/password/")  # refused for want of a second factor
    selects = [query["sql"] for query in seen if query["sql"].startswith("SELECT")]
    assert len([sql for sql in selects if 'FROM "people"' in sql]) == 1
    assert len(selects) == 2


def test_what_was_typed_when_a_session_ended_waits_for_the_sign_in(client, settings, rf):
    settings.ROOT_URLCONF = "holdgood.people.tests.urls"
    user = matron()
    sign_in(client, user)
    asked = rf.get("/idea/")
    asked.user = user
    set_back(client, seen=61 * 60)
    answer = client.post("/idea/", {"words": "a lamp at the door", "_who": typed.mark(asked)})
    assert answer["Location"] == "/account/sign-in/?next=/idea/"
    client.post(answer["Location"], {"login": user.email, "password": PASSWORD})
    assert client.session["typed"]["data"] == {"words": ["a lamp at the door"]}


def test_a_page_that_says_nothing_asks_for_a_sign_in(client, settings):
    settings.ROOT_URLCONF = "holdgood.people.tests.urls"
    assert client.get("/idea/")["Location"] == "/account/sign-in/?next=/idea/"


def test_what_was_typed_on_pages_of_signing_in_is_not_kept(client):
    client.post("/account/password/", {"oldpassword": PASSWORD, "password1": "x"})
    assert PASSWORD not in str(dict(client.session))


@pytest.mark.parametrize(
    ("agent", "said"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows"),
        ("Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari on iPad"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"),
        ("curl/8", "Another program"),
    ],
)
def test_a_device_is_said_in_words(agent, said):
    assert sessions.device(agent) == said


def test_my_account_lists_my_sessions_and_no_one_elses(client):
    user, other = matron(), matron(email="other@river.example")
    agent = "Mozilla/5.0 (iPad) Safari/604.1"
    Client(HTTP_USER_AGENT=agent).post("/account/sign-in/", {"login": user.email, "password": PASSWORD})
    sign_in(Client(HTTP_USER_AGENT="Firefox Windows"), other)
    sign_in(client, user)
    page = client.get("/account/").content.decode()
    assert "Safari on iPad" in page
    assert "Firefox" not in page
    assert "127.0.0.1" not in page.partition("<main")[2]
