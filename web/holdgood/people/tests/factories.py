"""People to test with."""

import datetime as dt
import time

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from django.contrib.auth import SESSION_KEY

from holdgood.people import actions, keys
from holdgood.people.models import User
from holdgood.trail.models import Entry

NOON = dt.datetime(2026, 11, 25, 12, 0, tzinfo=dt.UTC)
PASSWORD = "heron otter walnut"


def matron(**more) -> User:
    """On the staff, with a password."""
    values = {"name": "Maud Ashworth", "email": "maud@river.example", "password": PASSWORD}
    return actions.enrol(**values | {"by": "test", "chain": "people", "at": NOON} | more)


def partner(**more) -> User:
    """From outside, so that a second factor and an end are a must."""
    values = {"name": "Percy Quill", "email": "percy@charity.example", "outside": True}
    return matron(**values | {"ends_on": dt.date(2099, 12, 31)} | more)


def with_app(user: User) -> str:
    """Give somebody an authenticator app; its secret."""
    secret = auth.generate_totp_secret()
    Authenticator.objects.create(
        user=user, type=Authenticator.Type.TOTP, data={"secret": keys.seal(secret, user.pk.hex)}
    )
    return secret


def code(secret: str) -> str:
    """What the app shows now."""
    return auth.format_hotp_value(auth.hotp_value(secret, int(time.time()) // 30))


def sign_in(client, user: User, password: str = PASSWORD):
    return client.post("/account/sign-in/", {"login": user.email, "password": password})


def signed_in(client) -> bool:
    return SESSION_KEY in client.session


def events() -> list[str]:
    return list(Entry.objects.order_by("id").values_list("event", flat=True))


def whole_trail() -> str:
    """All that the trail holds, as one who reads the database sees it."""
    return "\n".join(str(row) for row in Entry.objects.values_list())
