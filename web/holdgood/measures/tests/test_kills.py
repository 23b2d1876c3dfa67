"""An import is there as a whole, or not at all, whenever its process is killed."""

import json
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connection

pytestmark = [pytest.mark.long, pytest.mark.django_db]
KILLS, ROWS = 200, 200
MIGRATE = "from holdgood.commands import main; main()"
IMPORTER = (
    "import sys, holdgood, django; django.setup(); from holdgood.measures.tests import importer; "
    "importer.main(*sys.argv[1:])"
)


class Ground:
    """A database of its own, that processes come to and are killed in."""

    def __init__(self, data: Path, database: str) -> None:
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "holdgood.settings",
            "HOLDGOOD_DATA": str(data),
            "DATABASE_URL": database,
        }
        self._run("-c", MIGRATE, "migrate", "-v", "0", "--skip-checks")

    def ask(self, *args: str) -> dict[str, object]:
        return json.loads(self._run("-c", IMPORTER, *args))

    def _run(self, *args: str) -> str:
        done = subprocess.run(
            [sys.executable, *args], env=self.environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture
def ground(tmp_path: Path) -> Iterator[Ground]:
    if connection.vendor == "sqlite":
        yield Ground(tmp_path, "")
        return
    import psycopg

    url = os.environ["DATABASE_URL"]
    name = f"holdgood_kills_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        yield Ground(tmp_path, urlsplit(url)._replace(path=f"/{name}").geturl())
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_two_hundred_kills_leave_no_import_in_part_and_lose_none_that_was_acknowledged(ground: Ground) -> None:
    ground.ask("seed")
    told = ground.ask("kills", str(KILLS), str(ROWS))
    print(told)  # shown when it fails
    assert told["kills"] == KILLS
    assert (told["partial"], told["lost"], told["trail"]) == ([], [], [])
    assert (told["known"], told["known twice"]) == (ROWS, 0)
    assert 1 < told["acknowledged"] <= told["committed"] <= KILLS  # kills fell before the end, and after it
    assert told["staged"] > 0  # and between the two
