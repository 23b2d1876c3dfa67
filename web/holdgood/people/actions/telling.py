"""Trail entries about a person: never with their name, address or the place that they signed in from."""

import datetime as dt
from typing import Any

from holdgood.people.models import User
from holdgood.trail import actions as trail
from holdgood.trail.actions import Personal


def tell(
    event: str,
    user: User,
    *,
    by: str = "",
    chain: str,
    at: dt.datetime,
    old: Any = None,
    new: Any = None,
    reason: str = "",
) -> None:
    """One entry; without `by`, what the person did themselves."""
    trail.record(
        chain=chain, event=event, by=by or user.pk.hex, at=at, kind="user", thing=user.pk.hex, old=old, new=new,
        reason=reason,
    )  # fmt: skip


def personal(user: User, value: str) -> Personal | str:
    """A value of a person as the trail may hold it; nothing stays nothing."""
    return Personal(person=str(user.pk), value=value) if value else ""
