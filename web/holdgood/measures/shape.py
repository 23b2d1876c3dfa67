"""What a file of the catalogue may hold, field by field, and what to say where it holds something else."""

import datetime as dt
import difflib
import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from plotthedots.limits import FAMILIES

DIRECTIONS = ("increase", "decrease", "neutral")
GRANULARITIES = ("day", "week", "month", "quarter", "year")
LEVELS = ("system", "trust", "division", "specialty", "ward", "team", "site")
THEMES = ("programme", "assurance", "leadership", "people", "partners", "outcome")
ADDS_UP = ("sum", "ratio", "weighted", "none")
KINDS = ("national", "interim")  # a standing standard; a step on the way to it, with an end
PER = (1, 100, 1000, 10_000, 100_000)


@dataclass(frozen=True, slots=True)
class Key:
    """What a field must hold; without a default it must be there."""

    expected: str
    holds: Callable[[Any], bool]
    default: Any = ...
    names: tuple[str, ...] = ()  # what it may be, where that is a short list


def take(raw: Mapping[str, Any], keys: Mapping[str, Key], where: str, mistakes: list[str]) -> dict[str, Any]:
    """The fields of a table with their defaults; what is wrong with it is added to `mistakes`."""
    unknown = (name for name in raw if name not in keys)
    mistakes += (f'{where}: found "{name}", expected only known fields{_meant(name, keys)}.' for name in unknown)
    taken = {}
    for name, key in keys.items():
        taken[name] = raw.get(name, key.default)
        if taken[name] is ...:
            mistakes.append(f'{where}, "{name}": found nothing, expected {key.expected}.')
        elif name in raw and not key.holds(raw[name]):
            found = _found(raw[name])
            mistakes.append(f'{where}, "{name}": found {found}, expected {key.expected}{_meant(raw[name], key.names)}.')
    return taken


def _found(value: Any) -> str:
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "a table"
    return f"[{', '.join(map(_found, value))}]" if isinstance(value, list) else str(value)


def _meant(found: Any, names: Iterable[str]) -> str:
    near = difflib.get_close_matches(found, list(names), n=1) if isinstance(found, str) else []
    return f' (did you mean "{near[0]}"?)' if near else ""


def _words(value: Any) -> bool:
    return isinstance(value, str) and value != "" and value == value.strip()


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _day(value: Any) -> bool:
    return isinstance(value, dt.date) and not isinstance(value, dt.datetime)


def _table(value: Any) -> bool:
    return isinstance(value, dict)


def _list(value: Any, holds: Callable[[Any], bool]) -> bool:
    return isinstance(value, list) and all(map(holds, value)) and all(value.count(one) == 1 for one in value)


def _whole(lowest: int, highest: int, default: Any = ...) -> Key:
    expected = f"a whole number from {lowest} to {highest}"
    return Key(expected, lambda value: type(value) is int and lowest <= value <= highest, default)


def _one(*names: str) -> Key:
    expected = f"one of {', '.join(names)}"
    return Key(expected, lambda value: isinstance(value, str) and value in names, names=names)


def _some(*names: str) -> Key:
    expected = f"a list of one or more of {', '.join(names)}, each once"
    return Key(expected, lambda value: value != [] and _list(value, lambda one: one in names))


def _short(most: int) -> Key:
    return Key(f"words of {most} characters at most", lambda value: _words(value) and len(value) <= most)


def _matching(pattern: str, expected: str) -> Key:
    return Key(expected, lambda value: isinstance(value, str) and re.fullmatch(pattern, value) is not None)


WORDS = Key("words, without spaces around them", _words)
SPOKEN = Key('words, or ""', lambda value: value == "" or _words(value))
UNSAID = Key(WORDS.expected, _words, "")
DAY = Key("a date such as 2027-04-30", _day)
LIMIT = Key("a number", _number, None)
FLAG = Key("true or false", lambda value: isinstance(value, bool), False)

HEAD = {
    "title": WORDS,
    "author": WORDS,
    "checked_by": SPOKEN,
    "next_review": DAY,
    "measure": Key("one or more tables [[measure]]", lambda value: value != [] and _list(value, _table)),
}
MEASURE = {
    "slug": _matching(r"(?=.{1,50}$)[a-z0-9]+(-[a-z0-9]+)*", "small letters, digits and single hyphens, 50 at most"),
    "name": WORDS,
    "short": _short(39),
    "sentence": Key("a sentence with its full stop", lambda value: _words(value) and value.endswith(".")),
    "numerator": WORDS,
    "denominator": SPOKEN,
    "unit": WORDS,
    "per": Key("1, 100, 1000, 10000 or 100000", lambda value: type(value) is int and value in PER),
    "decimals": _whole(0, 4),
    "chart": _one(*FAMILIES),
    "chart_because": WORDS,
    "direction": _one(*DIRECTIONS),
    "granularity": _one(*GRANULARITIES),
    "levels": _some(*LEVELS),
    "adds_up": _one(*ADDS_UP),
    "adds_up_because": UNSAID,
    "lag_days": _whole(0, 400),
    "owner": WORDS,
    "themes": _some(*THEMES),
    "minimum": LIMIT,
    "maximum": LIMIT,
    "numerator_within_denominator": FLAG,
    "whole": FLAG,
    "stock": FLAG,
    "rolling_months": _whole(0, 36, 0),
    "local": FLAG,
    "aliases": Key("a list of words, each once", lambda value: _list(value, _words), []),
    "target": Key("tables [[measure.target]]", lambda value: _list(value, _table), []),
    "source": Key("one or more tables [[measure.source]]", lambda value: value != [] and _list(value, _table)),
}
TARGET = {
    "value": Key("a number", _number),
    "from": DAY,
    "until": Key(DAY.expected, _day, None),
    "kind": _one(*KINDS),
    "source": WORDS,
}
SOURCE = {
    "publisher": WORDS,
    "title": WORDS,
    "url": _matching(r"https://[\w.-]+\.[a-z]+(/\S*)?", "an address that begins with https://"),
}
