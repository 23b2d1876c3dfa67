"""What there is to say of each phase: advice and sentences, made when asked for."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa

from plotthedots import advice as advising
from plotthedots import verdict, words
from plotthedots.constants import Floats, Signs, Whole
from plotthedots.evaluate import RUN_COLUMNS, Chart, Evaluation
from plotthedots.figures import Figures
from plotthedots.prepare import Prepared
from plotthedots.rules import ABOUT_THE_MEDIAN


@dataclass(frozen=True)
class Sayings:
    """Numbers of a result turned into words, phase by phase."""

    prepared: Prepared
    made: Evaluation
    figures: Figures
    chart: Chart
    as_of: int | None

    @cached_property
    def advice(self) -> Any:
        """Codes of each phase, joined by a semicolon."""
        found = advising.codes(self.prepared, self.made, self.figures, self.chart, self.as_of)
        cells = np.full(len(self.figures.n), "", dtype=object)
        for code, phases in found.items():
            apart = np.where(cells[phases] == "", "", ";")
            cells[phases] = cells[phases] + apart.astype(object) + code
        return cells

    @cached_property
    def _reasons(self) -> Signs:
        """The rule that names each phase's latest point, as a position in the order of precedence; −1 for none."""
        made, numbers = self.made, self.figures
        latest = np.maximum(numbers.latest, 0)
        reason = np.full(len(latest), -1, dtype=np.int8)
        for position, name in reversed(list(enumerate(self.chart.rules.precedence))):
            fired = (made.signals[name][latest] != 0) & (numbers.latest >= 0)
            reason[fired] = position
        return reason

    @cached_property
    def open_rows(self) -> dict[int, int]:
        """Row of the open run of each series that has one."""
        prepared = self.prepared
        if prepared.open is None:
            return {}
        rows = np.flatnonzero(prepared.open)
        owners = np.searchsorted(prepared.stretches.series.starts, rows, side="right") - 1
        return {int(owner): int(row) for owner, row in zip(owners, rows, strict=True)}

    def sentences(self, rows: Whole) -> list[str]:
        numbers, made, stretches = self.figures, self.made, self.prepared.stretches
        kinds = {rule.column: rule for rule in self.chart.rules.rules}
        order = [kinds[name] for name in self.chart.rules.precedence]
        latest = numbers.latest[rows]
        dates = self.prepared.dates.take(pa.array(np.maximum(latest, 0))).to_pylist()
        first = self.prepared.dates.take(pa.array(numbers.first[rows])).to_pylist()
        columns = [
            numbers_or_none(values[rows])
            for values in (numbers.latest_value, numbers.centre, numbers.lower, numbers.upper, numbers.target)
        ]
        ways, reasons = numbers.way[rows].tolist(), self._reasons[rows].tolist()
        variations, assurances = numbers.variation[rows].tolist(), numbers.assurance[rows].tolist()
        made_sentences = []
        for i, (row, value, centre, lower, upper, target) in enumerate(zip(rows.tolist(), *columns, strict=True)):
            rule = order[reasons[i]] if reasons[i] >= 0 else None
            variation, assurance = variations[i], assurances[i]
            open_row = self.open_rows.get(int(stretches.owner[row])) if self.open_rows else None
            said = words.Said(
                value,
                dates[i],
                first[i],
                centre,
                lower,
                upper,
                target,
                ways[i],
                None if variation < 0 else verdict.VARIATIONS[variation],
                None if assurance < 0 else verdict.ASSURANCES[assurance],
                None if rule is None else rule.kind,
                () if rule is None else rule.settings,
                self.chart.family in ABOUT_THE_MEDIAN,
                self.percent(value, centre),
                self._run_words(row),
                None if open_row is None else number_or_none(made.value[open_row]),
                open_row is not None and bool(made.value[open_row] > made.upper[open_row]),
            )
            made_sentences.append(words.sentence(said))
        return made_sentences

    def percent(self, value: float | None, centre: float | None) -> bool:
        """Whether a series is a share of a whole: p and p′ are, and a ratio of at most 1 on XmR and run charts is."""
        if self.chart.multiply != 1 or self.prepared.denominator is None:
            return False
        if self.chart.family in ("p", "pprime"):
            return True
        return self.chart.family in ("xmr", "run") and (value or 0) <= 1 and (centre or 0) <= 1

    def _run_words(self, row: int) -> tuple[int, int, int, int] | None:
        runs = self.made.runs
        if not runs or not self.made.signals["runs"][self.prepared.stretches.phases.starts[row]]:
            return None
        longest, most, crossings, least = (int(runs[name][row]) for name in RUN_COLUMNS)
        return longest, most, crossings, least


def number_or_none(value: float) -> float | None:
    return float(value) if value == value else None


def numbers_or_none(values: Floats) -> list[float | None]:
    return [value if value == value else None for value in values.tolist()]
