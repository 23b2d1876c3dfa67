"""The national list of NHS organisations (ODS, the file etr.csv): systems and the trusts in them, by their codes.

Its rows: code, name, region, code of the system, five lines of address, postcode, the days it opened and closed as
YYYYMMDD, and more that is not read. The list of successors has old_code, new_code, date.
"""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.text import slugify

from holdgood.design import words
from holdgood.places.access import Actor
from holdgood.places.actions import tree
from holdgood.places.models import Kind, Place
from holdgood.sheets import Row, said

CODE, NAME, SYSTEM, OPENED, CLOSED = 0, 1, 3, 10, 11
COLUMNS = 12  # at least
DAY = dt.timedelta(days=1)
_CODE = re.compile(r"[A-Z0-9]{3,6}", re.ASCII)
_SMALL = {"and", "of", "the", "for", "in", "on", "upon", "with", "under", "next"}
_CAPITALS = {"nhs", "gp", "uk", "ii"}


@dataclass(frozen=True)
class Organisation:
    """A row of the list."""

    code: str
    name: str
    system: str
    opened: dt.date
    closed: dt.date | None


@dataclass(frozen=True)
class Closing:
    """A trust that is no more from a day on, and the one that it became part of."""

    place: Place
    on: dt.date
    into: Place | None


@dataclass
class Plan:
    """By system: what is new in it. Then what is called otherwise now, and what closed."""

    new: dict[str, list[Place]] = field(default_factory=dict)  # a system's code: itself if it is new, and trusts
    roots: dict[str, Place] = field(default_factory=dict)
    renamed: list[tuple[Place, str]] = field(default_factory=list)
    closing: list[Closing] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    mistakes: list[str] = field(default_factory=list)

    @property
    def opened(self) -> list[Place]:
        return [place for places in self.new.values() for place in places]


def read(rows: Iterable[Row]) -> tuple[list[Organisation], list[str]]:
    """The organisations of the file, and what is wrong with its rows."""
    found, mistakes = [], []
    for row in rows:
        try:
            found.append(_organisation(row))
        except ValueError as problem:
            mistakes.append(f"Row {row.number:,}: {problem}")
    if not found and not mistakes:
        mistakes.append("The file has no rows: expected one for each trust, as in the file etr.csv of the ODS.")
    return found, mistakes


def read_changes(rows: Iterable[Row]) -> tuple[dict[str, list[tuple[str, dt.date]]], list[str]]:
    """Successors by the old code, with the day; and what is wrong with the rows."""
    found: dict[str, list[tuple[str, dt.date]]] = defaultdict(list)
    mistakes = []
    for row in rows:
        try:
            old, new = (_code(said(row.at(column))) for column in (0, 1))
            found[old].append((new, _day(said(row.at(2)), "the date")))
        except ValueError as problem:
            mistakes.append(f"Row {row.number:,}: {problem}")
    return found, mistakes


def plan(
    listed: Sequence[Organisation],
    existing: Sequence[Place],
    taken: Collection[str],
    on: dt.date,
    changes: Mapping[str, Sequence[tuple[str, dt.date]]] | None = None,
) -> Plan:
    """What the list says that the tree does not have. The same list again plans nothing."""
    found, used = Plan(), set(taken)
    there = {(place.kind, place.ods): place for place in existing if place.ods}
    for code, members in _by_system(listed).items():
        try:
            _plan_system(found, code, members, there, used)
        except tree.UnableToPlace as problem:
            found.mistakes.append(f"{code}: {problem}")
    trusts = {ods: place for (kind, ods), place in there.items() if kind == Kind.TRUST}
    inside = {place.parent_id for place in existing if place.closed_on is None}
    _close(found, listed, trusts, changes or {}, on)
    for each in [each for each in found.closing if each.place.pk in inside]:
        found.closing.remove(each)
        found.notes.append(f"{each.place.name} closed, and has open places in it: move or close those, then close it.")
    return found


def _plan_system(
    found: Plan, code: str, members: Sequence[Organisation], there: dict[tuple[str, str], Place], used: set[str]
) -> None:
    system = there.get((Kind.SYSTEM, code))
    new: list[Place] = []
    for each in members:
        trust = there.get((Kind.TRUST, each.code))
        if trust is not None:
            _compare(found, each, trust, system)
            continue
        if system is None:
            system = there[Kind.SYSTEM, code] = _system(code, members, used)
            new.append(system)
        trust = there[Kind.TRUST, each.code] = _trust(each, system, used)
        new.append(trust)
        if trust.opened_on != each.opened:
            since = words.day(trust.opened_on)
            found.notes.append(f"{trust.name} is opened in {system.name} on {since}, the first day of that.")
    if system is not None and new:
        found.new[code], found.roots[code] = new, system


