"""The rules, one phase at a time, by looking at every window: slow and easy to check."""

import math
from itertools import groupby

from .limits import Lines, Row

Signs = list[int]


def sign(left: float, right: float) -> int:
    return (left > right) - (left < right)


def outside(row: Row, line: Lines) -> int:
    _, lower, upper, _, _ = line
    if row.value is None or lower is None or upper is None:
        return 0
    return (row.value > upper) - (row.value < lower)


def sides(values: list[float | None], centre: float | None) -> Signs:
    return [0 if value is None or centre is None else sign(value, centre) for value in values]


def shift(side: Signs, length: int) -> Signs:
    """Every window of `length` on one side marks its points."""
    marked = [0] * len(side)
    for start in range(len(side) - length + 1):
        window = side[start : start + length]
        if window[0] != 0 and len(set(window)) == 1:
            marked[start : start + length] = window
    return marked


def trend(values: list[float | None], length: int) -> Signs:
    """Every window whose steps all go one way marks its points; the way of a marked point is that of the step to the
    next marked one (level reads as down), or else of the step before it: as NHSRplotthedots does it.
    """
    marked = [False] * len(values)
    for start in range(len(values) - length + 1):
        if abs(sum(steps(values[start : start + length]))) == length - 1:
            marked[start : start + length] = [True] * length
    after = steps(values)
    ways = []
    for place, mark in enumerate(marked):
        followed = place + 1 < len(values) and marked[place + 1]
        step = after[place] if followed else after[place - 1] if mark else 0
        ways.append((1 if step > 0 else -1) if mark else 0)
    return ways


def steps(values: list[float | None]) -> Signs:
    pairs = zip(values[1:], values[:-1], strict=True)
    return [0 if now is None or before is None else sign(now, before) for now, before in pairs]


def two_of_three(rows: list[Row], made: list[Lines], side: Signs) -> Signs:
    close = [near(row, line) for row, line in zip(rows, made, strict=True)]
    marked = [0] * len(rows)
    for start in range(len(rows) - 2):
        window = range(start, start + 3)
        way = side[start]
        if (
            way != 0
            and all(side[place] == way for place in window)
            and sum(close[place] == way for place in window) >= 2
        ):
            for place in window:
                marked[place] = way if close[place] == way else marked[place]
    return marked


def near(row: Row, line: Lines) -> int:
    """Beyond a near limit and not outside."""
    _, _, _, lower_near, upper_near = line
    if row.value is None or lower_near is None or upper_near is None or outside(row, line):
        return 0
    return (row.value > upper_near) - (row.value < lower_near)


def runs(side: Signs) -> tuple[int | None, int | None, int | None, int | None, int]:
    """Anhøj: longest run and its most, crossings and their fewest, and whether either is past; the line is skipped."""
    useful = [way for way in side if way != 0]
    n = len(useful)
    if n == 0:
        return None, None, None, None, 0
    longest = max(len(list(run)) for _, run in groupby(useful))
    crossings = sum(now != before for now, before in zip(useful[1:], useful[:-1], strict=True))
    most, fewest = round(math.log2(n)) + 3, fewest_crossings(n)
    return longest, most, crossings, fewest, int(longest > most or crossings < fewest)


def fewest_crossings(n: int) -> int:
    """The least k with P(X ≤ k) ≥ 0.05, X binomial of n − 1 even chances."""
    total = 0
    for k in range(n):
        total += math.comb(n - 1, k)
        if total * 20 >= 2 ** (n - 1):
            return k
    return n - 1


def windows(length: int, size: int) -> list[range]:
    return [range(start, start + size) for start in range(length - size + 1)]


def zones(values: list[float | None], centre: float, reach: float) -> Signs:
    """1 beyond `reach` above the centre, −1 beyond it below, 0 within."""
    return [0 if value is None else (value > centre + reach) - (value < centre - reach) for value in values]


def beyond(values: list[float | None], zone: Signs, enough: int, size: int) -> Signs:
    """`enough` of a window without a gap beyond a zone on one side: those are marked."""
    marked = [0] * len(values)
    for window in windows(len(values), size):
        for way in (1, -1):
            hits = [place for place in window if zone[place] == way]
            if len(hits) >= enough and all(values[place] is not None for place in window):
                for place in hits:
                    marked[place] = way
    return marked


def trend_by_steps(values: list[float | None], length: int) -> Signs:
    """Windows that only rise or only fall; a point of both goes the way of the step after it."""
    ways: list[set[int]] = [set() for _ in values]
    for window in windows(len(values), length):
        total = sum(steps([values[place] for place in window]))
        for place in window:
            ways[place] |= {sign(total, 0)} if abs(total) == length - 1 else set()
    after = [*steps(values), 0]
    return [0 if not way else after[place] if len(way) == 2 else min(way) for place, way in enumerate(ways)]


def alternating(values: list[float | None], length: int) -> Signs:
    """Windows whose steps go up and down in turn; each point by the step to it, the first against the step from it."""
    marked = [0] * len(values)
    firsts = {}
    for window in windows(len(values), length):
        step = steps([values[place] for place in window])
        if 0 not in step and all(now == -before for now, before in zip(step[1:], step[:-1], strict=True)):
            firsts[window[0]] = -step[0]
            for place, way in zip(window[1:], step, strict=True):
                marked[place] = way
    return [marked[place] or firsts.get(place, 0) for place in range(len(values))]


def throughout(values: list[float | None], fits: list[bool], side: Signs, length: int) -> Signs:
    """Windows in which every point fits, marked by side; a point on the centre as one above it."""
    marked = [0] * len(values)
    for window in windows(len(values), length):
        if all(fits[place] and values[place] is not None for place in window):
            for place in window:
                marked[place] = -1 if side[place] < 0 else 1
    return marked
