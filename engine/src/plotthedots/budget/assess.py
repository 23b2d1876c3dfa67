"""A board judged: the p-value of each series, what to show, and how many chart signals chance alone gives."""

from dataclasses import dataclass

import numpy as np

from plotthedots.batch import Batch
from plotthedots.budget import alarms
from plotthedots.budget.change import chance, evidence, residuals
from plotthedots.budget.discovery import q_values
from plotthedots.budget.grids import FEWEST, LENGTHS, LIKENESS, corners, table
from plotthedots.budget.likeness import Likeness, likeness
from plotthedots.budget.scores import Judged, Scores, judged, scores
from plotthedots.constants import Flags, Floats, Signs, Whole
from plotthedots.evaluate import Chart
from plotthedots.phases import Stretches

AT_ONCE = 500  # series: as many as stay in the cache


@dataclass(frozen=True, slots=True)
class Asked:
    """What a budget was asked for."""

    window: int
    share: float
    method: str


@dataclass(frozen=True, slots=True)
class Assessed:
    """A value a series; `p` and `q` are nan where a series cannot be judged. `alike` is of those that can."""

    here: Judged
    scores: Scores
    able: Flags
    alike: Likeness
    p: Floats
    q: Floats
    shown: Flags


def assess(
    batch: Batch, stretches: Stretches, family: str, asked: Asked, *, without_last_row: bool = False
) -> Assessed:
    """Judge the latest phase of every series; or of what that would be had its last row been left out."""
    here = judged(batch, stretches, without_last_row=without_last_row)
    made = scores(batch, family, here)
    able = (made.n >= FEWEST) & ~made.flat
    p = np.full(len(able), np.nan)
    p[able], alike = p_values(made.values[able], made.n[able], asked.window)
    q = q_values(p, asked.method)
    return Assessed(here, made, able, alike, p, q, q <= asked.share)


def p_values(values: Floats, n: Whole, window: int) -> tuple[Floats, Likeness]:
    """The chance of evidence this strong though nothing changed, averaged over what the autocorrelation may be.

    `values`: series of 12 points or more, latest at the right, mean 0, and 0 to the left of the first `n` of each.
    Averages of p-values over what is not known: Meng, Posterior predictive p-values, Annals of Statistics 22 (1994).
    """
    if not len(n):
        return np.zeros(0), Likeness(np.zeros((0, 1)), np.zeros((0, 1)))
    alike = likeness(values, n, window)
    p = np.empty(len(n))
    for first in range(0, len(n), AT_ONCE):
        part = slice(first, first + AT_ONCE)
        found = evidence(values[part], n[part], window, alike.nodes[part])
        p[part] = (chance(found, n[part], window, alike.nodes[part]) * alike.shares[part]).sum(axis=1)
    return p, alike


def signalling(here: Judged, signals: dict[str, Signs], window: int) -> Flags:
    """Which series have a chart signal at any of their last points."""
    last = here.last(window)
    marked = np.zeros(len(last.rows), dtype=np.bool_)
    for column in signals.values():
        marked |= column[last.rows] != 0
    return last.series.count(marked) > 0


def false_alarms(made: Assessed, batch: Batch, chart: Chart, window: int) -> Floats:
    """The chance that each series' chart signals at any of its last points though nothing changed."""
    count = len(made.able)
    usual = float(made.alike.middle.mean()) if made.able.any() else 0.0
    alike = np.full(count, usual)
    alike[made.able] = made.alike.middle
    baseline = np.zeros(count, dtype=np.int64)
    if batch.counted is not None:
        counted = made.here.series.count(batch.counted[made.here.rows])
        baseline = np.where(counted < made.here.series.lengths, counted, 0)
    series = alarms.Series(
        made.here.series.lengths, alike, made.scores.events, _dispersion(made, window), _wild(made), baseline
    )
    return np.where(made.scores.constant, 0.0, alarms.chances(chart, series, window))


def _wild(made: Assessed) -> Floats:
    """The share of wild points that explains how many are far out on the board, the same for each series of it.

    Drawn towards none by as much as the number far out may be chance (James and Stein).
    """
    count = len(made.able)
    if not made.able.any():
        return np.zeros(count)
    n = made.scores.n[made.able]
    cells = corners(n, made.alike.middle, LENGTHS, LIKENESS)
    usual = [float(sum(share * one[i, j] for i, j, share in cells).mean()) for one in table("wild_share")]
    more = float(made.scores.wild[made.able].mean()) - usual[0]
    by_chance = usual[0] / n.sum()
    more *= max(0.0, 1 - by_chance / more**2) if more > 0 else 0.0
    return np.full(count, np.interp(usual[0] + more, usual, alarms.WILD))


def _dispersion(made: Assessed, window: int) -> Floats:
    """Spread as a multiple of what limits from theory take it to be, each drawn towards the board's usual one."""
    dispersion = np.ones(len(made.able))
    if not made.able.any():
        return dispersion
    n = made.scores.n[made.able]
    left = residuals(made.scores.values[made.able], n, window)
    with np.errstate(all="ignore"):
        found = np.log(np.sqrt((left**2).sum(axis=1) / (n - 3)) * made.scores.scale[made.able])
    by_chance = (1 + made.alike.middle**2) / (1 - made.alike.middle**2) / (2 * (n - 3))
    usual = np.median(found)
    between = max(float(np.mean((found - usual) ** 2 - by_chance)), 0.0)
    dispersion[:] = np.exp(usual)
    dispersion[made.able] = np.exp(usual + between / (between + by_chance) * (found - usual))
    return dispersion
