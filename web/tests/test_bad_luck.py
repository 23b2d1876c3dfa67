"""What goes wrong outside the program: a full disk, a database that others hold."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import OperationalError
from django.urls import reverse

from holdgood.measures.models import Observation
from holdgood.measures.tests.factories import add, measure
from holdgood.places.tests.factories import Trust

STEADY = [8, 6, 9, 7, 8, 5, 9, 8, 6, 7, 9, 8]


@pytest.fixture
def _t(client):
    made = Trust()
    made.falls = measure(made.trust)
    add(made.falls, made.ward7, STEADY)
    client.force_login(made.manager, backend="holdgood.people.backends.Local")
    client.raise_request_exception = False
    client.get(reverse("area", args=["ward-7"]))


def send(client):
    data = {"period": "April 2024", "numerator": "3", "denominator": "800"}
    return client.post(reverse("observation-add", args=["ward-7", "falls"]), data)


def test_a_full_disk_is_a_clear_page_and_nothing_is_half_written(tmp_path):
    environment = {**os.environ, "HOLDGOOD_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "holdgood.settings"}
    environment.pop("DATABASE_URL", None)  # SQLite can be told how large it may grow
    root = Path(__file__).resolve().parents[2]
    run = [sys.executable, "-m", "web.tests.full_disk"]
    done = subprocess.run(run, env=environment, cwd=root, capture_output=True, text=True, timeout=60, check=True)
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["statuses"][-1] == 507
    assert set(found["statuses"]) <= {302, 507}
    assert "There is no room left to keep this" in found["page"]
    assert "OperationalError" not in found["page"]
    kept = found["statuses"].count(302) + 1
    assert (found["notes"], found["told"], found["sound"]) == (kept, kept, "ok")
    assert found["after"] == 302


@pytest.mark.django_db
@pytest.mark.usefixtures("_t")
@pytest.mark.parametrize(
    ("problem", "status", "title"),
    [
        (OperationalError("database is locked"), 503, "Too much is being saved at this moment"),
        (OSError(28, "No space left on device"), 507, "There is no room left to keep this"),
        (RuntimeError("secret detail"), 500, "Something in Holdgood did not work"),
    ],
)
def test_each_cause_has_its_page_and_shows_no_detail(client, monkeypatch, problem, status, title):
    def fails(**_):
        raise problem

    monkeypatch.setattr("holdgood.measures.actions.counting.refresh", lambda *_, **__: fails())
    before = Observation.objects.count()
    answer = send(client)
    assert (answer.status_code, title in answer.text) == (status, True)
    assert "secret detail" not in answer.text
    assert Observation.objects.count() == before
