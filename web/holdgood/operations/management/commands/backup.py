"""`holdgood backup`: everything in one sealed file."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from holdgood.design import words
from holdgood.operations import keeping
from holdgood.operations.backups import keys
from holdgood.operations.backups.dump import UnableToBackUp


class Command(BaseCommand):
    help = "Write a sealed backup of the whole database while the service runs. Keys are not in it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("where", nargs="?", type=Path, help="a folder, or a new file (the folder HOLDGOOD_BACKUPS)")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            path, manifest = keeping.make(options["where"], at=timezone.now())
        except UnableToBackUp as problem:
            raise CommandError(str(problem)) from None
        rows = sum(table["rows"] for table in manifest["tables"].values())
        self.stdout.write(f"backup: {path} ({words.count(rows, 'row')}, {words.number(path.stat().st_size)} bytes)")
        if keys.made_here():
            self.stdout.write(
                f"Nobody can open it without the key in {settings.BACKUP_KEYS}: keep a copy of that file, and of the "
                f"other files in {Path(settings.BACKUP_KEYS).parent}, somewhere else than the backups."
            )
