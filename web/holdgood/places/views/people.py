"""People with a role in an area; the page of one, and what an administrator does with an account."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from holdgood.design import conflict, messages, words
from holdgood.design.lists import Choice, Column, List, Words
from holdgood.design.typed import typed
from holdgood.people import actions as people
from holdgood.people.models import User
from holdgood.places import access, forms, guard, here, listing
from holdgood.places.access import Actor
from holdgood.places.actions import accounts
from holdgood.places.actions import roles as giving
from holdgood.places.models import Cover, Dated, Holding
from holdgood.places.permissions import Permission
from holdgood.places.views.around import Steps, form_page, tabs
from holdgood.places.views.roles import may_end, offered
from holdgood.trail.versions import Changed

SURE = (
    "Make sure first who asks: see them, or call them back on a number that you know. Their sessions end, and whoever "
    "has their password signs in with it alone until they set up a new one."
)


def person_list(request: HttpRequest, code: str) -> HttpResponseBase:
    """Everybody with a role in an area, now or once."""
    area, actor = guard.area(request, code, Permission.PERSON_VIEW), guard.actor_of(request)
    held = Holding.objects.visible_to(actor, Permission.PERSON_VIEW).filter(place__path__startswith=area.path)
    running = held.current(actor.on).select_related("place").order_by("place__name", "role")
    rows: QuerySet[User] = User.objects.filter(pk__in=held.values("user"))
    rows = rows.prefetch_related(Prefetch("holdings", running, to_attr="held_here"))
    context = {
        "now": User.objects.current(actor.on).filter(pk__in=held.current(actor.on).values("user")).count(),
        "may": {"invite": actor.may(Permission.PERSON_CHANGE, area) and bool(offered(actor, area))},
        "tabs": tabs(request, area, "person-list"),
    }
    return listing.respond(request, "places/person-list.html", _list(actor), rows, place=area, **context)


def person_invite(request: HttpRequest, code: str) -> HttpResponse:
    """An account, an invitation and a first role."""
    area, actor = guard.area(request, code, Permission.PERSON_CHANGE), guard.actor_of(request)
    form = forms.Invite(typed(request), roles=offered(actor, area))
    if request.method == "POST" and form.is_valid():
        try:
            made = accounts.invite(by=actor, at=actor.at, place=area, **form.cleaned_data)
        except people.UnableToEnrol as problem:
            form.add_error(problem.field if problem.field in form.fields else None, str(problem))
        except giving.UnableToGive as problem:
            form.add_error("role", str(problem))
        else:
            messages.done(request, f"{made.name} is invited. The letter's link works for seven days.")
            return redirect("person", made.pk)
    lead = [f"They get a letter with a link to set a password, and a role at {area.name} and all that lies in it."]
    steps = [("People", reverse("person-list", args=[area.code]))]
    return form_page(request, form, f"Invite somebody to {area.name}", "Invite", steps=steps, lead=lead, area=area)


def person(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Somebody: what they may do where, who stands in, and their account."""
    actor, user = found(request, pk)
    held = Holding.objects.visible_to(actor, Permission.ROLE_VIEW).filter(user=user).select_related("place")
    covers = Cover.objects.visible_to(actor, Permission.ROLE_VIEW).filter(until_on__gte=actor.on)
    now = Dated.running(actor.on) | Q(from_on__gt=actor.on)
    rows = list(held.filter(now).order_by("place__name", "role"))
    context = {
        "person": user,
        "state": state(user, actor.on),
        "held": rows,
        "endable": {row.pk for row in rows if may_end(actor, row)},
        "once": list(held.exclude(now).order_by("-until_on")),
        "covers": covers.filter(Q(absent=user) | Q(deputy=user)).select_related("absent", "deputy").order_by("from_on"),
        "may": {"change": accounts.may_change(actor, user), "cover": giving.may_cover(actor, user, actor.on),
                "see": actor.may_anywhere(Permission.PERSON_CHANGE), "self": user == actor.user},
        "ended": user.has_ended(actor.on),
        "steps": steps_of(request)[:1],
        "area": here.of(request).place,
    }  # fmt: skip
    return render(request, "places/person.html", context)


