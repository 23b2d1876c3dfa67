import pytest
from django.urls import get_resolver

from holdgood.people.access import OWN, PUBLIC, SETTING_UP


def names(patterns):
    for pattern in patterns:
        yield from names(pattern.url_patterns) if hasattr(pattern, "url_patterns") else [pattern.name]


def test_each_address_of_signing_in_is_ones_own_or_open_for_a_reason():
    found = set(names(get_resolver("holdgood.people.urls").url_patterns))
    assert found == OWN | PUBLIC.keys()
    assert not OWN & PUBLIC.keys()
    assert all(PUBLIC.values())
    assert SETTING_UP <= OWN


@pytest.mark.django_db
def test_pages_that_are_ones_own_ask_for_a_sign_in(client):
    for address in ("", "password/", "confirm/", "second-factor/", "second-factor/webauthn/", "sessions/1/end/"):
        answer = client.get(f"/account/{address}")
        assert answer.status_code == 302, address
        assert answer["Location"].startswith("/account/sign-in/"), address
