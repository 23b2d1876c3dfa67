"""Files that are brought in: read, looked at, committed or thrown away, and undone."""

import csv
import io
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from holdgood.design import exports, messages
from holdgood.design.lists import Choice, Column, List, Words
from holdgood.design.typed import typed
from holdgood.jobs.models import Job, State
from holdgood.measures import background, batches, importing, uploads
from holdgood.measures.actions import counting
from holdgood.measures.checked import Checked, Mistake
from holdgood.measures.forms_importing import BringFile
from holdgood.measures.known import Known
from holdgood.measures.models import Batch, Measure
from holdgood.places import guard, listing, naming
from holdgood.places.access import Actor
from holdgood.places.models import Place
from holdgood.places.permissions import Permission
from holdgood.trail.versions import Changed

OVERTAKEN = "Somebody else decided on this file meanwhile. This is how it stands now."
FAULT = "The file could not be read: that is a fault of the program, and those who run it can see it. Bring it again."
EXAMPLE_MEASURES, EXAMPLE_PLACES = 3, 4


def batch_list(request: HttpRequest, code: str) -> HttpResponseBase:
    """Every file that was brought into the area."""
    place = guard.area(request, code, Permission.OBSERVATION_IMPORT)
    actor = guard.actor_of(request)
    rows = Batch.objects.all().visible_to(actor, Permission.OBSERVATION_IMPORT).exclude(source="form")
    rows = rows.filter(place__path__startswith=place.path).select_related("place")
    people = naming.names(rows.order_by().values_list("made_by", flat=True).distinct())
    context = {"reading": uploads.being_read(actor, place)}
    return listing.respond(request, "measures/batch-list.html", _list(place, people), rows, place=place, **context)


def batch_new(request: HttpRequest, code: str) -> HttpResponse:
    """Choose a file. Small ones are read at once, large ones by a job whose progress the same page shows."""
    place = guard.area(request, code, Permission.OBSERVATION_IMPORT)
    actor = guard.actor_of(request)
    if request.method == "GET" and "reading" in request.GET:
        return _reading(request, actor, place, request.GET["reading"])
    form = BringFile(typed(request), request.FILES or None, known=Known(actor, place))
    if request.method != "POST" or not form.is_valid():
        return _new(request, place, form, None)
    if form.cleaned_data["file"].size > uploads.LARGE:
        job = _enqueue(actor, place, form)
        return redirect(f"{reverse('batch-new', args=[place.code])}?reading={job.pk}")
    file = form.cleaned_data["file"]
    checked = importing.check_file(file.read(), _name(file.name), form.wanted())
    if checked.wrong:
        return _new(request, place, form, checked)
    made = counting.stage(
        by=actor, at=actor.at, place=place, rows=checked.rows, file=checked.file, digest=checked.digest,
        report=checked.report,
    )  # fmt: skip
    return redirect("batch", place.code, made.pk)


def batch_example(request: HttpRequest, code: str) -> HttpResponse:
    """A file to be filled in, made from the area's own measures and places."""
    place = guard.area(request, code, Permission.OBSERVATION_IMPORT)
    actor = guard.actor_of(request)
    known = Known(actor, place)
    lowest = sorted(known.places.values(), key=lambda each: (-each.path.count("/"), each.name))
    kept = io.StringIO()
    measures = [each for each in known.measures if each.retired_on is None][:EXAMPLE_MEASURES]
    for row in importing.rows_of(measures, [p for p in lowest if p.is_open(actor.on)][:EXAMPLE_PLACES], actor.on):
        csv.writer(kept).writerow([exports.safe(cell) for cell in row])
    name = f"{exports.filename('example', place.name, actor.on)}.csv"
    return HttpResponse(
        "\ufeff" + kept.getvalue(), content_type="text/csv; charset=utf-8", headers=exports.attachment(name)
    )


