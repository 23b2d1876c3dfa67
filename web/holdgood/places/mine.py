"""What is a person's own: their roles with those they stand in for, and cover."""

from uuid import UUID

from django.db.models import Q, QuerySet

from holdgood.people.models import User
from holdgood.places import access
from holdgood.places.access import Actor
from holdgood.places.actions import roles
from holdgood.places.models import Cover, Holding, Place
from holdgood.places.permissions import Permission


def held(actor: Actor, user: User) -> list[Holding]:
    """One's own roles first."""
    rows = Holding.objects.reaching(user, actor.on, absent=actor.absent).select_related("place__root", "user")
    return sorted(rows, key=lambda row: (row.user_id != user.pk, row.user.name, row.place.name, row.role))


def covers(actor: Actor) -> QuerySet[Cover]:
    """Of oneself, and for others; now and to come."""
    rows = Cover.objects.filter(Q(absent=actor.user) | Q(deputy=actor.user), until_on__gte=actor.on)
    return rows.select_related("absent", "deputy").order_by("from_on")


def cover(actor: Actor, pk: UUID) -> Cover | None:
    """One that the actor may end."""
    found = Cover.objects.filter(pk=pk).select_related("absent", "place").first()
    return found if found is not None and roles.may_cover(actor, found.absent, actor.on) else None


def absent(actor: Actor, pk: UUID) -> User | None:
    """Somebody for whom the actor may set cover, or whom they at least see: the first may, the second is told."""
    rows = Holding.objects.visible_to(actor, Permission.ROLE_VIEW).filter(user=pk)
    seen = Q(pk__in=rows.values("user")) | Q(pk__in=access.people_seen(actor).values("pk"))
    found: User | None = User.objects.filter(seen, pk=pk).first()
    return found


def trust(user: User, actor: Actor) -> Place | None:
    """The trust of the roles that are covered: of the first of them."""
    rows = Holding.objects.filter(user=user).filter(Q(until_on__isnull=True) | Q(until_on__gte=actor.on))
    first = rows.select_related("place__root").order_by("from_on", "given_at").first()
    return None if first is None else first.place.root or first.place
