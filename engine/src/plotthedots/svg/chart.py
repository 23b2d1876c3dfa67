"""The control chart: plain arrays and strings in, an SVG text out."""

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np

from plotthedots.constants import Flags, Floats, Signs, Whole
from plotthedots.svg import axis, marks, scale
from plotthedots.svg.element import escape, length, path, text, wrap
from plotthedots.svg.style import SCREEN_ONLY

NARROW = 520  # pixels, below which labels move from the right of the chart to the legend below it
FACE = 13.0


@dataclass(slots=True)
class Plot:
    """What is to be drawn, and where: `left`, `right`, `top`, `bottom` bound the field of the points."""

    x: Floats
    kind: str
    value: Floats
    centre: Floats
    lower: Floats
    upper: Floats
    target: Floats | None
    point: Signs
    phase: Whole
    ghost: Flags | None
    open_run: int | None
    percent: bool
    unit: str
    median: bool
    width: float
    height: float
    left: float = 0.0
    right: float = 0.0
    top: float = 0.0
    bottom: float = 0.0
    ticks: list[float] = field(default_factory=list)
    step: float = 1.0
    px: Floats = field(default_factory=lambda: np.zeros(0))
    notes: Sequence[tuple[float, str]] = ()
    phase_labels: Sequence[str] = ()

    @property
    def narrow(self) -> bool:
        return self.width < NARROW

    def across(self, values: Floats) -> Floats:
        low, high = float(self.x[0]), float(self.x[-1])
        inset = 10.0
        return scale.line(low, high, self.left + inset, self.right - inset)(values)

    def up(self, values: Any) -> Any:
        return scale.line(self.ticks[0], self.ticks[-1], self.bottom, self.top)(values)


def chart(
    *,
    x: Floats,
    value: Floats,
    centre: Floats,
    lower: Floats,
    upper: Floats,
    point: Signs,
    phase: Whole | None = None,
    target: Floats | None = None,
    ghost: Flags | None = None,
    open_run: int | None = None,
    x_kind: str = "date",
    title: str = "",
    subtitle: str = "",
    desc: str = "",
    percent: bool = False,
    unit: str = "",
    median: bool = False,
    notes: Sequence[tuple[float, str]] = (),
    phase_labels: Sequence[str] = (),
    width: float = 720,
    height: float = 340,
    last: int | None = None,
    heading: bool = True,
    style: bool = True,
    id: str = "",
) -> str:
    """Draw a control chart as one SVG element.

    Arrays have a value a point, in order of `x`; nan is missing. x: days since 1970 ("date"), seconds
    ("datetime") or plain numbers ("number"), as x_kind says. point: 0 common cause, 1 improvement, 2 concern,
    3 and 4 neither, high and low, −1 missing. open_run: the position of a run that no event has closed yet.
    notes: (x, text), numbered in order. last: draw only so many of the latest points. heading: draw the title;
    it is always in <title>. style: carry the default sheet inside (a page that has the classes leaves it out).
    id: makes the ids of title and description unique on a page; by default from the content.
    """
    if last is not None and last < len(x):
        dropped = len(x) - last
        cut = slice(dropped, None)
        x, value, centre, lower, upper = (column[cut] for column in (x, value, centre, lower, upper))
        point = point[cut]
        phase = None if phase is None else phase[cut]
        target = None if target is None else target[cut]
        ghost = None if ghost is None else ghost[cut]
        open_run = None if open_run is None or open_run < dropped else open_run - dropped
    numbered = np.ones(len(x), dtype=np.int64) if phase is None else phase
    plot = Plot(
        x, x_kind, value, centre, lower, upper, target, point, numbered, ghost, open_run, percent, unit, median,
        float(width), float(height),
    )  # fmt: skip
    plot.notes = sorted(notes)
    plot.phase_labels = phase_labels
    lines = wrap(title, plot.width - 24, 16, bold=True) if heading and title else []
    body = _body(plot, lines, subtitle) if len(x) else []
    name = id or f"ptd{zlib.crc32(title.encode() + value.tobytes()):x}"
    described = desc or _description(plot)
    sheet = f"<style>{SCREEN_ONLY}</style>" if style else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="ptd-chart" role="img" aria-labelledby="{name}-t {name}-d" '
        f'viewBox="0 0 {plot.width:.0f} {plot.height:.0f}" width="{plot.width:.0f}" height="{plot.height:.0f}">'
        f'<title id="{name}-t">{escape(title or "Control chart")}</title>'
        f'<desc id="{name}-d">{escape(described)}</desc>{sheet}'
        f'<rect class="ptd-back" width="{plot.width:.0f}" height="{plot.height:.0f}"/>{"".join(body)}</svg>'
    )


