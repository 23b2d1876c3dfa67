"""The legend: what the marks mean, only those that are there; also the values of lines without labels."""

from typing import NamedTuple

from plotthedots.svg import marks
from plotthedots.svg.element import length, text
from plotthedots.svg.plot import CENTRE, LOWER, TARGET, UPPER, Plot

ROW = 20.0
APART = 16.0  # pixels between two entries


class Entry(NamedTuple):
    kind: str
    words: str


def entries(plot: Plot, *, values: bool) -> list[Entry]:
    """What is to be said; with `values` also where the lines stand, since no label does."""
    codes = set(plot.point.tolist())
    made = [Entry("common", "chance")]
    made += [Entry(kind, word) for kind, word, own in marks.MEANINGS if codes.intersection(own)]
    if plot.hollow is not None and plot.hollow.any():
        made.append(Entry("ghost", "left out"))
    if plot.open_run is not None:
        made.append(Entry("ghost", "still open"))
    there = {end.row for end in plot.ends}
    if UPPER in there or LOWER in there:
        made.append(Entry("usual", "usual range" + (_range(plot) if values else "")))
    if values:
        made += [Entry("centre", end.label.lower()) for end in plot.ends if end.row == CENTRE]
    made += [Entry("target", end.label.lower() if values else "target") for end in plot.ends if end.row == TARGET]
    return made


def _range(plot: Plot) -> str:
    """The last limits as words."""
    last = {end.row: plot.write_finer(end.value) for end in plot.ends}
    if LOWER in last and UPPER in last:
        return f" {last[LOWER]} to {last[UPPER]}"
    return f" up to {last[UPPER]}" if UPPER in last else f" from {last[LOWER]}"


def rows(made: list[Entry], width: float) -> list[list[Entry]]:
    """Entries in rows no longer than `width`."""
    filled: list[list[Entry]] = [[]]
    used = 0.0
    for entry in made:
        need = marks.ROOM[entry.kind] + length(entry.words)
        if filled[-1] and used + need > width:
            filled.append([])
            used = 0.0
        filled[-1].append(entry)
        used += need + APART
    return filled


def width(made: list[list[Entry]]) -> float:
    """Of the longest row."""
    return max(
        (sum(marks.ROOM[kind] + length(words) + APART for kind, words in row) - APART for row in made), default=0.0
    )


def draw(made: list[list[Entry]], left: float, y: float) -> list[str]:
    """The rows from y (the middle of the first) down."""
    parts = []
    for index, row in enumerate(made):
        x, middle = left, y + ROW * index
        for kind, words in row:
            parts += [marks.sample(kind, x, middle), text(x + marks.ROOM[kind], middle + 4.5, words)]
            x += marks.ROOM[kind] + length(words) + APART
    return parts
