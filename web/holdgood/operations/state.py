"""The state of the service as a person reads it."""

import datetime as dt
from dataclasses import dataclass

from holdgood.design import words
from holdgood.jobs.models import Job, Mail, State, Worker
from holdgood.operations import readiness
from holdgood.operations.readiness import Check
from holdgood.places.access import Actor
from holdgood.places.models import Place
from holdgood.places.permissions import Permission


@dataclass(frozen=True)
class Service:
    sentence: str
    counted: str
    checks: list[Check]
    dead: int
    waiting: int
    letters: int
    workers: int


def of(at: dt.datetime) -> Service:
    """Everything that `/ready` asks, and the backups."""
    from holdgood.operations import keeping

    checks = [*readiness.checks(), keeping.check(at)]
    wrong = [check for check in checks if not check.ok]
    dead = Job.objects.dead().count()
    return Service(
        sentence=_sentence(wrong, dead),
        counted=words.count(len(checks), "check"),
        checks=checks,
        dead=dead,
        waiting=Job.objects.filter(state=State.READY).count(),
        letters=Mail.objects.waiting().count(),
        workers=Worker.objects.alive().count(),
    )


def _sentence(wrong: list[Check], dead: int) -> str:
    parts = []
    if wrong:
        names = words.listed([check.title.lower() for check in wrong])
        parts.append(f"Holdgood needs somebody: {names}")
    if dead:
        parts.append(f"{words.count(dead, 'job')} given up {'waits' if dead == 1 else 'wait'} for a decision")
    return "; ".join(parts) or "Holdgood works as it should"


def areas(actor: Actor) -> list[Place]:
    """The highest places whose trail one may read."""
    paths = actor.paths(Permission.TRAIL_VIEW)
    return list(Place.objects.visible_to(actor, Permission.TRAIL_VIEW).filter(path__in=paths).in_order())
