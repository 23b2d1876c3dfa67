"""What the keeping of the service puts into the shell and onto the trail's pages."""

from django.apps import AppConfig
from django.http import HttpRequest
from django.urls import reverse


class Operations(AppConfig):
    name = "holdgood.operations"

    def ready(self) -> None:
        from holdgood.design import shell
        from holdgood.operations import events
        from holdgood.trail import words

        words.add(events.SAID)
        shell.foot(40, "Operations", url=_address)


def _address(request: HttpRequest) -> str | None:
    """For those who look after the service, or read the trail."""
    from holdgood.operations import seen

    actor = getattr(request, "actor", None)
    return reverse("operations") if actor is not None and seen.by(actor) else None
