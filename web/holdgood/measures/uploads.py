"""Files that are too large to be read while somebody waits: kept under a random name until a job has read them."""

import datetime as dt
import json
import os
import uuid
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from holdgood.jobs.models import Job, State
from holdgood.measures.checked import Checked, Mistake
from holdgood.places.access import Actor
from holdgood.places.models import Place

LARGE = 2_000_000  # bytes: more are read by a job
KEPT = dt.timedelta(days=7)


@dataclass(frozen=True)
class Outcome:
    """What became of a file: a batch to look at, or what is wrong with it."""

    batch: str
    checked: Checked


def folder() -> Path:
    """Beside the database and the keys: the web server and the worker share it."""
    found = Path(settings.DATA) / "uploads"
    found.mkdir(mode=0o700, parents=True, exist_ok=True)
    return found


def keep(pieces: Iterable[bytes]) -> str:
    """Write a file down; its new name."""
    name = uuid.uuid4().hex
    with os.fdopen(os.open(folder() / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        for piece in pieces:
            file.write(piece)
    return name


def path(name: str) -> Path:
    return folder() / uuid.UUID(name).hex


def finish(name: str, batch: str, checked: Checked) -> None:
    """Note what became of it."""
    outcome = {"batch": batch, "file": checked.file, "wrong": checked.wrong, "notes": checked.notes}
    outcome["mistakes"] = [asdict(each) for each in checked.mistakes]
    path(name).with_suffix(".json").write_text(json.dumps(outcome), encoding="utf-8")


def outcome(name: str) -> Outcome | None:
    """What became of it, if the job has ended and it is not too long ago."""
    try:
        told: dict[str, Any] = json.loads(path(name).with_suffix(".json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    checked = Checked(told["file"], wrong=told["wrong"], notes=told["notes"])
    checked.mistakes = [Mistake(**each) for each in told["mistakes"]]
    return Outcome(told["batch"], checked)


def sweep(at: dt.datetime) -> int:
    """Remove what nobody came back for."""
    old = [each for each in folder().iterdir() if at.timestamp() - each.stat().st_mtime > KEPT.total_seconds()]
    for each in old:
        each.unlink(missing_ok=True)
    return len(old)


def find(actor: Actor, area: Place, job: str) -> Job | None:
    """The job that reads a file which this person brought to this area."""
    return _of(actor, area).filter(pk=int(job)).first() if job.isascii() and job.isdigit() and len(job) < 18 else None


def being_read(actor: Actor, area: Place) -> list[Job]:
    """Files of theirs that are not read yet."""
    return list(_of(actor, area).filter(state__in=[State.READY, State.RUNNING]).order_by("id"))


def _of(actor: Actor, area: Place) -> Any:
    mine = f"measures.file:{area.pk.hex}:{actor.id}:"
    return Job.objects.filter(key__startswith=mine)


def key(actor: Actor, area: Place, name: str) -> str:
    return f"measures.file:{area.pk.hex}:{actor.id}:{name}"
