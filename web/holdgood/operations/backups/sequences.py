"""The numbers that rows get next: put back too, so that no number of a row that was deleted is given out again."""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

Next = dict[str, int]  # by table: the last number given out


def read(connection: BaseDatabaseWrapper) -> Next:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, seq FROM sqlite_sequence")
            return {name: last for name, last in sorted(cursor.fetchall()) if last and name != "django_migrations"}
        found = {table: _last(cursor, connection, name) for table, _, name in _of(connection, cursor)}
    return {table: last for table, last in sorted(found.items()) if last}


def _of(connection: BaseDatabaseWrapper, cursor: Any) -> list[tuple[str, str, str]]:
    tables = [name for name in connection.introspection.table_names(cursor) if name != "django_migrations"]
    found = [connection.introspection.get_sequences(cursor, table) for table in tables]
    return [(one["table"], one["column"], one["name"]) for each in found for one in each]


def _last(cursor: Any, connection: BaseDatabaseWrapper, name: str) -> int:
    cursor.execute(f"SELECT last_value, is_called FROM {connection.ops.quote_name(name)}")
    last, called = cursor.fetchone()
    return int(last) if called else 0


def write(connection: BaseDatabaseWrapper, wanted: Next) -> None:
    """Into a database that was just filled."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for table, last in wanted.items():
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
                cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, last])
            return
        for table, _, name in _of(connection, cursor):
            if wanted.get(table):
                cursor.execute("SELECT setval(%s, %s, true)", [connection.ops.quote_name(name), wanted[table]])
