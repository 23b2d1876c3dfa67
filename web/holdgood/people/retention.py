"""How long data about people are kept: reviewed content, and the work that keeps to it."""

import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Q, QuerySet

from holdgood.people import chains
from holdgood.people.actions import drop_contact
from holdgood.people.cache import now
from holdgood.people.models import Invitation, Remembered, User

BY = "people.retention"


@dataclass(frozen=True)
class Kind:
    """How many days a kind of data is kept after it has served its purpose, and who says so."""

    key: str
    what: str
    days: int
    reason: str
    source: str
    checked_by: str
    next_review: dt.date


@cache
def kinds() -> dict[str, Kind]:
    text = Path(__file__).with_name("retention.toml").read_text(encoding="utf-8")
    return {key: Kind(key=key, **fields) for key, fields in tomllib.loads(text).items()}


def sweep(at: dt.datetime) -> None:
    """What is over and was never meant to last: sessions, their list, counts of tries."""
    ended = Session.objects.filter(expire_date__lt=at - _kept("sessions"))
    ended.delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    Remembered.objects.filter(ends_at__lte=now()).delete()


def keep(at: dt.datetime) -> int:
    """Delete what has been kept for long enough; of accounts, how many lost their contact data."""
    Invitation.objects.filter(ends_at__lt=at - _kept("invitations")).delete()
    count = 0
    for user in overdue(at).iterator():
        drop_contact(user=user, by=BY, chain=chains.of(user), at=at)
        count += 1
    return count


def overdue(at: dt.datetime) -> QuerySet[User]:
    """Accounts that ended so long ago that nobody needs to write to them."""
    limit = at - _kept("contact")
    ended = Q(left_at__lt=limit) | Q(ends_on__lt=limit.date())
    rows: QuerySet[User] = User.objects.filter(ended).exclude(email="")
    return rows


def _kept(key: str) -> dt.timedelta:
    return dt.timedelta(days=kinds()[key].days)
