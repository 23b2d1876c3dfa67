"""A pack: which measures a board reads, in which order, under which names, and what is done about each (TOML)."""

import difflib
import tomllib
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from plotthedots.errors import BadInput
from plotthedots.report.logo import Logo, read_logo

TEXTS = ("title", "subtitle", "period", "organisation", "introduction", "source")
KEYS = (*TEXTS, "logo", "data", "measure")
OF_A_MEASURE = ("name", "title", "doing")
LARGEST = 1_000_000  # bytes: a pack is written by hand


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure of a pack: its name in the data, the name that readers know, and what is done about it."""

    name: str
    title: str = ""
    doing: str = ""


@dataclass(frozen=True, slots=True)
class Pack:
    """What a pack says. `data` holds the file and the options of `plotthedots report`, as they were written."""

    path: str = ""
    title: str = ""
    subtitle: str = ""
    period: str = ""
    organisation: str = ""
    introduction: str = ""
    source: str = ""
    logo: Logo | None = None
    measures: tuple[Measure, ...] = ()
    data: dict[str, Any] = field(default_factory=dict)


def read_pack(path: str | Path) -> Pack:
    """Read a pack. BadInput names the file and the key, what was found there, and what was expected."""
    place = Path(path)
    where = place.name
    held = _parsed(place, where)
    _only(held, KEYS, where)
    texts = {key: _text(held[key], where, key) for key in TEXTS if key in held}
    data = held.get("data", {})
    if not isinstance(data, dict):
        raise BadInput(f"{where}: data: expected a table that begins with [data].")
    logo = read_logo(place, _text(held["logo"], where, "logo")) if "logo" in held else None
    return Pack(path=str(place), logo=logo, measures=_measures(held.get("measure", []), where), data=data, **texts)


def unknown_measure(pack: Pack, name: str, known: Collection[str]) -> str:
    """The sentence for a measure that is not in the data."""
    where = f"{Path(pack.path).name}: " if pack.path else ""
    folded = {own.casefold(): own for own in known}
    close = [folded[match] for match in difflib.get_close_matches(name.casefold(), folded, n=3, cutoff=0.5)]
    meant = f" Did you mean {_listed(close)}?" if close else f" The data have {_listed(list(known)[:3])}."
    return f'{where}measure: "{name}" is not in the data.{meant if known else ""}'


def unknown_key(key: str, known: Collection[str], where: str) -> BadInput:
    """The sentence for a key that means nothing."""
    close = difflib.get_close_matches(key, known, n=1, cutoff=0.5)
    meant = f"did you mean {close[0]}?" if close else f"expected one of {', '.join(known)}."
    return BadInput(f"{where}: there is no key {key}: {meant}")


def _parsed(place: Path, where: str) -> dict[str, Any]:
    if not place.is_file():
        raise BadInput(f"{place}: there is no such pack: expected a TOML file.")
    if place.stat().st_size > LARGEST:
        raise BadInput(f"{where}: found more than {LARGEST:,} bytes, expected a pack that was written by hand.")
    try:
        return tomllib.loads(place.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as problem:
        raise BadInput(f"{where}: the text is not UTF-8: save it as UTF-8.") from problem
    except (tomllib.TOMLDecodeError, RecursionError) as problem:
        raise BadInput(f"{where} cannot be read as TOML: {problem or 'it nests too deep'}.") from problem


def _only(held: dict[str, Any], known: Collection[str], where: str) -> None:
    for key in held:
        if key not in known:
            raise unknown_key(key, known, where)


def _text(value: Any, where: str, key: str) -> str:
    if not isinstance(value, str):
        raise BadInput(f'{where}: {key}: found {value!r}, expected a text in quotation marks, such as "{key} …".')
    return " ".join(value.split())


def _measures(held: Any, where: str) -> tuple[Measure, ...]:
    if not isinstance(held, list) or not all(isinstance(one, dict) for one in held):
        raise BadInput(f"{where}: measure: expected a table for each, that begins with [[measure]].")
    measures = []
    for number, one in enumerate(held, 1):
        here = f"{where}, measure {number}"
        _only(one, OF_A_MEASURE, here)
        if "name" not in one:
            raise BadInput(f"{here}: name is missing: expected the measure's name in the data.")
        measures.append(Measure(**{key: _text(value, here, key) for key, value in one.items()}))
    names = [measure.name for measure in measures]
    for name in names:
        if names.count(name) > 1:
            raise BadInput(f'{where}: measure: "{name}" is there {names.count(name)} times: name each once.')
    return tuple(measures)


def _listed(names: list[str]) -> str:
    quoted = [f'"{name}"' for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"
