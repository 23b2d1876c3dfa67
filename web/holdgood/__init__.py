"""Holdgood: run, prove and sustain improvement. Importing this first gives Python a SQLite that is safe with WAL."""

import sqlite3
import sys


def is_safe(version: tuple[int, ...]) -> bool:
    """Other versions of SQLite can corrupt a database in WAL mode when two connections write at once."""
    return version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)


def _take_newer_sqlite() -> None:
    """Put pysqlite3 in the place of the standard library's module, before anything connects; settings.py goes without
    WAL where there is none."""
    if is_safe(sqlite3.sqlite_version_info):
        return
    try:
        import pysqlite3
        import pysqlite3.dbapi2
    except ImportError:
        return

    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2


_take_newer_sqlite()
