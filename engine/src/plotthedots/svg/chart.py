"""The control chart: plain arrays and strings in, an SVG text out."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from plotthedots.constants import Flags, Floats, Signs, Whole
from plotthedots.svg import field, legend, marks
from plotthedots.svg import notes as noted
from plotthedots.svg.frame import MARGIN, above, picture
from plotthedots.svg.frame import heading as headed
from plotthedots.svg.plot import VALUE, Plot, drawable, measure, place, room_for_labels
from plotthedots.svg.style import CHARTS_ONLY

LABELS_SHARE = 0.27  # of the width of a narrow chart, that labels at its right may take


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
    notes: Sequence[tuple[Any, str]] = (),
    phase_labels: Sequence[str] = (),
    width: float = 720,
    height: float = 340,
    last: int | None = None,
    heading: bool = True,
    style: bool = True,
    list_notes: bool | None = None,
    span: tuple[float, float] | None = None,
    key: bool = True,
    touch: bool = False,
    id: str = "",
) -> str:
    """Draw a control chart as one SVG element.

    Arrays have a value a point, in order of `x`; nan is missing. x: days since 1970 ("date"), seconds
    ("datetime") or plain numbers ("number"), as x_kind says. point: 0 common cause, 1 improvement, 2 concern,
    3 and 4 neither, high and low, −1 missing. ghost: points left out of the limits, drawn hollow. open_run: the
    position of a run that no event has closed yet. notes: (x, or a date, and a text), numbered in order.
    phase_labels: a name a phase, the latest last. last: draw only so many of the latest points. heading: draw
    the title; it is always in <title>. style: carry the default sheet inside (a page that has the classes leaves
    it out). list_notes: write the texts of the notes below the chart, by default where it carries its sheet,
    since a page tells them itself. span: lowest and highest value of the axis, for charts that share one.
    key: say what the lines and marks are, at the right or below; without, a page does once for many. touch: lay an
    unseen circle of 24 px over each value, class ptd-touch, its position in the arrays as data-row: what a page's
    script listens to. height grows where the heading or the notes need it. id: makes the ids of title and description
    unique on a page; by default from the content.
    """
    first = 0 if last is None else max(len(x) - last, 0)
    cut = slice(first, None)
    rows = drawable([value, centre, lower, upper, target], len(x))[:, cut]
    numbered = np.ones(len(x), dtype=np.int64) if phase is None else phase
    plot = Plot(
        x=x[cut], kind=x_kind, rows=rows, point=np.where(rows[VALUE] == rows[VALUE], point[cut], -1),
        phase=numbered[cut], hollow=_hollow(ghost, open_run, first),
        open_run=None if open_run is None or open_run < first else open_run - first,
        percent=percent, unit=unit, median=median,
        notes=sorted((noted.position(at, x_kind), said) for at, said in notes), phase_labels=phase_labels,
        width=float(width), height=float(height), span=span,
    )  # fmt: skip
    lines = headed(title, plot.width, heading)
    body = _body(plot, lines, subtitle, style if list_notes is None else list_notes, key) if len(plot.x) else []
    body += [marks.touched(plot.px, plot.ys[VALUE], plot.point, first)] if touch and body else []
    told = str(len(plot.x)).encode() + plot.rows.tobytes()
    return picture(
        "Control chart", body, title=title, desc=desc or _description(plot), width=plot.width, height=plot.height,
        told=told, style=style, id=id, sheet=CHARTS_ONLY,
    )  # fmt: skip


def _hollow(ghost: Flags | None, open_run: int | None, first: int) -> Flags | None:
    """The points left out, from `first` on; an open run is a kind of its own."""
    if ghost is None or open_run is None:
        return ghost if ghost is None else ghost[first:]
    flags = ghost.copy()
    flags[open_run] = False
    return flags[first:]


def _body(plot: Plot, lines: list[str], subtitle: str, list_notes: bool, keyed: bool) -> list[str]:
    measure(plot)
    labelled = keyed and (not plot.narrow or room_for_labels(plot) <= LABELS_SHARE * plot.width)
    key = legend.rows(legend.entries(plot, values=not labelled), plot.width - 2 * MARGIN) if keyed else []
    told = noted.listed(plot) if list_notes else []
    parts, y = above(lines, subtitle)
    labels_at = y + 14
    y += field.ROW if any(plot.phase_labels) else 0
    squares_at = y + 12
    y += noted.ROW if plot.notes else 0
    # Two rows of labels below the axis unless it is of plain numbers.
    below = (26 if plot.kind == "number" else 44) + legend.ROW * len(key) + noted.height(told) + 6
    plot.height += noted.height(told)
    place(plot, top=y + 10, below=below, labelled=labelled)
    parts += field.grid(plot) + field.time_axis(plot) + field.lines(plot) + field.phases(plot, labels_at)
    parts += noted.squares(plot, squares_at)
    hollow = [] if plot.hollow is None else np.flatnonzero(plot.hollow).tolist()
    parts += marks.points(plot.px, plot.ys[VALUE], plot.point, hollow, plot.open_run, plot.right - plot.left)
    parts += field.labels(plot) if labelled else []
    key_at = plot.height - noted.height(told) - 6 - legend.ROW * len(key) + legend.ROW / 2
    parts += legend.draw(key, MARGIN if plot.narrow else plot.left, key_at)
    return parts + noted.draw_list(told, plot.height - noted.height(told))


def _description(plot: Plot) -> str:
    """What the picture shows, for those who do not see it."""
    codes = plot.point.tolist()
    there = sum(code >= 0 for code in codes)
    if not there:
        return "A control chart without a value."
    counted = [(sum(codes.count(code) for code in own), words) for _, words, own in marks.MEANINGS]
    marked = ", ".join(f"{count:,} {words}" for count, words in counted if count)
    said = (
        f"Control chart of {there:,} point{'' if there == 1 else 's'}; marked as more than chance: {marked or 'none'}."
    )
    lines = ", ".join(end.label.lower() for end in plot.ends)
    return f"{said} At its end: {lines}." if lines else said
