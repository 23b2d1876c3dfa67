"""What the app does by itself at night."""

import datetime as dt
import os
from contextlib import nullcontext

import pytest
from django.core.management import call_command

from holdgood.environment import WrongSetting, key
from holdgood.jobs import recurring, tasks
from holdgood.operations import background, keeping
from holdgood.operations.backups import dump, keys, reading, restore, sealed
from holdgood.operations.tests.databases import another
from holdgood.trail.tests import factories

pytestmark = pytest.mark.django_db
NIGHT = dt.datetime(2026, 11, 25, 2, 15, tzinfo=dt.UTC)


class At:
    at = NIGHT


@pytest.fixture
def folder(settings, tmp_path):
    settings.HOLDGOOD_BACKUPS, settings.HOLDGOOD_DEMO = tmp_path / "backups", False
    settings.HOLDGOOD_BACKUPS_KEPT = 2
    return settings.HOLDGOOD_BACKUPS


@pytest.fixture
def from_the_test(monkeypatch):
    """Rows of the test's own transaction are what a backup sees."""
    monkeypatch.setattr(keeping.grounds, "snapshot", lambda: nullcontext("default"))


@pytest.mark.usefixtures("from_the_test")
def test_each_night_a_backup_is_made_and_the_oldest_goes(folder):
    folder.mkdir()
    for day in (1, 2, 3):
        (folder / keeping.NAME.format(NIGHT - dt.timedelta(days=day))).touch()
    background.backup.call(At)
    assert [keeping.made_at(path) for path in keeping.kept()] == [NIGHT, NIGHT - dt.timedelta(days=1)]
    assert reading.check(keeping.kept()[0])["at"] == NIGHT.isoformat()
    assert keeping.kept()[0].stat().st_mode & 0o077 == 0


def test_a_backup_that_fails_is_a_sentence_for_the_dead_letters(folder, monkeypatch):
    def full(*_, **__):
        raise dump.UnableToBackUp("No room.")

    monkeypatch.setattr(background.keeping, "make", full)
    with pytest.raises(tasks.UnableToFinish, match="No room"):
        background.backup.call(At)
    assert not folder.exists()


def test_the_demonstration_makes_none(folder, settings):
    settings.HOLDGOOD_DEMO = True
    background.backup.call(At)
    assert not folder.exists()


@pytest.mark.usefixtures("from_the_test")
def test_the_latest_is_restored_to_try_it_and_that_is_noted(folder, monkeypatch, tmp_path):
    factories.entries(3)
    background.backup.call(At)
    assert "None has been restored" in keeping.check(NIGHT).sentence
    with another(tmp_path) as settings:
        monkeypatch.setattr(keeping.grounds, "target", lambda: settings)
        background.try_backup.call(At)
    assert "restored to try it is of 25 November 2026" in keeping.check(NIGHT).sentence
    assert folder.exists()


@pytest.mark.parametrize("problem", [sealed.UnableToOpen("It is cut off."), restore.UnableToRestore("It is newer.")])
def test_one_that_cannot_be_restored_is_a_dead_letter_at_once(folder, monkeypatch, problem):
    def broken(*_, **__):
        raise problem

    monkeypatch.setattr(background.keeping, "verify_latest", broken)
    with pytest.raises(tasks.UnableToFinish, match=str(problem)) as told:
        background.try_backup.call(At)
    assert told.value.again is False
    assert not folder.exists()


def test_the_end_of_the_trail_is_noted_outside(settings, tmp_path):
    settings.TRAIL_ANCHORS = tmp_path / "anchors" / "trail"
    factories.entries(3)
    background.anchor.call()
    assert '"seq": 3' in settings.TRAIL_ANCHORS.read_text()


def test_all_three_recur():
    assert {"operations.anchor", "operations.backup", "operations.try-backup"} <= recurring._recurrences.keys()


def test_a_new_key_seals_and_the_old_one_opens(settings, tmp_path, capsys):
    settings.BACKUP_KEYS = tmp_path / "backup"
    before = keys.sealing()
    call_command("rotate", "backup")
    assert keys.sealing() != before
    assert keys.opening(keys.name(before)) == before
    settings.HOLDGOOD_BACKUP_KEY = os.urandom(32).hex()
    call_command("rotate", "backup")
    assert "set another" in capsys.readouterr().out


@pytest.mark.parametrize("value", ["abc", "Z" * 64, "A" * 64])
def test_a_key_that_is_none_is_refused_without_quoting_it(monkeypatch, value):
    monkeypatch.setenv("HOLDGOOD_BACKUP_KEY", value)
    with pytest.raises(WrongSetting, match="openssl rand -hex 32") as problem:
        key("HOLDGOOD_BACKUP_KEY")
    assert value not in str(problem.value)