def batch(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    """What a file would change, or has changed."""
    place = guard.area(request, code, Permission.MEASURE_VIEW)
    found = _find(request, place, pk, Permission.MEASURE_VIEW)
    actor = guard.actor_of(request)
    if found.committed_at is None:
        guard.require(actor, Permission.OBSERVATION_IMPORT, found)
    earlier = batches.same_again(found, Batch.objects.all().visible_to(actor, Permission.MEASURE_VIEW))
    people = naming.names({found.made_by, found.undone_by} - {""})
    context = {"batch": found, "area": place, "shown": batches.preview(found), "earlier": earlier, "people": people}
    context["may"] = actor.may(Permission.OBSERVATION_IMPORT, found.place)
    context["groups"] = batches.GROUPS
    return render(request, "measures/batch.html", context)


def batch_commit(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    """Take its numbers in."""
    place = guard.area(request, code, Permission.OBSERVATION_IMPORT)
    found = _find(request, place, pk, Permission.OBSERVATION_IMPORT)
    if request.method == "POST" and _act(request, found, counting.commit):
        undo = reverse("batch-undo", args=[place.code, found.pk])
        messages.done(request, f"The numbers of {found.file} are in.", undo=undo)
    return redirect("batch", place.code, found.pk)


def batch_discard(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    """Throw it away."""
    place = guard.area(request, code, Permission.OBSERVATION_IMPORT)
    found = _find(request, place, pk, Permission.OBSERVATION_IMPORT)
    if request.method == "POST" and _act(request, found, counting.discard):
        messages.done(request, f"{found.file} is thrown away. Nothing was brought in.")
        return redirect("batch-list", place.code)
    return redirect("batch", place.code, found.pk)


def batch_undo(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    """Take its numbers back, or one that was entered by hand: what was known before is known again."""
    place = guard.area(request, code, Permission.MEASURE_VIEW)
    found = _find(request, place, pk, Permission.MEASURE_VIEW)
    by_hand = found.source == "form"
    guard.require(
        guard.actor_of(request), Permission.OBSERVATION_ADD if by_hand else Permission.OBSERVATION_IMPORT, found
    )
    if request.method == "POST" and _act(request, found, counting.undo):
        messages.done(request, "It is undone: what was known before is known again.")
    if not by_hand:
        return redirect("batch", place.code, found.pk)
    of = Measure.objects.all().visible_to(guard.actor_of(request), Permission.MEASURE_VIEW)
    measure = of.filter(observations__batch=found).first()
    return redirect("measure", place.code, measure.slug) if measure else redirect("measure-list", place.code)


def _find(request: HttpRequest, place: Place, pk: UUID, permission: Permission) -> Batch:
    rows = Batch.objects.filter(place__path__startswith=place.path).select_related("place")
    return guard.find(request, rows, permission, pk=pk)


def _act(request: HttpRequest, found: Batch, action: Any) -> bool:
    """Do it to the version that the page showed; say it if another was faster, or if it cannot be done."""
    actor = guard.actor_of(request)
    version = request.POST.get("version", "")
    seen = int(version) if version.isascii() and version.isdigit() and len(version) < 10 else found.version
    try:
        action(by=actor, at=actor.at, batch=found, version=seen)
    except Changed:
        messages.failed(request, OVERTAKEN)
        return False
    except counting.UnableToCount as problem:
        messages.failed(request, str(problem))
        return False
    return True


def _new(request: HttpRequest, place: Place, form: BringFile, checked: Checked | None) -> HttpResponse:
    context = {"area": place, "form": form, "checked": checked, "job": None}
    return render(request, "measures/batch-new.html", context, status=200 if checked is None else 422)


def _reading(request: HttpRequest, actor: Actor, place: Place, number: str) -> HttpResponse:
    """How far the job is; when it has ended, what became of the file."""
    job = uploads.find(actor, place, number)
    if job is None:
        return redirect("batch-list", place.code)
    ended = uploads.outcome(job.kwargs["upload"]) if job.state == State.DONE else None
    if ended is not None and ended.batch:
        address = reverse("batch", args=[place.code, UUID(ended.batch)])
    elif job.state in (State.READY, State.RUNNING):
        return render(request, "measures/batch-new.html", {"area": place, "form": None, "checked": None, "job": job})
    elif "HX-Request" in request.headers:
        address = request.get_full_path()
    else:
        return _new(request, place, BringFile(known=Known(actor, place)), ended.checked if ended else _failed(job))
    if "HX-Request" in request.headers:
        return HttpResponse(headers={"HX-Redirect": address})
    return redirect(address)


def _failed(job: Job) -> Checked:
    checked = Checked(job.kwargs["name"])
    checked.refuse(Mistake(FAULT))
    return checked


def _enqueue(actor: Actor, place: Place, form: BringFile) -> Job:
    file, wanted = form.cleaned_data["file"], form.wanted()
    upload = uploads.keep(file.chunks())
    with transaction.atomic():
        return background.read_file.using(key=uploads.key(actor, place, upload), priority=10).enqueue(
            upload=upload, name=_name(file.name), area=place.pk.hex, by=actor.id, sheet=wanted.sheet,
            measure=wanted.measure.pk.hex if wanted.measure else "", place=wanted.place.pk.hex if wanted.place else "",
        )  # fmt: skip


def _name(name: str | None) -> str:
    """The file's own name, as far as it can be shown and stored."""
    return "".join(each for each in (name or "") if each.isprintable()).rpartition("/")[2][-120:] or "file"


def _list(place: Place, people: dict[str, str]) -> List:
    return List(
        name="Files",
        noun=("file", "files"),
        columns=[
            Column("file", "File", _called, link=_address, sort=("file", "made_at")),
            Column("state", "State", lambda row: row.get_state_display(), sort=("state",)),
            Column("place", "Brought to", lambda row: row.place.name, sort=("place__name",)),
            Column("rows", "Rows", lambda row: row.rows, sort=("rows",), numeric=True),
            Column("who", "Who", lambda row: people[row.made_by]),
            Column("when", "When", lambda row: row.made_at, sort=("made_at",)),
        ],
        filters=[
            Words("q", "Name of the file", ("file",)),
            Choice("state", "State", Batch.State.choices, "state"),
        ],
        order="-when",
        empty=(
            f"Files with numbers of {place.name} are listed here, each with who brought it and what it changed.",
            reverse("batch-new", args=[place.code]),
            "Bring a file",
        ),
    )


def _called(row: Batch) -> str:
    return row.file or {"command": "Brought in by a command"}.get(row.source, row.source.capitalize())


def _address(row: Batch) -> str:
    return reverse("batch", args=[row.place.code, row.pk])
