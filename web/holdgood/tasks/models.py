"""What is asked of whom: one list, whoever asks."""

import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from holdgood.places.access import Actor
from holdgood.places.permissions import Permission
from holdgood.places.roles import ROLES
from holdgood.places.scoped import Scoped, ScopedQuerySet
from holdgood.trail.versions import Versioned

PERSON = settings.AUTH_USER_MODEL


class TaskQuerySet(ScopedQuerySet["Task"]):
    def open(self) -> "TaskQuerySet":
        return self.filter(ended_at__isnull=True)

    def of(self, actor: Actor) -> "TaskQuerySet":
        """Asked of the person, of whom they stand in for, or of a role that they have at the place or above it."""
        if actor.user is None or actor.user.has_ended(actor.on):
            return self.none()
        mine = Q(user__in=[actor.user.pk, *actor.absent])
        for held in actor.held:
            mine |= Q(user__isnull=True, role=held.role, place__path__startswith=held.path)
        return self.filter(mine)

    def seen_by(self, actor: Actor) -> "TaskQuerySet":
        """What is asked of the actor, what they have asked, and what is asked in areas where they see tasks."""
        mine = self.of(actor).values("pk")
        area = self.visible_to(actor, Permission.TASK_VIEW).values("pk")
        return self.filter(Q(pk__in=mine) | Q(pk__in=area) | Q(asked_by=actor.id))

    def urgent_first(self) -> "TaskQuerySet":
        """What is due soonest, then what has waited longest."""
        return self.order_by(models.F("due_on").asc(nulls_last=True), "asked_at", "pk")


class Task(Scoped, Versioned):
    """Something that somebody is asked to do. It ends by being done, answered, or no longer needed."""

    class End(models.TextChoices):
        DONE = "done", "done"
        NEEDLESS = "needless", "no longer needed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=40)  # as the app that asks has registered it
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    thing_kind = models.CharField(max_length=40, blank=True)  # of the table of kinds
    thing = models.UUIDField(null=True, blank=True)
    key = models.CharField(max_length=200, null=True, blank=True, unique=True)  # asked once, whoever asks again
    user = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="tasks")
    role = models.CharField(max_length=40, blank=True)  # whoever holds it at the place
    asked_by = models.CharField(max_length=64)
    asked_at = models.DateTimeField()
    due_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=64, blank=True)
    end = models.CharField(max_length=10, choices=End, blank=True)
    answer = models.TextField(blank=True)
    reminded_on = models.DateField(null=True, blank=True)

    view_permission = Permission.TASK_VIEW
    objects = TaskQuerySet.as_manager()

    class Meta:
        db_table = "tasks"
        constraints = [
            models.CheckConstraint(condition=Q(user__isnull=False) ^ ~Q(role=""), name="tasks_asked_of_one"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, end="") | (Q(ended_at__isnull=False) & ~Q(end="")),
                name="tasks_end_somehow",
            ),
            models.CheckConstraint(
                condition=Q(thing__isnull=True, thing_kind="") | (Q(thing__isnull=False) & ~Q(thing_kind="")),
                name="tasks_about_a_kind",
            ),
        ]
        indexes = [
            models.Index(fields=["user", "ended_at"], name="tasks_of_a_person"),
            models.Index(fields=["role", "ended_at"], name="tasks_of_a_role"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def asked_of(self) -> str:
        """The person, or whoever holds the role."""
        if self.user is not None:
            return self.user.name
        return ROLES[self.role].title if self.role in ROLES else self.role

    def overdue(self, on: dt.date) -> bool:
        return self.due_on is not None and self.due_on < on


class Letters(models.Model):
    """How often a person wants to be told by letter of what waits for them."""

    class Often(models.TextChoices):
        DAILY = "daily", "Every working day"
        WEEKLY = "weekly", "On Mondays, and when something is due tomorrow or late"
        NONE = "none", "Never"

    user = models.OneToOneField(PERSON, models.CASCADE, related_name="letters")
    often = models.CharField(max_length=10, choices=Often, default=Often.DAILY)

    class Meta:
        db_table = "task_letters"
        constraints = [
            models.CheckConstraint(condition=Q(often__in=["daily", "weekly", "none"]), name="task_letters_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.often}"
