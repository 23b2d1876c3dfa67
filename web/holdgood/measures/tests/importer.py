"""A process that brings files in, over and over, to be killed at any moment. `main` acts for a test in another one.

`kills 200 800` forks so many importers of so many rows each, kills each at a random moment, and reports: how many were
acknowledged, how many of those are lost, and how many batches are there in part.
"""

import datetime as dt
import json
import os
import random
import signal
import sys
import time
from decimal import Decimal

from django.conf import settings
from django.db import connection, connections
from django.db.models import Count

from holdgood.measures import periods
from holdgood.measures.actions import counting
from holdgood.measures.actions.counting import Counted
from holdgood.measures.models import Batch, Measure, Observation
from holdgood.measures.tests.factories import measure
from holdgood.places.models import Place
from holdgood.places.tests.factories import AT, SETTING_UP, Trust
from holdgood.trail import keys, verify

FIRST = dt.date(2000, 1, 1)


def seed() -> None:
    made = Trust()
    measure(made.trust)


def bring(number: int, rows: int, told: int) -> None:
    """Stage and commit one file; what is told through the pipe was acknowledged."""
    trust = Place.objects.get(code="fenmoor-nhs-trust")
    falls = Measure.objects.get(slug="falls")
    wards = list(Place.objects.filter(kind="ward", root=trust).order_by("code"))
    counted = [
        Counted(falls.pk, ward.pk, periods.following(FIRST, "month", step), Decimal(number), Decimal(1000 + step))
        for ward in wards
        for step in range(rows // len(wards))
    ]
    at = AT + dt.timedelta(seconds=number)
    batch = counting.stage(
        by=SETTING_UP, at=at, place=trust, rows=counted, file=f"{number}.csv", digest=f"{number:064}", report={}
    )
    counting.commit(by=SETTING_UP, at=at, batch=batch, version=batch.version)
    os.write(told, b"%d\n" % number)


def kills(count: int, rows: int) -> dict[str, object]:
    chance = random.Random(random.randrange(2**32))
    reader, writer = os.pipe()
    _measured(0, rows, writer)
    took = _measured(1, rows, writer)  # as all that follow: every number is a correction
    began = time.monotonic()
    for number in range(2, count + 2):
        connections.close_all()
        child = os.fork()
        if child == 0:
            try:
                bring(number, rows, writer)
            finally:
                os._exit(0)
        time.sleep(chance.uniform(0, took * 1.5))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    seconds = time.monotonic() - began
    os.close(writer)
    with os.fdopen(reader) as acknowledged:
        told = {int(line) for line in acknowledged}
    return {**_report(told, rows), "kills": count, "seconds": round(seconds, 1), "one": round(took, 3)}


def _measured(number: int, rows: int, writer: int) -> float:
    """How long one import takes that nobody kills: so that kills fall on all of it."""
    connections.close_all()
    began = time.monotonic()
    child = os.fork()
    if child == 0:
        try:
            bring(number, rows, writer)
        finally:
            os._exit(0)
    os.waitpid(child, 0)
    return time.monotonic() - began


def _report(told: set[int], rows: int) -> dict[str, object]:
    written = dict(Observation.objects.values_list("batch").annotate(Count("pk")).order_by())
    batches = {int(each.file.removesuffix(".csv")): each for each in Batch.objects.all()}
    expected = {"staged": (0, rows), "committed": (rows, 0)}  # what is written, what still waits
    partial = [
        number
        for number, each in batches.items()
        if (written.get(each.pk, 0), len(each.staged)) != expected[each.state]
    ]
    known = Observation.objects.known().values("measure", "place", "period_on").annotate(Count("pk"))
    return {
        "acknowledged": len(told),
        "committed": sum(each.state == "committed" for each in batches.values()),
        "staged": sum(each.state == "staged" for each in batches.values()),
        "lost": [number for number in told if number not in batches or batches[number].state != "committed"],
        "partial": partial,
        "known": len(known),
        "known twice": sum(row["pk__count"] > 1 for row in known),
        "trail": [str(each) for each in verify.faults(keys.load(settings.TRAIL_KEYS))],
    }


def main(what: str, *args: str) -> None:
    answer: object = None
    if what == "seed":
        seed()
    else:
        answer = kills(*(int(each) for each in args))
    connection.close()
    sys.stdout.write(json.dumps(answer))
