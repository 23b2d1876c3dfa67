"""My work, with its count, on every page."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from holdgood.places import here
from holdgood.tasks.models import Task


def work(request: HttpRequest) -> dict[str, Any] | None:
    """One question of the database."""
    if not hasattr(request, "here") or here.of(request).actor.user is None:
        return None
    count = Task.objects.open().of(here.of(request).actor).count()
    return {"url": reverse("my-work"), "count": count}