def _description(plot: Plot) -> str:
    if not len(plot.x):
        return "No points."
    marked = int((plot.point > 0).sum())
    there = int((plot.point >= 0).sum())
    kinds = "no point is marked" if not marked else f"{marked} marked as more than chance"
    return f"Control chart of {there} points, {kinds}. The table beside it has each value."


def _body(plot: Plot, lines: list[str], subtitle: str) -> list[str]:
    legend = _legend(plot)
    _lay_out(plot, len(lines), bool(subtitle), len(legend))
    write = scale.writer(plot.step, percent=plot.percent, unit=plot.unit)
    plot.px = plot.across(plot.x)
    parts = [text(12, 22 + 20 * index, line, "ptd-heading") for index, line in enumerate(lines)]
    if subtitle:
        parts.append(text(12, 22 + 20 * len(lines), subtitle))
    parts += _grid(plot, write)
    parts += _lines(plot)
    parts += _phase_rules(plot)
    parts += _notes(plot)
    parts += marks.points(plot.px, plot.up(plot.value), plot.point, plot.ghost, plot.open_run, plot.right - plot.left)
    parts += [] if plot.narrow else _labels(plot)
    parts += _draw_legend(plot, legend)
    return parts


def _lay_out(plot: Plot, heading: int, subtitle: bool, legend: int) -> None:
    """Find room for everything; the chart grows by the notes listed below it, never the field beyond it."""
    plot.ticks, plot.step = _vertical(plot)
    write = scale.writer(plot.step, percent=plot.percent, unit=plot.unit)
    plot.left = 18 + max(length(write(tick)) for tick in plot.ticks)
    plot.right = plot.width - (
        14 if plot.narrow else 30 + max((length(label, bold=True) for _, label in _ends(plot)), default=0)
    )
    plot.top = 14 + 20 * heading + 20 * subtitle + (24 if plot.notes else 0) + (18 if any(plot.phase_labels) else 0)
    plot.bottom = plot.height - 44 - 20 * legend
    if plot.bottom - plot.top < 90:  # a heading of many lines never squeezes the points out
        plot.height += 90 - (plot.bottom - plot.top)
        plot.bottom = plot.top + 90


def _vertical(plot: Plot) -> tuple[list[float], float]:
    """Ticks that cover points, limits and target; from 0 where 0 is near."""
    columns = [plot.value, plot.lower, plot.upper, plot.centre] + ([] if plot.target is None else [plot.target])
    known = np.concatenate([column[column == column] for column in columns])
    if not len(known):
        return [0.0, 1.0], 1.0
    low, high = float(known.min()), float(known.max())
    if low >= 0 and low < 0.4 * (high - low):
        low = 0.0
    about = 3 if plot.height < 240 else 5
    made, step = scale.ticks(low, high, about)
    if plot.percent and made[-1] > 1 >= high:
        made = [tick for tick in made if tick <= 1 + 1e-9]
        made = made if made[-1] >= 1 - 1e-9 else [*made, 1.0]
    return made, step


