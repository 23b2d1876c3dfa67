"""A backup is whole, sealed, and can be put back; whatever is wrong with it, what is there stays."""

import datetime as dt
import json
import os
import random
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from django.db import connections, transaction

from holdgood import environment
from holdgood.jobs import outbox
from holdgood.jobs.models import Job, Mail
from holdgood.measures.tests import factories as measures
from holdgood.operations.backups import anchors, dump, grounds, keys, reading, restore, sealed
from holdgood.operations.backups.rows import lines
from holdgood.operations.tests.databases import another
from holdgood.people import keys as people_keys
from holdgood.people.models import User
from holdgood.places.models import Place
from holdgood.places.tests.factories import AT, Trust
from holdgood.trail import verify
from holdgood.trail.models import Entry, Head

pytestmark = pytest.mark.django_db

LATER = dt.datetime(2026, 5, 3, 2, 15, tzinfo=dt.UTC)


def quiet(_: str) -> None:
    """Says nothing."""


@pytest.fixture
def rows() -> Trust:
    """Something of every app, and text that is hard to keep."""
    trust = Trust()
    hard = User.objects.create(name='Zoë O’Brien \\ "x" \u2028 😀', subject="s-1", email="zoe@river.example")
    Authenticator.objects.create(
        user=hard,
        type="totp",
        data={"secret": people_keys.seal("abc", hard.pk.hex), "deep": [1, 2.5, None, {"é": True}]},
    )
    outbox.post(to="zoe@river.example", subject="Hello", text="Two\nlines, 'quoted'", at=AT)
    gone = Job.objects.create(task="holdgood.jobs.background.tidy", last_attempt=5)
    gone.delete()
    falls = measures.measure(trust.trust)
    measures.add(falls, trust.ward7, [3, 0, None, 5])
    return trust


@pytest.fixture
def backup(rows, tmp_path) -> Path:
    path = tmp_path / f"{rows.trust.code}.backup"
    with path.open("wb") as file:
        dump.write(file, using="default", at=LATER)
    return path


@pytest.fixture
def target(tmp_path):
    with another(tmp_path) as settings:
        yield settings


def contents(alias: str) -> dict[str, list[str]]:
    return {model._meta.db_table: sorted(lines(model, alias)) for model in dump.tables("default")}


def put_back(path: Path, into, *, force: bool = False) -> restore.Restored:
    return restore.restore(path, into=into, at=LATER, force=force, say=quiet)


def test_every_table_is_the_same_after_it_was_put_back(backup, target):
    done = put_back(backup, target)
    with grounds.opened("restored", target) as alias:
        assert contents(alias) == contents("default")
        assert done.rows == sum(len(found) for found in contents(alias).values()) > 60
        assert not list(verify.faults(restore.trail_keys.load(restore.settings.TRAIL_KEYS), using=alias))


def test_the_trail_cannot_be_changed_in_what_was_put_back(backup, target):
    put_back(backup, target)
    with grounds.opened("restored", target) as alias:
        for statement in ("UPDATE trail_entries SET reason = 'x'", "DELETE FROM trail_entries"):
            with pytest.raises(Exception, match="append-only"), connections[alias].cursor() as cursor:
                cursor.execute(statement)


def test_no_number_of_a_deleted_row_is_given_out_again(backup, target):
    put_back(backup, target)
    following = Job.objects.create(task="holdgood.jobs.background.tidy", last_attempt=5)
    with grounds.opened("restored", target) as alias:
        again = Job(task="holdgood.jobs.background.tidy", last_attempt=5)
        again.save(using=alias, force_insert=True)
        assert again.pk == following.pk


def test_nobody_reads_it_without_the_key(backup):
    whole = backup.read_bytes()
    assert b"Zo" not in whole.partition(b"\n")[2] or b"river.example" not in whole
    assert b"river.example" not in whole
    assert b"places" not in whole


def test_a_backup_of_another_key_is_refused(backup, target, settings, tmp_path):
    settings.BACKUP_KEYS = tmp_path / "another"
    with pytest.raises(sealed.UnableToOpen, match="which is not here"):
        put_back(backup, target)
    assert not (tmp_path / "another").exists()


@pytest.mark.usefixtures("rows")
def test_a_key_of_the_environment_seals_and_opens(tmp_path, settings):
    settings.HOLDGOOD_BACKUP_KEY = os.urandom(32).hex()
    settings.BACKUP_KEYS = tmp_path / "none"
    path = tmp_path / "two.backup"
    with path.open("wb") as file:
        dump.write(file, using="default", at=LATER)
    assert reading.check(path)["tables"]["people"]["rows"] == User.objects.count()
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("harm", ["flip", "cut", "cut to the header", "append", "other header", "empty", "text"])
def test_a_damaged_file_is_refused_and_changes_nothing(backup, target, harm):
    put_back(backup, target)
    whole = backup.read_bytes()
    middle, header = len(whole) // 2, whole.index(b"\n", len(sealed.MAGIC)) + 1
    harmed = {
        "flip": whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :],
        "cut": whole[:-40],
        "cut to the header": whole[:header],
        "append": whole + b"x" * 50,
        "other header": whole.replace(b'"nonce"', b'"nonce" ', 1),
        "empty": b"",
        "text": b"name,address\nZoe,river\n",
    }[harm]
    backup.write_bytes(harmed)
    with grounds.opened("restored", target) as alias:
        before = contents(alias)
    with pytest.raises(sealed.UnableToOpen):
        put_back(backup, target, force=True)
    with grounds.opened("restored", target) as alias:
        assert contents(alias) == before


