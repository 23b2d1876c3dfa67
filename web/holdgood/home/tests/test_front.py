import datetime as dt

import pytest
from django.urls import reverse

from holdgood.home import searching, tour
from holdgood.measures.tests.factories import add, measure
from holdgood.people.models import User
from holdgood.places.models import Place
from holdgood.places.roles import ROLES
from holdgood.places.tests.factories import Trust, actor, give, person, place

pytestmark = pytest.mark.django_db
LOCAL = "holdgood.people.backends.Local"


@pytest.fixture
def t():
    return Trust()


def test_the_front_page_leads_to_where_one_works(t, client):
    assert "Do our improvements hold good?" in client.get("/").text
    client.force_login(t.manager, backend=LOCAL)
    assert client.get("/").headers["Location"] == "/at/ward-7/"
    client.force_login(person("Nobody yet"), backend=LOCAL)
    assert client.get("/").headers["Location"] == reverse("shared-with-me")


def test_the_first_page_makes_the_trust_and_its_administrator_once_and_on_this_machine_alone(client):
    assert client.get("/").headers["Location"] == "/start/"
    assert client.get("/start/", REMOTE_ADDR="10.1.2.3").status_code == 404
    assert client.get("/start/", HTTP_X_FORWARDED_FOR="10.1.2.3").status_code == 404
    data = {"trust": "Fenland NHS Trust", "opened": "1 April 2015", "name": "Nell Ash", "email": "nell@fenland.example"}
    weak = client.post("/start/", {**data, "password": "short"})
    assert weak.status_code == 200
    assert not Place.objects.exists()
    done = client.post("/start/", {**data, "password": "quiet heron by the weir"}, follow=True)
    assert done.request["PATH_INFO"] == "/at/fenland-nhs-trust/"
    held = set(User.objects.get().holdings.values_list("role", flat=True))
    assert held == {"administrator", "analyst"}
    assert client.get("/start/").status_code == 404
    assert client.post("/start/", {**data, "password": "quiet heron by the weir"}).status_code == 404


def test_search_finds_what_one_may_see_and_nothing_else(t, client):
    falls = measure(t.trust, name="Falls of the Fenmoor kind")
    add(falls, t.ward7, [1])
    hidden = place("Fenmoor Hidden Ward", "ward", t.other)
    found = {hit.title for each in searching.find(actor(t.staff), "fenmoor") for hit in each.hits}
    assert found == {"Fenmoor NHS Trust", "Falls of the Fenmoor kind"}
    found = {hit.title for each in searching.find(actor(t.stranger), "fenmoor") for hit in each.hits}
    assert found == {hidden.name}
    assert searching.find(actor(t.partner), "fenmoor") == []
    assert searching.find(actor(t.staff), "") == []
    client.force_login(t.staff, backend=LOCAL)
    for asked in ("ward 7", "%", "_", "'; --", "\0", "x " * 300, "ＷＡＲＤ"):
        assert client.get(reverse("search"), {"q": asked}).status_code == 200
    assert "Ward 7" in client.get(reverse("search"), {"q": "WARD 7"}).text


def test_search_costs_the_same_however_much_it_finds(t, client, django_assert_max_num_queries):
    client.force_login(t.staff, backend=LOCAL)
    for i in range(12):
        place(f"Ward 3{i}", "ward", t.medicine)
    with django_assert_max_num_queries(13):
        client.get(reverse("search"), {"q": "ward"})


def test_the_first_days_lines_are_those_of_ones_role_until_they_are_put_away(t, client):
    client.force_login(t.manager, backend=LOCAL)
    address = reverse("area", args=["ward-7"])
    assert "one list of all that waits for you" in client.get(address).text
    client.post(reverse("tour-away"))
    assert "What is this?" not in client.get(address).text
    client.post(reverse("tour-away"), {"again": "1"})
    assert "What is this?" in client.get(address).text


def test_every_role_has_lines():
    shown = tour._lines()
    assert set(shown) <= set(ROLES)
    assert all(len(lines) == 3 for lines in shown.values())


def test_a_deputy_sees_their_own_lines(t):
    both = give(person("Two hats"), "staff", t.trust)
    give(both, "analyst", t.trust, from_on=dt.date(2026, 1, 1))
    assert tour.lines(actor(both)) == tour._lines()["analyst"]