def _grid(plot: Plot, write: Any) -> list[str]:
    ys = [float(y) for y in plot.up(np.array(plot.ticks))]
    parts = [path("ptd-lines", "".join(f"M{plot.left:.1f} {y:.1f}H{plot.right:.1f}" for y in ys))]
    parts += [text(plot.left - 8, y + 4.5, write(tick), "", "end") for tick, y in zip(plot.ticks, ys, strict=True)]
    made = axis.ticks(float(plot.x[0]), float(plot.x[-1]), plot.kind, plot.right - plot.left - 20)
    at = [float(place) for place in plot.across(np.array([tick.at for tick in made]))] if made else []
    marked = "".join(f"M{place:.1f} {plot.bottom:.1f}v5" for place in at)
    parts.append(path("ptd-axis", f"M{plot.left:.1f} {plot.bottom:.1f}H{plot.right:.1f}{marked}"))
    for tick, place in zip(made, at, strict=True):
        parts.append(text(place, plot.bottom + 19, tick.label, "", "middle"))
        if tick.below:
            parts.append(text(place, plot.bottom + 36, tick.below, "ptd-strong", "middle"))
    return parts


def _edges(plot: Plot) -> list[float]:
    """Where each point's share of the axis begins and ends: half-way to its neighbours."""
    px = plot.px
    if len(px) == 1:
        return [plot.left, plot.right]
    between = ((px[1:] + px[:-1]) / 2).tolist()
    return [plot.left, *between, plot.right]


def _lines(plot: Plot) -> list[str]:
    edges = _edges(plot)
    starts = [0, *(np.flatnonzero(plot.phase[1:] != plot.phase[:-1]) + 1).tolist(), len(plot.x)]
    lower, upper = plot.up(plot.lower).tolist(), plot.up(plot.upper).tolist()
    centre = plot.up(plot.centre).tolist()
    shades, limits, middles = [], [], []
    for first, last in pairwise(starts):
        stretch = edges[first : last + 1]
        shades.append(marks.band(stretch, lower[first:last], upper[first:last]))
        limits.append(marks.steps(stretch, lower[first:last]) + marks.steps(stretch, upper[first:last]))
        middles.append(marks.steps(stretch, centre[first:last]))
    target = "" if plot.target is None else marks.steps(edges, plot.up(plot.target).tolist())
    return [
        path("ptd-range", "".join(shades)),
        path("ptd-limit", "".join(limits)),
        path("ptd-centre", "".join(middles)),
        path("ptd-target", target),
    ]


def _phase_rules(plot: Plot) -> list[str]:
    """A rule where a phase begins, with its label where there is room."""
    starts = np.flatnonzero(plot.phase[1:] != plot.phase[:-1]) + 1
    edges = _edges(plot)
    rules = "".join(f"M{edges[row]:.1f} {plot.top - 6:.1f}V{plot.bottom:.1f}" for row in starts)
    parts = [path("ptd-phase", rules)]
    begins = [plot.left, *(edges[row] for row in starts)]
    y = plot.top - 10 - (24 if plot.notes else 0)
    for index, label in enumerate(plot.phase_labels[-len(begins) :]):
        end = begins[index + 1] if index + 1 < len(begins) else plot.width
        if label and length(label, bold=True) < end - begins[index] - 8:
            parts.append(text(begins[index] + 6, y, label, "ptd-strong"))
    return parts


def _notes(plot: Plot) -> list[str]:
    """Numbered squares above the points they are about, moved aside where two would touch."""
    shown = [
        (number, float(plot.across(np.array(at))))
        for number, (at, _) in enumerate(plot.notes, 1)
        if plot.x[0] <= at <= plot.x[-1]
    ]
    parts, clear = [], -np.inf
    y = plot.top - 16
    room = [place for _, place in shown]
    for index, (number, place) in enumerate(shown):
        left = len(shown) - index - 1
        square = max(min(place, plot.right - 9 - 20 * left), clear + 20)
        clear = square
        parts.append(
            path("ptd-noted", f"M{square:.1f} {y + 9:.1f}L{room[index]:.1f} {plot.top + 4:.1f}V{plot.bottom:.1f}")
        )
        parts.append(f'<rect class="ptd-note" x="{square - 9:.1f}" y="{y - 9:.1f}" width="18" height="18" rx="2"/>')
        parts.append(text(square, y + 4.5, str(number), "ptd-note-number", "middle"))
    return parts


