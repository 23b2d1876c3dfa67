"""The pages for what goes wrong: no detail of the program, what can be done, and a number to quote."""

import errno
import logging
import secrets
import sys
from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import get_template
from django.utils.html import escape

log = logging.getLogger("holdgood.incidents")

_LETTERS = "23456789BCDFGHJKMNPQRSTVWXYZ"  # nothing that is misheard on a telephone


@dataclass(frozen=True)
class Trouble:
    status: int
    title: str
    sentence: str
    ways: tuple[str, ...]


BAD = Trouble(
    400,
    "We could not read what was sent",
    "Nothing was changed.",
    ("Go back and send it again.", "If you followed a link from a letter, copy the whole link."),
)
FORGED = Trouble(
    403,
    "This form can no longer be sent",
    "It was open for too long, or in a browser that keeps no cookies. Nothing was changed.",
    ("Go back, copy what you typed, load the page again and send it.", "Allow cookies for this site."),
)
DENIED = Trouble(
    403,
    "You may see this, but not do that with it",
    "Nothing was changed.",
    ("Ask who leads this place to do it, or to give you the role.",),
)
MISSING = Trouble(
    404,
    "There is no such page for you",
    "It does not exist, or it belongs to a place that you have no role in.",
    ("Look at the address for a slip.", "Ask who sent you the link whether you have a role in that place."),
)
METHOD = Trouble(
    405,
    "This page cannot be asked for in that way",
    "Nothing was changed.",
    ("Go back and use the buttons of the page.",),
)
TOO_BIG = Trouble(
    413,
    "What was sent is too large",
    "Nothing was changed.",
    ("Send less at once: a shorter text, or fewer rows.",),
)
FAILED = Trouble(
    500,
    "Something in Holdgood did not work",
    "What you last sent may not have been saved. The fault has been written down under the number below.",
    (
        "Go back, and look whether your change is there.",
        "Try again in some minutes.",
        "If it stays, tell who runs Holdgood here, with the number.",
    ),
)


FULL = Trouble(
    507,
    "There is no room left to keep this",
    "Nothing of what you sent was saved, and nothing is half-saved: the disk of the server is full.",
    (
        "Keep what you typed: go back, and copy it.",
        "Tell who runs Holdgood here, with the number. They make room; nothing else is needed.",
    ),
)
BUSY = Trouble(
    503,
    "Too much is being saved at this moment",
    "Nothing of what you sent was saved.",
    ("Go back, and send it again.", "If it stays so, tell who runs Holdgood here, with the number."),
)


def incident() -> str:
    """A short number for a person to quote and a log to be searched for."""
    made = "".join(secrets.choice(_LETTERS) for _ in range(8))
    return f"{made[:4]}-{made[4:]}"


def bad_request(request: HttpRequest, exception: BaseException | None = None) -> HttpResponse:
    return page(request, TOO_BIG if isinstance(exception, RequestDataTooBig) else BAD, exception)


def denied(request: HttpRequest, exception: BaseException | None = None) -> HttpResponse:
    return page(request, DENIED, exception)


def missing(request: HttpRequest, exception: BaseException | None = None) -> HttpResponse:
    return page(request, MISSING, exception)


def failed(request: HttpRequest) -> HttpResponse:
    return page(request, _cause(sys.exc_info()[1]), None)


def _cause(problem: BaseException | None) -> Trouble:
    """A full disk and a busy database have pages of their own: there, people can do something."""
    while problem is not None:
        said = str(problem).lower()
        if getattr(problem, "errno", None) == errno.ENOSPC or "disk is full" in said or "no space left" in said:
            return FULL
        if isinstance(problem, OperationalError) and ("is locked" in said or "lock timeout" in said):
            return BUSY
        problem = problem.__cause__ or problem.__context__
    return FAILED


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001  # Django passes it by name
    """Django's check of forms against forgery said no."""
    return page(request, FORGED, None)


def page(request: HttpRequest, trouble: Trouble, exception: BaseException | None) -> HttpResponse:
    """The page; if even the shell cannot be made (no database), the same words without it."""
    number = incident()
    _write_down(request, trouble, number, exception)
    context = {"trouble": trouble, "incident": number}
    try:
        body = get_template("design/error.html").render(context, request)
    except Exception:  # whatever broke the shell must not hide what went wrong first
        body = bare(trouble, number)
    return HttpResponse(body, status=trouble.status)


def bare(trouble: Trouble, number: str) -> str:
    """The page without shell, style sheet or database."""
    ways = "".join(f"<li>{escape(way)}</li>" for way in trouble.ways)
    return (
        '<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(trouble.title)} – Holdgood</title></head><body><main><h1>{escape(trouble.title)}</h1>"
        f"<p>{escape(trouble.sentence)}</p><h2>What you can do</h2><ul>{ways}</ul>"
        f'<p>Number of this incident: {number}</p><p><a href="/">Front page</a></p></main></body></html>'
    )


def _write_down(request: HttpRequest, trouble: Trouble, number: str, exception: BaseException | None) -> None:
    """One line with the page's name, never its address: addresses of concerns and receipts are secrets."""
    match = request.resolver_match
    level = logging.ERROR if trouble.status >= 500 else logging.WARNING if trouble.status != 404 else logging.INFO
    kind = type(exception).__name__ if exception else ""
    name = match.view_name if match else ""
    told = sys.exc_info() if trouble.status >= 500 else None
    log.log(level, "incident %s: %s %s %s %s", number, trouble.status, request.method, name, kind, exc_info=told)


class Middleware:
    """Gives Django's empty "method not allowed" a page of its own."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.answer(request)
        if response.status_code != 405 or not isinstance(response, HttpResponse) or response.content:
            return response
        made = page(request, METHOD, None)
        made.headers["Allow"] = response.headers.get("Allow", "")
        return made
