"""holdgood run: everything on one machine, until Ctrl-C."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from holdgood.operations import running


class Command(BaseCommand):
    help = "Set up the database, then run the web server and a worker until Ctrl-C."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--workers", type=int, default=2, help="web server processes (2)")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            running.run(workers=options["workers"], say=self.stdout.write)
        except running.UnableToRun as problem:
            raise CommandError(str(problem)) from None
