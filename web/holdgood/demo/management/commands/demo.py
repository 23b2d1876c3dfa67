"""holdgood demo: make the demonstration."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from holdgood.demo import keeping


class Command(BaseCommand):
    help = "Make the demonstration trust in an empty database; where it is there already, nothing is done."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done = keeping.begin(timezone.now(), say=self.stdout.write)
        except keeping.SomebodysOwn as problem:
            raise CommandError(str(problem)) from None
        if options["verbosity"]:
            self.stdout.write(f"The demonstration is {done}.")
