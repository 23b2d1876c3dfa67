"""Statements that the law asks for, written once: the pages show them, and docs/safety is generated from them."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

NAMES = ("privacy", "accessibility")
_FOLDER = Path(__file__).parent / "told"


@dataclass(frozen=True)
class Section:
    heading: str
    text: tuple[str, ...]
    points: tuple[str, ...]


@dataclass(frozen=True)
class Told:
    title: str
    of: str  # the day it was last gone through
    checked_by: str
    sections: tuple[Section, ...]


@cache
def page(name: str) -> Told:
    found = tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    return Told(found["title"], found["of"], found["checked_by"], tuple(map(_section, found["section"])))


def _section(found: dict[str, Any]) -> Section:
    return Section(found["heading"], tuple(found.get("text", ())), tuple(found.get("points", ())))


def markdown(told: Told) -> str:
    """The same for docs/safety."""
    parts = [f"# {told.title}", f"As of {told.of}. Checked by: {told.checked_by or 'nobody yet'}."]
    for section in told.sections:
        parts += [f"## {section.heading}", *section.text]
        if section.points:
            parts.append("\n".join(f"- {point}" for point in section.points))
    return "\n\n".join(parts) + "\n"
