"""Where one is: the area of the address, kept while one moves between pages, and the places one was at."""

from functools import cached_property
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse

from holdgood.places import scoped
from holdgood.places.access import Actor
from holdgood.places.models import Place
from holdgood.places.permissions import Permission

RECENT = 6
KEY = "areas"  # in the session: codes of places, the latest first


class Here:
    """Of one request; each part is looked up once, and only if the page shows it."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @property
    def actor(self) -> Actor:
        actor: Actor = self.request.actor  # type: ignore[attr-defined]
        return actor

    @cached_property
    def visited(self) -> list[Place]:
        """The places one was at, the latest first, as far as one may still see them."""
        codes: list[str] = self.request.session.get(KEY, [])
        found = {place.code: place for place in self._shown}
        return [found[code] for code in codes if code in found]

    @cached_property
    def _shown(self) -> list[Place]:
        """The places one was at and those above the area, by one question: every page asks for both."""
        area: Place | None = getattr(self.request, "area", None)
        wanted = Q(code__in=self.request.session.get(KEY, []))
        if area is not None:
            wanted |= Q(path__in=scoped.above(area.path))
        seen = Place.objects.visible_to(self.actor, Permission.PLACE_VIEW).filter(wanted)
        named = ("code", "name", "kind", "path", "parent__name", "root__name")  # a third of the time of whole rows
        return list(seen.select_related("parent", "root").only(*named).order_by("path"))

    @cached_property
    def place(self) -> Place | None:
        """The area of the address; else the last one; else the one where one works."""
        area: Place | None = getattr(self.request, "area", None)
        if area is not None or self.actor.user is None:
            return area
        if self.visited:
            return self.visited[0]
        home = self.actor.home
        if home is None:
            return None
        seen = Place.objects.visible_to(self.actor, Permission.PLACE_VIEW)
        return seen.filter(pk=home).select_related("parent", "root").first()

    @cached_property
    def steps(self) -> list[tuple[str, str]]:
        """The crumbs down to the area: name and address of each place that one may see."""
        area: Place | None = getattr(self.request, "area", None)
        if area is None:
            return []
        paths = scoped.above(area.path)
        above = [place for place in self._shown if place.path in paths]
        shown = [*above, area] if self.actor.may(Permission.PLACE_VIEW, area) else []
        return [(place.name, home(place)) for place in shown] or [(area.name, "")]

    def remember(self, place: Place) -> None:
        """Keep the area for the next pages; the session is written only when it is another one."""
        codes: list[str] = self.request.session.get(KEY, [])
        if codes[:1] != [place.code]:
            self.request.session[KEY] = [place.code, *(code for code in codes if code != place.code)][:RECENT]


def home(place: Place) -> str:
    """The address of an area."""
    return reverse("area", args=[place.code])


def of(request: HttpRequest) -> Here:
    here: Here = request.here  # type: ignore[attr-defined]
    return here


def switcher(request: HttpRequest) -> dict[str, Any] | None:
    """What the shell shows of where one is."""
    if not hasattr(request, "here") or of(request).actor.user is None:
        return None
    place = of(request).place
    if place is None:
        return None
    recent = [each for each in of(request).visited if each.pk != place.pk]
    return {
        "name": place.name,
        "above": above(place),
        "url": reverse("place-list"),
        "recent": [{"name": each.name, "above": above(each), "url": home(each)} for each in recent],
    }


def above(place: Place) -> str:
    """Medicine · Fenmoor NHS Trust."""
    names = []
    if place.parent is not None and place.parent_id != place.root_id:
        names.append(place.parent.name)
    if place.root is not None and place.root_id != place.pk:
        names.append(place.root.name)
    return " · ".join(names)


def account(request: HttpRequest) -> dict[str, Any] | None:
    """The person, and what is theirs."""
    if not hasattr(request, "here") or of(request).actor.user is None:
        return None
    user = of(request).actor.user
    links = [
        {"text": "My account", "url": reverse("account")},
        {"text": "My roles and cover", "url": reverse("my-roles")},
        {"text": "Shared with me", "url": reverse("shared-with-me")},
        {"text": "Sign out", "url": reverse("account_logout"), "post": True},
    ]
    return {"name": user.name if user else "", "links": links}
