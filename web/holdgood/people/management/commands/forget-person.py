"""`holdgood forget-person`: what is held about one person ends."""  # noqa: N999 - commands are called by their file

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from holdgood.people import actions, chains
from holdgood.people.management.finding import person


class Command(BaseCommand):
    help = "Delete or blank what is held about a person. The trail keeps an id that leads to nobody."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("person", help="their id, or the e-mail address that they sign in with")
        parser.add_argument("--reason", required=True, help="kept in the trail: name no person in it")

    def handle(self, *args: Any, **options: Any) -> None:
        user = person(options["person"])
        done = actions.forget_person(
            user=user, by="forget-person", chain=chains.of(user), at=timezone.now(), reason=options["reason"]
        )
        for title, count in done.items():
            self.stdout.write(f"{title}: {count}")
