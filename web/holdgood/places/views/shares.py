"""What of an area is shared with whom; a thing is shared, and a share ends."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from holdgood.design import messages, words
from holdgood.design.lists import Choice, Column, List, Words
from holdgood.design.typed import typed
from holdgood.people.models import User
from holdgood.places import forms, guard, kinds, listing, naming, sharing
from holdgood.places.access import Actor
from holdgood.places.actions import shares as acting
from holdgood.places.models import Kind, Level, Place, Share
from holdgood.places.permissions import Permission
from holdgood.places.scoped import Scoped
from holdgood.places.views.around import confirm_page, form_page, tabs

SOON = dt.timedelta(days=14)


def share_list(request: HttpRequest, code: str) -> HttpResponseBase:
    """Every share of things in an area."""
    area, actor = guard.area(request, code, Permission.SHARE_VIEW), guard.actor_of(request)
    rows = Share.objects.visible_to(actor, Permission.SHARE_VIEW).filter(place__path__startswith=area.path)
    seen = sharing.things(actor, rows.only("kind", "thing"))
    givers = naming.names(rows.order_by().values_list("given_by", flat=True).distinct())
    running = rows.filter(Share.running(actor.on)).count()
    shown = _list(actor, seen, givers, area)
    rows = rows.select_related("place", "to_place", "to_user")
    context = {"running": running, "tabs": tabs(request, area, "share-list")}
    return listing.respond(request, "places/share-list.html", shown, rows, place=area, **context)


def share_give(request: HttpRequest, code: str, kind: str, pk: UUID) -> HttpResponse:
    """Show one thing to another place or person, until a day."""
    area, actor = guard.area(request, code, Permission.SHARE_GIVE), guard.actor_of(request)
    thing = _thing(actor, area, kind, pk)
    start = {"level": Level.VIEW, "email": "", "place": ""}
    people: QuerySet[User] = User.objects.current(actor.on).exclude(pk=actor.user and actor.user.pk)
    form = forms.GiveShare(typed(request), people=people, places=_reachable(actor, thing.place), initial=start)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        to = data["email"] or data["place"]
        more = {name: data[name] for name in ("until_on", "reason", "level")}
        try:
            made = acting.share(by=actor, at=actor.at, thing=thing, to=to, from_on=actor.on, **more)
        except acting.UnableToShare as problem:
            form.add_error("until_on", str(problem))
        else:
            undo = reverse("share-end", args=[area.code, made.pk])
            messages.done(request, f"{to.name} may see it until {words.day(made.until_on)}.", undo=undo)
            return redirect("share-list", area.code)
    title = f"Share {kinds.KINDS[kind].title(thing)}"
    steps = [("Shares", reverse("share-list", args=[area.code]))]
    return form_page(request, form, title, "Share it", steps=steps, area=area)


def share(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    """One share, and the button that ends it."""
    area, actor = guard.area(request, code, Permission.SHARE_VIEW), guard.actor_of(request)
    rows = Share.objects.filter(place__path__startswith=area.path).select_related("place", "to_place", "to_user")
    found = guard.find(request, rows, Permission.SHARE_GIVE, pk=pk)
    title = sharing.title(found, sharing.things(actor, [found]))
    other = (found.to_place or found.to_user).name  # type: ignore[union-attr]  # one of them, by a constraint
    lead = [f"{other} may {found.get_level_display()} it until {words.day(found.until_on)}: {found.reason}."]
    steps = [("Shares", reverse("share-list", args=[area.code]))]
    action = reverse("share-end", args=[area.code, found.pk])
    return confirm_page(request, f"End the sharing of {title}", "End it", action, steps=steps, lead=lead, area=area)


@require_POST
def share_end(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    """The other no longer sees it, from tomorrow; at once, if it was shared today."""
    area, actor = guard.area(request, code, Permission.SHARE_VIEW), guard.actor_of(request)
    rows = Share.objects.filter(place__path__startswith=area.path).select_related("place")
    share = guard.find(request, rows, Permission.SHARE_GIVE, pk=pk)
    today = share.from_on == actor.on
    last = actor.on - dt.timedelta(days=1) if today else actor.on
    acting.end(by=actor, at=actor.at, share=share, on=last)
    messages.done(request, "It is no longer shared." if today else f"The share ends on {words.day(share.until_on)}.")
    return redirect("share-list", area.code)


def _thing(actor: Actor, area: Place, kind: str, pk: UUID) -> Scoped:
    """A thing of the area that can be shared; all else looks as if it was not there."""
    thing = kinds.find(actor, kind, pk)
    if not isinstance(thing, Scoped) or thing.shared_as != kind or not area.holds(thing.place):
        raise guard.NotVisible(kind)
    guard.require(actor, Permission.SHARE_GIVE, thing.place)
    return thing


def _reachable(actor: Actor, place: Place) -> QuerySet[Place]:
    """Places that one may see, and the trusts and systems of one's own system."""
    seen = Place.objects.visible_to(actor, Permission.PLACE_VIEW)
    top = f"{place.path.split('/')[0]}/"
    beside = Q(path__startswith=top, kind__in=[Kind.SYSTEM, Kind.TRUST])
    rows: QuerySet[Place] = Place.objects.open(actor.on).filter(Q(pk__in=seen.values("pk")) | beside)
    return rows.exclude(pk=place.pk)


def _list(actor: Actor, seen: dict[Any, Any], givers: dict[str, str], area: Place) -> List:
    def running(rows: Any, value: str) -> Any:
        now = Share.running(actor.on)
        soon = {"until_on__gte": actor.on, "until_on__lte": actor.on + SOON}
        return rows.filter(**soon) if value == "ending" else rows.filter(now) if value == "now" else rows.exclude(now)

    def end(row: Share) -> str:
        may = actor.may(Permission.SHARE_GIVE, row.place) and (row.until_on is None or row.until_on >= actor.on)
        return reverse("share", args=[area.code, row.pk]) if may else ""

    states = [("now", "Shared now"), ("ending", "Ends within 14 days"), ("over", "Ended, or not begun")]
    return List(
        name="Shares",
        noun=("share", "shares"),
        columns=[
            Column("what", "What", lambda row: sharing.title(row, seen), link=lambda row: sharing.address(row, seen)),
            Column("to", "With whom", lambda row: (row.to_place or row.to_user).name),
            Column("level", "They may", lambda row: row.get_level_display(), sort=("level",)),
            Column("from", "From", lambda row: row.from_on, sort=("from_on",)),
            Column("until", "Last day", lambda row: row.until_on, sort=("until_on",)),
            Column("reason", "Why", lambda row: row.reason),
            Column("by", "Shared by", lambda row: givers.get(row.given_by, "")),
            Column("end", "Change", lambda row: "End" if end(row) else "", link=end, export=lambda _: ""),
        ],
        filters=[
            Words("q", "Words", ("reason", "to_place__name", "to_user__name")),
            Choice("state", "State", states, running),
        ],
        order="until",
        empty=("Nothing of this area is shared. A chart is shared from its own page.", "", ""),
    )  # fmt: skip
