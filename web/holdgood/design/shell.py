"""What stands around every page. Upper apps say what belongs there; where none does, nothing is shown."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest

Address = Callable[[HttpRequest], str | None]
Part = Callable[[HttpRequest], dict[str, Any] | None]

# switcher: name, above, url, recent=[{name, above, url}]; account: name, links=[{text, url, post}];
# work: url, count; search: url, name (of the parameter), value; banner: text, url, link.
PARTS = ("switcher", "account", "work", "search", "banner")


@dataclass(frozen=True)
class Section:
    """An entry of the main menu, or of the foot of the page."""

    order: int
    title: str
    url: Address
    app: str = ""


_sections: dict[str, Section] = {}
_foot: dict[str, Section] = {}
_parts: dict[str, Part] = {}


def section(order: int, title: str, *, url: Address, app: str = "") -> None:
    """An entry of the main menu. Its `url` gives None for those who do not use it. `app` marks where one is."""
    _sections[title] = Section(order, title, url, app)


def foot(order: int, title: str, *, url: Address) -> None:
    """A link at the foot of every page: help, privacy, accessibility, in one place and one order."""
    _foot[title] = Section(order, title, url)


def part(name: str, made: Part) -> None:
    """One of PARTS: `made` gives what it shows, or None."""
    if name not in PARTS:
        raise ValueError(f'The shell has no part "{name}": it has {", ".join(PARTS)}.')
    _parts[name] = made


@dataclass(frozen=True)
class Link:
    title: str
    url: str
    here: bool


class Shell:
    """The shell of one request; each part is worked out once, and only if the page shows it."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def _links(self, entries: dict[str, Section]) -> list[Link]:
        here = app_of(self.request)
        ordered = sorted(entries.values(), key=lambda one: one.order)
        addressed = [(one, one.url(self.request)) for one in ordered]
        return [Link(one.title, url, bool(one.app) and one.app == here) for one, url in addressed if url]

    @cached_property
    def sections(self) -> list[Link]:
        return self._links(_sections)

    @cached_property
    def foot(self) -> list[Link]:
        return self._links(_foot)

    def _part(self, name: str) -> dict[str, Any] | None:
        made = _parts.get(name)
        return made(self.request) if made else None

    @cached_property
    def switcher(self) -> dict[str, Any] | None:
        return self._part("switcher")

    @cached_property
    def account(self) -> dict[str, Any] | None:
        return self._part("account")

    @cached_property
    def work(self) -> dict[str, Any] | None:
        return self._part("work")

    @cached_property
    def search(self) -> dict[str, Any] | None:
        return self._part("search")

    @cached_property
    def banner(self) -> dict[str, Any] | None:
        return self._part("banner")


def app_of(request: HttpRequest) -> str:
    """The app whose view answers: the second word of its module."""
    match = request.resolver_match
    module = getattr(match.func, "__module__", "") if match else ""
    words = module.split(".")
    return words[1] if len(words) > 1 and words[0] == "holdgood" else ""


def context(request: HttpRequest) -> dict[str, Any]:
    """Context processor of both template engines."""
    return {"shell": Shell(request)}
