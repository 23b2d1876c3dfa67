"""Putting a backup back. It is built whole and checked beside the database, and takes its place only then."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import IntegrityError, connections, transaction
from django.db.migrations.executor import MigrationExecutor

from holdgood.operations import keyring, readiness
from holdgood.operations.backups import anchors, grounds, reading, sequences
from holdgood.operations.backups.rows import Loader, Model, Sum, lines
from holdgood.trail import keys as trail_keys
from holdgood.trail.verify import faults

Say = Callable[[str], object]
HOLDING = ("people", "places", "trail_entries")  # a database with no row in these is as good as empty


class UnableToRestore(Exception):
    """Nothing was changed: why, and what to do."""


@dataclass(frozen=True)
class Restored:
    """What was put back, and what the database that was there is called now."""

    manifest: dict[str, Any]
    rows: int
    kept: str = ""
    anchors_kept: str = ""


def restore(path: Path, *, into: dict[str, Any], at: dt.datetime, force: bool, say: Say) -> Restored:
    """Replace the database of the settings by the one of the backup. Web server and worker must be stopped."""
    manifest = _readable(path, say)
    if not force and _holds_rows(into):
        raise UnableToRestore(
            "The database here is not empty. Add --force to put the backup in its place; what is there is then kept "
            "under another name."
        )
    with _built(path, manifest, into, say, trail_must_hold=not force) as rows:
        try:
            kept = grounds.put_in_place(into, at)
        except grounds.InUse as problem:
            raise UnableToRestore(str(problem)) from None
    _put_files(path)
    return Restored(manifest, rows, kept, anchors.fit(manifest["heads"], at))


def verify(path: Path, *, beside: dict[str, Any], say: Say) -> Restored:
    """Restore it really, beside the database, and throw that away."""
    manifest = _readable(path, say)
    with _built(path, manifest, beside, say) as rows:
        return Restored(manifest, rows)


def _readable(path: Path, say: Say) -> dict[str, Any]:
    """The manifest of a backup that is whole, that this version can read, and whose keys are here."""
    say(f"reading {path.name}")
    manifest = reading.check(path)
    unknown = {tuple(one) for one in manifest["migrations"]} - readiness.shipped()
    if unknown:
        raise UnableToRestore(
            f"The backup was made by Holdgood {manifest['holdgood']}, whose database is newer than that of this "
            f"version ({len(unknown)} changes are not known here). Install that version or a later one."
        )
    missing = {tuple(one) for one in manifest["keys"]} - keyring.held()
    if missing:
        files = {getattr(settings, keyring.FILES[whose]) for whose, _ in missing}
        names = ", ".join(sorted(f"{whose} {name}" for whose, name in missing))
        raise UnableToRestore(
            f"Keys that the rows need are not here: {names}. Put the key files of that time back as "
            f"{' and '.join(sorted(map(str, files)))}: without them second factors do not open and the trail cannot "
            "be verified."
        )
    return manifest


def _holds_rows(into: dict[str, Any]) -> bool:
    if "sqlite" in into["ENGINE"] and not Path(into["NAME"]).exists():
        return False
    with grounds.opened("present", into) as alias, connections[alias].cursor() as cursor:
        there = set(connections[alias].introspection.table_names(cursor)) & set(HOLDING)
        for table in sorted(there):
            cursor.execute(f"SELECT 1 FROM {table} LIMIT 1")
            if cursor.fetchone():
                return True
    return False


@contextmanager
def _built(
    path: Path, manifest: dict[str, Any], into: dict[str, Any], say: Say, *, trail_must_hold: bool = True
) -> Iterator[int]:
    """The backup as a database beside the other one: filled, compared, brought up to date, its trail verified."""
    with grounds.new_ground(into) as alias:
        say("making the tables of that time")
        models = _shaped(alias, manifest)
        say("putting the rows back")
        try:
            with transaction.atomic(using=alias):
                _fill(path, models, alias)
                sequences.write(connections[alias], manifest["sequences"])
        except IntegrityError as problem:
            raise UnableToRestore(f"The rows of the backup do not fit together ({type(problem).__name__}).") from None
        say("comparing every table with what it was")
        _compare(models, manifest, alias)
        say("bringing it up to date and verifying the trail")
        _up_to_date(alias)
        broken = _trail_fault(manifest, alias)
        if broken and trail_must_hold:
            raise UnableToRestore(f"The trail of the backup is not whole: {broken}. --force puts it back as it is.")
        if broken:
            say(f"the trail of the backup is not whole: {broken}")
        yield sum(told["rows"] for told in manifest["tables"].values())


def _shaped(alias: str, manifest: dict[str, Any]) -> dict[str, Model]:
    """Tables as the backup's version had them; models by table."""
    executor = MigrationExecutor(connections[alias])
    wanted = {tuple(one) for one in manifest["migrations"]}
    whole = executor.migration_plan(executor.loader.graph.leaf_nodes(), clean_start=True)
    plan = [(one, back) for one, back in whole if (one.app_label, one.name) in wanted]
    state = executor.migrate([], plan=plan)
    apps = state.apps
    return {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}


def _fill(path: Path, models: dict[str, Model], alias: str) -> None:
    loader: Loader | None = None
    _empty(models, alias)
    for line in reading.contents(path):
        if line.columns:
            if loader:
                loader.flush()
            loader = Loader(models[line.table], list(line.columns), connections[alias])
        elif line.row and loader:
            loader.add(line.row)
    if loader:
        loader.flush()


def _empty(models: dict[str, Model], alias: str) -> None:
    """What changes of the database put in by themselves."""
    for model in models.values():
        if model._base_manager.using(alias).exists():
            model._base_manager.using(alias).all().delete()


def _compare(models: dict[str, Model], manifest: dict[str, Any], alias: str) -> None:
    for table, told in manifest["tables"].items():
        whole = Sum()
        for line in lines(models[table], alias):
            whole.add(line)
        if whole.told() != told:
            raise UnableToRestore(
                f"Table {table} is not what it was: {whole.rows:,} rows, expected {told['rows']:,}, alike. "
                "Please report this; nothing was changed."
            )


def _up_to_date(alias: str) -> None:
    executor = MigrationExecutor(connections[alias])
    executor.migrate(executor.loader.graph.leaf_nodes())
    with connections[alias].cursor() as cursor:
        if connections[alias].vendor == "sqlite":
            cursor.execute("PRAGMA integrity_check")
            if cursor.fetchone()[0] != "ok":
                raise UnableToRestore("SQLite finds the restored file damaged: is the disk failing?")


def _trail_fault(manifest: dict[str, Any], alias: str) -> str:
    """The first thing that is wrong with the trail, if anything is."""
    known = trail_keys.load(settings.TRAIL_KEYS)
    with anchors.fitting(manifest["heads"]) as marks:
        return next((str(fault).removesuffix(".") for fault in faults(known, marks, using=alias)), "")


def _put_files(path: Path) -> None:
    """Files of the data folder that are not there; one that is there is left as it is."""
    data, file = Path(settings.DATA).resolve(), None
    for line in reading.contents(path):
        if line.table:
            continue
        if not line.piece:
            file = _new_file(data, line.file)
        elif file:
            with file.open("ab") as opened:
                opened.write(line.piece)


def _new_file(data: Path, name: str) -> Path | None:
    file = (data / name).resolve()
    if not file.is_relative_to(data) or file.exists():
        return None
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    file.touch(mode=0o600)
    return file
