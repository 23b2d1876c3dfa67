"""What is held about one person: given out to them, and ended."""

import datetime as dt
import uuid

from django.db import transaction

from holdgood.people import records
from holdgood.people.actions.accounts import update
from holdgood.people.actions.sessions import end_all
from holdgood.people.actions.telling import tell
from holdgood.people.models import User
from holdgood.trail import actions as trail

FORGOTTEN = "forgotten"  # the issuer of accounts that are nobody's any longer
NAMELESS = "Somebody who left"


@transaction.atomic
def export_person(*, user: User, by: str, chain: str, at: dt.datetime) -> dict[str, list[records.Row]]:
    """All that any app holds about a person, by kind."""
    held = {kind.title: list(kind.rows(user)) for kind in records.kinds()}
    counts = {title: len(rows) for title, rows in held.items()}
    tell("people.account.exported", user, by=by, chain=chain, at=at, new={"rows": counts})
    return held


@transaction.atomic
def drop_contact(*, user: User, by: str, chain: str, at: dt.datetime) -> None:
    """After an account has ended for long: address, factors and sessions go; the name stays with what was decided."""
    end_all(user)
    for kind in records.kinds():
        if kind.contact:
            kind.forget(user)
    update(user, email="", password="!")
    tell("people.contact.dropped", user, by=by, chain=chain, at=at)


@transaction.atomic
def forget_person(*, user: User, by: str, chain: str, at: dt.datetime, reason: str) -> dict[str, int]:
    """Delete or blank what each app holds, the account's name last. The trail keeps an id that leads to nobody."""
    end_all(user)
    done = {kind.title: kind.forget(user) for kind in records.kinds()}
    update(
        user, issuer=FORGOTTEN, subject=uuid.uuid4().hex, name=NAMELESS, email="", password="!", is_active=False,
        left_at=user.left_at or at,
    )  # fmt: skip
    trail.forget(person=str(user.pk))
    tell("people.account.forgotten", user, by=by, chain=chain, at=at, new={"rows": done}, reason=reason)
    return done
