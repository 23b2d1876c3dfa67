"""What `spc` gives back: tables in the caller's type of frame, sentences, charts."""

from collections.abc import Iterator
from functools import cached_property, partial
from typing import Any

import numpy as np
import pyarrow as pa

from plotthedots import card, svg, verdict, words
from plotthedots import frame as frames
from plotthedots.card import Card, Phase, Row
from plotthedots.columns import Repeated
from plotthedots.constants import Floats, Signs, Whole
from plotthedots.errors import BadInput
from plotthedots.evaluate import Chart, Evaluation, evaluate
from plotthedots.figures import Figures, figures
from plotthedots.prepare import Prepared
from plotthedots.rules import ABOUT_THE_MEDIAN
from plotthedots.saying import Sayings, number_or_none

POINT_COLUMNS = (
    "date",
    "value",
    "numerator",
    "denominator",
    "phase",
    "target",
    "centre",
    "lower",
    "upper",
    "lower_near",
    "upper_near",
)
PHASE_COLUMNS = (
    *("phase", "phases", "points", "n", "first_date", "latest_date", "latest_value", "centre", "lower", "upper"),
    *("target", "variation", "assurance", "provisional", "advice", "sentence"),
)

AT_ONCE = 5_000  # series whose sentences are made together when a chart of one of them is asked for