def _ends(plot: Plot) -> list[tuple[float, str]]:
    """The last value of each line with what it is called."""
    finer = scale.writer(plot.step, percent=plot.percent, unit=plot.unit, finer=True)
    middle = "Median" if plot.median else "Average"
    ends = []
    for name, column in (
        ("Upper limit", plot.upper),
        (middle, plot.centre),
        ("Lower limit", plot.lower),
        ("Target", plot.target),
    ):
        known = None if column is None else column[column == column]
        if known is not None and len(known):
            written = finer(float(known[-1]))
            ends.append((float(known[-1]), f"{name} {_plain(written) if name == 'Target' else written}"))
    return ends


def _plain(written: str) -> str:
    """A promised number without the zeros that only say how exact a computed one is."""
    return re.sub(r"(\.\d*?)0+(?=\D|$)", r"\1", written).replace(".%", "%").rstrip(".")


def _labels(plot: Plot) -> list[str]:
    """Labels at the right, pushed apart until none touches another."""
    ends = sorted(((float(plot.up(value)), label) for value, label in _ends(plot)), key=lambda end: end[0])
    places = spaced([y for y, _ in ends], 16.0, plot.top, plot.bottom)
    return [
        text(plot.right + 8, y + 4.5, label, "ptd-strong" if label.startswith(("Average", "Median")) else "")
        for y, (_, label) in zip(places, ends, strict=True)
    ]


def spaced(wanted: list[float], gap: float, low: float, high: float) -> list[float]:
    """Places near the wanted ones (in order), `gap` or more apart, within low … high where they fit."""
    places: list[float] = []
    for want in wanted:
        places.append(max(want, places[-1] + gap) if places else max(want, low))
    limit = max(high, low + gap * (len(places) - 1))
    for index in reversed(range(len(places))):
        places[index] = min(places[index], limit)
        limit = places[index] - gap
    return places


def _legend(plot: Plot) -> list[list[tuple[str, str]]]:
    """Rows of (kind, words): what the marks mean, only those that are there; on narrow charts the lines' values too."""
    words = [("common", "chance")]
    codes = set(plot.point.tolist())
    words += [(kind, word) for kind, word, own in marks.MEANINGS if codes.intersection(own)]
    if plot.ghost is not None and plot.ghost.any():
        words.append(("ghost", "left out"))
    if (plot.upper == plot.upper).any():
        words.append(("limit", "usual range"))
    if plot.target is not None and (plot.target == plot.target).any():
        words.append(("target", "target"))
    if plot.narrow and len(plot.x):
        ticks, step = _vertical(plot)
        plot.ticks, plot.step = ticks, step
        words += [("", label) for _, label in _ends(plot)]
    rows: list[list[tuple[str, str]]] = [[]]
    used = 0.0
    for kind, word in words:
        need = length(word) + (44 if kind in ("limit", "target") else 32 if kind else 16)
        if rows[-1] and used + need > plot.width - 24:
            rows.append([])
            used = 0.0
        rows[-1].append((kind, word))
        used += need
    return rows


def _draw_legend(plot: Plot, rows: list[list[tuple[str, str]]]) -> list[str]:
    parts = []
    for index, row in enumerate(rows):
        x, y = (14.0 if plot.narrow else plot.left), plot.height - 12 - 20.0 * (len(rows) - 1 - index)
        for kind, word in row:
            mark, wide = marks.sample(kind, x, y - 4.5)
            parts += [mark, text(x + wide, y, word)]
            x += wide + length(word) + 16
    return parts
