"""What a place was, from when until when, as sentences. Pure: stretches in, words out."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from holdgood.design.words import count
from holdgood.places.models import Facts, Spell


@dataclass(frozen=True)
class Stretch:
    """From a day on, and until the day before `until_on`."""

    from_on: dt.date
    until_on: dt.date | None
    words: str

    @property
    def last_on(self) -> dt.date | None:
        return self.until_on and self.until_on - dt.timedelta(days=1)


def told(spells: Sequence[Spell]) -> list[Stretch]:
    """The latest first: each says what was different from the one before, the first what it was."""
    in_order = sorted(spells, key=lambda spell: spell.from_on)
    made = []
    for before, spell in zip([None, *in_order], in_order, strict=False):
        words = whole(spell) if before is None else "; ".join(_differences(before, spell)) or "nothing else changed"
        made.append(Stretch(spell.from_on, spell.until_on, words))
    return made[::-1]


def whole(facts: Facts) -> str:
    """28 beds, in Medicine."""
    parts = [facts.get_kind_display()]
    if facts.beds is not None:
        parts.append(count(facts.beds, "bed"))
    if facts.staff is not None:
        parts.append(f"{count(facts.staff, 'person works', 'people work')} there")
    if facts.ods:
        parts.append(f"ODS code {facts.ods}")
    parts += [words for so, words in ((facts.remote, "remote"), (facts.open_at_night, "open at night")) if so]
    if facts.parent is not None:
        parts.append(f"in {facts.parent.name}")
    return ", ".join(parts)


def _differences(before: Facts, now: Facts) -> list[str]:
    said = []
    if now.name != before.name:
        said.append(f"called {now.name}, before that {before.name}")
    if now.parent_id != before.parent_id:
        said.append(f"in {_name(now)}, before that in {_name(before)}")
    if now.beds != before.beds:
        said.append(f"{_number(now.beds, 'bed')}, before that {_number(before.beds, 'bed')}")
    if now.staff != before.staff:
        said.append(f"{_number(now.staff, 'person', 'people')} working there, before that {_plain(before.staff)}")
    if now.ods != before.ods:
        said.append(f"ODS code {now.ods or 'none'}, before that {before.ods or 'none'}")
    if now.remote != before.remote:
        said.append("remote" if now.remote else "no longer remote")
    if now.open_at_night != before.open_at_night:
        said.append("open at night" if now.open_at_night else "no longer open at night")
    if not said and now.path != before.path:
        said.append(f"{_name(now)}, in which it lies, moved")
    return said


def _name(facts: Facts) -> str:
    return facts.parent.name if facts.parent is not None else "nothing"


def _number(n: int | None, one: str, many: str = "") -> str:
    return f"no number of {many or one + 's'}" if n is None else count(n, one, many)


def _plain(n: int | None) -> str:
    return "unknown" if n is None else str(n)
