"""What a test lets another process do at a database of its own."""

import json
import sys

from django.db import transaction

from holdgood.operations.backups import grounds
from holdgood.people.models import User
from holdgood.trail.tests import factories


def fill() -> str:
    """People and a trail."""
    User.objects.create(name="Maud", subject="maud")
    factories.entries(30)
    return "filled"


def count() -> int:
    return User.objects.count()


def stray() -> str:
    """Something that a backup does not hold."""
    User.objects.create(name="After", subject="after")
    return "made"


def snapshot() -> list[int]:
    """People as a snapshot sees them, before and after somebody else adds one, and how many there are then."""
    with grounds.snapshot() as alias:
        before = User.objects.using(alias).count()
        with transaction.atomic():
            User.objects.create(name="Meanwhile", subject="meanwhile")
        return [before, User.objects.using(alias).count(), User.objects.count()]


def main(name: str) -> None:
    sys.stdout.write(json.dumps(globals()[name]()))
