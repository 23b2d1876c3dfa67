"""The organisation tree with its history, and who may do what in it. The past stays where it was."""

import datetime as dt
import uuid
from collections.abc import Collection
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from holdgood.people.models import User
from holdgood.places.roles import ROLES
from holdgood.places.scoped import Scoped, ScopedQuerySet, above
from holdgood.trail.versions import Versioned

PERSON = settings.AUTH_USER_MODEL


class Kind(models.TextChoices):
    SYSTEM = "system", "System"
    TRUST = "trust", "Trust"
    DIVISION = "division", "Division"
    SPECIALTY = "specialty", "Specialty"
    WARD = "ward", "Ward"
    TEAM = "team", "Team"
    SITE = "site", "Site"


ABOVE: dict[str, frozenset[str]] = {  # what a place of each kind may lie in
    Kind.SYSTEM: frozenset(),
    Kind.TRUST: frozenset({Kind.SYSTEM}),
    Kind.DIVISION: frozenset({Kind.TRUST}),
    Kind.SITE: frozenset({Kind.SYSTEM, Kind.TRUST, Kind.DIVISION}),
    Kind.SPECIALTY: frozenset({Kind.TRUST, Kind.DIVISION, Kind.SITE}),
    Kind.WARD: frozenset({Kind.TRUST, Kind.DIVISION, Kind.SPECIALTY, Kind.SITE}),
    Kind.TEAM: frozenset({Kind.SYSTEM, Kind.TRUST, Kind.DIVISION, Kind.SPECIALTY, Kind.SITE, Kind.WARD}),
}


class Facts(models.Model):
    """What is known of a place at a time: now on the place itself, then on each spell of its history."""

    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=Kind)
    parent = models.ForeignKey("Place", models.PROTECT, null=True, blank=True, related_name="+")
    path = models.CharField(max_length=200)  # the keys of all places above and its own, each ended by a stroke
    ods = models.CharField(max_length=10, blank=True)
    beds = models.PositiveIntegerField(null=True, blank=True)
    staff = models.PositiveIntegerField(null=True, blank=True)
    remote = models.BooleanField(default=False)
    open_at_night = models.BooleanField(default=False)

    class Meta:
        abstract = True

    FACTS: ClassVar = ("name", "kind", "parent", "path", "ods", "beds", "staff", "remote", "open_at_night")


class PlaceQuerySet(ScopedQuerySet["Place"]):
    place_path = "path"

    def within(self, place: "Place") -> "PlaceQuerySet":
        """The area: a place and all below it."""
        return self.filter(path__startswith=place.path)

    def above(self, place: "Place") -> "PlaceQuerySet":
        """The places that it lies in, from the top."""
        return self.filter(path__in=above(place.path)).order_by("path")

    def open(self, on: dt.date) -> "PlaceQuerySet":
        return self.filter(opened_on__lte=on).filter(Q(closed_on__isnull=True) | Q(closed_on__gt=on))

    def in_order(self) -> "PlaceQuerySet":
        return self.order_by("name", "code")


class Place(Facts, Versioned):
    """A node of the tree. Its code is in addresses and never changes; its key is in paths."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.SlugField(max_length=60, unique=True)
    root = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")  # its trust or system
    led_since = models.DateField(null=True, blank=True)
    coach = models.ForeignKey(PERSON, models.SET_NULL, null=True, blank=True, related_name="+")
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")

    objects = PlaceQuerySet.as_manager()

    class Meta:
        db_table = "places"
        constraints = [
            models.UniqueConstraint(fields=["path"], name="places_one_a_path"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="places_known_kind"),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
                name="places_close_after_opening",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(closed_on__isnull=False), name="places_merged_are_closed"
            ),
        ]
        indexes = [
            models.Index(fields=["ods"], name="places_by_ods"),
            models.Index(fields=["parent"], name="places_up"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> str:
        return self.id.hex[:10]

    @property
    def chain(self) -> str:
        """The trail that tells of it: its trust's, or the system's own."""
        return (self.root_id or self.pk).hex

    def holds(self, other: "Place") -> bool:
        """Whether the other lies in this area."""
        return other.path.startswith(self.path)

    def is_open(self, on: dt.date) -> bool:
        return self.opened_on <= on and (self.closed_on is None or self.closed_on > on)


class SpellQuerySet(ScopedQuerySet["Spell"]):
    def as_at(self, on: dt.date) -> "SpellQuerySet":
        """The tree as it was on a day."""
        return self.filter(from_on__lte=on).filter(Q(until_on__isnull=True) | Q(until_on__gt=on))


class Spell(Scoped, Facts):
    """A stretch of a place's history over which nothing known of it changed: first day, and the day after the last."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="spells")
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    objects = SpellQuerySet.as_manager()

    class Meta:
        db_table = "place_spells"
        constraints = [
            models.UniqueConstraint(fields=["place", "from_on"], name="spells_one_a_day"),
            models.UniqueConstraint(
                fields=["place"], condition=Q(until_on__isnull=True), name="spells_one_current_a_place"
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gt=F("from_on")), name="spells_end_after_they_begin"
            ),
        ]
        indexes = [models.Index(fields=["path"], name="spells_by_path")]

    def __str__(self) -> str:
        return f"{self.name} from {self.from_on}"


