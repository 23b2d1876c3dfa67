"""What a chart draws, and where: the arrays of one series and the field they are drawn in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from plotthedots.constants import Flags, Floats, Signs, Whole
from plotthedots.svg import scale
from plotthedots.svg.element import length

NARROW = 520  # pixels, below which the labels at the right are short, or move to the legend
INSET = 10.0  # pixels from the ends of the axis to the first and the last point
FIELD = 120.0  # least height of the field of the points, in pixels
DRAWABLE = 1e300  # what is beyond cannot be told from infinity once differences are taken

# Rows of `Plot.rows` and `Plot.ys`.
VALUE, CENTRE, LOWER, UPPER, TARGET = range(5)


class End(NamedTuple):
    """The last value of a line, and the words of its label."""

    row: int
    value: float
    label: str


@dataclass(slots=True)
class Plot:
    """`rows` has a line of values each for the points, centre, limits and target (nan is missing).

    `left`, `right`, `top`, `bottom` bound the field of the points; `px` and `ys` are pixels. `edges` bound each
    point's share of the axis, half-way to its neighbours. `starts`: where each phase begins, and the end of the last.
    """

    x: Floats
    kind: str
    rows: Floats
    point: Signs
    phase: Whole
    hollow: Flags | None
    open_run: int | None
    percent: bool
    unit: str
    median: bool
    notes: Sequence[tuple[float, str]]
    phase_labels: Sequence[str]
    width: float
    height: float
    span: tuple[float, float] | None = None  # values that the axis covers, whatever the points
    left: float = 0.0
    right: float = 0.0
    top: float = 0.0
    bottom: float = 0.0
    ticks: list[float] = field(default_factory=list)
    step: float = 1.0
    ends: list[End] = field(default_factory=list)
    px: list[float] = field(default_factory=list)
    ys: list[list[float]] = field(default_factory=list)
    edges: list[float] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    across: Callable[[Any], Any] = float  # pixels from positions of the axis
    up: Callable[[Any], Any] = float  # pixels from values
    write: Callable[[float], str] = str  # a tick
    write_finer: Callable[[float], str] = str  # a value between ticks

    @property
    def narrow(self) -> bool:
        return self.width < NARROW


def drawable(columns: Sequence[Floats | None], count: int) -> Floats:
    """The columns as rows of one array; what is absent or cannot be drawn is nan."""
    rows = np.full((len(columns), count), np.nan)
    for row, column in zip(rows, columns, strict=True):
        if column is not None:
            row[:] = column
    rows[~(np.abs(rows) < DRAWABLE)] = np.nan
    return rows


def rule(plot: Plot) -> None:
    """Ticks of the value axis, and how values are written."""
    plot.ticks, plot.step = _vertical(plot)
    plot.write = scale.writer(plot.step, percent=plot.percent, unit=plot.unit)
    plot.write_finer = scale.writer(plot.step, percent=plot.percent, unit=plot.unit, finer=True)


def measure(plot: Plot) -> None:
    """Ticks of the value axis and the last values of the lines, which say how much room labels need."""
    rule(plot)
    write = plot.write_finer
    short = plot.narrow
    names = (
        (UPPER, "Upper" if short else "Upper limit", write),
        (CENTRE, "Median" if plot.median else "Average", write),
        (LOWER, "Lower" if short else "Lower limit", write),
        (TARGET, "Target", partial(plain, plot)),
    )
    for row, name, written in names:
        last = last_known(plot.rows[row])
        if last is not None:
            plot.ends.append(End(row, last, f"{name} {written(last)}"))


def place(plot: Plot, *, top: float, below: float, labelled: bool) -> None:
    """Set the field between `top` and what stands `below` it, and turn everything into pixels.

    The chart grows before the field gets lower than it can be read.
    """
    plot.left = 18 + max(length(plot.write(tick)) for tick in plot.ticks)
    plot.right = plot.width - (22 + room_for_labels(plot) if labelled else 14)
    plot.height = max(plot.height, top + below + FIELD)
    plot.top, plot.bottom = top, plot.height - below
    plot.across = scale.line(float(plot.x[0]), float(plot.x[-1]), plot.left + INSET, plot.right - INSET)
    plot.up = scale.line(plot.ticks[0], plot.ticks[-1], plot.bottom, plot.top)
    px = plot.across(plot.x)
    plot.px = px.tolist()
    plot.ys = plot.up(plot.rows).tolist()
    plot.edges = [plot.left, *((px[1:] + px[:-1]) / 2).tolist(), plot.right]
    plot.starts = [0, *(np.flatnonzero(plot.phase[1:] != plot.phase[:-1]) + 1).tolist(), len(plot.x)]


def room_for_labels(plot: Plot) -> float:
    """The widest label at the right, in pixels."""
    return max((length(end.label, bold=True) for end in plot.ends), default=0.0)


def last_known(row: Floats) -> float | None:
    """The last value that is there."""
    last = float(row[-1])
    if last == last:
        return last
    known = row[row == row]
    return float(known[-1]) if len(known) else None


def plain(plot: Plot, value: float) -> str:
    """A promised number without the zeros that only say how exact a computed one is."""
    ending = "%" if plot.percent else plot.unit
    digits = plot.write_finer(value).removesuffix(ending)
    if "." in digits and "×" not in digits:
        digits = digits.rstrip("0").rstrip(".")
    return digits + ending


def _vertical(plot: Plot) -> tuple[list[float], float]:
    """Ticks that cover points, limits and target; from 0 where 0 is near."""
    known = plot.rows[plot.rows == plot.rows]
    if not len(known):
        return [0.0, 1.0], 1.0
    low, high = (float(known.min()), float(known.max())) if plot.span is None else plot.span
    if 0 <= low < 0.4 * (high - low):
        low = 0.0
    made, step = scale.ticks(low, high, 3 if plot.height < 240 else 5)
    if plot.percent and made[-1] > 1 >= high:  # no share is above all of it
        made = [tick for tick in made if tick <= 1 + 1e-9]
        made = made if made[-1] >= 1 - 1e-9 else [*made, 1.0]
    return made, step
