"""Backups as they are kept: made under a name that sorts by time, thinned out, and looked at."""

import datetime as dt
import json
import os
from pathlib import Path
from typing import Any

from django.conf import settings

from holdgood.design import words
from holdgood.operations.backups import dump, grounds, restore
from holdgood.operations.readiness import Check

NAME = "holdgood-{:%Y%m%dT%H%M%SZ}.backup"
LATEST_AFTER = dt.timedelta(hours=26)  # a night's backup that takes a while is not late
VERIFIED = "verified.json"


def make(where: Path | None, *, at: dt.datetime) -> tuple[Path, dict[str, Any]]:
    """One backup, in a folder or under the name of a file; whole, or not there. Where it is, and its manifest."""
    path = _named(where, at)
    if path.exists():
        raise dump.UnableToBackUp(f"{path} is there already. Name another file, or a folder.")
    part = path.with_name(f"{path.name}.part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            with grounds.snapshot() as alias:
                manifest = dump.write(file, using=alias, at=at)
            file.flush()
            os.fsync(file.fileno())
        part.rename(path)
    except OSError as problem:
        raise dump.UnableToBackUp(
            f"{path} cannot be written: {problem.strerror}. Make room, or name another."
        ) from None
    finally:
        part.unlink(missing_ok=True)
    return path, manifest


def _named(where: Path | None, at: dt.datetime) -> Path:
    """A name that is no folder yet and has no ending is a folder too."""
    folder = folder_of() if where is None else where
    if where is not None and not where.is_dir() and where.suffix:
        return where
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder / NAME.format(at.astimezone(dt.UTC))


def folder_of() -> Path:
    return Path(settings.HOLDGOOD_BACKUPS)


def kept() -> list[Path]:
    """Backups of the folder, latest first: by name, so that copying them about changes nothing."""
    return sorted(folder_of().glob("holdgood-*.backup"), reverse=True)


def made_at(path: Path) -> dt.datetime:
    stamp = path.name.removeprefix("holdgood-").removesuffix(".backup")
    return dt.datetime.strptime(stamp, "%Y%m%dT%H%M%SZ").replace(tzinfo=dt.UTC)


def thin_out() -> int:
    """Delete what is older than the latest so many; how many."""
    old = kept()[settings.HOLDGOOD_BACKUPS_KEPT :]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def verify_latest(at: dt.datetime) -> str:
    """Restore the latest backup really, and note that it could be; its name, or nothing where there is none."""
    found = kept()[:1]
    if not found:
        return ""
    restore.verify(found[0], beside=grounds.target(), say=lambda _: None)
    note = {"backup": found[0].name, "at": at.isoformat()}
    (folder_of() / VERIFIED).write_text(json.dumps(note), encoding="utf-8")
    return found[0].name


def _verified() -> str:
    try:
        note = json.loads((folder_of() / VERIFIED).read_text(encoding="utf-8"))
        return f" The last one that was restored to try it is of {words.day(dt.datetime.fromisoformat(note['at']))}."
    except (OSError, ValueError, KeyError):
        return " None has been restored to try it yet."


def check(at: dt.datetime) -> Check:
    """How old the latest backup is, for the page about the service and for `holdgood check`."""
    found = kept()[:1]
    if settings.HOLDGOOD_DEMO:
        return Check("backups", "Backups", True, "The demonstration is made anew when it is lost, so it has none.")
    if not found:
        return Check("backups", "Backups", False, "There is no backup yet: run “holdgood backup”, or keep a worker.")
    age = at - made_at(found[0])
    told = f"The latest is of {words.moment(made_at(found[0]))}." + _verified()
    return Check("backups", "Backups", age <= LATEST_AFTER, told)
