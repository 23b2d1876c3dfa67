"""Codes of trusts that merged or closed, and which has their rows now: reviewed data in successors.toml."""

import datetime as dt
import tomllib
from collections import defaultdict
from functools import cache
from pathlib import Path


class Several(ValueError):
    """A code whose trust was divided: nobody can say which of its successors has a row."""


@cache
def load() -> dict[str, tuple[tuple[dt.date, str], ...]]:
    """By code, from which day on which code has its rows, in the order of the days."""
    raw = tomllib.loads(Path(__file__).with_name("successors.toml").read_text(encoding="utf-8"))
    found: dict[str, list[tuple[dt.date, str]]] = defaultdict(list)
    for day, pairs in raw["changes"].items():
        for old, new in (pair.split(" > ") for pair in pairs):
            found[old].append((dt.date.fromisoformat(day), new))
    return {old: tuple(sorted(changes)) for old, changes in found.items()}


def successor(code: str, on: dt.date) -> str:
    """Who has the rows of a code on a day: the code itself, or the last of those into which it merged by then."""
    seen, now = {code}, code
    while True:
        due = [(day, new) for day, new in load().get(now, ()) if day <= on]
        if not due:
            return now
        latest = max(day for day, _ in due)
        heirs = {new for day, new in due if day == latest}
        if len(heirs) > 1:
            several = " and ".join(sorted(heirs))
            raise Several(f"{now} was divided on {latest:%-d %B %Y}; {several} have its services. Choose one by hand.")
        now = heirs.pop()
        if now in seen:  # a code that came back
            return now
        seen.add(now)
