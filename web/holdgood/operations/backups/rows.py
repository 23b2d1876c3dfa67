"""Rows as canonical lines: the same text for the same row, whichever database it comes from."""

import base64
import datetime as dt
import hashlib
import json
import uuid
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

AT_ONCE = 2000
Model = type[models.Model]
Convert = Callable[[Any], Any]
if TYPE_CHECKING:
    Field = models.Field[Any, Any]

# How values that JSON has no form for are written, and read back.
_FORMS: list[tuple[type[Any], Convert, Convert]] = [
    (models.DateTimeField, lambda at: at.astimezone(dt.UTC).isoformat(), dt.datetime.fromisoformat),
    (models.DateField, dt.date.isoformat, dt.date.fromisoformat),
    (models.TimeField, dt.time.isoformat, dt.time.fromisoformat),
    (models.DurationField, lambda span: span // dt.timedelta(microseconds=1), lambda n: dt.timedelta(microseconds=n)),
    (models.DecimalField, lambda number: format(number, "f"), Decimal),
    (models.UUIDField, lambda key: key.hex, uuid.UUID),
    (models.BinaryField, lambda held: base64.b64encode(held).decode(), base64.b64decode),
]


class Sum:
    """Count and SHA-256 of a table: hashes of its rows added up, so that no database's way of sorting matters."""

    def __init__(self) -> None:
        self.rows, self._total = 0, 0

    def add(self, line: str) -> None:
        self.rows += 1
        self._total += int.from_bytes(hashlib.sha256(line.encode()).digest(), "big")

    def told(self) -> dict[str, Any]:
        return {"rows": self.rows, "sha256": f"{self._total % 2**256:064x}"}


def fields(model: Model) -> list["Field"]:
    """What is stored of a model, by column; what the database works out itself is not."""
    stored = [field for field in model._meta.local_concrete_fields if not getattr(field, "generated", False)]
    return sorted(stored, key=lambda field: str(field.column))


def lines(model: Model, using: str) -> Iterator[str]:
    """Every row, as one line each."""
    stored = fields(model)
    writers = [_form(field)[0] for field in stored]
    rows = model._base_manager.using(using).order_by("pk").values_list(*(field.attname for field in stored))
    for row in rows.iterator(chunk_size=AT_ONCE):
        values = [None if value is None else write(value) for write, value in zip(writers, row, strict=True)]
        yield json.dumps(values, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _form(field: "Field") -> tuple[Convert, Convert]:
    while isinstance(field, models.ForeignKey):
        field = field.target_field
    return next(((write, read) for kind, write, read in _FORMS if isinstance(field, kind)), (_same, _same))


def _same(value: Any) -> Any:
    return value


class Loader:
    """Puts lines back into a table, many at once, exactly as they were: nothing is filled in or worked out anew."""

    def __init__(self, model: Model, columns: list[str], connection: BaseDatabaseWrapper) -> None:
        known = {field.column: field for field in fields(model)}
        quote = connection.ops.quote_name
        self._connection = connection
        self._stored = [known[column] for column in columns]
        self._readers = [_form(field)[1] for field in self._stored]
        names, places = ", ".join(map(quote, columns)), ", ".join(["%s"] * len(columns))
        self._statement = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({places})"
        self._waiting: list[list[Any]] = []

    def add(self, line: str) -> None:
        values = zip(self._stored, self._readers, json.loads(line), strict=True)
        self._waiting.append([self._prepared(field, read, value) for field, read, value in values])
        if len(self._waiting) == AT_ONCE:
            self.flush()

    def flush(self) -> None:
        if self._waiting:
            with self._connection.cursor() as cursor:
                cursor.executemany(self._statement, self._waiting)
            self._waiting = []

    def _prepared(self, field: "Field", read: Convert, value: Any) -> Any:
        if isinstance(field, models.JSONField) and not (value is None and field.null):
            return self._connection.ops.adapt_json_value(value, field.encoder)
        found = None if value is None else read(value)
        return field.get_db_prep_save(found, connection=self._connection)
