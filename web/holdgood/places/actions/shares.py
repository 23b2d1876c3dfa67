"""One row of data is shown to another place or person, with an end."""

import datetime as dt
from typing import Any

from django.db import transaction

from holdgood.people.models import User
from holdgood.places import ending, guard, telling
from holdgood.places.access import Actor
from holdgood.places.models import Level, Place, Share
from holdgood.places.permissions import Permission
from holdgood.places.scoped import Scoped

LONGEST = dt.timedelta(days=3 * 366)


class UnableToShare(ValueError):
    """The share cannot be so: what is wrong, and what to do."""


@transaction.atomic
def share(
    *, by: Actor, at: dt.datetime, thing: Scoped, to: Place | User, from_on: dt.date, until_on: dt.date, reason: str,
    level: str = Level.VIEW,
) -> Share:  # fmt: skip
    """Show a thing to a place (those with the permission there) or to a person."""
    guard.require(by, thing.view_permission, thing)
    guard.require(by, Permission.SHARE_GIVE, thing.place)
    if not thing.shared_as:
        raise UnableToShare(f"A single {thing._meta.verbose_name} cannot be shared.")
    if until_on < from_on or until_on - from_on > LONGEST:
        raise UnableToShare("A share ends after it begins, and within three years: change the last day.")
    given = {"to_place": to} if isinstance(to, Place) else {"to_user": to}
    made = Share(
        place=thing.place, kind=thing.shared_as, thing=thing.pk, level=level, from_on=from_on, until_on=until_on,
        reason=reason, given_by=by.id, given_at=at, **given,
    )  # fmt: skip
    made.save(force_insert=True)
    telling.record(
        event="share.share.given", by=by, at=at, place=thing.place, thing=made, new=_told(made), reason=reason
    )
    return made


@transaction.atomic
def end(*, by: Actor, at: dt.datetime, share: Share, on: dt.date) -> Share:
    """The share's last day is `on`."""
    guard.require(by, Permission.SHARE_GIVE, share.place)
    last = min(max(on, share.from_on - dt.timedelta(days=1)), share.until_on or on)
    Share.objects.filter(pk=share.pk).update(until_on=last)
    share.refresh_from_db()
    telling.record(
        event="share.share.ended", by=by, at=at, place=share.place, thing=share, new={"until": last.isoformat()}
    )
    ending.tell(by, at, share)
    return share


def _told(made: Share) -> dict[str, Any]:
    to = made.to_place_id or made.to_user_id
    until = made.until_on and made.until_on.isoformat()
    return {"kind": made.kind, "thing": made.thing.hex, "to": to and to.hex, "level": made.level, "until": until}
