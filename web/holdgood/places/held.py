"""What this app holds about a person: given out to them, and what of it is blanked when they are forgotten.

Who held which role when stays, under an id that leads to nobody: it says who could see what.
"""

from collections.abc import Iterable

from django.db.models import Q

from holdgood.people.models import User
from holdgood.people.records import Kind, Row, register
from holdgood.places.models import Cover, Holding, Place, Share


def roles(user: User) -> Iterable[Row]:
    rows = Holding.objects.filter(user=user).order_by("from_on", "pk")
    yield from map(dict, rows.values("role", "place__name", "from_on", "until_on", "given_at"))


def covers(user: User) -> Iterable[Row]:
    rows = Cover.objects.filter(Q(absent=user) | Q(deputy=user)).order_by("from_on", "pk")
    yield from map(dict, rows.values("absent", "deputy", "from_on", "until_on", "reason"))


def shares(user: User) -> Iterable[Row]:
    rows = Share.objects.filter(to_user=user).order_by("from_on", "pk")
    yield from map(dict, rows.values("kind", "thing", "level", "from_on", "until_on", "reason"))


def coached(user: User) -> Iterable[Row]:
    yield from map(dict, Place.objects.filter(coach=user).order_by("code").values("code", "name"))


def register_all() -> None:
    register(Kind("Roles", roles, lambda _: 0))
    register(Kind("Cover", covers, _forget_reasons))
    register(Kind("Shares", shares, lambda _: 0))
    register(Kind("Places coached", coached, lambda user: Place.objects.filter(coach=user).update(coach=None)))


def _forget_reasons(user: User) -> int:
    """Why somebody was away is nobody's business later."""
    return Cover.objects.filter(absent=user).exclude(reason="").update(reason="")
