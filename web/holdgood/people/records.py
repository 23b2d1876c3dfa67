"""What is held about a person: each app registers its kinds, how they are read, and what becomes of them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from holdgood.people.models import User

Row = dict[str, Any]


@dataclass(frozen=True)
class Kind:
    """`rows` gives what is held as plain values; `forget` deletes or blanks it and says how many rows it touched."""

    title: str
    rows: Callable[[User], Iterable[Row]]
    forget: Callable[[User], int]
    contact: bool = False  # goes already when an account has ended for long


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    if kind.title in _kinds:
        raise ValueError(f'"{kind.title}" is registered already')
    _kinds[kind.title] = kind


def kinds() -> tuple[Kind, ...]:
    return tuple(_kinds.values())
