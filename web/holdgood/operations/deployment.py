"""What is wrong with this deployment and what to do about it, in sentences: `holdgood check` says them."""

import datetime as dt
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from holdgood.design import words
from holdgood.jobs.models import Worker
from holdgood.measures import definitions
from holdgood.operations import keeping, keyring, readiness
from holdgood.people import retention
from holdgood.places.models import Holding
from holdgood.places.roles import ROLES
from holdgood.trail.models import Entry

FAR_AWAY = frozenset({
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "glusterfs", "lustre", "fuse.sshfs", "fuse.s3fs",
    "fuse.rclone", "fuse.glusterfs", "davfs",
})  # fmt: skip
MOUNTS = Path("/proc/self/mounts")
ANCHOR_AFTER = dt.timedelta(hours=48)
DRIFT = dt.timedelta(seconds=5)
LEAST_POSTGRESQL = 140_000


@dataclass(frozen=True)
class Finding:
    """`must`: to be mended before this is used; else worth knowing."""

    must: bool
    sentence: str


Findings = Iterator[Finding]


def wrong(at: dt.datetime) -> list[Finding]:
    """Everything, worst first. What needs the database is left out where it cannot be asked."""
    found = list(chain.from_iterable(ask() for ask in OUTSIDE))
    try:
        connection.ensure_connection()
        found += chain.from_iterable(ask(at) for ask in INSIDE)
    except DatabaseError as problem:
        found.append(Finding(True, f"The database cannot be asked ({type(problem).__name__}): is DATABASE_URL right?"))
    return sorted(found, key=lambda one: not one.must)


def debugging() -> Findings:
    if settings.DEBUG:
        yield Finding(True, "DEBUG is on: error pages show the program and its settings to everybody. Set it to False.")


def address() -> Findings:
    if not settings.HOLDGOOD_ADDRESS.startswith("https:"):
        yield Finding(
            False,
            f"The address is {settings.HOLDGOOD_ADDRESS}, so that only this machine can use it. For others set "
            "HOLDGOOD_ADDRESS to an https address.",
        )


def secret() -> Findings:
    if len(settings.SECRET_KEY) < 50:
        yield Finding(
            True,
            f"The secret has {len(settings.SECRET_KEY)} characters, expected 50 or more. Delete "
            f"{Path(settings.DATA) / 'keys' / 'secret'} and start again: everybody signs in anew.",
        )


def mail() -> Findings:
    if "smtp" not in settings.EMAIL_BACKEND:
        yield Finding(
            False, f"Letters are written to {settings.EMAIL_FILE_PATH} and reach nobody. Set HOLDGOOD_MAIL to a server."
        )


def contact() -> Findings:
    if not settings.HOLDGOOD_CONTACT:
        yield Finding(False, "The pages on privacy and accessibility name nobody to ask. Set HOLDGOOD_CONTACT.")


def open_to_others() -> Findings:
    """Keys, backups and the database belong to the one user that runs the service."""
    data = Path(settings.DATA)
    for path in [*(data / "keys").glob("*"), *Path(settings.HOLDGOOD_BACKUPS).glob("*.backup")]:
        if _mode(path) & 0o077:
            yield Finding(True, f"Others on this machine can read {path}. Run: chmod go-rwx {path}")
    if _mode(data) & 0o007:
        what = f"{data}, where the database lies" if connection.vendor == "sqlite" else str(data)
        sentence = f"Everybody on this machine can look into {what}. Run: chmod o-rwx {data}"
        yield Finding(connection.vendor == "sqlite", sentence)


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def keys_beside() -> Findings:
    """Whoever takes the disk has both. A key in the environment, or a mount, is elsewhere."""
    keys, data = Path(settings.TRAIL_KEYS).parent, Path(settings.DATA)
    if keys.exists() and keys.stat().st_dev == data.stat().st_dev and keys.resolve().is_relative_to(data):
        yield Finding(
            False,
            f"The keys lie beside the data, in {keys}: who takes the disk has both. Keep the folder on another disk or "
            "mount, and a copy elsewhere: without them second factors and backups cannot be opened.",
        )


def far_away() -> Findings:
    """SQLite's locks do not hold on network file systems."""
    if connection.vendor != "sqlite":
        return
    kind = kind_of_disk(Path(str(connection.settings_dict["NAME"])), MOUNTS)
    if kind in FAR_AWAY:
        yield Finding(
            True,
            f"The database lies on a network file system ({kind}), where SQLite can be corrupted. Move HOLDGOOD_DATA "
            "to a disk of this machine, or use PostgreSQL.",
        )


def kind_of_disk(path: Path, mounts: Path) -> str:
    """The file system that a path lies on, as the kernel calls it; nothing where the kernel does not say."""
    if not mounts.exists():
        return ""
    best, kind = "", ""
    for line in mounts.read_text(encoding="utf-8", errors="replace").splitlines():
        _, where, found, *_ = line.split(" ")
        where = where.replace("\\040", " ")
        if path.resolve().is_relative_to(where) and len(where) >= len(best):
            best, kind = where, found
    return kind


