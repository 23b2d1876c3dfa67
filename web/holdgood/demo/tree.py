"""The demonstration's places and people, read from fenmoor.toml; their ids come from the seed."""

import datetime as dt
import tomllib
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils.text import slugify

from holdgood.places.actions import tree
from holdgood.places.models import Kind, Place

HERE = Path(__file__).parent
OPENED = dt.date(2015, 4, 1)
SPACE = uuid.UUID("7b0a6f63-5f0c-4b62-8a41-5a3d6c1f9d10")


def read(name: str) -> dict[str, Any]:
    """One of the demonstration's files."""
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


def key(seed: int, name: str) -> uuid.UUID:
    """The id of a thing of the demonstration."""
    return uuid.uuid5(SPACE, f"{seed}:{name}")


class Tree:
    """Every place, by name, in an order in which each comes after the one it lies in."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.places: dict[str, Place] = {}
        self._codes: set[str] = set()
        told = read("fenmoor.toml")
        self.trust = self._add(told["trust"]["name"], Kind.TRUST, None, ods=told["trust"]["ods"], staff=4200)
        for line in told["place"]:
            self._line(line)
        self.other = self._add(told["other"]["name"], Kind.TRUST, None, ods=told["other"]["ods"])
        divisions = [self._add(name, Kind.DIVISION, self.other) for name in told["other"]["divisions"]]
        for name in told["other"]["wards"]:
            self._add(name, Kind.WARD, divisions[0], beds=24)
        self.real = self._add(told["real"]["name"], Kind.SYSTEM, None)

    def site(self, name: str, ods: str) -> Place:
        """A real trust, as a site below the published figures."""
        return self._add(name, Kind.SITE, self.real, ods=ods)

    def all(self) -> Iterator[Place]:
        return iter(self.places.values())

    def below(self, place: Place) -> list[Place]:
        return [each for each in self.places.values() if place.holds(each)]

    def _line(self, line: dict[str, Any]) -> None:
        count = len(line["names"])
        beds, remote = line.get("beds", [None] * count), line.get("remote", [False] * count)
        for name, number, far in zip(line["names"], beds, remote, strict=True):
            night = line.get("open_at_night", False)
            staff = None if number is None else round(number * 1.4)
            self._add(
                name, line["kind"], self.places[line["in"]], beds=number, remote=far, open_at_night=night, staff=staff
            )

    def _add(self, name: str, kind: str, parent: Place | None, **facts: Any) -> Place:
        code = self._code(name)
        place = tree.planned(
            name=name, kind=kind, parent=parent, on=OPENED, code=code, facts=facts, key=key(self.seed, name)
        )
        self.places[name] = place
        return place

    def _code(self, name: str) -> str:
        code = slugify(name.split("(")[0].strip())[:50]
        if code in self._codes:
            raise ValueError(f"fenmoor.toml: two places have the address {code}.")
        self._codes.add(code)
        return code
