"""What this app does by itself: a review of access each quarter."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.conf import settings

from holdgood.jobs import recurring
from holdgood.jobs.context import Context
from holdgood.jobs.tasks import task
from holdgood.places.access import Actor
from holdgood.places.actions import reviews
from holdgood.places.models import Kind, Place

BEGINS = (1, 4, 7, 10)  # months


@task(takes_context=True)
def open_reviews(context: Context) -> None:
    """One for each trust, when a quarter begins; a worker that was away then makes it up."""
    by = Actor.machine("worker", context.at)
    if by.on.month in BEGINS:
        for trust in Place.objects.filter(kind=Kind.TRUST).open(by.on).order_by("path"):
            reviews.open_review(by=by, at=context.at, trust=trust)


recurring.add(
    "places.reviews",
    open_reviews,
    recurring.OnDays(dt.time(6, 10), ZoneInfo(settings.TIME_ZONE), day=1),
    late=dt.timedelta(days=20),
)
