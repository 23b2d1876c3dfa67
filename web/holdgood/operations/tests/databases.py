"""Databases to restore into, apart from the one of the tests: a file, or a database of their own on the server."""

import copy
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection


@contextmanager
def another(folder: Path) -> Iterator[dict[str, Any]]:
    """The settings of an empty database of the kind that the tests run on."""
    settings = copy.deepcopy(connection.settings_dict)
    if connection.vendor == "sqlite":
        settings["NAME"] = str(folder / "restored.sqlite3")
        yield settings
        return
    import psycopg

    settings["NAME"] = f"holdgood_restore_{uuid.uuid4().hex[:12]}"
    parts = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD"}
    where = {name: settings[key] for name, key in parts.items() if settings[key]}
    with psycopg.connect(dbname="postgres", autocommit=True, **where) as server:
        server.execute(f"CREATE DATABASE {settings['NAME']}")
        try:
            yield settings
        finally:
            server.execute(f"DROP DATABASE {settings['NAME']} WITH (FORCE)")
