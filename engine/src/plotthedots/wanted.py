"""What a chart was asked for, before any row is read."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from plotthedots.constants import names
from plotthedots.errors import BadInput
from plotthedots.limits import FAMILIES, Family

BETTER = {"increase": 1, "neutral": 0, "decrease": -1}
AGGREGATES = ("sum", "mean", "median")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What `spc` was asked for, as it was said."""

    value: str
    date: str
    by: tuple[str, ...]
    chart: str
    denominator: str | None = None
    target: Any = None
    direction: str | None = None
    rebase: Any = None
    baseline: Any = None
    exclude: str | None = None
    aggregate: str | None = None
    centre: Any = None

    @property
    def family(self) -> Family:
        return FAMILIES[self.chart]

    def columns(self, present: Sequence[str]) -> list[str]:
        """The columns that must be read from a frame that holds `present`."""
        found = [self.value, self.date, *self.by]
        optional = (self.denominator, self.exclude, self.target, self.centre)
        found += [name for name in optional if isinstance(name, str)]
        if self.direction is not None and self.direction not in BETTER:
            found.append(self.direction)
        if isinstance(self.rebase, str) and self.rebase in present:
            found.append(self.rebase)
        if self.chart in ("g", "t") and "open" in present:
            found.append("open")
        return list(dict.fromkeys(found))

    def check(self) -> None:
        """BadInput where a chart cannot be made of what was asked for, whatever the frame holds."""
        if self.chart not in FAMILIES:
            raise BadInput(f'chart: found "{self.chart}", expected {names(FAMILIES)}.')
        family = self.family
        if family.denominator == "needed" and self.denominator is None:
            raise BadInput(f"a {self.chart} chart needs denominator=, the column of what each value is out of.")
        if family.denominator == "refused" and self.denominator is not None:
            instead = {"c": " Say u for counts with a denominator."}.get(self.chart, "")
            raise BadInput(f"a {self.chart} chart takes no denominator.{instead}")
        if self.aggregate is not None and self.aggregate not in AGGREGATES:
            raise BadInput(f'aggregate: found "{self.aggregate}", expected {names(AGGREGATES)}.')
        if self.aggregate is not None and family.subgroups:
            raise BadInput(f"a {self.chart} chart takes rows that share a date as its subgroup; leave out aggregate.")
