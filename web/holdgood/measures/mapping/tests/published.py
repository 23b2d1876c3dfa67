"""Published tables of the folder `files`, read once each, and what a suggestion makes of them."""

import gzip
from functools import cache
from pathlib import Path

from holdgood import sheets
from holdgood.measures import definitions, mapping
from holdgood.sheets import Grid

FILES = Path(__file__).with_name("files")
CATALOGUE = tuple(definitions.load().values())


def contents(name: str) -> bytes:
    packed = FILES / f"{name}.gz"
    return gzip.decompress(packed.read_bytes()) if packed.exists() else (FILES / name).read_bytes()


@cache
def grid(name: str, sheet: str = "") -> Grid:
    return sheets.grid(contents(name), name, sheet=sheet or None)


@cache
def chosen(name: str) -> str:
    """The sheet that a suggestion takes from the first rows of them all."""
    found = mapping.best(sheets.grids(contents(name), name), CATALOGUE).mapping
    assert found is not None
    return found.sheet


def suggested(name: str, sheet: str = "", measures: tuple = CATALOGUE) -> mapping.Suggestion:
    return mapping.suggest(grid(name, sheet), measures)


@cache
def mapped(name: str, sheet: str = "", measures: tuple = CATALOGUE, **said: str) -> mapping.Mapped:
    """By the suggestion, through its stored form."""
    found = suggested(name, sheet, measures).mapping
    assert found is not None
    if found.places.column:
        found = mapping.from_dict(mapping.to_dict(found))
    return mapping.apply(grid(name, sheet), found, **said)
