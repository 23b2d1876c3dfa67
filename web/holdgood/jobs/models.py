"""Jobs, the mail that waits to go out, and the workers that were last seen. What must hold is a constraint here."""

import datetime as dt
from collections.abc import Sequence

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now


class State(models.TextChoices):
    READY = "ready"
    RUNNING = "running"
    DONE = "done"
    DEAD = "dead", "given up"  # every attempt failed: a person decides
    DISCARDED = "discarded"


class JobQuerySet(models.QuerySet["Job"]):
    """Questions about jobs. Leases go by the database's own clock, so that workers need not agree on one."""

    def of(self, queues: Sequence[str]) -> "JobQuerySet":
        """Jobs of these queues; of all of them where none is named."""
        return self.filter(queue__in=queues) if queues else self

    def due(self) -> "JobQuerySet":
        """Ready to run, in the order in which they are."""
        return self.filter(state=State.READY, not_before__lte=Now()).order_by("-priority", "id")

    def expired(self) -> "JobQuerySet":
        """Running, says the row, but their worker has been silent for longer than its lease."""
        return self.filter(state=State.RUNNING, lease_until__lt=Now()).order_by("id")

    def abandoned(self) -> "JobQuerySet":
        """Expired, with an attempt left."""
        return self.expired().filter(attempt__lt=F("last_attempt"))

    def spent(self) -> "JobQuerySet":
        """Expired, with no attempt left: what they do may be what kills their workers."""
        return self.expired().filter(attempt__gte=F("last_attempt"))

    def held(self, *, job: int, attempt: int) -> "JobQuerySet":
        """The fence: empty once another worker has taken the job."""
        return self.filter(pk=job, attempt=attempt, state=State.RUNNING)

    def dead(self) -> "JobQuerySet":
        """Given up, latest first: the dead-letter page."""
        return self.filter(state=State.DEAD).order_by("-ended_at", "-id")

    def unfinished(self) -> "JobQuerySet":
        return self.filter(state__in=[State.READY, State.RUNNING])


class Job(models.Model):
    """One piece of work. `attempt` only ever grows: with the id it fences off a worker that lost its lease."""

    task = models.CharField(max_length=200)  # where the function is: module and name
    args = models.JSONField(default=list, blank=True)  # ids and plain JSON alone
    kwargs = models.JSONField(default=dict, blank=True)
    queue = models.CharField(max_length=40, default="default")
    priority = models.SmallIntegerField(default=0)
    key = models.CharField(max_length=200, null=True, blank=True, unique=True)  # asked for once, whoever asks again
    recurring = models.CharField(max_length=80, null=True, blank=True)
    scheduled_for = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.READY)
    enqueued_at = models.DateTimeField(db_default=Now())
    not_before = models.DateTimeField(db_default=Now())
    attempt = models.PositiveIntegerField(default=0)
    last_attempt = models.PositiveIntegerField()
    lease_until = models.DateTimeField(null=True, blank=True)
    worker = models.CharField(max_length=120, null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)  # of the latest attempt
    ended_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)  # of the latest attempt that failed
    done = models.PositiveIntegerField(default=0)
    of = models.PositiveIntegerField(default=0)  # nothing is told of progress while this is 0
    word = models.CharField(max_length=80, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)  # who last retried or discarded it, and when
    decided_by = models.CharField(max_length=64, null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        db_table = "jobs"
        constraints = [
            models.UniqueConstraint(fields=["recurring", "scheduled_for"], name="jobs_recurring_once"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="jobs_known_state"),
            models.CheckConstraint(
                condition=Q(attempt__gte=0, attempt__lte=F("last_attempt"), last_attempt__gte=1), name="jobs_attempts"
            ),
            models.CheckConstraint(
                condition=Q(state=State.RUNNING, lease_until__isnull=False, worker__isnull=False)
                | Q(~Q(state=State.RUNNING), lease_until__isnull=True, worker__isnull=True),
                name="jobs_lease_and_worker_while_running",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[State.READY, State.RUNNING], ended_at__isnull=True)
                | Q(state__in=[State.DONE, State.DEAD, State.DISCARDED], ended_at__isnull=False),
                name="jobs_ended_when_over",
            ),
            models.CheckConstraint(
                condition=Q(recurring__isnull=True, scheduled_for__isnull=True)
                | Q(recurring__isnull=False, scheduled_for__isnull=False),
                name="jobs_recurring_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True)
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="jobs_decided_by_and_when",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.DISCARDED) | Q(decided_at__isnull=False), name="jobs_discarded_by_someone"
            ),
            models.CheckConstraint(condition=Q(done__gte=0, done__lte=F("of")), name="jobs_progress"),
        ]
        indexes = [
            models.Index("state", F("priority").desc(), "id", name="jobs_to_claim"),
            models.Index(fields=["state", "lease_until"], name="jobs_leases"),
            models.Index(fields=["state", "ended_at"], name="jobs_over"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.task}: {self.state}"


class MailQuerySet(models.QuerySet["Mail"]):
    def waiting(self) -> "MailQuerySet":
        """Not sent yet, oldest first."""
        return self.filter(sent_at__isnull=True).order_by("id")


class Mail(models.Model):
    """One letter to one address. Its Message-ID is made with the row, so that a second copy is known for what it is."""

    to = models.CharField(max_length=254)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField(blank=True)
    message_id = models.CharField(max_length=200, unique=True)
    key = models.CharField(max_length=200, null=True, blank=True, unique=True)
    urgent = models.BooleanField(default=False)  # goes out in quiet hours too
    not_before = models.DateTimeField()
    posted_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        db_table = "mails"
        constraints = [
            models.CheckConstraint(condition=~Q(to=""), name="mails_have_an_address"),
            models.CheckConstraint(condition=Q(not_before__gte=F("posted_at")), name="mails_wait_forwards"),
        ]
        indexes = [models.Index(fields=["sent_at"], name="mails_by_sending")]

    def __str__(self) -> str:
        return f"{self.pk} {self.message_id}"


class WorkerQuerySet(models.QuerySet["Worker"]):
    def alive(self) -> "WorkerQuerySet":
        """Seen within a minute, or holding the lease of a job that takes long."""
        busy = Job.objects.filter(worker=models.OuterRef("name"), state=State.RUNNING, lease_until__gte=Now())
        return self.filter(Q(seen_at__gte=Now() - dt.timedelta(minutes=1)) | models.Exists(busy))


class Worker(models.Model):
    """A process that runs jobs, and when it was last seen by the database's clock."""

    name = models.CharField(max_length=120, primary_key=True)
    started_at = models.DateTimeField(db_default=Now())
    seen_at = models.DateTimeField(db_default=Now())

    objects = WorkerQuerySet.as_manager()

    class Meta:
        db_table = "workers"

    def __str__(self) -> str:
        return self.name
