"""What this app itself holds about a person."""

from collections.abc import Iterable
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models import QuerySet

from holdgood.jobs.models import Mail
from holdgood.people.models import Invitation, User
from holdgood.people.records import Kind, Row, register


def account(user: User) -> Iterable[Row]:
    names = ("id", "issuer", "subject", "name", "email", "outside", "ends_on", "is_active", "joined_at", "left_at")
    yield {name: getattr(user, name) for name in (*names, "last_login")}


def sessions(user: User) -> Iterable[Row]:
    rows = UserSession.objects.filter(user=user).order_by("created_at")
    yield from rows.values("created_at", "last_seen_at", "user_agent", "ip")


def factors(user: User) -> Iterable[Row]:
    """That they are there: their secrets would be of use to a finder alone."""
    yield from Authenticator.objects.filter(user=user).order_by("pk").values("type", "created_at", "last_used_at")


def invitations(user: User) -> Iterable[Row]:
    yield from map(dict, Invitation.objects.filter(user=user).values("sent_at", "ends_at"))


def letters(user: User) -> Iterable[Row]:
    if user.email:
        rows = _letters(user).order_by("posted_at")
        yield from map(dict, rows.values("subject", "text", "posted_at", "sent_at"))


def _letters(user: User) -> QuerySet[Mail]:
    return Mail.objects.filter(to__iexact=user.email)


def register_all() -> None:
    register(Kind("Account", account, lambda _: 1))
    register(Kind("Sessions", sessions, lambda user: _gone(UserSession.objects.filter(user=user)), contact=True))
    register(Kind("Second factors", factors, lambda user: _gone(Authenticator.objects.filter(user=user)), contact=True))
    register(Kind("Invitations", invitations, lambda user: _gone(Invitation.objects.filter(user=user)), contact=True))
    register(Kind("Letters", letters, _forget_letters, contact=True))


def _forget_letters(user: User) -> int:
    EmailAddress.objects.filter(user=user).delete()  # a second list of addresses, which the sign-in library may keep
    return _gone(_letters(user)) if user.email else 0


def _gone(rows: QuerySet[Any]) -> int:
    return int(rows.delete()[0])
