"""Which keys the rows of the database need, and which are here. Names of keys alone; never a secret."""

from pathlib import Path

from allauth.mfa.models import Authenticator
from django.conf import settings

from holdgood.trail.models import Entry, Head

Name = tuple[str, str]  # whose, and the name of the key

FILES = {"trail": "TRAIL_KEYS", "people": "PEOPLE_KEYS"}


def held() -> set[Name]:
    """Keys of the files. A file is only read: asking must not make one."""
    return {(whose, name) for whose, setting in FILES.items() for name in _names(Path(getattr(settings, setting)))}


def _names(path: Path) -> list[str]:
    if not path.exists():
        return []
    return [line.partition(" ")[0] for line in path.read_text(encoding="ascii").splitlines() if line]


def needed(using: str = "default") -> set[Name]:
    """Keys that entries and heads of the trail were signed with, and second factors sealed with."""
    signed = set(Head.objects.using(using).exclude(key="").values_list("key", flat=True).distinct())
    signed |= set(Entry.objects.using(using).order_by().values_list("key", flat=True).distinct())
    return {("trail", name) for name in signed} | {("people", name) for name in _sealed(using)}


def _sealed(using: str) -> set[str]:
    found: set[str] = set()
    for data in Authenticator.objects.using(using).values_list("data", flat=True):
        found |= {name for name in map(_key_of, _texts(data)) if name}
    return found


def _texts(data: object) -> list[str]:
    if isinstance(data, dict):
        return [text for value in data.values() for text in _texts(value)]
    if isinstance(data, list):
        return [text for value in data for text in _texts(value)]
    return [data] if isinstance(data, str) else []


def _key_of(text: str) -> str:
    """`k1:base64` names k1."""
    name, colon, _ = text.partition(":")
    return name if colon and name[:1] == "k" and name[1:].isdigit() else ""
