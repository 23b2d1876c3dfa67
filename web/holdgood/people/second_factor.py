"""Who must have a second factor, and where passkeys work."""

from collections import Counter
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from holdgood.people.models import LOCAL, User


def must(user: User) -> bool:
    """People from outside, unless the setting says all or none. Who signs in elsewhere has theirs there."""
    rule = settings.HOLDGOOD_SECOND_FACTOR
    return user.issuer == LOCAL and (rule == "all" or (rule == "outside" and user.outside))


def has(user: User) -> bool:
    """Known already of the one who asks: their row was read with it."""
    known = getattr(user, "secured", None)
    if known is None:
        known = User.objects.with_second_factor().values_list("secured", flat=True).get(pk=user.pk)
    return bool(known)


def ways(user: User) -> list[dict[str, str]]:
    """Rows of what somebody signs in with, each with a link to change it."""
    from allauth.mfa.models import Authenticator  # it must not be loaded before the apps are

    kinds = Counter(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    app, keys, spare = (kinds[kind] for kind in ("totp", "webauthn", "recovery_codes"))
    none = "none, and you must have one" if must(user) and not app + keys else "none"
    return [
        {"key": "Password", "value": "set", "link": reverse("account_change_password")},
        {"key": "Authenticator app", "value": "set up" if app else none, "link": reverse("mfa_index")},
        {"key": "Passkeys", "value": str(keys) if keys else none, "link": reverse("mfa_list_webauthn")},
        {"key": "Recovery codes", "value": "made" if spare else "none", "link": reverse("mfa_index")},
    ]


def passkey_domain() -> str:
    """The name that passkeys are bound to: an address in numbers is none to browsers, so on one machine localhost."""
    address = urlsplit(settings.HOLDGOOD_ADDRESS)
    return address.hostname or "" if address.scheme == "https" else "localhost"


def passkeys_work(request: HttpRequest) -> bool:
    """Browsers take passkeys under https, and on localhost by that name."""
    return request.is_secure() or request.get_host().partition(":")[0] == "localhost"
