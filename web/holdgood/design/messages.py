"""The black line at the top of the next page: what was done, and how to undo it."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest


@dataclass(frozen=True)
class Done:
    sentence: str
    undo: str  # an address that takes a POST, or nothing
    failed: bool


def done(request: HttpRequest, sentence: str, *, undo: str | None = None) -> None:
    """Say on the next page what was done. `undo` is the address that takes it back when it is posted to."""
    messages.info(request, sentence, extra_tags=undo or "")


def failed(request: HttpRequest, sentence: str) -> None:
    """Say on the next page what was not done, and why."""
    messages.error(request, sentence)


def waiting(request: HttpRequest) -> list[Done]:
    """What this page has to say; it is said once."""
    if not hasattr(request, "_messages"):
        return []
    told = messages.get_messages(request)
    return [Done(str(one.message), _address(one.extra_tags), one.level >= messages.WARNING) for one in told]


def _address(tags: str | None) -> str:
    return tags if tags and tags.startswith("/") and not tags.startswith("//") else ""
