"""The floor: XmR limits and the four Making Data Count rules in plain vectorised NumPy on a full rectangle.

What a careful analyst would write for series of one length: no phases, gaps, ghosts, baselines or frames. Lines are one
value a series; the signals and the reading of each point are written out a row each.
"""

from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from series import Floats

Signs = npt.NDArray[np.int8]
Flags = npt.NDArray[np.bool_]

ROWS_PER_BLOCK = 1 << 15  # what fits the second-level cache with its temporaries
READING = np.array([2, 0, 1], dtype=np.int8)  # concern, common cause, improvement, where higher is better


class Charted(NamedTuple):
    """Lines a series; signals and the reading of each point."""

    centre: Floats
    lower: Floats
    upper: Floats
    lower_near: Floats
    upper_near: Floats
    outside: Signs
    shift: Signs
    trend: Signs
    two_of_three: Signs
    point: Signs


def chart(values: Floats) -> Charted:
    """`values`: a series a row."""
    centre = values.mean(axis=1, keepdims=True)
    ranges = np.abs(np.diff(values, axis=1))
    mean_range = ranges.mean(axis=1, keepdims=True)
    kept = ranges < 3.267 * mean_range
    mean_range = np.where(kept, ranges, 0.0).sum(axis=1, keepdims=True) / kept.sum(axis=1, keepdims=True)
    reach, near = 2.66 * mean_range, 2 * (2.66 / 3) * mean_range
    high, low = values > centre, values < centre
    above, below = values > centre + reach, values < centre - reach
    outside = signs(above, below)
    two = signs(
        close(high, (values > centre + near) & ~above),
        close(low, (values < centre - near) & ~below),
    )
    shift = signs(runs(high, 7), runs(low, 7))
    trend = trends(values)
    way = np.where(outside != 0, outside, np.where(trend != 0, trend, np.where(two != 0, two, shift)))
    lines = (centre, centre - reach, centre + reach, centre - near, centre + near)
    return Charted(*lines, outside, shift, trend, two, READING[way + 1])


def signs(up: Flags, down: Flags) -> Signs:
    return up.view(np.int8) - down.view(np.int8)


def runs(flags: Flags, length: int) -> Flags:
    """Every point of a run of seven or more: windows by doubling, then spread over their points."""
    if flags.shape[1] < length:
        return np.zeros_like(flags)
    two = flags[:, 1:] & flags[:, :-1]
    four = two[:, 2:] & two[:, :-2]
    whole = four[:, 3:] & four[:, :-3] if length == 7 else four[:, 2:] & four[:, :-2]
    marked = np.zeros_like(flags)
    width = whole.shape[1]
    for offset in range(length):
        marked[:, offset : offset + width] |= whole
    return marked


def trends(values: Floats) -> Signs:
    """Six steps one way mark seven points; a point of two trends goes the way of the step on its right."""
    marked = []
    for steps in (values[:, 1:] > values[:, :-1], values[:, 1:] < values[:, :-1]):
        runs_of_steps = runs(steps, 6)
        points = np.zeros(values.shape, dtype=np.bool_)
        points[:, 1:] = runs_of_steps
        points[:, :-1] |= runs_of_steps
        marked.append(points)
    way = signs(*marked)
    both = marked[0] & marked[1]
    if both.any():
        rows, columns = np.nonzero(both)
        way[rows, columns] = np.where(values[rows, columns + 1] > values[rows, columns], 1, -1)
    return way


def close(side: Flags, near: Flags) -> Flags:
    """Two or more of three near a limit, all three on one side: the near ones."""
    if side.shape[1] < 3:
        return np.zeros_like(side)
    three = side[:, 2:] & side[:, 1:-1] & side[:, :-2]
    a, b, c = near[:, 2:], near[:, 1:-1], near[:, :-2]
    hit = three & ((a & b) | (a & c) | (b & c))
    marked = np.zeros_like(side)
    for offset in range(3):
        marked[:, offset : offset + hit.shape[1]] |= hit
    return marked & near


def in_one_go(values: Floats) -> None:
    chart(values)


def in_blocks(values: Floats, threads: int) -> None:
    """The same in blocks that fit the cache, each core its share."""
    step = max(1, ROWS_PER_BLOCK // values.shape[1])
    blocks = [values[first : first + step] for first in range(0, len(values), step)]
    if threads == 1:
        for block in blocks:
            chart(block)
        return
    with ThreadPoolExecutor(threads) as pool:
        for _ in pool.map(
            lambda share: [chart(block) for block in share], [blocks[one::threads] for one in range(threads)]
        ):
            pass