def time_zones() -> Findings:
    try:
        ZoneInfo(settings.TIME_ZONE)
    except ZoneInfoNotFoundError:
        yield Finding(True, f"There are no data on the time zone {settings.TIME_ZONE}. Install the package tzdata.")


def static_files() -> Findings:
    if not (Path(settings.STATIC_ROOT) / "staticfiles.json").is_file():
        yield Finding(True, "Style sheets and scripts are not laid out. Run: holdgood collectstatic --no-input")


def content() -> Findings:
    """Reviewed content whose day of review has passed."""
    today = timezone.localdate()
    late = [one for one in definitions.load().values() if one.next_review < today]
    if late:
        yield Finding(False, f"{words.count(len(late), 'measure')} of the catalogue {_is(late)} overdue for review.")
    kept = [one for one in retention.kinds().values() if one.next_review < today]
    if kept:
        yield Finding(False, f"{words.count(len(kept), 'rule')} on how long data are kept {_is(kept)} overdue.")


def _is(found: Sequence[object]) -> str:
    return "is" if len(found) == 1 else "are"


def disk() -> Findings:
    ok, *_ = readiness.disk()
    if not ok:
        yield Finding(
            True,
            f"Less than {settings.HOLDGOOD_DISK_MEGABYTES:,} MB are free where {settings.DATA} lies. Make room, or set "
            "HOLDGOOD_DISK_MEGABYTES lower.",
        )


def migrated(_: dt.datetime) -> Findings:
    missing = len(readiness.missing_migrations())
    if missing:
        changes = words.count(missing, "change")
        yield Finding(True, f"The database lacks {changes} that this version needs. Run: holdgood migrate")


def engine(_: dt.datetime) -> Findings:
    if connection.vendor == "sqlite":
        if readiness.engine()[2:]:
            yield Finding(
                False,
                "This SQLite can corrupt a database in WAL mode, so that the slower journal is used. Install the "
                "package pysqlite3, or SQLite 3.51.3 or later.",
            )
        return
    yield from _postgresql()


def _postgresql() -> Findings:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int, current_setting('server_encoding')")
        number, encoding = cursor.fetchone()
        cursor.execute("SELECT current_setting('statement_timeout')")
        limit = cursor.fetchone()[0]
    if number < LEAST_POSTGRESQL:
        yield Finding(True, f"PostgreSQL is of version {number // 10_000}, expected 14 or later. Upgrade it.")
    if encoding != "UTF8":
        yield Finding(True, f"The database is encoded as {encoding}, expected UTF8. Make one: createdb -E UTF8")
    if limit == "0":
        yield Finding(False, "Statements may run for ever: something takes statement_timeout off the connection.")


def clocks(_: dt.datetime) -> Findings:
    """Leases go by the database's clock, sessions by this machine's."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        apart = abs(cursor.fetchone()[0] - dt.datetime.now(dt.UTC))
    if apart > DRIFT:
        yield Finding(
            True,
            f"The clocks of this machine and of the database are {apart.total_seconds():.0f} seconds apart. Use NTP.",
        )


def keys(_: dt.datetime) -> Findings:
    if readiness.missing_migrations():
        return
    for whose, name in sorted(keyring.needed() - keyring.held()):
        path = getattr(settings, keyring.FILES[whose])
        yield Finding(True, f"The key {name} of {path} is missing, and rows need it. Put the file of that time back.")


def worker(_: dt.datetime) -> Findings:
    if not readiness.missing_migrations() and not Worker.objects.alive().exists():
        yield Finding(False, "No worker was seen within a minute: no mail, no backups. Start one: holdgood worker")


def roles(_: dt.datetime) -> Findings:
    if readiness.missing_migrations():
        return
    unknown = sorted(set(Holding.objects.order_by().values_list("role", flat=True).distinct()) - ROLES.keys())
    if unknown:
        yield Finding(
            True,
            f"People hold roles that this version does not know: {', '.join(unknown)}. They give no rights. End them.",
        )


def anchored(at: dt.datetime) -> Findings:
    path = Path(settings.TRAIL_ANCHORS)
    if readiness.missing_migrations() or not Entry.objects.filter(at__lt=at - ANCHOR_AFTER).exists():
        return
    if not path.exists():
        yield Finding(False, "The end of the trail was never noted outside the database. A worker does so each night.")
    elif at.timestamp() - path.stat().st_mtime > ANCHOR_AFTER.total_seconds():
        yield Finding(False, "The end of the trail was last noted more than two days ago: does a worker run at night?")


def backed_up(at: dt.datetime) -> Findings:
    found = keeping.check(at)
    if not found.ok:
        yield Finding(True, f"No backup of the last 26 hours. {found.sentence}")


OUTSIDE: list[Callable[[], Findings]] = [
    debugging, address, secret, mail, contact, open_to_others, keys_beside, far_away, time_zones, static_files, content,
    disk,
]  # fmt: skip
INSIDE: list[Callable[[dt.datetime], Findings]] = [
    migrated, engine, clocks, keys, worker, roles, anchored, backed_up,
]  # fmt: skip
