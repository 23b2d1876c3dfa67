"""Runs analysis: the longest run about the centre and how often it is crossed (Anhøj rules, best box, cut box).

Sources: Anhøj & Olesen, Run charts revisited, PLOS ONE 9 (2014) e113825; Anhøj & Wentzel-Larsen, Smooth
operator: modifying the Anhøj rules, PLOS ONE 15 (2020) e0233920. The boxes are worked out here from the
paper's definition (`boxes`), not copied: of all boxes (crossings ≥ c, longest run ≤ l) that hold at least
92.5 % of random sequences, the one that a shift of 0.8 sigma leaves most often; the cut box takes cells off
its corner while 92.5 % stay.
"""

import math
from functools import cache
from statistics import NormalDist
from typing import NamedTuple

import numpy as np

from plotthedots.constants import Flags, Floats, Signs, Whole
from plotthedots.segments import Segments

SPECIFICITY = 0.925
SHIFT = 0.8  # sigma, at which the boxes are made most sensitive
SMALLEST, LARGEST = 10, 100  # useful points for which boxes are defined; outside, the Anhøj rules


class Runs(NamedTuple):
    """A value a phase: useful points, longest run and crossings with what they may be; −1 where nothing is useful."""

    useful: Whole
    longest: Whole
    longest_max: Whole
    crossings: Whole
    crossings_min: Whole
    signal: Flags


def judge(side: Signs, phases: Segments, variant: str) -> Runs:
    """Runs analysis of each phase from the side of its points; points on the centre are passed over."""
    useful = side != 0
    kept = phases.keeping(useful)
    longest, changes = longest_and_crossings(side[useful], kept)
    n = kept.lengths
    distinct, back = np.unique(n, return_inverse=True)
    most = np.array([longest_run_max(int(size)) for size in distinct])[back]
    least = np.array([crossings_min(int(size)) for size in distinct])[back]
    signal = np.zeros(len(n), dtype=np.bool_)
    for size in distinct[distinct > 0]:
        rows = n == size
        signal[rows] = signalled(int(size), longest[rows], changes[rows], variant)
    return Runs(n, longest, most, changes, least, signal)


def longest_and_crossings(side: Signs, phases: Segments) -> tuple[Whole, Whole]:
    """Longest run and number of changes of side in each phase; −1 for a phase without points."""
    full = phases.lengths > 0
    longest, changes = np.full(len(full), -1), np.full(len(full), -1)
    if not full.any():
        return longest, changes
    begins = phases.first()
    begins[1:] |= side[1:] != side[:-1]
    starts = np.flatnonzero(begins)
    lengths = np.diff(starts, append=len(side))
    first_run = np.searchsorted(starts, phases.starts[full])
    longest[full] = np.maximum.reduceat(lengths, first_run)
    changes[full] = np.diff(first_run, append=len(starts)) - 1
    return longest, changes


def signalled(n: int, longest: Whole, changes: Whole, variant: str) -> Flags:
    """Whether n useful points with these runs are more than chance, by the Anhøj rules or a box."""
    if variant == "anhoej" or not SMALLEST <= n <= LARGEST:
        return np.asarray((longest > longest_run_max(n)) | (changes < crossings_min(n)))
    box = boxes(n)
    outside_box: Flags = (longest > box.run) | (changes < box.crossings)
    if variant == "bestbox" or box.cut_crossings is None or box.cut_run is None:
        return outside_box
    on_run = (longest == box.run) & (changes < box.cut_crossings)
    on_crossings = (changes == box.crossings) & (longest > box.cut_run)
    return np.asarray(outside_box | on_run | on_crossings)


@cache
def longest_run_max(n: int) -> int:
    """Longest run that chance gives n useful points: log₂ n rounded, plus 3; −1 for none."""
    return round(math.log2(n)) + 3 if n else -1


@cache
def crossings_min(n: int) -> int:
    """Fewest crossings that chance gives n useful points: the lower 5 % point of Binomial(n − 1, ½); −1 for none."""
    if not n:
        return -1
    total, k = 0, -1
    while total * 20 < 2 ** (n - 1):
        k += 1
        total += math.comb(n - 1, k)
    return k


class Box(NamedTuple):
    """Crossings must be at least, the longest run at most this; the cut box keeps on its two edges only
    crossings from `cut_crossings` (on the run's edge) and runs to `cut_run` (on the crossings' edge)."""

    crossings: int
    run: int
    cut_crossings: int | None
    cut_run: int | None


@cache
def boxes(n: int) -> Box:
    """Best box and cut box for n useful points."""
    still, moved = joint(n, 0.5), joint(n, NormalDist().cdf(SHIFT))
    held = _within(still)
    allowed = (still > 0) & (held >= SPECIFICITY)
    left = np.where(allowed, _within(moved), 2.0)
    crossings, run = (int(index) for index in np.unravel_index(np.argmin(left), left.shape))
    cut = _cut(still, moved, crossings, run, float(held[crossings, run]))
    return Box(crossings, run + 1, *cut)


def joint(n: int, above: float) -> Floats:
    """Probability of (crossings, longest run) of n independent points above the centre with probability `above`.

    Row c is c crossings, column l − 1 a longest run of l. By adding a run at a time to sequences that begin
    on one side (Wentzel-Larsen & Anhøj, Joint distribution for number of crossings and longest run, PLOS ONE 2019).
    """
    return _tables(above)[n][0] + _tables(above)[n][1]


@cache
def _tables(above: float) -> list[tuple[Floats, Floats]]:
    """For each n the joint table of sequences that begin above and of those that begin below."""
    share = (above, 1 - above)
    tables: list[tuple[Floats, Floats]] = [(np.zeros((1, 1)), np.zeros((1, 1)))]
    for n in range(1, LARGEST + 1):
        both = (np.zeros((n, n)), np.zeros((n, n)))
        for side in (0, 1):
            made = both[side]
            for first in range(1, n):
                rest = tables[n - first][1 - side] * share[side] ** first
                # The longest run is that of the rest, or the first run where it is longer.
                made[1 : n - first + 1, first - 1] += rest[:, :first].sum(axis=1)
                made[1 : n - first + 1, first : n - first] += rest[:, first:]
            made[0, n - 1] += share[side] ** n
        tables.append(both)
    return tables


def _within(cells: Floats) -> Floats:
    """Probability of the box that each cell is the corner of: as many crossings or more, as long a run or shorter."""
    return np.cumsum(np.cumsum(cells[::-1], axis=0)[::-1], axis=1)


def _cut(still: Floats, moved: Floats, c: int, run: int, held: float) -> tuple[int | None, int | None]:
    """How far the two edges of the box (c, run as indices) can be cut back from its corner."""
    if held - still[c, run] < SPECIFICITY:
        return None, None
    held -= float(still[c, run])
    along_c, along_l = c + 1, run - 1
    while True:
        can_c = _can_cut(still, along_c, run, held)
        can_l = _can_cut(still, c, along_l, held)
        if not can_c and not can_l:
            return along_c, along_l + 1
        if can_c and (not can_l or moved[along_c, run] >= moved[c, along_l]):
            held -= float(still[along_c, run])
            along_c += 1
        else:
            held -= float(still[c, along_l])
            along_l -= 1


def _can_cut(still: Floats, row: int, column: int, held: float) -> bool:
    if row >= len(still) or column < 0 or still[row, column] == 0:
        return False
    return held - float(still[row, column]) >= SPECIFICITY
