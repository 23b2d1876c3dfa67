"""Whether the service can do its work: what `/ready` asks, cheaply, and tells in words that help nobody attack it."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

import holdgood
from holdgood.jobs.models import Worker


@dataclass(frozen=True)
class Check:
    """`warns`: it works, and not as it should."""

    name: str
    title: str
    ok: bool
    sentence: str
    warns: bool = False


Found = tuple[bool, str] | tuple[bool, str, bool]


def checks() -> list[Check]:
    """Each check, in the order in which a person would look; one that breaks says no, and not why."""
    return [_asked(name, title, ask) for name, (title, ask) in CHECKS.items()]


def _asked(name: str, title: str, ask: Callable[[], Found]) -> Check:
    try:
        ok, sentence, *warns = ask()
    except (DatabaseError, OSError):
        return Check(name, title, False, "Could not be asked.")
    return Check(name, title, ok, sentence, bool(warns and warns[0]))


def database() -> Found:
    """Answers, and takes what is written."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        if connection.vendor == "postgresql":
            cursor.execute("SHOW transaction_read_only")
            writable = cursor.fetchone()[0] == "off"
        else:
            writable = _file_is_writable()
    return writable, "Answers and can be written to." if writable else "Answers, and cannot be written to."


def _file_is_writable() -> bool:
    name = str(connection.settings_dict["NAME"])
    if name.startswith("file:") or name == ":memory:":
        return True
    return os.access(name, os.W_OK) and os.access(Path(name).parent, os.W_OK)


def migrations() -> Found:
    missing = len(missing_migrations())
    return not missing, "Has the shape that the program expects." if not missing else "Has not the shape it needs."


def missing_migrations() -> set[tuple[str, str]]:
    """Changes of the database that the program brings and that are not made yet."""
    return set(shipped() - MigrationRecorder(connection).applied_migrations().keys())


@cache
def shipped() -> frozenset[tuple[str, str]]:
    """The program's own, and those of its libraries: they do not change while it runs."""
    return frozenset(MigrationLoader(None).disk_migrations)


def engine() -> Found:
    """The version of the database is one that keeps what it was given."""
    if connection.vendor != "sqlite":
        return True, "PostgreSQL."
    if holdgood.is_safe(sqlite3.sqlite_version_info):
        return True, "SQLite, of a version that is safe with several writers."
    return True, "SQLite, of a version that is kept safe by the slower way of writing.", True


def worker() -> Found:
    alive = Worker.objects.alive().exists()
    return alive, "Background work is done." if alive else "No worker was seen within a minute."


def disk() -> Found:
    free = shutil.disk_usage(settings.DATA).free // 2**20
    enough = free >= settings.HOLDGOOD_DISK_MEGABYTES
    return enough, "There is room." if enough else "There is less room than is set as the least."


def keys() -> Found:
    """The files are there; they are made on first use, so that missing ones are those of a database that has rows."""
    missing = missing_keys()
    return not missing, "Are there." if not missing else "A key that rows were sealed or signed with is missing."


def missing_keys() -> list[str]:
    from holdgood.operations import keyring

    return [f"{whose} {name}" for whose, name in sorted(keyring.needed() - keyring.held())]


CHECKS: dict[str, tuple[str, Callable[[], Found]]] = {
    "database": ("Database", database),
    "migrations": ("Shape of the database", migrations),
    "engine": ("Kind of database", engine),
    "worker": ("Worker", worker),
    "disk": ("Room on the disk", disk),
    "keys": ("Keys", keys),
}
