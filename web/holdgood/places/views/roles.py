"""Who holds which role where; roles are given, extended and ended."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from holdgood.design import messages, words
from holdgood.design.lists import Choice, Column, List, Words
from holdgood.design.typed import typed
from holdgood.places import access, finding, forms, guard, listing, naming
from holdgood.places.access import Actor
from holdgood.places.actions import roles as acting
from holdgood.places.models import Dated, Holding, Place
from holdgood.places.permissions import Permission
from holdgood.places.roles import ROLES, Role
from holdgood.places.views.around import form_page, tabs

SOON = dt.timedelta(days=14)
P = Permission


def role_list(request: HttpRequest, code: str) -> HttpResponseBase:
    """Every role held in an area, now or once."""
    area, actor = guard.area(request, code, P.ROLE_VIEW), guard.actor_of(request)
    rows = Holding.objects.visible_to(actor, P.ROLE_VIEW).filter(place__path__startswith=area.path)
    givers = naming.names(rows.order_by().values_list("given_by", flat=True).distinct())
    running = rows.current(actor.on).count()
    context = {
        "running": running, "may_give": bool(offered(actor, area)), "tabs": tabs(request, area, "role-list"),
    }  # fmt: skip
    shown = _list(actor, area, givers)
    rows = rows.select_related("user", "place")
    return listing.respond(request, "places/role-list.html", shown, rows, place=area, **context)


def role_give(request: HttpRequest, code: str) -> HttpResponse:
    """A person gets a role at this place and all in it."""
    area, actor = guard.area(request, code, P.ROLE_VIEW), guard.actor_of(request)
    roles = offered(actor, area)
    if not roles:
        raise guard.NotAllowed("role.give")
    start = {"from_on": actor.on, "who": _asked(request, actor)}
    form = forms.GiveRole(typed(request), actor=actor, people=finding.of_trust(area), roles=roles, initial=start)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        dates = {"from_on": data["from_on"], "until_on": data["until_on"]}
        try:
            made = acting.give(by=actor, at=actor.at, user=data["who"], role=data["role"], place=area, **dates)
        except acting.UnableToGive as problem:
            form.add_error("who", str(problem))
        else:
            undo = reverse("role-take-back", args=[area.code, made.pk])
            messages.done(request, f"{made.user.name} is {made.title} of {area.name}.", undo=undo)
            return redirect("role-list", area.code)
    lead = [f"The role holds at {area.name} and in all that lies in it."]
    title = f"Give somebody a role in {area.name}"
    return form_page(request, form, title, "Give the role", steps=_steps(area), lead=lead, area=area)


def role_end(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    """Somebody no longer has a role."""
    area, actor = guard.area(request, code, P.ROLE_VIEW), guard.actor_of(request)
    holding = _holding(request, area, pk)
    form = forms.EndRole(typed(request), initial={"on": actor.on})
    if request.method == "POST" and form.is_valid():
        before = holding.until_on
        try:
            acting.end(by=actor, at=actor.at, holding=holding, **form.cleaned_data)
        except acting.UnableToGive as problem:
            form.add_error("on", str(problem))
        else:
            undo = reverse("role-put-back", args=[area.code, holding.pk])
            undo += f"?until={before.isoformat()}" if before else ""
            messages.done(request, f"The role ends on {words.day(holding.until_on)}.", undo=undo)
            return redirect("role-list", area.code)
    title = f"End a role of {holding.user.name}: {holding.title}, {holding.place.name}"
    return form_page(request, form, title, "End the role", steps=_steps(area), danger=True, area=area)


def role_extend(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    """The last day of a role is put off."""
    area, actor = guard.area(request, code, P.ROLE_VIEW), guard.actor_of(request)
    holding = _holding(request, area, pk)
    form = forms.ExtendRole(typed(request))
    if request.method == "POST" and form.is_valid():
        try:
            acting.extend(by=actor, at=actor.at, holding=holding, **form.cleaned_data)
        except acting.UnableToGive as problem:
            form.add_error("until_on", str(problem))
        else:
            last = words.day(holding.until_on) or "nobody ends it"
            messages.done(request, f"{holding.user.name} has the role until {last}.")
            return redirect("role-list", area.code)
    lead = [f"Its last day is {words.day(holding.until_on)}." if holding.until_on else "It has no last day now."]
    title = f"Extend a role of {holding.user.name}: {holding.title}, {holding.place.name}"
    return form_page(request, form, title, "Set the last day", steps=_steps(area), lead=lead, area=area)


@require_POST
def role_take_back(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    """Undo: the role was never had."""
    area, actor = guard.area(request, code, P.ROLE_VIEW), guard.actor_of(request)
    holding = _holding(request, area, pk)
    last = holding.from_on - dt.timedelta(days=1)
    return _undone(request, area, acting.end, "The role was taken back.", by=actor, at=actor.at, holding=holding,
                   on=last, reason="given by mistake")  # fmt: skip


@require_POST
def role_put_back(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    """Undo: the role ends when it would have ended."""
    area, actor = guard.area(request, code, P.ROLE_VIEW), guard.actor_of(request)
    holding = _holding(request, area, pk)
    form = forms.ExtendRole({"until_on": request.GET.get("until", "")})
    if not form.is_valid():
        raise BadRequest("until")
    return _undone(request, area, acting.extend, "The role goes on.", by=actor, at=actor.at, holding=holding,
                   **form.cleaned_data)  # fmt: skip


def offered(actor: Actor, place: Place) -> list[Role]:
    """The roles that the actor may give at a place."""
    return [role for role in ROLES.values() if actor.may(role.given_with, place)]


def may_end(actor: Actor, row: Holding) -> bool:
    """Whoever may give a role at a place may end it there."""
    role = ROLES.get(row.role)
    return actor.may(role.given_with if role else P.ROLE_GIVE_ADMINISTRATOR, row.place)


def _undone(request: HttpRequest, area: Place, act: Any, sentence: str, **given: Any) -> HttpResponse:
    try:
        act(**given)
    except acting.UnableToGive as problem:
        messages.failed(request, str(problem))
    else:
        messages.done(request, sentence)
    return redirect("role-list", area.code)


def _holding(request: HttpRequest, area: Place, pk: UUID) -> Holding:
    """A role of the area that the actor may give and end."""
    rows = Holding.objects.select_related("place", "user").filter(place__path__startswith=area.path)
    holding = guard.find(request, rows, P.ROLE_VIEW, pk=pk)
    role = ROLES.get(holding.role)
    guard.require(guard.actor_of(request), role.given_with if role else P.ROLE_GIVE_ADMINISTRATOR, holding.place)
    return holding


def _asked(request: HttpRequest, actor: Actor) -> str:
    """The address or name of a person whom a link named, if the actor may see them."""
    try:
        pk = UUID(request.GET.get("person", ""))
    except ValueError:
        return ""
    user = access.people_seen(actor).filter(pk=pk).first()
    return (user.email or user.name) if user else ""


def _steps(area: Place) -> list[tuple[str, str]]:
    return [("Roles", reverse("role-list", args=[area.code]))]


def _list(actor: Actor, area: Place, givers: dict[str, str]) -> List:
    def person(row: Holding) -> str:
        return reverse("person", args=[row.user_id]) if actor.may(P.PERSON_VIEW, row.place) else ""

    def end(row: Holding) -> str:
        over = row.until_on is not None and row.until_on < actor.on
        return reverse("role-end", args=[area.code, row.pk]) if may_end(actor, row) and not over else ""

    def running(rows: Any, value: str) -> Any:
        now = Dated.running(actor.on)
        soon = {"until_on__gte": actor.on, "until_on__lte": actor.on + SOON}
        return rows.filter(**soon) if value == "ending" else rows.filter(now) if value == "now" else rows.exclude(now)

    states = [("now", "Held now"), ("ending", "Ends within 14 days"), ("over", "Ended, or not begun")]
    return List(
        name="Roles",
        noun=("role", "roles"),
        columns=[
            Column("person", "Person", lambda row: row.user.name, link=person, sort=("user__name",)),
            Column("role", "Role", lambda row: row.title, sort=("role",)),
            Column("place", "Place", lambda row: row.place.name, sort=("place__name",),
                   link=lambda row: reverse("place", args=[row.place.code])),
            Column("from", "From", lambda row: row.from_on, sort=("from_on",)),
            Column("until", "Last day", lambda row: row.until_on, sort=("until_on",)),
            Column("by", "Given by", lambda row: givers.get(row.given_by, "")),
            Column("end", "Change", lambda row: "End" if end(row) else "", link=end, export=lambda _: ""),
        ],
        filters=[
            Words("q", "Words", ("user__name", "place__name")),
            Choice("role", "Role", [(role.code, role.title) for role in ROLES.values()], "role"),
            Choice("state", "State", states, running),
        ],
        order="person",
    )  # fmt: skip
