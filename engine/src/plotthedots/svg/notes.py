"""Notes on a chart: numbered squares above the points they are about, and their texts below it."""

import datetime as dt
from bisect import bisect_left
from typing import Any, NamedTuple

from plotthedots.svg.element import length, path, text, wrap
from plotthedots.svg.field import spaced
from plotthedots.svg.plot import VALUE, Plot

ROW = 26.0  # height of the row of squares
LINE = 18.0  # height of a line of a text
SIDE = 18.0  # of a square
GAP = 2.0  # between two squares
TEXT = 13.0
APART = 7.0  # between two texts


class Square(NamedTuple):
    """One square: its words (a number, or the first and last of several), and the notes it stands for."""

    words: str
    places: list[float]


def position(at: Any, kind: str) -> float:
    """Where on an axis of this kind a date, a time or a number is."""
    if not isinstance(at, dt.date):
        return float(at)
    moment = at if isinstance(at, dt.datetime) else dt.datetime(at.year, at.month, at.day)
    seconds = (moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)).timestamp()
    return seconds if kind == "datetime" else seconds / 86_400


def shown(plot: Plot) -> list[tuple[int, float, str]]:
    """Number, position and text of each note within the axis. Numbers count all notes, so that they stay the same."""
    low, high = plot.x[0], plot.x[-1]
    return [(number, at, said) for number, (at, said) in enumerate(plot.notes, 1) if low <= at <= high]


def squares(plot: Plot, y: float) -> list[str]:
    """Squares with their middle at y, moved aside where two would touch, and a dotted line from each to its point."""
    made = _grouped([(number, float(plot.across(at))) for number, at, _ in shown(plot)], plot.right - plot.left)
    widths = [max(SIDE, length(square.words, 12, bold=True) + 8) for square in made]
    widest = max(widths, default=SIDE)
    middles = [(square.places[0] + square.places[-1]) / 2 for square in made]
    half = widest / 2
    places = spaced(middles, widest + GAP, plot.left + half, plot.right - half)
    parts = []
    for square, x, wide in zip(made, places, widths, strict=True):
        foot = y + SIDE / 2
        drawn = [f"M{x:.1f} {foot:.1f}L{at:.1f} {plot.top:.1f}V{_end(plot, at):.1f}" for at in square.places]
        parts.append(path("ptd-noted", "".join(drawn)))
        parts.append(
            f'<rect class="ptd-note" x="{x - wide / 2:.1f}" y="{y - SIDE / 2:.1f}" '
            f'width="{wide:.1f}" height="{SIDE:.0f}" rx="2"/>'
        )
        parts.append(text(x, y + 4.5, square.words, "ptd-note-number", "middle"))
    return parts


def _grouped(notes: list[tuple[int, float]], room: float) -> list[Square]:
    """A square each; where the row has no room for all, neighbours share one ("3–5")."""
    size = 1
    while len(notes) > size and -(-len(notes) // size) * _need(notes, size) > room:
        size += 1
    groups = [notes[first : first + size] for first in range(0, len(notes), size)]
    return [
        Square(str(group[0][0]) if len(group) == 1 else f"{group[0][0]}–{group[-1][0]}", [place for _, place in group])
        for group in groups
    ]


def _need(notes: list[tuple[int, float]], size: int) -> float:
    """Room for a square of so many notes, with its gap."""
    last = notes[-1][0]
    words = str(last) if size == 1 else f"{last}–{last}"
    return max(SIDE, length(words, 12, bold=True) + 8) + GAP


def _end(plot: Plot, at: float) -> float:
    """Where a dotted line ends: just above the point that stands there, else at the axis."""
    row = bisect_left(plot.px, at - 1.5)
    if row < len(plot.px) and plot.px[row] <= at + 1.5:
        y = plot.ys[VALUE][row]
        if y == y:
            return max(y - 8, plot.top)
    return plot.bottom


def listed(plot: Plot) -> list[tuple[str, list[str]]]:
    """Number and wrapped text of each note, for the list below the chart."""
    return [(str(number), wrap(said, plot.width - 58, TEXT)) for number, _, said in shown(plot) if said]


def height(made: list[tuple[str, list[str]]]) -> float:
    """Of the list below the chart."""
    return sum(LINE * len(lines) + APART for _, lines in made) + (APART if made else 0)


def draw_list(made: list[tuple[str, list[str]]], y: float) -> list[str]:
    """The texts, each beside its square, from y down."""
    parts = []
    for number, lines in made:
        parts.append(f'<rect class="ptd-note" x="12" y="{y:.1f}" width="22" height="{SIDE:.0f}" rx="2"/>')
        parts.append(text(23, y + SIDE / 2 + 4.5, number, "ptd-note-number", "middle"))
        parts += [text(44, y + 13.5 + LINE * index, line, "ptd-said") for index, line in enumerate(lines)]
        y += LINE * len(lines) + APART
    return parts
