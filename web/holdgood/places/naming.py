"""Who did it, by name: of ids that the trail and other rows keep."""

from collections.abc import Iterable
from uuid import UUID

from holdgood.people.models import User

PARTS = {
    "worker": "Holdgood",
    "demonstration": "the demonstration",
    "set-up": "Holdgood, at set-up",
    "nobody": "somebody who was not signed in",
}


def names(ids: Iterable[str]) -> dict[str, str]:
    """The names of actors by their ids; parts of the program by what they are. Forgotten people have none."""
    wanted = set(ids)
    people = {each for each in wanted if _is_person(each)}
    found = {user.pk.hex: user.name for user in User.objects.filter(pk__in=[UUID(each) for each in people])}
    return {each: found.get(each, "somebody who was forgotten" if each in people else _part(each)) for each in wanted}


def _part(name: str) -> str:
    return PARTS.get(name, f"Holdgood ({name})")


def _is_person(name: str) -> bool:
    try:
        UUID(name)
    except ValueError:
        return False
    return True
