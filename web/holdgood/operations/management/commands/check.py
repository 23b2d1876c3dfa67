"""`holdgood check`: what is wrong with this deployment, and what to do. Django's own checks are part of it."""

from typing import Any

from django.core.management.commands.check import Command as Django
from django.utils import timezone

from holdgood.design import words
from holdgood.operations import deployment


class Command(Django):
    help = (
        "Say what is wrong with this deployment and what to do about it. Ends with 1 if anything must be mended, with "
        "0 if all is well or only worth knowing. With labels of apps or --tag: Django's checks alone."
    )

    def handle(self, *app_labels: Any, **options: Any) -> None:
        super().handle(*app_labels, **options)
        if app_labels or options.get("tags") or options.get("list_tags"):
            return
        found = deployment.wrong(timezone.now())
        must = [one for one in found if one.must]
        for one in found:
            self.stdout.write(f"{'mend' if one.must else 'note'}: {one.sentence}")
        notes = words.count(len(found) - len(must), "thing")
        if must:
            self.stdout.write(f"check: {words.count(len(must), 'thing')} must be mended, {notes} worth knowing.")
            raise SystemExit(1)
        self.stdout.write(f"check: nothing must be mended, {notes} worth knowing.")
