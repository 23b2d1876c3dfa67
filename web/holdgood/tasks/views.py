"""My work, one task, and what is asked in an area."""

import datetime as dt
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from holdgood.design import conflict, lists, messages, words
from holdgood.design.lists import Page
from holdgood.design.typed import typed
from holdgood.places import finding, guard, here, kinds, listing, naming
from holdgood.places.access import Actor
from holdgood.places.permissions import Permission
from holdgood.places.views.around import form_page, tabs
from holdgood.tasks import actions, forms, tables
from holdgood.tasks import kinds as asked
from holdgood.tasks.models import Letters, Task
from holdgood.trail import words as trail
from holdgood.trail.models import Entry
from holdgood.trail.versions import Changed

SOON = dt.timedelta(days=7)


@guard.own("what is asked of the one who asks")
def my_work(request: HttpRequest) -> HttpResponseBase:
    """Everything that waits for me, wherever it is: late, soon, later."""
    actor = guard.actor_of(request)
    rows = Task.objects.open().of(actor)
    names = naming.names(rows.order_by().values_list("asked_by", flat=True).distinct())
    shown = tables.mine(actor, names, rows)
    rows = rows.select_related("place", "user")
    place = here.of(request).place
    if place is None or lists.wanted(request) is None:
        page = shown.page(request, rows)
        chosen = Letters.objects.filter(user=actor.user).first()
        context = {"page": page, "sections": _sections(page, actor.on), "often": chosen.often if chosen else "daily",
                   "choices": Letters.Often.choices}  # fmt: skip
        return render(request, "tasks/my-work.html", context)
    return listing.respond(request, "tasks/my-work.html", shown, rows, place=place)


@guard.own("how often one gets letters")
@require_POST
def letters_chosen(request: HttpRequest) -> HttpResponse:
    """How often a letter tells me."""
    actor = guard.actor_of(request)
    form = forms.ChooseLetters(request.POST)
    if form.is_valid():
        actions.choose_letters(by=actor, at=actor.at, often=form.cleaned_data["often"])
        messages.done(request, "That is how often letters come from now on.")
    else:
        messages.failed(request, "Choose how often letters should come: one of the three.")
    return redirect("my-work")


