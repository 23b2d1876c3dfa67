"""Measures as a trust counts them, and what was counted: of which period, and known from when until when."""

import datetime as dt
import uuid
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from holdgood.places.models import Dated
from holdgood.places.permissions import Permission
from holdgood.places.scoped import Scoped, ScopedQuerySet
from holdgood.trail.versions import Versioned

PERSON = settings.AUTH_USER_MODEL
GREATEST = Decimal("999999999999999")  # 15 digits: what a double holds exactly


class Granularity(models.TextChoices):
    DAY = "day", "day"
    WEEK = "week", "week"
    MONTH = "month", "month"
    QUARTER = "quarter", "quarter"
    YEAR = "year", "year"


class AddsUp(models.TextChoices):
    SUM = "sum", "the sum of what lies below"
    RATIO = "ratio", "the sum of numerators over the sum of denominators"
    WEIGHTED = "weighted", "the mean, weighted by the denominator"
    NONE = "none", "does not add up: each place reports its own"


class MeasureQuerySet(ScopedQuerySet["Measure"]):
    holds_below = True

    def in_use(self, on: dt.date) -> "MeasureQuerySet":
        return self.filter(Q(retired_on__isnull=True) | Q(retired_on__gt=on))


class Measure(Scoped, Versioned):
    """What is counted, for whom, and how it is charted. It belongs to the trust whose catalogue it is in."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(max_length=60)
    catalogue = models.SlugField(max_length=60, blank=True)  # the shipped definition it was taken from
    name = models.CharField(max_length=160)
    short = models.CharField(max_length=60)
    sentence = models.TextField()
    numerator = models.CharField(max_length=300)
    denominator = models.CharField(max_length=300, blank=True)
    unit = models.CharField(max_length=60)
    per = models.PositiveIntegerField(default=1)
    decimals = models.PositiveSmallIntegerField(default=1)
    chart = models.CharField(max_length=10)
    direction = models.CharField(max_length=10)
    granularity = models.CharField(max_length=10, choices=Granularity, default=Granularity.MONTH)
    adds_up = models.CharField(max_length=10, choices=AddsUp)
    lag_days = models.PositiveSmallIntegerField(default=0)
    owner = models.CharField(max_length=120, blank=True)
    source = models.CharField(max_length=300)
    whole = models.BooleanField(default=False)
    within = models.BooleanField(default=False)  # the numerator is part of the denominator
    minimum = models.DecimalField(max_digits=21, decimal_places=6, null=True, blank=True)
    maximum = models.DecimalField(max_digits=21, decimal_places=6, null=True, blank=True)
    aliases = models.JSONField(default=list, blank=True)  # other names that files use for it
    retired_on = models.DateField(null=True, blank=True)

    view_permission = Permission.MEASURE_VIEW
    objects = MeasureQuerySet.as_manager()

    class Meta:
        db_table = "measures"
        constraints = [
            models.UniqueConstraint(fields=["place", "slug"], name="measures_one_a_slug"),
            models.CheckConstraint(condition=Q(adds_up__in=AddsUp.values), name="measures_add_up_somehow"),
            models.CheckConstraint(condition=Q(granularity__in=Granularity.values), name="measures_granularity"),
            models.CheckConstraint(
                condition=Q(direction__in=["increase", "decrease", "neutral"]), name="measures_direction"
            ),
            models.CheckConstraint(condition=Q(per__gte=1), name="measures_per_something"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_rate(self) -> bool:
        """Whether observations have a denominator."""
        return bool(self.denominator)


class TargetQuerySet(ScopedQuerySet["Target"]):
    holds_below = True


class Target(Scoped, Dated):
    """What is promised, from a day on, at a place and below; with an end value it is a trajectory, straight between."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="targets")
    value = models.DecimalField(max_digits=21, decimal_places=6)
    end_value = models.DecimalField(max_digits=21, decimal_places=6, null=True, blank=True)
    kind = models.CharField(max_length=10, default="trust")
    source = models.CharField(max_length=300)
    set_by = models.CharField(max_length=64)
    set_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    view_permission = Permission.MEASURE_VIEW
    objects = TargetQuerySet.as_manager()

    class Meta:
        db_table = "targets"
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["national", "trust", "place"]), name="targets_kind"),
            models.CheckConstraint(
                condition=Q(end_value__isnull=True) | Q(until_on__isnull=False), name="targets_trajectories_end"
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")), name="targets_end_after_they_begin"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure_id} {self.value} from {self.from_on}"


class Series(Scoped):
    """A measure at a place: its points as they are known now, added up from below, and what the chart says of them.

    Made from observations by `refresh`, in the transaction that changed them: a page reads one row.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="series")
    points = models.JSONField(default=list)  # [first day, numerator, denominator, places that reported, of so many]
    own = models.BooleanField(default=False)  # the place itself reports it
    revision = models.PositiveIntegerField(default=1)  # grows whenever anything drawn changes
    known_at = models.DateTimeField()
    latest_on = models.DateField(null=True, blank=True)
    latest = models.FloatField(null=True, blank=True)
    variation = models.CharField(max_length=20, blank=True)
    assurance = models.CharField(max_length=20, blank=True)
    sentence = models.TextField(blank=True)

    shared_as = "measure"
    view_permission = Permission.MEASURE_VIEW
    objects = ScopedQuerySet.as_manager()

    class Meta:
        db_table = "series"
        constraints = [
            models.UniqueConstraint(fields=["measure", "place"], name="series_one_a_place"),
            models.CheckConstraint(
                condition=Q(latest__isnull=True) | Q(latest__gte=-1e300, latest__lte=1e300), name="series_finite"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure_id} at {self.place_id}"


class Batch(Scoped, Versioned):
    """What came in together: staged, looked at, then committed as a whole, and undone as a whole."""

    class State(models.TextChoices):
        STAGED = "staged", "waiting for you to look"
        COMMITTED = "committed", "brought in"
        UNDONE = "undone", "undone"
        DISCARDED = "discarded", "thrown away"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    source = models.CharField(max_length=20)  # form, file, command, demonstration
    file = models.CharField(max_length=200, blank=True)
    digest = models.CharField(max_length=64, blank=True)  # SHA-256 of what was read
    state = models.CharField(max_length=10, choices=State)
    rows = models.PositiveIntegerField(default=0)
    staged = models.JSONField(default=list)  # the checked rows, until they are committed or thrown away
    report = models.JSONField(default=dict)  # what was converted, left out or asked about
    made_by = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    committed_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.CharField(max_length=64, blank=True)

    view_permission = Permission.MEASURE_VIEW
    objects = ScopedQuerySet.as_manager()

    class Meta:
        db_table = "batches"
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["staged", "discarded"], committed_at__isnull=True)
                | Q(state__in=["committed", "undone"], committed_at__isnull=False),
                name="batches_committed_when",
            ),
            models.CheckConstraint(condition=Q(undone_at__isnull=True) | Q(state="undone"), name="batches_undone_when"),
        ]
        indexes = [models.Index(fields=["place", "made_at"], name="batches_by_time")]

    def __str__(self) -> str:
        return f"{self.file or self.source} {self.made_at:%Y-%m-%d}"


class ObservationQuerySet(ScopedQuerySet["Observation"]):
    def known(self, at: dt.datetime | None = None) -> "ObservationQuerySet":
        """As it is known now, or as it was known at a time."""
        if at is None:
            return self.filter(known_until__isnull=True)
        return self.filter(known_from__lte=at).filter(Q(known_until__isnull=True) | Q(known_until__gt=at))


class Observation(Scoped):
    """What was counted at a place over a period, as known from one time until another. "No data" is not zero."""

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="observations")
    period_on = models.DateField()  # the first day of the period
    numerator = models.DecimalField(max_digits=21, decimal_places=6, null=True, blank=True)
    denominator = models.DecimalField(max_digits=21, decimal_places=6, null=True, blank=True)
    known_from = models.DateTimeField()
    known_until = models.DateTimeField(null=True, blank=True)
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="observations")
    sheet = models.CharField(max_length=100, blank=True)
    row = models.PositiveIntegerField(null=True, blank=True)  # of the file
    raw = models.CharField(max_length=300, blank=True)  # the cells as they stood there

    view_permission = Permission.MEASURE_VIEW
    objects = ObservationQuerySet.as_manager()

    class Meta:
        db_table = "observations"
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "place", "period_on"],
                condition=Q(known_until__isnull=True),
                name="observations_one_known",
            ),
            models.CheckConstraint(
                condition=Q(numerator__isnull=True) | Q(numerator__gte=-GREATEST, numerator__lte=GREATEST),
                name="observations_numerator_finite",
            ),
            models.CheckConstraint(
                condition=Q(denominator__isnull=True) | Q(denominator__gte=0, denominator__lte=GREATEST),
                name="observations_denominator_finite",
            ),
            models.CheckConstraint(
                condition=Q(known_until__isnull=True) | Q(known_until__gte=F("known_from")),
                name="observations_known_forwards",
            ),
        ]
        indexes = [models.Index(fields=["measure", "period_on"], name="observations_of_a_measure")]

    def __str__(self) -> str:
        return f"{self.measure_id} {self.place_id} {self.period_on}"

    @property
    def no_data(self) -> bool:
        return self.numerator is None

    @property
    def key(self) -> tuple[uuid.UUID, uuid.UUID, dt.date]:
        return (self.measure_id, self.place_id, self.period_on)


class Note(Scoped, Versioned):
    """Something that happened: a note, a new average from that day (a step), or a point set aside (a ghost)."""

    class Kind(models.TextChoices):
        NOTE = "note", "note"
        STEP = "step", "new average"
        GHOST = "ghost", "point set aside"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="notes")
    kind = models.CharField(max_length=5, choices=Kind, default=Kind.NOTE)
    on = models.DateField()
    title = models.CharField(max_length=80, blank=True)
    text = models.TextField()
    made_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.CharField(max_length=64, blank=True)

    view_permission = Permission.MEASURE_VIEW
    objects = ScopedQuerySet.as_manager()

    class Meta:
        db_table = "notes"
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["note", "step", "ghost"]), name="notes_kind"),
            models.UniqueConstraint(
                fields=["measure", "place", "kind", "on"],
                condition=Q(removed_at__isnull=True) & ~Q(kind="note"),
                name="notes_one_step_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.on}"
