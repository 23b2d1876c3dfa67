"""Arrays in; lines, signals and points out, block by block on both cores."""

from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from plotthedots import crossings, signals, verdict
from plotthedots.batch import Batch, in_blocks
from plotthedots.constants import Flags, Floats, Signs, Whole
from plotthedots.limits import FAMILIES, Family, Lines, Sigma
from plotthedots.rules import RuleSet, meaningful
from plotthedots.segments import Segments

RUN_COLUMNS = ("longest_run", "longest_run_max", "crossings", "crossings_min")
LINES = ("centre", "lower", "upper", "lower_near", "upper_near")


@dataclass(frozen=True, slots=True)
class Chart:
    """How every series is to be charted."""

    family: str
    rules: RuleSet
    screen: bool = True
    multiply: float = 1.0
    floor: float | None = None

    @property
    def sigma(self) -> Sigma:
        return Sigma(self.screen, self.rules.making_data_count, self.rules.runs is not None)


@dataclass(frozen=True)
class Evaluation:
    """Lines and signals of a batch (nan where undefined), the code and way of each point; runs a value a phase.

    Lines that are level within a phase are kept as a value a phase; `centre`, `lower`, `upper`, `lower_near` and
    `upper_near` give any line a value a row, made when first asked for.
    """

    phases: Segments
    value: Floats
    lines: dict[str, Floats]
    level: bool
    signals: dict[str, Signs]
    point: Signs
    way: Signs
    runs: dict[str, Whole] = field(default_factory=dict)

    @cached_property
    def centre(self) -> Floats:
        return self._each_row("centre")

    @cached_property
    def lower(self) -> Floats:
        return self._each_row("lower")

    @cached_property
    def upper(self) -> Floats:
        return self._each_row("upper")

    @cached_property
    def lower_near(self) -> Floats:
        return self._each_row("lower_near")

    @cached_property
    def upper_near(self) -> Floats:
        return self._each_row("upper_near")

    def _each_row(self, name: str) -> Floats:
        return self.phases.spread(self.lines[name]) if self.level else self.lines[name]

    def one_a_phase(self, name: str, rows: Whole) -> Floats:
        """A line's value for each phase: the phase's own where level, else that of the row named for it."""
        return self.lines[name] if self.level else self.lines[name][rows]


class _Block:
    """A block's lines as they are drawn: within the bounds of the family, scaled, not below the floor."""

    def __init__(self, batch: Batch, chart: Chart) -> None:
        self.chart = chart
        self.family: Family = FAMILIES[chart.family]
        self.batch = batch
        self.lines: Lines = self.family.lines(batch, chart.sigma)
        self.drawn: dict[float, tuple[Floats, Floats]] = {}

    @cached_property
    def value(self) -> Floats:
        return self.batch.value if self.chart.multiply == 1 else self.batch.value * self.chart.multiply

    @cached_property
    def judged(self) -> Floats:
        judged = self.lines.judged
        if judged is None:
            return self.value
        return judged if self.chart.multiply == 1 else judged * self.chart.multiply

    @cached_property
    def centre(self) -> Floats:
        return self.lines.centre if self.chart.multiply == 1 else self.lines.centre * self.chart.multiply

    def drawn_at(self, k: float) -> tuple[Floats, Floats]:
        """Lower and upper line `k` sigma from the centre, level or a value a row as the family has them."""
        if k not in self.drawn:
            self.drawn[k] = self._bounded(*self.lines.at(k))
        return self.drawn[k]

    def at(self, k: float) -> tuple[Floats, Floats]:
        """The same, a value a row."""
        lower, upper = self.drawn_at(k)
        return self.each_row(lower), self.each_row(upper)

    def each_row(self, line: Floats) -> Floats:
        return self.batch.phases.spread(line) if self.lines.level else line

    def _bounded(self, lower: Floats, upper: Floats) -> tuple[Floats, Floats]:
        family, chart = self.family, self.chart
        if family.lowest is not None:
            lower = np.maximum(lower, family.lowest)
        if family.highest is not None:
            upper = np.minimum(upper, family.highest)
        if chart.multiply != 1:
            lower, upper = lower * chart.multiply, upper * chart.multiply
        if chart.floor is not None:
            lower = np.maximum(lower, chart.floor)
        return lower, upper


