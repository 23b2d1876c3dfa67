"""What every answer tells the browser: run nothing but our own files, and keep no copy of what a person saw."""

from collections.abc import Callable, Mapping, Sequence

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

Policy = Mapping[str, Sequence[str] | str | bool | None]
Answer = Callable[[HttpRequest], HttpResponseBase]

PERMISSIONS = (
    "camera=(), display-capture=(), geolocation=(), microphone=(), midi=(), payment=(), usb=(), "
    "publickey-credentials-create=(self), publickey-credentials-get=(self)"
)


def policy(directives: Policy) -> str:
    """The header's text of a policy in the shape of Django 6: a directive to its sources, or True for none."""
    told = []
    for name, sources in directives.items():
        if sources is None or sources is False:
            continue
        words = [] if sources is True else [sources] if isinstance(sources, str) else list(sources)
        told.append(" ".join([name, *words]))
    return "; ".join(told)


class Middleware:
    """Outermost but for Django's own, so that files and errors carry the headers too. A view that set one keeps it."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.headers = {
            "Content-Security-Policy": policy(settings.SECURE_CSP),
            "Permissions-Policy": PERMISSIONS,
            "Cross-Origin-Resource-Policy": "same-origin",
            # Wards share computers: after signing out, the Back key must not show what was seen before.
            "Cache-Control": "private, no-store",
        }

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.answer(request)
        for name, value in self.headers.items():
            response.headers.setdefault(name, value)
        return response
