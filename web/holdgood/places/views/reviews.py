"""The quarter's look at who may do what: open, decide, close."""

from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from holdgood.design import messages, words
from holdgood.design.lists import Choice, Column, List, Words
from holdgood.places import guard, listing
from holdgood.places.access import Actor
from holdgood.places.actions import reviews as acting
from holdgood.places.actions import roles
from holdgood.places.models import Decision, Place, Review
from holdgood.places.permissions import Permission
from holdgood.places.roles import ROLES
from holdgood.places.views.around import tabs
from holdgood.trail.versions import Changed

KEEP, END = "keep", "end"


def review_list(request: HttpRequest, code: str) -> HttpResponseBase:
    """Every quarter's review of a trust."""
    area, actor = _trust(request, code)
    rows = Review.objects.visible_to(actor, Permission.ACCESS_REVIEW).filter(place=area)
    counted = rows.annotate(all=Count("decisions"), left=Count("decisions", filter=Q(decisions__keep__isnull=True)))
    quarter = acting.quarter_of(actor.on)
    context = {
        "quarter": quarter,
        "due": not rows.filter(quarter_on=quarter).exists(),
        "open": rows.filter(closed_at__isnull=True).count(),
        "tabs": tabs(request, area, "access-review-list"),
    }
    return listing.respond(request, "places/access-review-list.html", _list(area), counted, place=area, **context)


@require_POST
def review_open(request: HttpRequest, code: str) -> HttpResponse:
    """This quarter's, with every role that is held now."""
    area, actor = _trust(request, code)
    review = acting.open_review(by=actor, at=actor.at, trust=area)
    messages.done(request, f"The review is open until {words.day(review.due_on)}.")
    return redirect("access-review", area.code, review.pk)


def review(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    """Role by role: keep it, or end it today."""
    area, actor, found = _review(request, code, pk)
    rows = Decision.objects.visible_to(actor, Permission.ACCESS_REVIEW).filter(review=found)
    rows = rows.select_related("holding__user", "holding__place")
    if request.method == "POST":
        _decide(request, actor, found, list(rows.filter(pk__in=_named(request))))
        return redirect(request.get_full_path())
    shown = _decisions().page(request, rows)
    context = {
        "area": area, "review": found, "page": shown, "left": rows.filter(keep__isnull=True).count(),
        "over": {each.pk for each in shown.things if each.holding.until_on and each.holding.until_on < actor.on},
    }  # fmt: skip
    return render(request, "places/access-review.html", context)


@require_POST
def review_close(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    """Every role has been looked at."""
    area, actor, found = _review(request, code, pk)
    version = request.POST.get("version", "")
    try:
        acting.close(by=actor, at=actor.at, review=found, version=int(version) if version.isdecimal() else 0)
    except acting.UnableToReview as problem:
        messages.failed(request, str(problem))
    except Changed:
        messages.failed(request, "Somebody else closed or changed the review meanwhile: this is how it stands now.")
    else:
        messages.done(request, "The review is closed.")
    return redirect("access-review", area.code, found.pk)


def _decide(request: HttpRequest, actor: Actor, found: Review, rows: list[Decision]) -> None:
    """What was chosen on one page of the list; with the button for all, the rest of the page is kept."""
    everything = "all" in request.POST
    said = {row.pk: request.POST.get(f"d-{row.pk}", "") for row in rows}
    keep = [row for row in rows if said[row.pk] == KEEP or (everything and said[row.pk] != END)]
    finish = [row for row in rows if said[row.pk] == END]
    keep = [row for row in keep if row.keep is None]  # what is decided already stands
    finish = [row for row in finish if row.keep is not False]
    if not keep and not finish:
        messages.failed(request, "Nothing was chosen: choose Keep or End for a role.")
        return
    try:
        acting.decide(by=actor, at=actor.at, review=found, keep=keep, finish=finish)
    except (acting.UnableToReview, roles.UnableToGive) as problem:
        messages.failed(request, str(problem))
    else:
        kept, ended = words.count(len(keep), "role"), words.count(len(finish), "role")
        messages.done(request, f"{kept} kept, {ended} ended.")


def _named(request: HttpRequest) -> list[UUID]:
    """The rows that the page showed."""
    found = []
    for text in request.POST.getlist("row")[:500]:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


def _trust(request: HttpRequest, code: str) -> tuple[Place, Actor]:
    """Reviews are a trust's: from any place in it one comes to them."""
    area = guard.area(request, code, Permission.ACCESS_REVIEW)
    trust = area.root or area
    found = guard.find(request, Place.objects.select_related("root"), Permission.ACCESS_REVIEW, pk=trust.pk)
    return found, guard.actor_of(request)


def _review(request: HttpRequest, code: str, pk: UUID) -> tuple[Place, Actor, Review]:
    area, actor = _trust(request, code)
    rows = Review.objects.filter(place=area).select_related("place")
    return area, actor, guard.find(request, rows, Permission.ACCESS_REVIEW, pk=pk)


def _list(area: Place) -> List:
    def state(row: Any) -> str:
        return (
            f"closed on {words.day(row.closed_at)}" if row.closed_at else f"open, {words.count(row.left, 'role')} left"
        )

    return List(
        name="Access reviews",
        noun=("review", "reviews"),
        columns=[
            Column("quarter", "Quarter from", lambda row: row.quarter_on, sort=("quarter_on",),
                   link=lambda row: reverse("access-review", args=[area.code, row.pk])),
            Column("all", "Roles", lambda row: row.all, numeric=True, sort=("all",)),
            Column("due", "Due", lambda row: row.due_on, sort=("due_on",)),
            Column("state", "State", state, sort=("closed_at",)),
        ],
        order="-quarter",
        empty=("Each quarter, somebody looks at who may do what. Nobody has here yet.", "", ""),
    )  # fmt: skip


def _decisions() -> List:
    def decided(rows: Any, value: str) -> Any:
        return rows.filter(keep__isnull=True) if value == "left" else rows.filter(keep=value == KEEP)

    return List(
        name="Roles to review",
        noun=("role", "roles"),
        columns=[
            Column("person", "Person", lambda row: row.holding.user.name, sort=("holding__user__name",)),
            Column("role", "Role", lambda row: row.holding.title, sort=("holding__role",)),
            Column("place", "Place", lambda row: row.holding.place.name, sort=("holding__place__name",)),
        ],
        filters=[
            Words("q", "Words", ("holding__user__name", "holding__place__name")),
            Choice("role", "Role", [(role.code, role.title) for role in ROLES.values()], "holding__role"),
            Choice("state", "State", [("left", "Not looked at yet"), (KEEP, "Kept"), (END, "Ended")], decided),
        ],
        order="person",
    )
