"""Backup and restore as somebody does them: by commands, at a database of their own."""

import json
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection

HOLDGOOD = "from holdgood.commands import main; main()"
WORK = "import sys, django; django.setup(); from holdgood.operations.tests import work; work.main(*sys.argv[1:])"


class Machine:
    """A data folder and a database, with the commands of one who runs Holdgood there."""

    def __init__(self, data: Path, database: str) -> None:
        self.data = data
        settings = {"DJANGO_SETTINGS_MODULE": "holdgood.settings", "HOLDGOOD_DATA": str(data), "DATABASE_URL": database}
        self._environment = {**os.environ, **settings}
        self("migrate", "-v", "0")

    def _run(self, *args: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, *args], env=self._environment, cwd=self.data, capture_output=True, text=True, timeout=120,
            check=False,
        )  # fmt: skip

    def __call__(self, *command: str, fails: bool = False) -> str:
        done = self._run("-c", HOLDGOOD, *command)
        assert (done.returncode != 0) is fails, done.stdout + done.stderr
        return done.stdout + done.stderr

    def ask(self, name: str) -> Any:
        done = self._run("-c", WORK, name)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    data = tmp_path / "data"
    data.mkdir(mode=0o700)
    url = os.environ.get("DATABASE_URL", "")
    if connection.vendor == "sqlite":
        yield Machine(data, "")
        return
    import psycopg

    name = f"holdgood_machine_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        try:
            yield Machine(data, urlsplit(url)._replace(path=f"/{name}").geturl())
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_what_was_backed_up_is_there_again_after_the_restore(machine, tmp_path):
    machine.ask("fill")
    said = machine("backup", str(tmp_path / "kept.backup"))
    assert "Nobody can open it without the key" in said
    machine.ask("stray")
    assert "--force" in machine("restore", str(tmp_path / "kept.backup"), fails=True)
    assert machine.ask("count") == 2
    said = machine("restore", str(tmp_path / "kept.backup"), "--force")
    assert "is kept:" in said
    machine("migrate", "-v", "0")
    assert machine.ask("count") == 1
    assert "the trail is whole: 30 entries" in machine("verify", "trail")
    assert "restored to try it" in machine("verify", "backup", str(tmp_path / "kept.backup"))
    assert "must be mended" in machine("check", fails=True)


def test_a_backup_shows_one_moment_while_others_write(machine):
    machine.ask("fill")
    assert machine.ask("snapshot") == [1, 1, 2]
