"""What most pages of measures begin with: the area, the measure, its series there."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest

from holdgood.measures import charts, periods, refresh, saying
from holdgood.measures.adding import Point
from holdgood.measures.models import Measure, Note, Series
from holdgood.places import guard
from holdgood.places.access import Actor
from holdgood.places.models import Place
from holdgood.places.permissions import Permission

SHARED = (Permission.MEASURE_VIEW, Permission.OBSERVATION_ADD)  # what a share of a single series may let one do


@dataclass(frozen=True)
class Here:
    """A measure at a place, as one who asks may see it; `series` is None before its first number."""

    actor: Actor
    place: Place
    measure: Measure
    series: Series | None

    @property
    def where(self) -> str:
        return saying.where(self.place.name, self.place.kind)

    def may(self, permission: Permission) -> bool:
        """In the area; or, of a series that is shared for it, to add to its numbers."""
        if self.actor.may(permission, self.place):
            return True
        if permission != Permission.OBSERVATION_ADD or self.series is None or self.actor.may_anywhere(permission):
            return False
        return Series.objects.all().visible_to(self.actor, permission).filter(pk=self.series.pk).exists()


def here(request: HttpRequest, code: str, slug: str, permission: Permission = Permission.MEASURE_VIEW) -> Here:
    """The measure of an address: in an area one may see, or as a single series that is shared."""
    actor = guard.actor_of(request)
    shared = shared_series(actor, code, slug, permission) if permission in SHARED else None
    if shared is not None:
        guard.passed(request)
        request.area = shared.place  # type: ignore[attr-defined]  # not kept: one cannot stay where one sees one row
        return Here(actor, shared.place, shared.measure, shared)
    place = guard.area(request, code, permission)
    rows = Measure.objects.filter(place=place.root_id or place.pk)
    measure = guard.find(request, rows, Permission.MEASURE_VIEW, slug=slug)
    series = (
        Series.objects.all().visible_to(actor, Permission.MEASURE_VIEW).filter(measure=measure, place=place).first()
    )
    return Here(actor, place, measure, series)


def shared_series(actor: Actor, code: str, slug: str, permission: Permission) -> Series | None:
    """The series of an address, if it is shared for that though its area is not one's own."""
    if Series.shared_as not in actor.shared:
        return None
    rows = Series.objects.all().visible_to(actor, permission)
    found = rows.filter(place__code=code, measure__slug=slug).select_related("place", "measure").first()
    return None if found is None or actor.may(permission, found.place) else found


def notes_of(found: Here) -> list[Note]:
    """What happened, as far as one may see it; those for whom a series is shared see its numbers alone."""
    rows = Note.objects.all().visible_to(found.actor, Permission.MEASURE_VIEW)
    there = rows.filter(measure=found.measure, place=found.place, removed_at__isnull=True)
    return list(there.select_related("made_by", "measure", "place"))


def above(found: Here) -> list[UUID]:
    """The place and those that it lies in: what is promised there holds here."""
    return [found.place.pk, *Place.objects.above(found.place).values_list("pk", flat=True)]


def asked(found: Here) -> charts.Asked:
    """What the engine is asked: every period from the first to the last, missing ones as gaps."""
    points = [] if found.series is None else refresh.points_of(found.series)
    return refresh.asked([(found.measure, found.place, without_gaps(points, found.measure), False)])[0]


def without_gaps(points: list[Point], measure: Measure) -> list[Point]:
    """Periods that nobody reported stand as rows without data, so that a chart's line breaks there."""
    if not points:
        return []
    known = {point.period: point for point in points}
    every = periods.between(points[0].period, points[-1].period, measure.granularity)
    return [known.get(period, Point(period, None, None, 0, points[-1].of)) for period in every]
