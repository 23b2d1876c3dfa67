"""Names beside points: each where it hides least, none on another."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from plotthedots.constants import Floats
from plotthedots.svg.element import length

HIGH = 15.0  # of a line of text
APART = 2.0
FAR = 26.0  # from the point, beyond which a line joins name and point
DISTANCES = (5.0, 13.0, 24.0, 38.0)
HIDDEN = 1  # most other points that a name may hide
WAYS = ((1, 0), (-1, 0), (0, -1), (0, 1), (0.8, -0.8), (-0.8, -0.8), (0.8, 0.8), (-0.8, 0.8))

Box = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True, slots=True)
class Name:
    """A name in its place: where its text begins, its baseline, and a line to its point where it stands far off."""

    words: str
    x: float
    y: float
    joined: str


def names(
    wanted: Sequence[tuple[float, float, str]], radius: float, marks: Floats, others: Floats, field: Box
) -> list[Name]:
    """Names (x, y, words) in order of weight, as many as there is room for.

    No name is on another, nor on any of `marks` (x, y), nor outside the field; of `others` each hides one at most.
    """
    boxes: list[Box] = []
    lines: list[Floats] = []
    made = []
    for x, y, words in wanted:
        wide = length(words)
        best = None
        for distance in DISTANCES:
            for way in WAYS:
                box = _box(x, y, wide, way, radius + distance)
                lead = _lead(x, y, box)
                if _free(box, lead, boxes, lines, marks, radius, field):
                    hidden = _within(others, box, 1.0)
                    cost = hidden + distance / 20
                    if hidden <= HIDDEN and (best is None or cost < best[0]):
                        best = (cost, box, lead)
        if best is None:
            continue
        _, box, lead = best
        boxes.append(box)
        lines.append(lead)
        (ax, ay), (bx, by) = lead[0].tolist(), lead[-1].tolist()
        far = float(np.hypot(bx - ax, by - ay)) > FAR - radius
        joined = f"M{ax:.1f} {ay:.1f}L{bx:.1f} {by:.1f}" if far else ""
        made.append(Name(words, box[0], box[3] - 4, joined))
    return made


def _box(x: float, y: float, wide: float, way: tuple[float, float], distance: float) -> Box:
    """The box of a name whose nearest edge is so far from the point."""
    across, down = way
    left = x + across * distance if across > 0 else x + across * distance - wide if across < 0 else x - wide / 2
    top = y + down * distance if down > 0 else y + down * distance - HIGH if down < 0 else y - HIGH / 2
    return left, top, left + wide, top + HIGH


def _lead(x: float, y: float, box: Box) -> Floats:
    """Places on the line from a point to the nearest edge of the box."""
    end = (min(max(x, box[0]), box[2]), min(max(y, box[1]), box[3]))
    return np.linspace((x, y), end, 9)


def _free(
    box: Box, lead: Floats, boxes: list[Box], lines: list[Floats], marks: Floats, radius: float, field: Box
) -> bool:
    left, top, right, bottom = field
    if box[0] < left or box[2] > right or box[1] < top or box[3] > bottom:
        return False
    for other in boxes:
        if box[0] < other[2] + APART and other[0] < box[2] + APART and box[1] < other[3] and other[1] < box[3]:
            return False
        if _within(lead, other, 0.0):
            return False
    if any(_within(line, box, 0.0) for line in lines):
        return False
    return not _within(marks, box, radius)


def _within(points: Floats, box: Box, margin: float) -> int:
    """How many points lie in a box."""
    across = (points[:, 0] > box[0] - margin) & (points[:, 0] < box[2] + margin)
    return int((across & (points[:, 1] > box[1] - margin) & (points[:, 1] < box[3] + margin)).sum())
