"""Settings of mail: what is understood, and the sentence for what is not."""

import datetime as dt

import pytest

from holdgood import environment


def test_quiet_hours_are_two_times_or_off(monkeypatch) -> None:
    assert environment.hours("HOLDGOOD_QUIET_HOURS", "21:00-07:00") == (dt.time(21), dt.time(7))
    monkeypatch.setenv("HOLDGOOD_QUIET_HOURS", "off")
    assert environment.hours("HOLDGOOD_QUIET_HOURS", "21:00-07:00") is None


@pytest.mark.parametrize("value", ["21-7", "21:00", "24:00-07:00", "21:00-07:60", "07:00-07:00", "21:00 - 07:00"])
def test_other_quiet_hours_are_told_what_is_expected(monkeypatch, value) -> None:
    monkeypatch.setenv("HOLDGOOD_QUIET_HOURS", value)
    with pytest.raises(environment.WrongSetting, match=f'"{value}", expected two times such as 21:00-07:00'):
        environment.hours("HOLDGOOD_QUIET_HOURS", "off")


@pytest.mark.parametrize(
    ("url", "port", "starttls", "tls"),
    [
        ("smtp://mail.trust.nhs.uk", 25, False, False),
        ("smtp+starttls://app:p%40ss@mail.trust.nhs.uk", 587, True, False),
        ("smtps://app:p%40ss@mail.trust.nhs.uk:2465", 2465, False, True),
    ],
)
def test_a_mail_server_is_a_url(monkeypatch, url, port, starttls, tls) -> None:
    monkeypatch.setenv("HOLDGOOD_MAIL", url)
    read = environment.mail("HOLDGOOD_MAIL")
    assert (read["host"], read["port"], read["starttls"], read["tls"]) == ("mail.trust.nhs.uk", port, starttls, tls)
    assert read["password"] == ("p@ss" if "app" in url else "")


@pytest.mark.parametrize("url", ["mail.trust.nhs.uk", "http://mail.trust.nhs.uk", "smtp://", "smtp://host:port"])
def test_another_url_is_told_what_is_expected(monkeypatch, url) -> None:
    monkeypatch.setenv("HOLDGOOD_MAIL", url)
    with pytest.raises(environment.WrongSetting, match="not understood: expected smtp"):
        environment.mail("HOLDGOOD_MAIL")


def test_mail_comes_from_one_address(monkeypatch) -> None:
    assert environment.address("HOLDGOOD_MAIL_FROM", "holdgood@localhost") == "holdgood@localhost"
    monkeypatch.setenv("HOLDGOOD_MAIL_FROM", "Holdgood <holdgood@trust.nhs.uk>")
    with pytest.raises(environment.WrongSetting, match="expected one mail address"):
        environment.address("HOLDGOOD_MAIL_FROM", "holdgood@localhost")
