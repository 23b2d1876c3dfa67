"""Every row of data has one owner place. What a person may see of a table is one queryset, for whatever asks."""

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from holdgood.places.permissions import Permission

if TYPE_CHECKING:
    from holdgood.places.access import Actor

Row = TypeVar("Row", bound=models.Model)


class ScopedQuerySet(models.QuerySet[Row]):
    """`visible_to` stands behind lists, objects, charts, exports, counts, search and foreign keys alike."""

    place_path = "place__path"
    holds_below = False  # what holds for an area (a definition, a target) is seen by all who work below

    def visible_to(self, actor: "Actor", permission: Permission) -> Self:
        """Rows of the areas in which the actor has the permission, and rows that are shared with them."""
        seen = []
        for path in actor.paths(permission):
            seen.append(Q(**{f"{self.place_path}__startswith": path}))
            if self.holds_below and permission.is_view:
                seen.append(Q(**{f"{self.place_path}__in": above(path)}))
        kind = getattr(self.model, "shared_as", "")
        if kind in actor.shared:
            seen.append(Q(Exists(_shares(kind, actor, permission))))
        return self.filter(reduce(or_, seen)) if seen else self.none()


def above(path: str) -> list[str]:
    """The paths of the places that one lies in, from the top."""
    keys = path.split("/")[:-1]
    return ["/".join(keys[:n]) + "/" for n in range(1, len(keys))]


def _shares(kind: str, actor: "Actor", permission: Permission) -> models.QuerySet[Any]:
    share = apps.get_model("places", "Share")
    receiver = Q(to_user=actor.user)
    for path in actor.paths(permission):
        receiver |= Q(to_place__path__startswith=path)
    levels = ["view", "contribute"] if permission.is_view else ["contribute"]
    running = share.running(actor.on)
    rows: models.QuerySet[Any] = share.objects.filter(running, receiver, kind=kind, thing=OuterRef("pk"))
    return rows.filter(level__in=levels)


class Scoped(models.Model):
    """A row with an owner place. `shared_as` names its kind where single rows of it can be shared."""

    place = models.ForeignKey("places.Place", models.PROTECT, related_name="+")

    shared_as: ClassVar[str] = ""
    view_permission: ClassVar[Permission] = Permission.PLACE_VIEW

    class Meta:
        abstract = True
