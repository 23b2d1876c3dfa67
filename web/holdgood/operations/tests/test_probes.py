"""What machines are told of the service."""

import json

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder

from holdgood.jobs.models import Worker
from holdgood.operations import readiness
from holdgood.places.tests.factories import Trust


def test_health_needs_no_database(client):
    answer = client.get("/health")  # the test may not touch the database: it would fail
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.fixture
def working(request):
    request.getfixturevalue("db")
    Worker.objects.create(name="one")


def ready(client) -> tuple[int, dict[str, bool]]:
    answer = client.get("/ready")
    return answer.status_code, {check["name"]: check["ok"] for check in answer.json()["checks"]}


@pytest.mark.usefixtures("working")
def test_it_is_ready_where_everything_is_as_it_should(client):
    status, checks = ready(client)
    assert status == 200
    assert set(checks) == {"database", "migrations", "engine", "worker", "disk", "keys"}
    assert all(checks.values())


@pytest.mark.usefixtures("db")
def test_it_is_not_ready_without_a_worker(client):
    status, checks = ready(client)
    assert (status, checks["worker"], checks["database"]) == (503, False, True)


@pytest.mark.usefixtures("working")
def test_it_is_not_ready_while_a_migration_is_missing(client):
    MigrationRecorder(connection).record_unapplied("places", "0001_initial")
    status, checks = ready(client)
    assert (status, checks["migrations"]) == (503, False)


@pytest.mark.usefixtures("working")
def test_it_is_not_ready_on_a_full_disk(client, settings):
    settings.HOLDGOOD_DISK_MEGABYTES = 10**12
    assert ready(client)[1]["disk"] is False


@pytest.mark.usefixtures("working")
def test_it_is_not_ready_without_the_keys_that_rows_need(client, settings, tmp_path):
    Trust()
    settings.TRAIL_KEYS = tmp_path / "trail"
    assert ready(client)[1]["keys"] is False
    assert not (tmp_path / "trail").exists()


@pytest.mark.usefixtures("working")
def test_a_database_that_is_away_is_said_and_not_why(client, monkeypatch):
    monkeypatch.setattr(readiness, "CHECKS", {"database": ("Database", _away)})
    answer = client.get("/ready")
    assert answer.status_code == 503
    assert "password" not in answer.content.decode()


def _away():
    raise OperationalError("password authentication failed for user holdgood")


@pytest.mark.usefixtures("working")
def test_an_unsafe_sqlite_is_ready_and_tells_that_it_is_slower(client, monkeypatch):
    if connection.vendor != "sqlite":
        return
    monkeypatch.setattr(readiness.sqlite3, "sqlite_version_info", (3, 40, 1))
    answer = client.get("/ready")
    said = {check["name"]: check["sentence"] for check in answer.json()["checks"]}
    assert answer.status_code == 200
    assert "slower way" in said["engine"]


@pytest.mark.usefixtures("working")
def test_what_is_told_names_no_version_path_or_place(client):
    text = json.dumps(client.get("/ready").json())
    assert not any(word in text for word in ("/", "3.5", "127.0.0.1", "postgres@"))


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("address", ["/health", "/ready"])
def test_probes_only_read(client, address):
    assert client.post(address).status_code == 405


@pytest.mark.usefixtures("db")
def test_checks_of_the_program_itself_find_nothing():
    call_command("check", "operations")
