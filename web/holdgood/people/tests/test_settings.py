import os
import subprocess
import sys

import pytest

from holdgood.environment import WrongSetting, choice, web_address


@pytest.mark.parametrize(
    "good", ["https://holdgood.trust.nhs.uk", "https://h.nhs.uk:8443", "http://127.0.0.1:8000", "http://localhost"]
)
def test_an_address_is_https_or_this_machine(monkeypatch, good):
    monkeypatch.setenv("X", good)
    assert web_address("X", "") == good


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        ("holdgood.trust.nhs.uk", "expected an address such as"),
        ("https://holdgood.trust.nhs.uk/", "without a path"),
        ("https://Holdgood.nhs.uk", "small letters"),
        ("http://holdgood.trust.nhs.uk", "passwords could be read"),
        ("http://127.0.0.1.evil.example", "passwords could be read"),
        ("https://", "expected an address"),
    ],
)
def test_another_address_is_told_what_to_set(monkeypatch, bad, told):
    monkeypatch.setenv("X", bad)
    with pytest.raises(WrongSetting, match=told):
        web_address("X", "")


def test_a_choice_is_one_of_its_words(monkeypatch):
    monkeypatch.setenv("X", "some")
    with pytest.raises(WrongSetting, match='X is "some", expected all, outside or none'):
        choice("X", "outside", ("all", "outside", "none"))


def test_over_https_cookies_are_host_bound_and_secure(tmp_path):
    script = (
        "from holdgood import settings as s; print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE,"
        " s.CSRF_COOKIE_SECURE, s.ALLOWED_HOSTS[0], s.CSRF_TRUSTED_ORIGINS, s.SECURE_HSTS_SECONDS > 0)"
    )
    said = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "HOLDGOOD_DATA": str(tmp_path), "HOLDGOOD_ADDRESS": "https://h.nhs.uk"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert said.split() == ["__Host-session", "__Host-csrf", "True", "True", "h.nhs.uk", "['https://h.nhs.uk']", "True"]
