"""Who leaves or is no longer seen, what lapses with them, and who takes it over."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from holdgood.design import messages, words
from holdgood.design.lists import Choice, Column, List, Words
from holdgood.design.typed import typed
from holdgood.people.models import User
from holdgood.places import forms, guard, lapsing, listing
from holdgood.places.access import Actor
from holdgood.places.actions import accounts, roles
from holdgood.places.models import Holding
from holdgood.places.permissions import Permission
from holdgood.places.views.around import form_page, tabs
from holdgood.places.views.people import changed, found, state, steps_of
from holdgood.trail.versions import Changed

AHEAD, UNSEEN = dt.timedelta(days=60), dt.timedelta(days=90)


def leavers(request: HttpRequest, code: str) -> HttpResponseBase:
    """People who have gone, go soon or no longer come, and what still hangs on them."""
    area, actor = guard.area(request, code, Permission.PERSON_VIEW), guard.actor_of(request)
    held = Holding.objects.visible_to(actor, Permission.PERSON_VIEW).filter(place__path__startswith=area.path)
    people: QuerySet[User] = User.objects.filter(pk__in=held.values("user"))
    gone, soon, unseen = _gone(actor), _soon(actor), _unseen(actor)
    running = Q(pk__in=held.current(actor.on).values("user"))
    rows = people.filter((gone & lapsing.holders(actor)) | (running & (soon | unseen)))
    counts = lapsing.counts(actor, rows)
    context = {"tabs": tabs(request, area, "leavers")}
    return listing.respond(request, "places/leavers.html", _list(actor, counts), rows, place=area, **context)


def person_lapses(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Everything that lapses if somebody leaves, and the form that hands it over."""
    actor, user = found(request, pk)
    rows = lapsing.of(actor, user)
    offered = [(row.lapse.name, row.lapse.noun[1].capitalize()) for row in rows if row.lapse.may_hand_over(actor)]
    form = forms.HandOver(typed(request), actor=actor, people=_colleagues(actor, user), offered=offered)
    if request.method == "POST" and form.is_valid():
        chosen = [row for row in rows if row.lapse.name in form.cleaned_data["what"]]
        try:
            count = _hand_over(actor, chosen, form.cleaned_data["who"], form.cleaned_data["reason"])
        except (Changed, ValueError) as problem:
            form.add_error("who", str(problem))
        else:
            messages.done(request, f"{form.cleaned_data['who'].name} takes over {words.count(count, 'thing')}.")
            return redirect("person-lapses", pk)
    context = {"person": user, "rows": rows, "form": form, "offered": offered, "state": state(user, actor.on),
               "steps": steps_of(request, user),
               "may_stop": user.is_active and user != actor.user and accounts.may_change(actor, user)}  # fmt: skip
    return render(request, "places/person-lapses.html", context)


def person_stop(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Somebody leaves: what lapses is said first."""
    actor, user = changed(request, pk)
    form = forms.Why(typed(request))
    if request.method == "POST" and form.is_valid():
        try:
            ended = accounts.stop(by=actor, at=actor.at, user=user, reason=form.cleaned_data["reason"])
        except (accounts.UnableToChange, roles.UnableToGive) as problem:
            form.add_error("reason", str(problem))
        else:
            messages.done(request, f"The account is stopped, and {words.count(ended, 'role')} ended today.")
            return redirect("person-lapses", pk)
    title, steps = f"{user.name} leaves", steps_of(request, user)
    lead = ["The account stops now, and every session with it. What they did stays theirs."]
    for row in lapsing.of(actor, user):
        told = words.listed([said for said, _ in row.words])
        lead.append(f"{words.count(len(row.things), *row.lapse.noun).capitalize()}: {told}. {row.lapse.after}")
    return form_page(request, form, title, "Stop the account", steps=steps, lead=lead, danger=True)


@transaction.atomic
def _hand_over(actor: Actor, rows: list[lapsing.Row], to: User, reason: str) -> int:
    """All that was ticked, or nothing."""
    done = 0
    for row in rows:
        if row.lapse.hand_over is not None:
            done += row.lapse.hand_over(actor, actor.at, row.things, to, reason)
    return done


def _colleagues(actor: Actor, user: User) -> QuerySet[User]:
    """People of the trusts in which the actor sees the person."""
    held = Holding.objects.visible_to(actor, Permission.PERSON_VIEW).filter(user=user).select_related("place__root")
    trusts = {(row.place.root or row.place).path for row in held}
    inside = Q(pk__in=[])
    for path in trusts:
        inside |= Q(place__path__startswith=path)
    rows: QuerySet[User] = User.objects.filter(pk__in=Holding.objects.filter(inside).values("user"))
    return rows.exclude(pk=user.pk)


def _gone(actor: Actor) -> Q:
    return Q(is_active=False) | Q(ends_on__lt=actor.on)


def _soon(actor: Actor) -> Q:
    return Q(is_active=True, ends_on__gte=actor.on, ends_on__lte=actor.on + AHEAD)


def _unseen(actor: Actor) -> Q:
    limit = actor.at - UNSEEN
    return (
        Q(is_active=True) & (Q(last_login__lt=limit) | Q(last_login__isnull=True, joined_at__lt=limit)) & ~_gone(actor)
    )


def _why(user: User, actor: Actor) -> str:
    if user.has_ended(actor.on) or (user.ends_on is not None and user.ends_on <= actor.on + AHEAD):
        return f"account {state(user, actor.on)}"
    seen = user.last_login or user.joined_at
    return f"not signed in since {words.day(seen)}"


def _address(row: User) -> str:
    return reverse("person", args=[row.pk])


def _list(actor: Actor, counts: dict[str, dict[UUID, int]]) -> List:
    whys = {"gone": _gone(actor), "soon": _soon(actor), "unseen": _unseen(actor)}
    choices = [("gone", "Account has ended"), ("soon", "Ends within 60 days"), ("unseen", "Not seen for 90 days")]

    def number(name: str) -> Any:
        return lambda row: counts[name].get(row.pk, 0)

    held = [
        Column(lapse.name, lapse.noun[1].capitalize(), number(lapse.name), numeric=True) for lapse in lapsing.known()
    ]
    return List(
        name="Leavers",
        noun=("person", "people"),
        columns=[
            Column("name", "Name", lambda row: row.name, sort=("name",), link=_address),
            Column("why", "Why they are here", lambda row: _why(row, actor), sort=("ends_on",)),
            *held,
            Column("over", "Hand over", lambda _: "Hand over", export=lambda _: "",
                   link=lambda row: reverse("person-lapses", args=[row.pk])),
        ],
        filters=[
            Words("q", "Words", ("name", "email")),
            Choice("why", "Why", choices, lambda rows, value: rows.filter(whys[value])),
        ],
        order="name",
        empty=("Nobody leaves within 60 days, and everybody was here within 90.", "", ""),
    )  # fmt: skip
