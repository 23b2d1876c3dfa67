"""Who did what in an area, when and why."""

from django.http import HttpRequest, HttpResponseBase

from holdgood.operations import trails
from holdgood.places import guard, listing
from holdgood.places.permissions import Permission


def listed(request: HttpRequest, code: str) -> HttpResponseBase:
    """Entries of the area's places; of a whole trust, everything on its chain."""
    place = guard.area(request, code, Permission.TRAIL_VIEW)
    rows = trails.of(place, guard.actor_of(request))
    return listing.respond(request, "operations/trail.html", trails.shown(place), rows, place=place)
