"""The demonstration is kept as a database file by seed, month and code, and copied into an empty data folder."""

import datetime as dt
import hashlib
import shutil
import sqlite3
import uuid
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections

from holdgood.demo.making import SEED, Maker, ids
from holdgood.places.models import Kind, Place

Say = Callable[[str], object]
CODE = Path(__file__).resolve().parents[1]


class SomebodysOwn(Exception):
    """The database holds a trust that the demonstration did not make: it is left alone."""


def ready() -> bool:
    """Whether the demonstration is there. Raises where the database holds anything else."""
    trusts = set(Place.objects.filter(kind__in=[Kind.TRUST, Kind.SYSTEM]).values_list("pk", flat=True))
    if trusts - ids():
        raise SomebodysOwn(
            "This database holds a trust of somebody's own: the demonstration does not run beside it. "
            "Set HOLDGOOD_DEMO=0, or name another folder in HOLDGOOD_DATA."
        )
    return bool(trusts)


def fill(at: dt.datetime, say: Say) -> str:
    """Put the demonstration into the empty database: copied if it is kept, else made and kept. Says which."""
    if not settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        say("Making the demonstration: some ten seconds, once.")
        Maker(at).make()
        return "made"
    kept = _kept(at)
    if not kept.exists():
        say("Making the demonstration: some ten seconds, once.")
        Maker(at).make()
        _keep(kept)
        return "made"
    _copy(kept)
    return "copied"


def begin(at: dt.datetime, say: Say) -> str:
    """Bring an empty or new database up to the demonstration, the quick way where there is one."""
    database = Path(str(settings.DATABASES["default"]["NAME"]))
    sqlite = settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")
    if sqlite and not database.exists() and _kept(at).exists():
        _copy(_kept(at))
        return "copied"
    call_command("migrate", verbosity=0)
    return "there" if ready() else fill(at, say)


def _kept(at: dt.datetime) -> Path:
    return settings.ROOT / "build" / f"demonstration-{at:%Y-%m}-{_version()}" / "holdgood.sqlite3"


def _version() -> str:
    """A digest of everything that makes the demonstration what it is: any change of code or content makes it anew."""
    digest = hashlib.sha256(f"{SEED}".encode())
    for path in sorted(path for path in CODE.rglob("*") if path.suffix in (".py", ".toml", ".csv")):
        if "tests" not in path.parts and "views" not in path.parts:
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _keep(kept: Path) -> None:
    """The database file with the keys that its trail is signed with."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    part = kept.with_name(f"{uuid.uuid4().hex}.part")
    connection.ensure_connection()
    target = sqlite3.connect(part)
    with target:
        connection.connection.backup(target)
    target.close()
    shutil.copy2(settings.TRAIL_KEYS, kept.with_name("trail-keys"))
    part.replace(kept)


def _copy(kept: Path) -> None:
    """Into the empty data folder: keys first, so that the trail verifies from the first moment."""
    connections.close_all()
    database = Path(str(settings.DATABASES["default"]["NAME"]))
    keys: Path = settings.TRAIL_KEYS
    keys.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(kept.with_name("trail-keys"), keys)
    keys.chmod(0o600)
    for leftover in (database.with_name(database.name + end) for end in ("-wal", "-shm")):
        leftover.unlink(missing_ok=True)
    part = database.with_name(f"{database.name}.part")
    shutil.copy2(kept, part)
    part.replace(database)
