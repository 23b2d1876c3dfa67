"""Places from a file, or from the national list of organisations: planned whole, then opened whole or not at all."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify

from holdgood.design import fields, words
from holdgood.places.access import Actor
from holdgood.places.actions import tree
from holdgood.places.models import Kind, Place
from holdgood.sheets import Cell, Fault, Table, said

TITLES = {
    "name": ("name", "place"), "kind": ("kind", "type"), "parent": ("parent", "in", "lies in", "part of"),
    "code": ("code",), "ods": ("ods", "ods code"), "beds": ("beds",), "staff": ("staff",), "remote": ("remote",),
    "open_at_night": ("open_at_night", "open at night", "night"), "opened": ("opened", "open from", "opened on"),
}  # fmt: skip
YES, NO = ("yes", "y", "true", "1"), ("", "no", "n", "false", "0")
MOST_PEOPLE = 100_000


class Wrong(ValueError):
    """A row that cannot be a place: what was found, what was expected, what to do."""


@dataclass
class Plan:
    """What would be opened, what is there already, and all that is wrong; with a mistake, nothing is opened."""

    new: list[Place] = field(default_factory=list)
    there: list[Place] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    mistakes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Draft:
    row: int
    name: str
    kind: str
    parent: str
    code: str
    on: dt.date
    facts: Mapping[str, Any]


def plan(table: Table, into: Place, existing: Sequence[Place], taken: Collection[str], on: dt.date) -> Plan:
    """Places of a table with a row each, below a place; the parent of a row may stand in any other row."""
    found = Plan()
    at = _columns(table)
    missing = [name for name in ("name", "kind") if name not in at]
    if missing:
        found.mistakes.append(f"Row {table.header_row}: there is no column {words.listed(missing)}. Add it.")
        return found
    drafts = []
    for row in table.rows:
        try:
            drafts.append(_draft(row.number, {name: row.at(column) for name, column in at.items()}, on))
        except Wrong as problem:
            found.mistakes.append(f"Row {row.number:,}: {problem}")
    if not found.mistakes:
        _Planner(found, into, existing, set(taken)).place(drafts)
    if not drafts and not found.mistakes:
        found.mistakes.append("The file has no rows below its titles. Write a row for each place.")
    return found


@transaction.atomic
def open_planned(*, by: Actor, at: dt.datetime, made: Plan, into: Place, file: str) -> int:
    """Open all that was planned."""
    if made.mistakes:
        raise tree.UnableToPlace("There are mistakes in the file: nothing was opened. Put them right first.")
    return tree.open_many(by=by, at=at, places=made.new, root=into, reason=f"from {file}") if made.new else 0


def _columns(table: Table) -> dict[str, int]:
    titles = [" ".join(said(cell).replace("_", " ").casefold().split()) for cell in table.header]
    found = {}
    for name, usual in TITLES.items():
        for column, title in enumerate(titles):
            if title in {each.replace("_", " ") for each in usual} and name not in found:
                found[name] = column
    return found


def _draft(number: int, cells: Mapping[str, Cell], on: dt.date) -> _Draft:
    for name, cell in cells.items():
        if isinstance(cell, Fault):
            raise Wrong(f"{name} is {cell.name}, an error of the spreadsheet. Correct its formula.")
    name = " ".join(said(cells["name"]).split())
    if not 0 < len(name) <= 120:
        raise Wrong(f"the name has {len(name)} characters, expected 1 to 120. Write it as people say it.")
    opened = _day(cells.get("opened"), on)
    facts: dict[str, Any] = {each: _whole(each, cells.get(each)) for each in ("beds", "staff")}
    facts |= {each: _yes(each, cells.get(each)) for each in ("remote", "open_at_night")}
    facts["ods"] = said(cells.get("ods")).strip().upper()
    if len(facts["ods"]) > 10:
        raise Wrong(f"ods is “{facts['ods'][:30]}”, expected a code of at most 10 characters.")
    code = said(cells.get("code")).strip()
    if code and (slugify(code) != code or len(code) > 60):
        raise Wrong(f"code is “{code[:40]}”, expected small letters, digits and hyphens alone, such as ward-7.")
    return _Draft(number, name, _kind(said(cells["kind"])), said(cells.get("parent")).strip(), code, opened, facts)


def _kind(text: str) -> str:
    wanted = text.strip().casefold()
    if wanted not in Kind.values:
        raise Wrong(f"kind is “{text[:30]}”, expected one of {', '.join(Kind.values)}.")
    return wanted


def _whole(name: str, cell: Cell) -> int | None:
    text = said(cell).strip()
    if text in ("", "-", "n/a"):
        return None
    if not text.isascii() or not text.isdigit() or int(text[:9]) > MOST_PEOPLE:
        raise Wrong(f"{name} is “{text[:20]}”, expected a whole number, such as 28.")
    return int(text)


def _yes(name: str, cell: Cell) -> bool:
    text = said(cell).strip().casefold()
    if text not in YES + NO:
        raise Wrong(f"{name} is “{text[:20]}”, expected yes or no.")
    return text in YES


def _day(cell: Cell, on: dt.date) -> dt.date:
    """The day it opened; the first of April before, where the file does not say."""
    if isinstance(cell, dt.datetime):
        day = cell.date()
    elif isinstance(cell, dt.date):
        day = cell
    elif not said(cell).strip():
        return dt.date(on.year - (on.month < 4), 4, 1)
    else:
        try:
            day = fields.read_date(" ".join(said(cell).split()))
        except ValidationError as problem:
            raise Wrong(f"opened: {problem.message}") from None
    if day > on:
        raise Wrong(f"opened is {words.day(day)}, which is in the future. Bring the place in once it is open.")
    return day


class _Planner:
    """Puts rows under what is there and under each other: a row waits until the one that it lies in is placed."""

    def __init__(self, found: Plan, into: Place, existing: Sequence[Place], taken: set[str]) -> None:
        self.found, self.into, self.taken = found, into, taken
        self.by_code: dict[str, Place] = {}
        self.by_name: dict[str, list[Place]] = {}
        self.inside: dict[tuple[Any, str], Place] = {}
        for place in existing:
            self._know(place)

    def place(self, drafts: Iterable[_Draft]) -> None:
        left = list(drafts)
        while left:
            ready = [draft for draft in left if not self._waits(draft, left)]
            if not ready:
                self.found.mistakes += [
                    f"Row {draft.row:,}: {draft.name} lies in “{draft.parent}”, and that in it. Correct one of them."
                    for draft in left
                ]
                return
            for draft in ready:
                self._one(draft)
            left = [draft for draft in left if draft not in ready]

    def _waits(self, draft: _Draft, left: Sequence[_Draft]) -> bool:
        parent = draft.parent.casefold()
        return bool(parent) and any(
            parent in (other.name.casefold(), other.code) for other in left if other is not draft
        )

    def _one(self, draft: _Draft) -> None:
        try:
            parent = self._parent(draft.parent)
            there = self.inside.get((parent.pk, draft.name.casefold())) or self.by_code.get(draft.code)
            if there is not None:
                self._compare(draft, there, parent)
                return
            code = draft.code or self._free_code(draft.name, parent)
            if code in self.taken:
                raise Wrong(f"the code {code} is another place's already. Write another, or leave it empty.")
            facts = dict(draft.facts)
            made = tree.planned(name=draft.name, kind=draft.kind, parent=parent, on=draft.on, code=code, facts=facts)
        except (Wrong, tree.UnableToPlace) as problem:
            self.found.mistakes.append(f"Row {draft.row:,}: {problem}")
            return
        self.found.new.append(made)
        self._know(made)

    def _parent(self, text: str) -> Place:
        if not text:
            return self.into
        if text in self.by_code:
            return self.by_code[text]
        found = self.by_name.get(text.casefold(), [])
        if not found:
            raise Wrong(f"there is no place “{text[:60]}” in {self.into.name} or in this file. Write its name or code.")
        if len(found) > 1:
            codes = " or ".join(place.code for place in found)
            raise Wrong(f"{len(found)} places are called “{text[:60]}”. Write the code of the one you mean: {codes}.")
        return found[0]

    def _compare(self, draft: _Draft, there: Place, parent: Place) -> None:
        """A place that is there already stays as it is; what the file says otherwise is told."""
        if there in self.found.new:
            raise Wrong(f"{draft.name} stands in the file twice. Leave one of the rows out.")
        said_now = {"name": draft.name, "kind": draft.kind, "parent_id": parent.pk, **draft.facts}
        known = {name: getattr(there, name) for name in said_now}
        other = [name for name, value in said_now.items() if value not in (None, "", False) and value != known[name]]
        self.found.there.append(there)
        if other:
            names = words.listed([name.removesuffix("_id").replace("_", " ") for name in other])
            self.found.notes.append(
                f"Row {draft.row:,}: {there.name} is there already, with different {names}. It was left as it is: "
                "change it on its page, from a day on."
            )

    def _free_code(self, name: str, parent: Place) -> str:
        code = slugify(name)[:40] or "place"
        wanted = [code, f"{slugify(parent.name)[:18].strip('-')}-{code}", *(f"{code}-{n}" for n in range(2, 1000))]
        return next(each for each in wanted if each not in self.taken)

    def _know(self, place: Place) -> None:
        self.taken.add(place.code)
        self.by_code[place.code] = place
        self.by_name.setdefault(place.name.casefold(), []).append(place)
        self.inside[place.parent_id, place.name.casefold()] = place
