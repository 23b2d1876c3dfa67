"""Connections of their own for backups: a snapshot to read from, and new ground to build a restored database on."""

import copy
import datetime as dt
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connections, transaction

SNAPSHOT, NEW = "backup", "restoring"
SCHEMA = "holdgood_restoring"
PATIENT = "-c statement_timeout=0 -c lock_timeout=10000"


class InUse(Exception):
    """Somebody else is at the database, so that it cannot be exchanged."""


@contextmanager
def opened(alias: str, settings: dict[str, Any]) -> Iterator[str]:
    """A further connection, for as long as the block lasts."""
    connections.settings[alias] = settings
    try:
        yield alias
    finally:
        connections[alias].close()
        del connections[alias]
        del connections.settings[alias]


@contextmanager
def snapshot() -> Iterator[str]:
    """All that is read in the block is of one moment; nobody waits for it."""
    settings = copy.deepcopy(connections["default"].settings_dict)
    if connections["default"].vendor == "sqlite":
        settings["OPTIONS"]["transaction_mode"] = "DEFERRED"
    else:
        settings["OPTIONS"]["options"] = PATIENT
    with opened(SNAPSHOT, settings) as alias, transaction.atomic(using=alias):
        if connections[alias].vendor == "postgresql":
            with connections[alias].cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield alias


def target() -> dict[str, Any]:
    """Where the application's own database is."""
    return copy.deepcopy(connections["default"].settings_dict)


@contextmanager
def new_ground(settings: dict[str, Any]) -> Iterator[str]:
    """An empty database beside the one of the settings: a file, or a schema. Gone after the block, if still there."""
    build = _sqlite if "sqlite" in settings["ENGINE"] else _schema
    with build(copy.deepcopy(settings)) as alias:
        yield alias


@contextmanager
def _sqlite(settings: dict[str, Any]) -> Iterator[str]:
    path = beside(settings)
    _remove(path)
    settings["NAME"] = str(path)
    # Quick, and not safe against a power cut: the file is synced before it takes the other's place.
    settings["OPTIONS"] = {"transaction_mode": "DEFERRED", "init_command": "PRAGMA synchronous=OFF"}
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        with opened(NEW, settings) as alias:
            yield alias
    finally:
        _remove(path)


def beside(settings: dict[str, Any]) -> Path:
    return Path(f"{settings['NAME']}.restoring")


def _remove(path: Path) -> None:
    for end in ("", "-journal", "-wal", "-shm"):
        Path(f"{path}{end}").unlink(missing_ok=True)


@contextmanager
def _schema(settings: dict[str, Any]) -> Iterator[str]:
    settings["OPTIONS"] = {**settings["OPTIONS"], "options": f"{PATIENT} -c search_path={SCHEMA}"}
    with opened(NEW, settings) as alias:
        _do(alias, f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE", f"CREATE SCHEMA {SCHEMA}")
        try:
            yield alias
        finally:
            _do(alias, f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")


def _do(alias: str, *statements: str) -> None:
    with connections[alias].cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def put_in_place(settings: dict[str, Any], at: dt.datetime) -> str:
    """Exchange the database of the settings for the new one, at once; what the old one is called from now on."""
    stamp = f"{at.astimezone(dt.UTC):%Y%m%d%H%M%S}"
    if "sqlite" in settings["ENGINE"]:
        return _exchange_files(settings, stamp)
    return _exchange_tables(stamp)


def _exchange_files(settings: dict[str, Any], stamp: str) -> str:
    path, new = Path(settings["NAME"]), beside(settings)
    connections[NEW].close()
    kept = ""
    if path.exists():
        _alone(path)
        old = path.with_name(f"{path.name}.before-{stamp}")
        os.link(path, old)  # it keeps its own name until the very moment
        kept = str(old)
    _sync(new)
    new.replace(path)
    _sync(path.parent)
    return kept


def _alone(path: Path) -> None:
    """Leaving the write-ahead log needs the file for oneself: whoever else has it open is found that way."""
    database = sqlite3.connect(path, timeout=2)
    try:
        mode = database.execute("PRAGMA journal_mode=DELETE").fetchone()[0]
    except sqlite3.OperationalError:
        mode = ""
    finally:
        database.close()
    if mode != "delete":
        raise InUse("The database is in use. Stop the web server and the worker, and try again.")


def _sync(path: Path) -> None:
    opened_at = os.open(path, os.O_RDONLY)
    os.fsync(opened_at)
    os.close(opened_at)


def _exchange_tables(stamp: str) -> str:
    """Tables and functions are moved between schemas, in one transaction: what else lies in the schema stays."""
    old = f"holdgood_before_{stamp}"
    with transaction.atomic(using=NEW), connections[NEW].cursor() as cursor:
        schema = _alone_at(cursor)
        moved = _things(cursor, schema)
        if moved:
            cursor.execute(f"CREATE SCHEMA {old}")
        for thing in moved:
            cursor.execute(f"ALTER {thing} SET SCHEMA {old}")
        for thing in _things(cursor, SCHEMA):
            cursor.execute(f"ALTER {thing} SET SCHEMA {schema}")
    return f"schema {old}" if moved else ""


def _alone_at(cursor: Any) -> str:
    """The schema that the application uses, if nobody else is connected."""
    cursor.execute(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
        "AND backend_type = 'client backend'"
    )
    if cursor.fetchone()[0]:
        raise InUse("Somebody is connected to the database. Stop the web server and the worker, and try again.")
    cursor.execute('SET LOCAL search_path TO "$user", public')
    cursor.execute("SELECT current_schema()")
    schema = str(cursor.fetchone()[0])
    cursor.execute(f"SET LOCAL search_path TO {SCHEMA}")
    return connections[NEW].ops.quote_name(schema)


def _things(cursor: Any, schema: str) -> list[str]:
    """Tables and functions of a schema, as ALTER names them; sequences go with their tables."""
    name = schema.strip('"')
    cursor.execute(
        "SELECT 'TABLE ' || quote_ident(schemaname) || '.' || quote_ident(tablename) FROM pg_tables "
        "WHERE schemaname = %s ORDER BY 1",
        [name],
    )
    found = [row[0] for row in cursor.fetchall()]
    cursor.execute(
        "SELECT 'FUNCTION ' || oid::regprocedure FROM pg_proc WHERE pronamespace = %s::regnamespace AND NOT EXISTS "
        "(SELECT 1 FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e') ORDER BY 1",
        [name],
    )
    return found + [row[0] for row in cursor.fetchall()]
