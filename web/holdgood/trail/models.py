"""Entries of the trail, and the head of each trust's chain. Nothing here is changed or deleted: triggers see to it."""

from django.db import models
from django.db.models import Q


class EntryQuerySet(models.QuerySet["Entry"]):
    def of(self, chain: str) -> "EntryQuerySet":
        """Entries of a trust, in order."""
        return self.filter(chain=chain).order_by("seq")

    def about(self, kind: str, thing: str) -> "EntryQuerySet":
        """What happened to a thing, latest first."""
        return self.filter(kind=kind, thing=thing).order_by("-id")


class Entry(models.Model):
    """One thing that somebody did. `old` and `new` are canonical JSON; personal values stand there as digests alone."""

    chain = models.CharField(max_length=64)  # the trust
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=64)  # a user's id, or the role of one who is anonymous
    place = models.CharField(max_length=64, blank=True)
    event = models.CharField(max_length=80)  # domain.noun.past-participle
    kind = models.CharField(max_length=40, blank=True)
    thing = models.CharField(max_length=64, blank=True)
    old = models.TextField(blank=True)
    new = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    key = models.CharField(max_length=16)  # which key signed it
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    objects = EntryQuerySet.as_manager()

    class Meta:
        db_table = "trail_entries"
        constraints = [
            models.UniqueConstraint(fields=["chain", "seq"], name="trail_one_entry_a_number"),
            models.CheckConstraint(condition=Q(seq__gte=1), name="trail_numbers_from_one"),
        ]
        indexes = [
            models.Index(fields=["kind", "thing"], name="trail_by_thing"),
            models.Index(fields=["chain", "at"], name="trail_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.chain} {self.seq}: {self.event}"


class Head(models.Model):
    """Where a chain ends; signed, so that entries cannot be cut off its end unseen."""

    chain = models.CharField(max_length=64, primary_key=True)
    seq = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)
    key = models.CharField(max_length=16, blank=True)
    signature = models.CharField(max_length=64, blank=True)

    class Meta:
        db_table = "trail_heads"

    def __str__(self) -> str:
        return f"{self.chain} to {self.seq}"


class Salt(models.Model):
    """What a person's values are digested with: once it is deleted, nobody can tell whose they were."""

    person = models.CharField(max_length=64, primary_key=True)
    salt = models.CharField(max_length=64)

    class Meta:
        db_table = "trail_salts"

    def __str__(self) -> str:
        return self.person