def test_chunks_that_changed_places_are_refused(tmp_path):
    secret, path = os.urandom(32), tmp_path / "x"
    with path.open("wb") as file:
        writer = sealed.Writer(file, secret, "k")
        writer.write(random.Random(1).randbytes(3 * sealed.CHUNK + 5))
        writer.finish()
    whole = path.read_bytes()
    start, step = whole.index(b"\n", len(sealed.MAGIC)) + 1, sealed.CHUNK + sealed.TAG
    one, two = whole[start : start + step], whole[start + step : start + 2 * step]
    path.write_bytes(whole[:start] + two + one + whole[start + 2 * step :])
    with path.open("rb") as file, pytest.raises(sealed.UnableToOpen, match="near byte 0"):
        sealed.Reader(file, lambda _: secret).readall()


@pytest.mark.parametrize("size", [0, 1, sealed.CHUNK - 1, sealed.CHUNK, sealed.CHUNK + 1, 2 * sealed.CHUNK])
def test_what_was_sealed_comes_back_at_every_size(tmp_path, size):
    secret, path, content = os.urandom(32), tmp_path / "x", random.Random(size).randbytes(size)
    with path.open("wb") as file:
        writer = sealed.Writer(file, secret, "k")
        writer.write(content)
        writer.finish()
    with path.open("rb") as file:
        assert sealed.Reader(file, lambda _: secret).readall() == content


def test_a_dump_that_broke_off_cannot_be_read(tmp_path):
    secret, path = os.urandom(32), tmp_path / "x"
    with path.open("wb") as file:
        sealed.Writer(file, secret, "k").write(b"a" * (sealed.CHUNK + 10))
    with path.open("rb") as file, pytest.raises(sealed.UnableToOpen):
        sealed.Reader(file, lambda _: secret).readall()


def test_a_database_that_holds_rows_is_not_replaced_unless_forced(backup, target):
    put_back(backup, target)
    with grounds.opened("restored", target) as alias:
        person_there = User(name="Only there", subject="only-there")
        person_there.save(using=alias)
    with pytest.raises(restore.UnableToRestore, match="--force"):
        put_back(backup, target)
    with grounds.opened("restored", target) as alias:
        assert User.objects.using(alias).filter(subject="only-there").exists()
    done = put_back(backup, target, force=True)
    with grounds.opened("restored", target) as alias:
        assert not User.objects.using(alias).filter(subject="only-there").exists()
        assert done.kept
        if connections[alias].vendor == "sqlite":
            assert Path(done.kept).exists()
        else:
            with connections[alias].cursor() as cursor:
                cursor.execute(
                    f"SELECT count(*) FROM {done.kept.removeprefix('schema ')}.people WHERE name = 'Only there'"
                )
                assert cursor.fetchone() == (1,)


def test_a_database_in_use_is_not_replaced(backup, target):
    put_back(backup, target)
    with grounds.opened("somebody", target) as alias:
        assert Place.objects.using(alias).exists()
        with pytest.raises(restore.UnableToRestore, match="Stop the web server and the worker"):
            put_back(backup, target, force=True)
        assert contents(alias) == contents("default")


def test_a_backup_of_an_older_version_is_brought_up_to_date(backup, target, tmp_path):
    """Made before the triggers that keep the trail from being changed."""
    manifest = reading.check(backup)
    manifest["migrations"] = [one for one in manifest["migrations"] if one != ["trail", "0002_append_only"]]
    older = tmp_path / "older.backup"
    with grounds.new_ground(target) as alias:
        models = restore._shaped(alias, manifest)
        with transaction.atomic(using=alias):
            restore._fill(backup, models, alias)
        with older.open("wb") as file:
            dump.write(file, using=alias, at=LATER)
    assert ["trail", "0002_append_only"] not in reading.check(older)["migrations"]
    put_back(older, target)
    with grounds.opened("restored", target) as alias:
        assert contents(alias) == contents("default")
        with pytest.raises(Exception, match="append-only"), connections[alias].cursor() as cursor:
            cursor.execute("DELETE FROM trail_entries")


def test_rows_move_between_the_two_databases_and_back(backup, target, tmp_path):
    """PostgreSQL to SQLite to PostgreSQL; where the tests run on SQLite alone, there is no other to move to."""
    if connections["default"].vendor == "sqlite":
        return
    file = {**target, **environment.sqlite(tmp_path / "moved.sqlite3")}
    put_back(backup, file)
    back = tmp_path / "back.backup"
    with grounds.opened("restored", file) as alias:
        assert connections[alias].vendor == "sqlite"
        assert contents(alias) == contents("default")
        with back.open("wb") as opened:
            dump.write(opened, using=alias, at=LATER)
    put_back(back, target)
    with grounds.opened("restored", target) as alias:
        assert connections[alias].vendor == "postgresql"
        assert contents(alias) == contents("default")


