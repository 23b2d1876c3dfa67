"""The shared cache, and that it holds limits over several processes."""

import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.db import connection

from holdgood.people import cache as shared
from holdgood.people.models import Remembered
from holdgood.people.tests.factories import PASSWORD

MAKE = """
import django; django.setup()
from django.core.management import call_command
from holdgood.people.tests.factories import matron
call_command("migrate", verbosity=0)
matron()
"""
TRY = """
import sys, django; django.setup()
from allauth.core.context import request_context
from django.core.exceptions import ValidationError
from django.test import RequestFactory
from holdgood.people.adapters import Account
for password in sys.argv[1:]:
    request = RequestFactory().post("/account/sign-in/")
    with request_context(request):
        try:
            user = Account(request).authenticate(request, email="maud@river.example", password=password)
            print("in" if user else "wrong")
        except ValidationError:
            print("locked")
"""
ADD = """
import threading, django; django.setup()
from django.core.cache import cache
from holdgood.people.models import Remembered
for already in (False, True):
    if already:
        Remembered.objects.update(ends_at=1)
    added, start = [], threading.Barrier(8)
    def add():
        start.wait()
        added.append(cache.add("one", 1, 60))
    threads = [threading.Thread(target=add) for _ in range(8)]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
    print(added.count(True), len(added))
"""


class Ground:
    """A database of its own that several processes work on, as they do in use."""

    def __init__(self, data: Path, database: str) -> None:
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "holdgood.settings",
            "HOLDGOOD_DATA": str(data),
            "DATABASE_URL": database,
        }

    def begin(self, script: str, *args: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-c", script, *args], env=self.environment, stdout=subprocess.PIPE, text=True
        )

    def said(self, *processes: subprocess.Popen[str]) -> list[str]:
        said = [word for process in processes for word in process.communicate(timeout=60)[0].split()]
        assert all(process.returncode == 0 for process in processes)
        return said


@pytest.fixture
def ground(tmp_path: Path) -> Iterator[Ground]:
    """A file, or a database of its own on the server that DATABASE_URL names."""
    if connection.vendor == "sqlite":
        yield Ground(tmp_path, "")
        return
    import psycopg

    url, name = os.environ["DATABASE_URL"], f"holdgood_people_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        yield Ground(tmp_path, urlsplit(url)._replace(path=f"/{name}").geturl())
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.django_db
def test_values_are_kept_until_their_time_and_added_once(monkeypatch):
    assert cache.get("a") is None
    cache.set("a", [1.5, "x"], 10)
    assert cache.get("a") == [1.5, "x"]
    assert not cache.add("a", 2, 10)
    assert cache.add("b", 2, 10)
    assert cache.incr("b") == 3
    assert cache.touch("b", 20)
    later = shared.now() + 11_000
    monkeypatch.setattr(shared, "now", lambda: later)
    assert cache.get("a", "gone") == "gone"
    assert cache.get("b") == 3
    assert cache.add("a", 3, 10)
    assert cache.get("a") == 3
    assert cache.delete("a")
    assert not cache.delete("a")
    assert not cache.touch("a", 10)
    cache.set("c", 1, None)
    assert Remembered.objects.get(pk=":1:c").ends_at == shared.FOREVER
    cache.clear()
    assert not Remembered.objects.exists()


def test_five_wrong_passwords_over_two_processes_lock_the_account_and_one_of_many_threads_adds(ground):
    ground.said(ground.begin(MAKE))
    assert ground.said(ground.begin(TRY, PASSWORD)) == ["in"]
    first, second = (
        ground.begin(TRY, "wrong 1", "wrong 2", "wrong 3"),
        ground.begin(TRY, "wrong 4", "wrong 5", "wrong 6"),
    )
    assert sorted(ground.said(first, second)) == ["locked"] + ["wrong"] * 5
    assert ground.said(ground.begin(TRY, PASSWORD)) == ["locked"]
    assert ground.said(ground.begin(ADD)) == ["1", "8", "1", "8"]
