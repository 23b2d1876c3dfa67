"""Accounts: made by an administrator, begun by a letter, stopped when somebody leaves."""

import datetime as dt
import unicodedata
import uuid
from typing import Any

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import F

from holdgood.people import chains, letters, tokens
from holdgood.people.actions.sessions import end_all
from holdgood.people.actions.telling import personal, tell
from holdgood.people.models import LOCAL, Invitation, User
from holdgood.trail import actions as trail
from holdgood.trail.versions import Changed, change

LASTS = dt.timedelta(days=7)  # an invitation


class UnableToEnrol(ValueError):
    """A value that an account cannot have: of which field, and what to do."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


class InvitationOver(LookupError):
    """The link was used, replaced or has run out."""


@transaction.atomic
def enrol(
    *,
    name: str,
    email: str,
    by: str,
    chain: str,
    at: dt.datetime,
    outside: bool = False,
    ends_on: dt.date | None = None,
    password: str = "",
) -> User:
    """An account, with a password or without: then nobody signs in with it before an invitation is accepted."""
    made = User(
        issuer=LOCAL,
        subject=uuid.uuid4().hex,
        name=clean_name(name),
        email=clean_email(email),
        outside=outside,
        ends_on=_end(outside, ends_on),
        joined_at=at if password else None,
    )
    made.set_password(password or None)
    _save(made)
    new = {"name": personal(made, made.name), "email": personal(made, made.email), "outside": outside}
    tell("people.account.enrolled", made, by=by, chain=chain, at=at, new=new | {"ends_on": ends_on})
    return made


@transaction.atomic
def enrol_many(*, users: list[User], by: str, chain: str, at: dt.datetime) -> None:
    """Accounts that a part of the program has made ready, such as the demonstration's cast; one entry in the trail."""
    for user in users:
        user.save(force_insert=True)
    rows = [{"user": user.pk.hex, "outside": user.outside} for user in users]
    trail.record_many(rows=rows, chain=chain, event="people.accounts.enrolled", by=by, at=at)


@transaction.atomic
def tour_taken(*, user: User, at: dt.datetime | None) -> None:
    """Somebody has put the lines of their first day away, or wants them again: nobody else's business."""
    User.objects.filter(pk=user.pk).update(toured_at=at)


@transaction.atomic
def invite(
    *,
    name: str,
    email: str,
    by: str,
    chain: str,
    at: dt.datetime,
    outside: bool = False,
    ends_on: dt.date | None = None,
) -> User:
    """An account, and a letter with the link by which its password is set."""
    user = enrol(name=name, email=email, outside=outside, ends_on=ends_on, by=by, chain=chain, at=at)
    send_invitation(user=user, by=by, chain=chain, at=at)
    return user


@transaction.atomic
def send_invitation(*, user: User, by: str, chain: str, at: dt.datetime) -> None:
    """A letter with a link that works once, for seven days; links sent before are void."""
    if user.issuer != LOCAL or not user.email:
        raise UnableToEnrol("email", f"{user.name} has no e-mail address here to send an invitation to. Add one first.")
    secret = tokens.secret()
    Invitation.objects.update_or_create(
        user=user, defaults={"digest": tokens.digest(secret), "sent_at": at, "ends_at": at + LASTS}
    )
    letters.invitation(user, secret, until=at + LASTS, at=at)
    tell("people.invitation.sent", user, by=by, chain=chain, at=at, new={"ends_at": at + LASTS})


def invited(token: str, at: dt.datetime) -> User:
    """Whose invitation a link is of; `InvitationOver` if it is nobody's any longer."""
    rows = Invitation.objects.select_related("user").filter(digest=tokens.digest(token), ends_at__gt=at)
    found = rows.first()
    if found is None or found.user.has_ended(at.date()):
        raise InvitationOver
    return found.user


