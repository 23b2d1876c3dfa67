"""The front page, an area's page, search."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from holdgood.home import areas, beginning, searching, tour
from holdgood.home import front as offered
from holdgood.measures.views import drawn, listing
from holdgood.people import actions as people
from holdgood.people import sessions
from holdgood.places import guard, here
from holdgood.places.permissions import Permission


@guard.public("says what Holdgood is, and leads on to where one works")
def front(request: HttpRequest) -> HttpResponse:
    """What Holdgood is; for one who is signed in, the area where they work."""
    found = here.of(request)
    if beginning.needed():
        return redirect("start")
    if found.actor.user is None:
        cast = offered.cast_at() if offered.cast_at else ""
        return render(request, "home/front.html", {"cast": cast})
    if found.place is not None:
        return redirect(here.home(found.place))
    return redirect("shared-with-me")


def area(request: HttpRequest, code: str) -> HttpResponse:
    """An area's page: what changed, what needs whom, what lies in it."""
    place = guard.area(request, code, Permission.PLACE_VIEW)
    actor = guard.actor_of(request)
    seen = areas.of(actor, place)
    sparks = drawn.many(seen.board.shown if seen.board else [], drawn.SPARK)
    context = {"area": place, "seen": seen, "tour": tour.lines(actor), "dot": listing.dot, "sparks": sparks}
    return render(request, "home/area.html", context)


@guard.public("the first page of an installation, for whoever sits at the machine")
def start(request: HttpRequest) -> HttpResponse:
    """Make the trust and its administrator. There as long as no trust is, and only on this machine."""
    if not beginning.needed() or not guard.at_this_machine(request):
        raise Http404
    form = beginning.Start(request.POST or None)
    if request.method == "POST" and form.is_valid():
        at = guard.actor_of(request).at
        try:
            user = beginning.begin(at=at, **form.cleaned_data)
        except beginning.UnableToEnrol as problem:
            form.add_error(problem.field if problem.field in form.fields else None, str(problem))
        else:
            sessions.enter(request, user, at)
            return redirect("front")
    return render(request, "home/start.html", {"form": form})


@guard.own("finds only what the one who asks may see")
def search(request: HttpRequest) -> HttpResponse:
    """Everything that has all the words of the question, as far as one may see it."""
    asked = request.GET.get("q", "").replace("\0", "").strip()[: searching.LONGEST]
    return render(
        request, "home/search.html", {"asked": asked, "found": searching.find(guard.actor_of(request), asked)}
    )


@guard.own("puts away the lines of one's own first day, or brings them back")
def tour_away(request: HttpRequest) -> HttpResponse:
    """Put the tour away; from the help page it can be had again."""
    actor = guard.actor_of(request)
    if request.method == "POST" and actor.user is not None:
        again = request.POST.get("again") == "1"
        people.tour_taken(user=actor.user, at=None if again else actor.at)
    return redirect("front")


@guard.public("anybody may ask how to go on")
def help_page(request: HttpRequest) -> HttpResponse:
    """Where to find help."""
    return render(request, "home/help.html", {})
