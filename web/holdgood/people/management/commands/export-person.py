"""`holdgood export-person`: all that is held about one person, as JSON."""  # noqa: N999 - commands are called by their file

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from holdgood.people import actions, chains
from holdgood.people.management.finding import person


class Command(BaseCommand):
    help = "Print all that is held about a person, as JSON: what they may ask to be given."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("person", help="their id, or the e-mail address that they sign in with")

    def handle(self, *args: Any, **options: Any) -> None:
        user = person(options["person"])
        held = actions.export_person(user=user, by="export-person", chain=chains.of(user), at=timezone.now())
        self.stdout.write(json.dumps(held, indent=2, ensure_ascii=False, default=str))
