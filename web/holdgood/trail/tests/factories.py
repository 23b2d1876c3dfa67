"""A trust's trail to test with."""

import datetime as dt
import itertools

from django.db import connection, transaction

from holdgood.trail import actions
from holdgood.trail.models import Entry

MORNING = dt.datetime(2026, 4, 1, 9, 30, tzinfo=dt.UTC)


def entries(count: int, chain: str = "river") -> list[Entry]:
    """Entries of a trust, a minute apart."""
    with transaction.atomic():
        return [
            actions.record(
                chain=chain,
                event="places.ward.renamed",
                by=f"user-{number % 3}",
                at=MORNING + dt.timedelta(minutes=number, microseconds=123_456),
                place="ward-7",
                kind="place",
                thing=f"ward-{number}",
                old={"name": f"Ward {number}"},
                new={"name": f"Ward {number}a"},
                reason="moved floors",
            )
            for number in range(count)
        ]


def unlocked() -> None:
    """Take the triggers away, as one who owns the database could."""
    names = {
        "sqlite": ["DROP TRIGGER trail_entries_no_update", "DROP TRIGGER trail_entries_no_delete"],
        "postgresql": ["DROP TRIGGER trail_entries_no_change ON trail_entries"],
    }
    with connection.cursor() as cursor:
        for statement in names[connection.vendor]:
            cursor.execute(statement)


def tampering(random, last: int):
    """An endless choice of single edits, deletions, insertions, swaps and cuts of a chain of `last` entries."""
    columns = (
        "at",
        "actor",
        "place",
        "event",
        "kind",
        "thing",
        "old",
        "new",
        "reason",
        "key",
        "previous",
        "hash",
        "seq",
    )
    kinds = ("edit", "delete", "insert", "swap", "cut")
    for turn in itertools.count():
        yield kinds[turn % len(kinds)], random.choice(columns), random.randint(1, last)
