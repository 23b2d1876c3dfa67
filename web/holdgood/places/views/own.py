"""What one is oneself: one's roles, who stands in, what is shared with one."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from holdgood.design import messages, words
from holdgood.design.typed import typed
from holdgood.people.models import User
from holdgood.places import finding, forms, guard, mine, naming, sharing
from holdgood.places.access import Actor
from holdgood.places.actions import roles as acting
from holdgood.places.models import Holding
from holdgood.places.permissions import WORDS, Permission
from holdgood.places.roles import ROLES
from holdgood.places.views.around import form_page

LEAD = (
    "Whoever stands in may do what the roles allow, and gets what is asked of them. The roles of administrators and "
    "auditors are not covered."
)


@guard.own("one's own roles, in words, and one's cover")
def my_roles(request: HttpRequest) -> HttpResponse:
    """What I may do where, who stands in for me, and for whom I stand in."""
    actor = guard.actor_of(request)
    me = _self(actor)
    held = mine.held(actor, me)
    context = {
        "own": [_shown(row) for row in held if row.user_id == me.pk],
        "others": [_shown(row) for row in held if row.user_id != me.pk],
        "covers": mine.covers(actor),
        "me": me,
    }
    return render(request, "places/my-roles.html", context)


@guard.own("one's own cover")
def cover_set(request: HttpRequest) -> HttpResponse:
    """Somebody has my roles while I am away."""
    actor = guard.actor_of(request)
    return _cover(request, actor, _self(actor), reverse("my-roles"))


def person_cover(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Cover for somebody else who is away."""
    actor = guard.anywhere(request, Permission.COVER_SET)
    absent = mine.absent(actor, pk)
    if absent is None:
        raise guard.NotVisible("person")
    if not acting.may_cover(actor, absent, actor.on):
        raise guard.NotAllowed(str(Permission.COVER_SET))
    return _cover(request, actor, absent, _page_of(actor, absent))


@guard.own("cover that is one's own, or of people whose roles one may cover")
@require_POST
def cover_end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Back earlier, or set by mistake."""
    actor = guard.actor_of(request)
    cover = mine.cover(actor, pk)
    if cover is None:
        raise guard.NotVisible("cover")
    last = acting.end_cover(by=actor, at=actor.at, cover=cover, on=actor.on).until_on
    begun = last is not None and last >= cover.from_on
    messages.done(request, f"The cover ends on {words.day(last)}." if begun else "There is no cover.")
    return redirect(_page_of(actor, cover.absent))


@guard.own("shows what is shared with the one who asks")
def shared_with_me(request: HttpRequest) -> HttpResponse:
    """Single things of other places that I may see."""
    actor = guard.actor_of(request)
    shown = sharing.with_actor(actor)
    givers = naming.names(each.share.given_by for each in shown)
    return render(request, "places/shared-with-me.html", {"shown": shown, "givers": givers})


def _cover(request: HttpRequest, actor: Actor, absent: User, back: str) -> HttpResponse:
    place = mine.trust(absent, actor)
    if place is None:
        messages.failed(request, "There is no role to cover.")
        return redirect(back)
    people = finding.of_trust(place).exclude(pk=absent.pk)
    form = forms.SetCover(typed(request), actor=actor, people=people, initial={"from_on": actor.on})
    if request.method == "POST" and form.is_valid():
        data = {name: form.cleaned_data[name] for name in ("from_on", "until_on", "reason")}
        deputy = form.cleaned_data["who"]
        try:
            made = acting.cover(by=actor, at=actor.at, absent=absent, deputy=deputy, place=place, **data)
        except acting.UnableToGive as problem:
            form.add_error("until_on", str(problem))
        else:
            undo = reverse("cover-end", args=[made.pk])
            messages.done(request, f"{deputy.name} stands in until {words.day(made.until_on)}.", undo=undo)
            return redirect(back)
    title = "Who stands in for you?" if absent == actor.user else f"Who stands in for {absent.name}?"
    return form_page(request, form, title, "Set the cover", steps=[("Roles and cover", back)], lead=[LEAD])


def _page_of(actor: Actor, absent: User) -> str:
    """Where the absent one's cover is shown to the actor."""
    if absent == actor.user or not actor.may_anywhere(Permission.PERSON_VIEW):
        return reverse("my-roles")
    return reverse("person", args=[absent.pk])


def _shown(row: Holding) -> dict[str, Any]:
    role = ROLES.get(row.role)
    may = sorted(WORDS[each] for each in role.permissions) if role else []
    return {"holding": row, "title": row.title, "description": role.description if role else "", "may": may}


def _self(actor: Actor) -> User:
    assert actor.user is not None  # SignInMiddleware
    return actor.user
