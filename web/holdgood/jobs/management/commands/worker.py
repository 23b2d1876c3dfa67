"""`holdgood worker`: run the jobs."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils.module_loading import autodiscover_modules

from holdgood.jobs.worker import Loop


class Command(BaseCommand):
    help = (
        "Run background jobs until told to stop. SIGTERM or Ctrl-C: finish the job in hand, or give it back after "
        "--grace seconds. Prints one line of JSON for each thing that happens."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="stop when nothing is due")
        parser.add_argument("--queue", action="append", default=[], help="this queue alone (may be repeated)")
        parser.add_argument("--grace", type=int, default=8, help="seconds for the job in hand to finish (default: 8)")

    def handle(self, *args: Any, **options: Any) -> None:
        autodiscover_modules("background")
        Loop(
            lease=dt.timedelta(seconds=settings.JOB_LEASE_SECONDS),
            queues=options["queue"],
            grace=max(1, options["grace"]),
            tell=self._tell,
        ).run(once=options["once"])

    def _tell(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
