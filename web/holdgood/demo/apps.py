"""The demonstration says on every page that it is one."""

from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse


class Demo(AppConfig):
    name = "holdgood.demo"

    def ready(self) -> None:
        from holdgood.design import shell
        from holdgood.home import front

        if settings.HOLDGOOD_DEMO:
            shell.part("banner", _banner)
            front.cast_at = lambda: reverse("cast")


def _banner(_: HttpRequest) -> dict[str, Any]:
    return {
        "text": "This is a demonstration: the trust, its people and its numbers are invented.",
        "url": reverse("cast"),
        "link": "Enter as somebody else",
    }
