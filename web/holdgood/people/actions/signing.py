"""What the sign-in library does, told to the trail."""

import datetime as dt

from allauth.mfa.models import Authenticator
from django.db import transaction

from holdgood.people import chains
from holdgood.people.actions.telling import tell
from holdgood.people.models import User
from holdgood.trail import actions as trail


@transaction.atomic
def signed_in(*, user: User, how: str, at: dt.datetime) -> None:
    tell("people.session.begun", user, chain=chains.of(user), at=at, new={"how": how})


@transaction.atomic
def signed_out(*, user: User, at: dt.datetime, reason: str = "") -> None:
    tell("people.session.ended", user, chain=chains.of(user), at=at, reason=reason)


@transaction.atomic
def refused(*, email: str, at: dt.datetime, event: str = "people.session.refused") -> None:
    """A sign-in that failed. Whose address it was, if it is anybody's; never the address."""
    user = User.objects.called(email).first()
    if user is None:
        trail.record(chain=chains.UNKNOWN, event=event, by="nobody", at=at, reason="unknown address")
    else:
        tell(event, user, by="nobody", chain=chains.of(user), at=at)


@transaction.atomic
def password_set(*, user: User, password: str, at: dt.datetime) -> None:
    user.set_password(password)
    user.save(update_fields=["password"])
    tell("people.password.changed", user, chain=chains.of(user), at=at)


@transaction.atomic
def factor(event: str, *, user: User, row: Authenticator, at: dt.datetime) -> None:
    """A second factor was added, removed, renewed, or refused a code."""
    tell(f"people.second-factor.{event}", user, chain=chains.of(user), at=at, new={"kind": str(row.type)})
