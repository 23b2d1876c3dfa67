"""A cache that all processes share: a table, written by single statements.

Django's own database cache throws rows away by its size, so that whoever fills it undoes every limit; two processes may
both add a key that ran out; and it unpickles what the table holds. Here each write is one upsert, and values are JSON.
"""

import json
import time
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import connection

from holdgood.people.models import Remembered

FOREVER = 2**62
SET = """INSERT INTO people_remembered (key, value, ends_at) VALUES (%s, %s, %s)
ON CONFLICT (key) DO UPDATE SET value = excluded.value, ends_at = excluded.ends_at"""
ADD = f"{SET} WHERE people_remembered.ends_at <= %s"


class SharedCache(BaseCache):
    """Django's cache interface over `Remembered`."""

    def __init__(self, _location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        row = Remembered.objects.filter(pk=self._key(key, version), ends_at__gt=now()).values_list("value").first()
        return default if row is None else json.loads(row[0])

    def set(
        self, key: str, value: Any, timeout: float | object | None = DEFAULT_TIMEOUT, version: int | None = None
    ) -> None:
        self._run(SET, self._key(key, version), json.dumps(value), self._end(timeout))

    def add(
        self, key: str, value: Any, timeout: float | object | None = DEFAULT_TIMEOUT, version: int | None = None
    ) -> bool:
        """Set it unless it is there: of several at once, one is told that it did."""
        return self._run(ADD, self._key(key, version), json.dumps(value), self._end(timeout), now()) == 1

    def touch(self, key: str, timeout: float | object | None = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        rows = Remembered.objects.filter(pk=self._key(key, version), ends_at__gt=now())
        return rows.update(ends_at=self._end(timeout)) == 1

    def delete(self, key: str, version: int | None = None) -> bool:
        return Remembered.objects.filter(pk=self._key(key, version)).delete()[0] == 1

    def clear(self) -> None:
        Remembered.objects.all().delete()

    def _key(self, key: str, version: int | None) -> str:
        return self.make_and_validate_key(key, version=version)

    def _end(self, timeout: float | object | None) -> int:
        seconds = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        return FOREVER if not isinstance(seconds, (int, float)) else now() + int(seconds * 1000)

    def _run(self, statement: str, *values: Any) -> int:
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            return int(cursor.rowcount)


def now() -> int:
    return int(time.time() * 1000)
