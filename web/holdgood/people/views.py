"""Pages about oneself."""

from typing import Any

from allauth.account.views import LoginView
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from holdgood.design import messages
from holdgood.people import actions, chains, forms, second_factor, sessions
from holdgood.people.actions.accounts import invited
from holdgood.people.models import User


def account(request: HttpRequest) -> HttpResponse:
    """How I sign in, and where I am signed in."""
    user = _self(request)
    context = {
        "person": user,
        "ways": second_factor.ways(user),
        "passkeys_work": second_factor.passkeys_work(request),
        "sessions": sessions.listed(request, user),
    }
    return render(request, "people/account.html", context)


@require_POST
def session_end(request: HttpRequest, session: int) -> HttpResponse:
    user = _self(request)
    at, chain = timezone.now(), chains.of(user)
    ended = actions.end_session(user=user, session=session, by=user.pk.hex, chain=chain, at=at)
    messages.done(request, "That session is ended." if ended else "That session had ended already.")
    return redirect("account")


@require_POST
def sessions_end_others(request: HttpRequest) -> HttpResponse:
    user = _self(request)
    key, at, chain = request.session.session_key or "", timezone.now(), chains.of(user)
    ended = actions.end_other_sessions(user=user, but=key, by=user.pk.hex, chain=chain, at=at)
    sessions.renew(request, user)
    messages.done(request, f"All other sessions are ended ({ended}).")
    return redirect("account")


class SignIn(LoginView):  # type: ignore[misc]
    """The sign-in library's page, which also says whether passkeys work at this address."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"passkeys_work": second_factor.passkeys_work(self.request)}


sign_in = SignIn.as_view()


@never_cache
@sensitive_post_parameters("password")
@login_not_required
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The first page that somebody sees: a password, and they are in."""
    at = timezone.now()
    try:
        form = forms.Accept(invited(token, at), request.POST or None)
        if not form.is_valid():
            return render(request, "people/invitation.html", {"form": form, "person": form.user})
        user = actions.accept(token=token, password=form.cleaned_data["password"], at=at)
    except actions.InvitationOver:
        return render(request, "people/invitation-over.html", status=410)
    sessions.enter(request, user, at)
    return redirect("account")


def too_many(request: HttpRequest) -> HttpResponse:
    """Asked for too often from one place: what the sign-in library answers then."""
    answer = render(request, "people/too-many.html", status=429)
    answer["Retry-After"] = "60"
    return answer


def _self(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # SignInMiddleware
    return request.user
