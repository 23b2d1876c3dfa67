"""`holdgood verify trail` and `holdgood verify backup FILE`: is it whole?"""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from holdgood.design import words
from holdgood.operations.backups import grounds, restore
from holdgood.operations.backups.sealed import UnableToOpen
from holdgood.trail import keys
from holdgood.trail.models import Entry
from holdgood.trail.verify import faults


class Command(BaseCommand):
    help = "Check that nothing in the trail was changed, removed, added or reordered; or that a backup can be restored."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["trail", "backup"])
        parser.add_argument("file", nargs="?", type=Path, help="the backup")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["what"] == "trail":
            self._trail()
        elif options["file"] is None:
            raise CommandError("name the backup: holdgood verify backup FILE")
        else:
            self._backup(options["file"])

    def _trail(self) -> None:
        found = list(faults(keys.load(settings.TRAIL_KEYS), settings.TRAIL_ANCHORS))
        for fault in found:
            self.stderr.write(str(fault))
        if found:
            raise CommandError(f"the trail is not whole: {len(found)} of its chains are broken.")
        self.stdout.write(f"the trail is whole: {Entry.objects.count():,} entries.")

    def _backup(self, file: Path) -> None:
        try:
            found = restore.verify(file, beside=grounds.target(), say=self._say)
        except (restore.UnableToRestore, UnableToOpen) as problem:
            raise CommandError(str(problem)) from None
        except FileNotFoundError:
            raise CommandError(f"{file} is not there.") from None
        self.stdout.write(
            f"the backup is whole: {words.count(found.rows, 'row')} of {found.manifest['at']}, restored to try it."
        )

    def _say(self, what: str) -> None:
        self.stdout.write(f"verify: {what}")
