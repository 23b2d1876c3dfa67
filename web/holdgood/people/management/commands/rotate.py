"""`holdgood rotate`: new keys."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from django.utils import timezone

from holdgood.people import actions
from holdgood.trail import actions as trail
from holdgood.trail import keys


class Command(BaseCommand):
    help = (
        "Make new keys: of the trail's signatures, of second factors, which are sealed again with theirs, and of the "
        "backups to come."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", nargs="?", default="all", choices=["trail", "people", "backup", "all"])

    def handle(self, *args: Any, **options: Any) -> None:
        if options["what"] in ("trail", "all"):
            self._trail()
        if options["what"] in ("people", "all"):
            sealed = actions.rotate(by="rotate", at=timezone.now())
            self.stdout.write(f"people: a new key; {sealed:,} second factors are sealed with it.")
        if options["what"] in ("backup", "all"):
            self._backup()
        self.stdout.write("Copy the key files to where backups of keys are kept: without them nothing can be opened.")

    def _trail(self) -> None:
        made = keys.rotate(settings.TRAIL_KEYS)
        with transaction.atomic():
            trail.record(
                chain="people", event="trail.keys.rotated", by="rotate", at=timezone.now(), new={"key": made.name}
            )
        self.stdout.write(f"trail: {made.name} signs from now on.")

    def _backup(self) -> None:
        if settings.HOLDGOOD_BACKUP_KEY:
            self.stdout.write(
                "backup: the key is HOLDGOOD_BACKUP_KEY: set another, and keep the old one for old backups."
            )
            return
        keys.rotate(settings.BACKUP_KEYS)
        self.stdout.write("backup: a new key seals from now on; older backups still need the older ones.")
