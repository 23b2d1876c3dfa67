"""One function per rule. Each says, for every row, −1, 0 or 1: for the side of the centre, or the way it goes.

A rule looks only within a phase. A missing value has no side and breaks every run and window; ghosts
have been taken out before. Lengths count points.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from plotthedots.constants import Flags, Floats, Signs
from plotthedots.segments import Segments

At = Callable[[float], tuple[Floats, Floats]]


@dataclass(frozen=True, slots=True)
class Sequence:
    """The rows to judge, phase after phase.

    `side` is the sign of value − centre (0 on the line or missing); `joined` is True where the row before
    belongs to the same phase; `at(k)` gives the lines `k` sigma from the centre.
    """

    value: Floats
    side: Signs
    joined: Flags
    at: At

    @classmethod
    def of(cls, value: Floats, centre: Floats, phases: Segments, at: At) -> "Sequence":
        joined = ~phases.first()
        return cls(value, sign(value, centre), joined, at)


def sign(left: Floats, right: Floats) -> Signs:
    """Sign of left − right, 0 where either is missing; by comparison, so that no rounding enters."""
    return (left > right).view(np.int8) - (left < right).view(np.int8)


def choose(flags: Flags, yes: Signs, no: Signs) -> Signs:
    """`yes` where flagged, else `no`. On signs of one byte, masks are twenty times as fast as np.where."""
    mask = -flags.view(np.int8)
    return (yes & mask) | (no & ~mask)


def where(flags: Flags, yes: Signs) -> Signs:
    """`yes` where flagged, else 0."""
    return yes & -flags.view(np.int8)


def outside(value: Floats, lower: Floats, upper: Floats) -> Signs:
    """Strictly beyond a process limit. Source: Shewhart; Western Electric rule 1; Nelson test 1."""
    return (value > upper).view(np.int8) - (value < lower).view(np.int8)


def shift(rows: Sequence, length: int) -> Signs:
    """`length` or more points in a row strictly on one side of the centre; all are marked.

    Seven under Making Data Count, eight by Western Electric (rule 4), nine by Nelson (test 2).
    """
    side = rows.side
    linked = np.zeros_like(rows.joined)
    np.equal(side[1:], side[:-1], out=linked[1:])
    linked &= rows.joined
    linked &= side != 0
    return where(whole_runs(linked, length), side)


def trend(rows: Sequence, length: int) -> Signs:
    """`length` or more points in a row, each but the first strictly higher (or lower) than the one before.

    A point between two trends goes the way of the one on its right. Seven points under Making Data
    Count, six by Nelson (test 3).
    """
    rising, falling = _rising_and_falling(rows, length)
    right = np.zeros_like(rows.side)
    right[:-1] = where(rows.joined[1:], sign(rows.value[1:], rows.value[:-1]))
    both = rising & falling
    way = rising.view(np.int8) - falling.view(np.int8)
    return choose(both, right, way)


def trend_making_data_count(rows: Sequence, length: int) -> Signs:
    """`trend` as NHSRplotthedots 0.2.2 reads it: a marked point followed by another takes the way of the step
    between them, and a level step reads as falling; so a plateau between two trends is marked −1.
    """
    rising, falling = _rising_and_falling(rows, length)
    marked = rising | falling
    followed = np.zeros_like(marked)
    followed[:-1] = marked[1:] & rows.joined[1:]
    up = np.zeros_like(marked)
    up[1:] = rows.value[1:] > rows.value[:-1]
    up_next = np.zeros_like(marked)
    up_next[:-1] = up[1:]
    rises = (followed & up_next) | (up & ~followed)
    return where(marked, rises.view(np.int8) * np.int8(2) - np.int8(1))


def _rising_and_falling(rows: Sequence, length: int) -> tuple[Flags, Flags]:
    up, down = np.zeros_like(rows.joined), np.zeros_like(rows.joined)
    np.greater(rows.value[1:], rows.value[:-1], out=up[1:])
    np.less(rows.value[1:], rows.value[:-1], out=down[1:])
    up &= rows.joined
    down &= rows.joined
    return whole_runs(up, length), whole_runs(down, length)


def two_of_three(rows: Sequence, enough: int, window: int, sigmas: float) -> Signs:
    """Making Data Count: `enough` or more points beyond `sigmas`, but not outside, in a window all on one side.

    Those points are marked.
    A point outside the limits does not count as one of them, though it may stand in the window.
    """
    near_lower, near_upper = rows.at(sigmas)
    lower, upper = rows.at(3)
    high = (rows.value > near_upper) & (rows.value <= upper)
    low = (rows.value < near_lower) & (rows.value >= lower)
    joined = all_of(rows.joined, window - 1)
    above = all_of(rows.side > 0, window) & joined
    below = all_of(rows.side < 0, window) & joined
    return _marked(high, above, enough, window).view(np.int8) - _marked(low, below, enough, window).view(np.int8)


def beyond(rows: Sequence, enough: int, window: int, sigmas: float) -> Signs:
    """`enough` of `window` successive points beyond `sigmas` on one side; those are marked.

    Two of three beyond two sigma, four of five beyond one: Western Electric rules 2 and 3, Nelson tests 5 and 6.
    """
    lower, upper = rows.at(sigmas)
    there = all_of(rows.value == rows.value, window) & all_of(rows.joined, window - 1)
    high = _marked(rows.value > upper, there, enough, window)
    low = _marked(rows.value < lower, there, enough, window)
    return high.view(np.int8) - low.view(np.int8)


def alternating(rows: Sequence, length: int) -> Signs:
    """`length` points in a row, each step the opposite way to the one before; marked by the step that leads to
    the point (the first by the one that leads away). Nelson test 4.
    """
    step = np.zeros_like(rows.side)
    step[1:] = where(rows.joined[1:], sign(rows.value[1:], rows.value[:-1]))
    turns = np.zeros_like(rows.joined)
    turns[1:] = (step[1:] * step[:-1]) == -1
    # Whole runs of turns leave out the first point of the run, which has no step that belongs to it.
    marked = whole_runs(turns, length - 1)
    first = np.zeros_like(marked)
    first[:-1] = marked[1:] & ~marked[:-1]
    step[:-1] = choose(first[:-1], -step[1:], step[:-1])
    return where(marked | first, step)


def stratification(rows: Sequence, length: int, sigmas: float) -> Signs:
    """`length` or more points in a row within `sigmas` of the centre. Nelson test 7 (15, one sigma)."""
    lower, upper = rows.at(sigmas)
    return _by_side(rows, (rows.value > lower) & (rows.value < upper), length)


def mixture(rows: Sequence, length: int, sigmas: float) -> Signs:
    """`length` or more points in a row, none within `sigmas` of the centre. Nelson test 8 (8, one sigma)."""
    lower, upper = rows.at(sigmas)
    return _by_side(rows, (rows.value > upper) | (rows.value < lower), length)


def _by_side(rows: Sequence, fits: Flags, length: int) -> Signs:
    """Runs of `length` or more rows that fit, marked by side (a point on the centre as above it)."""
    linked = np.zeros_like(fits)
    linked[1:] = fits[1:] & fits[:-1]
    linked &= rows.joined
    return where(whole_runs(linked, length), rows.side | np.int8(1))


def whole_runs(linked: Flags, length: int) -> Flags:
    """Rows that stand in a run of `length` or more, where `linked` says that a row carries on the one before."""
    return any_ahead(all_of(linked, length - 1), length)


def all_of(flags: Flags, window: int) -> Flags:
    """True where this row and the `window` − 1 before it are all True; by doubling, so log₂(window) passes."""
    if window <= 0:
        return np.ones_like(flags)
    out = flags.copy()
    width = 1
    while width < window:
        step = min(width, window - width)
        out[step:] &= out[:-step].copy()
        width += step
    out[: window - 1] = False
    return out


def any_ahead(flags: Flags, window: int) -> Flags:
    """True where this row or one of the `window` − 1 after it is True."""
    out = flags.copy()
    width = 1
    while width < window:
        step = min(width, window - width)
        out[:-step] |= out[step:].copy()
        width += step
    return out


def _marked(hits: Flags, windows: Flags, enough: int, window: int) -> Flags:
    """Hits that stand in a window (named by its last row) with `enough` of them."""
    found = np.zeros(len(hits), dtype=np.int8)
    for back in range(min(window, len(hits))):
        found[back:] += hits[: len(hits) - back].view(np.int8)
    return any_ahead((found >= enough) & windows, window) & hits