class Dated(models.Model):
    """What is from a day to a day, both included."""

    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True

    @staticmethod
    def running(on: dt.date, prefix: str = "") -> Q:
        begun = Q(**{f"{prefix}from_on__lte": on})
        return begun & (Q(**{f"{prefix}until_on__isnull": True}) | Q(**{f"{prefix}until_on__gte": on}))


class HoldingQuerySet(ScopedQuerySet["Holding"]):
    def current(self, on: dt.date) -> "HoldingQuerySet":
        return self.filter(Dated.running(on))

    def reaching(self, user: User, on: dt.date, *, absent: Collection[uuid.UUID]) -> "HoldingQuerySet":
        """A person's own roles, and those of whom they stand in for that day."""
        reached = Q(user=user)
        if absent:
            reached |= Q(user__in=absent, role__in=[role.code for role in ROLES.values() if role.covered])
        return self.current(on).filter(reached).select_related("place")


class Holding(Scoped, Dated):
    """A role that a person holds at a place and everything below it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(PERSON, models.PROTECT, related_name="holdings")
    role = models.CharField(max_length=40)
    given_by = models.CharField(max_length=64)
    given_at = models.DateTimeField()
    ended_by = models.CharField(max_length=64, blank=True)

    objects = HoldingQuerySet.as_manager()

    class Meta:
        db_table = "holdings"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "place"], condition=Q(until_on__isnull=True), name="holdings_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on") - dt.timedelta(days=1)),
                name="holdings_end_after_they_begin",
            ),
        ]
        indexes = [models.Index(fields=["user", "until_on"], name="holdings_of_a_person")]

    def __str__(self) -> str:
        return f"{self.role} of {self.place_id}"

    @property
    def title(self) -> str:
        return ROLES[self.role].title if self.role in ROLES else self.role


class Cover(Scoped, Dated):
    """Somebody is away, and a deputy has their roles meanwhile. It belongs to the absent one's trust."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    absent = models.ForeignKey(PERSON, models.PROTECT, related_name="covers")
    deputy = models.ForeignKey(PERSON, models.PROTECT, related_name="deputising")
    reason = models.CharField(max_length=200, blank=True)
    set_by = models.CharField(max_length=64)
    set_at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        db_table = "covers"
        constraints = [
            models.CheckConstraint(condition=~Q(absent=F("deputy")), name="covers_are_by_another"),
            models.CheckConstraint(
                condition=Q(until_on__isnull=False, until_on__gte=F("from_on") - dt.timedelta(days=1)),
                name="covers_have_an_end",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deputy_id} for {self.absent_id}"


class Level(models.TextChoices):
    VIEW = "view", "see"
    CONTRIBUTE = "contribute", "see and add to"


class Share(Scoped, Dated):
    """One row of data that another place or person may see; always with an end."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=40)  # as its app registered it
    thing = models.UUIDField()
    level = models.CharField(max_length=10, choices=Level, default=Level.VIEW)
    to_place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="+")
    to_user = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(max_length=200)
    given_by = models.CharField(max_length=64)
    given_at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        db_table = "shares"
        constraints = [
            models.CheckConstraint(
                condition=Q(to_place__isnull=True, to_user__isnull=False)
                | Q(to_place__isnull=False, to_user__isnull=True),
                name="shares_are_with_one",
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=False, until_on__gte=F("from_on") - dt.timedelta(days=1)),
                name="shares_have_an_end",
            ),
        ]
        indexes = [models.Index(fields=["kind", "thing"], name="shares_of_a_thing")]

    def __str__(self) -> str:
        return f"{self.kind} {self.thing}"


class Review(Scoped, Versioned):
    """A quarter's look at who may do what in a trust."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    quarter_on = models.DateField()  # its first day
    opened_at = models.DateTimeField()
    due_on = models.DateField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=64, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        db_table = "access_reviews"
        constraints = [models.UniqueConstraint(fields=["place", "quarter_on"], name="reviews_one_a_quarter")]

    def __str__(self) -> str:
        return f"{self.place_id} {self.quarter_on}"


class Decision(Scoped):
    """What was decided of one holding in a review: keep or end, by whom and when."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    review = models.ForeignKey(Review, models.PROTECT, related_name="decisions")
    holding = models.ForeignKey(Holding, models.PROTECT, related_name="+")
    keep = models.BooleanField(null=True)
    decided_by = models.CharField(max_length=64, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        db_table = "access_decisions"
        constraints = [
            models.UniqueConstraint(fields=["review", "holding"], name="decisions_one_a_holding"),
            models.CheckConstraint(
                condition=Q(keep__isnull=True, decided_at__isnull=True)
                | Q(keep__isnull=False, decided_at__isnull=False),
                name="decisions_by_and_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.review_id} {self.holding_id}"
