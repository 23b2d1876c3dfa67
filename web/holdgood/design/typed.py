"""What was typed is not lost when a session ends: it waits in the new session for the same person, and nobody else."""

from typing import Any

from django.core import signing
from django.http import HttpRequest, QueryDict

KEY = "typed"  # in the session: {"path", "data", "who"}
MARK = "_who"  # the hidden field that names who had the form open
MOST = 200_000  # bytes of text
SENTENCE = "Your session had ended. What you typed is here; nothing has been saved yet."

_signer = signing.Signer(salt="holdgood.design.typed")
_UNSAID = ("password", "csrfmiddlewaretoken", "secret", "token")


def typed(request: HttpRequest) -> QueryDict | None:
    """The data for a form: what was posted, or what was typed here before the session ended, or None."""
    if request.method == "POST":
        return request.POST
    kept = _kept(request)
    if not kept or kept.get("path") != request.path:
        return None
    del request.session[KEY]
    if kept.get("who") != _person(request):
        return None
    data = QueryDict(mutable=True)
    for name, values in kept.get("data", {}).items():
        data.setlist(name, values)
    data._mutable = False
    request.typed_before = True  # type: ignore[attr-defined]  # the shell says so
    return data


def mark(request: HttpRequest | None) -> str:
    """Who has the form open, signed; nothing for one who is not signed in."""
    person = _person(request) if request is not None else ""
    return _signer.sign(person) if person else ""


def keep(request: HttpRequest) -> bool:
    """Keep what one who is signed out has posted, if the form names who filled it in; no files and no secrets."""
    try:
        who = _signer.unsign(request.POST.get(MARK, ""))
    except signing.BadSignature:
        return False
    data = {name: values for name, values in request.POST.lists() if _may_wait(name)}
    size = sum(len(name.encode()) + sum(len(value.encode()) for value in values) for name, values in data.items())
    if not who or size > MOST:
        return False
    request.session[KEY] = {"path": request.path, "data": data, "who": who}
    return True


def _may_wait(name: str) -> bool:
    return name != MARK and not any(word in name.lower() for word in _UNSAID)


def _kept(request: HttpRequest) -> dict[str, Any] | None:
    return request.session.get(KEY) if hasattr(request, "session") else None


def _person(request: HttpRequest) -> str:
    user = getattr(request, "user", None)
    return str(user.pk) if user is not None and user.is_authenticated else ""
