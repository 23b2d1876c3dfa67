"""The one guard: finding a thing and being allowed to see it are one call. Nothing seen says that nothing is there."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponseBase

from holdgood.places.access import Actor
from holdgood.places.models import Place
from holdgood.places.permissions import Permission
from holdgood.places.scoped import ScopedQuerySet

THIS_MACHINE = ("127.0.0.1", "::1", "")  # the last is a socket of the machine's own
Row = TypeVar("Row", bound=Model)
View = Callable[..., HttpResponseBase]


class NotVisible(Http404):
    """There is no such thing, as far as the one who asks can tell."""


class NotAllowed(PermissionDenied):
    """The thing may be seen, but not this be done with it."""


def area(request: HttpRequest, code: str, permission: Permission) -> Place:
    """The place of an address, if the one who asks has the permission there."""
    place = find(request, Place.objects.select_related("parent", "root"), permission, code=code)
    stay(request, place)
    return place


def stay(request: HttpRequest, place: Place) -> None:
    """The page is about this area: the shell shows it, and keeps it while one moves on."""
    request.area = place  # type: ignore[attr-defined]
    request.here.remember(place)  # type: ignore[attr-defined]


def find(request: HttpRequest, rows: ScopedQuerySet[Row], permission: Permission, **lookup: Any) -> Row:
    """One row, if the one who asks may see it and has the permission."""
    passed(request)
    return found(actor_of(request), rows, permission, **lookup)


def found(actor: Actor, rows: ScopedQuerySet[Row], permission: Permission, **lookup: Any) -> Row:
    """The same outside a request: what actions make of an id that a client sent."""
    row = rows.visible_to(actor, permission).filter(**lookup).first()
    if row is not None:
        return row
    if not permission.is_view:
        shown = getattr(rows.model, "view_permission", Permission.PLACE_VIEW)
        if rows.visible_to(actor, shown).filter(**lookup).exists():
            raise NotAllowed(str(permission))
    raise NotVisible(rows.model._meta.verbose_name)


def require(actor: Actor, permission: Permission, thing: Model) -> None:
    """Raise unless the actor has the permission on the thing: decided by the same queryset as every list."""
    rows = cast(ScopedQuerySet[Any], type(thing)._default_manager.all())
    if actor.name:
        return
    found(actor, rows, permission, pk=thing.pk)


def anywhere(request: HttpRequest, permission: Permission) -> Actor:
    """For pages over all areas of a person: 404 for one who has the permission nowhere."""
    passed(request)
    actor = actor_of(request)
    if not actor.may_anywhere(permission):
        raise NotVisible(str(permission))
    return actor


def public(reason: str) -> Callable[[View], View]:
    """A page that is open to all, and why. It does not ask for a sign-in."""

    def made(view: View) -> View:
        @wraps(view)
        def open_to_all(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            passed(request)
            return view(request, *args, **kwargs)

        open_to_all.login_required = False  # type: ignore[attr-defined]  # Django's middleware reads it
        open_to_all.public_because = reason  # type: ignore[attr-defined]
        return open_to_all

    return made


def own(reason: str) -> Callable[[View], View]:
    """A signed-in person's page about themselves, and what it shows."""

    def made(view: View) -> View:
        @wraps(view)
        def for_oneself(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            passed(request)
            return view(request, *args, **kwargs)

        for_oneself.own_because = reason  # type: ignore[attr-defined]
        return for_oneself

    return made


def at_this_machine(request: HttpRequest) -> bool:
    """Whether whoever asks sits at the machine itself: no proxy has passed the request on for somebody else."""
    passed_on = any(name in request.META for name in ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP"))
    return (
        not passed_on and not settings.ALLAUTH_TRUSTED_PROXY_COUNT and request.META.get("REMOTE_ADDR") in THIS_MACHINE
    )


def passed(request: HttpRequest) -> None:
    """Tell the third gate that this request was asked about."""
    request.guarded = True  # type: ignore[attr-defined]


def actor_of(request: HttpRequest) -> Actor:
    return cast(Actor, request.actor)  # type: ignore[attr-defined]
