"""The shipped catalogue of measures: reviewed content in catalogue/*.toml, checked whole. No database, no clock."""

import datetime as dt
import math
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from pathlib import Path
from types import MappingProxyType
from typing import Any

from holdgood.measures import shape
from plotthedots.limits import FAMILIES

CATALOGUE = Path(__file__).with_name("catalogue")


class WrongCatalogue(Exception):
    """The catalogue cannot be used: one sentence for each mistake."""

    def __init__(self, mistakes: Iterable[str]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(self.mistakes))


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What is asked of the value from a day to a day, both counted, or without end."""

    value: float
    starts: dt.date
    ends: dt.date | None
    kind: str  # "national": a standing standard; "interim": a step on the way to it
    source: str

    def holds_on(self, day: dt.date) -> bool:
        return self.starts <= day <= (self.ends or dt.date.max)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where the measure is defined, or, of a local one, why it is worth having."""

    publisher: str
    title: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """A measure as shipped: enough to build its form, its checks and its chart from."""

    domain: str
    domain_title: str
    author: str
    checked_by: str  # "" until somebody in a trust has held it against its source
    next_review: dt.date
    slug: str
    name: str
    short: str
    sentence: str
    numerator: str
    denominator: str  # "" where there is none
    unit: str
    per: int
    decimals: int
    chart: str
    chart_because: str
    direction: str
    granularity: str
    levels: tuple[str, ...]
    adds_up: str  # over places: "sum"; "ratio" of the two sums; mean "weighted" by the denominator; "none"
    adds_up_because: str
    lag_days: int
    owner: str
    themes: tuple[str, ...]
    minimum: float | None
    maximum: float | None
    numerator_within_denominator: bool
    whole: bool  # the numerator is a count
    stock: bool  # counted at a moment: periods do not add up, and each resembles the one before
    rolling_months: int  # months that one value covers where that is more than its own period, else 0
    local: bool  # no national definition: agree this one before comparing
    aliases: tuple[str, ...]
    targets: tuple[Target, ...]
    sources: tuple[Source, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """What people and files may call it."""
        return (self.name, self.short, self.slug, *self.aliases)

    def value(self, numerator: float, denominator: float | None = None) -> float | None:
        """What is plotted; None where the denominator is missing or nought. A weighted mean is a value already."""
        if not self.denominator or self.adds_up == "weighted":
            return numerator * self.per
        return numerator / denominator * self.per if denominator else None

    def target_on(self, day: dt.date, kind: str = "national") -> Target | None:
        return next((target for target in self.targets if target.kind == kind and target.holds_on(day)), None)

    def overdue(self, on: dt.date) -> bool:
        return on > self.next_review


@cache
def load() -> Mapping[str, Definition]:
    """Every shipped measure by its slug, in the order of the files."""
    return read({path.name: path.read_text(encoding="utf-8") for path in sorted(CATALOGUE.glob("*.toml"))})


def read(files: Mapping[str, str]) -> Mapping[str, Definition]:
    """The measures of files given as name and text; all that is wrong with them is told at once."""
    mistakes: list[str] = []
    found = [made for name, text in files.items() for made in _measures(name, text, mistakes)]
    mistakes += _shared(found)
    if not found and not mistakes:
        mistakes.append("catalogue: found no file, expected one or more that end in .toml.")
    if mistakes:
        raise WrongCatalogue(mistakes)
    return MappingProxyType({made.slug: made for made in found})


def _measures(file: str, text: str, mistakes: list[str]) -> Iterator[Definition]:
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        mistakes.append(f"{file}: found what is not TOML ({problem}), expected a file of measures.")
        return
    before = len(mistakes)
    head = shape.take(raw, shape.HEAD, file, mistakes)
    if len(mistakes) > before:
        return
    tables = head.pop("measure")
    head |= {"domain": file.removesuffix(".toml"), "domain_title": head.pop("title")}
    for number, table in enumerate(tables, start=1):
        slug = table.get("slug")
        where = f'{file}, measure "{slug}"' if isinstance(slug, str) else f"{file}, measure {number}"
        made = _measure(table, where, head, mistakes)
        if made:
            mistakes += (f'{where}, "{field}": {said}.' for field, said in _contradictions(made))
            yield made


def _measure(table: Mapping[str, Any], where: str, head: Mapping[str, Any], mistakes: list[str]) -> Definition | None:
    before = len(mistakes)
    taken = shape.take(table, shape.MEASURE, where, mistakes)
    if len(mistakes) > before:
        return None
    targets = _tables(taken.pop("target"), shape.TARGET, f"{where}, target", mistakes)
    sources = _tables(taken.pop("source"), shape.SOURCE, f"{where}, source", mistakes)
    if len(mistakes) > before:
        return None
    for target in targets:
        target["starts"], target["ends"] = target.pop("from"), target.pop("until")
    lists = {name: tuple(value) for name, value in taken.items() if isinstance(value, list)}
    made = {"targets": tuple(Target(**one) for one in targets), "sources": tuple(Source(**one) for one in sources)}
    return Definition(**head, **(taken | lists | made))


def _tables(
    raw: list[dict[str, Any]], keys: Mapping[str, shape.Key], where: str, mistakes: list[str]
) -> list[dict[str, Any]]:
    return [shape.take(one, keys, f"{where} {number}", mistakes) for number, one in enumerate(raw, start=1)]


def _contradictions(made: Definition) -> Iterator[tuple[str, str]]:
    """Where two fields, each right by itself, cannot both be: the field and what was found and expected."""
    yield from _of_the_chart(made)
    yield from _of_the_figures(made)
    yield from _of_the_targets(made)


def _of_the_chart(made: Definition) -> Iterator[tuple[str, str]]:
    family = FAMILIES[made.chart]
    chart = f"a {made.chart} chart"
    if family.denominator == "needed" and not made.denominator:
        yield "denominator", f"found none, expected one for {chart}"
    if family.denominator == "refused" and made.denominator:
        yield "denominator", f'found "{made.denominator}", expected "" for {chart}'
    if family.highest == 1 and not made.numerator_within_denominator:
        yield "numerator_within_denominator", f"found false, expected true for {chart}"
    if family.counts and not made.whole:
        yield "whole", f"found false, expected true for {chart}, which counts"


def _of_the_figures(made: Definition) -> Iterator[tuple[str, str]]:
    least, most = made.minimum, made.maximum
    if not made.denominator and made.numerator_within_denominator:
        yield "numerator_within_denominator", "found true, expected a denominator beside it"
    if not made.denominator and made.per != 1:
        yield "per", f"found {made.per}, expected 1 where there is no denominator"
    if made.adds_up != "none" and bool(made.denominator) == (made.adds_up == "sum"):
        yield "adds_up", f"found {made.adds_up}, expected sum without a denominator, ratio or weighted with one"
    if made.adds_up == "weighted" and (made.per != 1 or FAMILIES[made.chart].denominator == "needed"):
        yield "adds_up", "found weighted, expected per 1 and a chart of values beside it"
    if made.adds_up in ("weighted", "none") and not made.adds_up_because:
        yield "adds_up_because", f'found nothing, expected the reason for "{made.adds_up}"'
    if least is not None and most is not None and least >= most:
        yield "maximum", f"found {most}, expected more than the minimum of {least}"
    if made.numerator_within_denominator and (least, most) != (0, made.per):
        yield "maximum", f"found {least} to {most}, expected 0 to {made.per} for a part of a whole"


def _of_the_targets(made: Definition) -> Iterator[tuple[str, str]]:
    if made.targets and made.direction == "neutral":
        yield "direction", "found neutral, expected increase or decrease where there is a target"
    least = -math.inf if made.minimum is None else made.minimum
    most = math.inf if made.maximum is None else made.maximum
    for number, target in enumerate(made.targets, start=1):
        if not least <= target.value <= most:
            yield "target", f"found {target.value} in target {number}, expected a value that the measure can have"
        if target.ends and target.ends < target.starts:
            yield "target", f"found until {target.ends} in target {number}, expected {target.starts} or later"
        if target.kind == "interim" and not target.ends:
            yield "target", f"found no until in target {number}, expected one for a step on the way"
    for one, other in combinations(made.targets, 2):
        both = max(one.starts, other.starts)
        if one.kind == other.kind and one.holds_on(both) and other.holds_on(both):
            yield "target", f"found two {one.kind} targets on {both}, expected one at a time"


def _shared(found: Iterable[Definition]) -> Iterator[str]:
    """A name, short name, slug or alias must lead to one measure, for search and for the columns of files."""
    owners: dict[str, Definition] = {}
    for made in found:
        for name in {name.casefold(): name for name in made.names}.values():
            other = owners.setdefault(name.casefold(), made)
            if other is not made:
                where = f'{made.domain}.toml, measure "{made.slug}"'
                yield f'{where}: found the name "{name}" of "{other.slug}", expected one that no other measure has.'
