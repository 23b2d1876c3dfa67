"""The cast, and entering as one of them. Only where the demonstration runs, and only on this machine."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from holdgood.demo import making, tree
from holdgood.people import sessions
from holdgood.people.models import User
from holdgood.places import guard


@guard.public("the demonstration's cast are invented, and their trust too")
def cast(request: HttpRequest) -> HttpResponse:
    """Who there is, and what each comes for."""
    _only_here(request)
    return render(request, "demo/cast.html", {"cast": tree.read("fenmoor.toml")["person"]})


@guard.public("entering as one of the invented cast")
@require_POST
def enter(request: HttpRequest, slug: str) -> HttpResponse:
    """Sign in as one of the cast."""
    _only_here(request)
    user = get_object_or_404(User.objects.filter(is_active=True), pk=tree.key(making.SEED, slug))
    sessions.enter(request, user, guard.actor_of(request).at)
    return redirect("front")


def _only_here(request: HttpRequest) -> None:
    if not settings.HOLDGOOD_DEMO or not guard.at_this_machine(request):
        raise Http404
