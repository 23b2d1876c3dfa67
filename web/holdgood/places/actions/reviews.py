"""Each quarter, somebody looks at who may do what in a trust, and ends what is no longer needed."""

import datetime as dt

from django.db import transaction

from holdgood.places import ending, guard, telling
from holdgood.places.access import Actor
from holdgood.places.actions import roles
from holdgood.places.models import Decision, Holding, Place, Review
from holdgood.places.permissions import Permission
from holdgood.trail.versions import change

DAYS = 28  # to look at them all


class UnableToReview(ValueError):
    """The review cannot go on: what is missing."""


def quarter_of(on: dt.date) -> dt.date:
    """The first day of its quarter."""
    return on.replace(month=(on.month - 1) // 3 * 3 + 1, day=1)


@transaction.atomic
def open_review(*, by: Actor, at: dt.datetime, trust: Place) -> Review:
    """The quarter's review with every role that is held now; the one that is there, if it was opened before."""
    guard.require(by, Permission.ACCESS_REVIEW, trust)
    quarter = quarter_of(by.on)
    there = Review.objects.filter(place=trust, quarter_on=quarter).first()
    if there is not None:
        return there
    due = by.on + dt.timedelta(days=DAYS)
    review = Review.objects.create(place=trust, quarter_on=quarter, opened_at=at, due_on=due)
    held = Holding.objects.current(by.on).filter(place__path__startswith=trust.path)
    rows = [Decision(review=review, holding=holding, place_id=holding.place_id) for holding in held]
    Decision.objects.bulk_create(rows)
    telling.record(event="access.review.opened", by=by, at=at, place=trust, thing=review, new={"holdings": len(rows)})
    return review


@transaction.atomic
def decide(*, by: Actor, at: dt.datetime, review: Review, keep: list[Decision], finish: list[Decision]) -> None:
    """Roles that are kept, and roles that end today."""
    guard.require(by, Permission.ACCESS_REVIEW, review.place)
    if review.closed_at is not None:
        raise UnableToReview("This review is closed: end roles in the list of roles instead.")
    for decision in finish:
        if decision.holding.until_on is None or decision.holding.until_on >= by.on:  # else it has ended by itself
            roles.end(by=by, at=at, holding=decision.holding, on=by.on, reason="access review")
    for chosen, kept in ((keep, True), (finish, False)):
        Decision.objects.filter(review=review, pk__in=[each.pk for each in chosen]).update(
            keep=kept, decided_by=by.id, decided_at=at
        )
    new = {"kept": len(keep), "ended": len(finish)}
    telling.record(event="access.review.decided", by=by, at=at, place=review.place, thing=review, new=new)


@transaction.atomic
def close(*, by: Actor, at: dt.datetime, review: Review, version: int) -> Review:
    """Every role has been looked at."""
    guard.require(by, Permission.ACCESS_REVIEW, review.place)
    left = Decision.objects.filter(review=review, keep__isnull=True).count()
    if left:
        raise UnableToReview(f"{left} roles have not been looked at: decide on each before closing.")
    closed = change(review, version=version, closed_at=at, closed_by=by.id)
    telling.record(event="access.review.closed", by=by, at=at, place=review.place, thing=closed)
    ending.tell(by, at, closed)
    return closed