class Result:
    """Control charts of one or many series.

    `points` has a row per observation (per subgroup for xbar, s), `phases` a row per series and phase,
    `summary` a row per series, its latest phase; all in the type of frame that came in. `rules` names the
    rule columns of `points`, `series` the series (text, number or date; a tuple for several `by` columns;
    "" with by=None), `said` what was converted while reading.
    """

    def __init__(self, prepared: Prepared, made: Evaluation, chart: Chart, as_of: int | None = None) -> None:
        self._prepared = prepared
        self._made = made
        self._chart = chart
        self._as_of = as_of
        self.rules: tuple[str, ...] = chart.rules.columns
        self.said: list[str] = list(prepared.table.said)

    @cached_property
    def series(self) -> list[Any]:
        """Names of the series, in order."""
        return self._prepared.labels()

    @cached_property
    def points(self) -> Any:
        """A row per observation, by series and date."""
        return frames.like(self._prepared.table, self._point_columns())

    @cached_property
    def phases(self) -> Any:
        """A row per series and phase."""
        return frames.like(self._prepared.table, self._phase_columns(np.arange(len(self._prepared.stretches.owner))))

    @cached_property
    def summary(self) -> Any:
        """A row per series: its latest phase."""
        return frames.like(self._prepared.table, self._phase_columns(self._prepared.stretches.last_of_series))

    def earlier(self, rows: int = 1) -> "Result":
        """The result had the last `rows` rows of each series not been there; series without others are left out."""
        if isinstance(rows, bool) or not isinstance(rows, (int, np.integer)) or rows < 0:
            raise BadInput(f"rows: found {rows!r}, expected a whole number of 0 or more.")
        prepared = self._prepared.without_last(int(rows))
        return Result(prepared, evaluate(prepared.batch, self._chart, prepared.better), self._chart, self._as_of)

    def sentence(self, *series: Any) -> str:
        """What there is to say of a series' latest phase."""
        return str(self._sayings.sentences(self._latest_phase(series))[0])

    def to_svg(self, *series: Any, **options: Any) -> str:
        """The control chart of a series as an SVG text; with by=None the name is left out.

        Options are those of `svg.chart`: title, subtitle, width, height, last, notes, style …
        """
        return self.draw(self._position(series), **options)

    def icons(self, *series: Any, size: int = 48) -> tuple[str, str]:
        """Variation and assurance icons of a series as SVG texts."""
        row = int(self._latest_phase(series)[0])
        variation, assurance = self._verdict(row)
        return svg.icon(variation or "too_few", size=size), svg.icon(assurance or "none", size=size)

    def sparkline(self, *series: Any, **options: Any) -> str:
        """A series' chart at the size of a word, as an SVG text."""
        return self.sparkline_at(self._position(series), **options)

    def sparkline_at(self, position: int, **options: Any) -> str:
        """The same of the series at a position of `series`."""
        here = self._rows(position)
        made = self._made
        target = self._prepared.target
        return svg.sparkline(
            made.value[here],
            centre=made.centre[here],
            lower=made.lower[here],
            upper=made.upper[here],
            point=made.point[here],
            target=None if target is None else target[here],
            title=self._title(position),
            **options,
        )

    def _repr_html_(self) -> str:
        """A notebook shows the first charts; `points` and `summary` have the rest."""
        shown = "".join(f"<div>{self.draw(position)}</div>" for position in range(min(len(self.series), 6)))
        left = len(self.series) - 6
        return shown + (f"<p>{left:,} more series: see <code>summary</code>.</p>" if left > 0 else "")

    def cards(self) -> Iterator[Card]:
        """Each series as a page shows it, in order."""
        for position in range(len(self.series)):
            yield self._card(position)

    @cached_property
    def _sayings(self) -> Sayings:
        return Sayings(self._prepared, self._made, self._figures, self._chart, self._as_of)

    # Tables

    def _point_columns(self) -> dict[str, Any]:
        prepared, made = self._prepared, self._made
        rows = len(made.value)
        none = np.broadcast_to(np.nan, rows)
        columns: dict[str, Any] = dict(zip(prepared.by, self._keys_per_row(), strict=True))
        numerator, denominator = prepared.numerator, prepared.denominator
        stretches = prepared.stretches
        columns |= {
            "date": prepared.dates,
            "value": made.value,
            "numerator": none if numerator is None else numerator,
            "denominator": none if denominator is None else denominator,
            "phase": partial(np.repeat, stretches.number, stretches.phases.lengths),
            "target": none if prepared.target is None else prepared.target,
        }
        for name, line in made.lines.items():
            columns[name] = partial(made.phases.spread, line) if made.level else line
        columns |= made.signals
        columns["point"] = Repeated(pa.array(verdict.POINTS), made.point)
        for name in made.runs:
            columns[name] = _whole_or_none(np.repeat(made.runs[name], stretches.phases.lengths))
        return columns

    def _keys_per_row(self) -> list[Any]:
        """The `by` columns, a value a row."""
        prepared = self._prepared
        if prepared.order.rows is None:
            return [prepared.table.columns[name] for name in prepared.by]
        series = prepared.order.series
        owner = np.repeat(np.arange(len(series.starts), dtype=np.int32), series.lengths)
        return [Repeated(key, owner) for key in prepared.order.keys]

    def _phase_columns(self, rows: Whole) -> dict[str, Any]:
        prepared, numbers, stretches = self._prepared, self._figures, self._prepared.stretches
        owner = stretches.owner[rows]
        columns: dict[str, Any] = {
            name: key.take(pa.array(owner)) for name, key in zip(prepared.by, prepared.order.keys, strict=True)
        }
        latest = pa.array(numbers.latest[rows], mask=numbers.latest[rows] < 0)
        columns |= {
            "phase": stretches.number[rows],
            "phases": np.bincount(stretches.owner, minlength=len(stretches.series.starts))[owner],
            "points": stretches.series.lengths[owner],
            "n": numbers.n[rows],
            "first_date": prepared.dates.take(pa.array(numbers.first[rows])),
            "latest_date": prepared.dates.take(latest),
            "latest_value": numbers.latest_value[rows],
            "centre": numbers.centre[rows],
            "lower": numbers.lower[rows],
            "upper": numbers.upper[rows],
            "target": numbers.target[rows],
            "variation": coded(verdict.VARIATIONS, numbers.variation[rows]),
            "assurance": coded(verdict.ASSURANCES, numbers.assurance[rows]),
            "provisional": numbers.provisional[rows],
            "advice": pa.array(self._sayings.advice[rows], pa.string()),
            "sentence": pa.array(self._sayings.sentences(rows), pa.string()),
        }
        for name in self._made.runs:
            columns[name] = _whole_or_none(self._made.runs[name][rows])
        return columns

    # What is said

    @cached_property
    def _figures(self) -> Figures:
        return figures(self._prepared, self._made)

    # One series

    def _position(self, series: tuple[Any, ...]) -> int:
        prepared = self._prepared
        if not prepared.by:
            if series:
                raise BadInput(f"found {series[0]!r}, but there is only one series: leave the name out.")
            if not self.series:
                raise BadInput("there is no series to draw: the table has no rows.")
            return 0
        name = series[0] if len(series) == 1 else tuple(series)
        if len(prepared.by) > 1 and isinstance(name, list):
            name = tuple(name)
        try:
            return self._index[name]
        except (KeyError, TypeError):
            raise self._no_series(name) from None

    @cached_property
    def _index(self) -> dict[Any, int]:
        return {name: position for position, name in enumerate(self.series)}

    def _no_series(self, name: Any) -> BadInput:
        import difflib

        close = difflib.get_close_matches(str(name), [str(own) for own in self.series], n=1)
        guess = f" Did you mean {close[0]!r}?" if close else f" The first is {self.series[0]!r}." if self.series else ""
        return BadInput(f"no series {name!r}.{guess}")

    def _latest_phase(self, series: tuple[Any, ...]) -> Whole:
        position = self._position(series)
        return self._prepared.stretches.last_of_series[position : position + 1]

    def _rows(self, position: int) -> slice:
        series = self._prepared.stretches.series
        begin = int(series.starts[position])
        return slice(begin, begin + int(series.lengths[position]))

    def draw(self, position: int, **options: Any) -> str:
        """The chart of the series at a position of `series`; options as for `to_svg`."""
        return svg.chart(**(self.plotted(position) | options))

    def plotted(self, position: int) -> dict[str, Any]:
        """What the chart of a series shows: arguments of `svg.chart`."""
        here = self._rows(position)
        made, prepared, stretches = self._made, self._prepared, self._prepared.stretches
        phases = slice(*np.searchsorted(stretches.owner, [position, position + 1]))
        open_row = self._sayings.open_rows.get(position)
        ghost = None if prepared.ghost is None else prepared.ghost[here].copy()
        return {
            "x": _axis(prepared.dates.type, prepared.moments[here]),
            "x_kind": _axis_kind(prepared.dates.type),
            "value": made.value[here],
            "centre": made.centre[here],
            "lower": made.lower[here],
            "upper": made.upper[here],
            "target": None if prepared.target is None else prepared.target[here],
            "point": made.point[here],
            "phase": np.repeat(stretches.number[phases], stretches.phases.lengths[phases]),
            "ghost": ghost,
            "open_run": None if open_row is None else open_row - here.start,
            "title": self._title(position),
            "percent": self._sayings.percent(
                *(number_or_none(column[here.stop - 1]) for column in (made.value, made.centre))
            ),
            "median": self._chart.family in ABOUT_THE_MEDIAN,
        }

    def _card(self, position: int) -> Card:
        here, row = self._rows(position), int(self._prepared.stretches.last_of_series[position])
        numbers = self._figures
        dates = self._prepared.dates[here.start : here.stop].to_pylist()
        by_month = card.monthly(dates)
        latest = int(numbers.latest[row])
        value, centre = number_or_none(numbers.latest_value[row]), number_or_none(numbers.centre[row])
        target = float(numbers.target[row])
        # Written as the sentence writes them, so that a page never gives two figures for one number.
        beside = (value, centre, float(numbers.lower[row]), float(numbers.upper[row]), target)
        write = words.writer(beside, self._sayings.percent(value, centre))
        variation, assurance = self._verdict(row)
        return Card(
            position=position,
            name=self._name(position),
            sentence=self._latest_sentences[position],
            variation=variation,
            assurance=assurance,
            n=int(numbers.n[row]),
            latest="–" if value is None else write(value),
            when="" if latest < 0 else card.short_moment(dates[latest - here.start], by_month),
            target=card.cell(target, write),
            advice=words.advice(self._sayings.advice[row]),
            rows=self._card_rows(here, dates, by_month, write),
            phases=self._card_phases(position, by_month, write),
            ratio=self._prepared.denominator is not None,
        )

    def _card_rows(self, here: slice, dates: list[Any], by_month: bool, write: Any) -> list[Row]:
        made, prepared = self._made, self._prepared
        seen = self._seen(here)
        ghost = [False] * len(dates) if prepared.ghost is None else prepared.ghost[here].tolist()
        none = [float("nan")] * len(dates)
        numerator = none if prepared.numerator is None else prepared.numerator[here].tolist()
        denominator = none if prepared.denominator is None else prepared.denominator[here].tolist()
        columns = (made.value, made.centre, made.lower, made.upper)
        value, centre, lower, upper = (column[here].tolist() for column in columns)
        point = [verdict.POINTS[code] if code >= 0 else "missing" for code in made.point[here].tolist()]
        return [
            Row(
                card.short_moment(dates[i], by_month),
                card.cell(value[i], write),
                card.cell(numerator[i], words.number),
                card.cell(denominator[i], words.number),
                card.cell(centre[i], write),
                card.between_limits(lower[i], upper[i], write),
                "Left out" if ghost[i] else seen[i],
                "ghost" if ghost[i] else point[i],
            )
            for i in range(len(dates))
        ]

    def _seen(self, here: slice) -> list[str]:
        """Which rules fired at each point, in words."""
        fired: list[list[str]] = [[] for _ in range(here.stop - here.start)]
        for rule in self._chart.rules.rules:
            for i, way in enumerate(self._made.signals[rule.column][here].tolist()):
                if way:
                    fired[i].append(words.rule(rule.kind, rule.settings, way))
        return [", ".join(names) for names in fired]

    def _card_phases(self, position: int, by_month: bool, write: Any) -> list[Phase]:
        stretches, numbers = self._prepared.stretches, self._figures
        first, last = np.searchsorted(stretches.owner, [position, position + 1])
        return [
            Phase(
                card.short_moment(self._prepared.dates[int(numbers.first[row])].as_py(), by_month),
                int(numbers.n[row]),
                card.cell(float(numbers.centre[row]), write),
                card.between_limits(float(numbers.lower[row]), float(numbers.upper[row]), write),
            )
            for row in range(int(first), int(last))
        ]

    def _name(self, position: int) -> str:
        name = self.series[position]
        return " · ".join(map(str, name)) if isinstance(name, tuple) else str(name)

    def _verdict(self, row: int) -> tuple[str | None, str | None]:
        variation, assurance = self._figures.variation[row], self._figures.assurance[row]
        return (
            None if variation < 0 else verdict.VARIATIONS[variation],
            None if assurance < 0 else verdict.ASSURANCES[assurance],
        )

    @cached_property
    def _latest_sentences(self) -> list[str]:
        return self._sayings.sentences(self._prepared.stretches.last_of_series)

    def _title(self, position: int) -> str:
        row = self._prepared.stretches.last_of_series[position : position + 1]
        said = self._latest_sentences[position] if len(self.series) <= AT_ONCE else self._sayings.sentences(row)[0]
        name = self._name(position)
        return f"{name}: {said}" if name else said


def _axis_kind(kind: pa.DataType) -> str:
    return "number" if pa.types.is_integer(kind) else "datetime" if pa.types.is_timestamp(kind) else "date"


def _axis(kind: pa.DataType, moments: Whole) -> Floats:
    """Positions as the charts take them: days, seconds or plain numbers."""
    per_second = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}
    return moments / per_second[kind.unit] if pa.types.is_timestamp(kind) else moments.astype(np.float64)


def coded(names: tuple[str, ...], codes: Signs) -> Any:
    """Arrow text column from codes; −1 is null."""
    indices = pa.array(codes, mask=codes < 0) if (codes < 0).any() else pa.array(codes)
    return pa.DictionaryArray.from_arrays(indices, pa.array(names)).cast(pa.string())


def _whole_or_none(values: Whole) -> Any:
    return pa.array(values, mask=values < 0)