def person_contact(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Name and address."""
    actor, user = changed(request, pk)
    start = {"version": user.version, "name": user.name, "email": user.email}
    form = forms.Contact(typed(request), initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            accounts.change_contact(by=actor, at=actor.at, user=user, **form.cleaned_data)
        except Changed as problem:
            now: Any = problem.current
            data = form.cleaned_data
            rows = {"Name": (now.name, data["name"]), "E-mail address": (now.email, data["email"])}
            return conflict.page(request, form, rows, version=now.version, back=reverse("person", args=[pk]))
        except people.UnableToEnrol as problem:
            form.add_error(problem.field, str(problem))
        else:
            messages.done(request, "The name and address are changed.")
            return redirect("person", pk)
    return form_page(request, form, f"Change name or address of {user.name}", "Save", steps=steps_of(request, user))


def person_ends(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The last day on which somebody may sign in."""
    actor, user = changed(request, pk)
    form = forms.Ends(typed(request), outside=user.outside, initial={"ends_on": user.ends_on})
    if request.method == "POST" and form.is_valid():
        accounts.set_end(by=actor, at=actor.at, user=user, ends_on=form.cleaned_data["ends_on"])
        last = words.day(user.ends_on)
        messages.done(request, f"The account ends on {last}." if last else "The account has no last day.")
        return redirect("person", pk)
    return form_page(request, form, f"When does the account of {user.name} end?", "Save", steps=steps_of(request, user))


def person_restart(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Somebody is back."""
    actor, user = changed(request, pk)
    form = forms.Ends(typed(request), outside=user.outside)
    if request.method == "POST" and form.is_valid():
        accounts.restart(by=actor, at=actor.at, user=user, ends_on=form.cleaned_data["ends_on"])
        messages.done(request, f"{user.name} may sign in again. Give them the roles that they need.")
        return redirect("person", pk)
    lead = ["They sign in with the password and second factor that they had. Their roles have ended: give them anew."]
    steps = steps_of(request, user)
    return form_page(request, form, f"Restart the account of {user.name}", "Restart it", steps=steps, lead=lead)


def person_invitation(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Another letter, for one who has not begun."""
    actor, user = changed(request, pk)
    if request.method == "POST":
        try:
            accounts.invite_again(by=actor, at=actor.at, user=user)
        except (accounts.UnableToChange, people.UnableToEnrol) as problem:
            messages.failed(request, str(problem))
        else:
            messages.done(request, "A new invitation is on its way. The link of the one before no longer works.")
    return redirect("person", pk)


def person_factor(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a lost second factor away."""
    actor, user = changed(request, pk)
    form = forms.Why(typed(request))
    if request.method == "POST" and form.is_valid():
        try:
            accounts.recover_second_factor(by=actor, at=actor.at, user=user, reason=form.cleaned_data["reason"])
        except accounts.UnableToChange as problem:
            form.add_error("reason", str(problem))
        else:
            messages.done(request, f"{user.name} sets up a new second factor at the next sign-in. A letter tells them.")
            return redirect("person", pk)
    lead = [SURE]
    title = f"Take away the second factor of {user.name}"
    return form_page(request, form, title, "Take it away", steps=steps_of(request, user), lead=lead, danger=True)


def found(request: HttpRequest, pk: UUID) -> tuple[Actor, User]:
    """Somebody whom the actor may see; all others look as if there were no such person."""
    actor = guard.anywhere(request, Permission.PERSON_VIEW)
    user = access.people_seen(actor).filter(pk=pk).first()
    if user is None:
        raise guard.NotVisible("person")
    return actor, user


def changed(request: HttpRequest, pk: UUID) -> tuple[Actor, User]:
    """Somebody whose account the actor looks after."""
    actor, user = found(request, pk)
    accounts.require(actor, user)
    return actor, user


def steps_of(request: HttpRequest, user: User | None = None) -> Steps:
    """The list of people where one was, and the person."""
    area, actor = here.of(request).place, guard.actor_of(request)
    listed = area is not None and actor.may(Permission.PERSON_VIEW, area)
    steps = [("People", reverse("person-list", args=[area.code]))] if area is not None and listed else []
    return steps + ([(user.name, reverse("person", args=[user.pk]))] if user else [])


def state(user: User, on: dt.date) -> str:
    """Of an account, in words."""
    if not user.is_active:
        return f"stopped on {words.day(user.left_at)}" if user.left_at else "stopped"
    if user.ends_on is not None:
        return f"{'ended' if user.ends_on < on else 'ends'} on {words.day(user.ends_on)}"
    return "in use" if user.joined_at or user.last_login else "not begun yet"


def _address(row: User) -> str:
    return reverse("person", args=[row.pk])


def _roles(row: Any) -> str:
    return "; ".join(f"{held.title}, {held.place.name}" for held in row.held_here)


def _seen(row: User) -> dt.date | None:
    return words.local(row.last_login).date() if row.last_login else None


def _list(actor: Actor) -> List:
    def by_state(rows: Any, value: str) -> Any:
        current = User.objects.current(actor.on).values("pk")
        return rows.filter(pk__in=current) if value == "current" else rows.exclude(pk__in=current)

    return List(
        name="People",
        noun=("person", "people"),
        columns=[
            Column("name", "Name", lambda row: row.name, link=_address, sort=("name",)),
            Column("roles", "Roles here now", _roles),
            Column("email", "E-mail address", lambda row: row.email, sort=("email",)),
            Column("outside", "From outside", lambda row: "yes" if row.outside else "", sort=("-outside",)),
            Column("seen", "Last signed in", _seen, sort=("last_login",)),
            Column("state", "Account", lambda row: state(row, actor.on), sort=("ends_on",)),
        ],
        filters=[
            Words("q", "Words", ("name", "email")),
            Choice("state", "Account", [("current", "May sign in"), ("ended", "Ended")], by_state),
            Choice("outside", "From", [(False, "The trust"), (True, "Outside")], "outside"),
        ],
        order="name",
    )  # fmt: skip
