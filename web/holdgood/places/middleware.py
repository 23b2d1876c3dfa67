"""Who asks, put on every request; and the third gate: no page answers that nothing was asked about."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from holdgood.people import access as people
from holdgood.places.access import Actor
from holdgood.places.guard import NotAllowed, NotVisible
from holdgood.places.here import Here
from holdgood.trail import actions as trail

Answer = Callable[[HttpRequest], HttpResponseBase]


class Unguarded(RuntimeError):
    """A view answered without having asked whether it may: a fault of the program, and nobody sees the answer."""


class ActorMiddleware:
    """`request.actor`: the person and the time of the request; `request.here`: the area they are in."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        user = request.user if request.user.is_authenticated else None
        request.actor = Actor(user, timezone.now())  # type: ignore[attr-defined]
        request.here = Here(request)  # type: ignore[attr-defined]
        return self.answer(request)


class GateMiddleware:
    """Refuses answers of views that no guard has passed, and puts refusals into the trail."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.answer(request)
        match = request.resolver_match
        if match is None or response.status_code >= 400 or getattr(request, "guarded", False):
            return response
        if not getattr(request, "reached", False):
            return response  # no view answered: somebody is sent to set up their second factor first
        if not request.user.is_authenticated and response.status_code == 302:
            return response  # to the sign-in page
        if match.view_name in people.PUBLIC or match.view_name in people.OWN:
            return response
        raise Unguarded(match.view_name or request.path)

    def process_view(self, request: HttpRequest, *_: Any) -> None:
        """The last before the view: what an earlier middleware answers instead of it does not come by here."""
        request.reached = True  # type: ignore[attr-defined]

    def process_exception(self, request: HttpRequest, problem: Exception) -> None:
        if not isinstance(problem, (NotVisible, NotAllowed)):
            return
        actor: Actor = request.actor  # type: ignore[attr-defined]
        if actor.user is None:
            return
        match = request.resolver_match
        with transaction.atomic():
            trail.record(
                chain=actor.chain,
                event="access.request.refused",
                by=actor.id,
                at=actor.at,
                new={"page": match.view_name if match else "", "method": request.method, "asked": request.path[:200]},
                reason=type(problem).__name__,
            )
