"""What the tests of jobs share."""

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

from holdgood.jobs.tests import work

HOLDGOOD = "from holdgood.commands import main; main()"
WORK = "import sys, django; django.setup(); from holdgood.jobs.tests import work; work.main(*sys.argv[1:])"


class Ground:
    """A database of its own that several processes work on, as they do in use."""

    def __init__(self, data: Path, database: str) -> None:
        self.data = data
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "holdgood.settings",
            "HOLDGOOD_DATA": str(data),
            "DATABASE_URL": database,
            "HOLDGOOD_JOB_LEASE": str(work.LEASE_SECONDS),
            "HOLDGOOD_JOB_ATTEMPTS": "20",
            "HOLDGOOD_QUIET_HOURS": "off",
        }
        self._started: list[subprocess.Popen[str]] = []
        done = self._start("-c", HOLDGOOD, "migrate", "jobs", "-v", "0")
        assert done.wait(timeout=60) == 0

    def _start(self, *args: str) -> subprocess.Popen[str]:
        started = subprocess.Popen(
            [sys.executable, *args], env=self.environment, cwd=self.data, stdout=subprocess.PIPE, text=True
        )
        self._started.append(started)
        return started

    def begin(self, *args: str) -> subprocess.Popen[str]:
        return self._start("-c", WORK, *args)

    def answer(self, process: subprocess.Popen[str]) -> Any:
        said, _ = process.communicate(timeout=60)
        assert process.returncode == 0
        return json.loads(said)

    def ask(self, *args: str) -> Any:
        return self.answer(self.begin(*args))

    def worker(self, *args: str) -> "subprocess.Popen[str]":
        return self._start("-c", HOLDGOOD, "worker", *args)

    def events(self, worker: "subprocess.Popen[str]") -> Iterator[dict[str, Any]]:
        """What a worker says, line by line, but for the work that recurs."""
        assert worker.stdout is not None
        for line in worker.stdout:
            event = json.loads(line)
            if event.get("task", "").startswith(work.__name__) or "task" not in event or "outbox" in event["task"]:
                yield event

    def until(self, worker: "subprocess.Popen[str]", name: str) -> dict[str, Any]:
        return next(event for event in self.events(worker) if event["event"] == name)

    def close(self) -> None:
        for process in self._started:
            if process.poll() is None:
                process.kill()
            process.wait()
            if process.stdout:
                process.stdout.close()


@pytest.fixture
def ground(tmp_path: Path) -> Iterator[Ground]:
    """A file, or a database of its own on the server that DATABASE_URL names."""
    url = os.environ.get("DATABASE_URL", "")
    if connection.vendor == "sqlite":
        made = Ground(tmp_path, "")
        yield made
        made.close()
        return
    import psycopg

    name = f"holdgood_jobs_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        made = Ground(tmp_path, urlsplit(url)._replace(path=f"/{name}").geturl())
        yield made
        made.close()
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def table() -> None:
    """The table of effects, in the test's transaction."""
    work.make_table()