def evaluate(batch: Batch, chart: Chart, better: Signs, *, threads: int | None = None) -> Evaluation:
    """Lines, signals and points of every series of a batch.

    `better` is the way that is better, a row each or one for all: −1 lower, 0 neither, 1 higher. Given centres
    are in plotted units. Linear in rows; memory beyond the result is a few blocks.
    """
    out = _room(batch, chart)
    if not len(batch.value):
        return out
    given = batch.centre
    if given is not None and chart.multiply != 1:
        batch = replace(batch, centre=given / chart.multiply)

    def work(part: Batch, here: slice, phases: slice) -> None:
        block = _Block(part, chart)
        _draw(block, out, here, phases)
        _judge(block, out, here, phases)
        missing = (block.value != block.value).view(np.int8)
        way, sideless = verdict.way_of(
            {name: column[here] for name, column in out.signals.items()}, chart.rules.precedence
        )
        better_here = better[here] if np.ndim(better) else better
        if sideless is not None:
            better_here = better_here & (sideless - np.int8(1))
        out.way[here] = way
        out.point[here] = verdict.point_codes(way, better_here, missing)

    in_blocks(batch, work, threads=threads)
    if given is not None:
        out.lines["centre"][:] = given
    return out


def _room(batch: Batch, chart: Chart) -> Evaluation:
    """Room for the result; values that are not scaled are those that came in."""
    rows, phases = len(batch.value), len(batch.phases.starts)
    level = FAMILIES[chart.family].level and batch.centre is None
    runs = RUN_COLUMNS if chart.rules.runs else ()
    return Evaluation(
        batch.phases,
        batch.value if chart.multiply == 1 else np.empty(rows),
        lines={name: np.empty(phases if level else rows) for name in LINES},
        level=level,
        signals={name: np.empty(rows, dtype=np.int8) for name in chart.rules.columns},
        point=np.empty(rows, dtype=np.int8),
        way=np.empty(rows, dtype=np.int8),
        runs={name: np.empty(phases, dtype=np.int64) for name in runs},
    )


def _draw(block: _Block, out: Evaluation, here: slice, phases: slice) -> None:
    """Copy a block's lines into the result. What overflowed is undefined, never infinite."""
    place = phases if out.level else here
    for name, line in zip(LINES, (block.centre, *block.drawn_at(3), *block.drawn_at(2)), strict=True):
        out.lines[name][place] = _finite(line)
    if block.chart.multiply != 1:
        out.value[here] = _finite(block.value)


def _finite(line: Floats) -> Floats:
    infinite = np.isinf(line)
    return np.where(infinite, np.nan, line) if infinite.any() else line


def _judge(block: _Block, out: Evaluation, here: slice, phases: slice) -> None:
    chart, batch = block.chart, block.batch
    for rule in chart.rules.rules:
        if rule.judge is None:
            lower, upper = block.at(3)
            out.signals[rule.column][here] = (
                signals.outside(block.judged, lower, upper) if meaningful(chart.family, rule.kind) else 0
            )
    kept = None if batch.ghost is None else ~batch.ghost
    sequence = _sequence(block, kept)
    for rule in chart.rules.rules:
        if rule.judge is None:
            continue
        column = out.signals[rule.column][here]
        if not meaningful(chart.family, rule.kind):
            column[:] = 0
        elif kept is None:
            column[:] = rule.judge(sequence, *rule.settings)
        else:
            column[:] = 0
            column[kept] = rule.judge(sequence, *rule.settings)
    if chart.rules.runs:
        _judge_runs(block, out, here, phases, sequence, kept)


def _sequence(block: _Block, kept: Flags | None) -> signals.Sequence:
    """The rows to judge: ghosts are taken out, so that their neighbours meet."""
    centre = block.each_row(block.centre)
    if kept is None:
        return signals.Sequence.of(block.judged, centre, block.batch.phases, block.at)

    def at(k: float) -> tuple[Floats, Floats]:
        lower, upper = block.at(k)
        return lower[kept], upper[kept]

    return signals.Sequence.of(block.judged[kept], centre[kept], block.batch.phases.keeping(kept), at)


def _judge_runs(
    block: _Block, out: Evaluation, here: slice, phases: slice, sequence: signals.Sequence, kept: Flags | None
) -> None:
    own: Segments = block.batch.phases
    variant = block.chart.rules.runs
    assert variant is not None
    judged = crossings.judge(sequence.side, own if kept is None else own.keeping(kept), variant)
    out.runs["longest_run"][phases] = judged.longest
    out.runs["longest_run_max"][phases] = judged.longest_max
    out.runs["crossings"][phases] = judged.crossings
    out.runs["crossings_min"][phases] = judged.crossings_min
    signal = judged.signal if block.family.judged_by_runs else np.zeros_like(judged.signal)
    out.signals["runs"][here] = np.repeat(signal.astype(np.int8), own.lengths)