def test_a_backup_of_a_newer_version_is_refused(backup, target, monkeypatch):
    known = restore.readiness.shipped()
    monkeypatch.setattr(restore.readiness, "shipped", lambda: known - {("trail", "0002_append_only")})
    with pytest.raises(restore.UnableToRestore, match="newer than that of this version"):
        put_back(backup, target)


def test_keys_that_rows_need_are_asked_for_by_name(backup, target, settings, tmp_path):
    settings.TRAIL_KEYS, settings.PEOPLE_KEYS = tmp_path / "no-trail", tmp_path / "no-people"
    with pytest.raises(restore.UnableToRestore, match="people k1, trail k1") as problem:
        put_back(backup, target)
    assert str(tmp_path / "no-people") in str(problem.value)


@pytest.mark.usefixtures("rows")
def test_a_backup_of_a_broken_trail_is_put_back_only_when_forced(tmp_path, target):
    Head.objects.update(hash="0" * 64)
    path = tmp_path / "broken.backup"
    with path.open("wb") as file:
        dump.write(file, using="default", at=LATER)
    with pytest.raises(restore.UnableToRestore, match="is not whole"):
        put_back(path, target)
    said: list[str] = []
    restore.restore(path, into=target, at=LATER, force=True, say=said.append)
    assert any("is not whole" in one for one in said)


def test_verifying_restores_it_really_and_leaves_nothing(backup, target, tmp_path):
    found = restore.verify(backup, beside=target, say=quiet)
    assert found.rows > 60
    assert not list(tmp_path.glob("*.restoring*"))
    assert not Path(str(target["NAME"])).exists()


@pytest.mark.usefixtures("rows")
def test_files_of_the_data_folder_come_back_and_those_there_stay(tmp_path, settings, target):
    settings.DATA = tmp_path / "data"
    (settings.DATA / "uploads").mkdir(parents=True)
    (settings.DATA / "keys").mkdir()
    (settings.DATA / "keys" / "mine").write_bytes(b"never in a backup")
    content = random.Random(2).randbytes(2_000_000)
    (settings.DATA / "uploads" / "abc").write_bytes(content)
    (settings.DATA / "uploads" / "kept").write_bytes(b"old")
    path = tmp_path / "files.backup"
    with path.open("wb") as file:
        manifest = dump.write(file, using="default", at=LATER)
    assert set(manifest["files"]) == {"uploads/abc", "uploads/kept"}
    (settings.DATA / "uploads" / "abc").unlink()
    (settings.DATA / "uploads" / "kept").write_bytes(b"new")
    put_back(path, target)
    assert (settings.DATA / "uploads" / "abc").read_bytes() == content
    assert (settings.DATA / "uploads" / "kept").read_bytes() == b"new"


@pytest.mark.usefixtures("rows")
def test_marks_of_a_later_trail_are_laid_aside(tmp_path, settings):
    settings.TRAIL_ANCHORS = tmp_path / "anchors" / "trail"
    verify.anchor(settings.TRAIL_ANCHORS)
    early = list(Head.objects.order_by("chain").values("chain", "seq", "hash"))
    marks = [json.dumps({"chain": early[0]["chain"], "seq": early[0]["seq"] + 9, "hash": "f" * 64})]
    with settings.TRAIL_ANCHORS.open("a") as file:
        file.write(marks[0] + "\n")
    kept = anchors.fit(early, LATER)
    assert marks[0] in Path(kept).read_text()
    assert marks[0] not in settings.TRAIL_ANCHORS.read_text()
    assert anchors.fit(early, LATER) == ""


@pytest.mark.usefixtures("rows")
def test_a_table_that_the_program_does_not_know_is_not_left_out_in_silence(tmp_path):
    with connections["default"].cursor() as cursor:
        cursor.execute("CREATE TABLE stray (x integer)")
    with (tmp_path / "x").open("wb") as file, pytest.raises(dump.UnableToBackUp, match="stray"):
        dump.write(file, using="default", at=LATER)


def test_rows_add_up_alike_in_any_order():
    from holdgood.operations.backups.rows import Sum

    one, other = Sum(), Sum()
    for line in ("[1]", "[2]", "[2]"):
        one.add(line)
    for line in ("[2]", "[1]", "[2]"):
        other.add(line)
    assert one.told() == other.told()
    other.add("[2]")
    assert one.told() != other.told()


def test_a_key_is_named_without_telling_it():
    secret = os.urandom(32)
    assert len(keys.name(secret)) == 12
    assert keys.name(secret) not in secret.hex()


def test_the_trail_of_what_is_kept_counts_every_entry(backup):
    manifest = reading.check(backup)
    assert manifest["tables"]["trail_entries"]["rows"] == Entry.objects.count()
    assert manifest["tables"]["mails"]["rows"] == Mail.objects.count() == 1
    assert ["trail", "k1"] in manifest["keys"]
    assert manifest["at"].startswith("2026-05-03T02:15")
