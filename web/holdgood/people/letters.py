"""Letters about accounts. Links lead to the address of the settings, whatever a request said it was asked as."""

import datetime as dt

from django.conf import settings
from django.urls import reverse

from holdgood.design.words import moment
from holdgood.jobs import outbox
from holdgood.people.models import User

NOT_YOU = "If that was not you, tell your administrator at once, and set a new password: "

TOLD = {  # what the sign-in library tells about, and how it is said
    "account/email/password_changed": ("Your password was changed", "Your password for Holdgood was changed"),
    "account/email/password_set": ("Your password was set", "A password for Holdgood was set"),
    "account/email/password_reset": ("Your password was changed", "Your password for Holdgood was set anew by a link"),
    "mfa/email/totp_activated": ("An authenticator app was added", "An authenticator app was added to your account"),
    "mfa/email/totp_deactivated": (
        "Your authenticator app was removed",
        "The authenticator app was removed from your account",
    ),
    "mfa/email/webauthn_added": ("A passkey was added", "A passkey was added to your account"),
    "mfa/email/webauthn_removed": ("A passkey was removed", "A passkey was removed from your account"),
    "mfa/email/recovery_codes_generated": (
        "New recovery codes were made",
        "New recovery codes were made for your account; those from before no longer work",
    ),
}


def invitation(user: User, secret: str, *, until: dt.datetime, at: dt.datetime) -> None:
    link = address("invitation", token=secret)
    _post(
        user,
        "You are invited to Holdgood",
        "an account was made for you in Holdgood, where improvement is run and proved. Set your password here:",
        f"{link}\n\nThe link works once, until {moment(until)}. After that, ask whoever invited you for another.",
        at=at,
    )


def password_link(user: User, link: str, *, at: dt.datetime) -> None:
    _post(
        user,
        "Set a new password for Holdgood",
        "somebody, probably you, said that your password for Holdgood is forgotten. Set a new one here:",
        f"{link}\n\nThe link works once, for an hour. If you did not ask for it, do nothing: your password stays.",
        at=at,
    )


def told(user: User, kind: str, *, at: dt.datetime) -> None:
    """That something about how they sign in has changed. Kinds that nobody needs to hear of send nothing."""
    if kind in TOLD:
        subject, sentence = TOLD[kind]
        reset = f"{NOT_YOU}{address('account_reset_password')}"
        _post(user, subject, f"{sentence[0].lower()}{sentence[1:]} on {moment(at)}.", reset, at=at)


def address_changed(user: User, *, at: dt.datetime) -> None:
    """To the address that was: the new one is in nobody's letter but its owner's."""
    sentence = f"on {moment(at)} an administrator changed the address by which you sign in to Holdgood."
    _post(user, "Your address was changed", sentence, "If you did not expect that, ask your administrator.", at=at)


def second_factor_recovered(user: User, *, at: dt.datetime) -> None:
    sentence = f"on {moment(at)} an administrator removed the second factors of your account, and ended your sessions."
    after = "Set up new ones after you sign in. If you did not ask for that, tell your administrator at once: "
    _post(user, "Your second factors were removed", sentence, f"{after}{address('account_login')}", at=at)


def address(name: str, **parts: str) -> str:
    return f"{settings.HOLDGOOD_ADDRESS}{reverse(name, kwargs=parts)}"


def _post(user: User, subject: str, sentence: str, more: str, *, at: dt.datetime) -> None:
    if user.email:
        text = f"Dear {user.name},\n\n{sentence}\n\n{more}\n"
        outbox.post(to=user.email, subject=subject, text=text, at=at, urgent=True)
