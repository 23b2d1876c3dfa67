"""Writing a backup: every table in one snapshot, then what it must add up to."""

import base64
import datetime as dt
import gzip
import hashlib
import json
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any, BinaryIO

from django.apps import apps
from django.conf import settings
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

from holdgood.operations import keyring
from holdgood.operations.backups import keys, sealed, sequences
from holdgood.operations.backups.rows import Model, Sum, fields, lines
from holdgood.trail.models import Head

FOLDERS = ("uploads", "anchors")  # of the data folder: what else belongs to the rows. Keys never.
PIECE = 3 << 18
COMPRESSION = 4  # more takes longer than it saves


class UnableToBackUp(Exception):
    """No backup was made: why, and what to do."""


Say = Callable[[dict[str, Any] | str], None]


def write(file: BinaryIO, *, using: str, at: dt.datetime) -> dict[str, Any]:
    """Everything that the connection sees, sealed; the manifest. The caller has opened a snapshot."""
    secret = keys.sealing()
    vault = sealed.Writer(file, secret, keys.name(secret))
    with gzip.GzipFile(fileobj=vault, mode="wb", compresslevel=COMPRESSION, mtime=0) as packed:

        def say(told: dict[str, Any] | str) -> None:
            text = told if isinstance(told, str) else json.dumps(told, ensure_ascii=False)
            packed.write(text.encode() + b"\n")

        manifest = _begin(using, at)
        say({"begin": manifest})
        manifest |= {
            "tables": {model._meta.db_table: _table(model, using, say) for model in tables(using)},
            "sequences": sequences.read(connections[using]),
            "files": {name: _file(path, name, say) for name, path in _files()},
            "heads": list(Head.objects.using(using).order_by("chain").values("chain", "seq", "hash")),
            "keys": sorted(map(list, keyring.needed(using))),
        }
        say({"end": manifest})
    vault.finish()
    return manifest


def _begin(using: str, at: dt.datetime) -> dict[str, Any]:
    applied = MigrationRecorder(connections[using]).applied_migrations()
    return {
        "holdgood": version("holdgood"),
        "at": at.astimezone(dt.UTC).isoformat(timespec="seconds"),
        "database": connections[using].vendor,
        "migrations": sorted(map(list, applied)),
    }


def tables(using: str) -> list[Model]:
    """All models with a table; a table that nobody knows would be lost, so it is an error."""
    models = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True) if _kept(model)}
    there = set(connections[using].introspection.table_names()) - {"django_migrations"}
    if there != models.keys():
        odd = ", ".join(sorted(there ^ models.keys()))
        raise UnableToBackUp(
            f"The tables of the database and of the program differ: {odd}. Run “holdgood migrate” first; tables that "
            "are not Holdgood’s belong into a database of their own."
        )
    return [models[name] for name in sorted(models)]


def _kept(model: Model) -> bool:
    return model._meta.managed and not model._meta.proxy


def _table(model: Model, using: str, say: Say) -> dict[str, Any]:
    say({"table": model._meta.db_table, "columns": [field.column for field in fields(model)]})
    whole = Sum()
    for line in lines(model, using):
        whole.add(line)
        say(line)
    return whole.told()


def _files() -> Iterator[tuple[str, Path]]:
    data = Path(settings.DATA)
    for folder in FOLDERS:
        for path in sorted((data / folder).rglob("*")):
            if path.is_file() and not path.is_symlink():
                yield path.relative_to(data).as_posix(), path


def _file(path: Path, name: str, say: Say) -> dict[str, Any]:
    say({"file": name})
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            digest.update(piece)
            size += len(piece)
            say({"piece": base64.b64encode(piece).decode()})
    return {"bytes": size, "sha256": digest.hexdigest()}
