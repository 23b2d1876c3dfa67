"""What measures do by themselves: read files that take long, and remove what nobody came back for."""

import datetime as dt
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Model

from holdgood.jobs import recurring
from holdgood.jobs.context import Context
from holdgood.jobs.tasks import task
from holdgood.measures import importing, uploads
from holdgood.measures.actions import counting
from holdgood.measures.checked import Checked, Mistake
from holdgood.measures.importing import Wanted
from holdgood.measures.known import Known
from holdgood.measures.refresh import refresh_area
from holdgood.people.models import User
from holdgood.places import ending, guard
from holdgood.places.access import Actor
from holdgood.places.models import Place

GONE = "The file is not there any more. Bring it again."
NOT_ANY_MORE = "You may not bring numbers into this area any more. Ask its administrator."


@task(takes_context=True)
def read_file(
    context: Context, *, upload: str, name: str, area: str, by: str, sheet: str, measure: str, place: str
) -> None:
    """Read a file as the person who brought it, with what they may do now; stage it, or note what is wrong."""
    actor = Actor(User.objects.get(pk=UUID(by)), context.at)
    where = Place.objects.get(pk=UUID(area))
    known = Known(actor, where)
    chosen = next((each for each in known.measures if each.pk.hex == measure), None)
    wanted = Wanted(known, actor.on, sheet, chosen, known.places.get(UUID(place)) if place else None)
    checked = _checked(context, upload, name, wanted)
    with context.finishing():
        uploads.finish(upload, _stage(actor, where, checked), checked)
    uploads.path(upload).unlink(missing_ok=True)


def _checked(context: Context, upload: str, name: str, wanted: Wanted) -> Checked:
    def told(done: int, of: int) -> None:
        context.progress(done if of else 0, of, f"{done:,} of {of:,} rows checked" if of else f"{done:,} rows read")

    if not uploads.path(upload).exists():
        gone = Checked(name)
        gone.refuse(Mistake(GONE))
        return gone
    return importing.check_file(uploads.path(upload), name, wanted, told)


def _stage(actor: Actor, area: Place, checked: Checked) -> str:
    if checked.wrong:
        return ""
    try:
        batch = counting.stage(
            by=actor, at=actor.at, place=area, rows=checked.rows, file=checked.file, digest=checked.digest,
            report=checked.report,
        )  # fmt: skip
    except (guard.NotVisible, guard.NotAllowed):
        checked.refuse(Mistake(NOT_ANY_MORE))
        return ""
    return batch.pk.hex


@task(takes_context=True)
def sweep(context: Context) -> None:
    uploads.sweep(context.at)


@task(takes_context=True)
def add_up(context: Context, place: str) -> None:
    """A place lies elsewhere from a day on, or has closed: what was counted since then adds up differently."""
    with context.finishing():
        refresh_area(Place.objects.get(pk=UUID(place)), at=context.at)


def register() -> None:
    """Asked of at start-up: a place that moves, merges or closes is told here."""
    ending.register("place", _moved)


def _moved(_by: Actor, _at: dt.datetime, place: Model) -> None:
    add_up.enqueue(place=place.pk.hex)


recurring.add("measures.sweep", sweep, recurring.OnDays(dt.time(3, 40), ZoneInfo(settings.TIME_ZONE)))