@transaction.atomic
def accept(*, token: str, password: str, at: dt.datetime) -> User:
    """Set the password of the one invited. Of two who follow one link, the second is told that it is over."""
    user = invited(token, at)
    if not Invitation.objects.filter(digest=tokens.digest(token)).delete()[0]:
        raise InvitationOver
    user.set_password(password)
    user.joined_at = user.joined_at or at
    user.save(update_fields=["password", "joined_at"])
    tell("people.invitation.accepted", user, chain=chains.of(user), at=at)
    return user


@transaction.atomic
def change_contact(*, user: User, version: int, name: str, email: str, by: str, chain: str, at: dt.datetime) -> User:
    """Name and address. On another address, the old one is told, and links sent there are void."""
    name, email = clean_name(name), clean_email(email)
    _check_free(email, user)
    old = {"name": personal(user, user.name), "email": personal(user, user.email)}
    changed = change(user, version=version, name=name, email=email)
    if email != user.email:
        Invitation.objects.filter(user=user).delete()
        EmailAddress.objects.filter(user=user).delete()
        letters.address_changed(user, at=at)
    new = {"name": personal(changed, name), "email": personal(changed, email)}
    tell("people.contact.changed", changed, by=by, chain=chain, at=at, old=old, new=new)
    return changed


@transaction.atomic
def stop(*, user: User, by: str, chain: str, at: dt.datetime, reason: str = "") -> User:
    """Somebody leaves: sessions and links end at once. What they did stays theirs."""
    if not user.is_active:
        return user
    update(user, is_active=False, left_at=at)
    Invitation.objects.filter(user=user).delete()
    end_all(user)
    tell("people.account.stopped", user, by=by, chain=chain, at=at, reason=reason)
    return user


@transaction.atomic
def restart(*, user: User, by: str, chain: str, at: dt.datetime, ends_on: dt.date | None = None) -> User:
    """Somebody is back, with the password and second factor that they had."""
    ends_on = _end(user.outside, ends_on)
    update(user, is_active=True, left_at=None, ends_on=ends_on)
    tell("people.account.restarted", user, by=by, chain=chain, at=at, new={"ends_on": ends_on})
    return user


@transaction.atomic
def set_end(*, user: User, ends_on: dt.date | None, by: str, chain: str, at: dt.datetime) -> User:
    """The last day on which somebody may sign in."""
    old, ends_on = user.ends_on, _end(user.outside, ends_on)
    update(user, ends_on=ends_on)
    tell("people.end.set", user, by=by, chain=chain, at=at, old={"ends_on": old}, new={"ends_on": ends_on})
    return user


def clean_name(name: str) -> str:
    """A name as it is kept: composed letters, single spaces."""
    clean = " ".join(unicodedata.normalize("NFC", name).split())
    if not clean or len(clean) > 120 or any(unicodedata.category(letter) == "Cc" for letter in clean):
        raise UnableToEnrol("name", f"The name has {len(clean)} characters. Enter 1 to 120 printable ones.")
    return clean


def clean_email(email: str) -> str:
    """An address as it is kept: in small letters, none of them with accents, so that both databases compare alike."""
    clean = email.strip().lower()
    try:
        validate_email(clean)
        clean.encode("ascii")
    except (ValidationError, UnicodeEncodeError):
        sentence = f'"{email}" is not an e-mail address. Enter one such as name@trust.nhs.uk.'
        raise UnableToEnrol("email", sentence) from None
    return clean


def _end(outside: bool, ends_on: dt.date | None) -> dt.date | None:
    if outside and ends_on is None:
        raise UnableToEnrol("ends_on", "There is no last day. Enter one: people from outside are there for a time.")
    return ends_on


def _check_free(email: str, but: User) -> None:
    if User.objects.called(email).exclude(pk=but.pk).exists():
        raise UnableToEnrol("email", f"{email} is another person's sign-in name. Enter another one.")


def _save(user: User) -> None:
    _check_free(user.email, user)
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError:  # another was faster
        _check_free(user.email, user)
        raise


def update(user: User, **fields: Any) -> None:
    """Write fields of a person as they are in the database now."""
    if not User.objects.filter(pk=user.pk).update(**fields, version=F("version") + 1):
        raise Changed(None)
    user.refresh_from_db()