@transaction.atomic
def carry_out(*, by: Actor, at: dt.datetime, made: Plan, file: str) -> None:
    """Open, rename and close as planned: all of it, or nothing."""
    if made.mistakes:
        raise tree.UnableToPlace("There are mistakes in the file: nothing was changed. Put them right first.")
    reason = f"from {file}"
    for code, places in made.new.items():
        tree.open_many(by=by, at=at, places=places, root=made.roots[code], reason=reason)
    for place, name in made.renamed:
        tree.change_place(by=by, at=at, place=place, version=place.version, on=by.on, reason=reason, name=name)
    for each in sorted(made.closing, key=lambda each: each.on):
        place = Place.objects.get(pk=each.place.pk)
        into = Place.objects.get(pk=each.into.pk) if each.into else None
        tree.close(by=by, at=at, place=place, version=place.version, on=each.on, into=into, reason=reason)


def title(name: str) -> str:
    """The list is in capitals: MANCHESTER UNIVERSITY NHS FOUNDATION TRUST as it is written elsewhere."""
    told = [_word(word, first=place == 0) for place, word in enumerate(name.split())]
    return " ".join(told)


def _word(word: str, *, first: bool) -> str:
    small = word.casefold()
    if small.strip("(),") in _CAPITALS:
        return word.upper()
    if small in _SMALL and not first:
        return small
    parts = small.split("-")
    return "-".join(
        part if part in _SMALL and place else part[:1].upper() + part[1:] for place, part in enumerate(parts)
    )


def _organisation(row: Row) -> Organisation:
    cells = [said(row.at(column)).strip() for column in range(COLUMNS)]
    name = " ".join(cells[NAME].split())
    if not 0 < len(name) <= 120:
        raise ValueError(f"the name has {len(name)} characters, expected 1 to 120, in the second column.")
    opened = _day(cells[OPENED], "the day it opened (column 11)")
    closed = _day(cells[CLOSED], "the day it closed (column 12)") if cells[CLOSED] else None
    if closed is not None and closed < opened:
        raise ValueError(f"it closed on {words.day(closed)}, before it opened on {words.day(opened)}.")
    return Organisation(_code(cells[CODE]), title(name), _code(cells[SYSTEM]), opened, closed)


def _code(text: str) -> str:
    if not _CODE.fullmatch(text.strip()):
        raise ValueError(f"“{text[:20]}” is no code of an organisation, expected capitals and digits such as R0A.")
    return text.strip()


def _day(text: str, what: str) -> dt.date:
    try:
        return dt.datetime.strptime(text, "%Y%m%d").date() if len(text) == 8 else dt.date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{what} is “{text[:20]}”, expected a date such as 20230401.") from None


def _by_system(listed: Sequence[Organisation]) -> dict[str, list[Organisation]]:
    found: dict[str, list[Organisation]] = defaultdict(list)
    for each in listed:
        found[each.system].append(each)
    return dict(sorted(found.items()))


def _system(code: str, members: Sequence[Organisation], used: set[str]) -> Place:
    """The list has its code alone. It is open since its first trust was, so that each can lie in it."""
    since = min(each.opened for each in members)
    name = f"Integrated care system {code}"
    return tree.planned(name=name, kind=Kind.SYSTEM, parent=None, on=since, code=_free(code, used), facts={"ods": code})


def _trust(each: Organisation, system: Place, used: set[str]) -> Place:
    """In its system, from the day it opened, or the system's first if that is later."""
    code, on = _free(each.code, used), max(each.opened, system.opened_on)
    return tree.planned(name=each.name, kind=Kind.TRUST, parent=system, on=on, code=code, facts={"ods": each.code})


def _free(code: str, used: set[str]) -> str:
    wanted = [slugify(code), *(f"{slugify(code)}-{n}" for n in range(2, 100))]
    free = next(each for each in wanted if each not in used)
    used.add(free)
    return free


def _compare(found: Plan, each: Organisation, trust: Place, system: Place | None) -> None:
    if trust.name != each.name and trust.closed_on is None:
        found.renamed.append((trust, each.name))
    if trust.parent_id not in (system and system.pk, None):
        found.notes.append(f"{trust.name} ({each.code}) lies in another system than {each.system} here. It was left.")


def _close(
    found: Plan,
    listed: Sequence[Organisation],
    trusts: Mapping[str, Place],
    changes: Mapping[str, Sequence[tuple[str, dt.date]]],
    on: dt.date,
) -> None:
    """The list has the last day of a trust; here the day after is the first on which it is no more."""
    ends = {each.code: each.closed + DAY for each in listed if each.closed is not None and each.closed < on}
    for code, trust in sorted(trusts.items()):
        became = [(trusts.get(new), day) for new, day in changes.get(code, ()) if trust.opened_on <= day <= on]
        if trust.closed_on is not None or (code not in ends and not became):
            continue
        day = ends.get(code) or max(day for _, day in became)
        into = {new.pk: new for new, _ in became if new is not None}
        if len(into) > 1:
            names = words.listed([place.name for place in into.values()])
            found.notes.append(f"{trust.name} ({code}) became part of {names}: it is closed, and merged into neither.")
        one = next(iter(into.values())) if len(into) == 1 else None
        usable = one is not None and one.is_open(day)
        found.closing.append(Closing(trust, day, one if usable else None))
