"""Pages that write: numbers, notes, targets of a measure at a place."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from holdgood.design import conflict, messages
from holdgood.design.forms import Form
from holdgood.design.typed import typed
from holdgood.measures import forms, periods, presenting
from holdgood.measures.actions import counting, defining, noting
from holdgood.measures.actions.counting import Counted
from holdgood.measures.models import Note, Observation, Target
from holdgood.measures.views import finding
from holdgood.measures.views.finding import Here
from holdgood.places import guard, naming
from holdgood.places.permissions import Permission
from holdgood.trail.versions import Changed


def observation_add(request: HttpRequest, code: str, slug: str) -> HttpResponse:
    """Enter one period."""
    found = finding.here(request, code, slug, Permission.OBSERVATION_ADD)
    form = forms.AddObservation(typed(request), measure=found.measure, on=found.actor.on, initial=_next(found))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        row = Counted(found.measure.pk, found.place.pk, data["period"], data["numerator"], data.get("denominator"))
        when = periods.name(data["period"], found.measure.granularity)
        if counting.difference([row]).same:
            messages.done(request, f"{when} was in already, with the same numbers.")
            return redirect("measure", found.place.code, found.measure.slug)
        batch = counting.add(by=found.actor, at=found.actor.at, place=found.place, rows=[row])
        own = found.actor.may(Permission.OBSERVATION_ADD, found.place)
        undo = reverse("batch-undo", args=[found.place.code, batch.pk]) if own else None
        messages.done(request, f"{when} is in.", undo=undo)
        return redirect("measure", found.place.code, found.measure.slug)
    return _form(request, found, form, f"Add {found.measure.short} {found.where}", "Add")


def observation(request: HttpRequest, code: str, slug: str, period: dt.date) -> HttpResponse:
    """What one number is made of: the rows behind it, and all that was known of them before."""
    found = finding.here(request, code, slug)
    rows = Observation.objects.all().visible_to(found.actor, Permission.MEASURE_VIEW)
    rows = rows.filter(measure=found.measure, period_on=period, place__path__startswith=found.place.path)
    known = list(rows.select_related("place", "batch").order_by("place__path", "-known_from"))
    people = naming.names(row.batch.made_by for row in known)
    context = {"here": found, "rows": known, "people": people, "words": presenting}
    context["when"] = presenting.month(found.measure, period)
    return render(request, "measures/observation.html", context)


def note_add(request: HttpRequest, code: str, slug: str) -> HttpResponse:
    """Say what happened."""
    found = finding.here(request, code, slug, Permission.NOTE_ADD)
    form = forms.WriteNote(typed(request), rebase=found.may(Permission.REBASE))
    if request.method == "POST" and form.is_valid():
        data = {"kind": Note.Kind.NOTE, **form.cleaned_data}
        if _sent_before(found, data):
            messages.done(request, "It was on the chart already.")
            return redirect("measure", found.place.code, found.measure.slug)
        try:
            made = noting.note(by=found.actor, at=found.actor.at, measure=found.measure, place=found.place, **data)
        except noting.UnableToNote as problem:
            form.add_error("on", str(problem))
        else:
            undo = reverse("note-remove", args=[found.place.code, found.measure.slug, made.pk])
            messages.done(request, "It is on the chart.", undo=undo)
            return redirect("measure", found.place.code, found.measure.slug)
    return _form(request, found, form, f"What happened to {found.measure.short} {found.where}?", "Put it on the chart")


def note(request: HttpRequest, code: str, slug: str, pk: UUID) -> HttpResponse:
    """Change a note, or take it off."""
    found = finding.here(request, code, slug, Permission.NOTE_ADD)
    there = _note(request, found, pk)
    start = {"version": there.version, "on": there.on, "title": there.title, "text": there.text}
    form = forms.ChangeNote(typed(request), initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            noting.change_note(by=found.actor, at=found.actor.at, note=there, **form.cleaned_data)
        except Changed as problem:
            return _overtaken(request, form, problem)
        except noting.UnableToNote as problem:
            form.add_error("on", str(problem))
        else:
            messages.done(request, "The note is changed.")
            return redirect("measure", found.place.code, found.measure.slug)
    remove = reverse("note-remove", args=[found.place.code, found.measure.slug, there.pk])
    return _form(request, found, form, "Change what is noted", "Save", remove=remove)


def note_remove(request: HttpRequest, code: str, slug: str, pk: UUID) -> HttpResponse:
    """Take a note off the chart."""
    found = finding.here(request, code, slug, Permission.NOTE_ADD)
    there = _note(request, found, pk, removed=None)
    if request.method == "POST" and there.removed_at is None:
        noting.remove_note(by=found.actor, at=found.actor.at, note=there, version=there.version)
        undo = reverse("note-put-back", args=[found.place.code, found.measure.slug, there.pk])
        messages.done(request, "The note is off the chart.", undo=undo)
    return redirect("measure", found.place.code, found.measure.slug)


def note_put_back(request: HttpRequest, code: str, slug: str, pk: UUID) -> HttpResponse:
    """Undo that."""
    found = finding.here(request, code, slug, Permission.NOTE_ADD)
    there = _note(request, found, pk, removed=None)
    if request.method == "POST" and there.removed_at is not None:
        try:
            noting.put_back(by=found.actor, at=found.actor.at, note=there, version=there.version)
        except noting.UnableToNote as problem:
            messages.failed(request, str(problem))
        else:
            messages.done(request, "The note is on the chart again.")
    return redirect("measure", found.place.code, found.measure.slug)


def target_set(request: HttpRequest, code: str, slug: str) -> HttpResponse:
    """Promise a value."""
    found = finding.here(request, code, slug, Permission.TARGET_SET)
    form = forms.SetTarget(typed(request))
    if request.method == "POST" and form.is_valid():
        defining.set_target(
            by=found.actor, at=found.actor.at, measure=found.measure, place=found.place, **form.cleaned_data
        )
        messages.done(request, "The target is set.")
        return redirect("measure", found.place.code, found.measure.slug)
    return _form(request, found, form, f"Set a target for {found.measure.short} {found.where}", "Set the target")


def target_end(request: HttpRequest, code: str, slug: str, pk: UUID) -> HttpResponse:
    """Take a target back."""
    found = finding.here(request, code, slug, Permission.TARGET_SET)
    rows = Target.objects.filter(measure=found.measure, ended_at__isnull=True, place__in=finding.above(found))
    rows = rows.exclude(kind="national")
    target = guard.find(request, rows.select_related("measure", "place"), Permission.TARGET_SET, pk=pk)
    form = forms.Why(typed(request))
    if request.method == "POST" and form.is_valid():
        defining.end_target(by=found.actor, at=found.actor.at, target=target, reason=form.cleaned_data["reason"])
        messages.done(request, "The target is taken back.")
        return redirect("measure", found.place.code, found.measure.slug)
    said = f"Take back the target of {presenting.aim(found.measure, float(target.value))}"
    return _form(request, found, form, said, "Take it back")


def _form(request: HttpRequest, found: Here, form: Form, title: str, button: str, remove: str = "") -> HttpResponse:
    context = {"here": found, "form": form, "title": title, "button": button, "remove": remove}
    return render(request, "measures/form.html", context)


def _note(request: HttpRequest, found: Here, pk: UUID, *, removed: bool | None = False) -> Note:
    """A note of this chart that the actor may change; a new average or a ghost needs more than a note.

    None: whether it is on the chart or off it, as one who sends twice finds it.
    """
    rows = Note.objects.filter(measure=found.measure, place=found.place)
    if removed is not None:
        rows = rows.filter(removed_at__isnull=not removed)
    there = guard.find(request, rows.select_related("measure", "place"), Permission.NOTE_ADD, pk=pk)
    guard.require(found.actor, noting.NEEDS[Note.Kind(there.kind)], found.place)
    return there


def _sent_before(found: Here, data: dict[str, Any]) -> bool:
    """Whether the same person put the same note there: they went back, and sent it again."""
    if data["kind"] != Note.Kind.NOTE:
        return False
    mine = [note for note in finding.notes_of(found) if note.made_by == found.actor.user]
    return any(all(getattr(note, name) == value for name, value in data.items()) for note in mine)


def _overtaken(request: HttpRequest, form: forms.ChangeNote, problem: Changed) -> HttpResponse:
    if not isinstance(problem.current, Note):
        raise Http404
    now, data = problem.current, form.cleaned_data
    rows = {
        "When": (now.on, data["on"]),
        "In a few words": (now.title, data["title"]),
        "What happened": (now.text, data["text"]),
    }
    return conflict.page(request, form, rows, version=now.version)


def _next(found: Here) -> dict[str, object]:
    """The period after the last one that is known, if it has begun; else the last whole one."""
    measure: str = found.measure.granularity
    now = periods.first_day(found.actor.on, measure)
    if found.series is not None and found.series.latest_on is not None:
        return {"period": min(periods.following(found.series.latest_on, measure), now)}
    return {"period": periods.following(now, measure, -1)}
