"""Places open, change, move and close."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from holdgood.design import conflict, messages, words
from holdgood.design.typed import typed
from holdgood.places import finding, forms, guard
from holdgood.places.access import Actor
from holdgood.places.actions import tree
from holdgood.places.models import ABOVE, Holding, Place
from holdgood.places.permissions import Permission
from holdgood.places.views.around import Steps, form_page
from holdgood.trail.versions import Changed

KNOWN = ("name", "ods", "beds", "staff", "remote", "open_at_night", "led_since", "coach")


def place_open(request: HttpRequest, code: str) -> HttpResponse:
    """A new place in this one."""
    area, actor = guard.area(request, code, Permission.PLACE_CHANGE), guard.actor_of(request)
    form = forms.OpenPlace(typed(request), parent=area, initial={"on": actor.on})
    if request.method == "POST" and form.is_valid():
        try:
            made = tree.open_place(by=actor, at=actor.at, parent=area, **form.cleaned_data)
        except tree.UnableToPlace as problem:
            form.add_error("on", str(problem))
        else:
            messages.done(request, f"{made.name} is open. Its code in addresses is {made.code}.")
            return redirect("place", made.code)
    return form_page(request, form, f"Open a place in {area.name}", "Open it", steps=_steps(area), area=area)


def place_change(request: HttpRequest, code: str) -> HttpResponse:
    """What is known of a place is different from a day on."""
    area, actor = guard.area(request, code, Permission.PLACE_CHANGE), guard.actor_of(request)
    start = {name: getattr(area, name) for name in KNOWN} | {"version": area.version, "on": actor.on}
    start["who"] = (area.coach.email or area.coach.name) if area.coach else ""
    form = forms.ChangePlace(typed(request), actor=actor, people=finding.of_trust(area), initial=start)
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        version, on, reason = data.pop("version"), data.pop("on"), data.pop("reason")
        facts = _facts(area, data)
        try:
            tree.change_place(by=actor, at=actor.at, place=area, version=version, on=on, reason=reason, **facts)
        except Changed as problem:
            return _overtaken(request, form, problem, {name: data[name] for name in KNOWN if name in data})
        except tree.UnableToPlace as problem:
            form.add_error("on", str(problem))
        else:
            messages.done(request, f"What is known of {area.name} is changed." if facts else "Nothing was different.")
            return redirect("place", area.code)
    return form_page(request, form, f"Change what is known of {area.name}", "Save", steps=_steps(area), area=area)


def place_move(request: HttpRequest, code: str) -> HttpResponse:
    """A place, with all in it, lies somewhere else."""
    area, actor = guard.area(request, code, Permission.PLACE_CHANGE), guard.actor_of(request)
    places = _others(actor, area).filter(kind__in=ABOVE[area.kind]).exclude(path=area.path.removesuffix(f"{area.key}/"))
    form = forms.MovePlace(typed(request), places=places, initial={"version": area.version, "on": actor.on})
    if request.method == "POST" and form.is_valid():
        try:
            tree.move(by=actor, at=actor.at, place=area, **form.cleaned_data)
        except Changed as problem:
            return _overtaken(request, form, problem, {"parent": form.cleaned_data["parent"]})
        except tree.UnableToPlace as problem:
            form.add_error("parent", str(problem))
        else:
            messages.done(request, f"{area.name} lies in {form.cleaned_data['parent'].name} now.")
            return redirect("place", area.code)
    above = f"It lies in {area.parent.name} now." if area.parent else ""
    lead = [f"{above} What was counted before the move stays where it was counted.".strip()]
    return form_page(request, form, f"Move {area.name}", "Move it", steps=_steps(area), lead=lead, area=area)


def place_close(request: HttpRequest, code: str) -> HttpResponse:
    """A place is no more; what will happen is said first."""
    area, actor = guard.area(request, code, Permission.PLACE_CHANGE), guard.actor_of(request)
    start = {"version": area.version, "on": actor.on}
    form = forms.ClosePlace(typed(request), places=_others(actor, area), initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            tree.close(by=actor, at=actor.at, place=area, **form.cleaned_data)
        except Changed as problem:
            return _overtaken(request, form, problem, {"into": form.cleaned_data["into"]})
        except tree.UnableToPlace as problem:
            form.add_error("on", str(problem))
        else:
            messages.done(request, f"{area.name} closes on {words.day(form.cleaned_data['on'])}.")
            return redirect("place", area.code)
    lead = _consequences(actor, area)
    title = f"Close {area.name}"
    return form_page(request, form, title, "Close it", steps=_steps(area), lead=lead, danger=True, area=area)


def _consequences(actor: Actor, area: Place) -> list[str]:
    inside = Place.objects.visible_to(actor, Permission.PLACE_VIEW).filter(parent=area).open(actor.on).in_order()
    names = [each.name for each in inside]
    held = Holding.objects.visible_to(actor, Permission.ROLE_VIEW).filter(place__path__startswith=area.path)
    count = held.current(actor.on).count()
    said = ["It is no longer among the open places from that day on. What was counted stays, and can be seen."]
    if names:
        lie = "lies" if len(names) == 1 else "lie"
        said.append(
            f"{words.listed(names)} {lie} in it: merge it into another place, or first move or close what lies in it."
        )
    if count:
        hold = "is held" if count == 1 else "are held"
        said.append(f"{words.count(count, 'role')} {hold} here, and will be until somebody ends them.")
    return said


def _others(actor: Actor, area: Place) -> QuerySet[Place]:
    """Open places of the same trust that the actor may change, outside this one."""
    seen = Place.objects.visible_to(actor, Permission.PLACE_CHANGE).open(actor.on).exclude(path__startswith=area.path)
    return seen.filter(root=area.root_id).select_related("parent").in_order()


def _facts(area: Place, data: dict[str, Any]) -> dict[str, Any]:
    """What is different."""
    data["coach"] = data.pop("who")
    data.pop("which", None)
    return {name: value for name, value in data.items() if value != getattr(area, name)}


def _overtaken(request: HttpRequest, form: Any, problem: Changed, typed_in: dict[str, Any]) -> HttpResponse:
    now = problem.current
    if not isinstance(now, Place):
        raise Http404
    fields = {name: "who" if name == "coach" else name for name in typed_in}
    theirs = {"into": now.merged_into}
    rows = {
        str(form[fields[name]].label): (_told(theirs.get(name, getattr(now, name, None))), _told(value))
        for name, value in typed_in.items()
    }
    return conflict.page(request, form, rows, version=now.version, back=reverse("place", args=[now.code]))


def _told(value: Any) -> Any:
    return value if value is None or isinstance(value, (bool, int, str, dt.date)) else str(value)


def _steps(area: Place) -> Steps:
    return [("About the place", reverse("place", args=[area.code]))]
