"""How published tables head the numbers of measures: ways.toml, and which way fits the heads of one table."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from holdgood.measures.mapping import heads
from holdgood.measures.mapping.plan import COUNT, OUT_OF, SCORE, Amount, Column


class Named(Protocol):
    """What is to be known of a measure; definitions of the catalogue have it."""

    @property
    def slug(self) -> str: ...
    @property
    def names(self) -> tuple[str, ...]: ...
    @property
    def numerator(self) -> str: ...
    @property
    def denominator(self) -> str: ...
    @property
    def adds_up(self) -> str: ...
    @property
    def granularity(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Way:
    """One way in which tables head one measure."""

    measure: str
    numerator: tuple[str, ...] = ()
    less: tuple[str, ...] = ()
    denominator: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    called: tuple[str, ...] = ()
    share: tuple[str, ...] = ()
    sheet: str = ""
    only: tuple[tuple[str, str], ...] = ()
    empty: bool = False


@dataclass(frozen=True, slots=True)
class Fit:
    """Columns that hold a measure's numbers, and the patterns by which rows are kept."""

    numerator: Amount
    denominator: Amount | None
    only: tuple[tuple[str, str], ...] = ()
    empty: bool = False  # cells that are empty are nought


@cache
def load() -> dict[str, tuple[Way, ...]]:
    """Every way, by its measure."""
    raw = tomllib.loads(Path(__file__).with_name("ways.toml").read_text(encoding="utf-8"))
    found: dict[str, tuple[Way, ...]] = {}
    for table in raw["way"]:
        found[table["measure"]] = (*found.get(table["measure"], ()), _way(table))
    return found


def _way(table: dict[str, Any]) -> Way:
    lists = {key: tuple(value) for key, value in table.items() if isinstance(value, list)}
    only = tuple(table.get("only", {}).items())
    return Way(
        measure=table["measure"], sheet=table.get("sheet", ""), only=only, empty=table.get("empty") == "nought", **lists
    )


def kind(measure: Named) -> str:
    """What a number of the measure is: a weighted mean and what does not add up are scores."""
    if measure.adds_up == "weighted" or (measure.adds_up == "none" and not measure.denominator):
        return SCORE
    return OUT_OF if measure.denominator else COUNT


def fitting(measure: Named, columns: Sequence[str], about: str) -> Fit | None:
    """The first way that fits the heads; else the measure's own words."""
    for way in load().get(measure.slug, ()):
        found = _fit(way, columns, about)
        if found is not None and (found.denominator is not None or kind(measure) != OUT_OF):
            return found
    return _by_name(measure, columns)


def half_fitting(measure: Named, columns: Sequence[str], about: str) -> tuple[str, bool] | None:
    """The head of a column that is near to the measure and not enough, and whether it is a percentage."""
    for way in load().get(measure.slug, ()):
        for pattern in way.share:
            if at := _matching(pattern, columns):
                return columns[at[0]], True
        if way.sheet and not re.search(way.sheet, about):
            continue
        if way.denominator and (plus := _columns(way.numerator, columns)):
            return plus[0].head, False
    return None


def _fit(way: Way, columns: Sequence[str], about: str) -> Fit | None:
    if (way.sheet and not re.search(way.sheet, about)) or not way.numerator:
        return None
    plus, less = _columns(way.numerator, columns), _columns(way.less, columns)
    below = _columns(way.denominator, columns)
    keeps = all(_matching(pattern, columns) for pattern, _ in way.only)
    beside = all(_matching(pattern, columns) for pattern in way.beside)
    if not plus or less is None or below is None or not keeps or not beside:
        return None
    return Fit(Amount(plus, less), Amount(below) if below else None, way.only, way.empty)


def _columns(patterns: Sequence[str], columns: Sequence[str]) -> tuple[Column, ...] | None:
    """The columns that the patterns name, in order; None where one of them is not there."""
    found: list[Column] = []
    for pattern in patterns:
        at = _matching(pattern.lstrip("?*"), columns)
        if not at and not pattern.startswith("?"):
            return None
        found += [Column(columns[each], each) for each in (at if pattern.startswith("*") else at[:1])]
    return tuple(found)


def _matching(pattern: str, columns: Sequence[str]) -> list[int]:
    wanted = re.compile(pattern)
    return [at for at, head in enumerate(columns) if head and wanted.fullmatch(heads.words(head))]


def called(measure: Named) -> Iterator[str]:
    """What rows say of a measure where a column names it, as plain words."""
    yield from (heads.words(name) for name in (*measure.names, measure.numerator))
    for way in load().get(measure.slug, ()):
        yield from way.called


def _by_name(measure: Named, columns: Sequence[str]) -> Fit | None:
    """Columns that are headed by the measure's own words: its names, or what it counts, whole or nearly so."""
    own = _nearest([*measure.names, measure.numerator], columns)
    if own is None:
        return None
    if not measure.denominator:
        return Fit(Amount((own,)), None)
    below = _nearest([measure.denominator], columns)
    counted = _nearest([measure.numerator], columns)
    if kind(measure) == SCORE:
        return Fit(Amount((own,)), Amount((below,)) if below else None)
    return Fit(Amount((counted,)), Amount((below,))) if counted and below and counted != below else None


def _nearest(names: Sequence[str], columns: Sequence[str]) -> Column | None:
    best, at = 0.0, -1
    wanted = [set(heads.words(name).split()) for name in names]
    for column, head in enumerate(columns):
        own = set(heads.words(head).split())
        share = max((len(own & each) / len(own | each) for each in wanted if own and each), default=0.0)
        if share > best and not {"percent", "rate", "rank"} & (own - set().union(*wanted)):
            best, at = share, column
    return Column(columns[at], at) if best >= 0.65 else None
