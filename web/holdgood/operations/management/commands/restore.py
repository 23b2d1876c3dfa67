"""`holdgood restore FILE`: the database of a backup in the place of the one that is there."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections
from django.utils import timezone

from holdgood.design import words
from holdgood.operations.backups import grounds, restore
from holdgood.operations.backups.sealed import UnableToOpen


class Command(BaseCommand):
    help = "Put a backup back. Stop the web server and the worker first. On any fault nothing is changed."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--force", action="store_true", help="even if the database here is not empty")

    def handle(self, *args: Any, **options: Any) -> None:
        into = grounds.target()
        connections.close_all()
        try:
            done = restore.restore(options["file"], into=into, at=timezone.now(), force=options["force"], say=self._say)
        except (restore.UnableToRestore, UnableToOpen) as problem:
            raise CommandError(f"{problem}\nNothing was changed.") from None
        except FileNotFoundError:
            raise CommandError(f"{options['file']} is not there.") from None
        self.stdout.write(f"restored: {words.count(done.rows, 'row')}, as of {done.manifest['at']}.")
        if done.kept:
            self.stdout.write(f"The database that was here is kept: {done.kept}")
        if done.anchors_kept:
            self.stdout.write(f"Later marks of the trail's end are kept: {done.anchors_kept}")
        self.stdout.write("Next: holdgood migrate, holdgood verify trail, then start web server and worker.")

    def _say(self, what: str) -> None:
        self.stdout.write(f"restore: {what}")
