"""Ending sessions."""

import datetime as dt
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import F, QuerySet

from holdgood.people.actions.telling import tell
from holdgood.people.models import User


@transaction.atomic
def end_session(*, user: User, session: int, by: str, chain: str, at: dt.datetime) -> bool:
    """End one of a person's sessions; False if it has ended already."""
    row = UserSession.objects.filter(user=user, pk=session).first()
    if row is None:
        return False
    drop(user, UserSession.objects.filter(pk=row.pk))
    tell("people.session.ended", user, by=by, chain=chain, at=at, new={"session": row.pk})
    return True


@transaction.atomic
def end_other_sessions(*, user: User, but: str, by: str, chain: str, at: dt.datetime) -> int:
    """End all of a person's sessions but the one with this key, those not listed too: `user` is in a new round."""
    ended = drop(user, UserSession.objects.filter(user=user).exclude(session_key=but))
    begin_round(user)
    tell("people.sessions.ended", user, by=by, chain=chain, at=at, new={"sessions": ended})
    return ended


def end_all(user: User) -> None:
    """Part of other actions: sessions and links are void."""
    drop(user, UserSession.objects.filter(user=user))
    begin_round(user)


def begin_round(user: User) -> None:
    User.objects.filter(pk=user.pk).update(round=F("round") + 1)
    user.refresh_from_db(fields=["round"])


def drop(user: User, rows: QuerySet[Any]) -> int:
    keys = list(rows.filter(user=user).values_list("session_key", flat=True))
    Session.objects.filter(pk__in=keys).delete()
    UserSession.objects.filter(user=user, session_key__in=keys).delete()
    return len(keys)
