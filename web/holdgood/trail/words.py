"""What an entry says to people. Each app tells, at start-up, how its events read."""

import json
from collections.abc import Mapping
from typing import Any

from holdgood.trail.models import Entry

_SAID: dict[str, str] = {
    "access.request.refused": "was refused {asked}",
    "trail.keys.rotated": "made a new key for the trail",
}


def add(said: Mapping[str, str]) -> None:
    """Phrases by event, after the name of who did it: "opened {name}"; in braces what the entry has as new."""
    _SAID.update(said)


def known() -> frozenset[str]:
    """Events that have words."""
    return frozenset(_SAID)


def say(entry: Entry) -> str:
    """What was done, in a phrase; an event without words reads as its name."""
    phrase = _SAID.get(entry.event, entry.event.replace(".", " ").replace("-", " "))
    return phrase.format_map(_Given(_values(entry)))


class _Given(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "…"


def _values(entry: Entry) -> dict[str, Any]:
    found = json.loads(entry.new) if entry.new else {}
    return found if isinstance(found, dict) else {"value": found}