def task(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What is asked, of whom, about what; its answer."""
    actor, found = _found(request, pk)
    form = forms.Answer(typed(request), initial={"version": found.version})
    may_end = actions.may_end(actor, found)
    if request.method == "POST":
        if not may_end:
            raise guard.NotAllowed(str(Permission.TASK_CHANGE))
        answered = _write(request, found, form, actions.answer, "It is done.", {"Your answer": ("answer", "text")})
        if answered is not None:
            return answered
    entries = list(Entry.objects.about("task", found.pk.hex)[:50])
    thing = kinds.find(actor, found.thing_kind, found.thing) if found.thing else None
    context = {
        "task": found, "kind": asked.of(found), "form": form, "thing": thing,
        "thing_kind": kinds.KINDS.get(found.thing_kind),
        "names": naming.names({found.asked_by, found.ended_by or found.asked_by, *(each.actor for each in entries)}),
        "history": [(each, trail.say(each)) for each in entries],
        "late": found.overdue(actor.on), "may_end": may_end, "may_take_back": _may_take_back(actor, found),
    }  # fmt: skip
    return render(request, "tasks/task.html", context)


def task_pass_on(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Somebody else does it."""
    actor, found = _found(request, pk)
    if found.ended_at is not None or not actions.may_end(actor, found):
        raise guard.NotAllowed(str(Permission.TASK_CHANGE))
    people = finding.of_trust(found.place)
    form = forms.PassOn(typed(request), actor=actor, people=people, initial={"version": found.version})
    if request.method == "POST":
        done = _write(request, found, form, actions.pass_on, "It is passed on.", {"To whom": ("user", "who")})
        if done is not None:
            return done
    return form_page(request, form, f"Pass on: {found.title}", "Pass it on", steps=_steps(found))


def task_take_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """It is no longer needed."""
    actor, found = _found(request, pk)
    if found.ended_at is not None or not _may_take_back(actor, found):
        raise guard.NotAllowed(str(Permission.TASK_CHANGE))
    form = forms.TakeBack(typed(request), initial={"version": found.version})
    if request.method == "POST":
        done = _write(request, found, form, actions.take_back, "It is taken back.", {"Why": ("answer", "reason")})
        if done is not None:
            return done
    return form_page(request, form, f"Take back: {found.title}", "Take it back", steps=_steps(found))


@require_POST
def task_reopen(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Undo its end."""
    actor, found = _found(request, pk)
    if found.ended_at is None:
        messages.failed(request, "It was open already.")
    else:
        actions.reopen(by=actor, at=actor.at, task=found, version=found.version)
        messages.done(request, "It is open again.")
    return redirect("task", pk)


def task_list(request: HttpRequest, code: str) -> HttpResponseBase:
    """What is asked in an area, of anybody."""
    area, actor = guard.area(request, code, Permission.TASK_VIEW), guard.actor_of(request)
    rows = Task.objects.visible_to(actor, Permission.TASK_VIEW).filter(place__path__startswith=area.path)
    names = naming.names(rows.order_by().values_list("asked_by", flat=True).distinct())
    context = {
        "open": rows.open().count(),
        "late": rows.open().filter(due_on__lt=actor.on).count(),
        "may_ask": actor.may(Permission.TASK_CHANGE, area),
        "tabs": tabs(request, area, "task-list"),
    }
    rows, shown = rows.select_related("place", "user"), tables.of_area(actor, names)
    return listing.respond(request, "tasks/task-list.html", shown, rows, place=area, **context)


def task_ask(request: HttpRequest, code: str) -> HttpResponse:
    """Ask something of somebody, or of whoever holds a role."""
    area, actor = guard.area(request, code, Permission.TASK_CHANGE), guard.actor_of(request)
    form = forms.Ask(typed(request), actor=actor, people=finding.of_trust(area))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        of = data["who"] or data["role"]
        more = {name: data[name] for name in ("title", "text", "due_on")}
        try:
            made = actions.ask(by=actor, at=actor.at, place=area, kind=asked.PLAIN.name, of=of, **more)
        except actions.UnableToAsk as problem:
            form.add_error("who", str(problem))
        else:
            messages.done(request, "It is asked.", undo=reverse("task-unask", args=[made.pk]))
            return redirect("task-list", area.code)
    steps = [("What is asked", reverse("task-list", args=[area.code]))]
    return form_page(request, form, f"Ask something of somebody in {area.name}", "Ask", steps=steps, area=area)


@require_POST
def task_unask(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Undo: it was asked by mistake."""
    actor, found = _found(request, pk)
    if not _may_take_back(actor, found):
        raise guard.NotAllowed(str(Permission.TASK_CHANGE))
    if found.ended_at is None:
        actions.take_back(by=actor, at=actor.at, task=found, version=found.version, reason="asked by mistake")
    messages.done(request, "It is no longer asked.")
    return redirect("task", pk)


def _write(
    request: HttpRequest, found: Task, form: Any, act: Any, sentence: str, compared: dict[str, tuple[str, str]]
) -> HttpResponse | None:
    """What a form of one task writes; None if it must be shown again."""
    if not form.is_valid():
        return None
    actor, data = guard.actor_of(request), {k: v for k, v in form.cleaned_data.items() if k != "which"}
    given = {("to" if name == "who" else name): value for name, value in data.items()}
    try:
        act(by=actor, at=actor.at, task=found, **given)
    except Changed as problem:
        now: Any = problem.current
        if now is None:
            raise Http404 from problem
        rows = {label: (str(getattr(now, field) or ""), str(data[name])) for label, (field, name) in compared.items()}
        rows["State"] = (now.get_end_display() or "open", "open")
        return conflict.page(request, form, rows, version=now.version, back=reverse("task", args=[found.pk]))
    except actions.UnableToAsk as problem:
        form.add_error("who", str(problem))
        return None
    messages.done(request, sentence, undo=None if "to" in given else reverse("task-reopen", args=[found.pk]))
    return redirect("my-work")


def _found(request: HttpRequest, pk: UUID) -> tuple[Actor, Task]:
    """A task that one is asked, has asked, or may see in its area; all others look as if there were none."""
    guard.passed(request)
    actor = guard.actor_of(request)
    rows = Task.objects.seen_by(actor).select_related("place__parent", "place__root", "user")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise guard.NotVisible("task")
    return actor, found


def _may_take_back(actor: Actor, found: Task) -> bool:
    return found.asked_by == actor.id or actor.may(Permission.TASK_CHANGE, found.place)


def _steps(found: Task) -> list[tuple[str, str]]:
    return [("My work", reverse("my-work")), (found.title, reverse("task", args=[found.pk]))]


def _sections(page: Page, on: dt.date) -> list[tuple[str, str, Page]]:
    """The rows of a page under their headings, in the order that they have."""
    groups: dict[str, list[int]] = {"Late": [], "Due within a week": [], "Later": []}
    for index, row in enumerate(page.things):
        soon = row.due_on is not None and row.due_on <= on + SOON
        groups["Late" if row.overdue(on) else "Due within a week" if soon else "Later"].append(index)
    return [
        (title, words.count(len(rows), "thing"), replace(page, rows=[page.rows[index] for index in rows]))
        for title, rows in groups.items()
        if rows
    ]
