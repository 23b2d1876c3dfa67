"""What `holdgood check` says of a deployment, and how it ends."""

import datetime as dt
import os
from pathlib import Path
from zoneinfo import ZoneInfoNotFoundError

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from django.utils import timezone

from holdgood.jobs.models import Worker
from holdgood.operations import deployment, keeping, readiness
from holdgood.places.models import Holding
from holdgood.places.tests.factories import AT, Trust
from holdgood.trail import verify

pytestmark = pytest.mark.django_db


@pytest.fixture
def good(settings, tmp_path):
    """A deployment with nothing to mend."""
    data = tmp_path / "data"
    for folder in (data, tmp_path / "keys", data / "static", data / "backups"):
        folder.mkdir(mode=0o700)
    settings.DATA, settings.HOLDGOOD_BACKUPS = data, data / "backups"
    settings.TRAIL_KEYS = tmp_path / "keys" / "trail"
    settings.PEOPLE_KEYS = tmp_path / "keys" / "people"
    settings.TRAIL_ANCHORS = data / "anchors" / "trail"
    settings.STATIC_ROOT = data / "static"
    (data / "static" / "staticfiles.json").write_text("{}")
    settings.HOLDGOOD_ADDRESS = "https://holdgood.fenmoor.example"
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.HOLDGOOD_CONTACT = "help@fenmoor.example"
    settings.HOLDGOOD_DEMO = False
    (data / "backups" / keeping.NAME.format(timezone.now())).touch(mode=0o600)
    Worker.objects.create(name="one")
    return settings


def said(*, must: bool | None = None) -> str:
    found = deployment.wrong(timezone.now())
    return "\n".join(one.sentence for one in found if must is None or one.must is must)


def test_a_good_deployment_has_nothing_to_mend_and_nothing_to_note(good, capsys):
    assert good
    assert said() == ""
    call_command("check")
    assert "nothing must be mended, 0 things worth knowing" in capsys.readouterr().out


MENDED = {
    "debug": (lambda s, _: setattr(s, "DEBUG", True), "DEBUG is on"),
    "secret": (lambda s, _: setattr(s, "SECRET_KEY", "short"), "expected 50 or more"),
    "keys open": (lambda s, _: _open(s.DATA / "keys" / "old", 0o644), "chmod go-rwx"),
    "backups open": (lambda s, _: _open(s.HOLDGOOD_BACKUPS / "x.backup", 0o640), "chmod go-rwx"),
    "time zone": (lambda _, m: m.setattr(deployment, "ZoneInfo", _no_zone), "tzdata"),
    "static": (lambda s, _: (s.STATIC_ROOT / "staticfiles.json").unlink(), "collectstatic"),
    "disk": (lambda s, _: setattr(s, "HOLDGOOD_DISK_MEGABYTES", 10**12), "Make room"),
    "backups": (lambda s, _: [one.unlink() for one in s.HOLDGOOD_BACKUPS.iterdir()], "No backup of the last 26 hours"),
    "migrations": (
        lambda _, m: m.setattr(readiness, "shipped", lambda: frozenset({("places", "0099_next")})),
        "holdgood migrate",
    ),
    "roles": (lambda *_: _unknown_role(), "wizard"),
    "keys": (lambda s, _: _lose_keys(s), "Put the file of that time back"),
}
NOTED = {
    "address": (lambda s, _: setattr(s, "HOLDGOOD_ADDRESS", "http://127.0.0.1:8000"), "HOLDGOOD_ADDRESS"),
    "mail": (
        lambda s, _: setattr(s, "EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend"),
        "HOLDGOOD_MAIL",
    ),
    "contact": (lambda s, _: setattr(s, "HOLDGOOD_CONTACT", ""), "HOLDGOOD_CONTACT"),
    "keys beside": (lambda s, _: _keys_beside(s), "Keep the folder on another disk"),
    "worker": (lambda *_: Worker.objects.all().delete(), "holdgood worker"),
    "anchors": (lambda *_: Trust(), "never noted"),
    "anchors old": (lambda s, _: _old_anchor(s), "more than two days ago"),
    "content": (lambda _, m: _overdue(m), "overdue for review"),
}


def _no_zone(name: str) -> None:
    raise ZoneInfoNotFoundError(name)


def _open(file: Path, mode: int) -> None:
    file.parent.mkdir(exist_ok=True)
    file.touch()
    file.chmod(mode)


def _unknown_role() -> None:
    Trust()
    Holding.objects.filter(role="auditor").update(role="wizard")


def _lose_keys(settings) -> None:
    Trust()
    settings.TRAIL_KEYS.unlink()


def _keys_beside(settings) -> None:
    (settings.DATA / "keys").mkdir()
    settings.TRAIL_KEYS = settings.DATA / "keys" / "trail"


def _old_anchor(settings) -> None:
    Trust()
    verify.anchor(settings.TRAIL_ANCHORS)
    os.utime(settings.TRAIL_ANCHORS, (AT.timestamp(), AT.timestamp()))


def _overdue(monkeypatch) -> None:
    class Old:
        next_review = dt.date(2020, 1, 1)

    monkeypatch.setattr(deployment.definitions, "load", lambda: {"falls": Old()})


@pytest.mark.parametrize("case", MENDED)
def test_what_must_be_mended_is_said_with_what_to_do(good, monkeypatch, case):
    spoil, words = MENDED[case]
    spoil(good, monkeypatch)
    assert words in said(must=True)
    with pytest.raises(SystemExit):
        call_command("check")


@pytest.mark.parametrize("case", NOTED)
def test_what_is_worth_knowing_is_said_and_passes(good, monkeypatch, case):
    spoil, words = NOTED[case]
    spoil(good, monkeypatch)
    assert words in said(must=False)
    assert said(must=True) == ""
    call_command("check")


def test_a_database_on_a_network_file_system_is_found(good, tmp_path, monkeypatch):
    if connection.vendor != "sqlite":
        return
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/sda1 / ext4 rw 0 0\nserver:/x {tmp_path}/net\\040work nfs4 rw 0 0\n")
    assert deployment.kind_of_disk(tmp_path / "net work" / "db", mounts) == "nfs4"
    assert deployment.kind_of_disk(tmp_path / "db", mounts) == "ext4"
    assert deployment.kind_of_disk(tmp_path / "db", tmp_path / "none") == ""
    monkeypatch.setattr(deployment, "kind_of_disk", lambda *_: "nfs4")
    assert good
    assert "network file system (nfs4)" in said(must=True)


def test_a_database_that_is_away_is_a_sentence(good, monkeypatch):
    def away(_):
        raise OperationalError("no route to host")

    monkeypatch.setattr(deployment, "INSIDE", [away])
    assert good
    assert "is DATABASE_URL right?" in said(must=True)


def test_an_unsafe_sqlite_is_noted(good, monkeypatch):
    if connection.vendor == "sqlite":
        monkeypatch.setattr(readiness.sqlite3, "sqlite_version_info", (3, 40, 1))
        assert good
        assert "pysqlite3" in said(must=False)


def test_a_folder_that_everybody_can_look_into_is_worse_where_it_holds_the_database(good):
    good.DATA.chmod(0o755)
    assert "chmod o-rwx" in said(must=connection.vendor == "sqlite")


def test_labels_of_apps_ask_for_djangos_checks_alone(capsys):
    call_command("check", "jobs")
    assert "worth knowing" not in capsys.readouterr().out
