"""`holdgood verify trail`: is it whole?"""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from holdgood.trail import keys
from holdgood.trail.models import Entry
from holdgood.trail.verify import faults


class Command(BaseCommand):
    help = "Check that nothing in the trail was changed, removed, added or reordered."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["trail"])

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(faults(keys.load(settings.TRAIL_KEYS), settings.TRAIL_ANCHORS))
        for fault in found:
            self.stderr.write(str(fault))
        if found:
            raise CommandError(f"the trail is not whole: {len(found)} of its chains are broken.")
        self.stdout.write(f"the trail is whole: {Entry.objects.count():,} entries.")
