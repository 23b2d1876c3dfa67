"""Between a request and its page: does the session go on, is somebody signed in, have they the second factor."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils import timezone

from holdgood.design import messages, typed
from holdgood.people import second_factor, sessions, words
from holdgood.people.access import OWN, PUBLIC, SETTING_UP
from holdgood.people.actions import signing
from holdgood.people.models import User

Answer = Callable[[HttpRequest], HttpResponseBase]


class SessionMiddleware:
    """Ends sessions that are old, idle, or of somebody who has left. Costs no query beyond session and person."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        at = timezone.now()
        over = sessions.check(request, at)
        if over is not None:
            user = request.user
            if isinstance(user, User):
                signing.signed_out(user=user, at=at, reason=over.name.lower())
            sessions.end(request)
            messages.failed(request, over.sentence)
        return self.answer(request)


class SignInMiddleware(LoginRequiredMiddleware):
    """Pages ask for a sign-in unless they are marked as open. What was typed meanwhile is kept until then."""

    def handle_no_permission(self, request: HttpRequest, view_func: Callable[..., Any]) -> HttpResponseRedirect:
        match = request.resolver_match
        if request.method == "POST" and match is not None and match.view_name not in OWN | PUBLIC.keys():
            typed.keep(request)  # not of pages of this app: passwords and codes are typed there
        return super().handle_no_permission(request, view_func)


class SecondFactorMiddleware:
    """Whoever must have a second factor sets it up before anything else."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.answer(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., Any],
        args: Any,  # noqa: ARG002
        kwargs: Any,  # noqa: ARG002
    ) -> HttpResponseBase | None:
        user, match = request.user, request.resolver_match
        name = match.view_name if match is not None else ""
        if not isinstance(user, User) or name in SETTING_UP or not getattr(view, "login_required", True):
            return None
        if name == "account_logout" or second_factor.has(user) or not second_factor.must(user):
            return None
        messages.failed(request, words.SET_UP)
        return redirect("mfa_index")
