"""Holdgood: run, prove and sustain improvement. Importing this first gives Python a SQLite that is safe with WAL."""

import sqlite3
import sys

SAFE_SQLITE = (3, 51, 3)  # earlier ones can corrupt a database in WAL mode when two connections write at once


def _take_newer_sqlite() -> None:
    """Put pysqlite3 in the place of the standard library's module, before anything connects."""
    if sqlite3.sqlite_version_info >= SAFE_SQLITE:
        return
    import pysqlite3
    import pysqlite3.dbapi2

    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2


_take_newer_sqlite()
