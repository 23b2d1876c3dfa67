"""Backups as they are kept: how many, how old, and what the commands say."""

import datetime as dt
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from holdgood.operations import keeping
from holdgood.operations.backups import dump, grounds

pytestmark = pytest.mark.django_db

LATER = dt.datetime(2026, 5, 3, 2, 15, tzinfo=dt.UTC)


@pytest.fixture
def folder(settings, tmp_path):
    settings.HOLDGOOD_BACKUPS = tmp_path / "backups"
    settings.HOLDGOOD_DEMO = False
    settings.HOLDGOOD_BACKUPS.mkdir()
    return settings.HOLDGOOD_BACKUPS


def named(folder: Path, *ages: int) -> None:
    for age in ages:
        (folder / keeping.NAME.format(LATER - dt.timedelta(hours=age))).touch()


def test_the_latest_fourteen_are_kept(folder):
    named(folder, *range(0, 20 * 24, 24))
    (folder / "by-hand.backup").touch()
    assert keeping.thin_out() == 6
    assert len(keeping.kept()) == 14
    assert keeping.made_at(keeping.kept()[0]) == LATER
    assert (folder / "by-hand.backup").exists()


@pytest.mark.parametrize(("ages", "fine"), [([], False), ([25], True), ([27], False), ([27, 3], True)])
def test_a_backup_older_than_a_night_is_told(folder, ages, fine):
    named(folder, *ages)
    assert keeping.check(LATER).ok is fine


@pytest.mark.usefixtures("folder")
def test_the_demonstration_needs_no_backup(settings):
    settings.HOLDGOOD_DEMO = True
    assert keeping.check(LATER).ok


def test_a_backup_that_fails_leaves_nothing_behind(folder, monkeypatch):
    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(keeping.dump, "write", full)
    with pytest.raises(dump.UnableToBackUp, match="No space left"):
        keeping.make(None, at=LATER)
    assert not list(folder.iterdir())


@pytest.mark.usefixtures("folder")
def test_a_file_that_is_there_is_not_written_over(tmp_path):
    there = tmp_path / "there.backup"
    there.write_bytes(b"precious")
    with pytest.raises(CommandError, match="is there already"):
        call_command("backup", str(there))
    assert there.read_bytes() == b"precious"


@pytest.mark.parametrize("command", [("restore",), ("verify", "backup")])
def test_a_file_that_is_not_there_is_said(command, tmp_path, monkeypatch):
    monkeypatch.setattr(grounds, "target", lambda: {"ENGINE": "sqlite", "NAME": str(tmp_path / "no.sqlite3")})
    monkeypatch.setattr("django.db.connections.close_all", lambda: None)
    with pytest.raises(CommandError, match="is not there"):
        call_command(*command, str(tmp_path / "none.backup"))


def test_verify_asks_which_backup():
    with pytest.raises(CommandError, match="name the backup"):
        call_command("verify", "backup")
